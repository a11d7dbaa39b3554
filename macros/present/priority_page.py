"""Blocks of the page of one priority: summary, target, actions, score with its grounds, gaps answered, evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from macros.derive.priority import cells_answered
from macros.model.method import Criterion
from macros.model.priority import Priority
from macros.present.book import Book
from macros.present.grounds import Ground, PointView, ground, point_view
from macros.present.scores import POINTS, percent_of


class CriterionScore(NamedTuple):
    """A criterion with its value in words (None: unknown), weight, points and ground; `sure` and `open` are widths in %."""

    number: int
    criterion: Criterion
    value: str | None
    weight: float
    points: str
    sure: float
    open: float
    ground: Ground


class PriorityScore(NamedTuple):
    rows: Sequence[CriterionScore]
    points: str
    middle: str
    rank: int


def priority_score(book: Book, record: Priority) -> PriorityScore:
    """Each criterion with its value, weight and contribution, and what the value was read from."""
    scored = book.results.scores[book.landscape.preset.id, record.id]
    criteria = {criterion.id: criterion for criterion in book.landscape.method.criteria}
    longest = max(item.high for item in scored.contributions) or 1
    rows = [
        CriterionScore(
            number=number,
            criterion=criteria[item.criterion],
            value=None if item.value is None else _span(book, *item.value, digits=2),
            weight=item.weight,
            points=_span(book, item.low * POINTS, item.high * POINTS, digits=1),
            sure=percent_of(item.low / longest),
            open=percent_of((item.high - item.low) / longest),
            ground=ground(book, record, criteria[item.criterion]),
        )
        for number, item in enumerate(scored.contributions, start=1)
    ]
    return PriorityScore(
        rows=rows,
        points=_span(book, scored.low * POINTS, scored.high * POINTS, digits=1),
        middle=book.wording.number(scored.score * POINTS, 1),
        rank=scored.rank,
    )


def _span(book: Book, low: float, high: float, digits: int) -> str:
    """Return both ends of an interval, or one number where they read the same."""
    ends = [book.wording.number(end, digits) for end in (low, high)]
    return ends[0] if ends[0] == ends[1] else "–".join(ends)


class GapRow(NamedTuple):
    """A point that a priority answers; one recorded as unknown is open, with the test that would settle it, if any."""

    point: PointView
    is_open: bool
    test: str | None


def priority_gaps(book: Book, record: Priority) -> Sequence[GapRow]:
    """The points it answers: level at every edition, movement, and for an unknown one what would settle it."""
    land = book.landscape
    rows = []
    for owner, dimension in cells_answered(record, book.results):
        point, now = point_view(book, owner, dimension), land.cells.get((owner, dimension, land.current.id))
        is_open = now is not None and now.level == land.method.unknown
        rows.append(GapRow(point, is_open, now.would_settle if now and is_open else None))
    return rows
