"""The landscape: all records of a clean project, frozen, by id and in reading order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from macros.load.draft import Draft, Entry
from macros.model.context import Change, Claim, Conflict, Event, GapFile, Note, Series, Standard
from macros.model.equipment import Assessment, Benchmark, Dimension, EquipmentClass, Industry, Question, Stage
from macros.model.evidence import Fact, Source
from macros.model.glossary import Term
from macros.model.method import Level, Method, Preset, SourceKind, Topic, Verdict
from macros.model.priority import Priority
from macros.model.report import Edition, Index, Report, Words
from macros.model.supplier import Makes, Supplier

INDUSTRY = "industry"
# Records by id: in the order of index.yml, and in that of their files.
_INDEXED = ("equipment", "suppliers", "priorities")
_LISTED = ("stages", "dimensions", "facts", "sources", "claims", "series", "conflicts", "notes", "changes")


@dataclass(frozen=True, eq=False)
class Landscape:
    """Everything the report knows. Dictionaries are in reading order."""

    report: Report
    index: Index
    words: Words
    method: Method
    stages: dict[str, Stage]
    dimensions: dict[str, Dimension]
    questions: tuple[Question, ...]
    industry: Industry
    equipment: dict[str, EquipmentClass]
    suppliers: dict[str, Supplier]
    priorities: dict[str, Priority]
    facts: dict[str, Fact]
    fact_homes: dict[str, str]
    sources: dict[str, Source]
    claims: dict[str, Claim]
    claims_source: str | None
    series: dict[str, Series]
    events: tuple[Event, ...]
    standards: tuple[Standard, ...]
    conflicts: dict[str, Conflict]
    measurement: GapFile
    notes: dict[str, Note]
    changes: dict[str, Change]
    feed: str
    terms: dict[str, Term]
    # Where each record that has a page of its own stands in the repository, by kind and id.
    places: dict[tuple[str, str], Entry]
    # The records here that are not for the public, as (kind, id); none in a public landscape.
    internal: frozenset[tuple[str, str]] = frozenset()
    # What a public landscape leaves out, as the draft names it: for messages to editors, never for a page.
    hidden: frozenset[tuple[str, str]] = frozenset()
    # Of a translated landscape: the language that the data are in.
    translated_from: str = ""

    @classmethod
    def of(cls, draft: Draft) -> Landscape:
        """Return the landscape of a draft without problems."""
        index = draft.only("index")
        in_order: dict[str, Any] = {kind: _by_id(draft, kind, getattr(index, kind)) for kind in _INDEXED}
        listed: dict[str, Any] = {kind: _by_id(draft, kind) for kind in _LISTED}
        return cls(
            **{kind: draft.only(kind) for kind in ("report", "index", "method", "industry", "measurement")},
            words=_words(draft),
            **in_order,
            **listed,
            questions=draft.only("dimensions-file").questions,
            fact_homes={entry.record.id: entry.home for entry in draft.all("facts")},
            claims_source=draft.only("claims-file").source,
            events=tuple(entry.record for entry in draft.all("events")),
            standards=tuple(entry.record for entry in draft.all("standards")),
            feed=draft.only("changes-file").feed,
            terms=_by_id(draft, "glossary"),
            places=_places(draft),
            internal=frozenset(draft.internal()),
            hidden=draft.hidden,
            translated_from=draft.translated_from,
        )

    @cached_property
    def baseline(self) -> Edition:
        return next(
            (edition for edition in self.report.editions if edition.role == "baseline"), self.report.editions[0]
        )

    @cached_property
    def current(self) -> Edition:
        return next(edition for edition in self.report.editions if edition.role == "current")

    @cached_property
    def levels(self) -> dict[str, Level]:
        return {level.id: level for level in self.method.levels}

    @property
    def preset(self) -> Preset:
        """The weights by which priorities are ranked where nothing else is said: the first of method.yml."""
        return self.method.presets[0]

    @cached_property
    def topics(self) -> dict[str, Topic]:
        return {topic.id: topic for topic in self.method.topics}

    @cached_property
    def source_kinds(self) -> dict[str, SourceKind]:
        return {kind.id: kind for kind in self.method.source_kinds}

    @cached_property
    def verdicts(self) -> dict[str, Verdict]:
        return {verdict.id: verdict for verdict in self.method.verdicts}

    @cached_property
    def editions(self) -> dict[str, Edition]:
        """The editions by id, the oldest first."""
        return {edition.id: edition for edition in self.report.editions}

    @cached_property
    def class_dimensions(self) -> tuple[str, ...]:
        """The dimensions of classes, question by question."""
        return tuple(name for question in self.questions for name in question.dimensions)

    @cached_property
    def cells(self) -> dict[tuple[str, str, str], Assessment]:
        """Every assessment by (class or `industry`, dimension, edition)."""
        found = {}
        for owner in (*self.equipment, INDUSTRY):
            for assessment in self.assessed(owner).assessments:
                found[owner, assessment.dimension, assessment.edition] = assessment
        return found

    @cached_property
    def benchmarks(self) -> dict[str, tuple[str, Benchmark]]:
        """Every benchmark by id, with the class it belongs to."""
        return {b.id: (owner, b) for owner in (*self.equipment, INDUSTRY) for b in self.assessed(owner).benchmarks}

    @cached_property
    def order(self) -> dict[str, int]:
        """The position of each class in reading order."""
        return {name: at for at, name in enumerate(self.equipment)}

    @cached_property
    def containers(self) -> dict[str, tuple[str, ...]]:
        """For each class, the classes that contain it as a component."""
        found: dict[str, dict[str, None]] = {name: {} for name in self.equipment}
        for owner in self.equipment.values():
            for name in owner.components:
                found[name][owner.id] = None
        return {name: tuple(owners) for name, owners in found.items()}

    @cached_property
    def fed_by(self) -> dict[str, list[EquipmentClass]]:
        """For each class, those that come right before it in the process."""
        return _values_by_name((name, other) for other in self.equipment.values() for name in other.feeds)

    @cached_property
    def makers(self) -> dict[str, list[tuple[Supplier, Makes]]]:
        """For each class, the companies named with it, each with what is said of that."""
        return _values_by_name((makes.id, (s, makes)) for s in self.suppliers.values() for makes in s.equipment)

    @cached_property
    def helping(self) -> dict[str, list[Priority]]:
        """For each class, the priorities that help it."""
        found = ((name, p) for p in self.priorities.values() for name in dict.fromkeys(p.equipment))
        return _values_by_name(found)

    @cached_property
    def facts_at(self) -> dict[str, list[Fact]]:
        """For each file of facts, its facts, the newest first and those without a date last."""
        newest_first = sorted(self.facts.values(), key=lambda fact: self.years[fact.id] or 0, reverse=True)
        return _values_by_name((self.fact_homes[fact.id], fact) for fact in newest_first)

    @cached_property
    def facts_of(self) -> dict[str, list[str]]:
        """For each source, the facts taken from it."""
        return _values_by_name((fact.source, fact.id) for fact in self.facts.values())

    @cached_property
    def conflicts_of(self) -> dict[str, list[Conflict]]:
        """For each fact that others contradict, the conflicts it stands in."""
        return _values_by_name((fact, conflict) for conflict in self.conflicts.values() for fact in conflict.facts)

    @cached_property
    def traps_of(self) -> dict[str, list[Note]]:
        """For each fact that is easily misread, the notes that say so."""
        return _values_by_name(
            (name, note) for note in self.notes.values() if note.kind == "trap" for name in note.facts
        )

    @cached_property
    def series_of(self) -> dict[str, list[Series]]:
        """For each class and the industry, its series."""
        return _values_by_name((series.equipment, series) for series in self.series.values())

    @cached_property
    def series_with(self) -> dict[str, list[Series]]:
        """For each company or product that points of series name, those series."""
        named = ((name, s) for s in self.series.values() for name in dict.fromkeys(p.entity for p in s.points))
        return _values_by_name((name, series) for name, series in named if name)

    @cached_property
    def subsidiaries(self) -> dict[str, list[Supplier]]:
        """For each company, those it owns."""
        return _values_by_name((s.parent.id, s) for s in self.suppliers.values() if s.parent and s.parent.id)

    @cached_property
    def years(self) -> dict[str, int | None]:
        """The year each fact is from."""
        return {fact.id: dated(fact, self.sources[fact.source].issued) for fact in self.facts.values()}

    def assessed(self, owner: str) -> EquipmentClass | Industry:
        return self.industry if owner == INDUSTRY else self.equipment[owner]

    def subject(self, fact: str) -> str:
        """Return what a fact is about, by the file it stands in: a class, or the industry."""
        home = self.fact_homes[fact]
        return home if home in self.equipment else INDUSTRY

    def severity(self, assessment: Assessment | None) -> int | None:
        """Return the severity of an assessment; None when unknown or when there is none."""
        return self.levels[assessment.level].severity if assessment else None

    def side(self, supplier: Supplier) -> str | None:
        """Return domestic or imported, by the country of the headquarters; None when that is not known."""
        if supplier.country is None:
            return None
        return "domestic" if supplier.country in self.report.home_market.countries else "imported"


def dated(fact: Fact, issued: str | None) -> int | None:
    """Return the year a fact is from: that of its figure or of its source, whichever is earlier; None if undated.

    A forecast for 2030 published in 2023 is knowledge of 2023; a look back of 2023 at 2019 is a figure of 2019.
    """
    if not issued:
        return fact.year
    year = int(issued[:4])
    return min(fact.year, year) if fact.year else year


def _values_by_name(pairs: Iterable[tuple[str, Any]]) -> dict[str, list[Any]]:
    """Return what goes with each name, in order; nothing goes with a name that does not occur."""
    found: dict[str, list[Any]] = defaultdict(list)
    for name, item in pairs:
        found[name].append(item)
    return found


def _words(draft: Draft) -> Words:
    """Return the words of all files as one."""
    phrases: dict[str, Any] = {}
    names: dict[str, Any] = {}
    for entry in draft.all("words"):
        phrases.update(entry.record.phrases)
        names.update(entry.record.names)
    return Words.model_construct(phrases=phrases, names=names)


def _by_id(draft: Draft, kind: str, order: tuple[str, ...] = ()) -> dict[str, Any]:
    records = draft.by_id(kind)
    return {name: records[name] for name in order} if order else records


def _places(draft: Draft) -> dict[tuple[str, str], Entry]:
    report = draft.one("report")
    places = {("report", ""): report} if report else {}
    return places | {(kind, entry.record.id): entry for kind in _PAGED for entry in draft.all(kind)}


_PAGED = ("equipment", "dimensions", "suppliers", "priorities")
