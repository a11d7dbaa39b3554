"""Benchmarks as dumbbells on an axis, and figures of one side that have no counterpart."""

from __future__ import annotations

from math import isfinite
from typing import Any

from macros.charts.axis import ends
from macros.derive.gap import measured_gap
from macros.landscape import INDUSTRY
from macros.model.equipment import Benchmark, Side, Spec
from macros.present.book import Book
from macros.present.figures import benchmark_figure
from macros.present.references import pieces, publications, references

SIDES = ("domestic", "imported")


def benchmark_view(book: Book, owner: str, benchmark: Benchmark) -> dict[str, Any]:
    """Return a benchmark with the positions of both sides; a measured gap only where they compare fully."""
    axis = ends(side.value for side in (benchmark.domestic, benchmark.imported))
    sides = [_side(book, benchmark, origin) for origin in SIDES]
    view = {
        "id": benchmark.id,
        "owner": owner if owner != INDUSTRY else None,
        "metric": headline(benchmark.metric),
        "unit": benchmark.unit,
        "better": benchmark.better,
        "dimension": book.landscape.dimensions[benchmark.dimension],
        "edition": benchmark.edition,
        "is_partly": benchmark.comparable == "partly",
        "gap": gap_in_words(book, benchmark),
        "sides": sides,
        "axis": axis,
        "caveat": pieces(book, benchmark.caveat),
        "sources": publications(fact for side in sides for fact in side["facts"]),
    }
    return {**view, "figure": benchmark_figure(book, benchmark, view)}


def gap_in_words(book: Book, benchmark: Benchmark) -> str | None:
    """Return the measured gap as a multiple; None where the sides compare only in part or one of them is zero."""
    low, high = measured_gap(benchmark)
    if benchmark.comparable == "partly" or not isfinite(high):
        return None
    return book.wording.multiple(low, high)


def headline(metric: str) -> str:
    """Return a metric with a capital, unless its second letter shows that it is written so."""
    return metric[:1].upper() + metric[1:] if metric[1:2] == metric[1:2].lower() else metric


def _side(book: Book, benchmark: Benchmark, origin: str) -> dict[str, Any]:
    side: Side = getattr(benchmark, origin)
    facts = references(book, side.evidence)
    return {
        "origin": origin,
        "value": side.value,
        "figure": book.wording.figure(side.value, benchmark.unit),
        "entity": side.entity,
        "year": side.year,
        "mode": side.mode,
        "facts": facts,
        "sources": publications(facts),
    }


def spec_view(book: Book, spec: Spec) -> dict[str, Any]:
    """Return a figure of one side only."""
    return {
        "metric": headline(spec.metric),
        "figure": book.wording.figure(spec.value, spec.unit, spec.bound),
        "origin": spec.origin,
        "entity": spec.entity,
        "year": spec.year,
        "note": pieces(book, spec.note),
        "facts": references(book, spec.evidence),
    }
