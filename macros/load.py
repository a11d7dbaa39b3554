"""Load: turn the files of `data/` into plain data and remember the line of every key.

Judges only whether a file is strict YAML; what the values mean is left to `check`.
YAML is read as events, so nothing is constructed, no alias expands and depth is bounded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from yaml.reader import Reader

from macros.problems import Keys, Problem, where

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEEPEST = 12
LARGEST = 4_000_000
END = "..."

_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)\Z")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+\Z")
# What YAML 1.1 reads as something other than the text an editor sees.
_AMBIGUOUS = (
    (re.compile(r"(?i:yes|no|on|off|y|n)\Z|True\Z|False\Z|TRUE\Z|FALSE\Z"), "YAML may read this as true or false"),
    (re.compile(r"[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?\Z"), "YAML reads this as a number to base sixty"),
    (re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?\Z"), "YAML reads this as a date"),
    (re.compile(r"[-+]?0[0-9_]+\Z|[-+]?0[xob][0-9a-fA-F_]+\Z"), "YAML reads this as a number to another base"),
    (re.compile(r"(?i:[-+]?\.inf|\.nan)\Z"), "YAML reads this as infinity or no number"),
    (re.compile(r"[-+]?[0-9][0-9_]*_[0-9_]*(\.[0-9_]*)?\Z"), "YAML drops the underscores"),
    (re.compile(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?\Z"), "this is not a plain decimal number"),
    (re.compile(r"Null\Z|NULL\Z"), "YAML reads this as nothing"),
)


_ONE_DOCUMENT = f'move what follows above the closing "{END}"; one file holds one document'
_TAGS = "tag:yaml.org,2002:"
# Stands for a key that was refused: its value is read and left out.
_REFUSED = "\0"


@dataclass(frozen=True)
class Document:
    """One data file: its path relative to the project, its plain data and the line of every key."""

    path: str
    data: Any = None
    lines: dict[Keys, int] = field(default_factory=dict)
    text: str = ""

    def line(self, keys: Keys) -> int:
        """Return the line of a key path, or of its nearest ancestor that stands in the file."""
        while keys and keys not in self.lines:
            keys = keys[:-1]
        return self.lines.get(keys, 1)

    def problem(self, keys: Keys, wrong: str, right: str, rule: str) -> Problem:
        return Problem(self.path, self.line(keys), where(keys), wrong, right, rule)


@dataclass(frozen=True)
class Project:
    """All data files of a project, with what could not be read."""

    root: Path
    documents: dict[str, Document]
    problems: tuple[Problem, ...]


def load(root: Path) -> Project:
    """Read every YAML file below `root/data`. Unreadable files become problems, never exceptions."""
    documents: dict[str, Document] = {}
    problems: list[Problem] = []
    folder = root / "data"
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(root).as_posix()
        if not path.is_file() or path.suffix in {".md", ".json"} or path.name.startswith("."):
            continue
        if path.suffix != ".yml":
            problems.append(Problem(name, 1, "", "is not a data file", 'data files end in ".yml"', "file-name"))
            continue
        document, found = read(path, name, folder)
        documents[name] = document
        problems.extend(found)
    return Project(root, documents, tuple(problems))


def read(path: Path, name: str, folder: Path) -> tuple[Document, list[Problem]]:
    """Read one file: its document (data None when it could not be read) and its problems."""
    if path.is_symlink() and not path.resolve().is_relative_to(folder.resolve()):
        return Document(name), [
            Problem(name, 1, "", "is a link that leaves data/", "put the file itself here", "file-name")
        ]
    try:
        if path.stat().st_size > LARGEST:
            return Document(name), [Problem(name, 1, "", "is too large", f"at most {LARGEST} bytes", "file-size")]
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return Document(name), [Problem(name, line, "", "is not UTF-8 text", "save the file as UTF-8", "utf-8")]
    except OSError as error:
        return Document(name), [Problem(name, 1, "", f"cannot be read ({error.strerror})", "", "file-readable")]
    return parse(text.replace("\r\n", "\n"), name)


# Kept, since nearly all files are the same at the next reading while serving.
@lru_cache(maxsize=2048)
def parse(text: str, name: str) -> tuple[Document, list[Problem]]:
    """Parse the text of one data file strictly."""
    if _says_nothing(text):
        return Document(name), [Problem(name, 1, "", "is empty", "delete it or fill it in", "empty-file")]
    builder = _Builder(name)
    try:
        for event in yaml.parse(text, Loader=LOADER):
            builder.take(event)
    except yaml.YAMLError as error:
        return Document(name, text=text), builder.problems + [_syntax_problem(error, name, text)]
    except _TooDeep as error:
        return Document(name, text=text), builder.problems + [error.problem]
    problems = builder.problems
    if not text.endswith(f"\n{END}\n"):
        last = text.count("\n") + (not text.endswith("\n"))
        right = f'the last line of a data file is "{END}" and a line break, so that a file cut off is noticed'
        problems.append(Problem(name, last, "", "the file is not complete", right, "complete-file"))
    return Document(name, builder.root, builder.lines, text), problems


def _says_nothing(text: str) -> bool:
    """Whether a file has only comments, marks of a document, or nothing written as null."""
    return all(line.partition("#")[0].strip() in {"", "---", END, "null", "~"} for line in text.splitlines())


def _syntax_problem(error: yaml.YAMLError, name: str, text: str) -> Problem:
    hidden = Reader.NON_PRINTABLE.search(text)
    if hidden:
        line = text.count("\n", 0, hidden.start()) + 1
        return Problem(
            name, line, "", f"not YAML: an invisible character, {hidden.group()!r}", "remove it", "yaml-syntax"
        )
    context = getattr(error, "context_mark", None)
    if context and "quoted scalar" in str(getattr(error, "context", "")):
        return Problem(
            name,
            context.line + 1,
            "",
            "not YAML: a text in quotes does not end well",
            "close the quote, and double one inside it",
            "yaml-syntax",
        )
    mark = getattr(error, "problem_mark", None) or context
    line = mark.line + 1 if mark else 1
    if "<document start>" in str(getattr(error, "problem", "")):
        return Problem(name, line, "", f'text stands below the closing "{END}"', _ONE_DOCUMENT, "one-document")
    wrong = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "cannot be read as YAML")
    right = (
        'check indentation, quotes and colons here or just above; a text with ": " or a leading * & % @ needs quotes'
    )
    return Problem(name, line, "", f"not YAML: {wrong}", right, "yaml-syntax")


class _TooDeep(Exception):
    def __init__(self, problem: Problem):
        self.problem = problem


class _Builder:
    """Builds dicts, tuples and scalars from YAML events, noting lines and problems on the way."""

    def __init__(self, path: str):
        self.path = path
        self.root: Any = None
        self.lines: dict[Keys, int] = {}
        self.problems: list[Problem] = []
        self._open: list[tuple[Any, Keys]] = []
        self._key: list[str | None] = []
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self._start(event)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self._end()
        elif isinstance(event, yaml.AliasEvent):
            self._add_problem(event, f"*{event.anchor} is an alias", "write the value out", "yaml-anchor")
            self._place(None, event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents == 2:
                self._add_problem(event, "a second YAML document starts", _ONE_DOCUMENT, "one-document")

    def _start(self, event: Any) -> None:
        self._refuse_tag_and_anchor(event)
        if len(self._open) >= DEEPEST:
            problem = Problem(
                self.path,
                event.start_mark.line + 1,
                "",
                "is nested too deeply",
                f"at most {DEEPEST} levels",
                "yaml-depth",
            )
            raise _TooDeep(problem)
        if self._awaits_key():
            self._add_problem(
                event, "a list or mapping stands where a key is expected", "keys are plain words", "yaml-key"
            )
        keys = self._keys_of_next()
        self._note(keys, event)
        self._open.append(({} if isinstance(event, yaml.MappingStartEvent) else [], keys))
        self._key.append(None)

    def _end(self) -> None:
        value, _ = self._open.pop()
        self._key.pop()
        self._put(tuple(value) if isinstance(value, list) else value)

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        self._refuse_tag_and_anchor(event)
        if self._awaits_key():
            self._begin_key(event)
        else:
            self._place(self._value(event), event)

    def _begin_key(self, event: yaml.ScalarEvent) -> None:
        mapping, keys = self._open[-1]
        path = (*keys, event.value)
        if event.value in mapping:
            first = self.lines.get(path, 1)
            wrong = f'"{event.value}" stands twice (first in line {first})'
            self._add_problem(event, wrong, "keep one of the two", "duplicate-key")
        self._key[-1] = event.value
        self._note(path, event)

    def _value(self, event: yaml.ScalarEvent) -> Any:
        text = event.value
        if event.style:
            return text
        if text in ("", "~", "null"):
            return None
        if text in ("true", "false"):
            return text == "true"
        if _INTEGER.match(text) and len(text) <= 18:
            return int(text)
        if _DECIMAL.match(text) and len(text) <= 18:
            return float(text)
        for pattern, why in _AMBIGUOUS:
            if pattern.match(text):
                self._add_problem(event, f"{text}: {why}", f'write "{text}" in quotes if it is text', "yaml-ambiguous")
                break
        return text

    def _refuse_tag_and_anchor(self, event: Any) -> None:
        if event.anchor:
            self._add_problem(
                event, f"&{event.anchor} is an anchor", "write values out where they are used", "yaml-anchor"
            )
        if event.tag:
            self._add_problem(
                event,
                f"{event.tag.replace(_TAGS, '!!')} is a YAML tag",
                "remove it; tags are not used here",
                "yaml-tag",
            )

    def _awaits_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1][0], dict) and self._key[-1] is None

    def _keys_of_next(self) -> Keys:
        if not self._open:
            return ()
        container, keys = self._open[-1]
        return (*keys, len(container) if isinstance(container, list) else self._key[-1] or "")

    def _place(self, value: Any, event: yaml.Event) -> None:
        self._note(self._keys_of_next(), event)
        self._put(value)

    def _put(self, value: Any) -> None:
        if not self._open:
            if self._documents < 2:
                self.root = value
            return
        container, _ = self._open[-1]
        if isinstance(container, list):
            container.append(value)
        elif self._key[-1] is not None:
            if self._key[-1] != _REFUSED:
                container.setdefault(self._key[-1], value)
            self._key[-1] = None
        else:
            # A key that was a list, mapping or alias: already reported.
            self._key[-1] = _REFUSED

    def _note(self, keys: Keys, event: yaml.Event) -> None:
        if self._documents < 2:
            self.lines.setdefault(keys, event.start_mark.line + 1)

    def _add_problem(self, event: yaml.Event, wrong: str, right: str, rule: str) -> None:
        keys = self._keys_of_next() if self._open else ()
        self.problems.append(
            Problem(
                self.path,
                event.start_mark.line + 1,
                where(tuple(k for k in keys if k not in ("", _REFUSED))),
                wrong,
                right,
                rule,
            )
        )
