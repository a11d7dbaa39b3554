"""References: facts as blocks cite them, with what they say and who says it; and records that a text names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from macros.present.book import Book

_ID = re.compile(r"\b[a-z0-9]+(?:-[a-z0-9]+)+\b")


def references(book: Book, facts: Iterable[str]) -> list[dict[str, Any]]:
    """Return facts with statement, source, year and reliability, in the order given."""
    return [reference(book, name) for name in facts]


def reference(book: Book, name: str) -> dict[str, Any]:
    """Return one fact as it is cited."""
    fact = book.get("fact", name)
    source = book.get("source", fact.source)
    return {
        "id": fact.id,
        "statement": fact.statement,
        "source": source.id,
        "publisher": source.publisher,
        "year": source.issued[:4] if source.issued else book.wording.word("undated"),
        "reliability": source.reliability,
        "is_general": fact.scope == "all-industries",
        "is_own": any(kind.id == source.kind and kind.speaks_for_itself for kind in book.landscape.method.source_kinds),
    }


def publications(cited: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the sources behind references, each once, in order of appearance, with the facts taken from it."""
    found: dict[str, dict[str, Any]] = {}
    for item in cited:
        source = found.setdefault(item["source"], {**item, "facts": {}})
        source["facts"][item["id"]] = item["statement"]
    return list(found.values())


@dataclass(frozen=True)
class Piece:
    """A stretch of a text, and the record it names, if any."""

    text: str
    kind: str | None = None
    name: str | None = None


def pieces(book: Book, text: str | None) -> list[Piece]:
    """Return a text of the data in pieces: ids of facts become links, ids of series their titles."""
    found: list[Piece] = []
    end = 0
    for match in _ID.finditer(text or ""):
        named = _named(book, match.group())
        if named:
            found += [Piece(text[end : match.start()]), named]
            end = match.end()
    return [piece for piece in [*found, Piece((text or "")[end:])] if piece.text]


def _named(book: Book, name: str) -> Piece | None:
    if name in book.landscape.facts:
        return Piece(name, "fact", name)
    if name in book.landscape.series:
        return Piece(book.title("series", name), "series", name)
    return None
