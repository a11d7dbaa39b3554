"""What frames the comparison: dated events, standards, and the terms it uses."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from macros.model.context import Event
from macros.model.glossary import Term
from macros.present.book import Book
from macros.present.facets import Facet, Property, facets
from macros.present.pagination import WHOLE, ListPart, long_list


def _by_date(book: Book) -> list[Event]:
    return sorted(book.landscape.events, key=lambda event: event.date)


class Timeline(NamedTuple):
    """The events by year, and what they can be filtered by."""

    years: Sequence[tuple[int, Sequence[Event]]]
    facets: Sequence[Facet]


@long_list(600, _by_date, key=id, is_filtered=True)
def timeline(book: Book, part: ListPart = WHOLE) -> Timeline:
    """All events by year, oldest first, with what they can be filtered by."""
    events, word = part.of(book.entries("timeline")), book.wording.word
    kinds = {kind.id: kind.name for kind in book.landscape.method.event_kinds}
    return Timeline(
        years=[(year, list(group)) for year, group in groupby(events, key=lambda event: int(event.date[:4]))],
        facets=facets(
            events,
            Property(
                "origin",
                word("filter-origin"),
                "boxes",
                lambda event: [event.origin],
                book.landscape.words.names["origins"],
            ),
            Property("kind", word("filter-kind"), "menu", lambda event: [event.kind], kinds),
        ),
    )


def glossary(book: Book) -> Sequence[Term]:
    """The terms by name, each with its other names and the facts that show it in use."""
    return sorted(book.landscape.terms.values(), key=lambda term: (book.wording.order(term.term), term.id))
