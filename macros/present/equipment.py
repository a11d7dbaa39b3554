"""Blocks of the pages of equipment classes: verdict, dimensions, measurements, makers, proposals and facts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from macros.derive.gap import GapIndex
from macros.model.equipment import Dimension, EquipmentClass, Metric, Question, Spec, Stage
from macros.model.method import Preset
from macros.model.priority import Priority
from macros.model.report import Edition
from macros.model.supplier import Makes, Supplier
from macros.present.assessment import (
    Card,
    CitedFact,
    DimensionCell,
    card,
    cited_facts,
    dimension_cell,
    newest_first,
)
from macros.present.benchmarks import SIDES, BenchmarkView, benchmark_view
from macros.present.book import Book
from macros.present.series_chart import SeriesView, series_view
from macros.present.suppliers import local_language

_PARTIES = (*SIDES, "in-house", "unplaced")


class ClassVerdict(NamedTuple):
    """The class with its indices, newest first, and all its levels; the newest index may have no value."""

    equipment: EquipmentClass
    stage: Stage
    near: Near
    indices: Sequence[tuple[Edition, GapIndex]]
    questions: Sequence[tuple[Question, Sequence[Dimension]]]
    rows: Sequence[VerdictRow]


def class_verdict(book: Book, record: EquipmentClass) -> ClassVerdict:
    """Where the class stands: index with coverage, all its levels then and now, what it is and what it costs."""
    land = book.landscape
    editions = newest_first(book)
    return ClassVerdict(
        equipment=record,
        stage=land.stages[record.stage],
        near=_near(book, record),
        indices=[(edition, book.results.class_index[record.id, edition.id]) for edition in editions],
        questions=[(question, [land.dimensions[name] for name in question.dimensions]) for question in land.questions],
        rows=[
            VerdictRow(edition, [dimension_cell(book, record.id, name, edition.id) for name in land.class_dimensions])
            for edition in editions
        ],
    )


class VerdictRow(NamedTuple):
    """An edition with the levels of a class in all dimensions."""

    edition: Edition
    cells: Sequence[DimensionCell]


class Near(NamedTuple):
    """The classes before, after and around one by way, and how many makers, proposals and facts it has."""

    ways: Sequence[tuple[str, Sequence[EquipmentClass]]]
    makers: int
    proposals: int
    facts: int


def _near(book: Book, record: EquipmentClass) -> Near:
    """Return where a reader can go from here: the classes before, after and around it, and how much the page has below."""
    land = book.landscape
    return Near(
        ways=[
            ("before", land.fed_by[record.id]),
            ("after", [land.equipment[name] for name in record.feeds]),
            ("around", [land.equipment[name] for name in land.containers[record.id]]),
        ],
        makers=len(land.makers[record.id]),
        proposals=len(land.helping[record.id]),
        facts=len(land.facts_at[record.id]),
    )


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


class ClassBenchmarks(NamedTuple):
    benchmarks: Sequence[BenchmarkView]
    specs: Sequence[Spec]


def class_benchmarks(book: Book, record: EquipmentClass) -> ClassBenchmarks:
    """What was measured on both sides, newest edition first, and figures of one side only."""
    dates = {edition.id: edition.date for edition in book.landscape.report.editions}
    newest_first = sorted(record.benchmarks, key=lambda benchmark: dates[benchmark.edition], reverse=True)
    return ClassBenchmarks(
        benchmarks=[benchmark_view(book, record.id, benchmark) for benchmark in newest_first],
        specs=record.specs,
    )


def class_series(book: Book, record: EquipmentClass) -> Sequence[SeriesView]:
    """The series of the class as charts."""
    return [series_view(book, item) for item in book.landscape.series_of[record.id]]


def class_suppliers(book: Book, record: EquipmentClass) -> Sequence[MakerGroup]:
    """Who is named with the class: domestic and imported makers side by side, then makers for their own use."""
    named = book.landscape.makers[record.id]
    groups = {party: [_maker(book, *pair) for pair in named if _party(book, pair[0]) == party] for party in _PARTIES}
    return [MakerGroup(party, makers) for party, makers in groups.items() if makers or party in SIDES]


def _party(book: Book, supplier: Supplier) -> str:
    """Return the group of a supplier: its side, unless it builds for itself or its side is not known."""
    if supplier.status == "in-house":
        return supplier.status
    return book.landscape.side(supplier) or "unplaced"


class MakerGroup(NamedTuple):
    party: str
    makers: Sequence[Maker]


class Maker(NamedTuple):
    """A company named with a class, and what is said of that; its side is None where that is not known."""

    supplier: Supplier
    makes: Makes
    side: str | None
    lang: str | None


def _maker(book: Book, supplier: Supplier, makes: Makes) -> Maker:
    return Maker(supplier, makes, book.landscape.side(supplier), local_language(book, supplier))


class ClassPriority(NamedTuple):
    """A priority that names a class, with the levels of the class in the dimensions it answers."""

    rank: int
    priority: Priority
    cells: Sequence[DimensionCell]


class ClassPriorities(NamedTuple):
    preset: Preset
    equipment: str
    of: int
    priorities: Sequence[ClassPriority]


def class_priorities(book: Book, record: EquipmentClass) -> ClassPriorities:
    """The proposals that name the class, best ranked first, with what they answer."""
    land = book.landscape
    preset = land.method.presets[0]
    scores = [book.results.scores[preset.id, priority.id] for priority in land.helping[record.id]]
    ranked = [
        (item.rank, land.priorities[item.priority])
        for item in sorted(scores, key=lambda item: (item.rank, item.priority))
    ]
    return ClassPriorities(
        preset=preset,
        equipment=record.id,
        of=len(land.priorities),
        priorities=[
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
        ],
    )


class ClassMetrics(NamedTuple):
    metrics: Sequence[Metric]
    failures: Sequence[str]
    figures: int
    page: str | None


def class_metrics(book: Book, record: EquipmentClass) -> ClassMetrics:
    """The usual performance figures of the class, what usually goes wrong, and how many figures are on record."""
    land = book.landscape
    facts = land.facts_at[record.id]
    return ClassMetrics(
        metrics=record.key_metrics,
        failures=record.typical_failures,
        figures=sum(fact.value is not None for fact in facts),
        page=_evidence_page(book, record),
    )


class ClassFacts(NamedTuple):
    n: int
    page: str | None
    facts: Sequence[CitedFact]


def class_facts(book: Book, record: EquipmentClass) -> ClassFacts:
    """How many facts there are on the class, where they stand, and those that describe it."""
    land = book.landscape
    return ClassFacts(
        n=len(land.facts_at[record.id]),
        page=_evidence_page(book, record),
        facts=cited_facts(book, record.evidence, "near", land.current),
    )


def _evidence_page(book: Book, record: EquipmentClass) -> str | None:
    """Return the page with the facts of the class; None where no fact has its home there."""
    return f"evidence/{record.id}" if book.landscape.facts_at[record.id] else None


MACROS = (
    class_verdict, class_dimensions, class_benchmarks, class_series, class_suppliers, class_priorities,
    class_metrics, class_facts,
)  # fmt: skip
