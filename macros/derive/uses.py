"""Find every record that cites a fact, and whether for or against."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from macros.load.landscape import INDUSTRY, Landscape
from macros.model.base import Ids, Record, fields_of, records_within

Sort = Literal["level", "figure", "class", "claim", "priority", "supplier", "series", "page"]
_LISTS = ("evidence", "facts")


@dataclass(frozen=True)
class Use:
    """A record that cites a fact. `part` is the dimension of a level; `is_against`: as counter-evidence only."""

    sort: Sort
    id: str
    part: str = ""
    is_against: bool = False


Uses = dict[str, tuple[Use, ...]]


# Every page of facts asks for the same; of another landscape, as after an edit, the last one is forgotten.
_cached = lru_cache(maxsize=1)


@_cached
def uses(land: Landscape) -> Uses:
    """Return for each fact what cites it, in reading order: levels, figures, claims, priorities, companies, series.

    That a fact describes a class is listed only if nothing else of the class cites it.
    """
    found: dict[str, dict[Use, None]] = {fact: {} for fact in land.facts}
    for use, facts in _citations(land):
        for fact in facts:
            found[fact].setdefault(use)
    return {fact: _tidy(list(places)) for fact, places in found.items()}


@_cached
def current_uses(land: Landscape) -> Uses:
    """Return for each fact the known levels of the current edition and the priorities that cite it; none: left out."""
    found: dict[str, dict[Use, None]] = {}
    for (owner, dimension, edition), assessment in land.cells.items():
        if edition == land.current.id and land.severity(assessment) is not None:
            for fact in (*assessment.evidence, *assessment.counter_evidence):
                found.setdefault(fact, {})[Use("level", owner, dimension)] = None
    for priority in land.priorities.values():
        for fact in priority.evidence:
            found.setdefault(fact, {})[Use("priority", priority.id)] = None
    return {fact: tuple(places) for fact, places in found.items()}


def _tidy(places: list[Use]) -> tuple[Use, ...]:
    for_it = {(use.sort, use.id, use.part) for use in places if not use.is_against}
    busy = {use.id for use in places if use.sort in ("level", "figure")}

    def is_redundant(use: Use) -> bool:
        return use.id in busy if use.sort == "class" else use.is_against and (use.sort, use.id, use.part) in for_it

    return tuple(use for use in places if not is_redundant(use))


def _citations(land: Landscape) -> Iterator[tuple[Use, Ids]]:
    owners = (*land.equipment, INDUSTRY)
    for owner in owners:
        for assessment in land.assessed(owner).assessments:
            yield Use("level", owner, assessment.dimension), assessment.evidence
            yield Use("level", owner, assessment.dimension, is_against=True), assessment.counter_evidence
    for owner in owners:
        assessed = land.assessed(owner)
        figures = (assessed.benchmarks, assessed.specs, getattr(assessed, "value_share", None))
        yield from _within(Use("figure", owner), figures)
    for equipment in land.equipment.values():
        yield Use("class", equipment.id), equipment.evidence
    for claim in land.claims.values():
        yield Use("claim", claim.id), claim.evidence
        yield Use("claim", claim.id, is_against=True), claim.counter_evidence
    lists: tuple[tuple[Sort, Mapping[str, Record]], ...] = (
        ("priority", land.priorities),
        ("supplier", land.suppliers),
        ("series", land.series),
    )
    for sort, records in lists:
        for name, record in records.items():
            yield from _within(Use(sort, name), record)
    pages: tuple[tuple[str, Any], ...] = (
        ("timeline", land.events),
        ("standards", land.standards),
        ("measurement", land.measurement),
        ("glossary", tuple(land.terms.values())),
    )
    for page, listed in pages:
        yield from _within(Use("page", page), listed)


def _within(use: Use, value: object) -> Iterator[tuple[Use, Ids]]:
    """Yield every list of facts in the records of a value, as the same use."""
    for _, record in records_within(value):
        yield from ((use, getattr(record, name)) for name in _LISTS if name in fields_of(type(record)))


@_cached
def source_uses(land: Landscape) -> Uses:
    """Return for each source what names it beside facts: companies, priorities, the ledger of claims."""
    found: dict[str, dict[Use, None]] = {source: {} for source in land.sources}
    for priority in land.priorities.values():
        for source in priority.who_says:
            found[source].setdefault(Use("priority", priority.id))
    for supplier in land.suppliers.values():
        for source in supplier.sources:
            found[source].setdefault(Use("supplier", supplier.id))
    if land.claims_source:
        found[land.claims_source].setdefault(Use("page", "claims"))
    return {source: tuple(places) for source, places in found.items()}
