"""Suppliers: the table of all companies, and the profile, machines, figures and events of one."""

from __future__ import annotations

from typing import Any

from macros.model.supplier import CompanyFigure, Makes, Supplier
from macros.present.book import Book
from macros.present.parts import WHOLE, ListPart, long_list
from macros.present.references import pieces, publications, references

REVENUE = "revenue"
UNKNOWN = "unknown"
_SHOWN = ("id", "name", "name_local", "status", "country", "country_basis", "founded", "listing", "website")


@long_list("suppliers", 800, lambda book: list(book.landscape.suppliers.values()), is_filtered=True)
def supplier_table(book: Book, part: ListPart = WHOLE) -> dict[str, Any]:
    """Every company with what it makes and its newest revenue, and what the table can be filtered by."""
    rows = [_row(book, supplier) for supplier in part.of(book.entries("supplier_table"))]
    return {"rows": rows, "facets": _facets(book, rows), "total": len(book.landscape.suppliers)}


def newest(figures: tuple[CompanyFigure, ...], metric: str) -> CompanyFigure | None:
    """Return the figure of a metric with the latest year, the first of equals; None where there is none."""
    found = [figure for figure in figures if figure.metric == metric]
    return max(found, key=lambda figure: figure.year or 0, default=None)


def _row(book: Book, supplier: Supplier) -> dict[str, Any]:
    land = book.landscape
    revenue = newest(supplier.figures, REVENUE)
    return {
        "id": supplier.id,
        "name": supplier.name,
        "local": supplier.name_local,
        "lang": local_language(book, supplier),
        "aliases": [alias for alias in supplier.aliases if alias != supplier.name],
        "status": supplier.status,
        "origin": land.side(supplier),
        "country": supplier.country,
        "makes": [{"id": makes.id, "role": makes.role} for makes in supplier.equipment],
        "founded": supplier.founded,
        "revenue": _revenue(book, revenue) if revenue else None,
    }


def _revenue(book: Book, figure: CompanyFigure) -> dict[str, Any]:
    """Return a revenue; sums in different currencies sort by currency first, for they cannot be compared."""
    value = figure.value[0] if isinstance(figure.value, tuple) else figure.value
    return {
        "value": book.wording.figure(figure.value, None),
        "bound": figure.bound,
        "unit": figure.unit,
        "year": figure.year,
        "sort": f"{figure.unit} {value}",
    }


def _facets(book: Book, rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Return for each facet the values in use with their names and numbers, in reading order."""
    land, name = book.landscape, book.wording.name
    countries = sorted({row["country"] for row in rows if row["country"]}, key=lambda code: name("countries", code))
    in_use = {makes["id"] for row in rows for makes in row["makes"]}

    def option(field: str, value: str | None, text: str) -> dict[str, Any]:
        return {"value": value or UNKNOWN, "name": text, "count": sum(row[field] == value for row in rows)}

    unknown = book.wording.word("supplier-not-known")
    options = {
        "origin": [option("origin", side, name("origins", side)) for side in ("domestic", "imported")]
        + [option("origin", None, unknown)],
        "status": [option("status", status, text) for status, text in land.words.names["statuses"].items()],
        "country": [option("country", code, name("countries", code)) for code in countries],
        "equipment": [
            {"value": item.id, "name": item.name, "count": 1} for item in land.equipment.values() if item.id in in_use
        ],
    }
    return {field: [item for item in found if item["count"]] for field, found in options.items()}


def supplier_profile(book: Book, record: Supplier) -> dict[str, Any]:
    """Names, origin with its basis, owner, founding, listing and website of a company."""
    land = book.landscape
    parent = record.parent
    return {
        **{field: getattr(record, field) for field in _SHOWN},
        "lang": local_language(book, record),
        "aliases": [alias for alias in record.aliases if alias not in (record.name, record.name_local)],
        "host": record.website.split("//")[1].strip("/") if record.website else None,
        "origin": land.side(record),
        "parent": parent,
        "parent_facts": references(book, parent.evidence) if parent else [],
        "owns": land.subsidiaries[record.id],
        "note": pieces(book, record.note),
        "evidence": references(book, record.evidence),
        "sources": [land.sources[name] for name in record.sources],
    }


def supplier_equipment(book: Book, record: Supplier) -> dict[str, Any]:
    """The equipment classes a company is named with, in process order."""
    order = book.landscape.order
    makes = sorted(record.equipment, key=lambda item: order.get(item.id, len(order)))
    return {"rows": [_makes(book, item) for item in makes], "status": record.status, "name": record.name}


def _makes(book: Book, makes: Makes) -> dict[str, Any]:
    equipment = book.get("equipment", makes.id)
    return {
        "id": equipment.id,
        "name": equipment.name,
        "local": equipment.name_local,
        "lang": book.landscape.report.home_market.language,
        "role": makes.role,
        "note": pieces(book, makes.note),
        "cited": publications(references(book, makes.evidence)),
    }


def supplier_figures(book: Book, record: Supplier) -> dict[str, Any]:
    """The figures of a company in the order of its file, and the charts that show it."""
    rows = [_figure(book, figure) for figure in record.figures]
    return {
        "rows": rows,
        "charts": book.landscape.series_with[record.name],
        "name": record.name,
        "sources": publications(fact for row in rows for fact in row["facts"]),
        "is_any_own": any(row["is_own"] for row in rows),
    }


def _figure(book: Book, figure: CompanyFigure) -> dict[str, Any]:
    facts = references(book, figure.evidence)
    return {
        "metric": book.wording.name("company-metrics", figure.metric),
        "year": figure.year,
        "value": book.wording.figure(figure.value, None),
        "bound": figure.bound,
        "unit": figure.unit,
        "basis": pieces(book, figure.basis),
        "facts": facts,
        "cited": publications(facts),
        "is_own": bool(facts) and all(fact["is_own"] for fact in facts),
    }


def supplier_events(book: Book, record: Supplier) -> dict[str, Any]:
    """What happened to a company, oldest first."""
    events = sorted(record.events, key=lambda event: event.date)
    return {
        "events": [
            {
                "date": event.date,
                "what": pieces(book, event.what),
                "cited": publications(references(book, event.evidence)),
            }
            for event in events
        ],
        "name": record.name,
    }


def local_language(book: Book, supplier: Supplier) -> str | None:
    """Return the language of a company's local name, by its country; None where that says nothing certain."""
    return book.landscape.words.names.get("country-languages", {}).get(supplier.country or "")


MACROS = (supplier_table, supplier_profile, supplier_equipment, supplier_figures, supplier_events)
