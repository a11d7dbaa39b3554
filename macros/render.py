"""Render: pages through Jinja. Every printed value becomes a slot, so that no data ever passes through Markdown.

`compose` gives Markdown with slots; `fill` puts the finished HTML into what a Markdown engine made of it.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import FunctionType, MethodType
from typing import Any

from jinja2 import (
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateSyntaxError,
    Undefined,
    UndefinedError,
    pass_context,
)
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment, SecurityError
from markupsafe import Markup, escape

from macros.calls import CALL
from macros.charts.figure import Figure
from macros.charts.gallery import Gallery
from macros.continued import title_of
from macros.model.glossary import Term
from macros.pages import Page
from macros.present import MACROS
from macros.present.book import GLOSSARY, Book, UnknownRecord, relative
from macros.present.inline import MACROS as INLINE_MACROS
from macros.present.parts import LONG, numbered
from macros.present.wording import MissingWord
from macros.problems import Problem
from macros.scripts import marked
from macros.terms import Marker, free

TEMPLATES = Path(__file__).parent / "templates"
_SLOT = re.compile(r"zq(\d{5})qz")
_ALONE = re.compile(r"<p>\s*zq(\d{5})qz\s*</p>")
INLINE = frozenset(macro.__name__ for macro in INLINE_MACROS)
_IN_TAG = re.compile(r"<[^<>]*zq\d{5}qz[^<>]*>")
_COMMENT = re.compile(r"^[ \t]*<!--.*?-->[ \t]*\n?", re.DOTALL | re.MULTILINE)
# Address of the page that is being composed: what templates ask for is seen from there.
_HERE: ContextVar[str] = ContextVar("here")
_BLANK_LINES = re.compile(r"\n\s*\n")


class Prose(str):
    """Markdown that has been composed already and passes as it is."""


@dataclass
class Composed:
    """Markdown with slots, and the HTML of each slot in order."""

    markdown: str = ""
    slots: list[Markup] = field(default_factory=list)

    def fill(self, html: str) -> str:
        """Return the HTML with every slot filled: alone in a paragraph as a block, in a tag as plain words."""
        html = _IN_TAG.sub(lambda tag: self.slug(tag.group()), html)
        html = _ALONE.sub(self._slot, html)
        return _SLOT.sub(self._slot, html)

    def words(self, text: str) -> str:
        """Return a text, such as a heading of a table of contents, with its slots as plain words."""
        return _SLOT.sub(lambda slot: self._slot(slot).striptags(), text)

    def slug(self, text: str) -> str:
        """Return an id with its slots as plain words, as `fill` writes it."""
        return _SLOT.sub(lambda slot: _slug(self._slot(slot)), text)

    def _slot(self, match: re.Match[str]) -> Markup:
        return self.slots[int(match.group(1))]


def _slug(html: Markup) -> str:
    return re.sub(r"[^\w]+", "-", html.striptags().casefold()).strip("-")


class PageProblem(Exception):
    """A page that cannot be made; carries its one problem."""

    def __init__(self, problem: Problem):
        self.problem = problem
        super().__init__(str(problem))


class Renderer:
    """Composes the pages of a book. Templates are compiled once and kept."""

    def __init__(
        self, book: Book, gallery: Gallery | None = None, cache: Path | None = None, address: str | None = None
    ):
        self.book = book
        self.gallery = gallery or Gallery()
        self._blocks = _Quick(
            loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, auto_reload=False,
            bytecode_cache=_compiled_in(cache) if cache else None,
        )  # fmt: skip
        self._blocks.filters.update(_filters(book))
        self._blocks.globals.update(
            internal=self._internal,
            word=book.wording.word,
            name=book.wording.name,
            method_name=book.wording.method_name,
            title=book.title,
            site_address=address,
            href=self._href,
            file=self._file,
            chart=self._chart,
        )
        self._marker = Marker(book.landscape.terms.values())
        self._pages = _Sandbox(
            undefined=StrictUndefined, autoescape=False, finalize=_finalize, keep_trailing_newline=True
        )
        self._compiled: dict[tuple[str, str], Template] = {}

    def compose(self, page: Page) -> Composed:
        """Return the Markdown of a page with its slots. Raises PageProblem with page and line."""
        blocks = {name: partial(self._call, macro, name) for name, macro in MACROS.items()}
        blocks.update({name: partial(self._long, page, MACROS[name], name) for name in LONG})
        composed = self._composed(page, blocks)
        composed.markdown = self._marked(page.address, composed.markdown, composed.slots)
        return composed

    def prose(self, page: Page) -> Composed:
        """Return the same with nothing in place of blocks, and no term marked: what the page says in sentences."""
        words = {name: partial(self._call, MACROS[name], name) if name in INLINE else _nothing for name in MACROS}
        return self._composed(page, words)

    def _composed(self, page: Page, macros: dict[str, Callable[..., Markup]]) -> Composed:
        _HERE.set(page.address)
        composed = Composed()
        title = title_of(self.book, page)
        context = {**macros, "record": page.record, "page_title": title, "_slots": composed.slots}
        introduction = ""
        if page.introduction:
            origin, text = page.introduction
            introduction = self._render(origin, text, 1, context)
        composed.markdown = self._render(
            page.origin, page.text, page.first_line, {**context, "introduction": Prose(introduction)}
        )
        return composed

    def _marked(self, here: str, markdown: str, slots: list[Markup]) -> str:
        """Return the Markdown with its terms marked; the page that defines them marks none."""
        template = self._blocks.get_template("term.html.jinja")

        def mark(term: Term, text: str) -> Markup:
            return Markup(template.render(term=term, text=text, address=self._href("term", term.id)))

        return self._marker.mark(markdown, slots, mark if here != GLOSSARY else None)

    def _render(self, origin: str, text: str, first_line: int, context: dict[str, Any]) -> str:
        mark = _SLOT.search(text)
        if mark:
            line = first_line + text.count("\n", 0, mark.start())
            raise PageProblem(
                _problem(
                    origin, line, f'"{mark.group()}" is a mark of the program', "write it otherwise", "page-syntax"
                )
            )
        try:
            if (origin, text) not in self._compiled:
                # Leading newlines keep Jinja's line numbers those of the file; comments tell editors, not readers.
                source = "\n" * (first_line - 1) + text
                self._compiled[origin, text] = Template.from_code(
                    self._pages, self._pages.compile(source, name=origin, filename=origin), self._pages.globals
                )
            return _COMMENT.sub("", self._compiled[origin, text].render(context).lstrip("\n"))
        except TemplateSyntaxError as error:
            where = origin if error.filename in (None, origin) else _in_project(str(error.filename))
            raise PageProblem(
                _problem(where, error.lineno, f"template error: {error.message}", CALL, "page-syntax")
            ) from error
        except Exception as error:  # whatever a page asks for that cannot be done is its editor's slip
            raise PageProblem(_problem(*_place_of(error, origin), _explain(error), "", "page-macro")) from error

    def _long(self, page: Page, macro: Callable[..., Any], name: str, /, *args: Any, **kwargs: Any) -> Markup:
        """Make a block that may grow long: the part of this page, between what it is and the ways to the others."""
        record = next((argument.id for argument in (*args, *kwargs.values()) if hasattr(argument, "id")), None)
        part = self.book.part(name, page.part, record)
        block = self._call(macro, name, *args, part=part, **kwargs)
        if part.total == 1:
            return block
        home = page.begins or page.path
        pages = [
            {"number": number, "address": relative(page.address, f"{numbered(home.removesuffix('.md'), number)}.html")}
            for number in range(1, part.total + 1)
        ]
        view = {
            "id": f"part-{name.replace('_', '-')}",
            "part": part,
            "block": block,
            "pages": pages if LONG[name].is_home(home) else [],
            "is_filtered": LONG[name].is_filtered and not kwargs,
            "whole": relative(page.address, f"{LONG[name].home}.html"),
        }
        return Markup(self._blocks.get_template("_long.html.jinja").render(view=view).strip())

    def _call(self, macro: Callable[..., Any], name: str, /, *args: Any, **kwargs: Any) -> Markup:
        """Make one block: the view by the present stage, printed by the template of the same name."""
        view = macro(self.book, *args, **kwargs)
        if isinstance(view, str):
            return escape(view)
        html = self._blocks.get_template(f"{name}.html.jinja").render(view=view)
        return Markup(_BLANK_LINES.sub("\n", html).strip())

    def _internal(self, kind: str, name: str) -> Markup:
        """Return the mark of a record that is not for the public; nothing for others."""
        if (kind, name) not in self.book.landscape.internal:
            return Markup()
        return Markup(' <span class="tag tag-warn">{}</span>').format(self.book.wording.word("internal-record"))

    def _chart(self, figure: Figure) -> Markup:
        return self.gallery.html(figure, partial(relative, _HERE.get()))

    def _file(self, figure: Figure, kind: str) -> str:
        return relative(_HERE.get(), self.gallery.path(figure, kind))

    def _href(self, kind: str, name: str) -> str:
        return relative(_HERE.get(), self.book.address(kind, name))


class _Context(Context):
    """Calls what templates of blocks call, nearly always a function of ours, without asking first what it may want."""

    def call(self, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        if type(called) not in _PLAIN:
            return super().call(called, *args, **kwargs)
        if kwargs:  # two of them are for functions that ask for the context
            kwargs.pop("_loop_vars", None)
            kwargs.pop("_block_vars", None)
        return called(*args, **kwargs)


_PLAIN = (partial, FunctionType, MethodType)


class _Quick(Environment):
    """Prints blocks. Views are plain dictionaries, whose keys come before methods: most look-ups are of one."""

    context_class = _Context

    def getattr(self, obj: Any, attribute: str) -> Any:
        try:
            return obj[attribute] if type(obj) is dict else getattr(obj, attribute)
        except (KeyError, AttributeError):
            return super().getattr(obj, attribute)


class _Sandbox(ImmutableSandboxedEnvironment):
    """What a page may do: call macros. It reaches nothing of the program, and computes nothing that fills the memory."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if operator != "*" or not (isinstance(left, (int, float)) and isinstance(right, (int, float))):
            raise SecurityError(f"{operator} is not for pages; numbers come from macros")
        return super().call_binop(context, operator, left, right)


