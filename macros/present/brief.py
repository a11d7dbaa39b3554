"""The block that opens the page of a class: its strongest facts, one side beside the other where both have the figure."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from macros.derive.brief import Strong, strongest, weight
from macros.model.equipment import EquipmentClass
from macros.present.assessment import cited_facts
from macros.present.benchmarks import Comparison, comparison
from macros.present.book import Book
from macros.present.references import Reference


class BriefRow(NamedTuple):
    """A fact by itself, or what both sides of a benchmark say."""

    facts: Sequence[tuple[Reference, Fraction]]
    compared: Comparison | None


def class_brief(book: Book, record: EquipmentClass) -> Sequence[BriefRow]:
    """The facts of the class that weigh most, with figures and sources; domestic beside imported where both exist."""
    return [_row(book, record.id, item) for item in strongest(book.results, record)]


def _row(book: Book, owner: str, item: Strong) -> BriefRow:
    of_sources = {book.landscape.facts[name].source: name for name in reversed(item.facts)}  # each source is named once
    names = [name for name in item.facts if name in of_sources.values()]
    cited = cited_facts(book, names, "near", book.landscape.current)
    facts = [(found, weight(book.results, found.fact.id)) for found in cited]
    return BriefRow(facts, comparison(book, owner, item.benchmark) if item.benchmark else None)
