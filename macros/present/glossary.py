"""Block of the glossary: every term with its definition."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from macros.model.glossary import Term
from macros.present.book import Book
from macros.present.references import Reference, references


class TermView(NamedTuple):
    term: Term
    facts: Sequence[Reference]


class Glossary(NamedTuple):
    terms: Sequence[TermView]
    lang: str | None


def glossary(book: Book) -> Glossary:
    """The terms by name, each with its other names and the facts that show it in use."""
    land = book.landscape
    terms = sorted(land.terms.values(), key=lambda term: (book.wording.order(term.term), term.id))
    return Glossary(
        terms=[TermView(term, references(book, term.evidence)) for term in terms],
        lang=land.report.home_market.language,
    )


MACROS = (glossary,)
