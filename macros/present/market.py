"""Blocks of the market page: series as charts, and the levels of the industry as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from macros.load.landscape import INDUSTRY
from macros.model.context import Series
from macros.model.equipment import EquipmentClass
from macros.present.assessment import Card, card
from macros.present.book import Book
from macros.present.pagination import WHOLE, ListPart, long_list
from macros.present.series_chart import SeriesView, series_view

# Groups of the list of series: kind, and whether the figures are shares of something.
_GROUPS = (
    ("time", False),
    ("time", True),
    ("share", True),
    ("share", False),
    ("cross-section", True),
    ("cross-section", False),
)


def _group(series: Series) -> tuple[str, bool]:
    return series.kind, series.share is not None


def _by_group(book: Book) -> list[Series]:
    """Return the series of the industry, group by group."""
    found = [series for series in book.landscape.series.values() if series.equipment == INDUSTRY]
    return sorted(found, key=lambda series: _GROUPS.index(_group(series)))


class SeriesList(NamedTuple):
    """The series by kind, with what ends the phrase that names it, and the classes whose series stand on their pages."""

    groups: Sequence[tuple[str, Sequence[SeriesView]]]
    elsewhere: Sequence[tuple[EquipmentClass, Sequence[Series]]]
    elsewhere_count: int


@long_list(26, _by_group)
def series_list(book: Book, part: ListPart = WHOLE) -> SeriesList:
    """All series of the industry in groups, and where those of single classes stand."""
    groups = [
        (f"series-{kind}-{'shares' if is_share else 'amounts'}", [series_view(book, series) for series in found])
        for (kind, is_share), found in groupby(part.of(book.entries("series_list")), key=_group)
    ]
    elsewhere = _of_classes(book) if part.is_first else []
    return SeriesList(groups, elsewhere, sum(len(listed) for _, listed in elsewhere))


def _of_classes(book: Book) -> list[tuple[EquipmentClass, Sequence[Series]]]:
    """Return the classes that have series, each with them."""
    found: dict[str, list[Series]] = {}
    for series in book.landscape.series.values():
        found.setdefault(series.equipment, []).append(series)
    return [
        (equipment, found[equipment.id]) for equipment in book.landscape.equipment.values() if equipment.id in found
    ]


def industry_levels(book: Book) -> Sequence[Card]:
    """The assessments of the industry as a whole, a card per dimension, with every edition."""
    return [found for name in book.landscape.dimensions if (found := card(book, INDUSTRY, name))]
