"""Blocks of the gap page: ranking by index, movement between the editions, most and least certain levels."""

from __future__ import annotations

from typing import Any

from macros.derive.gap import GapIndex
from macros.derive.tally import GRADES, class_movements, grade_counts, known_cells
from macros.present.book import Book
from macros.present.gap_figures import movement_figure, ranking_figure
from macros.present.landscape import MOVEMENT_SIGNS
from macros.present.parts import WHOLE, ListPart, long_list


def _by_index(book: Book) -> list[tuple[str, GapIndex, int | None]]:
    """Return the classes with index and rank, furthest behind first; then those without enough evidence, without a rank."""
    edition = book.landscape.current.id
    indices = {name: book.results.class_index[name, edition] for name in book.landscape.equipment}
    shown = [(name, found) for name, found in indices.items() if found.is_shown and found.value is not None]
    shown.sort(key=lambda pair: (-pair[1].value, -pair[1].coverage))
    others = [pair for pair in sorted(indices.items(), key=lambda pair: -pair[1].coverage) if not pair[1].is_shown]
    ranks: dict[Any, int] = {}
    for rank, (_, found) in enumerate(shown, start=1):
        ranks.setdefault(found.value, rank)  # equal values share the first of their ranks
    return [(name, found, ranks[found.value]) for name, found in shown] + [(*pair, None) for pair in others]


@long_list("gap", 200, _by_index)
def gap_ranking(book: Book, part: ListPart = WHOLE) -> dict[str, Any]:
    """Classes by gap index, furthest behind first; those without enough evidence apart."""
    listed = part.of(book.entries("gap_ranking"))
    view = {
        "edition": book.landscape.current.id,
        "rows": [_ranked(book, rank, name, found) for name, found, rank in listed if rank],
        "unranked": [
            {
                "equipment": book.landscape.equipment[name],
                "coverage": found.coverage,
                "known": found.known,
                "of": found.of,
            }
            for name, found, rank in listed
            if not rank
        ],
        "minimum": book.landscape.method.coverage_minimum,
    }
    return {**view, "figure": ranking_figure(book, view, part)}


def _ranked(book: Book, number: int, name: str, found: GapIndex) -> dict[str, Any]:
    return {
        "number": number,
        "equipment": book.landscape.equipment[name],
        "value": book.wording.number(found.value, 1),
        "side": "imported" if found.value > 0 else "domestic",
        "index": float(found.value or 0),
        "coverage": found.coverage,
        "known": found.known,
        "of": found.of,
    }


def _moves(book: Book) -> list[tuple[str, str, str]]:
    """Return class, dimension and kind of every move, the greatest toward the domestic side first."""
    land, results = book.landscape, book.results
    moves = [
        (owner, dimension, kind)
        for (owner, dimension), kind in results.movement.items()
        if owner in land.equipment and kind in ("closed", "narrowed", "widened", "reversed")
    ]
    order = {name: at for at, name in enumerate(land.equipment)}
    return sorted(moves, key=lambda move: (_change(book, *move[:2]), order[move[0]]))


def _change(book: Book, owner: str, dimension: str) -> int:
    before, now = _steps(book, owner, dimension)
    return now - before


def _steps(book: Book, owner: str, dimension: str) -> list[int]:
    """Return the severity of a point then and now."""
    land = book.landscape
    return [book.results.severity(owner, dimension, edition.id) or 0 for edition in (land.baseline, land.current)]


@long_list("gap", 150, _moves)
def movement(book: Book, part: ListPart = WHOLE) -> dict[str, Any]:
    """Every point of a class whose level is known at both editions and moved, as dots on the gap axis; counts of the rest."""
    land = book.landscape
    before, now = land.baseline.id, land.current.id
    rows = [_moved(book, *move) for move in part.of(book.entries("movement"))]
    counts = class_movements(book.results)
    view = {
        "before": before,
        "now": now,
        "rows": rows,
        "counts": [(kind, MOVEMENT_SIGNS[kind], counts[kind]) for kind in MOVEMENT_SIGNS if counts[kind]],
    }
    return {**view, "figure": movement_figure(book, view, part)}


def _moved(book: Book, owner: str, dimension: str, kind: str) -> dict[str, Any]:
    land = book.landscape
    cells = [(owner, dimension, edition.id) for edition in (land.baseline, land.current)]
    steps = _steps(book, owner, dimension)
    return {
        "equipment": land.equipment[owner],
        "dimension": land.dimensions[dimension],
        "kind": kind,
        "sign": MOVEMENT_SIGNS[kind],
        "levels": [land.levels[land.cells[cell].level] for cell in cells],
        "steps": steps,
        "why": _why(book, owner, dimension),
        "grade": book.results.confidence[cells[1]].grade,
    }


def _why(book: Book, owner: str, dimension: str) -> str:
    """Return the reasons given for every move since the baseline; where an edition between knew no level, none is recorded."""
    land = book.landscape
    given = [found.moved_because for e in land.report.editions if (found := land.cells.get((owner, dimension, e.id)))]
    return " ".join(reason for reason in given if reason) or book.wording.word("movement-no-why")


def certainty(book: Book) -> dict[str, Any]:
    """The known levels of the current edition by confidence: what stands firm, and what rests on little."""
    cells = known_cells(book.results, book.landscape.current.id)
    ordered = sorted(
        cells, key=lambda cell: -(book.results.confidence[cell].support - book.results.confidence[cell].counter)
    )
    counts = grade_counts(book.results, cells)
    return {
        "groups": [
            {
                "grade": grade,
                "count": counts[grade],
                "rows": [_certain(book, cell) for cell in ordered if book.results.confidence[cell].grade == grade],
            }
            for grade in GRADES
        ],
        "edition": book.landscape.current.id,
    }


def _certain(book: Book, cell: tuple[str, str, str]) -> dict[str, Any]:
    land, found = book.landscape, book.results.confidence[cell]
    return {
        "equipment": land.equipment[cell[0]],
        "dimension": land.dimensions[cell[1]],
        "level": land.levels[land.cells[cell].level],
        "support": book.wording.number(found.support, 2),
        "counter": book.wording.number(found.counter, 2),
        "publishers": found.publishers,
    }


MACROS = (gap_ranking, movement, certainty)
