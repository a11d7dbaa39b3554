"""Assessment cards: one dimension of one class, or of the industry, with every edition and the sum behind its confidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from macros.derive.confidence import Confidence
from macros.derive.gap import Movement
from macros.derive.levels import Cell
from macros.model.base import Grade
from macros.model.equipment import Assessment, Dimension
from macros.model.method import Level
from macros.model.names import is_wide
from macros.model.report import Edition
from macros.model.translated import UntranslatedText, source_of
from macros.present.book import Book
from macros.present.references import Reference, references

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_a-z])|(?<=[。！？])(?!$|[」』”’）])|(?<=[。！？][」』”’）])(?!$)")
_SHORT = 40


def is_known(book: Book, assessment: Assessment | None) -> bool:
    return assessment is not None and assessment.level != book.landscape.method.unknown


class Card(NamedTuple):
    """One dimension of a class or of the industry, with its movement and what every edition says, newest first."""

    dimension: Dimension
    movement: Movement | None
    editions: Sequence[EditionView]


def card(book: Book, owner: str, dimension: str) -> Card | None:
    """Return the card of an owner in a dimension; None where no edition has a record."""
    land = book.landscape
    cells = [(owner, dimension, edition.id) for edition in land.report.editions[::-1]]
    if not any(cell in land.cells for cell in cells):
        return None
    return Card(
        dimension=land.dimensions[dimension],
        movement=known_movement(book, owner, dimension),
        editions=[_edition(book, cell) for cell in cells],
    )


def known_movement(book: Book, owner: str, dimension: str) -> Movement | None:
    """Return how a point moved since the baseline; None where neither end is known."""
    kind = book.results.movement.get((owner, dimension), "unknown")
    return None if kind == "unknown" else kind


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


class EditionView(NamedTuple):
    """What one edition says in a dimension; nothing but the edition where there is no record, no sum where it is unknown."""

    edition: Edition
    standing: GradedLevel | None = None
    assessment: Assessment | None = None
    facts: Sequence[Reference] = ()
    sum: Confidence | None = None


def _edition(book: Book, cell: Cell) -> EditionView:
    """Return what one edition says; nothing more where it has no record."""
    land = book.landscape
    edition = land.editions[cell[2]]
    assessment = land.cells.get(cell)
    if assessment is None:
        return EditionView(edition)
    known = is_known(book, assessment)
    return EditionView(
        edition=edition,
        standing=graded_level(book, cell),
        assessment=assessment,
        facts=[
            *cited_facts(book, assessment.evidence, "for" if known else "near", edition, assessment.looks_back),
            *cited_facts(book, assessment.counter_evidence, "against", edition, assessment.looks_back),
        ],
        sum=book.results.confidence[cell] if known else None,
    )


def cited_facts(
    book: Book, facts: Iterable[str], sign: str, edition: Edition, looks_back: Iterable[str] = ()
) -> list[Reference]:
    """Return facts as evidence with their marks; a fact is stale only where it has to speak for the current edition."""
    stale = book.results.stale if edition == book.landscape.current else ()
    return [
        cited._replace(sign=sign, looks_back=cited.fact.id in looks_back, is_stale=cited.fact.id in stale)
        for cited in references(book, facts)
    ]


def opening(text: str) -> str:
    """Return the first sentence of a text; the first two where the first says too little by itself.

    Of a translation as many as of its source, so that both say the same.
    """
    source = source_of(text)
    count = 1 if _columns(source[: _ends(source)[0]]) >= _SHORT else 2
    cut = text[: _ends(text)[:count][-1]]
    return UntranslatedText(cut) if isinstance(text, UntranslatedText) else cut


def _ends(text: str) -> list[int]:
    """Return where the sentences of a text end."""
    return [*(found.start() for found in _SENTENCE_END.finditer(text)), len(text)]


def _columns(text: str) -> int:
    """Return how wide a text is: in scripts without blanks a letter says as much as two."""
    return sum(1 + is_wide(letter) for letter in text)
