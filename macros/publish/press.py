"""Press: makes the engine's pages from composed ones. The engine keeps navigation, theme and links; it makes no page itself.

It would take each page by itself through Markdown, although those of one kind differ in their blocks alone, and one after
another. Here each text is converted once, and the pages are shared out over the machine's cores.
"""

from __future__ import annotations

import logging
import posixpath
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from jinja2 import Environment
from mkdocs.commands import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from macros.cache import fingerprint
from macros.publish.writing import Target

log = logging.getLogger("mkdocs.macros")
# Yields path and content of the files of a chart.
Drawn = Callable[[Any], Iterator[tuple[str, bytes]]]
Links = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Converted:
    """What Markdown makes of a text: HTML with slots, its headings, and for the engine's check of links ids and links."""

    html: str
    contents: TableOfContents
    ids: frozenset[str]
    links: Links


@dataclass
class Printed:
    """What remains of pages that were written: problems and warnings, and links to be checked once all ids are known."""

    problems: list[Any] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    ids: dict[str, frozenset[str]] = field(default_factory=dict)
    links: dict[str, Links] = field(default_factory=dict)
    # The files of each chart that was met first here.
    charts: dict[str, Any] = field(default_factory=dict)
    # The pages by what they are kept by.
    pages: dict[str, Any] = field(default_factory=dict)


