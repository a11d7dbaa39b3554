"""Benchmarks as dumbbells on an axis, and figures of one side that have no counterpart."""

from __future__ import annotations

from math import isfinite
from typing import Any

from macros.derive.axis import ends, mark
from macros.derive.gap import measured_gap
from macros.landscape import INDUSTRY
from macros.model.equipment import Benchmark, Side, Spec
from macros.present.book import Book
from macros.present.references import references

SIDES = ("domestic", "imported")


def benchmark_view(book: Book, owner: str, benchmark: Benchmark) -> dict[str, Any]:
    """Return a benchmark with the positions of both sides; a measured gap only where they compare fully."""
    axis = ends(side.value for side in (benchmark.domestic, benchmark.imported))
    sides = [_side(book, benchmark, origin, axis) for origin in SIDES]
    middles = sorted(side["mark"].middle for side in sides)
    return {
        "id": benchmark.id,
        "owner": owner if owner != INDUSTRY else None,
        "metric": benchmark.metric,
        "unit": benchmark.unit,
        "better": benchmark.better,
        "dimension": book.landscape.dimensions[benchmark.dimension],
        "edition": benchmark.edition,
        "is_partly": benchmark.comparable == "partly",
        "gap": gap_in_words(book, benchmark),
        "sides": sides,
        "span": middles,
        "ends": [book.wording.number(axis[0]), book.wording.figure(axis[1], benchmark.unit)],
        "caveat": benchmark.caveat,
    }


def gap_in_words(book: Book, benchmark: Benchmark) -> str | None:
    """Return the measured gap as a multiple; None where the sides compare only in part or one of them is zero."""
    low, high = measured_gap(benchmark)
    if benchmark.comparable == "partly" or not isfinite(high):
        return None
    return book.wording.multiple(low, high)


def _side(book: Book, benchmark: Benchmark, origin: str, axis: tuple[float, float]) -> dict[str, Any]:
    side: Side = getattr(benchmark, origin)
    return {
        "origin": origin,
        "mark": mark(side.value, axis),
        "figure": book.wording.figure(side.value, benchmark.unit),
        "entity": side.entity,
        "year": side.year,
        "mode": side.mode,
        "facts": references(book, side.evidence),
    }


def spec_view(book: Book, spec: Spec) -> dict[str, Any]:
    """Return a figure of one side only."""
    return {
        "metric": spec.metric,
        "figure": book.wording.figure(spec.value, spec.unit, spec.bound),
        "origin": spec.origin,
        "entity": spec.entity,
        "year": spec.year,
        "note": spec.note,
        "facts": references(book, spec.evidence),
    }
