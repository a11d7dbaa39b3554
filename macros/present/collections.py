"""The collections of the JSON interface: records by kind, with the computed values of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from macros.derive.gap import GapIndex
from macros.derive.questions import BASES, answer
from macros.load.landscape import INDUSTRY
from macros.model.equipment import Assessed, EquipmentClass, Question
from macros.model.evidence import Fact, Source
from macros.model.priority import Priority
from macros.present.book import Book
from macros.present.tables import benchmark_gap, rounded_share

ROOT = "api/v1"
INDEX = f"{ROOT}/index.json"
SCHEMA = f"{ROOT}/schema.json"
# Plain data, as JSON has it.
Detail = dict[str, Any]


class Collection(NamedTuple):
    """A kind of record: its first file, the pattern of its other files if it has any, and how many records there are."""

    name: str
    path: str
    each: str | None
    n: int


def all_collections(book: Book) -> list[Collection]:
    """Return each collection of the interface."""
    folders = (*ONE_EACH, *GROUPED)
    patterns = {"evidence": "<class>", "sources": "<kind>"}
    return [
        Collection(
            name=name,
            path=f"{ROOT}/{name}/index.json" if name in folders else f"{ROOT}/{name}.json",
            each=f"{ROOT}/{name}/{patterns.get(name, '<id>')}.json" if name in folders else None,
            n=len(list(records(book))),
        )
        for name, (records, _) in KINDS.items()
    ]


def _nothing(book: Book, record: Any) -> Detail:
    return {}


def _assessed(book: Book, owner: str, record: Assessed) -> Detail:
    results, land = book.results, book.landscape
    levels: dict[str, Detail] = {}
    for item in record.assessments:
        found = results.confidence[owner, item.dimension, item.edition]
        levels.setdefault(item.dimension, {})[item.edition] = {
            "severity": land.severity(item),
            "confidence": found.grade,
            "support": float(found.support),
            "counter_support": float(found.counter),
            "publishers": found.publishers,
        }
    moved = {dimension: kind for (name, dimension), kind in results.movement.items() if name == owner}
    gaps = {item.id: _interval(benchmark_gap(item)) for item in record.benchmarks}
    return {"assessments": levels, "movement": moved, "benchmarks": gaps}


def _interval(ends: tuple[float | None, float | None]) -> Detail:
    return dict(zip(("low", "high"), ends, strict=True))


def _index(book: Book, indices: Mapping[tuple[str, str], GapIndex], name: str) -> Detail:
    return {
        edition.id: {
            "value": found.shown,
            "coverage": found.coverage,
            "known": found.known,
            "of": found.of,
        }
        for edition in book.landscape.report.editions
        if (found := indices.get((name, edition.id)))
    }


def _answers(book: Book, question: Question, owners: tuple[str, ...]) -> Detail:
    """Return what is known of a question for some classes, edition by edition."""
    made: Detail = {}
    for edition in book.landscape.report.editions:
        found = answer(book.results, question, edition.id, owners)
        made[edition.id] = {
            "value": found.index.shown,
            "known": found.index.known,
            "of": found.index.of,
            "level_or_ahead": found.led,
            **{basis: found.bases[basis] for basis in BASES},
            "confidence": found.grade,
        }
    return made


def _equipment(book: Book, record: EquipmentClass) -> Detail:
    land = book.landscape
    return {
        **_assessed(book, record.id, record),
        "gap_index": _index(book, book.results.class_index, record.id),
        "answers": {question.id: _answers(book, question, (record.id,)) for question in land.questions},
        "contained_in": land.containers[record.id],
        "suppliers": list(dict.fromkeys(supplier.id for supplier, _ in land.makers[record.id])),
        "priorities": [item.id for item in land.helping[record.id]],
    }


def _priority(book: Book, record: Priority) -> Detail:
    results = book.results
    criteria = {
        name: _interval((rounded_share(value[0]), rounded_share(value[1]))) if value else None
        for name, value in results.criteria[record.id].items()
    }
    ranks = {}
    for view, drawn in results.acceptability.items():
        scored = results.scores.get((view, record.id))
        fixed = {
            "rank": scored.rank if scored else None,
            "score": rounded_share(scored.score) if scored else None,
            "score_low": rounded_share(scored.low) if scored else None,
            "score_high": rounded_share(scored.high) if scored else None,
        }
        ranks[view] = fixed | {
            name: getattr(drawn, name)[record.id] for name in ("rank_low", "rank_high", "expected_rank", "top_share")
        }
    return {"standing": results.standing[record.id], "criteria": criteria, "ranks": ranks}


def _fact(book: Book, record: Fact) -> Detail:
    home = book.landscape.fact_homes[record.id]
    return {
        "dated": book.landscape.years[record.id],
        "is_stale": record.id in book.results.stale,
        "equipment": home if home in book.landscape.equipment else INDUSTRY,
    }


def _source(book: Book, record: Source) -> Detail:
    kinds = {kind.id: kind.csl_type for kind in book.landscape.method.source_kinds}
    return {"csl_type": kinds[record.kind]}


Kind = tuple[Callable[[Book], Iterable[Any]], Callable[[Book, Any], Detail]]
KINDS: dict[str, Kind] = {
    "equipment": (lambda book: book.landscape.equipment.values(), _equipment),
    "dimensions": (
        lambda book: book.landscape.dimensions.values(),
        lambda book, record: {"gap_index": _index(book, book.results.dimension_index, record.id)},
    ),
    "questions": (
        lambda book: book.landscape.questions,
        lambda book, record: {"answers": _answers(book, record, tuple(book.landscape.equipment))},
    ),
    "priorities": (lambda book: book.landscape.priorities.values(), _priority),
    "suppliers": (
        lambda book: book.landscape.suppliers.values(),
        lambda book, record: {"side": book.landscape.side(record)},
    ),
    "evidence": (lambda book: book.landscape.facts.values(), _fact),
    "sources": (lambda book: book.landscape.sources.values(), _source),
    "industry": (
        lambda book: [book.landscape.industry],
        lambda book, record: _assessed(book, INDUSTRY, record),
    ),
    "claims": (lambda book: book.landscape.claims.values(), _nothing),
    "series": (lambda book: book.landscape.series.values(), _nothing),
    "events": (lambda book: book.landscape.events, _nothing),
    "standards": (lambda book: book.landscape.standards, _nothing),
    "conflicts": (lambda book: book.landscape.conflicts.values(), _nothing),
    "notes": (lambda book: book.landscape.notes.values(), _nothing),
    "measurement": (lambda book: [book.landscape.measurement], _nothing),
    "changes": (lambda book: book.landscape.changes.values(), _nothing),
    "stages": (lambda book: book.landscape.stages.values(), _nothing),
    "glossary": (lambda book: book.landscape.terms.values(), _nothing),
    "method": (lambda book: [book.landscape.method], _nothing),
}
# Kinds with a file for each record, and kinds whose records share files as they share pages.
ONE_EACH = ("equipment", "dimensions", "priorities", "suppliers")
GROUPED = ("evidence", "sources")
