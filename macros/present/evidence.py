"""Blocks on the evidence as a whole: its size, conflicts, what was not found and what is easily misread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from macros.derive.tally import Tally, tally
from macros.load.landscape import INDUSTRY
from macros.model.base import Origin
from macros.model.context import Conflict, Note
from macros.present.book import Book
from macros.present.facts import MARKS, ORIGINS, marks_of
from macros.present.pagination import WHOLE, ListPart, long_list


class GridRow(NamedTuple):
    """The facts of one grade of source: by side, and all of them."""

    grade: str
    cells: Sequence[int]
    all: int


class EvidenceIndex(NamedTuple):
    """The files of facts, and all facts by grade of source (rows) and side (columns, one for those of no side)."""

    groups: Sequence[tuple[str, Sequence[HomeRow]]]
    origins: Sequence[Origin | None]
    grid: Sequence[GridRow]
    totals: Sequence[int]
    marks: Sequence[tuple[str, int]]


def evidence_index(book: Book) -> EvidenceIndex:
    """Every file of facts with its size and weak spots, and all facts by grade of source and side."""
    land = book.landscape
    counts = Counter((land.sources[fact.source].reliability, fact.origin) for fact in land.facts.values())
    rows = {grade: [counts[grade, origin] for origin in ORIGINS] for grade in land.method.reliability}
    return EvidenceIndex(
        groups=_homes_by_group(book),
        origins=ORIGINS,
        grid=[GridRow(grade, cells, sum(cells)) for grade, cells in rows.items()],
        totals=[sum(column) for column in zip(*rows.values(), strict=True)],
        marks=_mark_counts(book),
    )


class HomeRow(NamedTuple):
    """A file of facts with its size and weak spots."""

    id: str
    name: str
    tally: Tally


def _homes_by_group(book: Book) -> list[tuple[str, Sequence[HomeRow]]]:
    """Return the files of facts under the stages of their classes, those of the industry last."""
    land = book.landscape
    groups: dict[str, list[HomeRow]] = {stage: [] for stage in (*land.stages, INDUSTRY)}
    for home in land.index.evidence:
        stage = land.equipment[home].stage if home in land.equipment else INDUSTRY
        groups[stage].append(HomeRow(home, _home_name(book, home), tally(land.facts_at[home], book.results)))
    names = {**{stage.id: stage.name for stage in land.stages.values()}, INDUSTRY: land.industry.name}
    return [(names[stage], rows) for stage, rows in groups.items() if rows]


def _home_name(book: Book, home: str) -> str:
    land = book.landscape
    if home in land.equipment:
        return land.equipment[home].name
    topic = land.topics.get(home.removeprefix(f"{INDUSTRY}-"))
    return topic.name if topic else land.industry.name


def _mark_counts(book: Book) -> list[tuple[str, int]]:
    found = Counter(mark for fact in book.landscape.facts.values() for mark in marks_of(book, fact))
    return [(mark, found[mark]) for mark in MARKS]


@long_list(150, lambda book: list(book.landscape.conflicts.values()))
def conflicts(book: Book, part: ListPart = WHOLE) -> Sequence[Conflict]:
    """Facts that disagree, side by side, with what the report makes of them."""
    return part.of(book.entries("conflicts"))


def _notes(book: Book, kind: str) -> list[Note]:
    return [note for note in book.landscape.notes.values() if note.kind == kind]


@long_list(200, lambda book: _notes(book, "not-found"))
def not_found(book: Book, part: ListPart = WHOLE) -> Sequence[Note]:
    """Searches that found nothing."""
    return part.of(book.entries("not_found"))


@long_list(200, lambda book: _notes(book, "trap"))
def traps(book: Book, part: ListPart = WHOLE) -> Sequence[Note]:
    """What is easily misread in the evidence."""
    return part.of(book.entries("traps"))
