"""Assessment cards: one dimension of one class, or of the industry, with every edition and the sum behind its confidence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from macros.derive.confidence import Confidence, Weighed
from macros.derive.gap import GapIndex
from macros.model.equipment import Assessment
from macros.model.report import Edition
from macros.present.book import Book
from macros.present.landscape import MOVEMENT_SIGNS
from macros.present.references import pieces, reference

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_a-z])|(?<=[。！？])")
_SHORT = 40


def newest_first(book: Book) -> list[Edition]:
    """Return the editions with the current one first and the others after it, newest first."""
    land = book.landscape
    return [land.current, *(edition for edition in reversed(land.report.editions) if edition.id != land.current.id)]


def is_known(book: Book, assessment: Assessment | None) -> bool:
    return assessment is not None and assessment.level != book.landscape.method.unknown


def card(book: Book, owner: str, dimension: str) -> dict[str, Any] | None:
    """Return the card of an owner in a dimension; None where no edition has a record."""
    land = book.landscape
    cells = [(owner, dimension, edition.id) for edition in newest_first(book)]
    if not any(cell in land.cells for cell in cells):
        return None
    return {
        "dimension": land.dimensions[dimension],
        "movement": moved(book, owner, dimension),
        "editions": [_edition(book, cell) for cell in cells],
    }


def moved(book: Book, owner: str, dimension: str) -> dict[str, str] | None:
    """Return kind and sign of the movement since the baseline; None where neither end is known."""
    kind = book.results.movement.get((owner, dimension), "unknown")
    return None if kind == "unknown" else {"kind": kind, "sign": MOVEMENT_SIGNS[kind]}


def standing(book: Book, cell: tuple[str, str, str]) -> dict[str, Any] | None:
    """Return level and grade of confidence of a cell; no grade for unknown, None where there is no record."""
    land = book.landscape
    assessment = land.cells.get(cell)
    if assessment is None:
        return None
    grade = book.results.confidence[cell].grade if is_known(book, assessment) else None
    return {"level": land.levels[assessment.level], "grade": grade}


def index_view(book: Book, edition: Edition, found: GapIndex) -> dict[str, Any]:
    """Return a gap index as blocks print it; its value is None where coverage does not suffice."""
    shown = found.is_shown and found.value is not None
    return {
        "edition": edition,
        "value": book.wording.number(found.value, 1) if shown else None,
        "coverage": found.coverage,
        "known": found.known,
        "of": found.of,
    }


def _edition(book: Book, cell: tuple[str, str, str]) -> dict[str, Any]:
    """Return what one edition says; without a level where it has no record."""
    land = book.landscape
    edition = next(edition for edition in land.report.editions if edition.id == cell[2])
    assessment = land.cells.get(cell)
    view: dict[str, Any] = {
        "id": edition.id,
        "role": edition.role,
        "is_current": edition == land.current,
        "level": None,
    }
    if assessment is None:
        return view
    known = is_known(book, assessment)
    sign = "for" if known else "near"
    return {
        **view,
        **(standing(book, cell) or {}),
        "basis": assessment.basis,
        "reason": pieces(book, assessment.reason),
        "moved_because": pieces(book, assessment.moved_because),
        "would_settle": pieces(book, assessment.would_settle),
        "facts": [
            *cited(book, assessment.evidence, sign, edition, assessment.looks_back),
            *cited(book, assessment.counter_evidence, "against", edition, assessment.looks_back),
        ],
        "sum": confidence_sum(book, book.results.confidence[cell]) if known else None,
    }


def cited(
    book: Book, facts: Iterable[str], sign: str, edition: Edition, looks_back: Iterable[str] = ()
) -> list[dict[str, Any]]:
    """Return facts as evidence with their marks; a fact is stale only where it has to speak for the current edition."""
    land = book.landscape
    found = []
    for name in facts:
        source = land.sources[land.facts[name].source]
        found.append(
            {
                **reference(book, name),
                "sign": sign,
                "title": source.title,
                "address": source.URL,
                "source_note": source.note,
                "looks_back": name in looks_back,
                "is_stale": edition == land.current and name in book.results.stale,
            }
        )
    return found


def confidence_sum(book: Book, found: Confidence) -> dict[str, Any]:
    """Return the sum behind a grade: every weighed fact, the totals and the thresholds."""
    thresholds = book.landscape.method.confidence
    groups = [("for", found.evidence), ("against", found.counter_evidence)]
    return {
        "grade": found.grade,
        "rows": [_weighed(book, sign, item) for sign, items in groups for item in items],
        "support": _decimal(book, found.support),
        "counter": _decimal(book, found.counter),
        "publishers": found.publishers,
        "thresholds": [(grade, getattr(thresholds, grade)) for grade in type(thresholds).model_fields],
    }


def _weighed(book: Book, sign: str, item: Weighed) -> dict[str, Any]:
    factors = (item.reliability, item.fact_confidence, item.recency)
    return {
        "sign": sign,
        "publisher": item.publisher,
        "fact": item.fact,
        "factors": [book.wording.number(factor) for factor in factors],
        "weight": _decimal(book, item.weight),
        "counts": item.counts,
        "is_self": item.is_self,
        "is_general": item.is_general and sign == "for",
    }


def _decimal(book: Book, value: Fraction) -> str:
    return book.wording.number(value, 3)


def opening(text: str) -> str:
    """Return the first sentence of a text; the first two where the first says too little by itself."""
    sentences = [part for part in _SENTENCE_END.split(text) if part]
    first = sentences[0] if sentences else text
    return " ".join(sentences[:2]) if len(first) < _SHORT else first
