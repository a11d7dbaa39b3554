"""The collections of the JSON interface: records by kind, with the computed values of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from macros.derive.gap import GapIndex
from macros.derive.questions import BASES, answer
from macros.load.landscape import INDUSTRY
from macros.model.base import Record
from macros.model.context import Change, Claim, Conflict, Event, GapFile, Note, Series, Standard
from macros.model.equipment import Assessed, Dimension, EquipmentClass, Industry, Question, Stage
from macros.model.evidence import Fact, Source
from macros.model.glossary import Term
from macros.model.method import Method
from macros.model.priority import Priority
from macros.model.supplier import Supplier
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
            n=len(list(kind.records(book))),
        )
        for name, kind in KINDS.items()
    ]


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
    return {
        "dated": book.landscape.years[record.id],
        "is_stale": record.id in book.results.stale,
        "equipment": book.landscape.subject(record.id),
    }


def _source(book: Book, record: Source) -> Detail:
    return {"csl_type": book.landscape.source_kinds[record.kind].csl_type}


def _dimension(book: Book, record: Dimension) -> Detail:
    return {"gap_index": _index(book, book.results.dimension_index, record.id)}


def _question(book: Book, record: Question) -> Detail:
    return {"answers": _answers(book, record, tuple(book.landscape.equipment))}


def _supplier(book: Book, record: Supplier) -> Detail:
    return {"side": book.landscape.side(record)}


def _industry(book: Book, record: Industry) -> Detail:
    return _assessed(book, INDUSTRY, record)


class Kind(NamedTuple):
    """A kind of record: its model, where the landscape has its records, and what is computed of each, if anything.

    `one` is what a record is called that has an address of its own, `subject` that of the page that shows all of them.
    """

    model: type[Record]
    field: str
    compute: Callable[[Book, Any], Detail] | None = None
    one: str = ""
    subject: str = ""

    def records(self, book: Book) -> Iterable[Any]:
        """Return the records of a landscape; of a kind that is a single file, the one record."""
        found = getattr(book.landscape, self.field)
        return found.values() if isinstance(found, dict) else found if isinstance(found, tuple) else (found,)


KINDS = {
    "equipment": Kind(EquipmentClass, "equipment", _equipment, "equipment"),
    "dimensions": Kind(Dimension, "dimensions", _dimension, "dimension"),
    "questions": Kind(Question, "questions", _question, subject="gap"),
    "priorities": Kind(Priority, "priorities", _priority, "priority"),
    "suppliers": Kind(Supplier, "suppliers", _supplier, "supplier"),
    "evidence": Kind(Fact, "facts", _fact, "fact"),
    "sources": Kind(Source, "sources", _source, "source"),
    "industry": Kind(Industry, "industry", _industry, subject="industry"),
    "claims": Kind(Claim, "claims", subject="claims"),
    "series": Kind(Series, "series", subject="market"),
    "events": Kind(Event, "events", subject="timeline"),
    "standards": Kind(Standard, "standards", subject="standards"),
    "conflicts": Kind(Conflict, "conflicts", subject="conflicts"),
    "notes": Kind(Note, "notes"),
    "measurement": Kind(GapFile, "measurement", subject="measurement"),
    "changes": Kind(Change, "changes", subject="changes"),
    "stages": Kind(Stage, "stages", subject="stages"),
    "glossary": Kind(Term, "terms", subject="glossary"),
    "method": Kind(Method, "method", subject="method"),
}
# Kinds with a file for each record, and kinds whose records share files as they share pages.
ONE_EACH = ("equipment", "dimensions", "priorities", "suppliers")
GROUPED = ("evidence", "sources")
