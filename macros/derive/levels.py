"""Levels: the severity of every assessment, and the confidence computed from what it cites."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from macros.derive.confidence import Confidence, Weighed, confidence, weigh
from macros.load.landscape import Landscape

# A point at an edition: class or `industry`, dimension, edition.
Cell = tuple[str, str, str]


@dataclass(frozen=True)
class Levels:
    """Severity and confidence of assessments, on which all other derived values build."""

    landscape: Landscape

    @cached_property
    def confidence(self) -> dict[Cell, Confidence]:
        """Confidence of every assessment, by (class or `industry`, dimension, edition)."""
        return {cell: self._confidence(cell) for cell in self.landscape.cells}

    def _confidence(self, cell: Cell) -> Confidence:
        land = self.landscape
        assessment = land.cells[cell]
        year = int(land.editions[cell[2]].date[:4])

        def weighed(ids: tuple[str, ...]) -> list[Weighed]:
            facts = [land.facts[name] for name in ids]
            return [weigh(f, land.sources[f.source], land.years[f.id], year, land.method) for f in facts]

        return confidence(weighed(assessment.evidence), weighed(assessment.counter_evidence), land.method)

    def severity(self, owner: str, dimension: str, edition: str) -> int | None:
        return self.landscape.severity(self.landscape.cells.get((owner, dimension, edition)))
