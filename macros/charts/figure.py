"""A figure: a chart with its title, legend, notes and table, for a page, a file of its own, and a frame on other sites."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil

from markupsafe import escape

from macros.charts.measure import broken_lines
from macros.charts.theme import Drawing

FOLDER = "downloads/charts"
_FRAMES = "embed"
# Pixels: the width that the height is reckoned for, the margin of such a page, and the widest that a drawing for a column
# gets there. As in theme/assets/embed.css.
_WIDTH, _MARGIN, _WIDEST = 640, 16, 440


@dataclass(frozen=True)
class Frame:
    """A page for an iframe: its id, what it shows, and how many pixels high it is in a column of text."""

    id: str
    title: str
    height: int

    @property
    def path(self) -> str:
        """Its path within the site."""
        return f"{_FRAMES}/{self.id}.html"

    def line(self, address: str) -> str:
        """Return the iframe element for a page of another site. `address` is that of our site, with a slash at its end."""
        return (
            f'<iframe src="{escape(address)}{escape(self.path)}" title="{escape(self.title)}" width="100%"'
            f' height="{self.height}" loading="lazy" style="border:0"></iframe>'
        )


# Pixels in a frame (theme/assets/embed.css): head and foot without their texts, and the sizes and lines of these.
_AROUND, _TITLE, _TEXT, _LINE = 112, 19, 13, 20


@dataclass(frozen=True)
class Key:
    """One entry of a legend: a filling, or a sign in letters, with its meaning."""

    text: str
    fill: str = ""
    opacity: float = 1
    stroke: str | None = None
    sign: str = ""


@dataclass(frozen=True)
class Table:
    """The numbers behind a chart, for reuse: names of fields and rows of plain values."""

    head: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


@dataclass(frozen=True)
class Figure:
    """A chart; its id names its files. A single drawing suits every screen; a second one is for narrow screens.

    `foot` says where the numbers are from and under which licence, for a file that stands alone. `home` is the place within
    the site that shows the chart, and `sources` are words and address of what it rests on.
    """

    id: str
    title: str
    subtitle: str
    description: str
    drawings: tuple[Drawing, ...]
    table: Table
    keys: tuple[Key, ...] = ()
    notes: Sequence[str] = ()
    foot: Sequence[str] = ()
    home: str = ""
    sources: Sequence[tuple[str, str]] = ()

    def path(self, suffix: str) -> str:
        """Return the path of one of its files within the site."""
        return f"{FOLDER}/{self.id}.{suffix}"

    @cached_property
    def frame(self) -> Frame | None:
        """What other sites need to show the chart in an iframe; None where nothing is drawn."""
        return Frame(self.id, self.title, _frame_height(self)) if self.drawings else None


def _frame_height(figure: Figure) -> int:
    """Return about how many pixels high the page of a figure is in a column of text."""
    column = _WIDTH - 2 * _MARGIN
    drawing = figure.drawings[-1]
    drawn = drawing.height * min(column, _WIDEST) / drawing.width
    keys = "    ".join(f"      {key.text}" for key in figure.keys)
    sources = "; ".join(text for text, _ in figure.sources)
    texts = [figure.subtitle, keys, *figure.notes, sources]
    said = sum(_LINE * len(broken_lines(text, column, _TEXT)) + 6 for text in texts if text)
    return 10 * ceil((_AROUND + 24 * len(broken_lines(figure.title, column, _TITLE, "bold")) + drawn + said) / 10)
