"""The axis of a comparison: a round end and the positions of figures on it, so that drawing needs no arithmetic."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import floor, log10

from macros.derive.gap import bounds
from macros.model.base import Number, Range

# Dots closer than this, in % of the axis, cover each other.
CLOSE = 3
ROUND = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)


@dataclass(frozen=True)
class Mark:
    """Where a figure lies on an axis, in % from its left end; low = high for a single value."""

    low: float
    high: float

    @property
    def is_range(self) -> bool:
        return self.high > self.low


def round_up(value: float) -> float:
    """Return the next round number at or above a value, such as 0.8 -> 0.8, 33 -> 40, 2572 -> 3000; 1 for zero and less."""
    if value <= 0:
        return 1.0
    power = 10.0 ** floor(log10(value))
    step = next((step for step in ROUND if step * power >= value * (1 - 1e-9)), ROUND[-1])
    return float(f"{step * power:.12g}")


def ends(values: Iterable[Number | Range]) -> tuple[float, float]:
    """Return the ends of an axis that holds zero and all values: round, and never cut off."""
    pairs = [bounds(value) for value in values]
    low, high = min((pair[0] for pair in pairs), default=0.0), max((pair[1] for pair in pairs), default=0.0)
    return (-round_up(-low) if low < 0 else 0.0), (round_up(high) if high > 0 or low >= 0 else 0.0)


def mark(value: Number | Range, axis: tuple[float, float]) -> Mark:
    """Return where a value or range lies between the ends of an axis."""
    start, end = axis
    low, high = (round((bound - start) / (end - start) * 100, 2) for bound in bounds(value))
    return Mark(low, high)


def between(one: Mark, other: Mark) -> tuple[float, float] | None:
    """Return where the space between two marks begins and ends; None where they touch or overlap."""
    left, right = sorted((one, other), key=lambda item: (item.low, item.high))
    return (left.high, right.low) if left.high < right.low else None


def coincide(one: Mark, other: Mark) -> bool:
    """Return whether two single values lie so close that their dots cover each other."""
    return not one.is_range and not other.is_range and abs(one.low - other.low) < CLOSE
