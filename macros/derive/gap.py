"""Severity, gap index with coverage, movement between editions, measured gap of a benchmark."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from macros.derive.confidence import as_fraction
from macros.model.base import Number, bounds
from macros.model.equipment import Benchmark

Movement = Literal[
    "closed", "narrowed", "reversed", "lead-widened", "unchanged", "widened", "overtaken", "lead-lost", "lead-narrowed",
    "newly-known", "no-longer-known", "unknown",
]  # fmt: skip
# Where the domestic side gained, and where it lost.
GAINS: tuple[Movement, ...] = ("closed", "narrowed", "reversed", "lead-widened")
LOSSES: tuple[Movement, ...] = ("widened", "overtaken", "lead-lost", "lead-narrowed")


@dataclass(frozen=True)
class GapIndex:
    """Weighted mean severity over known dimensions (-1 to 3), and the share of weight that is known (0 to 1).

    `value` is None where nothing is known; `is_shown` says whether coverage suffices to show it.
    """

    value: float | None
    coverage: float
    known: int
    of: int
    is_shown: bool

    @property
    def shown(self) -> float | None:
        """The value, where coverage suffices to show it."""
        return self.value if self.is_shown else None


def gap_index(severities: Iterable[tuple[int | None, Number]], coverage_minimum: Number) -> GapIndex:
    """Return the gap index of pairs (severity or None, weight)."""
    pairs = [(severity, as_fraction(weight)) for severity, weight in severities]
    known = [(severity, weight) for severity, weight in pairs if severity is not None]
    total, weight_known = (sum(weight for _, weight in listed) for listed in (pairs, known))
    coverage = Fraction(weight_known, total) if total else Fraction()
    value = float(sum(severity * weight for severity, weight in known) / weight_known) if weight_known else None
    return GapIndex(
        value, float(coverage), len(known), len(pairs), value is not None and coverage >= as_fraction(coverage_minimum)
    )


def movement(before: int | None, now: int | None) -> Movement:
    """Return how a gap moved between two severities (None: unknown).

    Imports led: closed: now both are level; narrowed, widened: imports lead by less, by more. The domestic side led:
    lead-lost, lead-narrowed, lead-widened. reversed: it leads and did not before; overtaken: imports lead and did not.
    """
    if before is None or now is None:
        if before is None and now is None:
            return "unknown"
        return "newly-known" if before is None else "no-longer-known"
    if before == now:
        return "unchanged"
    if now < before:
        if now < 0:
            return "reversed" if before >= 0 else "lead-widened"
        return "narrowed" if now else "closed"
    if now > 0:
        return "overtaken" if before <= 0 else "widened"
    return "lead-narrowed" if now else "lead-lost"


def measured_gap(benchmark: Benchmark) -> tuple[float, float]:
    """Return the domestic side as a multiple of the imported one, so that above 1 domestic is better.

    domestic / imported where higher is better, imported / domestic where lower is better; ranges give a range.
    A side that reaches zero makes the ratio unbounded (infinity); two zeros are level.
    """
    domestic, imported = bounds(benchmark.domestic.value), bounds(benchmark.imported.value)
    over, under = (domestic, imported) if benchmark.better == "higher" else (imported, domestic)
    return _ratio(over[0], under[1]), _ratio(over[1], under[0])


def _ratio(over: float, under: float) -> float:
    if not under:
        return float("inf") if over else 1.0
    return over / under
