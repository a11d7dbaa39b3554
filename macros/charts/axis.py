"""The axis of a comparison: round ends that include zero and all figures, and round steps between them."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil, floor, log10

from macros.model.base import Number, Range, bounds

ROUND = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)


def round_up(value: float) -> float:
    """Return the next round number at or above a value, such as 0.8 -> 0.8, 33 -> 40, 2572 -> 3000; 1 for zero and less."""
    if value <= 0:
        return 1.0
    power = 10.0 ** floor(log10(value))
    step = next((step for step in ROUND if step * power >= value * (1 - 1e-9)), ROUND[-1])
    return float(f"{step * power:.12g}")


def axis_ends(values: Iterable[Number | Range]) -> tuple[float, float]:
    """Return the round ends of an axis that includes zero and all values."""
    pairs = [bounds(value) for value in values]
    low, high = min((pair[0] for pair in pairs), default=0.0), max((pair[1] for pair in pairs), default=0.0)
    return (-round_up(-low) if low < 0 else 0.0), (round_up(high) if high > 0 or low >= 0 else 0.0)


# The step between ticks for each round end of an axis.
_STEPS = {1: 0.2, 1.5: 0.5, 2: 0.5, 2.5: 0.5, 3: 1, 4: 1, 5: 1, 6: 2, 8: 2, 10: 2}


def ticks(axis: tuple[float, float]) -> list[float]:
    """Return the round values to mark on an axis made by `ends`: zero, and some steps to each side."""
    longest = max(abs(end) for end in axis)
    power = 10.0 ** floor(log10(longest) + 1e-9)
    step = _STEPS[min(ROUND, key=lambda number: abs(number * power - longest))] * power
    first, last = ceil(axis[0] / step - 1e-9), floor(axis[1] / step + 1e-9)
    return [float(f"{number * step:.12g}") for number in range(first, last + 1)]
