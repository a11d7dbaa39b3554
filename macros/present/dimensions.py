"""Blocks of the dimension pages: the answer so far, class by class, and the list of all dimensions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from macros.derive.gap import GapIndex, Movement
from macros.derive.tally import Knowledge, Segment, dimension_knowledge, level_spread, segments
from macros.load.landscape import INDUSTRY
from macros.model.equipment import Dimension, EquipmentClass, Question
from macros.model.method import Level
from macros.model.report import Edition
from macros.present.assessment import (
    Card,
    DimensionCell,
    GradedLevel,
    card,
    dimension_cell,
    graded_level,
    known_movement,
    opening,
)
from macros.present.benchmarks import BenchmarkView, Comparison, benchmark_view, comparison
from macros.present.book import Book


class DimensionSummary(NamedTuple):
    """An index and a spread over the classes for each edition; a dimension of the industry has a card instead."""

    indices: Sequence[tuple[Edition, GapIndex]]
    spreads: Sequence[tuple[Edition, Sequence[tuple[Level | None, Segment]]]]
    card: Card | None
    facts: int
    compared: int


def dimension_summary(book: Book, record: Dimension) -> DimensionSummary:
    """What a dimension asks, and how far it is answered: by class with its index, or for the industry as a whole."""
    editions = book.landscape.report.editions[::-1]
    is_class = record.scope == "class"
    return DimensionSummary(
        indices=[(edition, book.results.dimension_index[record.id, edition.id]) for edition in editions]
        if is_class
        else [],
        spreads=[_spread(book, record, edition) for edition in editions] if is_class else [],
        card=None if is_class else card(book, INDUSTRY, record.id),
        facts=len(_facts_cited_in(book, record.id)),
        compared=sum(benchmark.dimension == record.id for _, benchmark in book.landscape.benchmarks.values()),
    )


def _facts_cited_in(book: Book, dimension: str) -> set[str]:
    """Return the facts that speak for or against a level in a dimension, or that a benchmark in it compares."""
    land = book.landscape
    judged = [item for cell, item in land.cells.items() if cell[1] == dimension]
    sides = [side for _, b in land.benchmarks.values() if b.dimension == dimension for side in (b.domestic, b.imported)]
    lists = [ids for item in judged for ids in (item.evidence, item.counter_evidence)]
    return {name for ids in (*lists, *(side.evidence for side in sides)) for name in ids}


def _spread(book: Book, record: Dimension, edition: Edition) -> tuple[Edition, Sequence[tuple[Level | None, Segment]]]:
    """Return one bar: the classes by level, those without a record last."""
    levels = book.landscape.levels
    parts = segments(level_spread(book.results, record.id, edition.id))
    return edition, [(levels[part.key] if part.key else None, part) for part in parts]


class DimensionLevels(NamedTuple):
    """The classes by their levels in a dimension; what was measured of single classes stands on their pages."""

    rows: Sequence[LevelsRow]
    unrecorded: Sequence[EquipmentClass]
    card: Card | None
    measured: Sequence[BenchmarkView]
    measured_elsewhere: Sequence[Comparison]


def dimension_levels(book: Book, record: Dimension) -> DimensionLevels:
    """Every class with its level at each edition, the industry as a whole, and what was measured in this dimension."""
    land = book.landscape
    is_class = record.scope == "class"
    rows = [_row(book, record, equipment) for equipment in land.equipment.values()] if is_class else []
    measured = [(owner, b) for owner, b in land.benchmarks.values() if b.dimension == record.id]
    return DimensionLevels(
        rows=[row for row in rows if row.reason],
        unrecorded=[row.equipment for row in rows if not row.reason],
        card=card(book, INDUSTRY, record.id) if is_class else None,
        measured=[benchmark_view(book, owner, b) for owner, b in measured if owner == INDUSTRY],
        measured_elsewhere=[comparison(book, owner, b) for owner, b in measured if owner != INDUSTRY],
    )


class LevelsRow(NamedTuple):
    """A class with its levels, newest edition first, each with what it sorts by; no reason where it has no record."""

    equipment: EquipmentClass
    cells: Sequence[tuple[GradedLevel | None, int]]
    movement: Movement | None
    reason: str | None


def _row(book: Book, record: Dimension, equipment: EquipmentClass) -> LevelsRow:
    """Return one class with its levels, newest edition first, and the opening of its newest reason."""
    land = book.landscape
    cells = [(equipment.id, record.id, edition.id) for edition in land.report.editions[::-1]]
    newest = next((land.cells[cell] for cell in cells if cell in land.cells), None)
    return LevelsRow(
        equipment=equipment,
        cells=[(graded_level(book, cell), _order(book, cell)) for cell in cells],
        movement=known_movement(book, equipment.id, record.id),
        reason=opening(newest.reason) if newest else None,
    )


def _order(book: Book, cell: tuple[str, str, str]) -> int:
    """Return what a cell sorts by: its severity, then what is not known, then what has no record."""
    land = book.landscape
    severity = book.results.severity(*cell)
    least = min(level.severity for level in land.levels.values() if level.severity is not None)
    return severity if severity is not None else least - (1 if cell in land.cells else 2)


class DimensionIndex(NamedTuple):
    groups: Sequence[tuple[Question, Sequence[ClassDimension]]]
    industry: Sequence[DimensionCell]


def dimension_index(book: Book) -> DimensionIndex:
    """All dimensions with what is known of them now: over the classes, or for the industry as a whole."""
    land, now = book.landscape, book.landscape.current.id
    tallies = dimension_knowledge(book.results, now)
    by_class = {
        name: ClassDimension(land.dimensions[name], book.results.dimension_index[name, now], tally)
        for name, tally in tallies.items()
    }
    return DimensionIndex(
        groups=[(question, [by_class[name] for name in question.dimensions]) for question in land.questions],
        industry=[
            dimension_cell(book, INDUSTRY, name, now)
            for name, dimension in land.dimensions.items()
            if dimension.scope == "industry"
        ],
    )


class ClassDimension(NamedTuple):
    """A dimension with its index over the classes, and how many of them are known."""

    dimension: Dimension
    gap_index: GapIndex
    tally: Knowledge
