"""Draw two sides of one measurement on a line: each is a dot, or a bar from end to end of its range."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from macros.charts.marks import LINE, point, rule, text
from macros.charts.measure import text_width
from macros.charts.rows import Axis, anchor, grid, names_below, tick_labels, title
from macros.charts.theme import FADED, INK, NEUTRAL, PAPER, RULE, RULE_DARK, TEXT, TONES, Drawing, Scale

_EDGE, _LINE, _LABELS, _FOOT = 9, 30, (14, 53), 64
# Radius of a dot; where two coincide, the first is a ring around the second.
_DOT, _RING, _CORE = 6.12, 9.08, 4.74


@dataclass(frozen=True)
class End:
    """One side: what it is called, its figure in words and in numbers."""

    name: str
    tone: str
    figure: str
    low: float
    high: float


def dumbbell_drawing(width: float, sides: tuple[End, End], axis: Axis, is_hollow: bool) -> Drawing:
    """Return the chart of two sides; hollow and dashed where they compare in part only."""
    scale = Scale(axis.ends, (_EDGE, width - _EDGE), axis.ticks)
    labels, unit = names_below(scale, axis.title, width)
    layers = {
        "line": rule(_EDGE, _LINE, width - _EDGE, _LINE, RULE),
        "axis": rule(_EDGE, _FOOT, width - _EDGE, _FOOT, RULE_DARK),
        **grid(scale, [(_LINE - 6, _LINE + 6), (_FOOT, _FOOT + 4)]),
        "ticks": tick_labels(scale, labels, _FOOT + LINE + 2, width),
        "title": title(unit, scale, _FOOT + 2 * LINE + 2),
        "spans": _join(sides, scale, is_hollow),
        "ranges": _ranges(sides, scale, is_hollow),
        "points": _points(sides, scale, is_hollow),
        "labels": "".join(_label(side, scale, y, width) for side, y in zip(sides, _LABELS, strict=True)),
    }
    return Drawing(width, _FOOT + (2 if unit else 1) * LINE + 6, layers, scale)


def _join(sides: tuple[End, End], scale: Scale, is_hollow: bool) -> str:
    between = _space_between(*sides)
    if between is None:
        return ""
    left, right = map(scale.at, between)
    return rule(left, _LINE, right, _LINE, NEUTRAL, 2, "3,4" if is_hollow else "")


def _space_between(one: End, other: End) -> tuple[float, float] | None:
    """Return where the space between two sides begins and ends; None where they touch or overlap."""
    left, right = sorted((one, other), key=lambda side: (side.low, side.high))
    return (left.high, right.low) if left.high < right.low else None


def _ranges(sides: Sequence[End], scale: Scale, is_hollow: bool) -> str:
    return "".join(
        rule(scale.at(side.low), _LINE, scale.at(side.high), _LINE, TONES[side.tone], 9, opacity=FADED if is_hollow else 1)
        for side in sides
        if side.high > side.low
    )  # fmt: skip


def _points(sides: Sequence[End], scale: Scale, is_hollow: bool) -> str:
    single = [side for side in sides if side.high == side.low]
    covered = len(single) == 2 and abs(scale.at(single[0].low) - scale.at(single[1].low)) < 10
    radii = (_RING, _CORE) if covered else (_DOT, _DOT)
    return "".join(
        point(scale.at(side.low), _LINE, radius, PAPER if is_hollow else TONES[side.tone], TONES[side.tone], 2.5)
        for side, radius in zip(single, radii, strict=False)
    )


def _label(side: End, scale: Scale, y: float, width: float) -> str:
    said = f"{side.name} {side.figure}"
    middle = (scale.at(side.low) + scale.at(side.high)) / 2
    held = anchor(middle, text_width(said), width)
    x = {"start": 0.0, "middle": middle, "end": width}[held]
    return text([said], x, y, TEXT, INK, anchor=held)
