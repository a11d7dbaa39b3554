"""Answers by question: blocks over all classes and for one of them, and what an index over all dimensions is made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from macros.derive.gap import GapIndex
from macros.derive.questions import BASES, Answer, answer
from macros.derive.tally import Segment, segments
from macros.model.base import Grade
from macros.model.equipment import EquipmentClass, Question
from macros.model.method import Level
from macros.present.assessment import DimensionCell, dimension_cell
from macros.present.book import Book


class QuestionIndex(NamedTuple):
    """A question with the index over its known points, and the level nearest to that."""

    question: Question
    level: Level
    gap_index: GapIndex

    @property
    def steps(self) -> float | None:
        return None if self.gap_index.shown is None else round(self.gap_index.shown, 3)


def parts_of(book: Book, edition: str, owner: str) -> list[QuestionIndex]:
    """Return what the index of a class over all dimensions is made of, question by question."""
    return [question_index(book, question, found) for question, found in answers_by_question(book, edition, owner)]


def answers_by_question(book: Book, edition: str, owner: str | None = None) -> list[tuple[Question, Answer]]:
    owners = None if owner is None else (owner,)
    return [(question, answer(book.results, question, edition, owners)) for question in book.landscape.questions]


def question_index(book: Book, question: Question, found: Answer) -> QuestionIndex:
    return QuestionIndex(question, nearest_level(book, found.index.shown), found.index)


def nearest_level(book: Book, value: float | None) -> Level:
    """Return the level whose severity is nearest to an index; of two equally near the one that is further behind."""
    land = book.landscape
    if value is None:
        return land.levels[land.method.unknown]
    steps = [(level.severity, level) for level in land.levels.values() if level.severity is not None]
    return min(steps, key=lambda step: (abs(step[0] - value), -step[0]))[1]


class AnswerView(NamedTuple):
    """What is known of a question: its points by level as a bar, how many are level or ahead, on what basis, how sure."""

    part: QuestionIndex
    led: int
    bars: Sequence[tuple[Level, Segment]]
    bases: Sequence[tuple[str, int]]
    grade: Grade | None


def answers(book: Book) -> Sequence[AnswerView]:
    """The questions of readers with what is known of each over all classes: levels, how many points, on what basis, how sure."""
    edition = book.landscape.current.id
    return [_answer(book, question, found) for question, found in answers_by_question(book, edition)]


def _answer(book: Book, question: Question, found: Answer) -> AnswerView:
    levels = book.landscape.levels
    unknown = book.landscape.method.unknown
    counts: dict[str | None, int] = {level: found.levels[level] for level in levels if level != unknown}
    counts[unknown] = found.index.of - found.index.known
    return AnswerView(
        part=question_index(book, question, found),
        led=found.led,
        bars=[(levels[part.key], part) for part in segments(counts) if part.key],
        bases=_bases(found),
        grade=found.grade,
    )


def _bases(found: Answer) -> list[tuple[str, int]]:
    """Return how many known points rest on which basis, the firmest first."""
    return [(basis, found.bases[basis]) for basis in BASES if found.bases[basis]]


class ClassAnswer(NamedTuple):
    """What is known of a question for one class: its known levels, or whether anybody looked for them."""

    question: Question
    cells: Sequence[DimensionCell]
    gap_index: GapIndex
    is_recorded: bool
    bases: Sequence[tuple[str, int]]
    grade: Grade | None


def class_answers(book: Book, record: EquipmentClass) -> Sequence[ClassAnswer]:
    """The questions of readers, each with the known levels of the class, on what basis they stand, and how sure they are."""
    edition = book.landscape.current.id
    found = answers_by_question(book, edition, record.id)
    return [_class_answer(book, record.id, edition, *pair) for pair in found]


def _class_answer(book: Book, owner: str, edition: str, question: Question, found: Answer) -> ClassAnswer:
    cells = [dimension_cell(book, owner, name, edition) for name in question.dimensions]
    return ClassAnswer(
        question=question,
        cells=[cell for cell in cells if cell.standing and cell.standing.grade],
        gap_index=found.index,
        is_recorded=bool(found.levels),
        bases=_bases(found),
        grade=found.grade,
    )
