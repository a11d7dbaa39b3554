"""Everything derived from a landscape, each value computed once: confidence, gap indices, movement, ranking."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from macros.derive.acceptability import Acceptability
from macros.derive.due import stale_ages
from macros.derive.gap import GapIndex, Movement, gap_index, movement
from macros.derive.levels import Levels
from macros.derive.priority import (
    Scored,
    Step,
    all_steps,
    classes_containing,
    criteria_of,
    rank,
    rests_on_all_industries,
)
from macros.derive.ranks import Standing, acceptability, standing
from macros.derive.uncertainty import uncertain_criteria

# The key for uniformly random weights, beside the ids of presets.
ANY = "any"


@dataclass(frozen=True)
class Results(Levels):
    """Derived values of a landscape. Every property is pure and independent of the order of files."""

    # The folder of the cache, if there is one.
    cache: Path | None = None

    def prepare(self) -> None:
        """Compute every property now instead of on first access."""
        for name in dir(Results):
            if isinstance(getattr(Results, name), cached_property):
                getattr(self, name)

    @cached_property
    def class_index(self) -> dict[tuple[str, str], GapIndex]:
        """Gap index by (class, edition), over the class dimensions."""
        land = self.landscape
        return {
            (owner, edition.id): gap_index(
                ((self.severity(owner, d, edition.id), land.method.gap_weights[d]) for d in land.class_dimensions),
                land.method.coverage_minimum,
            )
            for owner in land.equipment
            for edition in land.report.editions
        }

    @cached_property
    def dimension_index(self) -> dict[tuple[str, str], GapIndex]:
        """Gap index by (dimension, edition), over the classes, each class weighing the same."""
        land = self.landscape
        return {
            (dimension, edition.id): gap_index(
                ((self.severity(owner, dimension, edition.id), 1) for owner in land.equipment),
                land.method.coverage_minimum,
            )
            for dimension in land.class_dimensions
            for edition in land.report.editions
        }

    @cached_property
    def movement(self) -> dict[tuple[str, str], Movement]:
        """Movement between baseline and current edition, by (class or `industry`, dimension), where either is recorded."""
        land = self.landscape
        pairs = {cell[:2] for cell in land.cells}
        return {
            pair: movement(self.severity(*pair, land.baseline.id), self.severity(*pair, land.current.id))
            for pair in sorted(pairs)
        }

    @cached_property
    def stale(self) -> frozenset[str]:
        """Facts that have outlived the shelf life of their topic at the current edition."""
        return frozenset(stale_ages(self.landscape, int(self.landscape.current.date[:4])))

    @cached_property
    def criteria(self) -> dict[str, dict[str, tuple[float, float] | None]]:
        """For each priority and criterion, its value 0-1 as an interval (low = high where certain); None: unknown."""
        return {name: criteria_of(priority, self) for name, priority in self.landscape.priorities.items()}

    @cached_property
    def ranking(self) -> dict[str, tuple[Scored, ...]]:
        """For each preset, the priorities by score, best first."""
        return {preset.id: rank(self.criteria, preset.weights) for preset in self.landscape.method.presets}

    @property
    def ranked(self) -> tuple[Scored, ...]:
        """The priorities by score under the preset that is shown, best first."""
        return self.ranking[self.landscape.preset.id]

    @cached_property
    def scores(self) -> dict[tuple[str, str], Scored]:
        """Every priority with score and rank, by (preset, priority)."""
        return {(preset, scored.priority): scored for preset, found in self.ranking.items() for scored in found}

    @cached_property
    def uncertain_criteria(self) -> dict[str, dict[str, tuple[float, float] | None]]:
        """The criteria with their whole uncertainty, that of confidence included; None: unknown."""
        priorities = self.landscape.priorities
        return {name: uncertain_criteria(priorities[name], found, self) for name, found in self.criteria.items()}

    @cached_property
    def steps(self) -> dict[str, tuple[Step, ...]]:
        """For each priority, those that make parts for its machines."""
        return all_steps(self.landscape)

    @cached_property
    def steps_after(self) -> dict[str, list[str]]:
        """For each priority, those whose machines hold the parts it makes, in reading order."""
        found: dict[str, list[str]] = {name: [] for name in self.landscape.priorities}
        for later, steps in self.steps.items():
            for earlier in dict.fromkeys(step.priority for step in steps):
                found[earlier].append(later)
        return found

    @cached_property
    def containing(self) -> dict[str, list[str]]:
        """For each priority, the further classes with one of those it helps inside, in reading order."""
        return {name: classes_containing(priority, self) for name, priority in self.landscape.priorities.items()}

    @cached_property
    def general(self) -> frozenset[str]:
        """The priorities whose severity is read from facts about all industries alone."""
        found = self.landscape.priorities.values()
        return frozenset(priority.id for priority in found if rests_on_all_industries(priority, self))

    @cached_property
    def acceptability(self) -> dict[str, Acceptability]:
        """For each preset and for `any` weights, how often each priority has each rank."""
        method = self.landscape.method
        weightings = {preset.id: preset.weights for preset in method.presets} | {ANY: None}
        return acceptability(self.uncertain_criteria, weightings, method.ranking, method.top, self.cache)

    @cached_property
    def standing(self) -> dict[str, Standing]:
        """For each priority, whether it is among the top in every view, in one of them, or in none."""
        method = self.landscape.method
        views = [self.acceptability[preset.id] for preset in method.presets]
        return {
            name: standing([view.top_share[name] for view in views], method.ranking)
            for name in self.landscape.priorities
        }
