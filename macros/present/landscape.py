"""Blocks of the landscape: the gap matrix with its editions and changes, and the process chain."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from macros.charts.frame import Frame
from macros.model.equipment import EquipmentClass
from macros.model.report import Edition
from macros.present.book import Book
from macros.present.parts import WHOLE, ListPart, long_list

# Stages in order, each with classes.
Staged = list[tuple[Any, list[EquipmentClass]]]
MOVEMENT_SIGNS = {
    "closed": "✓",
    "narrowed": "↑",
    "unchanged": "→",
    "widened": "↓",
    "reversed": "⇅",
    "newly-known": "+",
    "no-longer-known": "−",
    "unknown": "?",
}


def _in_order(book: Book) -> list[EquipmentClass]:
    return [equipment for _, classes in classes_by_stage(book) for equipment in classes]


@long_list("landscape", 200, _in_order, is_filtered=True)
def gap_matrix(book: Book, compact: bool = False, part: ListPart = WHOLE) -> dict[str, Any]:
    """Levels of every class in every dimension, an edition at a time, newest first, and what changed."""
    land = book.landscape
    editions = [land.current] if compact else list(reversed(land.report.editions))
    shown = [
        (book.landscape.stages[name], list(classes))
        for name, classes in groupby(part.of(book.entries("gap_matrix")), key=lambda equipment: equipment.stage)
    ]
    groups = [{"id": edition.id, "stages": _stages(book, edition, shown)} for edition in editions]
    return {
        "compact": compact,
        "levels": list(land.levels.values()),
        "dimensions": [land.dimensions[name] for name in land.class_dimensions],
        "editions": groups,
        "facets": [] if compact else _facets(book, groups[0]["stages"]),
        "changes": [] if compact else _changes(book, shown),
        "movements": [(kind, MOVEMENT_SIGNS[kind]) for kind in MOVEMENT_SIGNS],
        "baseline": land.baseline.id,
        "current": land.current.id,
        "lang": land.report.home_market.language,
        "facts": len(land.facts),
        "date": land.current.date,
        "frame": _frame(book, groups[0]["stages"]),
    }


def _frame(book: Book, stages: list[dict[str, Any]]) -> Frame:
    """Return the newest matrix as others can frame it, as high as its rows and the heads above them."""
    rows = sum(len(group["rows"]) for group in stages)
    title = book.wording.word("matrix-caption", edition=book.landscape.current.id)
    return Frame("matrix", title, 330 + 26 * rows + 36 * len(stages))


def _stages(book: Book, edition: Edition, shown: Staged) -> list[dict[str, Any]]:
    return [
        {"stage": stage, "rows": [_row(book, equipment, edition) for equipment in classes]} for stage, classes in shown
    ]


def _row(book: Book, equipment: EquipmentClass, edition: Edition) -> dict[str, Any]:
    found = book.results.class_index[equipment.id, edition.id]
    cells = [_cell(book, (equipment.id, dimension, edition.id)) for dimension in book.landscape.class_dimensions]
    return {
        "equipment": equipment,
        "cells": cells,
        "levels": _found(book, {cell["level"].id for cell in cells if cell["level"]}),
        "index": book.wording.number(found.value, 1) if found.is_shown and found.value is not None else None,
    }


def _found(book: Book, levels: set[str]) -> list[str]:
    """Return levels in the order of the scale."""
    return [name for name in book.landscape.levels if name in levels]


def _facets(book: Book, stages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what the rows can be filtered by: their stage, and the levels of the newest edition that stand in them."""
    rows = [row for group in stages for row in group["rows"]]
    of_stages = [{"value": group["stage"].id, "name": group["stage"].name, "n": len(group["rows"])} for group in stages]
    of_levels = [
        {"value": level.id, "name": level.name, "n": sum(level.id in row["levels"] for row in rows)}
        for level in book.landscape.levels.values()
    ]
    return [
        {"name": "stage", "form": "list", "options": of_stages},
        {"name": "level", "form": "boxes", "options": [option for option in of_levels if option["n"]]},
    ]


def _cell(book: Book, cell: tuple[str, str, str]) -> dict[str, Any]:
    land = book.landscape
    assessment = land.cells.get(cell)
    if assessment is None:
        return {"level": None, "dimension": cell[1]}
    known = assessment.level != land.method.unknown
    grade = book.results.confidence[cell].grade if known else None
    return {"level": land.levels[assessment.level], "grade": grade, "dimension": cell[1]}


def _changes(book: Book, shown: Staged) -> list[dict[str, Any]]:
    return [{"stage": stage, "rows": [_changed(book, equipment) for equipment in classes]} for stage, classes in shown]


def _changed(book: Book, equipment: EquipmentClass) -> dict[str, Any]:
    cells = [_change(book, equipment.id, dimension) for dimension in book.landscape.class_dimensions]
    return {
        "equipment": equipment,
        "cells": cells,
        "levels": _found(book, {cell["now"].id for cell in cells if cell["kind"]}),
    }


def _change(book: Book, owner: str, dimension: str) -> dict[str, Any]:
    land = book.landscape
    kind = book.results.movement.get((owner, dimension))
    ends = [land.cells.get((owner, dimension, edition.id)) for edition in (land.baseline, land.current)]
    levels = [land.levels[end.level if end else land.method.unknown] for end in ends]
    return {"kind": kind, "before": levels[0], "now": levels[1], "dimension": dimension}


def classes_by_stage(book: Book) -> Staged:
    """Return the stages in order, each with its classes in process order; empty stages are left out."""
    land = book.landscape
    pairs = [(stage, [e for e in land.equipment.values() if e.stage == stage.id]) for stage in land.stages.values()]
    return [(stage, classes) for stage, classes in pairs if classes]


def process_chain(book: Book) -> dict[str, Any]:
    """The classes in process order by stage, each with its gap index and what it feeds."""
    land = book.landscape
    return {
        "stages": [
            {
                "stage": stage,
                "classes": [_link(book, equipment) for equipment in classes],
                "is_route": any(equipment.feeds for equipment in classes),
            }
            for stage, classes in classes_by_stage(book)
        ],
        "edition": land.current.id,
        "lang": land.report.home_market.language,
    }


def _link(book: Book, equipment: EquipmentClass) -> dict[str, Any]:
    found = book.results.class_index[equipment.id, book.landscape.current.id]
    shown = found.is_shown and found.value is not None
    return {
        "equipment": equipment,
        "level": nearest_level(book, found.value if shown else None),
        "index": book.wording.number(found.value, 1) if shown else None,
        "known": found.known,
        "of": found.of,
    }


def nearest_level(book: Book, value: float | None) -> Any:
    """Return the level whose severity is nearest to an index; of two equally near the one that is further behind."""
    land = book.landscape
    if value is None:
        return land.levels[land.method.unknown]
    steps = [level for level in land.levels.values() if level.severity is not None]
    return min(steps, key=lambda level: (abs(level.severity - value), -level.severity))


MACROS = (gap_matrix, process_chain)
