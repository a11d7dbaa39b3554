"""What frames the comparison: dated events and standards."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from macros.landscape import INDUSTRY
from macros.model.context import Event, Standard
from macros.present.book import Book
from macros.present.parts import WHOLE, ListPart, long_list
from macros.present.references import pieces, publications, references


def _by_date(book: Book) -> list[Event]:
    return sorted(book.landscape.events, key=lambda event: event.date)


@long_list("timeline", 600, _by_date, key=id, is_filtered=True)
def timeline(book: Book, part: ListPart = WHOLE) -> dict[str, Any]:
    """All events by year, oldest first, with what they can be filtered by."""
    events = part.of(book.entries("timeline"))
    years = [
        {"year": year, "events": [_event(book, event) for event in group]}
        for year, group in groupby(events, key=lambda event: int(event.date[:4]))
    ]
    for year in years:
        year["kinds"] = sorted({event["kind"] for event in year["events"]})
        year["origins"] = sorted({event["origin"] for event in year["events"]})
    return {
        "years": years,
        "total": len(book.landscape.events),
        "kinds": _used(events, "kind", [kind.id for kind in book.landscape.method.event_kinds]),
        "origins": _used(events, "origin", list(book.landscape.words.names["origins"])),
    }


def _used(events: list[Event], field: str, order: list[str]) -> list[dict[str, Any]]:
    """Return the values of a field in use, in a given order, with their number."""
    values = [getattr(event, field) for event in events]
    return [{"id": value, "count": values.count(value)} for value in order if value in values]


def _event(book: Book, event: Event) -> dict[str, Any]:
    """Return one event; its day is the date without the year, empty where only the year is known."""
    year = event.date[:4]
    return {
        "date": event.date,
        "day": book.wording.date(event.date).removesuffix(year).strip(),
        "title": pieces(book, event.title),
        "kind": event.kind,
        "origin": event.origin,
        "equipment": event.equipment if event.equipment != INDUSTRY else None,
        "facts": references(book, event.evidence),
    }


def standards_table(book: Book) -> dict[str, Any]:
    """Every standard, norm and programme in the order of the data."""
    return {"standards": [_standard(book, standard) for standard in book.landscape.standards]}


def _standard(book: Book, standard: Standard) -> dict[str, Any]:
    word, date = book.wording.word, book.wording.date
    issued, force = standard.issued, standard.in_force
    return {
        "number": standard.number,
        "title": standard.title,
        "kind": standard.kind,
        "issuer": standard.issuer or word("standard-no-issuer"),
        "issued": word("standard-issued", date=date(issued)) if issued else word("standard-no-date"),
        "in_force": word("standard-in-force", date=date(force)) if force else word("standard-no-force"),
        "scope": pieces(book, standard.scope),
        "status": pieces(book, standard.status),
        "cited": publications(references(book, standard.evidence)),
    }


MACROS = (timeline, standards_table)
