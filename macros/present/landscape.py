"""Blocks of the landscape: the gap matrix with its editions and changes, and the process chain."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, groupby, pairwise
from typing import NamedTuple

from macros.charts.figure import Frame
from macros.derive.gap import GapIndex, Movement
from macros.derive.tally import Move, moves
from macros.model.equipment import EquipmentClass, Stage
from macros.model.method import Level
from macros.model.report import Edition, slug
from macros.present.assessment import DimensionCell, dimension_cell
from macros.present.book import Book
from macros.present.facets import Facet, Property, facets
from macros.present.look import MOVEMENT_SIGNS
from macros.present.pagination import WHOLE, ListPart, long_list
from macros.present.questions import QuestionIndex, nearest_level, parts_of

# Stages in order, each with classes.
Staged = list[tuple[Stage, list[EquipmentClass]]]


def _in_order(book: Book) -> list[EquipmentClass]:
    return [equipment for _, classes in classes_by_stage(book) for equipment in classes]


class GapMatrix(NamedTuple):
    """The matrix of every edition, newest first; a compact one has the newest alone, and nothing to filter or compare."""

    compact: bool
    editions: Sequence[tuple[str, Sequence[tuple[Stage, Sequence[MatrixRow]]]]]
    facets: Sequence[Facet]
    changes: Sequence[MatrixChange]
    frame: Frame


@long_list(200, _in_order, is_filtered=True)
def gap_matrix(book: Book, compact: bool = False, part: ListPart = WHOLE) -> GapMatrix:
    """Levels of every class in every dimension, an edition at a time, newest first, and what changed."""
    land = book.landscape
    editions = [land.current] if compact else list(reversed(land.report.editions))
    shown = [
        (book.landscape.stages[name], list(classes))
        for name, classes in groupby(part.of(book.entries("gap_matrix")), key=lambda equipment: equipment.stage)
    ]
    stages = {
        edition.id: [(stage, [_row(book, equipment, edition) for equipment in classes]) for stage, classes in shown]
        for edition in editions
    }
    newest = [rows for _, rows in stages[land.current.id]]
    return GapMatrix(
        compact=compact,
        editions=list(stages.items()),
        facets=[] if compact else _facets(book, list(chain(*newest))),
        changes=[] if compact else _changes(book, shown),
        frame=_frame(book, newest),
    )


def _frame(book: Book, stages: Sequence[Sequence[MatrixRow]]) -> Frame:
    """Return the newest matrix as others can frame it, as high as its rows and the heads above them."""
    title = book.wording.word("matrix-caption", edition=book.landscape.current.id)
    return Frame("matrix", title, 330 + 26 * sum(map(len, stages)) + 36 * len(stages))


class MatrixRow(NamedTuple):
    """A class with its levels, those that occur in it, and its index."""

    equipment: EquipmentClass
    cells: Sequence[DimensionCell]
    levels: Sequence[str]
    gap_index: GapIndex


def _row(book: Book, equipment: EquipmentClass, edition: Edition) -> MatrixRow:
    cells = [dimension_cell(book, equipment.id, name, edition.id) for name in book.landscape.class_dimensions]
    return MatrixRow(
        equipment=equipment,
        cells=cells,
        levels=_levels_in_order(book, {cell.standing.level.id for cell in cells if cell.standing}),
        gap_index=book.results.class_index[equipment.id, edition.id],
    )


def _levels_in_order(book: Book, levels: set[str]) -> list[str]:
    """Return levels in the order of the scale."""
    return [name for name in book.landscape.levels if name in levels]


def _facets(book: Book, rows: Sequence[MatrixRow]) -> list[Facet]:
    """Return what the rows can be filtered by: their stage, and the levels of the newest edition that stand in them."""
    stages = {name: stage.name for name, stage in book.landscape.stages.items()}
    levels = {name: level.name for name, level in book.landscape.levels.items()}
    return facets(
        rows,
        Property("stage", book.wording.word("filter-stage"), "menu", lambda row: [row.equipment.stage], stages),
        Property("level", book.wording.word("filter-level"), "boxes", lambda row: row.levels, levels),
    )


class MatrixChange(NamedTuple):
    """What changed from one edition to another, and the ways in which it did."""

    id: str
    before: str
    now: str
    stages: Sequence[tuple[Stage, Sequence[ChangedRow]]]
    movements: Sequence[Movement]


def _changes(book: Book, shown: Staged) -> list[MatrixChange]:
    """Return what changed since the baseline and, of more than two editions, from each to the next, newest first."""
    land = book.landscape
    editions = list(land.editions)
    spans = dict.fromkeys([(land.baseline.id, land.current.id), *reversed(list(pairwise(editions)))])
    return [_change_of(book, shown, *span) for span in spans if span[0] != span[1]]


def _change_of(book: Book, shown: Staged, before: str, now: str) -> MatrixChange:
    land = book.landscape
    found = {(move.owner, move.dimension): move for move in moves(land, before, now) if move.owner in land.equipment}
    kinds = {move.kind for move in found.values()}
    stages = [(stage, [_changed_row(book, equipment, found) for equipment in classes]) for stage, classes in shown]
    return MatrixChange(
        id="change" if (before, now) == (land.baseline.id, land.current.id) else f"change-{slug(now)}",
        before=before,
        now=now,
        stages=stages,
        movements=[kind for kind in MOVEMENT_SIGNS if kind in kinds],
    )


class ChangedRow(NamedTuple):
    """A class with what changed in each dimension, and the levels it has now where something is recorded."""

    equipment: EquipmentClass
    cells: Sequence[ChangeCell]
    levels: Sequence[str]


def _changed_row(book: Book, equipment: EquipmentClass, found: dict[tuple[str, str], Move]) -> ChangedRow:
    land = book.landscape
    cells = [_change(book, dimension, found.get((equipment.id, dimension))) for dimension in land.class_dimensions]
    return ChangedRow(
        equipment=equipment,
        cells=cells,
        levels=_levels_in_order(book, {cell.now.id for cell in cells if cell.kind}),
    )


class ChangeCell(NamedTuple):
    """The levels of a point then and now, unknown where there is no record; no kind where there is none at either edition."""

    kind: Movement | None
    before: Level
    now: Level
    dimension: str


def _change(book: Book, dimension: str, move: Move | None) -> ChangeCell:
    land = book.landscape
    ends = (move.before, move.now) if move else (None, None)
    levels = [land.levels[end.level if end else land.method.unknown] for end in ends]
    return ChangeCell(kind=move.kind if move else None, before=levels[0], now=levels[1], dimension=dimension)


def classes_by_stage(book: Book) -> Staged:
    """Return the stages in order, each with its classes in process order; empty stages are left out."""
    land = book.landscape
    pairs = [(stage, [e for e in land.equipment.values() if e.stage == stage.id]) for stage in land.stages.values()]
    return [(stage, classes) for stage, classes in pairs if classes]


class ChainStage(NamedTuple):
    """A stage of the process; `is_route`: what is made passes through it."""

    stage: Stage
    classes: Sequence[ChainClass]
    is_route: bool


def process_chain(book: Book) -> Sequence[ChainStage]:
    """The classes in process order by stage, each with its answer to every question."""
    return [
        ChainStage(
            stage=stage,
            classes=[_link(book, equipment) for equipment in classes],
            is_route=any(equipment.feeds for equipment in classes),
        )
        for stage, classes in classes_by_stage(book)
    ]


class ChainClass(NamedTuple):
    """A class in the chain, in the colour of the level nearest to its index, with what the index is made of."""

    equipment: EquipmentClass
    level: Level
    parts: Sequence[QuestionIndex]


def _link(book: Book, equipment: EquipmentClass) -> ChainClass:
    edition = book.landscape.current.id
    level = nearest_level(book, book.results.class_index[equipment.id, edition].shown)
    return ChainClass(equipment, level, parts_of(book, edition, equipment.id))
