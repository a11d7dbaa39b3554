"""What frames the comparison: dated events, standards, and the terms it uses."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from macros.model.context import Event
from macros.model.glossary import Term
from macros.present.book import Book
from macros.present.pagination import WHOLE, ListPart, long_list


def _by_date(book: Book) -> list[Event]:
    return sorted(book.landscape.events, key=lambda event: event.date)


class Year(NamedTuple):
    """A year with its events, and the kinds and sides among them."""

    year: int
    events: Sequence[Event]
    kinds: Sequence[str]
    origins: Sequence[str]


class Timeline(NamedTuple):
    """The events by year, and what they can be filtered by, each with how many events have it."""

    years: Sequence[Year]
    kinds: Sequence[tuple[str, int]]
    origins: Sequence[tuple[str, int]]


@long_list("timeline", 600, _by_date, key=id, is_filtered=True)
def timeline(book: Book, part: ListPart = WHOLE) -> Timeline:
    """All events by year, oldest first, with what they can be filtered by."""
    events = part.of(book.entries("timeline"))
    years = [_year(year, list(group)) for year, group in groupby(events, key=lambda event: int(event.date[:4]))]
    return Timeline(
        years=years,
        kinds=_used_values(events, "kind", [kind.id for kind in book.landscape.method.event_kinds]),
        origins=_used_values(events, "origin", list(book.landscape.words.names["origins"])),
    )


def _year(year: int, events: Sequence[Event]) -> Year:
    kinds, origins = ({getattr(event, name) for event in events} for name in ("kind", "origin"))
    return Year(year, events, sorted(kinds), sorted(origins))


def _used_values(events: Sequence[Event], field: str, order: list[str]) -> list[tuple[str, int]]:
    """Return the values of a field in use, in a given order, with their number."""
    values = [getattr(event, field) for event in events]
    return [(value, values.count(value)) for value in order if value in values]


def glossary(book: Book) -> Sequence[Term]:
    """The terms by name, each with its other names and the facts that show it in use."""
    return sorted(book.landscape.terms.values(), key=lambda term: (book.wording.order(term.term), term.id))
