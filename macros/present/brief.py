"""The block that opens the page of a class: its strongest facts, one side beside the other where both have the figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from macros.derive.brief import Strong, strongest, weight
from macros.model.equipment import EquipmentClass
from macros.present.assessment import CitedFact, cited_facts
from macros.present.benchmarks import Comparison, comparison
from macros.present.book import Book


class StrongFact(NamedTuple):
    """A fact with its figure, the side it is about, and its weight in words; what marks it as weak stands in `cited`."""

    figure: str
    origin: str | None
    weight: str
    cited: CitedFact


class BriefRow(NamedTuple):
    """A fact by itself, or what both sides of a benchmark say."""

    facts: Sequence[StrongFact]
    compared: Comparison | None


class ClassBrief(NamedTuple):
    rows: Sequence[BriefRow]
    grades: Sequence[str]


def class_brief(book: Book, record: EquipmentClass) -> ClassBrief:
    """The facts of the class that weigh most, with figures and sources; domestic beside imported where both exist."""
    rows = [_row(book, record.id, item) for item in strongest(book.results, record)]
    return ClassBrief(rows, list(book.landscape.method.reliability))


def _row(book: Book, owner: str, item: Strong) -> BriefRow:
    of_sources = {book.landscape.facts[name].source: name for name in reversed(item.facts)}  # each source is named once
    names = [name for name in item.facts if name in of_sources.values()]
    facts = [_fact(book, found) for found in cited_facts(book, names, "near", book.landscape.current)]
    return BriefRow(facts, comparison(book, owner, item.benchmark) if item.benchmark else None)


def _fact(book: Book, found: CitedFact) -> StrongFact:
    fact = book.landscape.facts[found.id]
    text = book.wording.figure(fact.value, fact.unit, fact.bound)
    return StrongFact(text, fact.origin, book.wording.number(weight(book.results, fact.id), 2), found)


MACROS = (class_brief,)
