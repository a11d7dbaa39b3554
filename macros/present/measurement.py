"""Blocks of the page on what is not measured: unpublished quantities, lives of wear parts, unknown levels by dimension."""

from __future__ import annotations

import re
from typing import Any

from macros.derive.tally import Knowledge, class_knowledge, dimension_knowledge, unanswered, unpublished_for
from macros.present.book import Book
from macros.present.scores import percent_of

_FACT_ID = re.compile(r"\b[a-z]{2}-\d{3,}\b")


def unpublished(book: Book) -> dict[str, Any]:
    """Quantities that nobody publishes: for which classes they matter, the test to measure them, the nearest facts."""
    gaps = book.landscape.measurement
    return {
        "quantities": gaps.unpublished,
        "facts": _facts(book, [q.evidence for q in gaps.unpublished] + [near.evidence for near in gaps.nearest]),
        "nearest": gaps.nearest,
        "order": [linked(book, text) for text in gaps.order_of_use],
        "standards": linked(book, gaps.standards_note),
    }


def wear_parts(book: Book) -> dict[str, Any]:
    """Lives of wear parts, as their sources give them."""
    parts = book.landscape.measurement.wear_parts
    return {"parts": parts, "facts": _facts(book, [part.evidence for part in parts])}


def unknown_by_dimension(book: Book) -> dict[str, Any]:
    """For each class dimension what is known, and what would settle the rest; then the classes it matters for."""
    land, edition = book.landscape, book.landscape.current.id
    rows = [
        {
            "dimension": land.dimensions[name],
            "tally": tally,
            "bars": _bars(book, tally),
            "open": [
                {"equipment": land.equipment[owner], "test": found.would_settle}
                for owner, found in unanswered(book.results, name, edition).items()
            ],
        }
        for name, tally in dimension_knowledge(book.results, edition).items()
    ]
    rows.sort(key=lambda row: (row["tally"].known, -row["tally"].unknown))
    totals = {"of": len(land.equipment), "dimensions": len(land.class_dimensions)}
    return {"edition": edition, "rows": rows, "classes": _classes(book), **totals}


def _classes(book: Book) -> list[dict[str, Any]]:
    """Return the classes that unpublished quantities matter for, with what is known of each."""
    land = book.landscape
    known = class_knowledge(book.results, land.current.id)
    quantities = {q.id: q for q in land.measurement.unpublished}
    return [
        {"equipment": land.equipment[owner], "quantities": [quantities[name] for name in names], "tally": known[owner]}
        for owner, names in unpublished_for(book.results).items()
    ]


def _bars(book: Book, tally: Knowledge) -> list[dict[str, Any]]:
    """Return the parts of a bar over all classes, in % of its width."""
    total = len(book.landscape.equipment)
    ends, x = [], 0
    for kind, count in (("known", tally.known), ("unknown", tally.unknown), ("unrecorded", tally.unrecorded)):
        ends.append({"kind": kind, "x": percent_of(x / total), "width": percent_of(count / total)})
        x += count
    return ends


def _facts(book: Book, lists: list[tuple[str, ...]]) -> dict[str, str]:
    """Return the statement of every fact in the lists."""
    return {name: book.landscape.facts[name].statement for names in lists for name in names}


def linked(book: Book, text: str) -> list[tuple[str, str | None]]:
    """Return a text of the data in pieces, each with the fact it names, if any."""
    pieces: list[tuple[str, str | None]] = []
    end = 0
    for match in _FACT_ID.finditer(text):
        if match.group() in book.landscape.facts:
            pieces += [(text[end : match.start()], None), (match.group(), match.group())]
            end = match.end()
    return [*pieces, (text[end:], None)]


MACROS = (unpublished, wear_parts, unknown_by_dimension)
