"""Draw numbered dots by a value (across) and a row (up); dots that would touch move to separate lanes of their row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from macros.charts.marks import LINE, rule, text
from macros.charts.measure import broken_lines
from macros.charts.rows import Axis, dot_mark
from macros.charts.theme import INK, PAPER, RULE, SMALL, SOFT, TEXT, Drawing, Scale

_LANE, _MARGIN, _TOUCH, _DOT, _TOP, _LEFT, _EDGE = 26, 14, 25, 9.75, 24, 30, 20


@dataclass(frozen=True)
class Dot:
    """A thing on the map: its number and name, where it leads, and its value; None where that is not known."""

    number: str
    name: str
    link: str
    value: float | None


@dataclass(frozen=True)
class Lane:
    """A row of dots with its label."""

    label: str
    dots: tuple[Dot, ...]


def scatter_drawing(width: float, rows: Sequence[Lane], across: Axis, unknown: str, title: str) -> Drawing:
    """Return the map; what is not known stands beyond the end of the scale, under a label of its own."""
    last = width - _EDGE - 12
    scale = Scale(across.ends, (_LEFT + _EDGE, round(_LEFT + (last - _LEFT) * 0.84)), across.ticks)
    placed, ranges, y = [], [], float(_TOP)
    for row in rows:
        found, count = _lanes(row, scale, last)
        placed += [(dot, x, y + (_MARGIN + _LANE) / 2 + lane * _LANE) for dot, x, lane in found]
        ranges.append((row.label, y, y + count * _LANE + _MARGIN))
        y = ranges[-1][2]
    columns = [*((scale.at(value), label) for value, label in across.ticks), (last, unknown)]
    names = _wrapped_labels(columns)
    below = LINE * (1 + max(map(len, names)))
    layers = {
        "columns": "".join(rule(x, _TOP, x, y, RULE) for x, _ in columns),
        "rows": "".join(rule(0, edge, width, edge, RULE) for edge in [*(top for _, top, _ in ranges), y]),
        "levels": "".join(
            text(name, x, y + LINE, SMALL, SOFT, anchor="middle") for (x, _), name in zip(columns, names, strict=True)
        ),
        "titles": text([title], 0, TEXT, SMALL, SOFT)
        + text([across.title], width, y + below + 2, SMALL, SOFT, anchor="end"),
        "scores": "".join(text([label], 8, (top + foot) / 2 + 4, TEXT, INK, "bold") for label, top, foot in ranges),
        "points": "".join(dot_mark(x, at, INK, _DOT, dot.link, f"{dot.number} {dot.name}") for dot, x, at in placed),
        "numbers": "".join(text([dot.number], x, at + 4, SMALL, PAPER, "bold", "middle") for dot, x, at in placed),
    }
    return Drawing(width, y + below + LINE, layers, scale)


def _lanes(row: Lane, scale: Scale, unknown: float) -> tuple[list[tuple[Dot, float, int]], int]:
    """Return the dots of a row with their pixel and lane: the first lane where a dot touches no earlier one."""
    found: list[tuple[Dot, float, int]] = []
    at = sorted(
        ((unknown if dot.value is None else scale.at(dot.value), dot) for dot in row.dots), key=lambda pair: pair[0]
    )
    for x, dot in at:
        taken = {lane for _, other, lane in found if abs(other - x) < _TOUCH}
        found.append((dot, x, next(lane for lane in range(len(row.dots)) if lane not in taken)))
    return found, max((lane for _, _, lane in found), default=0) + 1


def _wrapped_labels(columns: Sequence[tuple[float, str]]) -> list[list[str]]:
    """Return the labels of the columns, broken where the next one begins."""
    step = min(two[0] - one[0] for one, two in zip(columns, columns[1:], strict=False)) - 4
    return [broken_lines(label, step, SMALL) for _, label in columns]
