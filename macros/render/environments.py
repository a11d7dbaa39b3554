"""Environments: how Jinja runs the templates of blocks, which are ours, and pages, which are their editors'."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, Template, Undefined, pass_context
from jinja2.bccache import Bucket
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from macros import TEMPLATES
from macros.cache import Cache, environment_fingerprint
from macros.model.translated import TranslatedText
from macros.present.wording import Wording
from macros.render.composed import Prose, Translated, slot


def for_blocks(cache: Path | None, wording: Wording, templates: Path | None = None) -> Environment:
    """Return what prints blocks; with a folder for the cache, compiled templates are kept there.

    Nothing is computed while compiling: what is compiled for one language serves others that have the same text.
    """
    return Environment(
        loader=Templates(templates or TEMPLATES, wording), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, auto_reload=False, optimized=False, bytecode_cache=Compiled(cache),
    )  # fmt: skip


class Compiled(BytecodeCache):
    """Compiled templates, known by name and text."""

    def __init__(self, folder: Path | None) -> None:
        self._cache = Cache(folder, environment_fingerprint())

    def load_bytecode(self, bucket: Bucket) -> None:
        if found := self._cache.read("templates", bucket.key + bucket.checksum):
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._cache.write("templates", bucket.key + bucket.checksum, bucket.bytecode_to_string())


class Templates(FileSystemLoader):
    """Loads the templates of a folder, the marks that they have between values as the language writes them."""

    def __init__(self, folder: Path, wording: Wording) -> None:
        super().__init__(folder)
        self._wording = wording

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source, path, is_current = super().get_source(environment, template)
        wording = self._wording
        if wording.has_own_marks:
            source = _COMMA_IN_LIST.sub(f"'{wording.row(('', ''))}'", source)
            source = _BETWEEN.sub(lambda found: wording.mark(found[1]) + found[2], source)
        return source, path, is_current


# Between the values of a list a comma is a text of its own; other marks stand behind a value, a tag, or as such a text.
_COMMA_IN_LIST = re.compile(r"(?<=\{\{ )', '(?= if)")
_BETWEEN = re.compile(r"(?:(?<=[}>])|(?<=\{\{ ')| (?=\())([,;:.](?= |</|\{%)|\((?=\{)|\)(?= |[<\"{]))((?:</\w+>)*) ?")


class Pages:
    """What runs pages. Each text is compiled once; what it prints goes into the slots of `_slots` in its context."""

    def __init__(self, with_spans: Callable[[Markup], Markup]) -> None:
        self._environment = _Sandbox(
            undefined=StrictUndefined,
            autoescape=False,
            finalize=_finalizing(with_spans),
            keep_trailing_newline=True,
        )
        self._compiled: dict[tuple[str, str], Template] = {}

    def run(self, origin: str, text: str, first_line: int, context: dict[str, Any]) -> str:
        """Return what a text gives. Raises what Jinja and the macros raise, with the lines of the file."""
        if (origin, text) not in self._compiled:
            # Leading newlines keep Jinja's line numbers those of the file.
            source = "\n" * (first_line - 1) + text
            code = self._environment.compile(source, name=origin, filename=origin)
            self._compiled[origin, text] = Template.from_code(self._environment, code, self._environment.globals)
        return self._compiled[origin, text].render(context).lstrip("\n")


class _Sandbox(ImmutableSandboxedEnvironment):
    """What a page may do: call macros. It reaches nothing of the program, and computes nothing that fills the memory."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if operator != "*" or not (isinstance(left, (int, float)) and isinstance(right, (int, float))):
            raise SecurityError(f"{operator} cannot be used on a page; numbers come from macros")
        return super().call_binop(context, operator, left, right)


def _finalizing(with_spans: Callable[[Markup], Markup]) -> Callable[..., str]:
    """Return what puts a value into a slot of its page, in its language."""

    @pass_context
    def finalize(context: Any, value: Any) -> str:
        if isinstance(value, Prose):
            return value
        if callable(value) and not isinstance(value, Undefined):
            raise TypeError("the call has no brackets; write {{ name() }}")
        if value is None:
            raise ValueError("there is nothing to show here; remove the call, or name a field that has a value")
        str(value).encode("utf-8")  # raises where a text cannot be written
        content = value if isinstance(value, Markup) else with_spans(escape(value))
        return slot(
            context["_slots"], Translated(content, value.source) if isinstance(value, TranslatedText) else content
        )

    return finalize
