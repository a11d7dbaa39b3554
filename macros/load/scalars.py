"""Read a value typed in YAML, and find where an editor may have meant something else.

A value is text, a plain number, true, false or null; what YAML reads in its own way is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from macros.model.figure import meant_figure

_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)\Z")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+\Z")
# No number, date or word of YAML is longer; longer texts are not looked at.
_LONGEST = 40
_QUOTE_TEXT = 'write "{}" in quotes if it is a text'
_QUOTE = 'write it in quotes: "{}"'
_NUMBER_OR_TEXT = "write {number}, or {quoted} if it is a text"
_TEXT_OR_TRUTH = f"{_QUOTE_TEXT}, else true or false"
# What YAML 1.1 reads as something other than the text an editor sees, and what to do about it.
_AMBIGUOUS = (
    (re.compile(r"(?i:yes|no|on|off|y|n)\Z|True\Z|False\Z|TRUE\Z|FALSE\Z"), "YAML may read this as true or false", _TEXT_OR_TRUTH),
    (re.compile(r"[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?\Z"), "YAML reads this as a number to base sixty", _QUOTE_TEXT),
    (re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?\Z"), "YAML reads this as a date", _QUOTE),
    (re.compile(r"[-+]?0[0-9_]+\Z"), "YAML reads this as a number to another base", _NUMBER_OR_TEXT),
    (re.compile(r"[-+]?0[xob][0-9a-fA-F_]+\Z"), "YAML reads this as a number to another base", _QUOTE_TEXT),
    (re.compile(r"(?i:[-+]?\.inf|\.nan)\Z"), "YAML reads this as infinity, or as no number", _QUOTE_TEXT),
    (re.compile(r"[-+]?[0-9][0-9_]*_[0-9_]*(\.[0-9_]*)?\Z"), "YAML drops the underscores", _NUMBER_OR_TEXT),
    (re.compile(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?\Z"), "this is not a plain decimal number", _NUMBER_OR_TEXT),
    (re.compile(r"Null\Z|NULL\Z"), "YAML reads this as nothing", f"{_QUOTE_TEXT}, else null"),
)  # fmt: skip
# Zero-width characters, marks of direction, and blanks of other kinds at the ends of a text.
HIDDEN = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|^[\u00a0\u2000-\u200a\u202f\u3000]|[\u00a0\u2000-\u200a\u202f\u3000]$"
)
_FULL_WIDTH_COMMA = re.compile(r"\s*[，、]\s*")
_DASH = re.compile(r"-([^\s-]\S*)")
_COMMENT = re.compile(r"[ \t]*#")
_APART = re.compile(r"(  +|\t+ *)#([ !#]|$)")

Error = tuple[str, str, str]
"""What is wrong, what would be right, and the rule."""


def value_of(event: yaml.ScalarEvent) -> tuple[object, str, str]:
    """Return the value of a scalar as data; with it what is ambiguous and what would be right, or empty texts."""
    text = event.value
    if event.style:
        return text, "", ""
    if text in ("", "~", "null"):
        return None, "", ""
    if text in ("true", "false"):
        return text == "true", "", ""
    if _INTEGER.match(text) and len(text) <= 18:
        return int(text), "", ""
    if _DECIMAL.match(text) and len(text) <= 18:
        return float(text), "", ""
    for pattern, why, right in _AMBIGUOUS if len(text) <= _LONGEST else ():
        if pattern.match(text):
            figure = meant_figure(text)
            number = figure.text if figure else "a plain decimal number"
            return text, f"{text}: {why}", right.format(text, number=number, quoted=f'"{text}" in quotes')
    return text, "", ""


def errors_in(event: yaml.ScalarEvent, lines: list[str], in_list: bool = False) -> Iterator[Error]:
    """Yield values that YAML accepts but that an editor cannot have meant; `lines` are those of the file.

    `in_list`: the value stands in a list in brackets.
    """
    hidden = HIDDEN.search(event.value)
    if hidden:
        code = f"U+{ord(hidden.group()):04X}"
        yield f"holds a character that cannot be seen ({code})", "delete it, or type the value anew", "hidden-character"
    start, end = event.start_mark, event.end_mark
    if event.style or not start or not end:
        return
    if in_list and _FULL_WIDTH_COMMA.search(event.value):
        parts = ", ".join(part for part in _FULL_WIDTH_COMMA.split(event.value) if part)
        right = f"put a plain comma and a space between two entries: {parts}; or quotes around it if it is one text"
        yield f'"{event.value}" has a full-width comma', right, "plain-comma"
    rest = lines[end.line][end.column :] if end.line < len(lines) else ""
    if _COMMENT.match(rest) and not _APART.match(rest):
        right = "put a text with # in quotes; a comment has two spaces before # and one after it"
        yield f'the value ends before "{rest.strip()[:20]}", which is read as a comment', right, "comment-apart"
    elif not event.value:
        yield "has no value", "write the value, null if it was not found, or [] for an empty list", "blank-value"
    if end.line != start.line and (stuck := _DASH.match(event.value)):
        yield "there is no space after the dash", f"write `- {stuck[1]}`, likewise in the lines below", "text-goes-on"
    elif end.line != start.line and re.match(r" *- ", lines[start.line + 1]):
        yield "the dash in the next line is indented too deep", "indent every dash of a list alike", "text-goes-on"
    elif end.line != start.line:
        right = "write >- and the whole text indented below; if a new entry begins there, put a dash before it"
        yield "a text without quotes goes on in the next line", right, "text-goes-on"