class Press:
    """Makes the pages of one reading of a site."""

    def __init__(
        self, site: Any, cards: Any, config: MkDocsConfig, files: Files, navigation: Navigation, env: Environment,
        reprints: Any = None,
    ):  # fmt: skip
        self._site, self._cards, self._config, self._files = site, cards, config, files
        self._navigation, self._env = navigation, env
        self._converted: dict[tuple[str, str], Converted] = {}
        self._reprints = reprints
        env.globals["kept"] = Kept()

    def print(self, path: str) -> Converted:
        """Write the page at `path`. Raises PageProblem, and what the theme's templates raise."""
        return self._print(path, self._meta(path))

    def _meta(self, path: str) -> dict[str, Any]:
        """Return what the head of a page says."""
        from macros.export.structured import described

        site, config, address = self._site, self._config, self._config.site_url or None
        meta = site.meta(path) | described(site, path, address) | self._cards.meta(path, address)
        if address and site.book.place:
            meta["cited_url"] = urljoin(address, site.book.place + self._files.get_file_from_path(path).url)
        if config.repo_url:
            meta["edit_url"] = f"{config.repo_url.rstrip('/')}/blob/HEAD/{meta['data_path']}"
        return meta

    def _print(self, path: str, meta: dict[str, Any]) -> Converted:
        file = self._files.get_file_from_path(path)
        made = self._site.composed[path]
        page = file.page or Page(None, file, self._config)
        page.markdown, page.meta = made.markdown, meta
        converted = self._convert(page)
        page.content = made.fill(converted.html)
        page.toc = TableOfContents(list(_filled(converted.contents, made)))
        build._build_page(page, self._config, (), self._navigation, self._env)
        page.content = page.markdown = page.toc = None
        return converted

    def _reprint(self, path: str, target: Target, printed: Printed) -> Any:
        """Write a page as it was, if it would come out like that, else print and keep it; return it."""
        from macros.publish.reprints import Reprint, Written, packed

        site, kept = self._site, self._reprints
        page, renderer = site.pages[path], site.composed.renderer
        draft, meta = renderer.draft(page), self._meta(path)
        made_of = kept.made_of(path, draft, meta)
        known = kept.write(made_of, page.address, target)
        if known:
            printed.pages[made_of.key] = Written(fingerprint(known.packed), (page.address,))
            self._keep(made_of, known, target, printed)
            return known
        before = len(printed.warnings)
        made = site.composed[path] = renderer.finish(page, draft)
        converted = self._print(path, meta)
        new = Reprint(
            packed(target.read(page.address)), tuple(sorted(converted.ids)), converted.links, made.titles,
            tuple(sorted(made.figures)),
        )  # fmt: skip
        printed.pages[made_of.key] = Written(fingerprint(new.packed), (page.address,))
        if len(printed.warnings) == before:  # what is found wrong with a page is to be found again
            kept.keep(made_of, new)
        return new

    def _keep(self, made_of: Any, known: Any, target: Target, printed: Printed) -> None:
        """Keep the charts of a page that is as it was; the files of those that were not met yet, too, where that can be."""
        gallery = self._site.gallery
        for name in known.figures:
            is_new = name not in gallery.figures
            gallery.keep(made_of.figures[name])
            if is_new and (chart := self._reprints.take(made_of, name, target)):
                printed.charts[name] = chart

    def print_sheet(self, paths: Iterable[str], target: Target, drawn: Drawn) -> Printed:
        """Write several pages with the files of their charts, and forget what they were made of."""
        from macros.publish.reprints import Written
        from macros.render.slips import PageProblem

        printed, gallery = Printed(), self._site.gallery
        known = set(gallery.figures)
        with warnings() as printed.warnings:
            for path in paths:
                try:
                    page = self._reprint(path, target, printed) if self._reprints else self.print(path)
                except PageProblem as error:
                    printed.problems.append(error.problem)
                    continue
                printed.ids[path] = frozenset(page.ids)
                if page.links:
                    printed.links[path] = page.links
                self._site.composed.forget(path)
        for name in gallery.figures.keys() - known:
            if name not in printed.charts:
                files = tuple(target.written(drawn(gallery.figures[name])))
                printed.charts[name] = Written(
                    fingerprint(*(content for _, content in files)), tuple(path for path, _ in files)
                )
            gallery.forget(name)
        return printed

    def check(self, printed: Sequence[Printed]) -> dict[str, Any]:
        """Have the engine warn of what it found, of charts that took each other's place, and of links that lead nowhere.

        Returns the charts.
        """
        charts: dict[str, Any] = {}
        for sheet in printed:
            for text in sheet.warnings:
                log.warning(text)
            for name, made in sheet.charts.items():
                if charts.setdefault(name, made) != made:
                    log.warning('two different charts have the id "%s"', name)
        pages = {file.src_uri: file.page for file in self._files if file.page}
        for sheet in printed:
            for path, ids in sheet.ids.items():
                pages[path].present_anchor_ids = set(ids)
        for sheet in printed:
            for path, links in sheet.links.items():
                page = pages[path]
                page.links_to_anchors = {self._files.get_file_from_path(to): found for to, found in links.items()}
                page.validate_anchor_links(files=self._files, log_level=self._config.validation.links.anchors)
        return charts

    def _convert(self, page: Page) -> Converted:
        """Return what Markdown makes of a page's text. Its links depend on the page's folder, and on nothing else of it."""
        key = posixpath.dirname(page.file.src_uri), page.markdown or ""
        if key not in self._converted:
            page.render(self._config, self._files)
            links = {file.src_uri: found for file, found in (page.links_to_anchors or {}).items()}
            ids = frozenset(page.present_anchor_ids or ())
            self._converted[key] = Converted(page.content or "", page.toc, ids, links)
        return self._converted[key]


class Kept:
    """What the theme makes once for all pages that would have it alike: a global of its templates."""

    def __init__(self) -> None:
        self._made: dict[tuple[Any, ...], str] = {}

    def __call__(self, key: tuple[Any, ...], caller: Any) -> str:
        """Return what the block of a `call` gives; for an equal key what it gave before."""
        if key not in self._made:
            self._made[key] = caller()
        return self._made[key]


def _filled(items: Iterable[AnchorLink], made: Any) -> Iterator[AnchorLink]:
    """Yield headings with the words of a page in place of its slots."""
    for item in items:
        new = AnchorLink(made.words(item.title), made.slug(item.id), item.level)
        new.children = list(_filled(item.children, made))
        yield new


@contextmanager
def warnings() -> Iterator[list[str]]:
    """Collect what the engine warns of; it counts warnings in its own process only."""
    found: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: found.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("mkdocs.structure")
    logger.addHandler(handler)
    try:
        yield found
    finally:
        logger.removeHandler(handler)
