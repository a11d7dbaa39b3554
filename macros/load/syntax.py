"""Explain a syntax error of YAML: which mistake it was, in which line, and how to mend it.

YAML's own messages name the place where reading stopped; the mistake often stands a few lines above.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import yaml
from yaml.reader import Reader

from macros.problems import Problem, counted

ONE_DOCUMENT = 'move it above the "...", which is the last line of a file'
_KEY = r"^(?P<before> *(?:- +)*)(?P<key>[A-Za-z][\w-]*)"
_FIELD = re.compile(_KEY + r":(?:[ ]|$)")
_FULL_WIDTH = re.compile(_KEY + r"[ ]?：")
_STUCK = re.compile(_KEY + r":(?=[^\s/:])(?P<value>.*)$")
_DASH = re.compile(r"^ *-(?=[^\s-])(?P<value>.*)$")
_VALUE = re.compile(r"^ *(?:- +)*(?:[A-Za-z][\w-]*: +)?(?P<value>\S.*)$")
_OPENS = re.compile(r"^ *(?:- +)*(?:[A-Za-z][\w-]*: +)?(?:(?P<mark>')(?:[^']|'')*|\"(?:[^\"\\\\]|\\\\.)*)$")
_OPENS_BLOCK = re.compile(r": +[>|][-+]?\d?$")
_TAB = re.compile(r"^\s*\t")
_ODD_BLANK = re.compile("[\u00a0\u1680\u2000-\u200f\u202f\u205f-\u2064\u3000\ufeff]")
_ODD_DASH = re.compile(r"^ *(?P<dash>[–—−•·]) *(?P<value>\S.*)$")
_MERGE = re.compile(r"(<{7}|>{7})( |$)|={7}$|\|{7}( |$)")
_MERGE_IN_PROSE = re.compile(r"(<{7}|>{7})( |$)")
_CLOSED = {'"': r'"(?:[^"\\]|\\.)*"', "'": r"'(?:[^']|'')*'", "[": r"\[[^\]]*\]", "{": r"\{[^}]*\}"}
_CLOSING = {"[": "]", "{": "}"}

# How many lines above the end of reading a quote may have been opened.
_FAR = 200

Finding = tuple[int, str, str]
"""Line counted from zero, what is wrong, what would be right."""


@dataclass(frozen=True)
class _Trouble:
    """Where reading stopped: the lines of the text, the last one read, the one its part began in, and YAML's words."""

    lines: list[str]
    at: int
    start: int
    said: str
    context: str

    @property
    def line(self) -> str:
        return self.lines[self.at]

    def near(self) -> Iterator[tuple[int, str]]:
        """Yield the lines a mistake may stand in, the last one first."""
        for at in range(self.at, max(min(self.start, self.at - 2), 0) - 1, -1):
            yield at, self.lines[at]


def syntax_problem(error: yaml.YAMLError, name: str, text: str, first_line: int = 1) -> Problem:
    """Return the problem of a text that is no YAML; `first_line` is that of the text in its file."""
    lines = text.split("\n")
    context = getattr(error, "context_mark", None)
    mark = getattr(error, "problem_mark", None) or context
    hidden = Reader.NON_PRINTABLE.search(text)
    if hidden:
        at = text.count("\n", 0, hidden.start())
        found = (
            at,
            f"a character that cannot be seen (U+{ord(hidden.group()):04X})",
            "delete it, or type the line anew",
        )
    else:
        at = min(mark.line, len(lines) - 1) if mark else 0
        start = min(context.line, at) if context else at
        said = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "cannot be read as YAML")
        if "<document start>" in said:
            return _below_the_end(name, at + first_line)
        found = _finding(_Trouble(lines, at, start, said, str(getattr(error, "context", None) or "")))
    at, wrong, right = found
    return Problem(name, at + first_line, "", f"not YAML: {wrong}", right, "yaml-syntax")


def _below_the_end(name: str, line: int) -> Problem:
    return Problem(name, line, "", 'there is text below the closing "..."', ONE_DOCUMENT, "one-document")


