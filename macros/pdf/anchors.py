"""Make ids unique in the whole book, and keep links inside it wherever it holds their target."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

from macros.pdf.chapters import LISTS, Chapter
from macros.pdf.lists import INDEX

_BETWEEN = "--"
# Attributes that name ids of the same page.
_NAMING = ("for", "headers", "aria-labelledby", "aria-describedby", "aria-controls")
_PAINT = re.compile(r"url\(#([^)]+)\)")


class Anchors:
    """Rewrites the ids and links of all chapters in place.

    `parents` gives the page each folder of records belongs to. `site` is the address of the site, for what the book does
    not have: without it, such a link becomes plain words.
    """

    def __init__(self, chapters: Sequence[Chapter], parents: dict[str, str], site: str | None = None):
        self._chapters = {chapter.address: chapter for chapter in chapters}
        self._parents = parents
        self._site = site
        self._ids = {
            chapter.address: {element.get("id") for element in chapter.tree.iter()} - {None} for chapter in chapters
        }
        self._rows = {name: anchor for chapter in chapters for name, anchor in self._mark_rows(chapter)}

    def rewrite(self) -> None:
        """Rewrite every chapter."""
        for chapter in self._chapters.values():
            taken: set[str | None] = {None}
            for element in chapter.tree.iter():
                if element.get("id") in taken:
                    element.attrib.pop("id", None)  # links lead to the first of two, as in a browser
                taken.add(element.get("id"))
                self._rewrite(chapter, element)

    def _mark_rows(self, chapter: Chapter) -> list[tuple[str, str]]:
        """Give an id to each row of a table that is headed by a record without a chapter; the row is where links to it lead."""
        found = []
        for head in chapter.tree.iter("th"):
            link = head.find("a")
            if link is None or head.get("scope") != "row":
                continue
            address = self._address(chapter, link.get("href", ""))
            folder, _, name = address.partition("/")
            if self._parents.get(folder) == chapter.address and address not in self._chapters:
                link.set("id", name.removesuffix(".html"))
                del link.attrib["href"]
                self._ids[chapter.address].add(link.get("id"))
                found.append((address, self._anchor(chapter, link.get("id"))))
        return found

    def _address(self, chapter: Chapter, href: str) -> str:
        """Return where a link leads to, as seen from the root of the site."""
        path = urlsplit(href).path.replace(".md", ".html")
        return posixpath.normpath(posixpath.join(posixpath.dirname(chapter.address), path)) if path else chapter.address

    def _anchor(self, chapter: Chapter, name: str | None = None) -> str:
        return f"{chapter.key}{_BETWEEN}{name}" if name in self._ids[chapter.address] else chapter.key

    def _rewrite(self, chapter: Chapter, element: Element) -> None:
        own = self._ids[chapter.address]
        for name, value in list(element.attrib.items()):
            if name == "id":
                element.set(name, self._anchor(chapter, value))
            elif name in _NAMING:
                element.set(name, " ".join(self._anchor(chapter, part) for part in value.split() if part in own))
            elif "url(#" in value:
                paint = lambda match: f"url(#{self._anchor(chapter, match[1]) if match[1] in own else match[1]})"  # noqa: E731
                element.set(name, _PAINT.sub(paint, value))
            elif name in ("href", "xlink:href"):
                self._link(chapter, element, name, value)

    def _link(self, chapter: Chapter, element: Element, name: str, href: str) -> None:
        target = self.target(chapter, href)
        if target is None:
            del element.attrib[name]
        else:
            element.set(name, target)

    def target(self, chapter: Chapter, href: str) -> str | None:
        """Return what a link of a chapter becomes: an anchor of the book, an address on the web, or None."""
        parts = urlsplit(href)
        if parts.scheme or parts.netloc:
            return href if parts.scheme in ("http", "https", "mailto") else None
        address = self._address(chapter, href)
        folder = address.partition("/")[0]
        if address in self._chapters:
            return f"#{self._anchor(self._chapters[address], parts.fragment)}"
        if folder in LISTS and f"{folder}/{INDEX}" in self._chapters:
            return f"#{self._anchor(self._chapters[f'{folder}/{INDEX}'], parts.fragment)}"
        if address in self._rows:
            return f"#{self._rows[address]}"
        if self._parents.get(folder) in self._chapters:
            return f"#{self._chapters[self._parents[folder]].key}"
        return urljoin(self._site, address + (f"#{parts.fragment}" if parts.fragment else "")) if self._site else None
