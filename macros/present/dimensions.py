"""Blocks of the dimension pages: the answer so far, class by class, and the list of all dimensions."""

from __future__ import annotations

from typing import Any

from macros.derive.tally import level_spread, segments
from macros.landscape import INDUSTRY
from macros.model.equipment import Dimension, EquipmentClass
from macros.model.report import Edition
from macros.present.assessment import card, index_view, moved, newest_first, opening, standing
from macros.present.benchmarks import benchmark_view
from macros.present.book import Book


def dimension_summary(book: Book, record: Dimension) -> dict[str, Any]:
    """What a dimension asks, and how far it is answered: by class with its index, or for the industry as a whole."""
    editions = newest_first(book)
    is_class = record.scope == "class"
    return {
        "dimension": record,
        "is_class": is_class,
        "indices": [index_view(book, e, book.results.dimension_index[record.id, e.id]) for e in editions]
        if is_class
        else [],
        "spreads": [_spread(book, record, edition) for edition in editions] if is_class else [],
        "classes": len(book.landscape.equipment),
        "minimum": book.landscape.method.coverage_minimum,
        "card": None if is_class else card(book, INDUSTRY, record.id),
    }


def _spread(book: Book, record: Dimension, edition: Edition) -> dict[str, Any]:
    """Return one bar: the classes by level, those without a record last."""
    levels = book.landscape.levels
    parts = segments(level_spread(book.results, record.id, edition.id))
    return {
        "edition": edition,
        "segments": [{"level": levels[part.key] if part.key else None, "part": part} for part in parts],
    }


def dimension_levels(book: Book, record: Dimension) -> dict[str, Any]:
    """Every class with its level at each edition, the industry as a whole, and what was measured in this dimension."""
    land = book.landscape
    is_class = record.scope == "class"
    rows = [_row(book, record, equipment) for equipment in land.equipment.values()] if is_class else []
    measured = [benchmark_view(book, owner, b) for owner, b in land.benchmarks.values() if b.dimension == record.id]
    return {
        "dimension": record,
        "is_class": is_class,
        "editions": newest_first(book),
        "rows": [row for row in rows if row["reason"]],
        "unrecorded": [row["equipment"] for row in rows if not row["reason"]],
        "card": card(book, INDUSTRY, record.id) if is_class else None,
        "measured": [view for view in measured if view["owner"] is None],
        "measured_elsewhere": [view for view in measured if view["owner"] is not None],
    }


def _row(book: Book, record: Dimension, equipment: EquipmentClass) -> dict[str, Any]:
    """Return one class with its levels, newest edition first, and the opening of its newest reason."""
    land = book.landscape
    cells = [(equipment.id, record.id, edition.id) for edition in newest_first(book)]
    newest = next((land.cells[cell] for cell in cells if cell in land.cells), None)
    return {
        "equipment": equipment,
        "cells": [{"standing": standing(book, cell), "order": _order(book, cell)} for cell in cells],
        "movement": moved(book, equipment.id, record.id),
        "reason": opening(newest.reason) if newest else None,
    }


def _order(book: Book, cell: tuple[str, str, str]) -> int:
    """Return what a cell sorts by: its severity, then what is not known, then what has no record."""
    land = book.landscape
    severity = book.results.severity(*cell)
    least = min(level.severity for level in land.levels.values() if level.severity is not None)
    return severity if severity is not None else least - (1 if cell in land.cells else 2)


def dimension_index(book: Book) -> dict[str, Any]:
    """All dimensions with what is known of them now: over the classes, or for the industry as a whole."""
    dimensions = book.landscape.dimensions.values()
    return {
        "edition": book.landscape.current.id,
        "classes": [_answered(book, dimension) for dimension in dimensions if dimension.scope == "class"],
        "industry": [
            {"dimension": dimension, "standing": standing(book, (INDUSTRY, dimension.id, book.landscape.current.id))}
            for dimension in dimensions
            if dimension.scope == "industry"
        ],
    }


def _answered(book: Book, dimension: Dimension) -> dict[str, Any]:
    """Return index and counts of a class dimension at the current edition."""
    land = book.landscape
    spread = level_spread(book.results, dimension.id, land.current.id)
    unknown, unrecorded = spread[land.method.unknown], spread[None]
    return {
        "dimension": dimension,
        "index": index_view(book, land.current, book.results.dimension_index[dimension.id, land.current.id]),
        "known": sum(spread.values()) - unknown - unrecorded,
        "unknown": unknown,
        "unrecorded": unrecorded,
    }


MACROS = (dimension_summary, dimension_levels, dimension_index)
