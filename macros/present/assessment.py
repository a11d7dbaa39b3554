"""Assessment cards: one dimension of one class, or of the industry, with every edition and the sum behind its confidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from macros.derive.confidence import Confidence, Weighed
from macros.derive.gap import GapIndex, Movement
from macros.derive.levels import Cell
from macros.model.base import Grade
from macros.model.equipment import Assessment, Dimension
from macros.model.method import Level, Threshold
from macros.model.names import is_wide
from macros.model.report import Edition
from macros.model.said import Unsaid, source_of
from macros.present.book import Book
from macros.present.landscape import MOVEMENT_SIGNS
from macros.present.references import Piece, pieces, reference

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_a-z])|(?<=[。！？])(?!$|[」』”’）])|(?<=[。！？][」』”’）])(?!$)")
_SHORT = 40


def newest_first(book: Book) -> list[Edition]:
    """Return the editions with the current one first and the others after it, newest first."""
    land = book.landscape
    return [land.current, *(edition for edition in reversed(land.report.editions) if edition.id != land.current.id)]


def is_known(book: Book, assessment: Assessment | None) -> bool:
    return assessment is not None and assessment.level != book.landscape.method.unknown


class Card(NamedTuple):
    """One dimension of a class or of the industry, with its movement and what every edition says, newest first."""

    dimension: Dimension
    movement: MovementView | None
    editions: Sequence[EditionView]


def card(book: Book, owner: str, dimension: str) -> Card | None:
    """Return the card of an owner in a dimension; None where no edition has a record."""
    land = book.landscape
    cells = [(owner, dimension, edition.id) for edition in newest_first(book)]
    if not any(cell in land.cells for cell in cells):
        return None
    return Card(
        dimension=land.dimensions[dimension],
        movement=movement_view(book, owner, dimension),
        editions=[_edition(book, cell) for cell in cells],
    )


class MovementView(NamedTuple):
    """How a point moved since the baseline, with the sign of it."""

    kind: Movement
    sign: str


def movement_view(book: Book, owner: str, dimension: str) -> MovementView | None:
    """Return kind and sign of the movement since the baseline; None where neither end is known."""
    kind = book.results.movement.get((owner, dimension), "unknown")
    return None if kind == "unknown" else MovementView(kind, MOVEMENT_SIGNS[kind])


class GradedLevel(NamedTuple):
    """The level of a cell, with the grade of its confidence where it is known."""

    level: Level
    grade: Grade | None


def graded_level(book: Book, cell: Cell) -> GradedLevel | None:
    """Return level and grade of confidence of a cell; no grade for unknown, None where there is no record."""
    land = book.landscape
    assessment = land.cells.get(cell)
    if assessment is None:
        return None
    grade = book.results.confidence[cell].grade if is_known(book, assessment) else None
    return GradedLevel(land.levels[assessment.level], grade)


class DimensionCell(NamedTuple):
    """A dimension with its level at an edition; None where there is no record."""

    dimension: Dimension
    standing: GradedLevel | None


def dimension_cell(book: Book, owner: str, dimension: str, edition: str) -> DimensionCell:
    """Return a dimension with the level of a class in it."""
    return DimensionCell(book.landscape.dimensions[dimension], graded_level(book, (owner, dimension, edition)))


class IndexView(NamedTuple):
    """A gap index of an edition with its coverage; no value where that does not suffice."""

    edition: Edition
    value: str | None
    coverage: float
    known: int
    of: int


def index_view(book: Book, edition: Edition, found: GapIndex) -> IndexView:
    """Return a gap index as blocks print it; its value is None where coverage does not suffice."""
    return IndexView(
        edition=edition,
        value=None if found.shown is None else book.wording.number(found.shown, 1),
        coverage=found.coverage,
        known=found.known,
        of=found.of,
    )


class EditionView(NamedTuple):
    """What one edition says in a dimension; no level and nothing after it where there is no record, no sum where unknown."""

    id: str
    role: str
    level: Level | None = None
    grade: Grade | None = None
    basis: str | None = None
    reason: Sequence[Piece] = ()
    moved_because: Sequence[Piece] = ()
    would_settle: Sequence[Piece] = ()
    facts: Sequence[CitedFact] = ()
    sum: ConfidenceSum | None = None


def _edition(book: Book, cell: Cell) -> EditionView:
    """Return what one edition says; without a level where it has no record."""
    land = book.landscape
    edition = next(edition for edition in land.report.editions if edition.id == cell[2])
    assessment = land.cells.get(cell)
    stands = graded_level(book, cell)
    view = EditionView(edition.id, edition.role)
    if assessment is None or stands is None:
        return view
    known = is_known(book, assessment)
    sign = "for" if known else "near"
    return view._replace(
        level=stands.level,
        grade=stands.grade,
        basis=assessment.basis,
        reason=pieces(book, assessment.reason),
        moved_because=pieces(book, assessment.moved_because),
        would_settle=pieces(book, assessment.would_settle),
        facts=[
            *cited_facts(book, assessment.evidence, sign, edition, assessment.looks_back),
            *cited_facts(book, assessment.counter_evidence, "against", edition, assessment.looks_back),
        ],
        sum=confidence_sum(book, book.results.confidence[cell]) if known else None,
    )


class CitedFact(NamedTuple):
    """A fact as a card cites it: a reference, whether it speaks for or against, its source, and its marks."""

    id: str
    statement: str
    source: str
    publisher: str
    year: str
    reliability: str
    marks: Sequence[str]
    sign: str
    title: str
    address: str | None
    source_note: str | None
    looks_back: bool
    is_stale: bool


def cited_facts(
    book: Book, facts: Iterable[str], sign: str, edition: Edition, looks_back: Iterable[str] = ()
) -> list[CitedFact]:
    """Return facts as evidence with their marks; a fact is stale only where it has to speak for the current edition."""
    land = book.landscape
    found = []
    for name in facts:
        source = land.sources[land.facts[name].source]
        found.append(
            CitedFact(
                *reference(book, name),
                sign=sign,
                title=source.title,
                address=source.URL,
                source_note=source.note,
                looks_back=name in looks_back,
                is_stale=edition == land.current and name in book.results.stale,
            )
        )
    return found


class ConfidenceSum(NamedTuple):
    """The sum behind a grade of confidence, with the thresholds of all grades."""

    grade: Grade
    rows: Sequence[WeighedFact]
    support: str
    counter: str
    publishers: int
    thresholds: Sequence[tuple[str, Threshold]]


def confidence_sum(book: Book, found: Confidence) -> ConfidenceSum:
    """Return the sum behind a grade: every weighed fact, the totals and the thresholds."""
    thresholds = book.landscape.method.confidence
    groups = [("for", found.evidence), ("against", found.counter_evidence)]
    return ConfidenceSum(
        grade=found.grade,
        rows=[_weighed_fact(book, sign, item) for sign, items in groups for item in items],
        support=_decimal(book, found.support),
        counter=_decimal(book, found.counter),
        publishers=found.publishers,
        thresholds=[(grade, getattr(thresholds, grade)) for grade in type(thresholds).model_fields],
    )


class WeighedFact(NamedTuple):
    """A fact in a sum: its factors and its weight in words.

    `counts` is False where its publisher counts by a better fact, and where `is_general`: a fact about all industries
    that is to support a level.
    """

    sign: str
    publisher: str
    fact: str
    factors: Sequence[str]
    weight: str
    counts: bool
    is_self: bool
    is_general: bool


def _weighed_fact(book: Book, sign: str, item: Weighed) -> WeighedFact:
    factors = (item.reliability, item.fact_confidence, item.recency)
    return WeighedFact(
        sign=sign,
        publisher=item.publisher,
        fact=item.fact,
        factors=[book.wording.number(factor) for factor in factors],
        weight=_decimal(book, item.weight),
        counts=item.counts,
        is_self=item.is_self,
        is_general=item.is_general and sign == "for",
    )


def _decimal(book: Book, value: Fraction) -> str:
    return book.wording.number(value, 3)


def opening(text: str) -> str:
    """Return the first sentence of a text; the first two where the first says too little by itself.

    Of a translation as many as of its source, so that both say the same.
    """
    source = source_of(text)
    count = 1 if _columns(source[: _ends(source)[0]]) >= _SHORT else 2
    cut = text[: _ends(text)[:count][-1]]
    return Unsaid(cut) if isinstance(text, Unsaid) else cut


def _ends(text: str) -> list[int]:
    """Return where the sentences of a text end."""
    return [*(found.start() for found in _SENTENCE_END.finditer(text)), len(text)]


def _columns(text: str) -> int:
    """Return how wide a text is: in scripts without blanks a letter says as much as two."""
    return sum(1 + is_wide(letter) for letter in text)
