"""Blocks of the gap page: ranking by index, movement between the editions, most and least certain levels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from macros.charts.figure import Figure
from macros.derive.gap import GapIndex, Movement
from macros.derive.levels import Cell
from macros.derive.tally import GRADES, Move, known_cells, moves, usual_grade
from macros.load.landscape import INDUSTRY
from macros.model.base import Grade
from macros.model.report import slug
from macros.present.book import Book
from macros.present.gap_figures import IndexedClass, MovedPoint, movement_figure, ranking_figure
from macros.present.look import MOVEMENT_SIGNS
from macros.present.pagination import WHOLE, ListPart, long_list
from macros.present.questions import parts_of


class Indexed(NamedTuple):
    """A class with its index; no rank where coverage does not suffice."""

    name: str
    found: GapIndex
    rank: int | None


def _by_index(book: Book) -> list[Indexed]:
    """Return the classes with index and rank, furthest behind first; then those without enough evidence, without a rank."""
    edition = book.landscape.current.id
    indices = {name: book.results.class_index[name, edition] for name in book.landscape.equipment}
    shown = [(name, found) for name, found in indices.items() if found.shown is not None]
    shown.sort(key=lambda pair: (-(pair[1].value or 0), -pair[1].coverage))
    others = [pair for pair in sorted(indices.items(), key=lambda pair: -pair[1].coverage) if not pair[1].is_shown]
    ranks: dict[float | None, int] = {}
    for rank, (_, found) in enumerate(shown, start=1):
        ranks.setdefault(found.value, rank)  # equal values share the first of their ranks
    ranked = [Indexed(name, found, ranks[found.value]) for name, found in shown]
    return ranked + [Indexed(name, found, None) for name, found in others]


class GapRanking(NamedTuple):
    rows: Sequence[IndexedClass]
    figure: Figure


@long_list(200, _by_index)
def gap_ranking(book: Book, part: ListPart = WHOLE) -> GapRanking:
    """Classes by gap index, furthest behind first; those without enough evidence apart."""
    rows = [_indexed_class(book, *item) for item in part.of(book.entries("gap_ranking"))]
    return GapRanking(
        rows=rows,
        figure=ranking_figure(book, rows, part),
    )


def _indexed_class(book: Book, name: str, found: GapIndex, rank: int | None) -> IndexedClass:
    edition = book.landscape.current.id
    known = [cell for cell in known_cells(book.results, edition) if cell[0] == name]
    grade = usual_grade(book.results, known) if rank else None
    return IndexedClass(book.landscape.equipment[name], rank, found, parts_of(book, edition, name), grade)


def _moves(book: Book) -> list[tuple[str, Move]]:
    """Return every move between levels of classes, each with the edition it came to: the newest, the greatest gain, first."""
    land = book.landscape
    found = []
    for before, now in reversed(list(pairwise(land.report.editions))):
        between = [m for m in moves(land, before.id, now.id) if m.owner in land.equipment and m.is_between_levels]
        between.sort(key=lambda move: (_change(book, move), land.order[move.owner]))
        found += [(now.id, move) for move in between]
    return found


def _change(book: Book, move: Move) -> int:
    before, now = _steps(book, move)
    return now - before


def _steps(book: Book, move: Move) -> list[int]:
    """Return the severity of a point then and now."""
    return [book.landscape.severity(end) or 0 for end in (move.before, move.now)]


class MovementStep(NamedTuple):
    """The points that moved from one edition to the next, and of all points how many moved in which way."""

    id: str
    before: str
    now: str
    rows: Sequence[MovedPoint]
    counts: Sequence[tuple[Movement, int]]
    figure: Figure


@long_list(150, _moves)
def movement(book: Book, part: ListPart = WHOLE) -> Sequence[MovementStep]:
    """Every point of a class whose level moved from an edition to the next, as dots on the gap axis; counts of the rest."""
    editions = list(pairwise(book.landscape.editions))
    listed: Sequence[tuple[str, Move]] = part.of(book.entries("movement"))
    found = [
        _step(book, before, now, [move for edition, move in listed if edition == now], part)
        for before, now in reversed(editions)
    ]
    # Of an edition whose moves stand in other parts nothing is said here.
    return [step for step in found if step.rows or part.is_first]


def _step(book: Book, before: str, now: str, found: Sequence[Move], part: ListPart) -> MovementStep:
    rows = [_moved_point(book, move) for move in found]
    counts = Counter(move.kind for move in moves(book.landscape, before, now) if move.owner != INDUSTRY)
    suffix = "" if now == book.landscape.current.id else f"-{slug(now)}"
    return MovementStep(
        id=f"movement-chart{suffix}",
        before=before,
        now=now,
        rows=rows,
        counts=[(kind, counts[kind]) for kind in MOVEMENT_SIGNS if counts[kind]],
        figure=movement_figure(book, rows, (before, now), suffix, part),
    )


def _moved_point(book: Book, move: Move) -> MovedPoint:
    land = book.landscape
    ends = [end for end in (move.before, move.now) if end]
    return MovedPoint(
        equipment=land.equipment[move.owner],
        dimension=land.dimensions[move.dimension],
        kind=move.kind,
        levels=[land.levels[end.level] for end in ends],
        steps=_steps(book, move),
        why=(move.now and move.now.moved_because) or book.wording.word("movement-no-why"),
        basis=ends[1].basis,
        grade=book.results.confidence[move.owner, move.dimension, ends[1].edition].grade,
    )


def certainty(book: Book) -> Sequence[tuple[Grade, Sequence[Cell]]]:
    """The known levels of the current edition by confidence: what stands firm, and what rests on little."""
    found = book.results.confidence
    cells = known_cells(book.results, book.landscape.current.id)
    firmest_first = sorted(cells, key=lambda cell: found[cell].counter - found[cell].support)
    return [(grade, [cell for cell in firmest_first if found[cell].grade == grade]) for grade in GRADES]
