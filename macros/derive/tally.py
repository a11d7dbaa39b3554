"""Tallies over the assessments of classes: how many at which level, how sure, what moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from macros.derive.gap import GapIndex, gap_index
from macros.derive.results import Cell, Results
from macros.landscape import INDUSTRY
from macros.model.base import Grade

GRADES: tuple[Grade, ...] = ("high", "medium", "low")


def class_cells(results: Results, edition: str) -> list[Cell]:
    """Return the cells of equipment classes recorded for an edition, in reading order."""
    return [cell for cell in results.landscape.cells if cell[2] == edition and cell[0] != INDUSTRY]


def known_cells(results: Results, edition: str) -> list[Cell]:
    """Return the cells of classes whose level is known at an edition."""
    return [cell for cell in class_cells(results, edition) if results.severity(*cell) is not None]


def level_counts(results: Results, edition: str) -> dict[str, int]:
    """Return how many cells of classes stand at each level, in the order of the scale."""
    found = Counter(results.landscape.cells[cell].level for cell in class_cells(results, edition))
    return {level: found[level] for level in results.landscape.levels}


def grade_counts(results: Results, cells: Iterable[Cell]) -> dict[Grade, int]:
    """Return how many of the cells have each grade of confidence."""
    found = Counter(results.confidence[cell].grade for cell in cells)
    return {grade: found[grade] for grade in GRADES}


def usual_grade(results: Results, cells: Iterable[Cell]) -> Grade:
    """Return the median grade of the cells, the lower one of two; low for none."""
    grades = sorted((GRADES.index(results.confidence[cell].grade) for cell in cells))
    return GRADES[grades[len(grades) // 2]] if grades else "low"


def class_movements(results: Results) -> Counter[str]:
    """Return how many cells of classes moved in which way between baseline and current edition."""
    return Counter(kind for (owner, _), kind in results.movement.items() if owner != INDUSTRY)


@dataclass(frozen=True)
class MovementBase:
    """What a statement on movement is to be read against: how many points of classes could have moved at all.

    `known`: known at the baseline; `lost`: of these not known now; `led`: of these level or ahead then, with a lead or
    parity to lose.
    """

    known: int
    lost: int
    led: int


def movement_base(results: Results) -> MovementBase:
    """Return how many points of classes were known at the baseline, and what became of them."""
    now = results.landscape.current.id
    cells = known_cells(results, results.landscape.baseline.id)
    return MovementBase(
        known=len(cells),
        lost=sum(results.severity(*cell[:2], now) is None for cell in cells),
        led=sum(results.severity(*cell) <= 0 for cell in cells),
    )


def kind_index(results: Results, edition: str, is_component: bool) -> GapIndex:
    """Return the gap index over all known cells of components, or of everything else; each cell weighs the same."""
    classes = results.landscape.equipment
    cells = [cell for cell in class_cells(results, edition) if (classes[cell[0]].kind == "component") == is_component]
    return gap_index(((results.severity(*cell), 1) for cell in cells), 0)
