"""References: facts as blocks cite them, with what they say and who says it; and records that a text names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from macros.present.book import Book

_ID = re.compile(r"\b[a-z0-9]+(?:-[a-z0-9]+)+\b")


class Reference(NamedTuple):
    """A fact as it is cited: what it says, who says it and when.

    `is_general`: it speaks of all industries; `is_own`: the publisher speaks about itself.
    """

    id: str
    statement: str
    source: str
    publisher: str
    year: str
    reliability: str
    is_general: bool
    is_own: bool


class Publication(NamedTuple):
    """A source behind references, with the statements of the facts taken from it, by their ids."""

    source: str
    publisher: str
    year: str
    facts: Mapping[str, str]


def references(book: Book, facts: Iterable[str]) -> list[Reference]:
    """Return facts with statement, source, year and reliability, in the order given."""
    return [reference(book, name) for name in facts]


def reference(book: Book, name: str) -> Reference:
    """Return one fact as it is cited."""
    fact = book.get("fact", name)
    source = book.get("source", fact.source)
    return Reference(
        id=fact.id,
        statement=fact.statement,
        source=source.id,
        publisher=source.publisher,
        year=source.issued[:4] if source.issued else book.wording.word("undated"),
        reliability=source.reliability,
        is_general=fact.scope == "all-industries",
        is_own=any(kind.id == source.kind and kind.speaks_for_itself for kind in book.landscape.method.source_kinds),
    )


def publications(cited: Iterable[Reference]) -> list[Publication]:
    """Return the sources behind references, each once, in order of appearance, with the facts taken from it."""
    first: dict[str, Reference] = {}
    facts: dict[str, dict[str, str]] = {}
    for item in cited:
        first.setdefault(item.source, item)
        facts.setdefault(item.source, {})[item.id] = item.statement
    return [Publication(name, item.publisher, item.year, facts[name]) for name, item in first.items()]


class Named(NamedTuple):
    """An equipment class, or the industry, by its id and name."""

    id: str
    name: str


def named(book: Book, equipment: Iterable[str]) -> list[Named]:
    """Return classes with their names."""
    return [Named(name, book.title("equipment", name)) for name in equipment]


class Piece(NamedTuple):
    """A stretch of a text, and the record it names, if any."""

    text: str
    kind: str | None = None
    name: str | None = None


def pieces(book: Book, text: str | None) -> list[Piece]:
    """Return a text of the data in pieces: ids of facts become links, ids of series their titles."""
    found: list[Piece] = []
    end = 0
    for match in _ID.finditer(text or ""):
        record = _record(book, match.group())
        if record:
            found += [Piece(match.string[end : match.start()]), record]
            end = match.end()
    return [piece for piece in [*found, Piece((text or "")[end:])] if piece.text]


def _record(book: Book, name: str) -> Piece | None:
    if name in book.landscape.facts:
        return Piece(name, "fact", name)
    if name in book.landscape.series:
        return Piece(book.title("series", name), "series", name)
    return None
