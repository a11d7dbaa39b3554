"""Marks carry line numbers through a Markdown engine, which forgets them.

A mark is two private-use characters. Engines pass them on unchanged; readers never see them, since only the check puts
them into a text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection

from jinja2 import Environment, TemplateSyntaxError

# What stands in place of a macro call, and in place of the introduction of a record.
CALL, INTRODUCTION = "\uf800", "\uf801"
# The kind of text before a mark (a figure, a number that may number a list) or behind it (anything, raw HTML).
FIGURE, NUMBER, LINE, RAW = "\uf000", "\uf100", "\uf200", "\uf300"
_MARK = re.compile("[\uf000-\uf3ff][\ue000-\uefff]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_BLOCK = 0x1000
_LANGUAGE = Environment()
# If Jinja cannot read a page, which another rule reports, brackets find the calls. A bracket ends before the next one of its
# kind: otherwise the time would grow with the square of the number of open brackets.
_BRACKETS = re.compile(r"\{\{(?:(?!\{\{).)*?\}\}|\{%(?:(?!\{%).)*?%\}|\{#(?:(?!\{#).)*?#\}", re.DOTALL)
_NUMBER = r"\d+(?:[.,]\d+)*"
_PLACES = r"""
    (?P<kept>
        ^[ \t>]*(?:`{3,}[^`\n]*|~{3,}.*)$    # a fence, with what it says of the code
      | ^[ \t]*;*-+8<-+.*$                   # a snippet
      | ^\*\[[^\]\n]+\]:.*$                  # an abbreviation
      | \[\^[^\]\n]+\]:?                     # a footnote
      | \]\[[^\]\n]*\]                       # the label of a link
      | ^[ \t>]*(?:[-*+:][ \t]+)*\d+(?:\)|\.(?=[ \t]+\W))   # a number that can only number a list
      | (?<![A-Za-z\d])[A-Za-z]+\d+(?:[.,]\d+)*   # a name with digits
      | &\#\w+; | :[+\-\w]+: | \{:[^{}\n]*\} | <\w+:[^<>\s]*> | \bmarkdown=["']?1
    )
  | (?P<heading>^[ \t>]*\#{1,6}[ \t]*)
  | (?P<under>^(?=[^\s\#>|=-].*\n(?:=+|-+)[ \t]*$))
  | (?P<number>^[ \t>]*(?:[-*+:][ \t]+)*\d+\.[ \t]+(?=\w))
  | (?P<target>\]\([ \t]*<?|^[ ]{0,3}\[[^\]\n]+\]:[ \t]*<?)
  | (?P<attribute>\b(?:href|src)\s*=\s*["'])
  | (?P<figure>(?<![A-Za-z])NUMBER(?![\d.,]*[A-Z]))
""".replace("NUMBER", _NUMBER)
_KINDS = {"heading": LINE, "under": LINE, "target": LINE, "number": NUMBER, "attribute": RAW, "figure": FIGURE}
# A figure that a reader sees: a mark says so, or a number that does not number a list.
FOUND = re.compile(rf"({_NUMBER})([\uf000-\uf0ff][\ue000-\uefff])|({_NUMBER})\.\s+([\uf100-\uf1ff][\ue000-\uefff])")


def without_calls(text: str) -> str:
    """Return the text of a page with a sign in place of every macro call, each line where it was."""
    text = _PRIVATE.sub("?", text)
    try:
        parts, call = _parts(text)
    except TemplateSyntaxError:
        parts, call = [], text
    return "".join(parts) if not call else _BRACKETS.sub(lambda found: _stand_in(found.group()), text)


def _parts(text: str) -> tuple[list[str], str]:
    """Return a text in parts, with signs in place of calls, and the beginning of a call that has no end."""
    parts, call = [], ""
    for _, kind, value in _LANGUAGE.lex(text):
        if kind == "data":
            parts.append(value)
        elif kind.endswith("_end"):
            parts.append(_stand_in(call + value))
            call = ""
        elif kind == "raw_begin":
            parts.append(_stand_in(value))
        else:
            call += value
    return parts, call


def _stand_in(call: str) -> str:
    """Return a stand-in for a call, on as many lines; empty for a call that prints nothing."""
    if not call.startswith("{{"):
        return "\n" * call.count("\n")
    sign = INTRODUCTION if call.strip("{}- \t\n").split("|")[0].strip() == "introduction" else CALL
    return "\n".join([sign] * (call.count("\n") + 1))


def with_marks(text: str, allowed: Collection[str]) -> str:
    """Return a text with a mark at each figure, heading, target and number of a list; `allowed` names hold no figure."""
    ends = [found.start() for found in re.finditer("\n", text)]
    names = "|".join(r"\s+".join(map(re.escape, name.split())) for name in sorted(allowed, key=len, reverse=True))
    places = re.compile(f"(?P<name>{names})|{_PLACES}" if names else _PLACES, re.MULTILINE | re.VERBOSE)

    def with_mark(found: re.Match[str]) -> str:
        kind = _KINDS.get(found.lastgroup or "")
        return found.group() + mark(kind, bisect_left(ends, found.start()) + 1) if kind else found.group()

    return places.sub(with_mark, text)


def mark(kind: str, line: int) -> str:
    """Return the mark of a line."""
    high, low = divmod(line, _BLOCK)
    return chr(ord(kind) + high) + chr(0xE000 + low)


def line_of(found: str) -> int:
    """Return the line number in a mark."""
    return (ord(found[0]) & 0xFF) * _BLOCK + ord(found[1]) - 0xE000


def first_line_in(text: str) -> int | None:
    """Return the line of the first mark in a text."""
    found = _MARK.search(text)
    return line_of(found.group()) if found else None


def is_raw(text: str) -> bool:
    """Whether a text begins with the mark of raw HTML."""
    return RAW <= text[:1] < CALL


def without_marks(text: str) -> str:
    """Return a text without its marks."""
    return _MARK.sub("", text)
