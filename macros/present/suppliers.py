"""Suppliers: the table of all companies, and the profile, machines, figures and events of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from macros.model.context import Series
from macros.model.evidence import Source
from macros.model.supplier import CompanyFigure, Makes, Parent, Supplier
from macros.present.book import Book
from macros.present.facets import Option
from macros.present.pagination import WHOLE, ListPart, long_list
from macros.present.references import Piece, Publication, Reference, pieces, publications, references

UNKNOWN = "unknown"


class Revenue(NamedTuple):
    """A revenue in words; sums in different currencies sort by currency first, for they cannot be compared."""

    value: str
    bound: str | None
    unit: str
    year: int | None
    sort: str


class SupplierRow(NamedTuple):
    """A company in the table; its origin and revenue are None where they are not known."""

    id: str
    name: str
    local: str | None
    lang: str | None
    aliases: Sequence[str]
    status: str
    origin: str | None
    country: str | None
    makes: Sequence[Makes]
    founded: int | None
    revenue: Revenue | None


class SupplierTable(NamedTuple):
    """The companies, and by property the values they can be filtered by."""

    rows: Sequence[SupplierRow]
    facets: Mapping[str, Sequence[Option]]
    total: int
    headline: str | None


@long_list("suppliers", 800, lambda book: list(book.landscape.suppliers.values()), is_filtered=True)
def supplier_table(book: Book, part: ListPart = WHOLE) -> SupplierTable:
    """Every company with what it makes and its newest revenue, and what the table can be filtered by."""
    rows = [_row(book, supplier) for supplier in part.of(book.entries("supplier_table"))]
    headline = book.landscape.method.headline_figure
    name = book.wording.name("company-metrics", headline) if headline else None
    return SupplierTable(rows, _facets(book, rows), len(book.landscape.suppliers), name)


def newest(figures: tuple[CompanyFigure, ...], metric: str) -> CompanyFigure | None:
    """Return the figure of a metric with the latest year, the first of equals; None where there is none."""
    found = [figure for figure in figures if figure.metric == metric]
    return max(found, key=lambda figure: figure.year or 0, default=None)


def _row(book: Book, supplier: Supplier) -> SupplierRow:
    land = book.landscape
    headline = land.method.headline_figure
    revenue = newest(supplier.figures, headline) if headline else None
    return SupplierRow(
        id=supplier.id,
        name=supplier.name,
        local=supplier.name_local,
        lang=local_language(book, supplier),
        aliases=[alias for alias in supplier.aliases if alias != supplier.name],
        status=supplier.status,
        origin=land.side(supplier),
        country=supplier.country,
        makes=supplier.equipment,
        founded=supplier.founded,
        revenue=_revenue(book, revenue) if revenue else None,
    )


def _revenue(book: Book, figure: CompanyFigure) -> Revenue:
    value = figure.value[0] if isinstance(figure.value, tuple) else figure.value
    return Revenue(
        value=book.wording.figure(figure.value, None),
        bound=figure.bound,
        unit=figure.unit,
        year=figure.year,
        sort=f"{figure.unit} {value}",
    )


def _facets(book: Book, rows: Sequence[SupplierRow]) -> dict[str, list[Option]]:
    """Return for each facet the values in use with their names and numbers, in reading order."""
    land, name = book.landscape, book.wording.name
    countries = sorted(
        {row.country for row in rows if row.country}, key=lambda code: book.wording.order(name("countries", code))
    )
    in_use = {makes.id for row in rows for makes in row.makes}

    def option(field: str, value: str | None, text: str) -> Option:
        return Option(value or UNKNOWN, text, sum(getattr(row, field) == value for row in rows))

    unknown = book.wording.word("supplier-not-known")
    options = {
        "origin": [option("origin", side, name("origins", side)) for side in ("domestic", "imported")]
        + [option("origin", None, unknown)],
        "status": [option("status", status, text) for status, text in land.words.names["statuses"].items()],
        "country": [option("country", code, name("countries", code)) for code in countries],
        "equipment": [Option(item.id, item.name, 1) for item in land.equipment.values() if item.id in in_use],
    }
    return {field: [item for item in found if item.n] for field, found in options.items()}


class SupplierProfile(NamedTuple):
    """A company with what is read from its record; `aliases` are those that are not shown already."""

    record: Supplier
    lang: str | None
    aliases: Sequence[str]
    host: str | None
    origin: str | None
    parent: Parent | None
    parent_facts: Sequence[Reference]
    owns: Sequence[Supplier]
    note: Sequence[Piece]
    evidence: Sequence[Reference]
    sources: Sequence[Source]


def supplier_profile(book: Book, record: Supplier) -> SupplierProfile:
    """Names, origin with its basis, owner, founding, listing and website of a company."""
    land = book.landscape
    parent = record.parent
    return SupplierProfile(
        record=record,
        lang=local_language(book, record),
        aliases=[alias for alias in record.aliases if alias not in (record.name, record.name_local)],
        host=record.website.split("//")[1].strip("/") if record.website else None,
        origin=land.side(record),
        parent=parent,
        parent_facts=references(book, parent.evidence) if parent else [],
        owns=land.subsidiaries[record.id],
        note=pieces(book, record.note),
        evidence=references(book, record.evidence),
        sources=[land.sources[name] for name in record.sources],
    )


class SupplierEquipment(NamedTuple):
    rows: Sequence[MadeClass]
    status: str
    name: str


def supplier_equipment(book: Book, record: Supplier) -> SupplierEquipment:
    """The equipment classes a company is named with, in process order."""
    order = book.landscape.order
    makes = sorted(record.equipment, key=lambda item: order.get(item.id, len(order)))
    return SupplierEquipment([_makes(book, item) for item in makes], record.status, record.name)


class MadeClass(NamedTuple):
    """A class that a company is named with."""

    id: str
    name: str
    local: str | None
    lang: str | None
    role: str
    note: Sequence[Piece]
    cited: Sequence[Publication]


def _makes(book: Book, makes: Makes) -> MadeClass:
    equipment = book.get("equipment", makes.id)
    return MadeClass(
        id=equipment.id,
        name=equipment.name,
        local=equipment.name_local,
        lang=book.landscape.report.home_market.language,
        role=makes.role,
        note=pieces(book, makes.note),
        cited=publications(references(book, makes.evidence)),
    )


class SupplierFigures(NamedTuple):
    """The figures of a company; `charts` are the series that show it, `is_any_own`: it speaks about itself in some."""

    rows: Sequence[CompanyFigureView]
    charts: Sequence[Series]
    name: str
    sources: Sequence[Publication]
    is_any_own: bool


def supplier_figures(book: Book, record: Supplier) -> SupplierFigures:
    """The figures of a company in the order of its file, and the charts that show it."""
    rows = [_figure(book, figure) for figure in record.figures]
    return SupplierFigures(
        rows=rows,
        charts=book.landscape.series_with[record.name],
        name=record.name,
        sources=publications(fact for row in rows for fact in row.facts),
        is_any_own=any(row.is_own for row in rows),
    )


class CompanyFigureView(NamedTuple):
    """A figure of a company in words; `is_own` where the company alone states it."""

    metric: str
    year: int | None
    value: str
    bound: str | None
    unit: str
    basis: Sequence[Piece]
    facts: Sequence[Reference]
    cited: Sequence[Publication]
    is_own: bool


def _figure(book: Book, figure: CompanyFigure) -> CompanyFigureView:
    facts = references(book, figure.evidence)
    return CompanyFigureView(
        metric=book.wording.name("company-metrics", figure.metric),
        year=figure.year,
        value=book.wording.figure(figure.value, None),
        bound=figure.bound,
        unit=figure.unit,
        basis=pieces(book, figure.basis),
        facts=facts,
        cited=publications(facts),
        is_own=bool(facts) and all("self" in fact.marks for fact in facts),
    )


class CompanyEventView(NamedTuple):
    date: str
    what: Sequence[Piece]
    cited: Sequence[Publication]


class SupplierEvents(NamedTuple):
    events: Sequence[CompanyEventView]
    name: str


def supplier_events(book: Book, record: Supplier) -> SupplierEvents:
    """What happened to a company, oldest first."""
    events = sorted(record.events, key=lambda event: event.date)
    return SupplierEvents(
        events=[
            CompanyEventView(event.date, pieces(book, event.what), publications(references(book, event.evidence)))
            for event in events
        ],
        name=record.name,
    )


def local_language(book: Book, supplier: Supplier) -> str | None:
    """Return the language of a company's local name, by its country; None where that says nothing certain."""
    return book.landscape.words.names.get("country-languages", {}).get(supplier.country or "")


MACROS = (supplier_table, supplier_profile, supplier_equipment, supplier_figures, supplier_events)
