"""What moved between any two editions, point by point."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from macros.derive.gap import Movement, movement
from macros.landscape import INDUSTRY, Landscape
from macros.model.equipment import Assessment


@dataclass(frozen=True)
class Move:
    """A dimension of a class (or of `industry`) at two editions; an assessment is None where there is no record."""

    owner: str
    dimension: str
    kind: Movement
    before: Assessment | None
    now: Assessment | None

    @property
    def is_between_levels(self) -> bool:
        return self.kind in ("closed", "narrowed", "widened", "reversed")


def moves(land: Landscape, before: str, now: str) -> list[Move]:
    """Return every point recorded at either edition, in reading order of classes and dimensions."""
    found = []
    for owner in (*land.equipment, INDUSTRY):
        for dimension in land.dimensions:
            ends = [land.cells.get((owner, dimension, edition)) for edition in (before, now)]
            if any(ends):
                kind = movement(*(land.severity(end) for end in ends))
                found.append(Move(owner, dimension, kind, *ends))
    return found


def move_counts(found: Iterable[Move]) -> Counter[Movement]:
    """Return how many points moved in which way."""
    return Counter(move.kind for move in found)
