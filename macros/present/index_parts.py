"""Break an index over all dimensions down by question, because a sum of unlike things must show its parts."""

from __future__ import annotations

from typing import NamedTuple

from macros.derive.questions import Answer, answer
from macros.model.equipment import Question
from macros.model.method import Level
from macros.present.book import Book


class QuestionIndex(NamedTuple):
    """A question with the index over its known points, in the level nearest to it; without a value where none suffices."""

    question: Question
    level: Level
    value: str | None
    steps: float | None
    known: int
    of: int


def parts_of(book: Book, edition: str, owner: str | None = None) -> list[QuestionIndex]:
    """Return what an index over all dimensions is made of, question by question: of one class, or of all."""
    return [question_index(book, question, found) for question, found in answers_by_question(book, edition, owner)]


def answers_by_question(book: Book, edition: str, owner: str | None = None) -> list[tuple[Question, Answer]]:
    owners = None if owner is None else (owner,)
    return [(question, answer(book.results, question, edition, owners)) for question in book.landscape.questions]


def question_index(book: Book, question: Question, found: Answer) -> QuestionIndex:
    value = found.index.shown
    return QuestionIndex(
        question=question,
        level=nearest_level(book, value),
        value=None if value is None else book.wording.number(value, 1),
        steps=None if value is None else round(value, 3),
        known=found.index.known,
        of=found.index.of,
    )


def nearest_level(book: Book, value: float | None) -> Level:
    """Return the level whose severity is nearest to an index; of two equally near the one that is further behind."""
    land = book.landscape
    if value is None:
        return land.levels[land.method.unknown]
    steps = [(level.severity, level) for level in land.levels.values() if level.severity is not None]
    return min(steps, key=lambda step: (abs(step[0] - value), -step[0]))[1]
