"""Frame: a small page of its own for a chart, made to be shown within the pages of others, and the line that does so."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from markupsafe import escape

from macros.charts.measure import lines

if TYPE_CHECKING:
    from macros.charts.figure import Figure

FOLDER = "embed"
# Pixels: the width that the height is reckoned for, the margin of such a page, the widest that a drawing for a column
# gets there; head and foot of it without their texts. As in theme/assets/embed.css.
WIDTH, MARGIN, WIDEST = 640, 16, 440
_AROUND, _TITLE, _TEXT, _LINE = 112, 19, 13, 20


@dataclass(frozen=True)
class Frame:
    """A page for an iframe: its id, what it shows, and how many pixels high it is in a column of text."""

    id: str
    title: str
    height: int

    @property
    def path(self) -> str:
        """Its place within the site."""
        return f"{FOLDER}/{self.id}.html"

    def line(self, address: str) -> str:
        """Return what a page of others has to hold. `address` is that of the site, with a slash at its end."""
        return (
            f'<iframe src="{escape(address)}{escape(self.path)}" title="{escape(self.title)}" width="100%"'
            f' height="{self.height}" loading="lazy" style="border:0"></iframe>'
        )


def frame_height(figure: Figure) -> int:
    """Return about how many pixels high the page of a figure is in a column of text."""
    column = WIDTH - 2 * MARGIN
    drawing = figure.drawings[-1]
    drawn = drawing.height * min(column, WIDEST) / drawing.width
    keys = "    ".join(f"      {key.text}" for key in figure.keys)
    sources = "; ".join(text for text, _ in figure.sources)
    texts = [figure.subtitle, keys, *figure.notes, sources]
    said = sum(_LINE * len(lines(text, column, _TEXT)) + 6 for text in texts if text)
    return 10 * ceil((_AROUND + 24 * len(lines(figure.title, column, _TITLE, "bold")) + drawn + said) / 10)
