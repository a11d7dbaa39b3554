"""Draw rows on one axis, each with a name and its marks: side by side where there is room, else stacked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from macros.charts.marks import LINE, link, point, rectangle, rule, text
from macros.charts.measure import broken_lines, text_width
from macros.charts.theme import (
    INK,
    NEUTRAL,
    PAPER,
    RULE,
    RULE_DARK,
    SMALL,
    SOFT,
    TEXT,
    WIDE,
    Drawing,
    Scale,
    fill_style,
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
        return cls(low, high, **fill_style(tone, style))


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
    """Where names, axis, values and notes begin and end across the width."""

    width: float
    is_beside: bool
    number: float
    name: float
    axis: tuple[float, float]
    value: float
    note: float


_BAR, _GAP, _COLUMN_GAP, _DOT = 13, 11, 14, 5.24
# Room under a bar for the interval of its end.
_INTERVAL = 12
# Names stand beside bars while they leave this much to the axis.
_NAMES, _AXIS = 0.36, 0.4
# Room beside a number, and at both ends of a level axis for its outer names.
_NUMBER_GAP, _INSET = 7, 30
# Room between two labels of an axis.
_APART = 8


def rows_drawing(width: float, rows: Sequence[Row], axis: Axis) -> Drawing:
    """Return the chart of rows: bars (`parts`), dots joined by a line (`span`, `points`), or both."""
    frame = _frame(width, rows, axis)
    scale = Scale(axis.ends, frame.axis, axis.ticks)
    names, unit = _names_on_top(scale) if axis.on_top else names_below(scale, axis.title, width)
    head = max(len(name) for name in names) * LINE + 8 if axis.on_top else 2
    foot: float = head
    placed = []
    for row in rows:
        placed.append(_place(row, frame, foot))
        foot += placed[-1].height
    # Beside the names an axis runs through all rows; between stacked words it shows at the marks only.
    spans = [(head - 4, foot)] if frame.is_beside else [(p.bar[0] - 2, p.bar[1] + 2) for p in placed]
    label_y = LINE - 4 if axis.on_top else foot + LINE - 1
    layers = {
        **grid(scale, spans),
        "ticks": tick_labels(scale, names, label_y, width),
        "axis": title(unit, scale, label_y + LINE),
        "separators": "".join(rule(0, p.top, width, p.top, RULE, 0.5) for p in placed[1:]),
        "bars": _bars(placed, scale),
        **_dots(placed, scale),
        **_texts(placed, frame),
    }
    return Drawing(width, foot + (2 if axis.on_top else 34 if unit else 18), layers, scale)


def _frame(width: float, rows: Sequence[Row], axis: Axis) -> _Frame:
    number = max((text_width(row.number) + _NUMBER_GAP for row in rows if row.number), default=0)
    name = number + max((text_width(row.name) for row in rows), default=0)
    value = max((text_width(row.value, TEXT, "bold") for row in rows), default=0)
    note = max((text_width(row.note, SMALL) for row in rows), default=0)
    most = round(width * _NAMES)
    is_beside = width >= WIDE or (name <= most and not note and width - name - value >= width * _AXIS)
    if not is_beside:
        inset = _INSET if axis.on_top else 0
        return _Frame(width, False, number, width - value - _COLUMN_GAP, (inset, width - inset), width, 0.0)
    name = min(name, most)
    notes = note + _COLUMN_GAP if note else 0
    # The outer tick labels are centred on the ends of the axis and need their half.
    right = max(value + _COLUMN_GAP, text_width(axis.ticks[-1][1], SMALL) / 2 if axis.ticks else 0)
    left = name + max(_COLUMN_GAP, text_width(axis.ticks[0][1], SMALL) / 2 if axis.on_top and axis.ticks else 0)
    return _Frame(width, True, number, name, (round(left), round(width - notes - right)), width - notes, width)


def _place(row: Row, frame: _Frame, y: float) -> _Placed:
    name = broken_lines(row.name, frame.name - frame.number + 1)
    tall = len(name) * LINE
    below = _INTERVAL if row.parts and row.points else 0
    if frame.is_beside:
        inner = max(tall, _BAR + below)
        middle = y + _GAP / 2 + inner / 2
        first, top = middle - tall / 2 + LINE - 4, middle - (_BAR + below) / 2
        return _Placed(row, name, first, middle + 3.5, y, (top, top + _BAR), inner + _GAP)
    top = y + _GAP / 2 + tall + 3
    noted = LINE if row.note else 0
    return _Placed(
        row,
        name,
        y + _GAP / 2 + LINE - 4,
        top + _BAR + below + LINE - 1,
        y,
        (top, top + _BAR),
        tall + _BAR + below + noted + _GAP + 5,
    )


def _names_on_top(scale: Scale) -> tuple[list[list[str]], str]:
    """Return the names of levels, broken into lines where the next name begins, and no unit: the names need none."""
    at = [scale.at(value) for value, _ in scale.ticks]
    step = min((two - one for one, two in zip(at, at[1:], strict=False)), default=scale.pixels[1]) - 4
    return [broken_lines(label, step, SMALL) for _, label in scale.ticks], ""


def names_below(scale: Scale, unit: str, width: float) -> tuple[list[list[str]], str]:
    """Return the labels of the ticks, the last one with the unit; if it has no room there, return the unit separately."""
    labels = [label for _, label in scale.ticks]
    if unit and labels:
        last = f"{labels[-1]}\u00a0{unit}"
        before, after = _reach(scale, labels[:-1], width), _reach(scale, [*labels[:-1], last], width)
        if not before or before[-1][1] + _APART <= after[-1][0]:
            labels, unit = [*labels[:-1], last], ""
    return [[label] for label in labels], unit


def _reach(scale: Scale, labels: Sequence[str], width: float) -> list[tuple[float, float]]:
    """Return where the label of each of the first ticks begins and ends."""
    found = []
    for (value, _), label in zip(scale.ticks, labels, strict=False):
        x, wide = scale.at(value), text_width(label, SMALL)
        left = x - wide * {"start": 0, "middle": 0.5, "end": 1}[anchor(x, wide, width)]
        found.append((left, left + wide))
    return found


def tick_labels(scale: Scale, names: Sequence[list[str]], y: float, width: float) -> str:
    """Return the labels of the ticks, centred but for those that would leave the drawing."""
    found = ""
    for (value, _), name in zip(scale.ticks, names, strict=True):
        x = scale.at(value)
        found += text(name, x, y, SMALL, SOFT, anchor=anchor(x, max(text_width(line, SMALL) for line in name), width))
    return found


def anchor(x: float, wide: float, width: float) -> str:
    """Return the anchor of a text at x: its middle, unless the text would leave the drawing."""
    return "start" if x - wide / 2 < 0 else "end" if x + wide / 2 > width else "middle"


def title(said: str, scale: Scale, y: float) -> str:
    """Return what an axis counts, under its end; nothing where nothing is said."""
    return text([said], scale.pixels[1], y, SMALL, SOFT, anchor="end") if said else ""


def grid(scale: Scale, spans: Sequence[tuple[float, float]]) -> dict[str, str]:
    """Return the lines of the ticks over each span of pixels, the zero line among them stronger."""
    at = [(scale.at(value), value, top, foot) for top, foot in spans for value, _ in scale.ticks]
    return {
        "grid": "".join(rule(x, top, x, foot, RULE) for x, value, top, foot in at if value),
        "zero": "".join(rule(x, top, x, foot, RULE_DARK) for x, value, top, foot in at if not value),
    }


def _bars(placed: Sequence[_Placed], scale: Scale) -> str:
    found = ""
    for p in placed:
        for part in p.row.parts:
            left, right = scale.at(part.low), scale.at(part.high)
            found += rectangle(left, p.bar[0], right - left, p.bar[1] - p.bar[0], part.fill, part.opacity, part.stroke)
    return found


def _dots(placed: Sequence[_Placed], scale: Scale) -> dict[str, str]:
    """Return joined dots; under bars they move to the lower edge, as an interval."""
    spans = points = ""
    for p in placed:
        y = p.bar[1] + 7 if p.row.parts else (p.bar[0] + p.bar[1]) / 2
        if p.row.span:
            left, right = map(scale.at, p.row.span)
            spans += rule(left, y, right, y, NEUTRAL, 2)
        points += "".join(dot_mark(scale.at(value), y, fill) for value, fill in p.row.points)
    return {"spans": spans, "points": points}


def dot_mark(x: float, y: float, fill: str, radius: float = _DOT, address: str = "", name: str = "") -> str:
    """Return a dot, one filled like paper as a ring in ink; with an address it leads there and needs a name."""
    made = point(x, y, radius, fill, INK if fill == PAPER else PAPER, 1.5)
    return link(address, made, name) if address else made


def _texts(placed: Sequence[_Placed], frame: _Frame) -> dict[str, str]:
    names = values = numbers = notes = ""
    note_x, note_end = (frame.note, "end") if frame.is_beside else (0, "start")
    for p in placed:
        name = text(p.name, frame.number, p.first, TEXT, INK)
        names += link(p.row.link, name) if p.row.link else name
        if p.row.value:
            y = p.note_y if frame.is_beside else p.first
            values += text([p.row.value], frame.value, y, TEXT, INK, "bold", "end")
        if p.row.number:
            numbers += text([p.row.number], 0, p.first, TEXT, SOFT)
        if p.row.note:
            notes += text([p.row.note], note_x, p.note_y, SMALL, SOFT, anchor=note_end)
    return {"names": names, "values": values, "numbers": numbers, "notes": notes}
