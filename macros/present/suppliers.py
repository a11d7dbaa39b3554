"""Suppliers: the table of all companies, and the profile, machines, figures and events of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from macros.model.supplier import CompanyFigure, Makes, Supplier
from macros.present.benchmarks import SIDES
from macros.present.book import Book
from macros.present.facets import Facet, Property, facets, named
from macros.present.pagination import WHOLE, ListPart, long_list
from macros.present.references import Publication, publications, references

UNKNOWN = "unknown"


class SupplierRow(NamedTuple):
    """A company in the table, with its newest revenue; its origin and revenue are None where they are not known.

    Sums in different currencies sort by currency first, for they cannot be compared.
    """

    supplier: Supplier
    origin: str | None
    revenue: CompanyFigure | None
    sort: str


class SupplierTable(NamedTuple):
    """The companies, and what they can be filtered by."""

    rows: Sequence[SupplierRow]
    facets: Sequence[Facet]


@long_list(800, lambda book: list(book.landscape.suppliers.values()), is_filtered=True)
def supplier_table(book: Book, part: ListPart = WHOLE) -> SupplierTable:
    """Every company with what it makes and its newest revenue, and what the table can be filtered by."""
    rows = [_row(book, supplier) for supplier in part.of(book.entries("supplier_table"))]
    return SupplierTable(rows, _facets(book, rows))


def newest(figures: tuple[CompanyFigure, ...], metric: str) -> CompanyFigure | None:
    """Return the figure of a metric with the latest year, the first of equals; None where there is none."""
    found = [figure for figure in figures if figure.metric == metric]
    return max(found, key=lambda figure: figure.year or 0, default=None)


def _row(book: Book, supplier: Supplier) -> SupplierRow:
    land = book.landscape
    headline = land.method.headline_figure
    revenue = newest(supplier.figures, headline) if headline else None
    return SupplierRow(
        supplier=supplier,
        origin=land.side(supplier),
        revenue=revenue,
        sort=_sort_key(revenue) if revenue else "",
    )


def _sort_key(figure: CompanyFigure) -> str:
    return f"{figure.unit} {figure.value[0] if isinstance(figure.value, tuple) else figure.value}"


def _facets(book: Book, rows: Sequence[SupplierRow]) -> list[Facet]:
    land, word = book.landscape, book.wording.word
    sides = named(book, "origins", SIDES) | {UNKNOWN: word("supplier-not-known")}
    countries = Counter(row.supplier.country for row in rows if row.supplier.country)
    most_first = named(book, "countries", [code for code, _ in countries.most_common()])
    classes = {item.id: item.name for item in land.equipment.values()}
    return facets(
        rows,
        Property("origin", word("supplier-origin"), "boxes", lambda row: [row.origin or UNKNOWN], sides),
        Property(
            "status", word("supplier-status"), "boxes", lambda row: [row.supplier.status], land.words.names["statuses"]
        ),
        Property("country", word("supplier-country"), "menu", lambda row: [row.supplier.country], most_first),
        Property(
            "equipment",
            word("supplier-equipment"),
            "menu",
            lambda row: [item.id for item in row.supplier.equipment],
            classes,
        ),
    )


def supplier_equipment(book: Book, record: Supplier) -> Sequence[Makes]:
    """The equipment classes a company is named with, in process order."""
    order = book.landscape.order
    return sorted(record.equipment, key=lambda item: order.get(item.id, len(order)))


class SupplierFigures(NamedTuple):
    """The figures of a company, each with whether the company alone states it."""

    rows: Sequence[tuple[CompanyFigure, bool]]
    sources: Sequence[Publication]


def supplier_figures(book: Book, record: Supplier) -> SupplierFigures:
    """The figures of a company in the order of its file, and the charts that show it."""
    return SupplierFigures(
        rows=[(figure, _is_own(book, figure)) for figure in record.figures],
        sources=publications(book, [name for figure in record.figures for name in figure.evidence]),
    )


def _is_own(book: Book, figure: CompanyFigure) -> bool:
    return bool(figure.evidence) and all("self" in cited.marks for cited in references(book, figure.evidence))


def local_language(book: Book, supplier: Supplier) -> str | None:
    """Return the language of a company's local name, by its country; None where that says nothing certain."""
    return book.landscape.words.names.get("country-languages", {}).get(supplier.country or "")
