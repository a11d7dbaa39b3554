"""Rows: a line of words for each thing and its marks on one axis; beside each other where there is room, else stacked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from macros.charts.theme import (
    INK,
    LINE,
    PAPER,
    RULE,
    RULE_DARK,
    SMALL,
    SOFT,
    TEXT,
    WIDE,
    Layer,
    Scale,
    Spec,
    boxes,
    filling,
    layer,
    length,
    lines,
    linked,
    paint,
    pixel,
    rules,
    spec,
    words,
)


@dataclass(frozen=True)
class Part:
    """A stretch of a bar with its filling."""

    low: float
    high: float
    fill: str
    opacity: float = 1
    stroke: str | None = None

    @classmethod
    def of(cls, low: float, high: float, tone: str, style: str) -> Part:
        return cls(low, high, **filling(tone, style))


@dataclass(frozen=True)
class Row:
    """What one row shows: words, and marks by value."""

    name: str
    number: str = ""
    value: str = ""
    note: str = ""
    link: str | None = None
    parts: tuple[Part, ...] = ()
    span: tuple[float, float] | None = None
    points: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True)
class Axis:
    """The axis under or over all rows: its ends, the labels of its ticks, and what it counts."""

    ends: tuple[float, float]
    ticks: tuple[tuple[float, str], ...]
    title: str = ""
    on_top: bool = False


@dataclass(frozen=True)
class _Placed:
    """A row with the pixels of its parts."""

    row: Row
    name: list[str]
    first: float
    note_y: float
    top: float
    bar: tuple[float, float]
    height: float


@dataclass(frozen=True)
class _Frame:
    """How the width is used: where names, axis, values and notes begin and end."""

    width: float
    is_beside: bool
    number: float
    name: float
    axis: tuple[float, float]
    value: float
    note: float


_BAR, _GAP, _COLUMN_GAP = 13, 11, 14
# Room under a bar for the interval of its end.
_INTERVAL = 12
# Names stand beside bars while they leave this much to the axis.
_NAMES, _AXIS = 0.36, 0.4
# Room beside a number, and at both ends of a level axis for its outer names.
_NUMBER_GAP, _INSET = 7, 30


def rows_spec(width: float, rows: Sequence[Row], axis: Axis, bar: float = _BAR) -> Spec:
    """Return the chart of rows: bars (`parts`), dots joined by a line (`span`, `points`), or both."""
    frame = _frame(width, rows, axis)
    scale = Scale(axis.ends, frame.axis, axis.ticks)
    names = _tick_names(scale, axis)
    foot = head = max(len(name) for name in names) * LINE + 8 if axis.on_top else 2
    placed = []
    for row in rows:
        placed.append(_place(row, frame, foot, bar))
        foot += placed[-1].height
    # Beside the names an axis runs through all rows; between stacked words it shows at the marks only.
    spans = [(head - 4, foot)] if frame.is_beside else [(p.bar[0] - 2, p.bar[1] + 2) for p in placed]
    label_y = LINE - 4 if axis.on_top else foot + LINE - 1
    layers = [
        *grid(scale, spans),
        words("ticks", tick_labels(scale, names, label_y, width), size=SMALL, colour=SOFT),
        *([words("axis", [title(scale, axis, label_y + LINE)], size=SMALL, colour=SOFT)] if axis.title else []),
        *_separators(placed, width),
        *_bars(placed, scale),
        *_dots(placed, scale),
        *_texts(placed, frame),
    ]
    return spec(width, foot + (2 if axis.on_top else 34 if axis.title else 18), layers)


def _frame(width: float, rows: Sequence[Row], axis: Axis) -> _Frame:
    number = max((length(row.number) + _NUMBER_GAP for row in rows if row.number), default=0)
    name = number + max((length(row.name) for row in rows), default=0)
    value = max((length(row.value, TEXT, "bold") for row in rows), default=0)
    note = max((length(row.note, SMALL) for row in rows), default=0)
    most = round(width * _NAMES)
    is_beside = width >= WIDE or (name <= most and not note and width - name - value >= width * _AXIS)
    if not is_beside:
        inset = _INSET if axis.on_top else 0
        return _Frame(width, False, number, width - value - _COLUMN_GAP, (inset, width - inset), width, 0.0)
    name = min(name, most)
    notes = note + _COLUMN_GAP if note else 0
    # The outer tick labels are centred on the ends of the axis and need their half.
    right = max(value + _COLUMN_GAP, length(axis.ticks[-1][1], SMALL) / 2 if axis.ticks else 0)
    left = name + max(_COLUMN_GAP, length(axis.ticks[0][1], SMALL) / 2 if axis.on_top and axis.ticks else 0)
    return _Frame(width, True, number, name, (round(left), round(width - notes - right)), width - notes, width)


def _place(row: Row, frame: _Frame, y: float, bar: float) -> _Placed:
    name = lines(row.name, frame.name - frame.number + 1)
    tall = len(name) * LINE
    below = _INTERVAL if row.parts and row.points else 0
    if frame.is_beside:
        inner = max(tall, bar + below)
        middle = y + _GAP / 2 + inner / 2
        first, top = middle - tall / 2 + LINE - 4, middle - (bar + below) / 2
        return _Placed(row, name, first, middle + 3.5, y, (top, top + bar), inner + _GAP)
    top = y + _GAP / 2 + tall + 3
    noted = LINE if row.note else 0
    return _Placed(
        row,
        name,
        y + _GAP / 2 + LINE - 4,
        top + bar + below + LINE - 1,
        y,
        (top, top + bar),
        tall + bar + below + noted + _GAP + 5,
    )


def _tick_names(scale: Scale, axis: Axis) -> list[list[str]]:
    """Return the labels of the ticks in lines; names of levels break where the next one begins."""
    at = [scale.at(value) for value, _ in scale.ticks]
    step = min((two - one for one, two in zip(at, at[1:], strict=False)), default=scale.pixels[1]) - 4
    return [lines(label, step, SMALL) if axis.on_top else [label] for _, label in scale.ticks]


def tick_labels(scale: Scale, names: Sequence[list[str]], y: float, width: float) -> list[dict[str, Any]]:
    """Return the labels of the ticks, centred but for those that would leave the drawing."""
    found = []
    for (value, _), text in zip(scale.ticks, names, strict=True):
        x, half = scale.at(value), max(length(line, SMALL) for line in text) / 2
        align = "left" if x - half < 0 else "right" if x + half > width else "center"
        found.append({"x": x, "y": y, "text": text, "align": align})
    return found


def title(scale: Scale, axis: Axis, y: float) -> dict[str, Any]:
    """Return what an axis counts, under its end."""
    return {"x": scale.pixels[1], "y": y, "text": [axis.title], "align": "right"}


def grid(scale: Scale, spans: Sequence[tuple[float, float]]) -> list[Layer]:
    """Return the lines of the ticks over each span of pixels, the zero line among them stronger."""
    at = [(scale.at(value), value) for value, _ in scale.ticks]
    drawn = [({"x": x, "x2": x, "y": top, "y2": foot}, value) for top, foot in spans for x, value in at]
    return [
        rules("grid", [line for line, value in drawn if value]),
        rules("zero", [line for line, value in drawn if not value], RULE_DARK),
    ]


def _separators(placed: Sequence[_Placed], width: float) -> list[Layer]:
    return [rules("separators", [{"x": 0, "x2": width, "y": p.top, "y2": p.top} for p in placed[1:]], RULE, 0.5)]


def _bars(placed: Sequence[_Placed], scale: Scale) -> list[Layer]:
    values = [
        {
            "low": part.low,
            "high": part.high,
            "y": p.bar[0],
            "y2": p.bar[1],
            "fill": part.fill,
            "opacity": part.opacity,
            "stroke": part.stroke,
        }
        for p in placed
        for part in p.row.parts
    ]
    return [boxes("bars", values, scale.channel("low"), pixel("y"), "high", "y2")] if values else []


def _dots(placed: Sequence[_Placed], scale: Scale) -> list[Layer]:
    """Return joined dots; under bars they move to the lower edge, as an interval."""

    def y(p: _Placed) -> float:
        return p.bar[1] + 7 if p.row.parts else (p.bar[0] + p.bar[1]) / 2

    spans = [{"low": p.row.span[0], "high": p.row.span[1], "y": y(p)} for p in placed if p.row.span]
    points = [{"value": value, "y": y(p), "fill": fill} for p in placed for value, fill in p.row.points]
    found = []
    if spans:
        line = {"type": "rule", "stroke": "var(--neutral)", "strokeWidth": 2}
        found.append(layer("spans", line, spans, x=scale.channel("low"), x2={"field": "high"}, y=pixel("y")))
    if points:
        found.append(dots("points", points, scale.channel("value")))
    return found


def dots(name: str, values: Sequence[dict[str, Any]], x: dict[str, Any], size: float = 110) -> Layer:
    """Return a layer of dots; one filled like paper is a ring in ink."""
    values = [{**value, "stroke": INK if value["fill"] == PAPER else PAPER} for value in values]
    mark = {"type": "point", "shape": "circle", "size": size, "strokeWidth": 1.5, "opacity": 1}
    return layer(name, mark, **linked(values), x=x, y=pixel("y"), fill=paint("fill"), stroke=paint("stroke"))


def _texts(placed: Sequence[_Placed], frame: _Frame) -> list[Layer]:
    def text(x: float, y: float, said: list[str], align: str, link: str | None = None) -> dict[str, Any]:
        found = {"x": x, "y": y, "text": said, "align": align}
        return {**found, "link": link} if link else found

    numbers = [text(0, p.first, [p.row.number], "left") for p in placed if p.row.number]
    names = [text(frame.number, p.first, p.name, "left", p.row.link) for p in placed]
    value_y: Callable[[_Placed], float] = lambda p: p.note_y if frame.is_beside else p.first  # noqa: E731 - short
    values = [text(frame.value, value_y(p), [p.row.value], "right") for p in placed if p.row.value]
    note_x, align = (frame.note, "right") if frame.is_beside else (0, "left")
    notes = [text(note_x, p.note_y, [p.row.note], align) for p in placed if p.row.note]
    found = [words("names", names), words("values", values, weight="bold")]
    found += [words("numbers", numbers, colour=SOFT)] if numbers else []
    return found + ([words("notes", notes, size=SMALL, colour=SOFT)] if notes else [])
