"""A composed page: Markdown with slots, and the content of the slots."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from markupsafe import Markup, escape

SLOT = re.compile(r"zq(\d{5})qz")
_ALONE = re.compile(r"<p>\s*zq(\d{5})qz\s*</p>")
_IN_TAG = re.compile(r"<[^<>]*zq\d{5}qz[^<>]*>")


class Prose(str):
    """Markdown that has been composed already and passes as it is."""


@dataclass
class Composed:
    """Markdown with slots, and the HTML of each slot in order."""

    markdown: str = ""
    slots: list[Markup] = field(default_factory=list)

    def fill(self, html: str) -> str:
        """Return the HTML with every slot filled: alone in a paragraph as a block, in a tag as plain words."""
        html = _IN_TAG.sub(lambda tag: self.slug(tag.group()), html)
        html = _ALONE.sub(self._slot, html)
        return SLOT.sub(self._slot, html)

    def words(self, text: str) -> str:
        """Return a text, such as a heading of a table of contents, with its slots as plain words."""
        return SLOT.sub(lambda slot: self._slot(slot).striptags(), text)

    def slug(self, text: str) -> str:
        """Return an id with its slots as plain words, as `fill` writes it."""
        return SLOT.sub(lambda slot: _slug(self._slot(slot)), text)

    def _slot(self, match: re.Match[str]) -> Markup:
        return self.slots[int(match.group(1))]


class Translated(Markup):
    """A value in another language; the ids that it is part of are made of its source, and the same in all languages."""

    source: str

    def __new__(cls, html: str = "", source: str = "") -> Translated:
        made = super().__new__(cls, html)
        made.source = source
        return made

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]
        return str(self), self.source


def _slug(html: Markup) -> str:
    html = escape(html.source) if isinstance(html, Translated) and html.source else html
    return re.sub(r"[^\w]+", "-", html.striptags().casefold()).strip("-")


def slot(slots: list[Markup], content: Markup) -> str:
    """Put something into the next slot, and return its mark."""
    slots.append(content)
    return f"zq{len(slots) - 1:05d}qz"
