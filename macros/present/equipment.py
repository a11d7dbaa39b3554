"""Blocks of the pages of equipment classes: verdict, dimensions, measurements, makers, parts, proposals and facts."""

from __future__ import annotations

from typing import Any

from macros.derive.components import holders_of, led_by_imports, parts_inside
from macros.model.equipment import EquipmentClass, ValueShare
from macros.model.supplier import Makes, Supplier
from macros.present import market
from macros.present.assessment import card, cited, index_view, newest_first, standing
from macros.present.benchmarks import SIDES, benchmark_view, spec_view
from macros.present.book import Book
from macros.present.references import pieces, references
from macros.present.suppliers import local_language

_PERCENT = "%"
_PARTIES = (*SIDES, "in-house", "unplaced")


def class_verdict(book: Book, record: EquipmentClass) -> dict[str, Any]:
    """Where the class stands: index with coverage, all its levels then and now, what it is and what it costs."""
    land = book.landscape
    editions = newest_first(book)
    now, *before = [index_view(book, edition, book.results.class_index[record.id, edition.id]) for edition in editions]
    return {
        "equipment": record,
        "stage": land.stages[record.stage],
        "near": _near(book, record),
        "lang": land.report.home_market.language,
        "now": now,
        "indices": [*([now] if now["value"] else []), *before],
        "minimum": land.method.coverage_minimum,
        "value_share": _value_share(book, record.value_share),
        "dimensions": [land.dimensions[name] for name in land.class_dimensions],
        "rows": [
            {"edition": edition, "cells": [_cell(book, record.id, name, edition.id) for name in land.class_dimensions]}
            for edition in editions
        ],
        "levels": list(land.levels.values()),
    }


def _near(book: Book, record: EquipmentClass) -> dict[str, Any]:
    """Return where a reader can go from here: the classes before, after and around it, and how much is told of it below."""
    land = book.landscape
    return {
        "before": land.fed_by[record.id],
        "after": [land.equipment[name] for name in record.feeds],
        "around": [land.equipment[name] for name in land.containers[record.id]],
        "makers": len(land.makers[record.id]),
        "proposals": len(land.helping[record.id]),
        "facts": len(land.facts_at[record.id]),
    }


def _cell(book: Book, owner: str, dimension: str, edition: str) -> dict[str, Any]:
    return {"dimension": book.landscape.dimensions[dimension], "standing": standing(book, (owner, dimension, edition))}


def _value_share(book: Book, share: ValueShare | None) -> dict[str, Any] | None:
    if share is None:
        return None
    value = share.low if share.low == share.high else (share.low, share.high)
    return {
        "figure": book.wording.figure(value, _PERCENT),
        "of": share.of,
        "scope": share.scope,
        "facts": references(book, share.evidence),
    }


def class_dimensions(book: Book, record: EquipmentClass) -> dict[str, Any]:
    """The assessment cards of the class in the order of the dimensions, and the dimensions without any record."""
    land = book.landscape
    cards = {name: card(book, record.id, name) for name in land.class_dimensions}
    return {
        "cards": [found for found in cards.values() if found],
        "unrecorded": [land.dimensions[name] for name, found in cards.items() if not found],
        "path": land.places["equipment", record.id].path,
    }


def class_benchmarks(book: Book, record: EquipmentClass) -> dict[str, Any]:
    """What was measured on both sides, and figures of one side only."""
    return {
        "benchmarks": [benchmark_view(book, record.id, benchmark) for benchmark in record.benchmarks],
        "specs": [spec_view(book, spec) for spec in record.specs],
    }


def class_series(book: Book, record: EquipmentClass) -> dict[str, Any]:
    """The series of the class as charts."""
    return {"series": [market.series_view(book, item) for item in book.landscape.series_of[record.id]]}


def class_suppliers(book: Book, record: EquipmentClass) -> dict[str, Any]:
    """Who is named with the class: domestic and imported makers side by side, then makers for their own use."""
    land = book.landscape
    named = land.makers[record.id]
    groups = {party: [_maker(book, *pair) for pair in named if _party(book, pair[0]) == party] for party in _PARTIES}
    return {
        "groups": [{"party": party, "makers": makers} for party, makers in groups.items() if makers or party in SIDES],
        "lang": land.report.home_market.language,
    }


