"""Draw the lower part of a card from numbers alone; each scene fills SCENE_WIDTH by SCENE_HEIGHT."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from macros.charts.marks import rectangle, text
from macros.charts.measure import text_width
from macros.charts.theme import colour
from macros.export.share.drawing import SCENE_HEIGHT, SCENE_WIDTH, hatched_box, outlined_box

_T = TypeVar("_T")
_GAP = 6
# Columns side by side that can still be told apart.
_MOST = 96
_LABEL, _SIGN = 40, 84


def _field(x: float, y: float, width: float, height: float, fill: str) -> str:
    """Return a small field: filled or, where nothing is known, outlined."""
    return rectangle(x, y, width, height, fill) if fill else outlined_box(x, y, width, height)


def strip(shares: Sequence[tuple[int, str, str, str]]) -> str:
    """Return counts side by side in one bar: each with what it is called, its filling and the ink on it."""
    shares = [share for share in shares if share[0]]
    total = sum(count for count, *_ in shares)
    found, x = "", 0.0
    room = SCENE_WIDTH - _GAP * (len(shares) - 1)
    for count, label, fill, ink in shares:
        width = room * count / total
        found += rectangle(x, 0, width, SCENE_HEIGHT, fill) if fill else hatched_box(x, 0, width, SCENE_HEIGHT)
        size = next((size for size in (72, 56, _LABEL) if text_width(label, size, "bold") + 16 <= width), None)
        if size and fill:
            found += text([label], x + width / 2, SCENE_HEIGHT / 2 + size * 0.36, size, ink, "bold", "middle")
        elif size:
            found += _plate(label, x + width / 2, size)
        x += width + _GAP
    return found


def _plate(label: str, x: float, size: float) -> str:
    """Return a label on a plate of its own, where what lies behind it is hatched."""
    wide, high = text_width(label, size, "bold") + 24, size * 1.2
    plate = rectangle(x - wide / 2, (SCENE_HEIGHT - high) / 2, wide, high, colour("panel"))
    return plate + text([label], x, SCENE_HEIGHT / 2 + size * 0.36, size, colour("soft"), "bold", "middle")


def _every_nth(columns: Sequence[_T]) -> Sequence[_T]:
    """Return columns; of too many to tell apart, every second, third and so on."""
    return columns[:: -(-len(columns) // _MOST)] if columns else columns


def grid(columns: Sequence[Sequence[str | None]]) -> str:
    """Return a field for each filling; one of no colour is not known, and none stands where nothing is recorded."""
    columns = _every_nth(columns)
    rows = max((len(column) for column in columns), default=0)
    if not rows:
        return ""
    wide, high = SCENE_WIDTH / len(columns), SCENE_HEIGHT / rows
    gap = min(3.0, wide / 6, high / 6)
    return "".join(
        _field(x * wide, y * high, wide - gap, high - gap, fill)
        for x, column in enumerate(columns)
        for y, fill in enumerate(column)
        if fill is not None
    )


def stacks(columns: Sequence[Sequence[tuple[float, str]]]) -> str:
    """Return columns of parts standing on one another, each with a size and a filling; the largest fills the height."""
    columns = _every_nth(columns)
    largest = max((sum(size for size, _ in column) for column in columns), default=0)
    if not largest:
        return ""
    step = SCENE_WIDTH / len(columns)
    gap, found = min(14.0, step / 4), ""
    for at, column in enumerate(columns):
        y = float(SCENE_HEIGHT)
        for size, fill in column:
            tall = size / largest * SCENE_HEIGHT
            y -= tall
            found += _field(at * step, y, step - gap, max(tall - 2, 0), fill)
    return found


def rows(named: Sequence[tuple[str, Sequence[str]]]) -> str:
    """Return rows of fields, each with its name before it and its fillings."""
    if not any(fills for _, fills in named):
        return ""
    named = [(name, _every_nth(fills)) for name, fills in named]
    left = max(text_width(name, _LABEL, "bold") for name, _ in named) + 24
    high = SCENE_HEIGHT / len(named)
    step = (SCENE_WIDTH - left) / max(len(fills) for _, fills in named)
    gap = min(8.0, step / 4)
    found = ""
    for at, (name, fills) in enumerate(named):
        found += text([name], 0, at * high + (high - gap) / 2 + _LABEL * 0.36, _LABEL, colour("ink"), "bold")
        found += "".join(
            _field(left + x * step, at * high, step - gap, high - gap, fill) for x, fill in enumerate(fills)
        )
    return found


def years(counts: Sequence[tuple[int, int]]) -> str:
    """Return counts by year as columns, with the first year and the last below them."""
    if not any(count for _, count in counts):
        return ""
    high = SCENE_HEIGHT - _LABEL - 4
    step = SCENE_WIDTH / len(counts)
    most, gap = max(count for _, count in counts), min(16.0, step / 4)
    bars = "".join(
        rectangle(at * step, high - count / most * high, step - gap, count / most * high, colour("neutral"))
        for at, (_, count) in enumerate(counts)
    )
    line = rectangle(0, high, SCENE_WIDTH - gap, 3, colour("ink"))
    ends = text([str(counts[0][0])], 0, SCENE_HEIGHT, _LABEL, colour("soft"))
    if len(counts) > 1:
        ends += text([str(counts[-1][0])], SCENE_WIDTH - gap, SCENE_HEIGHT, _LABEL, colour("soft"), anchor="end")
    return bars + line + ends


def scale(steps: Sequence[tuple[str, tuple[str, str] | None]]) -> str:
    """Return the scale of levels: their signs on their colours, filling and ink; None for what is not known."""
    step = SCENE_WIDTH / len(steps)
    found = ""
    for at, (sign, colours) in enumerate(steps):
        fill, ink = colours or ("", colour("soft"))
        wide = step - _GAP
        found += (
            rectangle(at * step, 0, wide, SCENE_HEIGHT, fill) if fill else hatched_box(at * step, 0, wide, SCENE_HEIGHT)
        )
        if text_width(sign, _SIGN, "bold") <= wide:
            found += text([sign], at * step + wide / 2, SCENE_HEIGHT / 2 + 30, _SIGN, ink, "bold", "middle")
    return found
