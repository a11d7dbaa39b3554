"""Rules on evidence: the facts and sources that are cited exist, once and for the reader, and no source is idle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from macros.check.rule import rule
from macros.check.rules.references import missing_records, unknown_names
from macros.load.draft import Draft, Entry
from macros.model.base import Ids
from macros.model.evidence import Fact
from macros.model.references import fields_naming
from macros.problems import Finding, Keys


def fact_lists(draft: Draft) -> Iterator[tuple[Entry, Keys, Any, Ids]]:
    """Yield every list of facts that a record cites, with its place and the record."""
    for model, records in draft.by_model.items():
        for name in fields_naming(model, "facts") if model is not Fact else ():
            yield from ((entry, (*keys, name), record, getattr(record, name)) for entry, keys, record in records)


@rule
def fact_exists(draft: Draft) -> Iterator[Finding]:
    """Every fact named as evidence must exist."""
    if not draft.is_whole("facts"):
        return
    known = draft.ids("facts")
    for entry, keys, _, ids in fact_lists(draft):
        if not known.issuperset(ids):
            yield from missing_records(entry, keys, ids, known, "fact")


@rule
def fact_once(draft: Draft) -> Iterator[Finding]:
    """A fact must stand once in a list of evidence, and not on both sides."""
    for entry, keys, record, ids in fact_lists(draft):
        for name, times in Counter(ids).items():
            if times > 1:
                yield entry.finding((*keys, ids.index(name)), f'"{name}" is listed {times} times', "keep one")
        if keys[-1] == "counter_evidence":
            for name in set(ids) & set(record.evidence):
                right = "keep it in one of the two; if it says both, make two facts of it"
                yield entry.finding(
                    (*keys, ids.index(name)), f'"{name}" is under evidence and under counter_evidence', right
                )


@rule
def fact_said_once(draft: Draft) -> Iterator[Finding]:
    """Two facts of one source must not have the same statement, nor the same figure, unit, year and entity.

    They are one fact said twice, and would be counted twice. Where a source really gives two things the same figure,
    the later fact names the other under distinct_from.
    """
    twins = _twins(draft)
    for entry in draft.all("facts"):
        fact, others = entry.record, twins.get(entry.record.id, [])
        for other in others:
            if other.id not in fact.distinct_from:
                same = (
                    "statement"
                    if _plain_statement(fact) == _plain_statement(other)
                    else "figure, unit, year and entity"
                )
                wrong = f'it has the same {same} as "{other.id}", from the same source'
                right = f"keep one of the two; if they are two facts, write `distinct_from: [{other.id}]`"
                yield entry.finding("value" if fact.value is not None else "statement", wrong, right)
        for at, name in enumerate(fact.distinct_from):
            if name not in {other.id for other in others}:
                wrong = f'"{name}" is not an earlier fact of this source with the same statement, or figure, unit, year and entity'
                yield entry.finding(("distinct_from", at), wrong, "remove it")


def _twins(draft: Draft) -> dict[str, list[Fact]]:
    """Return for each fact the earlier ones of its source with the same statement, or figure, unit, year and entity."""
    alike: dict[tuple[object, ...], list[Fact]] = {}
    found: dict[str, list[Fact]] = {}
    for entry in draft.all("facts"):
        fact = entry.record
        keys: list[tuple[object, ...]] = [(fact.source, _plain_statement(fact))]
        if fact.value is not None:
            keys.append((fact.source, fact.value, fact.unit, fact.year, fact.entity))
        groups = [alike.setdefault(key, []) for key in keys]
        found[fact.id] = list({other.id: other for group in groups for other in group}.values())
        for group in groups:
            group.append(fact)
    return found


def _plain_statement(fact: Fact) -> str:
    return " ".join(fact.statement.casefold().split())


@rule
def source_exists(draft: Draft) -> Iterator[Finding]:
    """Every source named must exist."""
    if draft.is_whole("sources"):
        yield from unknown_names(draft, "sources", draft.ids("sources"), "source")


@rule
def source_used(draft: Draft) -> Iterator[Finding]:
    """A source must be cited by a fact, a company or a priority."""
    kinds = ("facts", "priorities", "suppliers", "claims")
    if not all(draft.is_complete(kind) for kind in kinds):
        return
    used = {name for _, _, name in draft.pointers("sources")}
    for entry in draft.all("sources"):
        if entry.record.id not in used:
            right = "cite it in a fact, or remove it"
            yield entry.finding("id", f'nothing cites source "{entry.record.id}"', right)
