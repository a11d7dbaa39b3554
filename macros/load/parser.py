"""Parse the text of a data file into plain data, with the line of every key and all mistakes of YAML.

YAML is read as events, so nothing is constructed, no alias expands and depth is bounded.
"""

from __future__ import annotations

from sys import intern
from typing import Any

import yaml

from macros.load.document import Document, pack
from macros.load.scalars import errors_in, value_of
from macros.load.syntax import ONE_DOCUMENT, merge_problem, syntax_problem
from macros.problems import Keys, Problem, where

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEEPEST = 12
MOST = 250_000
END = "..."

_TAGS = "tag:yaml.org,2002:"
# Texts up to this length are interned: names of records occur in many places, and should be in memory once.
_NAME = 60
# Stands in for a key that was refused: its value is read and left out.
_REFUSED = "\0"


def parse(text: str, name: str) -> tuple[Document, list[Problem]]:
    """Parse the text of one data file strictly."""
    if _says_nothing(text):
        return Document(name), [
            Problem(name, 1, "", "the file is empty", "put back what was in it, or delete it", "empty-file")
        ]
    merge = merge_problem(name, text)
    if merge:
        return Document(name), [merge]
    builder = _Builder(name, text)
    found = builder.read()
    if found:
        # What else was found from there on follows from the same error.
        return Document(name), [p for p in builder.problems if p.line < found.line - 1] + [found]
    problems = builder.problems
    if parted := [problem for problem in problems if problem.rule == "one-document"]:
        return Document(name), parted  # nothing below the mark is read: its keys would be reported as missing
    if not text.rstrip("\n").endswith(f"\n{END}"):
        last = text.count("\n") + (not text.endswith("\n"))
        right = (
            f'if nothing is lost, add a line "{END}": it is the last of every data file, so that one cut off is noticed'
        )
        problems.append(Problem(name, last, "", f'the closing line "{END}" is missing', right, "complete-file"))
    elif not text.endswith("\n"):
        last, right = text.count("\n") + 1, "press Enter after it, so that a file cut off is noticed"
        problems.append(
            Problem(name, last, "", f'there is no line break after the closing "{END}"', right, "complete-file")
        )
    return Document(name, pack(builder.root, builder.lines)), problems


def mapping_of(text: str) -> yaml.MappingNode:
    """Return the nodes of a text that is a mapping, for callers that change parts of it and leave the rest alone."""
    node = yaml.compose(text, Loader=LOADER)
    if not isinstance(node, yaml.MappingNode):
        raise TypeError("the text is no mapping")
    return node


def front_matter(text: str, name: str, first_line: int) -> tuple[dict[str, Any], list[Problem]]:
    """Read the fields at the head of a page as strictly; `first_line` is the line of the page at which they begin."""
    builder = _Builder(name, text, first_line)
    found = builder.read()
    problems = [*builder.problems, *([found] if found else [])]
    return builder.root if isinstance(builder.root, dict) and not problems else {}, problems


def _says_nothing(text: str) -> bool:
    """Whether a file has only comments, marks of a document, or nothing written as null."""
    return all(line.partition("#")[0].strip() in {"", "---", END, "null", "~"} for line in text.splitlines())


class _TooMuch(Exception):
    def __init__(self, problem: Problem):
        self.problem = problem


