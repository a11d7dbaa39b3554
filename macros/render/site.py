"""Make a site of composed pages from a folder, with everything that an engine needs to know of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import Any, overload

from markupsafe import escape

from macros.cache import FOLDER
from macros.charts.figure import Figure
from macros.charts.gallery import Gallery
from macros.check.prose.engine import slugify_of
from macros.load import load
from macros.load.draft import Draft
from macros.load.landscape import Landscape
from macros.load.pages import Page
from macros.model.base import first_day
from macros.model.translated import UntranslatedText
from macros.present import prepare
from macros.present.book import Book
from macros.problems import Problem, ProblemsFound
from macros.processes import parallel_map
from macros.render.aside import Aside, Place, packed
from macros.render.composed import Composed
from macros.render.descriptions import description
from macros.render.errors import PageProblem
from macros.render.list_pages import title_of, with_parts
from macros.render.renderer import Renderer
from macros.render.validation import translated_report, translation, validated_report

# Names that are valid as a folder, in an address and in a tag.
_FOLDER = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]*")


class Composing(Mapping[str, Composed]):
    """Composed pages by path, each made when first asked for, and then put aside. Asking raises PageProblem."""

    def __init__(self, pages: dict[str, Page], renderer: Renderer):
        self.pages = pages
        self.renderer = renderer
        self._aside, self._places = Aside(), dict[str, Place]()

    def __getitem__(self, path: str) -> Composed:
        if path not in self._places:
            self.keep(path, packed(self.renderer.compose(self.pages[path])))
        made: Composed = self._aside.get(self._places[path])
        return made

    def keep(self, path: str, made: bytes) -> None:
        """Keep a page that was composed elsewhere, packed."""
        self._places[path] = self._aside.put(made)

    def __iter__(self) -> Iterator[str]:
        return iter(self.pages)

    def __len__(self) -> int:
        return len(self.pages)


@dataclass(frozen=True)
class Site:
    """All pages of a report."""

    book: Book
    pages: dict[str, Page]
    composed: Composing
    # What it is made of, in the language of the data.
    draft: Draft
    root: Path

    @property
    def gallery(self) -> Gallery:
        """The figures of the pages composed so far."""
        return self.composed.renderer.gallery

    @property
    def main(self) -> list[str]:
        """The pages that are about no single record."""
        return [path for path, page in self.pages.items() if page.record is None]

    def anchor(self, heading: str) -> str:
        """Return the id that the engine gives a heading."""
        return self._slugify(heading)

    @cached_property
    def _slugify(self) -> Callable[[str], str]:
        return slugify_of(self.root)

    def compose(self, paths: Sequence[str]) -> None:
        """Compose several pages. Raises ProblemsFound with the problems of all of them."""
        problems = []
        for path, made in parallel_map(self._try, paths):
            if isinstance(made, Problem):
                problems.append(made)
            else:
                content, figures = made
                self.composed.keep(path, content)
                for figure in figures:
                    self.gallery.keep(figure)
        if problems:
            raise ProblemsFound(problems)

    def _try(self, path: str) -> tuple[bytes, list[Figure]] | Problem:
        """Return a composed page, packed, and the figures that come with it, or the problem that keeps it from being made."""
        before = len(self.gallery.figures)
        try:
            made = packed(self.composed.renderer.compose(self.pages[path]))
        except PageProblem as error:
            return error.problem
        return made, list(self.gallery.figures.values())[before:]

    def title(self, path: str) -> str:
        """Return the title of a page, with its part where lists go on on it."""
        return title_of(self.book, self.pages[path])

    def meta(self, path: str) -> dict[str, Any]:
        """Return the front matter of a page, with title and description; escaped."""
        page = self.pages[path]
        meta = {**page.meta, "title": self.title(path)}
        if page.record is not None or page.begins:
            meta["description"] = self.description(path)
        return escaped(meta)

    def data_path(self, path: str) -> str:
        """Return the file, with its line, that an editor opens to change a page."""
        page = self.pages[path]
        folder = page.path.split("/")[0]
        if folder in ("evidence", "sources"):
            return f"data/{(page.begins or page.path).removesuffix('.md')}.yml"
        place = self.book.landscape.places.get((folder, page.record.id)) if page.record is not None else None
        return f"{place.path}#L{place.line}" if place else page.origin

    def description(self, path: str) -> str:
        """Return what search engines show of a page."""
        page = self.pages[path]
        return description(self.book, page, self.title(path) if page.begins else "")

    def neighbours(self, path: str) -> tuple[str | None, str | None]:
        """Return the pages before and after a record's page, in reading order."""
        return self._neighbours_of.get(path, (None, None))

    @cached_property
    def _neighbours_of(self) -> dict[str, tuple[str | None, str | None]]:
        folders: dict[str, list[str]] = {}
        for path, page in self.pages.items():
            if page.record is not None and not page.begins:
                folders.setdefault(path.split("/")[0], []).append(path)
        found: dict[str, tuple[str | None, str | None]] = {}
        for paths in folders.values():
            found.update(zip(paths, zip([None, *paths[:-1]], [*paths[1:], None], strict=True), strict=True))
        return found

    def navigation(self) -> list[Any]:
        """Return the navigation for the engine: sections of pages, a page alone standing for itself; escaped."""
        entries = []
        for section in self.book.landscape.report.navigation:
            pages = [{escaped(self.title(page)): page} for page in section.pages]
            entries.append({escaped(section.title): pages if len(pages) > 1 else section.pages[0]})
        return entries

    def epoch(self) -> int:
        """Return the date of the current edition in seconds since 1970, at midnight UTC."""
        return int(datetime.fromisoformat(first_day(self.book.landscape.current.date)).replace(tzinfo=UTC).timestamp())

    def furniture(self) -> dict[str, Any]:
        """Return what the theme shows around every page; escaped."""
        land = self.book.landscape
        report = land.report
        wording = self.book.wording
        phrases = land.words.phrases
        return escaped(
            {
                "words": {name.replace("-", "_"): text for name, text in phrases.items() if isinstance(text, str)},
                "report": {
                    "title": report.title,
                    "subtitle": report.subtitle,
                    "edition": land.current.id,
                    "date": wording.date(land.current.date),
                    "licence": {"name": report.data_licence.name, "url": report.data_licence.URL},
                    "citation": self.book.citation,
                    "publisher": report.publisher,
                    "issued": land.current.date,
                    "language": report.language,
                    "stop": wording.mark(". "),
                    "internal": wording.word("internal-build") if land.internal else "",
                },
            }
        )


