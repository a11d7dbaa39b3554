"""Count the records of a kind by their fields, for pages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from macros.load.landscape import INDUSTRY
from macros.model.base import Record, fields_of
from macros.present.book import Book
from macros.problems import suggest

# Returns the value of a field, given the owner of a record and the record.
Field = Callable[[Any, Any], Any]


class RecordCounts:
    """The records of a kind, each with its owner, and the fields that can be counted."""

    def __init__(self, rows: Sequence[tuple[Any, Record]], more: dict[str, Field] | None = None):
        self.rows = rows
        own = fields_of(type(rows[0][1])) if rows else ()
        self.fields: dict[str, Field] = {**{name: _own(name) for name in own}, **(more or {})} if rows else {}

    def plain_values(self, field: str) -> Iterator[Any]:
        """Yield the texts, whole numbers, truths and nulls among the values of a field, one after another."""
        values = (self.fields[field](*row) for row in self.rows)
        return (value for value in values if isinstance(value, (str, int, bool, type(None))))

    def count(self, wanted: Mapping[str, Collection[Any]]) -> int:
        """Return how many records have one of the values wanted in each of these fields."""
        return sum(all(self.fields[name](*row) in values for name, values in wanted.items()) for row in self.rows)


def _own(name: str) -> Field:
    return lambda place, record: getattr(record, name)


_KINDS = ("facts", "sources", "equipment", "suppliers", "priorities", "claims", "series", "dimensions")
_MORE = ("assessments", "benchmarks", "specs", "events", "standards")


def counted_records(book: Book, kind: str) -> RecordCounts:
    """Return the records of a kind. Raises LookupError for a kind that nothing counts."""
    land = book.landscape
    owner: dict[str, Field] = {"equipment": lambda place, record: place}
    if kind == "assessments":
        return RecordCounts(list(land.cells.items()), _of_assessments(book))
    if kind == "benchmarks":
        return RecordCounts(list(land.benchmarks.values()), owner)
    if kind == "specs":
        owners = (*land.equipment, INDUSTRY)
        return RecordCounts([(name, spec) for name in owners for spec in land.assessed(name).specs], owner)
    if kind in ("events", "standards"):
        return RecordCounts([(None, record) for record in getattr(land, kind)])
    if kind not in _KINDS:
        raise LookupError(f'nothing called "{kind}" can be counted; {suggest(kind, [*_KINDS, *_MORE])}')
    more: dict[str, Field] = {}
    if kind == "suppliers":
        more["origin"] = lambda place, supplier: land.side(supplier)
    if kind == "facts":
        more["equipment"] = lambda place, fact: land.subject(fact.id)
    if kind == "claims":
        editions = {name: name for name in land.editions} | {"baseline": land.baseline.id, "current": land.current.id}
        more = {f"verdict_{name}": _verdict(edition) for name, edition in editions.items()}
    return RecordCounts([(name, record) for name, record in getattr(land, kind).items()], more)


def _of_assessments(book: Book) -> dict[str, Field]:
    unknown = book.landscape.method.unknown
    return {
        "equipment": lambda cell, assessment: cell[0],
        "scope": lambda cell, assessment: "industry" if cell[0] == INDUSTRY else "class",
        "known": lambda cell, assessment: assessment.level != unknown,
        "confidence": lambda cell, assessment: (
            book.results.confidence[cell].grade if assessment.level != unknown else None
        ),
    }


def _verdict(edition: str) -> Field:
    return lambda place, claim: next(v.verdict for v in claim.verdicts if v.edition == edition)
