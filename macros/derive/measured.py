"""What is known, asked without an answer, and not recorded: for each dimension and for each class."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from macros.derive.results import Results
from macros.model.equipment import Assessment


@dataclass(frozen=True)
class Knowledge:
    """Of so many points: how many have a level, how many are recorded as unknown, how many have no record."""

    known: int
    unknown: int
    unrecorded: int


def dimension_knowledge(results: Results, edition: str) -> dict[str, Knowledge]:
    """Return what is known of each class dimension over all classes at an edition."""
    land = results.landscape
    return {d: _knowledge(results, [(owner, d, edition) for owner in land.equipment]) for d in land.class_dimensions}


def class_knowledge(results: Results, edition: str) -> dict[str, Knowledge]:
    """Return what is known of each class over all class dimensions at an edition."""
    land = results.landscape
    return {
        owner: _knowledge(results, [(owner, d, edition) for d in land.class_dimensions]) for owner in land.equipment
    }


def _knowledge(results: Results, cells: list[tuple[str, str, str]]) -> Knowledge:
    recorded = [cell for cell in cells if cell in results.landscape.cells]
    known = sum(results.severity(*cell) is not None for cell in recorded)
    return Knowledge(known, len(recorded) - known, len(cells) - len(recorded))


def unanswered(results: Results, dimension: str, edition: str) -> dict[str, Assessment]:
    """Return the classes recorded as unknown in a dimension at an edition, with their assessment, in reading order."""
    land = results.landscape
    cells = {owner: land.cells.get((owner, dimension, edition)) for owner in land.equipment}
    return {owner: found for owner, found in cells.items() if found and found.level == land.method.unknown}


def unpublished_for(results: Results) -> dict[str, tuple[str, ...]]:
    """Return, for each class that unpublished quantities matter for, their ids; the most often named class first."""
    land = results.landscape
    named = Counter(owner for quantity in land.measurement.unpublished for owner in quantity.matters_for)
    order = list(land.equipment)
    return {
        owner: tuple(q.id for q in land.measurement.unpublished if owner in q.matters_for)
        for owner in sorted(named, key=lambda owner: (-named[owner], order.index(owner)))
    }
