"""Count levels, movements, facts and sources by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from macros.derive.gap import GAINS, LOSSES, Movement, movement
from macros.derive.levels import Cell
from macros.derive.results import Results
from macros.load.landscape import INDUSTRY, Landscape
from macros.model.base import Grade
from macros.model.equipment import Assessment
from macros.model.evidence import Fact, Source

GRADES: tuple[Grade, ...] = ("high", "medium", "low")


def class_cells(results: Results, edition: str) -> list[Cell]:
    """Return the cells of equipment classes recorded for an edition, in reading order."""
    return [cell for cell in results.landscape.cells if cell[2] == edition and cell[0] != INDUSTRY]


def known_cells(results: Results, edition: str) -> list[Cell]:
    """Return the cells of classes whose level is known at an edition."""
    return [cell for cell in class_cells(results, edition) if results.severity(*cell) is not None]


def grade_counts(results: Results, cells: Iterable[Cell]) -> dict[Grade, int]:
    """Return how many of the cells have each grade of confidence."""
    found = Counter(results.confidence[cell].grade for cell in cells)
    return {grade: found[grade] for grade in GRADES}


def usual_grade(results: Results, cells: Iterable[Cell]) -> Grade:
    """Return the median grade of the cells, the lower one of two; low for none."""
    grades = sorted(GRADES.index(results.confidence[cell].grade) for cell in cells)
    return GRADES[grades[len(grades) // 2]] if grades else "low"


@dataclass(frozen=True)
class MovementBase:
    """How many points of classes could have moved at all, which puts a statement on movement in proportion.

    `known`: known at the baseline; `lost`: of these not known now; `led`: of these level or ahead then, with a lead or
    parity to lose.
    """

    known: int
    lost: int
    led: int


def movement_base(results: Results, dimensions: Collection[str]) -> MovementBase:
    """Return how many points of classes in some dimensions were known at the baseline, and what became of them."""
    now = results.landscape.current.id
    cells = [cell for cell in known_cells(results, results.landscape.baseline.id) if cell[1] in dimensions]
    severities = [results.severity(*cell) for cell in cells]
    return MovementBase(
        known=len(cells),
        lost=sum(results.severity(*cell[:2], now) is None for cell in cells),
        led=sum(severity is not None and severity <= 0 for severity in severities),
    )


@dataclass(frozen=True)
class Knowledge:
    """How many points have a level, how many are recorded as unknown, and how many have no record."""

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


def unknown_classes(results: Results, dimension: str, edition: str) -> dict[str, Assessment]:
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
        return self.kind in (*GAINS, *LOSSES)


def moves(land: Landscape, before: str, now: str) -> list[Move]:
    """Return every point recorded at either edition, in reading order of classes and dimensions.

    A level that is known now is compared with the last one known before: an edition that did not know it hides no move.
    """
    editions = list(land.editions)
    earlier = editions[: editions.index(before) + 1][::-1]
    found = []
    for owner in (*land.equipment, INDUSTRY):
        for dimension in land.dimensions:
            then, last = (land.cells.get((owner, dimension, edition)) for edition in (before, now))
            if land.severity(last) is not None:
                known = (land.cells.get((owner, dimension, edition)) for edition in earlier)
                then = next((one for one in known if land.severity(one) is not None), then)
            if then or last:
                found.append(Move(owner, dimension, movement(land.severity(then), land.severity(last)), then, last))
    return found


@dataclass(frozen=True)
class Segment:
    """A part of a bar: what it counts (None: no record), its count, its start and width in % of the bar."""

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


@dataclass(frozen=True)
class Tally:
    """How many facts, and how many of them are weak or stale."""

    facts: int
    weak: int
    stale: int


def is_weak(fact: Fact, land: Landscape) -> bool:
    """Return whether a fact has the lowest grade: of its source's reliability or of its own confidence."""
    weights, grades = land.method.reliability, land.method.fact_confidence
    is_source_weak = weights[land.sources[fact.source].reliability] == min(weights.values())
    return is_source_weak or grades[fact.confidence] == min(grades.values())


def is_on_itself(source: Source, land: Landscape) -> bool:
    """Return whether a source is of a kind whose publishers speak about themselves."""
    return land.source_kinds[source.kind].speaks_for_itself


def tally(facts: Iterable[Fact], results: Results) -> Tally:
    """Return the tally of some facts."""
    listed = list(facts)
    weak = sum(is_weak(fact, results.landscape) for fact in listed)
    return Tally(len(listed), weak, sum(fact.id in results.stale for fact in listed))
