"""The draft: every record that has its right shape, with the place it stands at, ready for the rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any

from macros.load import Document
from macros.model.base import Record, fields_of, holders_of
from macros.problems import Keys, Problem


@dataclass(frozen=True)
class Entry:
    """A record and where it stands: its document, the keys that lead to it and the stem of its file."""

    kind: str
    record: Any
    document: Document
    keys: Keys = ()

    @property
    def home(self) -> str:
        return self.document.path.rpartition("/")[2].removesuffix(".yml")

    @property
    def line(self) -> int:
        return self.document.line(self.keys)

    def problem(self, keys: Keys | str, wrong: str, right: str, rule: str) -> Problem:
        """Return a problem at a field of this record, given as keys relative to it."""
        relative = (keys,) if isinstance(keys, str) else keys
        return self.document.problem((*self.keys, *relative), wrong, right, rule)


def _within(record: Any, keys: Keys) -> Iterator[tuple[Keys, Record]]:
    if not isinstance(record, Record):
        return
    yield keys, record
    for name, alias in holders_of(type(record)).items():
        value = getattr(record, name)
        parts = enumerate(value) if isinstance(value, tuple) else value.items() if isinstance(value, dict) else ()
        for at, part in parts:
            yield from _within(part, (*keys, alias, at))
        yield from _within(value, (*keys, alias))


@dataclass
class Draft:
    """All well-shaped records by kind; ids also of records whose shape is wrong, so that one slip is one problem."""

    entries: dict[str, list[Entry]] = field(default_factory=dict)
    raw_ids: dict[str, dict[str, list[tuple[Document, Keys]]]] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    files: dict[str, list[Document]] = field(default_factory=dict)

    @cached_property
    def records(self) -> list[tuple[Entry, Keys, Record]]:
        """Every record and record within a record, with its place. To be asked only when all entries are in."""
        kinds = [kind for kind in self.entries if not kind.endswith("-file")]
        return [
            (entry, keys, record)
            for kind in kinds
            for entry in self.all(kind)
            for keys, record in _within(entry.record, ())
        ]

    def all(self, kind: str) -> list[Entry]:
        return self.entries.get(kind, [])

    def one(self, kind: str) -> Entry | None:
        """Return the only record of a kind that is a single file, or None when it is missing or broken."""
        found = self.all(kind)
        return found[0] if found else None

    def public(self) -> Draft:
        """Return the draft without internal facts and companies, and without sources that only those cite."""
        entries = {
            kind: [e for e in rows if getattr(e.record, "audience", "public") == "public"]
            for kind, rows in self.entries.items()
        }
        dropped = [
            e.record for kind in ("facts", "suppliers") for e in self.all(kind) if e.record.audience == "internal"
        ]
        kept = cited_sources(entries)
        hidden = {name for record in dropped for name in _sources_of(record)} - kept
        entries["sources"] = [e for e in entries.get("sources", []) if e.record.id not in hidden]
        return Draft(entries, self.raw_ids, self.broken, self.files)

    def ids(self, kind: str) -> set[str]:
        return set(self.raw_ids.get(kind, {}))

    def is_whole(self, kind: str) -> bool:
        """Whether every file of the kind could be read: else its ids are not all known."""
        return kind not in self.broken

    def assessed(self) -> Iterator[tuple[str, Entry]]:
        """Yield the id and entry of everything that has assessments: the classes and the industry."""
        for entry in self.all("equipment"):
            yield entry.record.id, entry
        for entry in self.all("industry"):
            yield "industry", entry


def cited_sources(entries: dict[str, list[Entry]]) -> set[str]:
    """Return the sources that facts, companies, priorities and the claims cite."""
    kinds = ("facts", "suppliers", "priorities", "claims-file")
    return {name for kind in kinds for entry in entries.get(kind, []) for name in _sources_of(entry.record)}


def _sources_of(record: Any) -> tuple[str, ...]:
    """Return the sources a record cites itself."""
    fields = fields_of(type(record))
    own = record.source if "source" in fields else None
    lists = [getattr(record, name) for name in ("sources", "who_says") if name in fields]
    return (*([own] if own else []), *chain.from_iterable(lists))
