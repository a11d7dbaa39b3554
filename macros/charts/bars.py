"""Draw one figure over the years as columns, with a gap for each year without one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from macros.charts.marks import LINE, rectangle, rule, text
from macros.charts.measure import broken_lines, text_width
from macros.charts.rows import Part
from macros.charts.theme import INK, RULE, SMALL, SOFT, TEXT, Drawing, Scale

_HEIGHT, _TOP, _WIDEST, _FILLED = 150, 36, 62, 0.8
# Printed where a year has no figure.
NO_FIGURE = "–"


@dataclass(frozen=True)
class Slot:
    """A year: its label and the detail under it, the value in words, and the parts of its column, if any."""

    label: str
    detail: str = ""
    value: str = ""
    parts: tuple[Part, ...] = ()


def columns_drawing(
    width: float, slots: Sequence[Slot], ends: tuple[float, float], ticks: tuple[tuple[float, str], ...], title: str
) -> Drawing | None:
    """Return the chart of columns; None where the values would not stand beside each other."""
    left = round(max(text_width(label, SMALL) for _, label in ticks) + 8)
    step = min(_WIDEST, (width - left) / len(slots))
    if not _is_room(slots, step, width - left - step * len(slots)):
        return None
    scale = Scale(ends, (_TOP + _HEIGHT, _TOP), ticks)
    middles = [left + step * (number + 0.5) for number in range(len(slots))]
    labels = [_label(slot, step) for slot in slots]
    layers = {
        **_axis(scale, left, left + step * len(slots), title),
        "bars": _columns(slots, middles, step, scale),
        "values": "".join(_value(slot, middle, scale) for slot, middle in zip(slots, middles, strict=True)),
        "years": "".join(
            text(label, middle, scale.pixels[0] + LINE + 1, SMALL, SOFT, anchor="middle")
            for label, middle in zip(labels, middles, strict=True)
        ),
    }
    return Drawing(width, _TOP + _HEIGHT + LINE * max(map(len, labels)) + 6, layers, scale)


def _is_room(slots: Sequence[Slot], step: float, spare: float) -> bool:
    """Return whether no value touches the next or leaves the drawing."""
    wide = [text_width(slot.value, TEXT, "bold") for slot in slots]
    is_inside = max(wide[0], wide[-1] - 2 * spare) <= step
    return is_inside and all((one + two) / 2 + 3 <= step for one, two in zip(wide, wide[1:], strict=False))


def _axis(scale: Scale, left: float, right: float, title: str) -> dict[str, str]:
    at = [(scale.at(value), value, label) for value, label in scale.ticks]
    labels = [text([label], left - 6, y + 4, SMALL, SOFT, anchor="end") for y, _, label in at]
    return {
        "grid": "".join(rule(left, y, right, y, RULE) for y, value, _ in at if value),
        "ticks": "".join([*labels, text([title], 0, LINE - 4, SMALL, SOFT)]),
        "zero": rule(left, scale.at(0), right, scale.at(0), INK),
    }


def _columns(slots: Sequence[Slot], middles: Sequence[float], step: float, scale: Scale) -> str:
    wide = step * _FILLED
    return "".join(
        rectangle(
            middle - wide / 2, scale.at(part.high), wide, scale.at(part.low) - scale.at(part.high),
            part.fill, part.opacity, part.stroke,
        )
        for slot, middle in zip(slots, middles, strict=True)
        for part in slot.parts
    )  # fmt: skip


def _value(slot: Slot, middle: float, scale: Scale) -> str:
    """Return the value of a year over its column, or under one that goes down; a dash where there is none."""
    is_down = any(part.high <= 0 and part.low < 0 for part in slot.parts[:1])
    if is_down:
        y = scale.at(slot.parts[0].low) + LINE
    else:
        y = scale.at(max((part.high for part in slot.parts), default=0)) - 5
    return text([slot.value if slot.parts else NO_FIGURE], middle, y, TEXT, INK, "bold", "middle")


def _label(slot: Slot, step: float) -> list[str]:
    return [slot.label, *(broken_lines(slot.detail, step, SMALL) if slot.detail else [])]