def merge_problem(name: str, text: str, prose: bool = False) -> Problem | None:
    """Return the problem of a text with the conflict marks of an unfinished merge."""
    pattern = _MERGE_IN_PROSE if prose else _MERGE
    for number, line in enumerate(text.split("\n"), start=1):
        if pattern.match(line):
            right = "keep the lines that are right, and delete those that begin with <<<<<<<, ======= and >>>>>>>"
            return Problem(
                name, number, "", "here are two versions: a merge of git is not finished", right, "merge-finished"
            )
    return None


def _finding(trouble: _Trouble) -> Finding:
    for find in _FINDERS:
        found = find(trouble)
        if found:
            return found
    right = "check indentation, quotes and colons here or just above; or write >- and the text below, indented"
    return trouble.at, f"the file cannot be read from here on ({trouble.said})", right


def _by_form(*slips: tuple[re.Pattern[str], str, str]) -> Callable[[_Trouble], Finding | None]:
    """Return what finds a slip by the form of its line: the form, what is wrong and what would be right, of its groups."""

    def find(trouble: _Trouble) -> Finding | None:
        for at, line in trouble.near():
            for form, wrong, right in slips:
                if found := form.search(line):
                    said = {name: _shortened(text) for name, text in found.groupdict().items()}
                    said |= {"column": str(found.start() + 1), "code": f"U+{ord(found[0][-1]):04X}"}
                    return at, wrong.format(**said), right.format(**said)
        return None

    return find


def _open_quote(trouble: _Trouble) -> Finding | None:
    for at in range(trouble.at, max(trouble.at - _FAR, -1), -1):
        found = _OPENS.match(trouble.lines[at])
        below = next((line for line in trouble.lines[at + 1 : at + _FAR] if line.strip()), "...") if found else ""
        if found and (_FIELD.match(below) or below.lstrip().startswith(("- ", "..."))):
            mark = found["mark"] or '"'
            return at, f"the quote {mark} that opens here is never closed", f"write {mark} at the end of the text"
        if found and "quoted scalar" in trouble.context:
            break
    if "escape" in trouble.said:
        return (
            trouble.at,
            'a \\ between " and " has a meaning for YAML',
            "put ' and ' around the text, or write \\\\ for it",
        )
    if "quoted scalar" in trouble.context:
        right = "close the quote; a text that holds \" goes between ' and ', one that holds ' between \" and \""
        return trouble.start, "a text in quotes does not end well", right
    return None


def _comma_too_many(trouble: _Trouble) -> Finding | None:
    found = re.search(r"[\[{,]\s*,", trouble.line)
    if "node content" not in trouble.said or found is None:
        return None
    wrong = f"there is a comma too many in column {found.end()}"
    return trouble.at, wrong, "put one comma between two entries, none before the first"


def _bracket(trouble: _Trouble) -> Finding | None:
    if "expected ',' or" not in trouble.said and "flow" not in trouble.context:
        return None
    line = trouble.lines[trouble.start]
    mark = next((char for char in line if char in _CLOSING), None)
    if mark is None or _starts_text(line):
        return None
    if _CLOSING[mark] in line:
        return (
            trouble.start,
            f"a comma is missing between {mark} and {_CLOSING[mark]}, or a text there needs quotes",
            "put a comma and a space between two entries",
        )
    return trouble.start, f"the bracket {mark} that opens here is never closed", f"write {_CLOSING[mark]} at its end"


def _needs_quotes(trouble: _Trouble) -> Finding | None:
    found = _VALUE.match(trouble.line)
    if not found:
        return None
    value = found["value"].rstrip()
    if re.match(r"[|>]([-+]?\d?|\d[-+])$", value):
        return None
    if value.startswith("{{"):
        return trouble.at, "a call in braces is for pages, not for data", "write the text itself"
    around = "put the whole text in quotes"
    if _starts_text(trouble.line):
        wrong = f"the text goes on after the closing {_closing(value[0])}"
        around = "put quotes that it does not hold around the whole text" if value[0] in "\"'" else around
    elif value[0] in "%@`*&!|>?}]," or value.startswith("- "):
        wrong = f"a text cannot begin with {value[0]}"
    else:
        return None
    hint = "; the figure alone goes under value, what limits it under bound" if re.match(r"[<>]\s*\d", value) else ""
    return trouble.at, wrong, f"{around}: {_value_in_quotes(value)}{hint}"


