"""Say from which records the value of each criterion of a priority was read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from macros.derive.gap import Movement
from macros.derive.priority import (
    Point,
    cells_answered,
    classes_containing,
    classes_fed,
    points_behind_before,
    points_of_dependence,
    share_at_stake,
)
from macros.model.equipment import Dimension
from macros.model.method import Criterion
from macros.model.priority import Feasibility, Priority, Rating
from macros.present.assessment import GradedLevel, graded_level, known_movement
from macros.present.book import Book


class PointView(NamedTuple):
    """A point with its level at every edition, oldest first, and how it moved."""

    owner: str
    is_recorded: bool
    dimension: Dimension
    standings: Sequence[GradedLevel | None]
    movement: Movement | None


def point_view(book: Book, owner: str, dimension: str) -> PointView:
    """Return a point with its level at every edition, oldest first, and how it moved."""
    standings = [graded_level(book, (owner, dimension, edition.id)) for edition in book.landscape.report.editions]
    return PointView(
        owner=owner,
        is_recorded=any(standings),
        dimension=book.landscape.dimensions[dimension],
        standings=standings,
        movement=known_movement(book, owner, dimension),
    )


class Ground(NamedTuple):
    """What a value was read from: a sentence, and the points, classes and facts it names.

    `lead` stands before the sentence; `is_change`: the points are shown then and now.
    """

    text: str
    points: Sequence[PointView] = ()
    lead: Sequence[str] = ()
    helped: Sequence[str] = ()
    containing: Sequence[str] = ()
    fed: Sequence[str] = ()
    facts: Sequence[str] = ()
    is_change: bool = False


def _mean_ground(book: Book, asked: list[Point]) -> Ground:
    """Return the points a mean was taken over: those known now, out of all asked."""
    now = book.landscape.current.id
    known = [point for point in asked if book.results.severity(*point, now) is not None]
    if known:
        text = book.wording.word("prio-ground-mean", n=len(known), of=len(asked))
    else:
        text = book.wording.word("prio-ground-none-known" if asked else "prio-ground-no-point", n=len(asked))
    return Ground(text, [point_view(book, *point) for point in known or asked])


def _persistence_ground(book: Book, record: Priority) -> Ground:
    behind = points_behind_before(record, book.results)
    if not behind:
        return Ground(book.wording.word("prio-ground-none-before", edition=book.landscape.baseline.id))
    now = book.landscape.current.id
    still = sum((book.results.severity(*point, now) or 0) > 0 for point in behind)
    text = book.wording.word("prio-ground-persistence", n=len(behind), still=still, edition=book.landscape.baseline.id)
    return Ground(text, [point_view(book, *point) for point in behind], is_change=True)


def _stake_ground(book: Book, record: Priority) -> Ground:
    found = share_at_stake(record, book.results)
    if found is None:
        return Ground(book.wording.word("prio-ground-no-share"), helped=record.equipment)
    name, share = found
    text = book.wording.word(
        f"prio-ground-share-{share.scope}", share=book.wording.figure(share.figure, "%"), of=share.of
    )
    return Ground(text, lead=[name], facts=share.evidence)


def _reach_ground(book: Book, record: Priority) -> Ground:
    containing = classes_containing(record, book.results)
    fed = classes_fed(record, book.results)
    reached = len(record.equipment) + len(containing) + len(fed)
    text = book.wording.word("prio-ground-reach", n=reached, of=len(book.landscape.equipment))
    return Ground(text, helped=record.equipment, containing=containing, fed=fed)


def ground(book: Book, record: Priority, criterion: Criterion) -> Ground:
    """Return what the value of a criterion was read from."""
    given: Feasibility | Rating | None
    match criterion.measure:
        case "severity":
            return _mean_ground(book, cells_answered(record, book.results))
        case "dependence":
            return _mean_ground(book, points_of_dependence(record, book.results))
        case "stake":
            return _stake_ground(book, record)
        case "reach":
            return _reach_ground(book, record)
        case "persistence":
            return _persistence_ground(book, record)
        case "nearness":
            horizon = book.wording.method_name("horizons", record.horizon)
            return Ground(book.wording.word("prio-ground-nearness", horizon=horizon))
        case "feasibility":
            given = record.feasibility
        case "rating":
            given = record.ratings.get(criterion.id)
    if given is None:
        return Ground(book.wording.word("prio-ground-no-rating"))
    return Ground(book.wording.word("prio-ground-feasibility", score=given.score, reason=given.reason))
