"""Find tags of raw HTML and comments that a page opens and never closes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

_CODE = re.compile(
    # Nothing in a fence or between backticks is a tag. Open backticks end with their paragraph.
    r"^[ \t>]*(?P<fence>`{3,}(?=[^`\n]*\n)|~{3,})[^\n]*\n(?:.*\n)*?[ \t>]*(?P=fence)[`~]*[ \t]*$|(?P<ticks>`+)(?!`)(?:(?!\n\s*\n)[\s\S])*?(?<!`)(?P=ticks)(?!`)",
    re.MULTILINE,
)
_PIECE = re.compile(r"<!--|-->|<(?P<end>/?)(?P<name>[A-Za-z][\w-]*)(?=[\s/>])(?:\"[^\"<]*\"|'[^'<]*'|[^<>\"'])*>")
# Elements without an end, and those whose end may be left out.
_ALONE = frozenset(
    "area base br col embed hr img input link meta source track wbr "
    "p li dt dd td th tr thead tbody tfoot option colgroup rt rp".split()
)


class Open(NamedTuple):
    """A tag or a comment that has no end."""

    line: int
    tag: str


def open_tags(text: str, code: Collection[int] = ()) -> Iterator[Open]:
    """Yield every tag and comment of a text that is not closed; `code` are lines that are code."""
    shown = _CODE.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), text)
    line, before = 1, 0
    comment: int | None = None
    stack: list[Open] = []
    for found in _PIECE.finditer(shown):
        line += shown.count("\n", before, found.start())
        before = found.start()
        if found.group() == "<!--":
            if comment is not None:
                yield Open(comment, "<!--")
            comment = line
        elif found.group() == "-->":
            comment = None
        elif comment is None and line not in code:
            yield from _open_or_close(stack, found, line)
    if comment is not None:
        yield Open(comment, "<!--")
    yield from stack


def _open_or_close(stack: list[Open], found: re.Match[str], line: int) -> Iterator[Open]:
    """Push an opening tag on the stack, or pop what a closing one closes; yield the tags left open within that."""
    name = found["name"].lower()
    if name in _ALONE or found.group().endswith("/>"):
        return
    if not found["end"]:
        stack.append(Open(line, name))
    elif name in {tag for _, tag in stack}:
        while stack[-1].tag != name:
            yield stack.pop()
        stack.pop()
