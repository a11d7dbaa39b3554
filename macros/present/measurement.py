"""Blocks of the page on what is not measured: unpublished quantities, lives of wear parts, unknown levels by dimension."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from macros.derive.tally import (
    Knowledge,
    Segment,
    class_knowledge,
    dimension_knowledge,
    segments,
    unknown_classes,
    unpublished_for,
)
from macros.model.context import Unpublished
from macros.model.equipment import Dimension, EquipmentClass
from macros.present.book import Book


class UnknownRow(NamedTuple):
    """A dimension: what is known over all classes, as a bar too, and the classes recorded as unknown, each with
    the test that would settle it, if one is known.
    """

    dimension: Dimension
    tally: Knowledge
    bars: Sequence[Segment]
    open: Sequence[tuple[EquipmentClass, str | None]]


class UnknownByDimension(NamedTuple):
    rows: Sequence[UnknownRow]
    classes: Sequence[UnmeasuredClass]


def unknown_by_dimension(book: Book) -> UnknownByDimension:
    """For each class dimension what is known, and what would settle the rest; then the classes it matters for."""
    land, edition = book.landscape, book.landscape.current.id
    rows = [
        UnknownRow(
            dimension=land.dimensions[name],
            tally=tally,
            bars=segments({"known": tally.known, "unknown": tally.unknown, "unrecorded": tally.unrecorded}),
            open=[
                (land.equipment[owner], found.would_settle)
                for owner, found in unknown_classes(book.results, name, edition).items()
            ],
        )
        for name, tally in dimension_knowledge(book.results, edition).items()
    ]
    rows.sort(key=lambda row: (row.tally.known, -row.tally.unknown))
    return UnknownByDimension(rows, _classes(book))


class UnmeasuredClass(NamedTuple):
    """A class with the unpublished quantities that matter for it, and what is known of it over all dimensions."""

    equipment: EquipmentClass
    quantities: Sequence[Unpublished]
    tally: Knowledge


def _classes(book: Book) -> list[UnmeasuredClass]:
    """Return the classes that unpublished quantities matter for, with what is known of each."""
    land = book.landscape
    known = class_knowledge(book.results, land.current.id)
    quantities = {q.id: q for q in land.measurement.unpublished}
    return [
        UnmeasuredClass(land.equipment[owner], [quantities[name] for name in names], known[owner])
        for owner, names in unpublished_for(book.results).items()
    ]
