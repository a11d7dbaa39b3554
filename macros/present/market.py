"""Blocks of the market page: series as charts, and the levels of the industry as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from macros.derive.gap import Movement
from macros.load.landscape import INDUSTRY
from macros.model.base import Grade
from macros.model.context import Series
from macros.model.equipment import Assessment, Dimension, EquipmentClass
from macros.model.method import Level
from macros.present.book import Book
from macros.present.landscape import MOVEMENT_SIGNS
from macros.present.pagination import WHOLE, ListPart, long_list
from macros.present.references import Piece, Reference, pieces, references
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


class SeriesGroup(NamedTuple):
    """Series of one kind; the id ends the phrase that names it."""

    id: str
    series: Sequence[SeriesView]


class SeriesOfClass(NamedTuple):
    """A class with its series, which stand on its page."""

    equipment: EquipmentClass
    series: Sequence[Series]


class SeriesList(NamedTuple):
    groups: Sequence[SeriesGroup]
    elsewhere: Sequence[SeriesOfClass]
    elsewhere_count: int


@long_list("market", 26, _by_group)
def series_list(book: Book, part: ListPart = WHOLE) -> SeriesList:
    """All series of the industry in groups, and where those of single classes stand."""
    groups = [
        SeriesGroup(
            id=f"series-{kind}-{'shares' if is_share else 'amounts'}",
            series=[series_view(book, series) for series in found],
        )
        for (kind, is_share), found in groupby(part.of(book.entries("series_list")), key=_group)
    ]
    elsewhere = _of_classes(book) if part.is_first else []
    return SeriesList(groups, elsewhere, sum(len(item.series) for item in elsewhere))


def _of_classes(book: Book) -> list[SeriesOfClass]:
    """Return the classes that have series, each with them."""
    found: dict[str, list[Series]] = {}
    for series in book.landscape.series.values():
        found.setdefault(series.equipment, []).append(series)
    return [
        SeriesOfClass(equipment, found[equipment.id])
        for equipment in book.landscape.equipment.values()
        if equipment.id in found
    ]


class IndustryRow(NamedTuple):
    """A dimension of the industry: how it moved, every edition, and the newest that has a record."""

    dimension: Dimension
    movement: Movement
    movement_sign: str
    editions: Sequence[JudgedEdition]
    now: JudgedEdition


class IndustryLevels(NamedTuple):
    rows: Sequence[IndustryRow]


def industry_levels(book: Book) -> IndustryLevels:
    """The assessments of the industry as a whole, a row per dimension, with every edition."""
    land = book.landscape
    editions = [edition.id for edition in land.report.editions]
    rows = []
    for dimension in land.dimensions.values():
        found = {edition: land.cells.get((INDUSTRY, dimension.id, edition)) for edition in editions}
        if any(found.values()):
            movement = book.results.movement[INDUSTRY, dimension.id]
            judged = [_judged(book, dimension.id, edition, assessment) for edition, assessment in found.items()]
            rows.append(
                IndustryRow(
                    dimension=dimension,
                    movement=movement,
                    movement_sign=MOVEMENT_SIGNS[movement],
                    editions=judged,
                    now=[item for item in judged if item.level][-1],
                )
            )
    return IndustryLevels(rows)


class JudgedEdition(NamedTuple):
    """The level of the industry at an edition with what stands behind it; nothing but the edition where there is no record."""

    edition: str
    level: Level | None = None
    grade: Grade | None = None
    basis: str | None = None
    reason: Sequence[Piece] = ()
    moved_because: Sequence[Piece] = ()
    would_settle: Sequence[Piece] = ()
    evidence: Sequence[Reference] = ()
    counter_evidence: Sequence[Reference] = ()


def _judged(book: Book, dimension: str, edition: str, assessment: Assessment | None) -> JudgedEdition:
    """Return one level with what stands behind it; only its edition where there is no record."""
    land = book.landscape
    if assessment is None:
        return JudgedEdition(edition)
    known = assessment.level != land.method.unknown
    return JudgedEdition(
        edition=edition,
        level=land.levels[assessment.level],
        grade=book.results.confidence[INDUSTRY, dimension, edition].grade if known else None,
        basis=assessment.basis,
        reason=pieces(book, assessment.reason),
        moved_because=pieces(book, assessment.moved_because),
        would_settle=pieces(book, assessment.would_settle),
        evidence=references(book, assessment.evidence),
        counter_evidence=references(book, assessment.counter_evidence),
    )


MACROS = (industry_levels, series_list)
