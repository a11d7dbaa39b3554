"""How the levels of one dimension spread over the classes, and the segments of the bar that shows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from macros.derive.results import Results


@dataclass(frozen=True)
class Segment:
    """A part of a bar: what it stands for (None: no record), its count, its start and width in % of the bar."""

    key: str | None
    count: int
    start: float
    width: float


def level_spread(results: Results, dimension: str, edition: str) -> dict[str | None, int]:
    """Return how many classes stand at each level in the order of the scale; None counts those without a record."""
    land = results.landscape
    cells = (land.cells.get((owner, dimension, edition)) for owner in land.equipment)
    found = Counter(cell.level if cell else None for cell in cells)
    return {level: found[level] for level in (*land.levels, None)}


def segments(counts: Mapping[str | None, int]) -> tuple[Segment, ...]:
    """Return the counts that are not zero as segments of one bar that they fill."""
    total = sum(counts.values())
    result, before = [], 0
    for key, count in counts.items():
        if count:
            result.append(Segment(key, count, round(before / total * 100, 2), round(count / total * 100, 2)))
            before += count
    return tuple(result)
