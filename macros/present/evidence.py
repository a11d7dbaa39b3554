"""Blocks on the evidence as a whole: its size, conflicts, what was not found and what is easily misread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from macros.derive.tally import Tally, by_grade_and_origin, tally
from macros.load.landscape import INDUSTRY
from macros.model.base import Grade, Origin
from macros.model.context import Conflict, Note
from macros.model.evidence import Fact
from macros.present.book import Book
from macros.present.facts import MARKS, ORIGINS, figure_of, marks_of
from macros.present.pagination import WHOLE, ListPart, long_list
from macros.present.references import Named, named_classes


class GridRow(NamedTuple):
    """The facts of one grade of source: by side, and all of them."""

    grade: str
    cells: Sequence[int]
    all: int


class EvidenceIndex(NamedTuple):
    """The files of facts, and all facts by grade of source (rows) and side (columns, one for those of no side)."""

    groups: Sequence[HomeGroup]
    origins: Sequence[Origin | None]
    grid: Sequence[GridRow]
    totals: Sequence[int]
    facts: int
    marks: Sequence[MarkCount]
    edition: str


def evidence_index(book: Book) -> EvidenceIndex:
    """Every file of facts with its size and weak spots, and all facts by grade of source and side."""
    land = book.landscape
    counts = by_grade_and_origin(land)
    rows = {grade: [counts[grade, origin] for origin in ORIGINS] for grade in land.method.reliability}
    return EvidenceIndex(
        groups=_homes_by_group(book),
        origins=ORIGINS,
        grid=[GridRow(grade, cells, sum(cells)) for grade, cells in rows.items()],
        totals=[sum(column) for column in zip(*rows.values(), strict=True)],
        facts=len(land.facts),
        marks=_mark_counts(book),
        edition=land.current.id,
    )


class HomeRow(NamedTuple):
    """A file of facts with its size and weak spots."""

    id: str
    name: str
    tally: Tally


class HomeGroup(NamedTuple):
    """Files of facts about the classes of a stage, or about the industry."""

    name: str
    homes: Sequence[HomeRow]


def _homes_by_group(book: Book) -> list[HomeGroup]:
    """Return the files of facts under the stages of their classes, those of the industry last."""
    land = book.landscape
    homes: dict[str, list[Fact]] = {home: [] for home in land.index.evidence}
    for fact in land.facts.values():
        homes[land.fact_homes[fact.id]].append(fact)
    groups: dict[str, list[HomeRow]] = {stage: [] for stage in (*land.stages, INDUSTRY)}
    for home, facts in homes.items():
        stage = land.equipment[home].stage if home in land.equipment else INDUSTRY
        groups[stage].append(HomeRow(home, _home_name(book, home), tally(facts, book.results)))
    names = {**{stage.id: stage.name for stage in land.stages.values()}, INDUSTRY: land.industry.name}
    return [HomeGroup(names[stage], rows) for stage, rows in groups.items() if rows]


def _home_name(book: Book, home: str) -> str:
    land = book.landscape
    if home in land.equipment:
        return land.equipment[home].name
    topics = {topic.id: topic.name for topic in land.method.topics}
    return topics.get(home.removeprefix(f"{INDUSTRY}-"), land.industry.name)


class MarkCount(NamedTuple):
    id: str
    n: int


def _mark_counts(book: Book) -> list[MarkCount]:
    found = Counter(mark for fact in book.landscape.facts.values() for mark in marks_of(book, fact))
    return [MarkCount(mark, found[mark]) for mark in MARKS]


class Conflicts(NamedTuple):
    conflicts: Sequence[ConflictView]
    grades: Sequence[str]


@long_list("evidence", 150, lambda book: list(book.landscape.conflicts.values()))
def conflicts(book: Book, part: ListPart = WHOLE) -> Conflicts:
    """Facts that disagree, side by side, with what the report makes of them."""
    return Conflicts(
        conflicts=[_conflict(book, conflict) for conflict in part.of(book.entries("conflicts"))],
        grades=list(book.landscape.method.reliability),
    )


class ConflictView(NamedTuple):
    id: str
    title: str
    note: str
    sides: Sequence[ConflictSide]


def _conflict(book: Book, conflict: Conflict) -> ConflictView:
    sides = [_side(book, book.get("fact", name)) for name in conflict.facts]
    return ConflictView(conflict.id, conflict.title, conflict.note, sides)


class ConflictSide(NamedTuple):
    """One of the facts that disagree."""

    id: str
    figure: str | None
    says: str
    year: int | None
    publisher: str
    reliability: str
    grade: Grade


def _side(book: Book, fact: Fact) -> ConflictSide:
    source = book.get("source", fact.source)
    return ConflictSide(
        id=fact.id,
        figure=figure_of(book, fact),
        says=fact.metric if fact.value is not None and fact.metric else fact.statement,
        year=fact.year,
        publisher=source.publisher,
        reliability=source.reliability,
        grade=fact.confidence,
    )


def _notes(book: Book, kind: str) -> list[Note]:
    return [note for note in book.landscape.notes.values() if note.kind == kind]


class NoteView(NamedTuple):
    """A note with the classes and facts it is about."""

    id: str
    title: str
    text: str
    equipment: Sequence[Named]
    facts: Sequence[str]


class Notes(NamedTuple):
    notes: Sequence[NoteView]


@long_list("evidence", 200, lambda book: _notes(book, "not-found"))
def not_found(book: Book, part: ListPart = WHOLE) -> Notes:
    """Searches that found nothing."""
    return Notes([_note(book, note) for note in part.of(book.entries("not_found"))])


@long_list("evidence", 200, lambda book: _notes(book, "trap"))
def traps(book: Book, part: ListPart = WHOLE) -> Notes:
    """What is easily misread in the evidence."""
    return Notes([_note(book, note) for note in part.of(book.entries("traps"))])


def _note(book: Book, note: Note) -> NoteView:
    return NoteView(note.id, note.title, note.text, named_classes(book, note.equipment), note.facts)


MACROS = (evidence_index, conflicts, not_found, traps)
