"""Priorities: criteria mapped to 0-1 and added up (multi-attribute value theory, additive form).

Source of the form: Keeney and Raiffa, Decisions with Multiple Objectives (1976), chapter 3.
A criterion without data is unknown: it may take any value from 0 to 1 and widens the score to an interval.
"""

from __future__ import annotations

from dataclasses import dataclass

from macros.derive.acceptability import ANYTHING, Criteria, Interval, Weights, scaled_weights
from macros.derive.components import holders_of, parts_inside
from macros.derive.levels import Levels
from macros.load.landscape import Landscape
from macros.model.equipment import ValueShare
from macros.model.priority import Priority

Point = tuple[str, str]


@dataclass(frozen=True)
class Contribution:
    """What one criterion adds to a score: its value (None: unknown), its scaled weight and their product."""

    criterion: str
    value: Interval | None
    weight: float

    @property
    def low(self) -> float:
        return self.weight * (self.value or ANYTHING)[0]

    @property
    def high(self) -> float:
        return self.weight * (self.value or ANYTHING)[1]

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2


@dataclass(frozen=True)
class Scored:
    """A priority with its score: interval, midpoint, contributions and rank (1 is best; equal scores share a rank)."""

    priority: str
    rank: int
    contributions: tuple[Contribution, ...]

    @property
    def low(self) -> float:
        return sum(item.low for item in self.contributions)

    @property
    def high(self) -> float:
        return sum(item.high for item in self.contributions)

    @property
    def score(self) -> float:
        """Midpoint of the interval: what is expected when an unknown may be anything."""
        return (self.low + self.high) / 2


def rank(criteria: Criteria, weights: Weights) -> tuple[Scored, ...]:
    """Return the priorities by score, best first; ties by id, with the same rank."""
    shares = scaled_weights(weights)
    unranked = [
        Scored(
            name,
            0,
            tuple(Contribution(criterion, value, shares.get(criterion, 0.0)) for criterion, value in values.items()),
        )
        for name, values in criteria.items()
    ]
    ordered = sorted(unranked, key=lambda item: (-round(item.score, 9), item.priority))
    result: list[Scored] = []
    for position, item in enumerate(ordered, start=1):
        tied = result and round(result[-1].score, 9) == round(item.score, 9)
        result.append(Scored(item.priority, result[-1].rank if tied else position, item.contributions))
    return tuple(result)


def criteria_of(priority: Priority, levels: Levels) -> dict[str, Interval | None]:
    """Return the value of each criterion of method.yml for a priority; None where nothing is known."""
    return {
        item.id: rating(priority, item.id)
        if item.measure == "rating"
        else VALUE_FUNCTIONS[item.measure](priority, levels)
        for item in levels.landscape.method.criteria
    }


def _exact_interval(value: float) -> Interval:
    return (value, value)


def _worst(levels: Levels) -> int:
    return max(level.severity for level in levels.landscape.method.levels if level.severity is not None)


def cells_answered(priority: Priority, levels: Levels) -> list[Point]:
    """Return the (class, dimension) points a priority answers: of its classes and, for industry dimensions, the industry."""
    land = levels.landscape
    owners = [(owner, d) for owner in priority.equipment for d in priority.dimensions if d in land.class_dimensions]
    whole = [("industry", d) for d in priority.dimensions if d not in land.class_dimensions]
    return owners + whole


def rests_on_all_industries(priority: Priority, levels: Levels) -> bool:
    """Return whether facts about all industries alone carry every level that the severity of a priority is read from."""
    land = levels.landscape
    cells = [(*point, land.current.id) for point in cells_answered(priority, levels)]
    cited = [land.cells[cell].evidence for cell in cells if levels.severity(*cell) is not None]
    return bool(cited) and all(land.facts[name].scope == "all-industries" for names in cited for name in names)


def points_of_dependence(priority: Priority, levels: Levels) -> list[Point]:
    """Return the points that say how far the classes a priority helps, and the parts inside them, are imported."""
    land = levels.landscape
    parts = [part for name in priority.equipment for part in parts_inside(name, land)]
    helped = dict.fromkeys((*priority.equipment, *parts))
    return [(name, dimension) for name in helped for dimension in land.method.dependence]


def share_at_stake(priority: Priority, levels: Levels) -> tuple[str, ValueShare] | None:
    """Return the class with the largest published share of a line's value among those helped, and that share; None: none."""
    shares = [(name, levels.landscape.equipment[name].value_share) for name in priority.equipment]
    known = [(name, share) for name, share in shares if share and share.scope != "machine"]
    return max(known, key=lambda pair: (pair[1].low + pair[1].high, pair[1].high), default=None)