@overload
def escaped(value: str) -> str: ...
@overload
def escaped(value: dict[str, Any]) -> dict[str, Any]: ...
def escaped(value: object) -> Any:
    """Return plain data with every text escaped for HTML: themes of MkDocs print texts as they are."""
    if isinstance(value, str):
        # What is not translated stands without its mark, since it may be printed into an attribute.
        return str(escape(str(value) if isinstance(value, UntranslatedText) else value))
    if isinstance(value, dict):
        return {key: escaped(item) for key, item in value.items()}
    return [escaped(item) for item in value] if isinstance(value, list) else value


def edition_folder(name: str) -> str:
    """Return where an edition stays within the site, its name with a slash; "" where that is none for a folder or a tag."""
    return f"{name}/" if _FOLDER.fullmatch(name) and not name.endswith((".", ".lock")) and ".." not in name else ""


def open_site(
    root: Path, internal: bool = False, keeps: bool = False, address: str | None = None, is_whole: bool = False
) -> Site:
    """Return the site of a project, its pages still to be composed. Raises ProblemsFound with every problem of the data.

    `internal` keeps the records that are not for the public; `keeps` is for a site that keeps its editions. `address` is
    where it will be published, with a slash at its end, if that is known. With `is_whole` all pages will be made: what they
    share is computed at once.
    """

    def book_of(draft: Draft) -> Book:
        shown = draft if internal else draft.public()
        land = Landscape.of(shown)
        place = edition_folder(land.current.id) if keeps else ""
        return Book(land, place, cache=root / FOLDER, translate=partial(translation, root, shown))

    draft, book, pages = validated_report(load(root), book_of)
    return _site(root, draft if internal else draft.public(), book, pages, address, is_whole)


def translated_site(root: Path, site: Site, language: str, address: str | None = None, is_whole: bool = False) -> Site:
    """Return the site of a project in another language; `site` is that of its data. Raises ProblemsFound."""
    book, pages = translated_report(root, site.book, language)
    return _site(root, site.draft, book, pages, address, is_whole)


def _site(root: Path, draft: Draft, book: Book, pages: list[Page], address: str | None, is_whole: bool) -> Site:
    found = {page.path: page for page in with_parts(book, pages)}
    renderer = Renderer(book, Gallery(book.look.colours), root / FOLDER, address)
    if is_whole:
        prepare(book)
    return Site(book, found, Composing(found, renderer), draft, root)


def build_site(root: Path, internal: bool = False, language: str | None = None) -> Site:
    """Return the composed site of a project. Raises ProblemsFound with every problem of data or pages."""
    site = open_site(root, internal)
    if language:
        site = translated_site(root, site, language)
    site.compose(list(site.pages))
    return site
