"""Figure: a chart with what stands around it in a page and in a file of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from macros.charts.frame import Frame, frame_height
from macros.charts.theme import Drawing


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
    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class Figure:
    """A chart: its id names the files. One drawing suits every screen; of two the second is for narrow ones.

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
        """Return the place of one of its files within the site."""
        return f"{FOLDER}/{self.id}.{suffix}"

    @cached_property
    def frame(self) -> Frame | None:
        """What others need to show the chart in a page of theirs; None where nothing is drawn."""
        return Frame(self.id, self.title, frame_height(self)) if self.drawings else None


FOLDER = "downloads/charts"
