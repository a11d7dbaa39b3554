"""Scores as blocks show them: points out of a hundred, the stacked bar with its interval, ranks under each preset."""

from __future__ import annotations

from typing import Any

from macros.derive.acceptability import ANYTHING, Interval
from macros.derive.priority import Contribution, Scored
from macros.present.book import Book

# Scores are shown out of this many points.
POINTS = 100


def points(share: float) -> int:
    """Return a share in whole points; of nine digits, so that the order of a sum does not decide."""
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


def ranked(book: Book, preset: str, name: str) -> Scored:
    """Return a priority with score and rank under a preset."""
    return book.results.scores[preset, name]


def score_view(scored: Scored) -> dict[str, Any]:
    """Return rank, score and interval in points, and the stacked bar."""
    return {
        "rank": scored.rank,
        "score": points(scored.score),
        "low": points(scored.low),
        "high": points(scored.high),
        "x": {"score": percent_of(scored.score), "low": percent_of(scored.low), "high": percent_of(scored.high)},
        "segments": segments(scored.contributions),
    }


def segments(contributions: tuple[Contribution, ...]) -> list[dict[str, Any]]:
    """Return the contributions as parts of a bar that ends at the score; an unknown criterion stands at its middle."""
    parts, x = [], 0.0
    for number, item in enumerate(contributions, start=1):
        place = {"x": percent_of(x), "width": percent_of(item.middle)}
        parts.append({"number": number, **place, "is_known": item.value is not None})
        x += item.middle
    return parts