def _colon(trouble: _Trouble) -> Finding | None:
    found = _VALUE.match(trouble.line)
    if "mapping values" not in trouble.said or not found or not re.search(r":(\s|$)", found["value"]):
        return None
    field = _FIELD.match(trouble.line)
    if not field or field.end() > found.start("value"):
        return None
    return (
        trouble.at,
        "the text has a colon followed by a space",
        f"put the text in quotes: {_value_in_quotes(found['value'].rstrip())}; or write >- and the text below, indented",
    )


def _indent(trouble: _Trouble) -> Finding | None:
    above = next((_FIELD.match(line) for line in reversed(trouble.lines[: trouble.at]) if _FIELD.match(line)), None)
    own = len(trouble.line) - len(trouble.line.lstrip(" "))
    if above is None or not trouble.line.strip() or own == above.start("key"):
        return None
    wrong = (
        f'the line is indented by {counted(own, "space")}, the field "{above["key"]}" above it by {above.start("key")}'
    )
    return trouble.at, wrong, "indent the fields of one entry alike, and what belongs under a field two spaces deeper"


def _outdented(trouble: _Trouble) -> Finding | None:
    """Find a line that continues a text but is indented less than it."""
    for at, line in trouble.near():
        if not line.strip() or _FIELD.match(line) or re.match(r" *(- |#|\.\.\.)", line):
            continue
        above = next((other for other in reversed(trouble.lines[:at]) if _FIELD.match(other)), "")
        name = _FIELD.match(above) if _OPENS_BLOCK.search(above) else None
        if name and len(line) - len(line.lstrip()) <= name.start("key"):
            wrong = f'"{_shortened(line.strip())}" is indented less than the text under "{name["key"]}"'
            return at, wrong, f"indent it like that text, by {counted(name.start('key') + 2, 'space')}"
    return None


def _no_field(trouble: _Trouble) -> Finding | None:
    line = trouble.lines[trouble.start].strip()
    if "could not find expected ':'" not in trouble.said or not line or _FIELD.match(line):
        return None
    right = "a field is `name: value`; a text that goes on is indented deeper than the name of its field"
    return trouble.start, f'"{_shortened(line)}" is neither a field nor part of the text above', right


_FINDERS: tuple[Callable[[_Trouble], Finding | None], ...] = (
    _by_form(
        (_TAB, "there is a tab before the text",
         "indent with spaces; most editors can be set to type them for the tab key"),
    ),
    _by_form(
        (_ODD_BLANK, "the character in column {column} looks like a space but is another one ({code})",
         "delete it and type an ordinary space"),
    ),
    _by_form(
        (_FULL_WIDTH, 'the colon after "{key}" is a full-width one', "write `{key}: ` with a plain colon and a space"),
    ),
    _open_quote, _needs_quotes, _comma_too_many, _bracket,
    _by_form(
        (_DASH, "there is no space after the dash", "write `- {value}`"),
        (_STUCK, 'there is no space after "{key}:"', "write `{key}: {value}`"),
    ),
    _colon,
    _by_form((_ODD_DASH, "an entry of a list begins with {dash}", "write a plain dash: `- {value}`")),
    _outdented, _indent, _no_field,
)  # fmt: skip


def _starts_text(line: str) -> bool:
    """Whether a value closes its quote or bracket and goes on: the mark was meant as part of the text."""
    found = _VALUE.match(line)
    value = found["value"].rstrip() if found else ""
    closed = re.match(_CLOSED[value[0]], value) if value[:1] in _CLOSED else None
    return bool(closed and closed.end() < len(value) and not re.match(r"\s*(#|[:,\]}])", value[closed.end() :]))


def _closing(mark: str) -> str:
    return _CLOSING.get(mark, mark)


def _value_in_quotes(value: str) -> str:
    if len(value) > 1 and value[0] in "\"'" and value[-1] == value[0]:
        value = value[1:-1]
    if len(value) > 60:
        return "'...'" if '"' in value else '"..."'
    return "'" + value.replace("'", "''") + "'" if '"' in value or "\\" in value else f'"{value}"'


def _shortened(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
