"""Answer the questions of readers: what is known of each, for one class or for all, at an edition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from macros.derive.gap import GapIndex, gap_index
from macros.derive.levels import Cell
from macros.derive.results import Results
from macros.derive.tally import grade_counts, usual_grade
from macros.model.base import Grade
from macros.model.equipment import Question

# What a known level rests on, the firmest first.
BASES = ("measured", "judged", "inferred")


@dataclass(frozen=True)
class Answer:
    """The points of a question, with the mean severity of those that are known and what it rests on.

    `led`: points known to be level or ahead; `levels`: points by level, of those recorded; `bases`, `grades`: known ones
    by basis and by confidence; `grade` is the usual one.
    """

    index: GapIndex
    led: int
    levels: Counter[str]
    bases: Counter[str]
    grades: dict[Grade, int]
    grade: Grade | None


def furthest_behind(results: Results, known: Collection[Cell]) -> list[Cell]:
    """Return the known points that are furthest behind; none where all are level or ahead."""
    steps = {cell: results.severity(*cell) or 0 for cell in known}
    most = max(steps.values(), default=0)
    return [cell for cell, behind in steps.items() if behind == most > 0]


def answer(results: Results, question: Question, edition: str, owners: Collection[str] | None = None) -> Answer:
    """Return what is known of a question for some classes, by default for all of them."""
    land = results.landscape
    weights = land.method.gap_weights
    cells = cells_of(question, edition, land.equipment if owners is None else owners)
    recorded = [land.cells[cell] for cell in cells if cell in land.cells]
    known = [cell for cell in cells if results.severity(*cell) is not None]
    return Answer(
        index=gap_index(((results.severity(*cell), weights[cell[1]]) for cell in cells), land.method.coverage_minimum),
        led=sum((results.severity(*cell) or 0) <= 0 for cell in known),
        levels=Counter(found.level for found in recorded),
        bases=Counter(found.basis for found in recorded if found.basis),
        grades=grade_counts(results, known),
        grade=usual_grade(results, known) if known else None,
    )


def cells_of(question: Question, edition: str, owners: Collection[str]) -> Sequence[Cell]:
    """Return every point that a question asks of some classes, recorded or not."""
    return [(owner, dimension, edition) for owner in owners for dimension in question.dimensions]
