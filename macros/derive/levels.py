"""Levels: the severity of every assessment, and the confidence computed from what it cites."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from macros.derive.confidence import Confidence, Weighed, confidence, weigh
from macros.load.landscape import Landscape

Key = TypeVar("Key")
Value = TypeVar("Value")
# A point at an edition: class or `industry`, dimension, edition.
Cell = tuple[str, str, str]


class LazyMapping(Mapping[Key, Value]):
    """A mapping that computes each value on first access: a page needs few out of thousands."""

    def __init__(self, keys: Collection[Key], compute: Callable[[Key], Value]):
        self._keys, self._compute = keys, compute
        self._found: dict[Key, Value] = {}

    def __getitem__(self, key: Key) -> Value:
        if key not in self._found:
            if key not in self._keys:
                raise KeyError(key)
            self._found[key] = self._compute(key)
        return self._found[key]

    def __iter__(self) -> Iterator[Key]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


@dataclass(frozen=True)
class Levels:
    """Severity and confidence of assessments, on which all other derived values build."""

    landscape: Landscape

    @cached_property
    def confidence(self) -> Mapping[Cell, Confidence]:
        """Confidence of every assessment, by (class or `industry`, dimension, edition)."""
        return LazyMapping(self.landscape.cells, self._confidence)

    def _confidence(self, cell: Cell) -> Confidence:
        land = self.landscape
        assessment = land.cells[cell]
        year = next(int(edition.date[:4]) for edition in land.report.editions if edition.id == cell[2])

        def weighed(ids: tuple[str, ...]) -> list[Weighed]:
            facts = [land.facts[name] for name in ids]
            return [weigh(f, land.sources[f.source], land.years[f.id], year, land.method) for f in facts]

        return confidence(weighed(assessment.evidence), weighed(assessment.counter_evidence), land.method)

    def severity(self, owner: str, dimension: str, edition: str) -> int | None:
        return self.landscape.severity(self.landscape.cells.get((owner, dimension, edition)))
