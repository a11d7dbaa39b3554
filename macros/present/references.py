"""Cite facts with their statement and source, and find the records that a text names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from macros.derive.tally import is_on_itself
from macros.load.landscape import Landscape
from macros.model.evidence import Fact
from macros.present.book import Book

_ID = re.compile(r"\b[a-z0-9]+(?:-[a-z0-9]+)+\b")


class Reference(NamedTuple):
    """A fact as it is cited: what it says, who says it and when, and what makes its ground weak."""

    id: str
    statement: str
    source: str
    publisher: str
    year: str
    reliability: str
    marks: Sequence[str]


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
        marks=weak_ground(book.landscape, fact),
    )


# Reasons why the ground of a fact is weak, whatever cites it, as endings of the phrases that say so.
GROUNDS = ("self", "general", "lost", "unmeasured")


def weak_ground(land: Landscape, fact: Fact) -> list[str]:
    """Return whether a company speaks of itself or a text of all industries, the page is lost, a share says not of what."""
    source = land.sources[fact.source]
    holds = {
        "self": is_on_itself(source, land),
        "general": fact.scope == "all-industries",
        "lost": source.lost is not None,
        "unmeasured": fact.share is not None and fact.share.measure == "not-stated",
    }
    return [mark for mark in GROUNDS if holds[mark]]


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


def named_classes(book: Book, equipment: Iterable[str]) -> list[Named]:
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
