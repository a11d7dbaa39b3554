"""Cite facts with their statement and source, and find the records that a text names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from macros.derive.tally import is_on_itself
from macros.load.landscape import Landscape
from macros.model.base import ID_IN_TEXT
from macros.model.evidence import Fact, Source
from macros.present.book import Book


class Reference(NamedTuple):
    """A fact as it is cited: with its source, the year of that in words, and what makes its ground weak.

    Where a card cites it also whether it speaks for or against, looks back to the edition, or is too old for it.
    """

    fact: Fact
    source: Source
    year: str
    marks: Sequence[str]
    sign: str = ""
    looks_back: bool = False
    is_stale: bool = False


class Publication(NamedTuple):
    """A source with its year in words, and the statements of the facts that are cited from it, by their ids."""

    source: Source
    year: str
    facts: dict[str, str]


def references(book: Book, facts: Iterable[str]) -> list[Reference]:
    """Return facts as they are cited, in the order given."""
    return [reference(book, name) for name in facts]


def reference(book: Book, name: str) -> Reference:
    """Return one fact as it is cited."""
    fact = book.get("fact", name)
    source = book.get("source", fact.source)
    year = source.issued[:4] if source.issued else book.wording.word("undated")
    return Reference(fact, source, year, weak_ground(book.landscape, fact))


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


def publications(book: Book, facts: Iterable[str]) -> list[Publication]:
    """Return the sources of facts, each once, in order of appearance, with the facts taken from it."""
    found: dict[str, Publication] = {}
    for fact, source, year, *_ in references(book, facts):
        found.setdefault(source.id, Publication(source, year, {})).facts[fact.id] = fact.statement
    return list(found.values())


class Piece(NamedTuple):
    """A stretch of a text, and the record it names, if any."""

    text: str
    kind: str | None = None
    name: str | None = None


def pieces(book: Book, text: str | None) -> list[Piece]:
    """Return a text of the data in pieces: ids of facts become links, ids of series their titles."""
    found: list[Piece] = []
    end = 0
    for match in ID_IN_TEXT.finditer(text or ""):
        record = _record(book, match.group())
        if record:
            found += [Piece(match.string[end : match.start()]), record]
            end = match.end()
    return [piece for piece in [*found, Piece((text or "")[end:])] if piece.text]


def plain_text(book: Book, text: str) -> str:
    """Return a text as `pieces` does, without its links."""
    return "".join(piece.text for piece in pieces(book, text))


def _record(book: Book, name: str) -> Piece | None:
    if name in book.landscape.facts:
        return Piece(name, "fact", name)
    if name in book.landscape.series:
        return Piece(book.title("series", name), "series", name)
    return None
