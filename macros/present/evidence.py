"""Blocks on the evidence: facts, sources, conflicts, what was not found and what is easily misread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

from macros.derive.quality import by_grade_and_origin, by_kind_and_grade, is_on_itself, is_weak, tally
from macros.derive.uses import Use, conflicts_of, facts_by_source, source_uses, traps_of, uses
from macros.landscape import INDUSTRY
from macros.model.context import Conflict, Note
from macros.model.evidence import Fact, Source
from macros.model.names import in_reading_order
from macros.present.book import Book
from macros.present.parts import WHOLE, ListPart, long_list

ORIGINS = ("domestic", "imported", "both", None)
MARKS = ("weak", "stale", "self", "conflict", "unused")
FEW = 8
"""Up to so many entries a list needs no filter."""

Facet = dict[str, Any]


def evidence_index(book: Book) -> dict[str, Any]:
    """Every file of facts with its size and weak spots, and all facts by grade of source and side."""
    land = book.landscape
    counts = by_grade_and_origin(land)
    rows = {grade: [counts[grade, origin] for origin in ORIGINS] for grade in land.method.reliability}
    return {
        "groups": _homes_by_group(book),
        "origins": ORIGINS,
        "grid": [{"grade": grade, "cells": cells, "all": sum(cells)} for grade, cells in rows.items()],
        "totals": [sum(column) for column in zip(*rows.values())],
        "facts": len(land.facts),
        "marks": _mark_counts(book),
        "edition": land.current.id,
    }


def _homes_by_group(book: Book) -> list[dict[str, Any]]:
    """Return the files of facts under the stages of their classes, those of the industry last."""
    land = book.landscape
    homes: dict[str, list[Fact]] = {home: [] for home in land.index.evidence}
    for fact in land.facts.values():
        homes[land.fact_homes[fact.id]].append(fact)
    groups: dict[str, list[dict[str, Any]]] = {stage: [] for stage in (*land.stages, INDUSTRY)}
    for home, facts in homes.items():
        stage = land.equipment[home].stage if home in land.equipment else INDUSTRY
        groups[stage].append({"id": home, "name": _home_name(book, home), "tally": tally(facts, book.results)})
    names = {**{stage.id: stage.name for stage in land.stages.values()}, INDUSTRY: land.industry.name}
    return [{"name": names[stage], "homes": rows} for stage, rows in groups.items() if rows]


def _home_name(book: Book, home: str) -> str:
    land = book.landscape
    if home in land.equipment:
        return land.equipment[home].name
    topics = {topic.id: topic.name for topic in land.method.topics}
    return topics.get(home.removeprefix(f"{INDUSTRY}-"), land.industry.name)


def _mark_counts(book: Book) -> list[dict[str, Any]]:
    found = Counter(mark for fact in book.landscape.facts.values() for mark in _marks(book, fact))
    return [{"id": mark, "n": found[mark]} for mark in MARKS]


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


@long_list("evidence", 150, lambda book: list(book.landscape.conflicts.values()))
def conflicts(book: Book, part: ListPart = WHOLE) -> dict[str, Any]:
    """Facts that disagree, side by side, with what the report makes of them."""
    return {"conflicts": [_conflict(book, conflict) for conflict in part.of(book.entries("conflicts"))]}


def _conflict(book: Book, conflict: Conflict) -> dict[str, Any]:
    sides = [_side(book, book.get("fact", name)) for name in conflict.facts]
    return {"id": conflict.id, "title": conflict.title, "note": conflict.note, "sides": sides}


def _side(book: Book, fact: Fact) -> dict[str, Any]:
    source = book.get("source", fact.source)
    return {
        "id": fact.id,
        "figure": _figure(book, fact),
        "says": fact.metric if fact.value is not None and fact.metric else fact.statement,
        "year": fact.year,
        "publisher": source.publisher,
        "reliability": source.reliability,
        "grade": fact.confidence,
    }


def _notes(book: Book, kind: str) -> list[Note]:
    return [note for note in book.landscape.notes.values() if note.kind == kind]


@long_list("evidence", 200, lambda book: _notes(book, "not-found"))
def not_found(book: Book, part: ListPart = WHOLE) -> dict[str, Any]:
    """Searches that found nothing."""
    return {"notes": [_note(book, note) for note in part.of(book.entries("not_found"))]}


@long_list("evidence", 200, lambda book: _notes(book, "trap"))
def traps(book: Book, part: ListPart = WHOLE) -> dict[str, Any]:
    """What is easily misread in the evidence."""
    return {"notes": [_note(book, note) for note in part.of(book.entries("traps"))]}


def _note(book: Book, note: Note) -> dict[str, Any]:
    equipment = [{"id": name, "name": book.title("equipment", name)} for name in note.equipment]
    return {"id": note.id, "title": note.title, "text": note.text, "equipment": equipment, "facts": note.facts}


@long_list("evidence", 400, lambda book, home: book.landscape.facts_at[home], is_filtered=True)
def fact_list(book: Book, record: Any, part: ListPart = WHOLE) -> dict[str, Any]:
    """The facts of one file: what each says, who says it, how sure it is, and what rests on it."""
    land = book.landscape
    cards = [_card(book, fact, record.id) for fact in part.of(record.facts)]
    topics = {topic.id: topic.name for topic in land.method.topics}
    grades = land.method.fact_confidence
    found = [
        _facet("confidence", "boxes", cards, lambda card: [card["grade"]], grades, _names(book, "grades")),
        _facet("origin", "boxes", cards, lambda card: [card["origin"]], ORIGINS[:3], _names(book, "origins")),
        _facet("topic", "choice", cards, lambda card: [card["topic"]], topics, topics.get),
        _facet("mark", "choice", cards, lambda card: card["marks"], MARKS, _mark_names(book)),
    ]
    return {
        "facts": cards,
        "facets": [facet for facet in found if facet] if len(cards) > FEW else [],
        "grades": list(land.method.reliability),
        "tally": tally(record.facts, book.results),
        "edition": land.current.id,
    }


def _names(book: Book, group: str) -> Callable[[str], str]:
    return lambda name: book.wording.name(group, name)


def _mark_names(book: Book) -> Callable[[str], str]:
    return lambda mark: book.wording.word(f"fact-mark-{mark}")


def _facet(
    name: str,
    form: str,
    rows: list[Any],
    values: Callable[[Any], Iterable[Any]],
    order: Iterable[Any],
    shown: Callable[[Any], str],
) -> Facet | None:
    """Return a filter with the number of rows behind each of its values; None where it would not divide the rows."""
    found = Counter(value for row in rows for value in values(row))
    options = [{"value": value, "name": shown(value), "n": found[value]} for value in order if found[value]]
    divides = len(options) > 1 or any(option["n"] < len(rows) for option in options)
    return {"name": name, "form": form, "options": options} if divides else None


def _card(book: Book, fact: Fact, home: str) -> dict[str, Any]:
    land = book.landscape
    source = land.sources[fact.source]
    marks = _marks(book, fact)
    lives = {topic.id: topic.years for topic in land.method.topics}
    return {
        "id": fact.id,
        "statement": fact.statement,
        "figure": _figure(book, fact),
        "unit_note": fact.unit_note,
        "about": [text for text in (fact.metric, fact.entity, book.wording.plain_year(fact.year)) if text],
        "share": fact.share,
        "origin": fact.origin,
        "topic": fact.topic,
        "grade": fact.confidence,
        "source": source,
        "marks": marks,
        "shelf_life": lives[fact.topic],
        "conflicts": [land.conflicts[name] for name in conflicts_of(land).get(fact.id, ())],
        "traps": [land.notes[name] for name in traps_of(land).get(fact.id, ())],
        "uses": _grouped(book, uses(land)[fact.id], home if home in land.equipment else INDUSTRY),
    }


def _figure(book: Book, fact: Fact) -> str | None:
    return book.wording.figure(fact.value, fact.unit, fact.bound) if fact.value is not None else None


def _grouped(book: Book, found: Iterable[Use], owner: str) -> list[dict[str, Any]]:
    """Return what rests on a fact, sort by sort, the class whose page this is first."""
    return [
        {"sort": sort, "links": [_link(book, use, owner) for use in sorted(places, key=lambda use: use.id != owner)]}
        for sort, places in groupby(found, key=lambda use: use.sort)
    ]


def _link(book: Book, use: Use, owner: str = "") -> dict[str, Any]:
    """Return address parts and words of one use; levels of the class (or industry) whose page this is need no name."""
    kind = _KINDS.get(use.sort, use.sort)
    text = book.wording.word(f"fact-page-{use.id}") if kind == "page" else book.title(kind, use.id)
    place = (kind, use.id, "")
    if use.sort == "level":
        dimension = book.landscape.dimensions[use.part].name
        text = dimension if use.id == owner else f"{text}: {dimension}"
        place = ("dimension", use.part, "") if use.id == INDUSTRY else ("equipment", use.id, use.part)
    return {"text": text, "place": place, "is_against": use.is_against}


_KINDS = {"level": "equipment", "figure": "equipment", "class": "equipment"}


def source_index(book: Book) -> dict[str, Any]:
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
            rows.append({"kind": kind, "n": len(sources), "cells": cells, "facts": taken})
    languages = Counter(source.language for source in land.sources.values()).most_common()
    return {
        "kinds": rows,
        "grades": grades,
        "totals": [sum(counts[row["kind"].id, grade] for row in rows) for grade in grades],
        "sources": len(land.sources),
        "facts": len(land.facts),
        "languages": languages,
        "unlinked": sum(source.URL is None for source in land.sources.values()),
    }


def _by_publisher(book: Book, kind: str) -> list[Source]:
    found = (source for source in book.landscape.sources.values() if source.kind == kind)
    return sorted(found, key=lambda source: (source.publisher.casefold(), source.title.casefold()))


@long_list("sources", 600, _by_publisher, is_filtered=True)
def source_list(book: Book, record: Any, part: ListPart = WHOLE) -> dict[str, Any]:
    """The sources of one kind, by publisher, with the facts taken from each."""
    land = book.landscape
    days = Counter(source.accessed for source in record.sources).most_common(1)
    read = days[0][0] if days else None
    sources = part.of(book.entries("source_list", record.id))
    rows = [_source(book, source, read) for source in sources]
    languages = [name for name, _ in Counter(source.language for source in sources).most_common()]
    found = [
        _facet("reliability", "boxes", rows, lambda row: [row["source"].reliability], land.method.reliability, str),
        _facet("language", "choice", rows, lambda row: [row["source"].language], languages, _names(book, "languages")),
    ]
    return {
        "sources": rows,
        "read": read,
        "facets": [facet for facet in found if facet] if len(rows) > FEW else [],
        "grades": list(land.method.reliability),
    }


def _source(book: Book, source: Source, read: str | None) -> dict[str, Any]:
    """Return a source with what was taken from it; the day of reading only where it is not that of most."""
    land = book.landscape
    return {
        "source": source,
        "author": in_reading_order(source.author),
        "container": source.container_title if source.container_title != source.publisher else None,
        "read": source.accessed if source.accessed != read else None,
        "facts": facts_by_source(land)[source.id],
        "uses": [_link(book, use) for use in source_uses(land)[source.id]],
    }


MACROS = (evidence_index, conflicts, not_found, traps, fact_list, source_index, source_list)
