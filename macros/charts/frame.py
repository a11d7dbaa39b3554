"""A frame: a small page with one chart for iframes of other sites, and the line of HTML that shows it there."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import escape

FOLDER = "embed"
# Pixels: the width that the height is reckoned for, the margin of such a page, and the widest that a drawing for a column
# gets there. As in theme/assets/embed.css.
WIDTH, MARGIN, WIDEST = 640, 16, 440


@dataclass(frozen=True)
class Frame:
    """A page for an iframe: its id, what it shows, and how many pixels high it is in a column of text."""

    id: str
    title: str
    height: int

    @property
    def path(self) -> str:
        """Its path within the site."""
        return f"{FOLDER}/{self.id}.html"

    def line(self, address: str) -> str:
        """Return the iframe element for a page of another site. `address` is that of our site, with a slash at its end."""
        return (
            f'<iframe src="{escape(address)}{escape(self.path)}" title="{escape(self.title)}" width="100%"'
            f' height="{self.height}" loading="lazy" style="border:0"></iframe>'
        )
