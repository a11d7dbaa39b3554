"""Blocks of the pages of equipment classes: verdict, strongest facts, dimensions, measurements, makers, proposals, components."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from macros.derive.brief import Strong, strongest, weight
from macros.derive.components import holders_of, led_by_imports, parts_inside
from macros.derive.gap import GapIndex
from macros.model.equipment import Dimension, EquipmentClass, Question
from macros.model.priority import Priority
from macros.model.report import Edition
from macros.model.supplier import Makes, Supplier
from macros.present.assessment import Card, DimensionCell, card, cited_facts, dimension_cell
from macros.present.benchmarks import SIDES, BenchmarkView, Comparison, benchmark_view, comparison
from macros.present.book import Book
from macros.present.references import Reference
from macros.present.series_chart import SeriesView, series_view

_PARTIES = (*SIDES, "in-house", "unplaced")


class ClassVerdict(NamedTuple):
    """Indices of the class, newest first, and all its levels; the newest index may have no value."""

    near: Sequence[tuple[str, Sequence[EquipmentClass]]]
    indices: Sequence[tuple[Edition, GapIndex]]
    rows: Sequence[tuple[Edition, Sequence[DimensionCell]]]


def class_verdict(book: Book, record: EquipmentClass) -> ClassVerdict:
    """Where the class stands: index with coverage, all its levels then and now, what it is and what it costs."""
    land = book.landscape
    editions = land.report.editions[::-1]
    return ClassVerdict(
        near=_near(book, record),
        indices=[(edition, book.results.class_index[record.id, edition.id]) for edition in editions],
        rows=[
            (edition, [dimension_cell(book, record.id, name, edition.id) for name in land.class_dimensions])
            for edition in editions
        ],
    )


def _near(book: Book, record: EquipmentClass) -> list[tuple[str, Sequence[EquipmentClass]]]:
    """Return the classes before, after and around one, by way."""
    land = book.landscape
    return [
        ("before", land.fed_by[record.id]),
        ("after", [land.equipment[name] for name in record.feeds]),
        ("around", [land.equipment[name] for name in land.containers[record.id]]),
    ]


class BriefRow(NamedTuple):
    """A fact by itself, or what both sides of a benchmark say."""

    facts: Sequence[tuple[Reference, Fraction]]
    compared: Comparison | None


def class_brief(book: Book, record: EquipmentClass) -> Sequence[BriefRow]:
    """The facts of the class that weigh most, with figures and sources; domestic beside imported where both exist."""
    return [_brief_row(book, record.id, item) for item in strongest(book.results, record)]


def _brief_row(book: Book, owner: str, item: Strong) -> BriefRow:
    of_sources = {book.landscape.facts[name].source: name for name in reversed(item.facts)}  # each source is named once
    names = [name for name in item.facts if name in of_sources.values()]
    cited = cited_facts(book, names, "near", book.landscape.current)
    facts = [(found, weight(book.results, found.fact.id)) for found in cited]
    return BriefRow(facts, comparison(book, owner, item.benchmark) if item.benchmark else None)


class ClassDimensions(NamedTuple):
    """The cards of a class by question, the dimensions without one, and the file to edit."""

    groups: Sequence[tuple[Question, Sequence[Card]]]
    unrecorded: Sequence[Dimension]


def class_dimensions(book: Book, record: EquipmentClass) -> ClassDimensions:
    """The assessment cards of the class question by question, and the dimensions without any record."""
    land = book.landscape
    cards = {name: card(book, record.id, name) for name in land.class_dimensions}
    return ClassDimensions(
        groups=[
            (question, [found for name in question.dimensions if (found := cards[name])]) for question in land.questions
        ],
        unrecorded=[land.dimensions[name] for name, found in cards.items() if not found],
    )


def class_benchmarks(book: Book, record: EquipmentClass) -> Sequence[BenchmarkView]:
    """What was measured on both sides, newest edition first, and figures of one side only."""
    editions = book.landscape.editions
    newest_first = sorted(record.benchmarks, key=lambda benchmark: editions[benchmark.edition].date, reverse=True)
    return [benchmark_view(book, record.id, benchmark) for benchmark in newest_first]


def class_series(book: Book, record: EquipmentClass) -> Sequence[SeriesView]:
    """The series of the class as charts."""
    return [series_view(book, item) for item in book.landscape.series_of[record.id]]


def class_suppliers(book: Book, record: EquipmentClass) -> Sequence[tuple[str, Sequence[tuple[Supplier, Makes]]]]:
    """Who is named with the class: domestic and imported makers side by side, then makers for their own use."""
    named = book.landscape.makers[record.id]
    groups = {party: [pair for pair in named if _party(book, pair[0]) == party] for party in _PARTIES}
    return [(party, makers) for party, makers in groups.items() if makers or party in SIDES]


def _party(book: Book, supplier: Supplier) -> str:
    """Return the group of a supplier: its side, unless it builds for itself or its side is not known."""
    if supplier.status == "in-house":
        return supplier.status
    return book.landscape.side(supplier) or "unplaced"


class ClassPriority(NamedTuple):
    """A priority that names a class, with the levels of the class in the dimensions it answers."""

    rank: int
    priority: Priority
    cells: Sequence[DimensionCell]


def class_priorities(book: Book, record: EquipmentClass) -> Sequence[ClassPriority]:
    """The proposals that name the class, best ranked first, with what they answer."""
    land = book.landscape
    scores = [book.results.scores[land.preset.id, priority.id] for priority in land.helping[record.id]]
    ranked = [
        (item.rank, land.priorities[item.priority])
        for item in sorted(scores, key=lambda item: (item.rank, item.priority))
    ]
    return [
        ClassPriority(
            rank=rank,
            priority=priority,
            cells=[
                dimension_cell(book, record.id, name, land.current.id)
                for name in priority.dimensions
                if name in land.class_dimensions
            ],
        )
        for rank, priority in ranked
    ]


def class_facts(book: Book, record: EquipmentClass) -> Sequence[Reference]:
    """How many facts there are on the class, where they stand, and those that describe it."""
    return cited_facts(book, record.evidence, "near", book.landscape.current)


class ClassComponents(NamedTuple):
    """The neighbours of a class; `hidden` counts the components inside it in which imports lead."""

    imports_lead: bool
    inside: Sequence[PartView]
    hidden: int
    containers: Sequence[PartView]


def class_components(book: Book, record: EquipmentClass) -> ClassComponents:
    """What is inside the class, and which classes contain it."""
    land = book.landscape
    inside = [_part(book, *way) for way in parts_inside(record.id, land).items()]
    return ClassComponents(
        imports_lead=bool(led_by_imports(record.id, book.results)),
        inside=inside,
        hidden=sum(part.imports_lead for part in inside),
        containers=[_part(book, *way) for way in holders_of(record.id, land).items()],
    )


class PartView(NamedTuple):
    """A class inside or around another one; `within` is the class between, if there is one."""

    equipment: EquipmentClass
    within: str | None
    imports_lead: bool
    gap_index: GapIndex
    known: Sequence[DimensionCell]


def _part(book: Book, name: str, within: str | None) -> PartView:
    """Return a class with its index and its known levels now, furthest behind first, and whether imports lead in it."""
    land = book.landscape
    cells = [dimension_cell(book, name, dimension, land.current.id) for dimension in land.class_dimensions]
    known = [
        (cell.standing.level.severity, cell)
        for cell in cells
        if cell.standing and cell.standing.level.severity is not None
    ]
    return PartView(
        equipment=land.equipment[name],
        within=within,
        imports_lead=bool(led_by_imports(name, book.results)),
        gap_index=book.results.class_index[name, land.current.id],
        known=[cell for _, cell in sorted(known, key=lambda pair: -pair[0])],
    )
