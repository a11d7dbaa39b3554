"""Benchmarks as dumbbells on an axis, and figures of one side that have no counterpart."""

from __future__ import annotations

from math import isfinite
from typing import Any

from macros.derive.axis import between, coincide, ends, mark
from macros.derive.gap import measured_gap
from macros.landscape import INDUSTRY
from macros.model.equipment import Benchmark, Side, Spec
from macros.present.book import Book
from macros.present.references import pieces, references

SIDES = ("domestic", "imported")
# Radius of a dot in pixels; where two dots coincide, the first is a ring around the second.
_DOT, _RING, _CORE = 7, 10, 5


def benchmark_view(book: Book, owner: str, benchmark: Benchmark) -> dict[str, Any]:
    """Return a benchmark with the positions of both sides; a measured gap only where they compare fully."""
    axis = ends(side.value for side in (benchmark.domestic, benchmark.imported))
    sides = [_side(book, benchmark, origin, axis) for origin in SIDES]
    if coincide(*(side["mark"] for side in sides)):
        sides[0]["radius"], sides[1]["radius"] = _RING, _CORE
    return {
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
        "span": between(*(side["mark"] for side in sides)),
        "ends": [book.wording.number(axis[0]), book.wording.figure(axis[1], benchmark.unit)],
        "caveat": pieces(book, benchmark.caveat),
    }


def gap_in_words(book: Book, benchmark: Benchmark) -> str | None:
    """Return the measured gap as a multiple; None where the sides compare only in part or one of them is zero."""
    low, high = measured_gap(benchmark)
    if benchmark.comparable == "partly" or not isfinite(high):
        return None
    return book.wording.multiple(low, high)


def headline(metric: str) -> str:
    """Return a metric with a capital, unless its second letter shows that it is written so."""
    return metric[:1].upper() + metric[1:] if metric[1:2] == metric[1:2].lower() else metric


def _side(book: Book, benchmark: Benchmark, origin: str, axis: tuple[float, float]) -> dict[str, Any]:
    side: Side = getattr(benchmark, origin)
    return {
        "origin": origin,
        "mark": mark(side.value, axis),
        "radius": _DOT,
        "figure": book.wording.figure(side.value, benchmark.unit),
        "entity": side.entity,
        "year": side.year,
        "mode": side.mode,
        "facts": references(book, side.evidence),
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