class _Builder:
    """Builds dicts, tuples and scalars from YAML events, noting lines and problems on the way."""

    def __init__(self, path: str, text: str, first_line: int = 1):
        self.path = path
        # YAML ends lines at other characters than the line feed, too.
        self._text, self._rows, self._first = text, text.splitlines(), first_line
        self.root: Any = None
        self.lines: dict[Keys, int] = {}
        self.problems: list[Problem] = []
        self._open: list[tuple[Any, Keys]] = []
        self._key: list[str | None] = []
        self._in_brackets = [False]
        self._documents = 0
        # Whether the name that begins the file has come again: those that follow are of another record.
        self._has_second = False
        self._nodes = 0

    def read(self) -> Problem | None:
        """Take every event; return the problem that ended the reading, if one did."""
        try:
            for event in yaml.parse(self._text, Loader=LOADER):
                self.take(event)
        except yaml.YAMLError as error:
            return syntax_problem(error, self.path, self._text, self._first)
        except _TooMuch as error:
            return error.problem
        return None

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.NodeEvent):
            self._nodes += 1
            if self._nodes > MOST:
                right = f"divide it: a file has at most {MOST} values, names and lists"
                raise _TooMuch(self._problem(event, "", "the file has too many values", right, "file-size"))
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self._start(event)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self._end()
        elif isinstance(event, yaml.AliasEvent):
            self._add_problem(
                event,
                f"*{event.anchor} is an alias of YAML, which is not used here",
                "put quotes around a text that begins with *; else write the value out",
                "yaml-anchor",
            )
            self._place(None, event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents == 2:
                is_mark = self._rows[self._line(event) - self._first].startswith("---")
                right = (
                    "remove the line ---: it begins a new document, and a file has one only"
                    if is_mark
                    else ONE_DOCUMENT
                )
                self._add_problem(event, "a second YAML document begins here", right, "one-document")

    def _start(self, event: Any) -> None:
        self._refuse_tag_and_anchor(event)
        if len(self._open) >= DEEPEST:
            raise _TooMuch(
                self._problem(
                    event,
                    "",
                    "lists and fields lie too deep within one another",
                    f"use at most {DEEPEST} levels",
                    "yaml-depth",
                )
            )
        if self._awaits_key():
            self._add_problem(
                event,
                "brackets are in the place of a field's name",
                "write `name: value`; put quotes around a text that begins with { or [",
                "yaml-key",
            )
        keys = self._keys_of_next()
        self._note(keys, event)
        self._open.append(({} if isinstance(event, yaml.MappingStartEvent) else [], keys))
        self._key.append(None)
        self._in_brackets.append(isinstance(event, yaml.SequenceStartEvent) and bool(event.flow_style))

    def _end(self) -> None:
        value, _ = self._open.pop()
        self._in_brackets.pop()
        self._key.pop()
        self._put(tuple(value) if isinstance(value, list) else value)

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        self._refuse_tag_and_anchor(event)
        if self._awaits_key():
            self._begin_key(event)
        else:
            value, wrong, right = value_of(event)
            if wrong:
                self._add_problem(event, wrong, right, "yaml-ambiguous")
            for wrong, right, rule in errors_in(event, self._rows, self._in_brackets[-1]):
                self._add_problem(event, wrong, right, rule)
            self._place(intern(value) if type(value) is str and len(value) <= _NAME else value, event)

    def _begin_key(self, event: yaml.ScalarEvent) -> None:
        mapping, keys = self._open[-1]
        if len(mapping) > 2 and event.value == next(iter(mapping)) and keys and isinstance(keys[-1], int):
            self._begin_entry(event)
            mapping, keys = self._open[-1]
        path = (*keys, event.value)
        if not keys and len(mapping) > 2 and event.value == next(iter(mapping)):
            self._has_second = True
            right = "if another record begins here, put it into a file of its own; else keep one of the two"
            self._add_problem(event, f'the file has a second "{event.value}"', right, "duplicate-key")
        elif event.value in mapping and not (self._has_second and not keys):
            first = self.lines.get(path, 1)
            wrong = f'"{event.value}" is here twice (first in line {first})'
            self._add_problem(event, wrong, "keep one of the two", "duplicate-key")
        self._key[-1] = intern(event.value)
        self._note(path, event)

    def _begin_entry(self, event: yaml.ScalarEvent) -> None:
        """Begin the next entry of a list at a name that begins entries: its dash is missing. One error, one problem."""
        self._add_problem(
            event,
            f'a second "{event.value}" in one entry',
            f"a new entry begins with a dash: `- {event.value}: ...`",
            "duplicate-key",
        )
        self._end()
        keys = self._keys_of_next()
        self._note(keys, event)
        self._open.append(({}, keys))
        self._key.append(None)
        self._in_brackets.append(False)

    def _refuse_tag_and_anchor(self, event: Any) -> None:
        if event.anchor:
            self._add_problem(
                event,
                f"&{event.anchor} is an anchor of YAML, which is not used here",
                "put quotes around a text that begins with &; else write the value out wherever it is used",
                "yaml-anchor",
            )
        if event.tag:
            self._add_problem(
                event,
                f"{event.tag.replace(_TAGS, '!!')} is a tag of YAML, which is not used here",
                "put quotes around a text that begins with !; else remove it",
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
            self.lines.setdefault(keys, self._line(event))

    def _add_problem(self, event: yaml.Event, wrong: str, right: str, rule: str) -> None:
        keys = self._keys_of_next() if self._open else ()
        place = where(tuple(k for k in keys if k not in ("", _REFUSED)))
        self.problems.append(self._problem(event, place, wrong, right, rule))

    def _problem(self, event: yaml.Event, place: str, wrong: str, right: str, rule: str) -> Problem:
        return Problem(self.path, self._line(event), place, wrong, right, rule)

    def _line(self, event: yaml.Event) -> int:
        return (event.start_mark.line if event.start_mark else 0) + self._first
