"""Columns: one figure over the years, with a gap for each year without one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from macros.charts.rows import Part
from macros.charts.theme import (
    INK,
    LINE,
    SMALL,
    SOFT,
    TEXT,
    Layer,
    Scale,
    Spec,
    boxes,
    length,
    lines,
    pixel,
    rules,
    spec,
    words,
)

_HEIGHT, _TOP, _WIDEST, _FILLED = 150, 36, 62, 0.8
_SMALLEST = 9
# Stands where a year has no figure.
NO_FIGURE = "–"


@dataclass(frozen=True)
class Slot:
    """A year: its label with what stands under it, the value in words, and the parts of its column, if any."""

    label: str
    detail: str = ""
    value: str = ""
    parts: tuple[Part, ...] = ()


def columns_spec(
    width: float, slots: Sequence[Slot], ends: tuple[float, float], ticks: tuple[tuple[float, str], ...], title: str
) -> Spec | None:
    """Return the chart of columns; None where the values would not stand beside each other."""
    left = round(max(length(label, SMALL) for _, label in ticks) + 8)
    step = min(_WIDEST, (width - left) / len(slots))
    size = _size(slots, step, width - left - step * len(slots))
    if size is None:
        return None
    scale = Scale(ends, (_TOP + _HEIGHT, _TOP), ticks)
    middles = [left + step * (number + 0.5) for number in range(len(slots))]
    labels = _labels(slots, middles, step, scale)
    foot = _TOP + _HEIGHT + LINE * max(len(label["text"]) for label in labels) + 6
    layers = [
        *_axis(scale, left, left + step * len(slots), title),
        _columns(slots, middles, step, scale),
        words("values", _values(slots, middles, scale), size=size, weight="bold"),
        words("years", labels, size=SMALL, colour=SOFT),
    ]
    return spec(width, foot, layers)


def _size(slots: Sequence[Slot], step: float, spare: float) -> int | None:
    """Return the size at which no value touches the next or leaves the drawing; None where it would be too small to read."""
    for size in range(TEXT, _SMALLEST - 1, -1):
        wide = [length(slot.value, size, "bold") for slot in slots]
        is_inside = max(wide[0], wide[-1] - 2 * spare) <= step
        if is_inside and all((one + two) / 2 + 3 <= step for one, two in zip(wide, wide[1:], strict=False)):
            return size
    return None


def _axis(scale: Scale, left: float, right: float, title: str) -> list[Layer]:
    at = [(scale.at(value), value, label) for value, label in scale.ticks]
    grid = [{"x": left, "x2": right, "y": y, "y2": y} for y, value, _ in at if value]
    labels = [{"x": left - 6, "y": y + 4, "text": [label], "align": "right"} for y, _, label in at]
    labels.append({"x": 0, "y": LINE - 4, "text": [title], "align": "left"})
    zero = [{"x": left, "x2": right, "y": scale.at(0), "y2": scale.at(0)}]
    return [rules("grid", grid), words("ticks", labels, size=SMALL, colour=SOFT), rules("zero", zero, INK)]


def _columns(slots: Sequence[Slot], middles: Sequence[float], step: float, scale: Scale) -> Layer:
    half = step * _FILLED / 2
    values: list[dict[str, Any]] = [
        {
            "year": slot.label,
            "low": part.low,
            "high": part.high,
            "x": middle - half,
            "x2": middle + half,
            "fill": part.fill,
            "opacity": part.opacity,
            "stroke": part.stroke,
        }  # fmt: skip
        for slot, middle in zip(slots, middles, strict=True)
        for part in slot.parts
    ]
    return boxes("bars", values, pixel("x"), scale.channel("low"), "x2", "high")


def _values(slots: Sequence[Slot], middles: Sequence[float], scale: Scale) -> list[dict[str, Any]]:
    found = []
    for slot, middle in zip(slots, middles, strict=True):
        if slot.parts:
            below = slot.parts[0].high <= 0 and slot.parts[0].low < 0
            y = scale.at(slot.parts[0].low) + LINE if below else scale.at(max(part.high for part in slot.parts)) - 5
            found.append({"x": middle, "y": y, "text": [slot.value], "align": "center"})
        else:
            found.append({"x": middle, "y": scale.at(0) - 5, "text": [NO_FIGURE], "align": "center"})
    return found


def _labels(slots: Sequence[Slot], middles: Sequence[float], step: float, scale: Scale) -> list[dict[str, Any]]:
    def said(slot: Slot) -> list[str]:
        return [slot.label, *(lines(slot.detail, step, SMALL) if slot.detail else [])]

    return [
        {"x": middle, "y": scale.pixels[0] + LINE + 1, "text": said(slot), "align": "center"}
        for slot, middle in zip(slots, middles, strict=True)
    ]
