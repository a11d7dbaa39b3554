"""How far a criterion of a priority may be off: its interval, widened by the confidence of the judgements behind it.

A judgement may be off by the half-width of its grade (`ranking.spread` in method.yml). Errors of separate judgements are
taken as independent: one that they all share would move every priority alike. Drawing is left to `smaa`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import sqrt

from macros.derive.acceptability import ANYTHING, Interval
from macros.derive.levels import Levels
from macros.derive.priority import Point, cells_answered, points_of_dependence
from macros.model.base import Number
from macros.model.priority import Priority


def uncertain_criteria(
    priority: Priority, criteria: Mapping[str, Interval | None], levels: Levels
) -> dict[str, Interval | None]:
    """Return each criterion of a priority with its whole uncertainty, within 0-1; None where nothing is known."""
    widths = half_widths(priority, levels)
    measures = {item.id: item.measure for item in levels.landscape.method.criteria}
    return {name: widened_interval(value, widths.get(measures[name], 0)) for name, value in criteria.items()}


def widened_interval(value: Interval | None, half_width: Number) -> Interval | None:
    """Return an interval widened on both sides and clipped to 0-1; what is unknown stays unknown."""
    if value is None:
        return None
    return (max(value[0] - half_width, ANYTHING[0]), min(value[1] + half_width, ANYTHING[1]))


def half_widths(priority: Priority, levels: Levels) -> dict[str, float]:
    """Return by how much the value of each judged criterion may be off.

    Stake is uncertain by its published range alone; reach and nearness follow from the records and are exact.
    """
    land = levels.landscape
    now, both = (land.current.id,), (land.baseline.id, land.current.id)
    answered = cells_answered(priority, levels)
    points = {
        "severity": [half_width(point, now, levels) for point in answered],
        "dependence": [half_width(point, now, levels) for point in points_of_dependence(priority, levels)],
        "persistence": [half_width(point, both, levels) for point in _may_persist(answered, levels)],
    }
    allowed = land.method.ranking.spread
    judged = {name: half_width_of_mean(widths, allowed["unknown"]) for name, widths in points.items()}
    return {**judged, **dict.fromkeys(("feasibility", "rating"), float(allowed["judgement"]))}


def half_width(point: Point, editions: Iterable[str], levels: Levels) -> float | None:
    """Return the half-width of a point, that of its least confident assessment; None when one is not known."""
    widths = []
    for edition in editions:
        if levels.severity(*point, edition) is None:
            return None
        widths.append(levels.landscape.method.ranking.spread[levels.confidence[*point, edition].grade])
    return float(max(widths))


def half_width_of_mean(widths: Iterable[float | None], unknown: Number) -> float:
    """Return by how much a mean over points may be off, of which some (None) are not known. 0 where none is known.

    Two parts, added as squares: the known points may be wrong, sum(width^2) / known^2; and they stand for all, as a
    sample of `known` out of `all` does, (1 - known / all) x unknown^2 / known.
    """
    listed = list(widths)
    known = [width for width in listed if width is not None]
    if not known:
        return 0.0
    wrong = sum(width**2 for width in known) / len(known) ** 2
    sampled = (1 - len(known) / len(listed)) * unknown**2 / len(known)
    return sqrt(wrong + sampled)


def _may_persist(points: Iterable[Point], levels: Levels) -> list[Point]:
    """Return the points that were behind at the baseline or may have been."""
    before = levels.landscape.baseline.id
    return [point for point in points if (step := levels.severity(*point, before)) is None or step > 0]
