"""What frames the comparison: dated events and standards."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from macros.load.landscape import INDUSTRY
from macros.model.context import Event, Standard
from macros.present.book import Book
from macros.present.pagination import WHOLE, ListPart, long_list
from macros.present.references import Piece, Publication, Reference, pieces, publications, references


def _by_date(book: Book) -> list[Event]:
    return sorted(book.landscape.events, key=lambda event: event.date)


class Year(NamedTuple):
    """A year with its events, and the kinds and sides among them."""

    year: int
    events: Sequence[EventView]
    kinds: Sequence[str]
    origins: Sequence[str]


class Timeline(NamedTuple):
    years: Sequence[Year]
    total: int
    kinds: Sequence[Used]
    origins: Sequence[Used]


@long_list("timeline", 600, _by_date, key=id, is_filtered=True)
def timeline(book: Book, part: ListPart = WHOLE) -> Timeline:
    """All events by year, oldest first, with what they can be filtered by."""
    events = part.of(book.entries("timeline"))
    years = [
        _year(year, [_event(book, event) for event in group])
        for year, group in groupby(events, key=lambda event: int(event.date[:4]))
    ]
    return Timeline(
        years=years,
        total=len(book.landscape.events),
        kinds=_used_values(events, "kind", [kind.id for kind in book.landscape.method.event_kinds]),
        origins=_used_values(events, "origin", list(book.landscape.words.names["origins"])),
    )


def _year(year: int, events: Sequence[EventView]) -> Year:
    kinds, origins = ({getattr(event, name) for event in events} for name in ("kind", "origin"))
    return Year(year, events, sorted(kinds), sorted(origins))


class Used(NamedTuple):
    """A value to filter by, and how many events have it."""

    id: str
    n: int


def _used_values(events: Sequence[Event], field: str, order: list[str]) -> list[Used]:
    """Return the values of a field in use, in a given order, with their number."""
    values = [getattr(event, field) for event in events]
    return [Used(value, values.count(value)) for value in order if value in values]


class EventView(NamedTuple):
    """An event; no day where only the year is known, no class where it is about the industry."""

    date: str
    day: str
    title: Sequence[Piece]
    kind: str
    origin: str
    equipment: str | None
    facts: Sequence[Reference]


def _event(book: Book, event: Event) -> EventView:
    """Return one event; its day is empty where only the year is known."""
    return EventView(
        date=event.date,
        day=book.wording.day_of_year(event.date),
        title=pieces(book, event.title),
        kind=event.kind,
        origin=event.origin,
        equipment=event.equipment if event.equipment != INDUSTRY else None,
        facts=references(book, event.evidence),
    )


class StandardsTable(NamedTuple):
    standards: Sequence[StandardView]


def standards_table(book: Book) -> StandardsTable:
    """Every standard, norm and programme in the order of the data."""
    return StandardsTable([_standard(book, standard) for standard in book.landscape.standards])


class StandardView(NamedTuple):
    """A standard in words."""

    number: str | None
    title: str | None
    kind: str
    issuer: str
    issued: str
    in_force: str
    scope: Sequence[Piece]
    status: Sequence[Piece]
    cited: Sequence[Publication]


def _standard(book: Book, standard: Standard) -> StandardView:
    word, date = book.wording.word, book.wording.date
    issued, force = standard.issued, standard.in_force
    return StandardView(
        number=standard.number,
        title=standard.title,
        kind=standard.kind,
        issuer=standard.issuer or word("standard-no-issuer"),
        issued=word("standard-issued", date=date(issued)) if issued else word("standard-no-date"),
        in_force=word("standard-in-force", date=date(force)) if force else word("standard-no-force"),
        scope=pieces(book, standard.scope),
        status=pieces(book, standard.status),
        cited=publications(references(book, standard.evidence)),
    )


MACROS = (timeline, standards_table)
