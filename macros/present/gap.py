"""Blocks of the gap page: ranking by index, movement between the editions, most and least certain levels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from macros.charts.figure import Figure
from macros.derive.gap import GapIndex, Movement
from macros.derive.levels import Cell
from macros.derive.tally import GRADES, class_movements, grade_counts, known_cells, usual_grade
from macros.model.base import Grade
from macros.model.equipment import Dimension, EquipmentClass, Question
from macros.model.method import Level
from macros.present.book import Book
from macros.present.gap_figures import MovedPoint, RankedClass, UnrankedClass, movement_figure, ranking_figure
from macros.present.index_parts import parts_of
from macros.present.landscape import MOVEMENT_SIGNS
from macros.present.pagination import WHOLE, ListPart, long_list


class Indexed(NamedTuple):
    """A class with its index; no rank where coverage does not suffice."""

    name: str
    found: GapIndex
    rank: int | None


def _by_index(book: Book) -> list[Indexed]:
    """Return the classes with index and rank, furthest behind first; then those without enough evidence, without a rank."""
    edition = book.landscape.current.id
    indices = {name: book.results.class_index[name, edition] for name in book.landscape.equipment}
    shown = [(name, found) for name, found in indices.items() if found.is_shown and found.value is not None]
    shown.sort(key=lambda pair: (-(pair[1].value or 0), -pair[1].coverage))
    others = [pair for pair in sorted(indices.items(), key=lambda pair: -pair[1].coverage) if not pair[1].is_shown]
    ranks: dict[float | None, int] = {}
    for rank, (_, found) in enumerate(shown, start=1):
        ranks.setdefault(found.value, rank)  # equal values share the first of their ranks
    ranked = [Indexed(name, found, ranks[found.value]) for name, found in shown]
    return ranked + [Indexed(name, found, None) for name, found in others]


class GapRanking(NamedTuple):
    edition: str
    rows: Sequence[RankedClass]
    unranked: Sequence[UnrankedClass]
    minimum: float
    questions: Sequence[Question]
    figure: Figure


@long_list("gap", 200, _by_index)
def gap_ranking(book: Book, part: ListPart = WHOLE) -> GapRanking:
    """Classes by gap index, furthest behind first; those without enough evidence apart."""
    listed: Sequence[Indexed] = part.of(book.entries("gap_ranking"))
    rows = [_ranked(book, item.rank, item.name, item.found) for item in listed if item.rank]
    unranked = [_unranked(book, item.name, item.found) for item in listed if not item.rank]
    return GapRanking(
        edition=book.landscape.current.id,
        rows=rows,
        unranked=unranked,
        minimum=book.landscape.method.coverage_minimum,
        questions=book.landscape.questions,
        figure=ranking_figure(book, rows, unranked, part),
    )


def _ranked(book: Book, number: int, name: str, found: GapIndex) -> RankedClass:
    value = found.value or 0.0
    return RankedClass(
        number=number,
        equipment=book.landscape.equipment[name],
        value=book.wording.number(value, 1),
        side="imported" if value > 0 else "domestic",
        gap_index=float(value),
        coverage=found.coverage,
        known=found.known,
        of=found.of,
        parts=parts_of(book, book.landscape.current.id, name),
        grade=usual_grade(
            book.results, [c for c in known_cells(book.results, book.landscape.current.id) if c[0] == name]
        ),
    )


def _unranked(book: Book, name: str, found: GapIndex) -> UnrankedClass:
    parts = parts_of(book, book.landscape.current.id, name)
    return UnrankedClass(book.landscape.equipment[name], found.coverage, found.known, found.of, parts)


def _moves(book: Book) -> list[tuple[str, str, Movement]]:
    """Return class, dimension and kind of every move, the greatest toward the domestic side first."""
    land, results = book.landscape, book.results
    moves: list[tuple[str, str, Movement]] = [
        (owner, dimension, kind)
        for (owner, dimension), kind in results.movement.items()
        if owner in land.equipment and kind in ("closed", "narrowed", "widened", "reversed")
    ]
    return sorted(moves, key=lambda move: (_change(book, move[0], move[1]), land.order[move[0]]))


def _change(book: Book, owner: str, dimension: str) -> int:
    before, now = _steps(book, owner, dimension)
    return now - before


def _steps(book: Book, owner: str, dimension: str) -> list[int]:
    """Return the severity of a point then and now."""
    land = book.landscape
    return [book.results.severity(owner, dimension, edition.id) or 0 for edition in (land.baseline, land.current)]


class Movements(NamedTuple):
    """The points that moved between two editions, and of all points how many moved in which way, with its sign."""

    before: str
    now: str
    rows: Sequence[MovedPoint]
    counts: Sequence[tuple[Movement, str, int]]
    figure: Figure


@long_list("gap", 150, _moves)
def movement(book: Book, part: ListPart = WHOLE) -> Movements:
    """Every point of a class whose level is known at both editions and moved, as dots on the gap axis; counts of the rest."""
    rows = [_moved(book, *move) for move in part.of(book.entries("movement"))]
    counts = class_movements(book.results)
    return Movements(
        before=book.landscape.baseline.id,
        now=book.landscape.current.id,
        rows=rows,
        counts=[(kind, MOVEMENT_SIGNS[kind], counts[kind]) for kind in MOVEMENT_SIGNS if counts[kind]],
        figure=movement_figure(book, rows, part),
    )


def _moved(book: Book, owner: str, dimension: str, kind: Movement) -> MovedPoint:
    land = book.landscape
    cells = [(owner, dimension, edition.id) for edition in (land.baseline, land.current)]
    steps = _steps(book, owner, dimension)
    return MovedPoint(
        equipment=land.equipment[owner],
        dimension=land.dimensions[dimension],
        kind=kind,
        sign=MOVEMENT_SIGNS[kind],
        levels=[land.levels[land.cells[cell].level] for cell in cells],
        steps=steps,
        why=_why(book, owner, dimension),
        basis=land.cells[cells[1]].basis,
        grade=book.results.confidence[cells[1]].grade,
    )


def _why(book: Book, owner: str, dimension: str) -> str:
    """Return the reasons given for every move since the baseline; where an edition between knew no level, none is recorded."""
    land = book.landscape
    given = [found.moved_because for e in land.report.editions if (found := land.cells.get((owner, dimension, e.id)))]
    return " ".join(reason for reason in given if reason) or book.wording.word("movement-no-why")


class GradeGroup(NamedTuple):
    """The known levels of one grade of confidence, the firmest first."""

    grade: Grade
    n: int
    rows: Sequence[CertainLevel]


class Certainty(NamedTuple):
    groups: Sequence[GradeGroup]
    edition: str


def certainty(book: Book) -> Certainty:
    """The known levels of the current edition by confidence: what stands firm, and what rests on little."""
    cells = known_cells(book.results, book.landscape.current.id)
    ordered = sorted(
        cells, key=lambda cell: -(book.results.confidence[cell].support - book.results.confidence[cell].counter)
    )
    counts = grade_counts(book.results, cells)
    return Certainty(
        groups=[
            GradeGroup(
                grade=grade,
                n=counts[grade],
                rows=[_certain(book, cell) for cell in ordered if book.results.confidence[cell].grade == grade],
            )
            for grade in GRADES
        ],
        edition=book.landscape.current.id,
    )


class CertainLevel(NamedTuple):
    """A known level with the sum behind its confidence."""

    equipment: EquipmentClass
    dimension: Dimension
    level: Level
    support: str
    counter: str
    publishers: int


def _certain(book: Book, cell: Cell) -> CertainLevel:
    land, found = book.landscape, book.results.confidence[cell]
    return CertainLevel(
        equipment=land.equipment[cell[0]],
        dimension=land.dimensions[cell[1]],
        level=land.levels[land.cells[cell].level],
        support=book.wording.number(found.support, 2),
        counter=book.wording.number(found.counter, 2),
        publishers=found.publishers,
    )


MACROS = (gap_ranking, movement, certainty)