def _party(book: Book, supplier: Supplier) -> str:
    """Return the group of a supplier: its side, unless it builds for itself or its side is not known."""
    if supplier.status == "in-house":
        return supplier.status
    return book.landscape.side(supplier) or "unplaced"


def _maker(book: Book, supplier: Supplier, makes: Makes) -> dict[str, Any]:
    return {
        "supplier": supplier,
        "side": book.landscape.side(supplier),
        "lang": local_language(book, supplier),
        "role": makes.role,
        "note": pieces(book, makes.note),
        "facts": references(book, makes.evidence),
    }


def class_components(book: Book, record: EquipmentClass) -> dict[str, Any]:
    """What is inside the class, which classes contain it, and what comes before and after it."""
    land = book.landscape
    inside = [_part(book, *way) for way in parts_inside(record.id, land).items()]
    return {
        "kind": record.kind,
        "imports_lead": bool(led_by_imports(record.id, book.results)),
        "inside": inside,
        "hidden": sum(part["imports_lead"] for part in inside),
        "containers": [_part(book, *way) for way in holders_of(record.id, land).items()],
        "before": land.fed_by[record.id],
        "after": [land.equipment[name] for name in record.feeds],
        "edition": land.current.id,
        "lang": land.report.home_market.language,
    }


def _part(book: Book, name: str, within: str | None) -> dict[str, Any]:
    """Return a class with its index and its known levels now, furthest behind first, and whether imports lead in it."""
    land = book.landscape
    cells = [_cell(book, name, dimension, land.current.id) for dimension in land.class_dimensions]
    known = [cell for cell in cells if cell["standing"] and cell["standing"]["level"].severity is not None]
    return {
        "equipment": land.equipment[name],
        "within": within,
        "imports_lead": bool(led_by_imports(name, book.results)),
        "index": index_view(book, land.current, book.results.class_index[name, land.current.id]),
        "known": sorted(known, key=lambda cell: -cell["standing"]["level"].severity),
    }


def class_priorities(book: Book, record: EquipmentClass) -> dict[str, Any]:
    """The proposals that name the class, best ranked first, with what they answer."""
    land = book.landscape
    preset = land.method.presets[0]
    scores = [book.results.scores[preset.id, priority.id] for priority in land.helping[record.id]]
    ranked = [
        (item.rank, land.priorities[item.priority])
        for item in sorted(scores, key=lambda item: (item.rank, item.priority))
    ]
    return {
        "preset": preset,
        "equipment": record.id,
        "of": len(land.priorities),
        "priorities": [
            {
                "rank": rank,
                "priority": priority,
                "cells": [
                    _cell(book, record.id, name, land.current.id)
                    for name in priority.dimensions
                    if name in land.class_dimensions
                ],
            }
            for rank, priority in ranked
        ],
    }


def class_metrics(book: Book, record: EquipmentClass) -> dict[str, Any]:
    """The usual performance figures of the class, what usually goes wrong, and how many figures are on record."""
    land = book.landscape
    facts = land.facts_at[record.id]
    return {
        "metrics": record.key_metrics,
        "failures": record.typical_failures,
        "figures": sum(fact.value is not None for fact in facts),
        "page": _evidence_page(book, record),
    }


def class_facts(book: Book, record: EquipmentClass) -> dict[str, Any]:
    """How many facts there are on the class, where they stand, and those that describe it."""
    land = book.landscape
    return {
        "count": len(land.facts_at[record.id]),
        "page": _evidence_page(book, record),
        "facts": cited(book, record.evidence, "near", land.current),
    }


def _evidence_page(book: Book, record: EquipmentClass) -> str | None:
    """Return the page with the facts of the class; None where no fact has its home there."""
    return f"evidence/{record.id}" if book.landscape.facts_at[record.id] else None


MACROS = (
    class_verdict, class_dimensions, class_benchmarks, class_series, class_suppliers, class_components, class_priorities,
    class_metrics, class_facts,
)  # fmt: skip
