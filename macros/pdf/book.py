"""Join the chapters into one HTML document with cover, contents, stylesheet and running heads. It needs no other file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree.ElementTree import Element

from macros.pdf.anchors import Anchors
from macros.pdf.chapters import Chapter, chapters, engine_of, parents
from macros.pdf.lists import environment
from macros.pdf.markup import elements_of_class, parse, serialize, text_of
from macros.present.book import Book
from macros.present.look import COLOURS
from macros.problems import ProblemsFound
from macros.render.errors import PageProblem
from macros.render.site import open_site, translated_site

_STYLES = (COLOURS, "report.css", "print.css")
_HEADING = re.compile(r"h([1-5])")
_WORDS = (
    "about", "contents", "holds", "leaves-out", "links", "cite", "licence", "on-the-web", "levels", "confidence", "reliability", "signs",
)  # fmt: skip


@dataclass(frozen=True)
class Document:
    """The report as one document. Chapters are composed once, numbers of pages filled in at every printing."""

    book: Book
    chapters: tuple[Chapter, ...]
    site: str | None = None

    def html(self, numbers: Mapping[str, int]) -> str:
        """Return the document; `numbers` are the pages on which the chapters begin, as far as they are known."""
        template = environment().get_template("book.html.jinja")
        rows = [
            {"key": chapter.key, "title": chapter.title, "level": chapter.level, "page": numbers.get(chapter.key)}
            for chapter in self.chapters
        ]
        return template.render(view={**self._front, "contents": rows, "body": self._body, "style": self._style})

    def heads(self, numbers: Mapping[str, int], pages: int) -> str:
        """Return a sheet for each page, with nothing but its running head and foot; the cover has none.

        A page is headed by the last chapter that begins on it or before it.
        """
        begun = {number: self.chapters[self.keys.index(key)].title for key, number in numbers.items()}
        titles, title = [], ""
        for number in range(1, pages + 1):
            title = begun.get(number, title)
            titles.append(title)
        return environment().get_template("heads.html.jinja").render(view={**self._front, "titles": titles})

    def names(self, numbers: Mapping[str, int]) -> dict[str, list[str]]:
        """Return the names of all links by where they lead, in the order of the document as `html` makes it."""
        found: dict[str, list[str]] = {}
        for link in parse(self.html(numbers)).iter("a"):
            if "href" in link.attrib:
                found.setdefault(link.get("href", ""), []).append(link.get("aria-label") or text_of(link))
        return found

    @property
    def letters(self) -> frozenset[str]:
        """Return every letter that the document is written with."""
        return frozenset(self.html({}))

    @property
    def keys(self) -> list[str]:
        return [chapter.key for chapter in self.chapters]

    @property
    def headings(self) -> list[str]:
        found = (element for chapter in self.chapters for element in chapter.tree.iter())
        return [text_of(element) for element in found if _HEADING.fullmatch(element.tag)]

    @cached_property
    def properties(self) -> dict[str, str]:
        """Return what the file says of itself."""
        report = self.book.landscape.report
        return {
            "/Title": f"{report.title}{self.book.wording.mark(': ')}{report.subtitle}",
            "/Author": report.publisher,
            "/Subject": report.description,
        }

    @cached_property
    def _body(self) -> str:
        return "\n".join(_article(chapter) for chapter in self.chapters)

    @cached_property
    def _front(self) -> dict[str, Any]:
        """Return cover and imprint: what the report is, its answer as the first chapter begins with it, what the signs mean."""
        land, wording = self.book.landscape, self.book.wording
        report = land.report
        cited = {"publisher": report.publisher, "year": land.current.date[:4], "title": report.title}
        return {
            "report": report,
            "direction": wording.direction,
            "words": {name: wording.word(f"pdf-{name}") for name in _WORDS},
            "edition": wording.word("pdf-edition", edition=land.current.id, date=wording.date(land.current.date)),
            "citation": wording.word("citation", **cited, subtitle=report.subtitle, edition=land.current.id),
            "site": self.site,
            "internal": wording.word("internal-build") if land.internal else "",
            "lead": _lead(self.chapters[0].tree),
            "figures": [
                serialize(_without_links(figures)) for figures in elements_of_class(self.chapters[0].tree, "answers")
            ][:1],
            "logo": self.book.look.logo.data if self.book.look.logo else "",
            "levels": [(level, self.book.tone(level)) for level in land.method.levels],
            "grades": [
                wording.word("confidence-of", grade=wording.name("grades", grade))
                for grade in ("high", "medium", "low")
            ],
            "reliability": land.words.names["reliability"].values(),
            "signs": [
                (wording.name("citation-signs", kind), text)
                for kind, text in land.words.names["citation-kinds"].items()
            ],
        }

    @cached_property
    def _style(self) -> str:
        look = self.book.look
        own = (Path(__file__).parent / "book.css").read_text(encoding="utf-8")
        mark = quote(look.text("cover-mark.svg"))
        return "\n".join([*map(look.text, _STYLES), own, f':root{{--mark:url("data:image/svg+xml,{mark}")}}'])


def read_document(root: Path, site: str | None = None, internal: bool = False, language: str | None = None) -> Document:
    """Return the document of a project, for the site at an address, in a language if not in that of the data.

    Raises ProblemsFound.

    What is printed lasts: it names the address that its edition keeps, not the one where the newest is.
    """
    read = open_site(root, internal, keeps=True)
    read = translated_site(root, read, language) if language else read
    book = replace(read.book, has_parts=False)
    site = book.lasting(f"{site.rstrip('/')}/{book.folder}") if site else None
    found = {path: page for path, page in read.pages.items() if not page.begins}
    try:
        made = tuple(chapters(book, found, engine_of(root)))
    except PageProblem as error:
        raise ProblemsFound([error.problem]) from error
    Anchors(made, parents(found), site).rewrite()
    return Document(book, made, site)


def _article(chapter: Chapter) -> str:
    """Return a chapter as an article. Headings of records count one level lower, for the outline, and look as on their pages."""
    chapter.tree.tag = "article"
    chapter.tree.attrib.update(
        {"id": chapter.key, "class": f"md-typeset md-content__inner chapter chapter-{chapter.level}"}
    )
    for element in chapter.tree.iter():
        heading = _HEADING.fullmatch(element.tag)
        if heading and chapter.level > 1:
            element.set("aria-level", str(int(heading[1]) + chapter.level - 1))
    return serialize(chapter.tree)


def _lead(tree: Element) -> dict[str, str]:
    """Return the question a chapter begins with, and its answer."""
    heading, paragraph = tree.find("h1"), tree.find("p")
    return {
        "question": text_of(heading) if heading is not None else "",
        "answer": text_of(paragraph) if paragraph is not None else "",
    }


def _without_links(tree: Element) -> Element:
    """Return a copy of a tree without links and ids."""
    copy = parse(serialize(tree))
    for element in copy.iter():
        element.attrib.pop("id", None)
        if element.tag == "a":
            element.tag = "span"
            element.attrib.pop("href", None)
    return copy