def _compiled_in(folder: Path) -> FileSystemBytecodeCache:
    """Return a cache of compiled templates, known by their text: it may be deleted at any time."""
    folder.mkdir(parents=True, exist_ok=True)
    return FileSystemBytecodeCache(str(folder))


@pass_context
def _finalize(context: Any, value: Any) -> str:
    if isinstance(value, Prose):
        return value
    if callable(value) and not isinstance(value, Undefined):
        raise TypeError("a macro is called with brackets, {{ name() }}")
    if value is None:
        raise ValueError("there is no value to print here")
    str(value).encode("utf-8")  # raises where a text cannot be written
    context["_slots"].append(marked(escape(value)))
    return f"zq{len(context['_slots']) - 1:05d}qz"


def _nothing(*_: Any, **__: Any) -> Markup:
    return Markup()


def _filters(book: Book) -> dict[str, Callable[..., Any]]:
    wording = book.wording
    return {
        "number": wording.number,
        "percent": wording.percent,
        "year": wording.plain_year,
        "date": wording.date,
        "terms": free,
    }


def _problem(path: str, line: int | None, wrong: str, right: str, rule: str) -> Problem:
    return Problem(path, line or 1, "", wrong, right, rule)


def _place_of(error: BaseException, origin: str) -> tuple[str, int | None]:
    """Return file and line of an error: in a block's template if it arose there, else in the page that was composed."""
    frames = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    blocks = [(_in_project(name), line) for name, line in frames if name.startswith(str(TEMPLATES))]
    pages = [line for name, line in frames if name == origin]
    return blocks[-1] if blocks else (origin, pages[-1] if pages else None)


def _in_project(path: str) -> str:
    return path.replace(f"{TEMPLATES.parent.parent}/", "")


def _explain(error: BaseException) -> str:
    if isinstance(error, (UnknownRecord, MissingWord)):
        return str(error)
    if isinstance(error, UndefinedError):
        from macros.problems import suggest

        match = re.match(r"'(\w+)' is undefined", str(error))
        hint = suggest(match.group(1), MACROS) if match else ""
        return f"no macro or word {match.group(1)}" + (f"; {hint}" if hint else "") if match else str(error)
    return str(error) or type(error).__name__
