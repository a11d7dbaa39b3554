"""Benchmarks as dumbbells on an axis, in words and as charts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import isfinite
from typing import NamedTuple

from macros.charts.axis import axis_ends
from macros.charts.dumbbell import End, dumbbell_drawing
from macros.charts.figure import Figure, Table
from macros.charts.rows import Axis
from macros.charts.theme import NARROW
from macros.derive.gap import measured_gap
from macros.load.landscape import INDUSTRY
from macros.model.base import bounds
from macros.model.equipment import Benchmark, Side
from macros.present.book import Book
from macros.present.figures import foot, labelled_ticks, linked_sources, source_names
from macros.present.references import Publication, plain_text, publications

SIDES = ("domestic", "imported")
BENCHMARK_FIELDS = (
    "benchmark", "metric", "unit", "better", "edition", "comparable", "origin", "entity", "year", "mode", "low", "high", "facts", "sources",
)  # fmt: skip


class Comparison(NamedTuple):
    """A benchmark in words: both sides, and a measured gap where they compare fully. `owner` is None for the industry."""

    benchmark: Benchmark
    owner: str | None
    gap: str | None
    sides: Sequence[SideView]
    axis: tuple[float, float]
    sources: Sequence[Publication]


class BenchmarkView(NamedTuple):
    compared: Comparison
    figure: Figure


def benchmark_view(book: Book, owner: str, benchmark: Benchmark) -> BenchmarkView:
    """Return a benchmark with its chart."""
    compared = comparison(book, owner, benchmark)
    return BenchmarkView(compared, benchmark_figure(book, compared))


def comparison(book: Book, owner: str, benchmark: Benchmark) -> Comparison:
    """Return a benchmark in words; a measured gap only where the sides compare fully."""
    axis = axis_ends(side.value for side in (benchmark.domestic, benchmark.imported))
    sides = [_side(book, benchmark, origin) for origin in SIDES]
    return Comparison(
        benchmark=benchmark,
        owner=owner if owner != INDUSTRY else None,
        gap=gap_in_words(book, benchmark),
        sides=sides,
        axis=axis,
        sources=publications(book, (*benchmark.domestic.evidence, *benchmark.imported.evidence)),
    )


def is_partly(benchmark: Benchmark) -> bool:
    """Return whether the sides compare only in part."""
    return benchmark.comparable == "partly"


def gap_in_words(book: Book, benchmark: Benchmark) -> str | None:
    """Return the measured gap as a multiple; None where the sides compare only in part or one of them is zero."""
    low, high = measured_gap(benchmark)
    if is_partly(benchmark) or not isfinite(high):
        return None
    return book.wording.multiple(low, high)


def headline(metric: str) -> str:
    """Return a metric with a capital, unless its second letter shows that it is written so."""
    return metric[:1].upper() + metric[1:] if metric[1:2] == metric[1:2].lower() else metric


class SideView(NamedTuple):
    """One side of a benchmark, with its figure in words and in numbers."""

    origin: str
    record: Side
    figure: str
    sources: Sequence[Publication]


def _side(book: Book, benchmark: Benchmark, origin: str) -> SideView:
    side: Side = getattr(benchmark, origin)
    return SideView(
        origin=origin,
        record=side,
        figure=book.wording.figure(side.value, benchmark.unit),
        sources=publications(book, side.evidence),
    )


def benchmark_figure(book: Book, compared: Comparison) -> Figure:
    """Return a benchmark as a dumbbell on an axis from zero."""
    benchmark = compared.benchmark
    axis = Axis(compared.axis, labelled_ticks(book, compared.axis), benchmark.unit)
    ends = [
        End(book.wording.name("origins", side.origin), side.origin, side.figure, *bounds(side.record.value))
        for side in compared.sides
    ]
    better = book.wording.word(f"better-{benchmark.better}")
    return Figure(
        id=f"benchmark-{benchmark.id}",
        title=headline(benchmark.metric),
        subtitle=book.wording.mark(", ").join(
            [benchmark.unit, better, book.wording.word("bench-edition", edition=benchmark.edition)]
        ),
        description=_benchmark_in_words(book, compared, better),
        drawings=(dumbbell_drawing(NARROW, (ends[0], ends[1]), axis, is_partly(benchmark)),),
        table=Table(BENCHMARK_FIELDS, tuple(_benchmark_row(benchmark, side) for side in compared.sides)),
        notes=tuple(_benchmark_notes(book, compared)),
        foot=foot(book, compared.sources),
        home=f"{_home(book, compared)}#{benchmark.id}",
        sources=linked_sources(book, compared.sources),
    )


def _home(book: Book, compared: Comparison) -> str:
    """Return the page that shows a benchmark: that of its class, or of its dimension where it is the industry's."""
    if compared.owner:
        return book.address("equipment", compared.owner)
    return book.address("dimension", compared.benchmark.dimension)


def _benchmark_in_words(book: Book, compared: Comparison, better: str) -> str:
    word, name = book.wording.word, book.wording.name
    sides = [
        word("chart-side", side=name("origins", side.origin), value=side.figure, entity=side.record.entity)
        for side in compared.sides
    ]
    gap = (
        word("bench-partly")
        if is_partly(compared.benchmark)
        else f"{compared.gap} {word('bench-gap')}"
        if compared.gap
        else word("bench-no-ratio")
    )
    mark = book.wording.mark
    return mark("; ").join([*sides, better, gap]) + mark(".")


def _benchmark_row(benchmark: Benchmark, side: SideView) -> tuple[object, ...]:
    shared = (benchmark.id, benchmark.metric, benchmark.unit, benchmark.better, benchmark.edition, benchmark.comparable)
    record = side.record
    own = (side.origin, record.entity, record.year, record.mode, *bounds(record.value))
    return (*shared, *own, list(record.evidence), source_names(side.sources))


def _benchmark_notes(book: Book, compared: Comparison) -> Iterable[str]:
    benchmark, year = compared.benchmark, book.wording.plain_year
    for side in compared.sides:
        record = side.record
        who = book.wording.row(str(part) for part in (record.entity, record.mode, year(record.year)) if part)
        yield book.wording.word(
            "chart-side", side=book.wording.name("origins", side.origin), value=side.figure, entity=who
        )
    if ("benchmark", benchmark.id) in book.landscape.internal:
        yield book.wording.word("internal-record")
    if is_partly(benchmark):
        yield book.wording.mark(", ").join(map(book.wording.word, ("bench-partly", "bench-no-gap")))
    if benchmark.caveat:
        yield plain_text(book, benchmark.caveat)
