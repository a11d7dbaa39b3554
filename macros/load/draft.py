"""The draft: every record of the right shape, with its place in the files, for the rules to check."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple

from babel import Locale

from macros.load.document import Document
from macros.model.base import Record, fields_of, records_within
from macros.model.locale import locale_of
from macros.model.references import fields_naming
from macros.problems import Finding, Keys, Problem


class Entry(NamedTuple):
    """A record and where it stands: its document, the keys that lead to it and the stem of its file."""

    kind: str
    record: Any
    document: Document
    keys: Keys = ()

    @property
    def home(self) -> str:
        return self.document.stem

    @property
    def path(self) -> str:
        return self.document.path

    @property
    def line(self) -> int:
        return self.document.line(self.keys)

    def finding(self, keys: Keys | str, wrong: str, right: str) -> Finding:
        """Return what is wrong at a field of this record, given as keys relative to it."""
        relative = (keys,) if isinstance(keys, str) else keys
        return self.document.finding((*self.keys, *relative), wrong, right)

    def problem(self, keys: Keys | str, wrong: str, right: str, rule: str) -> Problem:
        """Return the same with the rule that it breaks."""
        return Problem(*self.finding(keys, wrong, right), rule)


class Lost(NamedTuple):
    """A record whose name cannot be known, because its file or its id is broken, with the ids that it may have."""

    path: str
    where: str
    kind: str
    name: str | None = None


@dataclass
class Draft:
    """All well-shaped records by kind. Ids include those of misshapen records, so that one error is one problem."""

    entries: dict[str, list[Entry]] = field(default_factory=dict)
    raw_ids: dict[str, dict[str, list[tuple[Document, Keys]]]] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    files: dict[str, list[Document]] = field(default_factory=dict)
    # What a public draft leaves out, for messages: ("fact", id) for a record, ("evidence", stem) for a file left empty.
    hidden: frozenset[tuple[str, str]] = frozenset()
    lost: list[Lost] = field(default_factory=list)
    # Of a translated draft: the language that the data are in.
    translated_from: str = ""

    @cached_property
    def records(self) -> list[tuple[Entry, Keys, Record]]:
        """Every record, also those within others, with its place. Use it only when all entries are in."""
        kinds = [kind for kind in self.entries if not kind.endswith("-file")]
        return [
            (entry, keys, record)
            for kind in kinds
            for entry in self.all(kind)
            for keys, record in records_within(entry.record, ())
        ]

    @cached_property
    def by_model(self) -> dict[type[Record], list[tuple[Entry, Keys, Record]]]:
        """Every record with its place, by its model; also the files, for what they say beside the records they list."""
        found: dict[type[Record], list[tuple[Entry, Keys, Record]]] = defaultdict(list)
        listed = {id(record) for _, _, record in self.records}
        files = [entry for kind in self.entries if kind.endswith("-file") for entry in self.all(kind)]
        within = [(entry, *place) for entry in files for place in records_within(entry.record, ())]
        for place in (*(place for place in within if id(place[2]) not in listed), *self.records):
            found[type(place[2])].append(place)
        return found

    def pointers(self, kind: str) -> Iterator[tuple[Entry, Keys, str]]:
        """Yield every name in a field for records or words of a kind: the entry, the keys within that, and the name."""
        for model, records in self.by_model.items():
            for name in fields_naming(model, kind):
                for entry, keys, record in records:
                    value = getattr(record, name)
                    if isinstance(value, str):
                        yield entry, (*keys, name), value
                    else:  # a list, the names of a mapping, or nothing
                        for at, part in enumerate(value or ()):
                            yield entry, (*keys, name, part if isinstance(value, dict) else at), part

    def note_id(self, kind: str, name: str, document: Document, keys: Keys) -> None:
        """Remember where an id stands."""
        self.raw_ids.setdefault(kind, {}).setdefault(name, []).append((document, keys))

    def all(self, kind: str) -> list[Entry]:
        return self.entries.get(kind, [])

    def by_id(self, kind: str) -> dict[str, Any]:
        """Return the records of a kind by id; of several with one id the last."""
        return {entry.record.id: entry.record for entry in self.all(kind)}

    def one(self, kind: str) -> Entry | None:
        """Return the only record of a kind that is a single file, or None when it is missing or broken."""
        found = self.all(kind)
        return found[0] if found else None

    def only(self, kind: str) -> Any:
        """Return the record of a kind that is a single file, of a draft without problems."""
        return self.all(kind)[0].record

    def locale(self) -> Locale:
        """Return the locale in which the report writes its numbers; that of English where the report cannot be read."""
        report = self.one("report")
        return locale_of(report.record.locale or report.record.language if report else "en")

    def public(self) -> Draft:
        """Return the draft without internal records, without sources that only those cite, and without files left empty."""
        if not self.internal():
            return self
        entries = {kind: [_public(e) for e in rows if is_public(e.record)] for kind, rows in self.entries.items()}
        sources = self.internal_sources()
        entries["sources"] = [e for e in entries.get("sources", []) if e.record.id not in sources]
        gone = {
            folder: {e.home for e in self.all(kind)} - {e.home for e in entries.get(kind, [])}
            for folder, kind in (("suppliers", "suppliers"), ("evidence", "facts"), ("sources", "sources"))
        }
        entries["index"] = [e._replace(record=_without(e.record, gone)) for e in self.all("index")]
        files = {(folder, name) for folder, names in gone.items() for name in names}
        hidden = files | self.internal() | {("source", name) for name in sources}
        return Draft(entries, self.raw_ids, self.broken, self.files, frozenset(hidden))

    def internal(self) -> set[tuple[str, str]]:
        """Return the records that are not for the public, each as its kind and id."""
        kinds = {"facts": "fact", "suppliers": "supplier", "changes": "change"}
        rows = [(name, e.record) for kind, name in kinds.items() for e in self.all(kind)]
        rows += [("benchmark", benchmark) for _, entry in self.assessed() for benchmark in entry.record.benchmarks]
        return {(name, record.id) for name, record in rows if not is_public(record)}

    def internal_sources(self) -> set[str]:
        """Return the sources that internal records cite and no other."""
        rows = [e.record for kind in _CITING for e in self.all(kind)]
        cited = {
            is_one: {name for row in rows if is_public(row) is is_one for name in _sources_of(row)}
            for is_one in (True, False)
        }
        return cited[False] - cited[True]

    def ids(self, kind: str) -> set[str]:
        return set(self.raw_ids.get(kind, {}))

    def is_whole(self, kind: str) -> bool:
        """Whether every file of the kind could be read: else its ids are not all known."""
        return kind not in self.broken

    def is_complete(self, kind: str) -> bool:
        """Whether every record of the kind could be read."""
        return self.is_whole(kind) and f"{kind}-records" not in self.broken

    def assessed(self) -> Iterator[tuple[str, Entry]]:
        """Yield the id and entry of everything that has assessments: the classes and the industry."""
        for entry in self.all("equipment"):
            yield entry.record.id, entry
        for entry in self.all("industry"):
            yield "industry", entry


# The kinds of record that cite sources themselves.
_CITING = ("facts", "suppliers", "priorities", "claims-file")


def is_public(record: Any) -> bool:
    """Whether a record is for everybody; one that cannot be marked is."""
    return getattr(record, "audience", "public") == "public"


def _public(entry: Entry) -> Entry:
    """Return an entry without the internal benchmarks within its record."""
    benchmarks = getattr(entry.record, "benchmarks", ())
    kept = tuple(benchmark for benchmark in benchmarks if is_public(benchmark))
    if len(kept) == len(benchmarks):
        return entry
    return entry._replace(record=entry.record.model_copy(update={"benchmarks": kept}))


def _without(index: Any, gone: dict[str, set[str]]) -> Any:
    """Return the index without files that a public draft leaves out, given by folder."""
    kept = {folder: tuple(n for n in getattr(index, folder) if n not in names) for folder, names in gone.items()}
    return index.model_copy(update=kept)


def _sources_of(record: Record) -> tuple[str, ...]:
    """Return the sources a record cites itself."""
    fields = fields_of(type(record))
    own = getattr(record, "source", None) if "source" in fields else None
    lists = [getattr(record, name) for name in ("sources", "who_says") if name in fields]
    return (*([own] if own else []), *chain.from_iterable(lists))
