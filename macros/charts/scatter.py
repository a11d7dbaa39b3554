"""Scatter: numbered dots by a value across and by rows up; dots that would touch stand in lanes of their row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from macros.charts.rows import dots
from macros.charts.theme import INK, LINE, PAPER, RULE, SMALL, SOFT, TEXT, Scale, Spec, lines, pixel, rules, spec, words

_LANE, _MARGIN, _TOUCH, _DOT, _TOP, _LEFT, _EDGE = 26, 14, 25, 380, 24, 30, 20


@dataclass(frozen=True)
class Dot:
    """A thing on the map: its number, where it leads, and its value; None where that is not known."""

    number: str
    link: str
    value: float | None


@dataclass(frozen=True)
class Lane:
    """A row of dots with its label."""

    label: str
    dots: tuple[Dot, ...]


@dataclass(frozen=True)
class Across:
    """The axis across: the ends of the values, ticks, the label of what is not known, and what the axis counts."""

    ends: tuple[float, float]
    ticks: tuple[tuple[float, str], ...]
    unknown: str
    title: str


def scatter_spec(width: float, rows: Sequence[Lane], across: Across, title: str) -> Spec:
    """Return the map; the unknown stands beyond the end of the scale."""
    last = width - _EDGE - 12
    scale = Scale(across.ends, (_LEFT + _EDGE, round(_LEFT + (last - _LEFT) * 0.84)), across.ticks)
    placed, ranges, y = [], [], float(_TOP)
    for row in rows:
        found, count = _lanes(row, scale, last)
        placed += [(dot, x, y + (_MARGIN + _LANE) / 2 + lane * _LANE) for dot, x, lane in found]
        ranges.append((row.label, y, y + count * _LANE + _MARGIN))
        y = ranges[-1][2]
    columns = [*((scale.at(value), label) for value, label in across.ticks), (last, across.unknown)]
    edges = [*(top for _, top, _ in ranges), y]
    layers = [
        rules("columns", [{"x": x, "x2": x, "y": _TOP, "y2": y} for x, _ in columns], RULE),
        rules("rows", [{"x": 0, "x2": width, "y": edge, "y2": edge} for edge in edges], RULE),
        words("levels", _levels(columns, y, width), size=SMALL, colour=SOFT),
        words("titles", _titles(across, title, y, width, columns), size=SMALL, colour=SOFT),
        words(
            "scores",
            [{"x": 8, "y": (top + foot) / 2 + 4, "text": [label], "align": "left"} for label, top, foot in ranges],
            weight="bold",
        ),
        dots("points", [_point(dot, x, y) for dot, x, y in placed], pixel("x"), _DOT),
        words("numbers", [_number(dot, x, y) for dot, x, y in placed], size=SMALL, colour=PAPER, weight="bold"),
    ]
    return spec(width, y + LINE * (2 + _deepest(columns, width)), layers)


def _lanes(row: Lane, scale: Scale, unknown: float) -> tuple[list[tuple[Dot, float, int]], int]:
    """Return the dots of a row with their pixel and lane, each in the first lane where it touches none before."""
    found: list[tuple[Dot, float, int]] = []
    at = sorted(
        ((unknown if dot.value is None else scale.at(dot.value), dot) for dot in row.dots), key=lambda pair: pair[0]
    )
    for x, dot in at:
        taken = {lane for _, other, lane in found if abs(other - x) < _TOUCH}
        found.append((dot, x, next(lane for lane in range(len(row.dots)) if lane not in taken)))
    return found, max((lane for _, _, lane in found), default=0) + 1


def _point(dot: Dot, x: float, y: float) -> dict[str, Any]:
    return {"number": dot.number, "value": dot.value, "x": x, "y": y, "fill": INK, "link": dot.link}


def _number(dot: Dot, x: float, y: float) -> dict[str, Any]:
    return {"x": x, "y": y + 4, "text": [dot.number], "align": "center"}


def _wrapped(columns: Sequence[tuple[float, str]], width: float) -> list[list[str]]:
    """Return the labels of the columns, broken where the next one begins."""
    step = min(two[0] - one[0] for one, two in zip(columns, columns[1:], strict=False)) - 4
    return [lines(label, step, SMALL) for _, label in columns]


def _deepest(columns: Sequence[tuple[float, str]], width: float) -> int:
    return max(len(text) for text in _wrapped(columns, width))


def _levels(columns: Sequence[tuple[float, str]], foot: float, width: float) -> list[dict[str, Any]]:
    texts = zip(columns, _wrapped(columns, width), strict=True)
    return [{"x": x, "y": foot + LINE, "text": text, "align": "center"} for (x, _), text in texts]


def _titles(
    across: Across, up: str, foot: float, width: float, columns: Sequence[tuple[float, str]]
) -> list[dict[str, Any]]:
    below = foot + LINE * (1 + _deepest(columns, width)) + 2
    return [
        {"x": 0, "y": TEXT, "text": [up], "align": "left"},
        {"x": width, "y": below, "text": [across.title], "align": "right"},
    ]