def classes_containing(priority: Priority, levels: Levels) -> list[str]:
    """Return the further classes with one of those a priority helps inside, at any depth, in reading order."""
    land = levels.landscape
    found = {holder for name in priority.equipment for holder in holders_of(name, land)}
    return sorted(found.difference(priority.equipment), key=land.order.__getitem__)


def classes_fed(priority: Priority, levels: Levels) -> list[str]:
    """Return the further classes that work next on what a helped class makes: one step along the material route."""
    land = levels.landscape
    reached = {*priority.equipment, *classes_containing(priority, levels)}
    fed = {step for name in priority.equipment for step in land.equipment[name].feeds}
    return sorted(fed - reached, key=land.order.__getitem__)


def points_behind_before(priority: Priority, levels: Levels) -> list[Point]:
    """Return the points answered that were behind at the baseline and are known now."""
    before, now = levels.landscape.baseline.id, levels.landscape.current.id
    points = cells_answered(priority, levels)
    return [p for p in points if (levels.severity(*p, before) or 0) > 0 and levels.severity(*p, now) is not None]


def _mean_severity(points: list[Point], levels: Levels) -> Interval | None:
    """Return mean severity over known points, ahead counting as level, as a share of the worst level."""
    edition = levels.landscape.current.id
    known = [s for point in points if (s := levels.severity(*point, edition)) is not None]
    return _exact_interval(sum(max(s, 0) for s in known) / len(known) / _worst(levels)) if known else None


def severity(priority: Priority, levels: Levels) -> Interval | None:
    return _mean_severity(cells_answered(priority, levels), levels)


def stake(priority: Priority, levels: Levels) -> Interval | None:
    """Largest published value share among the classes it helps, as a share of what counts as one (`stake_full`, in %)."""
    found, full = share_at_stake(priority, levels), levels.landscape.method.stake_full
    if found is None or full is None:
        return None
    _, share = found
    return (min(share.low / full, 1.0), min(share.high / full, 1.0))


def import_dependence(priority: Priority, levels: Levels) -> Interval | None:
    return _mean_severity(points_of_dependence(priority, levels), levels)


def reach(priority: Priority, levels: Levels) -> Interval | None:
    """Share of all classes that it helps, that contain one of those, or that work next on what those make."""
    further = classes_containing(priority, levels) + classes_fed(priority, levels)
    return _exact_interval((len(set(priority.equipment)) + len(further)) / len(levels.landscape.equipment))


def persistence(priority: Priority, levels: Levels) -> Interval | None:
    """Share of the points behind at the baseline, and known now, that are still behind."""
    points, now = points_behind_before(priority, levels), levels.landscape.current.id
    return (
        _exact_interval(sum((levels.severity(*point, now) or 0) > 0 for point in points) / len(points))
        if points
        else None
    )


def feasibility(priority: Priority, levels: Levels) -> Interval | None:
    return _interval_of_score(priority.feasibility.score)


def rating(priority: Priority, criterion: str) -> Interval | None:
    """Return the rating of a priority by a criterion of the report's own; None where it has none."""
    found = priority.ratings.get(criterion)
    return _interval_of_score(found.score) if found else None


def _interval_of_score(score: int) -> Interval:
    """Return the value of a score of 1 to 5."""
    return _exact_interval((score - 1) / 4)


def nearness(priority: Priority, levels: Levels) -> Interval | None:
    horizons = {horizon.id: horizon.nearness for horizon in levels.landscape.method.horizons}
    return _exact_interval(float(horizons[priority.horizon]))


VALUE_FUNCTIONS = {
    "severity": severity,
    "stake": stake,
    "dependence": import_dependence,
    "reach": reach,
    "persistence": persistence,
    "feasibility": feasibility,
    "nearness": nearness,
}


@dataclass(frozen=True)
class Step:
    """A part on the way: a priority makes `component`, which stands in `machines` of a later priority."""

    priority: str
    component: str
    machines: tuple[str, ...]


def all_steps(land: Landscape) -> dict[str, tuple[Step, ...]]:
    """Return for each priority those that make parts for its machines.

    Such a priority answers a dimension of import dependence of the component, and does not help the machine itself;
    the later one does not help the component itself.
    """
    found: dict[str, list[Step]] = {name: [] for name in land.priorities}
    for earlier in land.priorities.values():
        if set(earlier.dimensions).isdisjoint(land.method.dependence):
            continue
        for component in earlier.equipment:
            machines = [name for name in holders_of(component, land) if name not in earlier.equipment]
            for later in dict.fromkeys(p.id for name in machines for p in land.helping[name]):
                helped = land.priorities[later].equipment
                if later != earlier.id and component not in helped:
                    found[later].append(Step(earlier.id, component, tuple(m for m in machines if m in helped)))
    return {name: tuple(steps) for name, steps in found.items()}
