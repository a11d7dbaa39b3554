"""Shape scores for blocks: points out of a hundred, the stacked bar with its interval, ranks under each preset."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from macros.derive.acceptability import ANYTHING, Interval
from macros.derive.priority import Contribution, Scored

# Scores are shown out of this many points.
POINTS = 100


def points(share: float) -> int:
    """Return a share in whole points, after rounding to nine digits, so that the order of a sum does not decide."""
    return round(round(share, 9) * POINTS)


def percent_of(share: float) -> float:
    """Return a share as a length in a drawing, in % of its width."""
    return round(share * 100, 2)


def ends(value: Interval | None) -> Interval:
    """Return both ends of a value of a criterion; an unknown one may be anything."""
    return value or ANYTHING


def middle(value: Interval | None) -> float:
    """Return the middle of a value of a criterion."""
    low, high = ends(value)
    return round((low + high) / 2, 6)


# Shades that the style sheets have for criteria; further criteria repeat them, and numbers tell them apart.
_SHADES = 7


def shade(number: int) -> int:
    """Return the number of the shade of a criterion."""
    return (number - 1) % _SHADES + 1


class Places(NamedTuple):
    """Where a value, if there is one, and the ends of its interval stand in a drawing, in % of its width."""

    value: float | None
    low: float
    high: float


class BarPart(NamedTuple):
    """What a criterion adds to the bar: the number of its colour, start and width in %, and whether it is known."""

    number: int
    x: float
    width: float
    is_known: bool


class ScoreView(NamedTuple):
    """A rank and a score with its interval, in points, and as a stacked bar."""

    rank: int
    score: int
    low: int
    high: int
    x: Places
    segments: Sequence[BarPart]


def score_view(scored: Scored) -> ScoreView:
    """Return rank, score and interval in points, and the stacked bar."""
    return ScoreView(
        rank=scored.rank,
        score=points(scored.score),
        low=points(scored.low),
        high=points(scored.high),
        x=Places(percent_of(scored.score), percent_of(scored.low), percent_of(scored.high)),
        segments=segments(scored.contributions),
    )


def segments(contributions: tuple[Contribution, ...]) -> list[BarPart]:
    """Return the contributions as parts of a bar that ends at the score; an unknown criterion stands at its middle."""
    parts, x = [], 0.0
    for number, item in enumerate(contributions, start=1):
        parts.append(BarPart(shade(number), percent_of(x), percent_of(item.middle), item.value is not None))
        x += item.middle
    return parts
