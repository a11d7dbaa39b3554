"""Rules on records that are not for the public: what everybody reads must not rest on them, nor name them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from macros.check.rule import rule
from macros.check.rules.evidence import fact_lists
from macros.load.draft import Draft, Entry, is_public
from macros.model.base import ID_IN_TEXT, fields_of
from macros.model.references import FACT_FIELDS
from macros.problems import Finding, Keys

# Lists of evidence have a rule of their own.
_CITING = FACT_FIELDS - {"distinct_from"}


@rule
def internal_not_cited(draft: Draft) -> Iterator[Finding]:
    """A record for the public must not cite an internal fact, nor name an internal company as its owner.

    In words neither: a text for the public must not hold the id of an internal fact, company or benchmark.
    """
    facts = [entry.record for entry in draft.all("facts")]
    internal = {fact.id for fact in facts if not is_public(fact)}
    internal -= {fact.id for fact in facts if is_public(fact)} if internal else set()
    right = "name a public one, or write `audience: internal` here, where there is such a field"
    for entry, keys, _, ids in fact_lists(draft) if internal else ():
        for at, name in enumerate(ids):
            if name in internal and _is_for_all(entry, keys):
                yield entry.finding((*keys, at), f'fact "{name}" is internal', right)
    yield from _named_in_words(draft)
    hidden = {entry.record.id for entry in draft.all("suppliers") if entry.record.audience == "internal"}
    for entry in draft.all("suppliers"):
        parent = entry.record.parent
        if parent and parent.id in hidden and entry.record.audience == "public":
            yield entry.finding(("parent", "id"), f'company "{parent.id}" is internal', right)


def _is_for_all(entry: Entry, keys: Keys) -> bool:
    """Whether a public build shows the value at the keys of a record: no record around it is internal."""
    record: Any = entry.record
    for key in keys:
        if not is_public(record):
            return False
        record = _part(record, key)
    return is_public(record)


def _part(value: Any, key: str | int) -> Any:
    """Return the value at a key of a record, a list or a mapping."""
    if isinstance(value, dict) or isinstance(key, int):
        return value[key]
    return getattr(value, key, None)


def _named_in_words(draft: Draft) -> Iterator[Finding]:
    """Yield each text for the public that holds the id of an internal record."""
    internal = {name: kind for kind, name in draft.internal()}
    if not internal:
        return
    sources = draft.internal_sources()
    right = "leave it out, or write `audience: internal` here, where there is such a field"
    for entry, keys, record in draft.records:
        if entry.kind == "index" or (entry.kind == "sources" and entry.record.id in sources):
            continue
        for name, alias in fields_of(type(record)).items():
            value = getattr(record, name)
            if name in _CITING or name == "id" or not isinstance(value, (str, tuple)):
                continue
            for text in (value,) if isinstance(value, str) else value:
                found = [part for part in ID_IN_TEXT.findall(text) if part in internal] if isinstance(text, str) else []
                if found and _is_for_all(entry, keys):
                    wrong = f'names "{found[0]}", an internal {internal[found[0]]}'
                    yield entry.finding((*keys, alias), wrong, right)
