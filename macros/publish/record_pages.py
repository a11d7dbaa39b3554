"""Pages of records for the engine. Many share one pattern, and so their Markdown, which is converted once."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from macros.render.aside import Aside, packed
from macros.render.composed import Composed


@dataclass(frozen=True)
class Conversion:
    """What the engine makes of a text: HTML with slots, its contents, and the ids and links in it."""

    content: str
    toc: TableOfContents
    ids: frozenset[str]
    links: dict[File, dict[str, str]]


# By folder, since links depend on it, and text.
Conversions = dict[tuple[str, str], Conversion]


class RecordPage(Page):
    """A page of a record; a conversion is shared by all pages with the same text in the same folder.

    The engine converts all pages before it prints the first: their HTML waits aside.
    """

    def __init__(self, file: File, config: MkDocsConfig, conversions: Conversions, aside: Aside) -> None:
        self._conversions, self._aside = conversions, aside
        super().__init__(None, file, config)

    @property
    def content(self) -> str | None:
        """The HTML of the page, as soon as it is converted."""
        found: str | None = self._aside.get(self._place) if self._place else None
        return found

    @content.setter
    def content(self, html: str | None) -> None:
        self._place = None if html is None else self._aside.put(packed(html))

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Convert the page's Markdown, or take what an equal text gave."""
        key = posixpath.dirname(self.file.src_uri), self.markdown or ""
        known = self._conversions.get(key)
        if known is None:
            super().render(config, files)
            known = self._conversions[key] = Conversion(
                self.content or "", self.toc, frozenset(self.present_anchor_ids or ()), self.links_to_anchors or {}
            )
        self.content, self.toc = known.content, known.toc
        self.present_anchor_ids, self.links_to_anchors = set(known.ids), known.links


def fill(page: Page, made: Composed, html: str) -> str:
    """Return a page's HTML with its slots filled; its contents and ids likewise."""
    page.toc = TableOfContents(list(_filled_anchors(page.toc, made)))
    page.present_anchor_ids = {made.slug(name) for name in page.present_anchor_ids or ()}
    return made.fill(html)


def _filled_anchors(items: Iterable[AnchorLink], made: Composed) -> Iterator[AnchorLink]:
    for item in items:
        new = AnchorLink(made.words(item.title), made.slug(item.id), item.level)
        new.children = list(_filled_anchors(item.children, made))
        yield new
