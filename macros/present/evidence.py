"""Blocks on the evidence: facts, sources, conflicts, what was not found and what is easily misread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from macros.derive.tally import Tally, by_grade_and_origin, by_kind_and_grade, is_on_itself, is_weak, tally
from macros.derive.uses import Use, conflicts_of, facts_by_source, source_uses, traps_of, uses
from macros.landscape import INDUSTRY
from macros.model.base import Grade, Origin
from macros.model.context import Conflict, Note
from macros.model.evidence import Fact, Share, Source
from macros.model.method import SourceKind
from macros.present.book import Book
from macros.present.facets import Facet, Option
from macros.present.parts import WHOLE, ListPart, long_list
from macros.present.references import Named, named

ORIGINS: tuple[Origin | None, ...] = ("domestic", "imported", "both", None)
MARKS = ("weak", "stale", "self", "conflict", "unused")
FEW = 8
"""Up to so many entries a list needs no filter."""


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
    found = Counter(mark for fact in book.landscape.facts.values() for mark in _marks(book, fact))
    return [MarkCount(mark, found[mark]) for mark in MARKS]


def _marks(book: Book, fact: Fact) -> list[str]:
    """Return what a reader must be warned of at a fact."""
    land = book.landscape
    holds = {
        "weak": is_weak(fact, land),
        "stale": fact.id in book.results.stale,
        "self": is_on_itself(land.sources[fact.source], land),
        "conflict": fact.id in conflicts_of(land),
        "unused": not uses(land)[fact.id],
    }
    return [mark for mark in MARKS if holds[mark]]


class Conflicts(NamedTuple):
    conflicts: Sequence[ConflictView]


@long_list("evidence", 150, lambda book: list(book.landscape.conflicts.values()))
def conflicts(book: Book, part: ListPart = WHOLE) -> Conflicts:
    """Facts that disagree, side by side, with what the report makes of them."""
    return Conflicts(conflicts=[_conflict(book, conflict) for conflict in part.of(book.entries("conflicts"))])


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
        figure=_figure(book, fact),
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
    return NoteView(note.id, note.title, note.text, named(book, note.equipment), note.facts)


class FactList(NamedTuple):
    facts: Sequence[FactCard]
    facets: Sequence[Facet]
    grades: Sequence[str]
    tally: Tally
    edition: str


@long_list("evidence", 400, lambda book, home: book.landscape.facts_at[home], is_filtered=True)
def fact_list(book: Book, record: Any, part: ListPart = WHOLE) -> FactList:
    """The facts of one file: what each says, who says it, how sure it is, and what rests on it."""
    land = book.landscape
    cards = [_card(book, fact, record.id) for fact in part.of(record.facts)]
    topics = {topic.id: topic.name for topic in land.method.topics}
    grades = land.method.fact_confidence
    found = [
        _facet("confidence", "boxes", cards, lambda card: [card.grade], grades, _names(book, "grades")),
        _facet("origin", "boxes", cards, lambda card: [card.origin], ORIGINS[:3], _names(book, "origins")),
        _facet("topic", "choice", cards, lambda card: [card.topic], topics, topics.__getitem__),
        _facet("mark", "choice", cards, lambda card: card.marks, MARKS, _mark_names(book)),
    ]
    return FactList(
        facts=cards,
        facets=[facet for facet in found if facet] if len(cards) > FEW else [],
        grades=list(land.method.reliability),
        tally=tally(record.facts, book.results),
        edition=land.current.id,
    )


def _names(book: Book, group: str) -> Callable[[str], str]:
    return lambda name: book.wording.name(group, name)


def _mark_names(book: Book) -> Callable[[str], str]:
    return lambda mark: book.wording.word(f"fact-mark-{mark}")


def _facet(
    name: str,
    form: str,
    rows: Sequence[Any],
    values: Callable[[Any], Iterable[Any]],
    order: Iterable[Any],
    shown: Callable[[Any], str],
) -> Facet | None:
    """Return a filter with the number of rows behind each of its values; None where it would not divide the rows."""
    found = Counter(value for row in rows for value in values(row))
    options = [Option(value, shown(value), found[value]) for value in order if found[value]]
    divides = len(options) > 1 or any(option.n < len(rows) for option in options)
    return Facet(name, form, options) if divides else None


class FactCard(NamedTuple):
    """A fact with its source, its marks, what speaks against it, and what rests on it."""

    id: str
    statement: str
    figure: str | None
    unit_note: str | None
    about: Sequence[str]
    share: Share | None
    origin: Origin | None
    topic: str
    grade: Grade
    source: Source
    marks: Sequence[str]
    shelf_life: int
    conflicts: Sequence[Conflict]
    traps: Sequence[Note]
    uses: Sequence[UseGroup]


def _card(book: Book, fact: Fact, home: str) -> FactCard:
    land = book.landscape
    source = land.sources[fact.source]
    marks = _marks(book, fact)
    lives = {topic.id: topic.years for topic in land.method.topics}
    return FactCard(
        id=fact.id,
        statement=fact.statement,
        figure=_figure(book, fact),
        unit_note=fact.unit_note,
        about=[text for text in (fact.metric, fact.entity, book.wording.plain_year(fact.year)) if text],
        share=fact.share,
        origin=fact.origin,
        topic=fact.topic,
        grade=fact.confidence,
        source=source,
        marks=marks,
        shelf_life=lives[fact.topic],
        conflicts=[land.conflicts[name] for name in conflicts_of(land).get(fact.id, ())],
        traps=[land.notes[name] for name in traps_of(land).get(fact.id, ())],
        uses=_grouped(book, uses(land)[fact.id], home if home in land.equipment else INDUSTRY),
    )


def _figure(book: Book, fact: Fact) -> str | None:
    return book.wording.figure(fact.value, fact.unit, fact.bound) if fact.value is not None else None


class UseGroup(NamedTuple):
    """What rests on a fact, of one sort."""

    sort: str
    links: Sequence[UseLink]


def _grouped(book: Book, found: Iterable[Use], owner: str) -> list[UseGroup]:
    """Return what rests on a fact, sort by sort, the class whose page this is first."""
    return [
        UseGroup(sort, [_link(book, use, owner) for use in sorted(places, key=lambda use: use.id != owner)])
        for sort, places in groupby(found, key=lambda use: use.sort)
    ]


class UseLink(NamedTuple):
    """A link to what rests on a fact: its words, and kind, id and anchor of the page."""

    text: str
    place: tuple[str, str, str]
    is_against: bool


def _link(book: Book, use: Use, owner: str = "") -> UseLink:
    """Return address parts and words of one use; levels of the class (or industry) whose page this is need no name."""
    kind = _KINDS.get(use.sort, use.sort)
    text = book.wording.word(f"fact-page-{use.id}") if kind == "page" else book.title(kind, use.id)
    place = (kind, use.id, "")
    if use.sort == "level":
        dimension = book.landscape.dimensions[use.part].name
        text = dimension if use.id == owner else f"{text}: {dimension}"
        place = ("dimension", use.part, "") if use.id == INDUSTRY else ("equipment", use.id, use.part)
    return UseLink(text, place, use.is_against)


_KINDS = {"level": "equipment", "figure": "equipment", "class": "equipment"}


class KindRow(NamedTuple):
    """A kind of source: how many there are, how many of each grade, and how many facts are taken from them."""

    kind: SourceKind
    n: int
    cells: Sequence[int]
    facts: int


class SourceIndex(NamedTuple):
    kinds: Sequence[KindRow]
    grades: Sequence[str]
    totals: Sequence[int]
    sources: int
    facts: int
    languages: Sequence[tuple[str, int]]
    unlinked: int


def source_index(book: Book) -> SourceIndex:
    """The kinds of source with their numbers, grades and facts, and the languages they were read in."""
    land = book.landscape
    counts = by_kind_and_grade(land)
    facts = facts_by_source(land)
    grades = list(land.method.reliability)
    rows = []
    for kind in land.method.source_kinds:
        sources = [source.id for source in land.sources.values() if source.kind == kind.id]
        if sources:
            cells = [counts[kind.id, grade] for grade in grades]
            taken = sum(len(facts[name]) for name in sources)
            rows.append(KindRow(kind, len(sources), cells, taken))
    languages = Counter(source.language for source in land.sources.values()).most_common()
    return SourceIndex(
        kinds=rows,
        grades=grades,
        totals=[sum(counts[row.kind.id, grade] for row in rows) for grade in grades],
        sources=len(land.sources),
        facts=len(land.facts),
        languages=languages,
        unlinked=sum(source.URL is None for source in land.sources.values()),
    )


def _by_publisher(book: Book, kind: str) -> list[Source]:
    found = (source for source in book.landscape.sources.values() if source.kind == kind)
    return sorted(found, key=lambda source: (source.publisher.casefold(), source.title.casefold()))


class SourceList(NamedTuple):
    sources: Sequence[SourceRow]
    read: str | None
    facets: Sequence[Facet]
    grades: Sequence[str]


@long_list("sources", 600, _by_publisher, is_filtered=True)
def source_list(book: Book, record: Any, part: ListPart = WHOLE) -> SourceList:
    """The sources of one kind, by publisher, with the facts taken from each."""
    land = book.landscape
    days = Counter(source.accessed for source in record.sources).most_common(1)
    read = days[0][0] if days else None
    sources = part.of(book.entries("source_list", record.id))
    rows = [_source(book, source, read) for source in sources]
    languages = [name for name, _ in Counter(source.language for source in sources).most_common()]
    found = [
        _facet("reliability", "boxes", rows, lambda row: [row.source.reliability], land.method.reliability, str),
        _facet("language", "choice", rows, lambda row: [row.source.language], languages, _names(book, "languages")),
    ]
    return SourceList(
        sources=rows,
        read=read,
        facets=[facet for facet in found if facet] if len(rows) > FEW else [],
        grades=list(land.method.reliability),
    )


class SourceRow(NamedTuple):
    """A source, the day it was read where that is not the day of most, its facts, and what else names it."""

    source: Source
    read: str | None
    facts: Sequence[str]
    uses: Sequence[UseLink]


def _source(book: Book, source: Source, read: str | None) -> SourceRow:
    """Return a source with what was taken from it; the day of reading only where it is not that of most."""
    land = book.landscape
    return SourceRow(
        source=source,
        read=source.accessed if source.accessed != read else None,
        facts=facts_by_source(land)[source.id],
        uses=[_link(book, use) for use in source_uses(land)[source.id]],
    )


MACROS = (evidence_index, conflicts, not_found, traps, fact_list, source_index, source_list)
