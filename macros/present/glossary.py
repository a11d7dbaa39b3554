"""Block of the glossary: every term with its definition."""

from __future__ import annotations

from typing import Any

from macros.present.book import Book
from macros.present.references import references


def glossary(book: Book) -> dict[str, Any]:
    """The terms by name, each with its other names and the facts that show it in use."""
    land = book.landscape
    terms = sorted(land.terms.values(), key=lambda term: (term.term.casefold(), term.id))
    return {
        "terms": [{"term": term, "facts": references(book, term.evidence)} for term in terms],
        "lang": land.report.home_market.language,
    }


MACROS = (glossary,)
