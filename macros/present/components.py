"""Block of the components of a class: what is inside it, and what contains it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from macros.derive.components import holders_of, led_by_imports, parts_inside
from macros.derive.gap import GapIndex
from macros.model.equipment import EquipmentClass
from macros.present.assessment import (
    DimensionCell,
    dimension_cell,
)
from macros.present.book import Book


class ClassComponents(NamedTuple):
    """The neighbours of a class; `hidden` counts the components inside it in which imports lead."""

    kind: str
    imports_lead: bool
    inside: Sequence[PartView]
    hidden: int
    containers: Sequence[PartView]


def class_components(book: Book, record: EquipmentClass) -> ClassComponents:
    """What is inside the class, and which classes contain it."""
    land = book.landscape
    inside = [_part(book, *way) for way in parts_inside(record.id, land).items()]
    return ClassComponents(
        kind=record.kind,
        imports_lead=bool(led_by_imports(record.id, book.results)),
        inside=inside,
        hidden=sum(part.imports_lead for part in inside),
        containers=[_part(book, *way) for way in holders_of(record.id, land).items()],
    )


class PartView(NamedTuple):
    """A class inside or around another one; `within` is the class between, if there is one."""

    equipment: EquipmentClass
    within: str | None
    imports_lead: bool
    gap_index: GapIndex
    known: Sequence[DimensionCell]


def _part(book: Book, name: str, within: str | None) -> PartView:
    """Return a class with its index and its known levels now, furthest behind first, and whether imports lead in it."""
    land = book.landscape
    cells = [dimension_cell(book, name, dimension, land.current.id) for dimension in land.class_dimensions]
    known = [
        (cell.standing.level.severity, cell)
        for cell in cells
        if cell.standing and cell.standing.level.severity is not None
    ]
    return PartView(
        equipment=land.equipment[name],
        within=within,
        imports_lead=bool(led_by_imports(name, book.results)),
        gap_index=book.results.class_index[name, land.current.id],
        known=[cell for _, cell in sorted(known, key=lambda pair: -pair[0])],
    )
