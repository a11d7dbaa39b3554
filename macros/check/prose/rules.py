"""The rules on figures, headings, images, HTML and code of a page. Each checks the outline of one text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from macros.check.prose.outline import Heading, Outline
from macros.check.rule import rule, rules_in
from macros.load.pages import PATTERN, PageText
from macros.problems import Finding

_STUCK = re.compile(r"[ \t>]*(#{1,6})([^\s#].*)")


@dataclass(frozen=True)
class Judged:
    """A text of a page with its outline."""

    text: PageText
    outline: Outline

    @property
    def is_pattern(self) -> bool:
        return self.text.origin.endswith(f"/{PATTERN}")

    @property
    def is_introduction(self) -> bool:
        """Whether the text stands in a page below the title of its record."""
        return self.text.origin.count("/") > 1 and not self.is_pattern

    @property
    def path(self) -> str:
        """Return the path of the text below content/."""
        return self.text.origin.partition("/")[2]

    @property
    def folder(self) -> str:
        return self.path.rpartition("/")[0]

    def line(self, line: int) -> str:
        """Return a line of the text, the first being line 1."""
        return self.text.text.split("\n")[line - 1]

    def finding(self, line: int, wrong: str, right: str) -> Finding:
        """Return what is wrong at a line of the text, as a line of its file."""
        return Finding(self.text.origin, self.text.first_line - 1 + line, "", wrong, right)


@rule
def figure_from_macro(page: Judged) -> Iterator[Finding]:
    """A figure in prose must come from a macro, so that it cannot disagree with the data."""
    for line, figure in page.outline.figures:
        right = 'call it: {{ figure("id-of-the-fact") }}, or count or dated; a name with digits goes under figures_allowed in data/report.yml'
        yield page.finding(line, f'the figure "{figure}" is typed by hand', right)


@rule
def heading_once(page: Judged) -> Iterator[Finding]:
    """A page must have one heading of the first level, its title; an introduction stands below that of its record."""
    titles = [heading for heading in page.outline.headings if heading.level == 1]
    for heading in titles if page.is_introduction else titles[1:]:
        if not _is_stuck(page, heading):
            right = f"write `## {heading.text}`: only the title has a single #"
            wrong = f'"{heading.text}" is a second title of the page'
            yield page.finding(heading.line, wrong, right)


@rule
def heading_level(page: Judged) -> Iterator[Finding]:
    """A heading must be at most one level below the heading before it, so that the table of contents has no holes."""
    above = 1
    for heading in page.outline.headings:
        if heading.level > above + 1:
            right = f"write `{'#' * (above + 1)} {heading.text}`"
            wrong = f'the heading "{heading.text}" is of level {heading.level}, the one before it of level {above}'
            yield page.finding(heading.line, wrong, right)
        above = heading.level


@rule
def heading_blank(page: Judged) -> Iterator[Finding]:
    """A heading must have a space after its #: else some engines publish it as a line of text."""
    for heading in page.outline.headings:
        if stuck := _is_stuck(page, heading):
            right = f"write `{stuck[1]} {stuck[2]}`, or \\{stuck[1]} if it is not a heading"
            yield page.finding(heading.line, f"there is no space between {stuck[1]} and the heading", right)


def _is_stuck(page: Judged, heading: Heading) -> re.Match[str] | None:
    return _STUCK.match(page.line(heading.line))


@rule
def image_has_text(page: Judged) -> Iterator[Finding]:
    """An image must have a text for those who do not see it."""
    for image in page.outline.images:
        if not image.text.strip():
            right = f"say what it shows: ![what it shows]({image.target})"
            yield page.finding(image.line, f'the image "{image.target}" has no text', right)


@rule
def tag_closed(page: Judged) -> Iterator[Finding]:
    """An HTML tag and a comment must be closed: what follows an open one is lost, or is no Markdown any more."""
    for line, tag in page.outline.open_tags:
        if tag == "<!--":
            wrong, right = "the comment <!-- is not closed and hides what follows", "put --> at its end"
        else:
            wrong, right = (
                f"the tag <{tag}> is not closed",
                f"put </{tag}> at its end, or write &lt; if it is not a tag",
            )
        yield page.finding(line, wrong, right)


@rule
def code_in_fence(page: Judged) -> Iterator[Finding]:
    """Code must stand between lines of ```: a paragraph that begins with four spaces is published as code by mistake."""
    for line in page.outline.indented:
        wrong = f'"{_short(page.line(line))}" is published as code, since four spaces or a tab are before it'
        right = "delete them; or put a line of ``` before and after it if it is code"
        yield page.finding(line, wrong, right)


@rule
def introduction_shown(page: Judged) -> Iterator[Finding]:
    """The pattern of a folder must show the introductions that stand in the folder."""
    if page.is_pattern and page.text.has_introductions and not page.outline.has_introduction:
        wrong = "the introductions of this folder are shown nowhere"
        right = "put {{ introduction }} alone on a line below the title, outside of comments and code"
        yield page.finding(1, wrong, right)


def _short(line: str) -> str:
    text = line.strip()
    return text if len(text) <= 40 else f"{text[:40]}…"


RULES = rules_in(globals())
