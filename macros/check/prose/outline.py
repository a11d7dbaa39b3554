"""The outline of a page: headings, links, images, figures and code that the engine makes of its Markdown, with lines."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, NamedTuple

from macros.check.prose.marks import (
    CALL,
    FOUND,
    INTRODUCTION,
    first_line_in,
    is_raw,
    line_of,
    with_marks,
    without_calls,
    without_marks,
)
from macros.check.prose.tags import Open, open_tags

if TYPE_CHECKING:
    from markdown import Markdown

# Comments tell editors, not readers: a page is published without those that begin a line.
_COMMENT = re.compile(r"^[ \t]*<!--.*?-->[ \t]*\n?", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"h[1-6]")
# Among the anchors of a page: one that depends on what a macro prints.
UNKNOWN = ""
# Elements whose text is no prose.
_CODE = frozenset(("code", "pre", "kbd", "samp", "script", "style", "math", "svg"))


class Heading(NamedTuple):
    line: int
    level: int
    anchor: str
    text: str


class Link(NamedTuple):
    """A link or an image: where it leads, and what it says; `is_raw` where it is written as HTML."""

    line: int
    target: str
    text: str
    is_raw: bool


class Figure(NamedTuple):
    line: int
    text: str


class Outline(NamedTuple):
    """The parts of a published text that rules check."""

    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    images: tuple[Link, ...]
    figures: tuple[Figure, ...]
    anchors: frozenset[str]
    # Lines that are published as code because of the blanks before them.
    indented: tuple[int, ...]
    # Tags and comments that are not closed.
    open_tags: tuple[Open, ...]
    has_introduction: bool


def outline_as_values(found: Outline) -> tuple[Any, ...]:
    """Return an outline as plain values, which the cache can hold."""
    return tuple(
        tuple(tuple(item) if isinstance(item, tuple) else item for item in part) if isinstance(part, tuple) else part
        for part in found
    )


def outline_from_values(values: Sequence[Any]) -> Outline:
    """Return the outline that `outline_as_values` took apart."""
    headings, links, images, figures, anchors, code_lines, tags, has_introduction = values
    return Outline(
        tuple(map(Heading._make, headings)), tuple(map(Link._make, links)), tuple(map(Link._make, images)),
        tuple(map(Figure._make, figures)), anchors, code_lines, tuple(map(Open._make, tags)), has_introduction,
    )  # fmt: skip


def outline(text: str, engine: Markdown, allowed: Collection[str] = ()) -> Outline:
    """Return the outline of a text, the first line of which is line 1; `allowed` names may hold digits."""
    shown = without_calls(text)
    indented: list[str] = []
    html = html_of(without_comments(with_marks(shown, allowed)), engine, indented)
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = tuple(_lines_of(indented, shown))
    return Outline(
        tuple(reader.headings), tuple(reader.links), tuple(reader.images), tuple(reader.figures),
        frozenset(reader.anchors), lines, tuple(open_tags(shown, lines)), reader.has_introduction,
    )  # fmt: skip


def without_comments(text: str) -> str:
    """Return a text as it is published, without the comments that begin a line."""
    commented, end, rest = text.rpartition("-->")  # keeps the search linear: an opening behind the last end has none
    return _COMMENT.sub("", commented + end) + rest


def html_of(text: str, engine: Markdown, indented: list[str]) -> str:
    """Return the HTML of a text, and add the first line of each indented code block to `indented`."""
    processor = engine.parser.blockprocessors["code"]
    run = type(processor).run

    def note_indented(parent: Any, blocks: list[str]) -> Any:
        before = len(parent)
        handled = run(processor, parent, blocks)
        if handled is not False and len(parent) > before and parent[before].tag == "pre":
            indented.append(without_marks(parent[before][0].text).split("\n")[0])
        return handled

    processor.run = note_indented  # type: ignore[method-assign]  # the engine reports no lines
    return str(engine.reset().convert(text))


def _lines_of(firsts: Sequence[str], text: str) -> list[int]:
    """Return the lines at which texts begin, in the order in which they stand."""
    lines = text.split("\n")
    found: list[int] = []
    for first in firsts:
        after = found[-1] if found else 0
        at = (at for at, line in enumerate(lines[after:], after + 1) if line.strip() == unescape(first.strip()))
        found.append(next(at, after + 1))
    return found


class _Reader(HTMLParser):
    """Reads what a page shows."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.headings: list[Heading] = []
        self.links: list[Link] = []
        self.images: list[Link] = []
        self.figures: list[Figure] = []
        self.anchors: set[str] = set()
        self.has_introduction = False
        self._line = 1
        self._in_code = 0
        self._heading: tuple[int, str] | None = None
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        fields = {name: value or "" for name, value in attrs}
        if "id" in fields:
            self.anchors.add(without_marks(fields["id"]))
        if tag in _CODE:
            self._in_code += 1
        elif tag == "a":
            if "name" in fields:
                self.anchors.add(without_marks(fields["name"]))
            if "href" in fields and fields.get("class") not in ("footnote-ref", "footnote-backref"):
                self.links.append(self._link(fields["href"], ""))
        elif tag == "img":
            self.images.append(self._link(fields.get("src", ""), fields.get("alt", "")))
            self._read(fields.get("alt", ""))
        elif _HEADING.fullmatch(tag):
            self._heading, self._text = (int(tag[1]), without_marks(fields.get("id", ""))), []

    def handle_startendtag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in _CODE:
            self._in_code -= 1

    def handle_endtag(self, tag: str) -> None:
        if tag in _CODE:
            self._in_code = max(0, self._in_code - 1)
        elif self._heading and tag == f"h{self._heading[0]}":
            text = "".join(self._text)
            line = first_line_in(text) or self._line
            if CALL in text:
                self.anchors.discard(self._heading[1])
                self.anchors.update((UNKNOWN,) if tag != "h1" else ())
            self.headings.append(Heading(line, *self._heading, without_marks(text).replace(CALL, "").strip()))
            self._heading = None

    def handle_data(self, data: str) -> None:
        if self._heading:
            self._text.append(data)
        if self._in_code:
            return
        self.has_introduction = self.has_introduction or INTRODUCTION in data
        self._read(data)

    def _read(self, text: str) -> None:
        """Note the figures of a text that a reader sees."""
        self._line = first_line_in(text) or self._line
        for number, at, first, behind in FOUND.findall(text):
            self.figures.append(Figure(line_of(at or behind), number or first))

    def _link(self, target: str, text: str) -> Link:
        self._line = first_line_in(target) or self._line
        return Link(self._line, without_marks(target), without_marks(text), is_raw(target))
