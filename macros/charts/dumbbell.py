"""Dumbbell: two sides of one measurement on a line; each a dot, or a bar from end to end of its range."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from macros.charts.rows import Axis, grid, tick_labels, title
from macros.charts.theme import (
    INK,
    LINE,
    PAPER,
    RULE,
    RULE_DARK,
    SMALL,
    SOFT,
    TONES,
    Layer,
    Scale,
    Spec,
    layer,
    length,
    paint,
    pixel,
    rules,
    spec,
    words,
)

_EDGE, _LINE, _LABELS, _FOOT = 9, 30, (14, 53), 64
# Area of a dot; where two coincide, the first is a ring around the second.
_DOT, _RING, _CORE = 150, 330, 90


@dataclass(frozen=True)
class End:
    """One side: what it is called, its figure in words and in numbers."""

    name: str
    tone: str
    figure: str
    low: float
    high: float


def dumbbell_spec(width: float, sides: tuple[End, End], axis: Axis, is_hollow: bool) -> Spec:
    """Return the chart of two sides; hollow and dashed where they compare in part only."""
    scale = Scale(axis.ends, (_EDGE, width - _EDGE), axis.ticks)
    between = _between(*sides)
    join = {
        "type": "rule",
        "stroke": "var(--neutral)",
        "strokeWidth": 2,
        **({"strokeDash": [3, 4]} if is_hollow else {}),
    }
    spans = [{"low": between[0], "high": between[1], "y": _LINE}] if between else []
    layers = [
        rules("line", [{"x": _EDGE, "x2": width - _EDGE, "y": _LINE, "y2": _LINE}], RULE),
        rules("axis", [{"x": _EDGE, "x2": width - _EDGE, "y": _FOOT, "y2": _FOOT}], RULE_DARK),
        *grid(scale, [(_LINE - 6, _LINE + 6), (_FOOT, _FOOT + 4)]),
        words(
            "ticks",
            tick_labels(scale, [[label] for _, label in scale.ticks], _FOOT + LINE + 2, width),
            size=SMALL,
            colour=SOFT,
        ),
        words("title", [title(scale, axis, _FOOT + 2 * LINE + 2)], size=SMALL, colour=SOFT),
        layer("spans", join, spans, x=scale.channel("low"), x2={"field": "high"}, y=pixel("y")),
        *_marks(sides, scale, is_hollow),
        words("labels", [_label(side, scale, y, width) for side, y in zip(sides, _LABELS, strict=True)], colour=INK),
    ]
    return spec(width, _FOOT + 2 * LINE + 6, layers)


def _between(one: End, other: End) -> tuple[float, float] | None:
    """Return where the space between two sides begins and ends; None where they touch or overlap."""
    left, right = sorted((one, other), key=lambda side: (side.low, side.high))
    return (left.high, right.low) if left.high < right.low else None


def _marks(sides: Sequence[End], scale: Scale, is_hollow: bool) -> list[Layer]:
    ranges = [{**_value(side), "y": _LINE, "stroke": TONES[side.tone]} for side in sides if side.high > side.low]
    single = [side for side in sides if side.high == side.low]
    covered = len(single) == 2 and abs(scale.at(single[0].low) - scale.at(single[1].low)) < 10
    sizes = (_RING, _CORE) if covered else (_DOT, _DOT)
    points = [
        {
            **_value(side),
            "y": _LINE,
            "fill": PAPER if is_hollow else TONES[side.tone],
            "stroke": TONES[side.tone],
            "size": size,
        }
        for side, size in zip(single, sizes, strict=False)
    ]
    bar = {"type": "rule", "strokeWidth": 9, "opacity": 0.55 if is_hollow else 1}
    dot = {"type": "point", "shape": "circle", "strokeWidth": 2.5, "opacity": 1}
    return [
        layer(
            "ranges", bar, ranges, x=scale.channel("low"), x2={"field": "high"}, y=pixel("y"), stroke=paint("stroke")
        ),
        layer(
            "points",
            dot,
            points,
            x=scale.channel("low"),
            y=pixel("y"),
            fill=paint("fill"),
            stroke=paint("stroke"),
            size=paint("size"),
        ),
    ]


def _value(side: End) -> dict[str, Any]:
    return {"side": side.name, "low": side.low, "high": side.high}


def _label(side: End, scale: Scale, y: float, width: float) -> dict[str, Any]:
    text = f"{side.name} {side.figure}"
    x, half = (scale.at(side.low) + scale.at(side.high)) / 2, length(text) / 2
    align = "left" if x - half < 0 else "right" if x + half > width else "center"
    return {"x": {"left": 0.0, "right": width, "center": x}[align], "y": y, "text": [text], "align": align}
