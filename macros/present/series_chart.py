"""The chart of a series, with all that stands around it in a page and in a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from macros.charts.bars import Slot, columns_drawing
from macros.charts.figure import Figure, Key, Table
from macros.charts.rows import Axis, Part, Row, rows_drawing
from macros.charts.theme import NARROW, Drawing, fill_style
from macros.model.base import Number, Range, bounds
from macros.model.context import Series
from macros.present.book import Book
from macros.present.figures import foot, labelled_ticks, linked_sources, source_names
from macros.present.references import plain_text
from macros.present.series import PointView, SeriesData, SeriesKey, series_data

SERIES_FIELDS = (
    "series", "title", "unit", "year", "label", "entity", "origin", "bound", "low", "high",
    "forecast", "goal", "derived", "partial", "facts", "sources",
)  # fmt: skip
# Length of the open end drawn beyond a lower bound, as a share of the axis.
_OPEN_END = 0.04


class SeriesView(NamedTuple):
    data: SeriesData
    figure: Figure


def series_view(book: Book, series: Series) -> SeriesView:
    """Return a series with its chart."""
    data = series_data(book, series)
    return SeriesView(data, series_figure(book, data))


def series_figure(book: Book, data: SeriesData) -> Figure:
    """Return a series as a chart: columns for a run of years whose values fit, else rows."""
    series = data.series
    return Figure(
        id=series.id,
        title=series.title,
        subtitle=book.wording.word("series-unit", unit=series.unit),
        description=_series_in_words(book, data),
        drawings=(_columns(book, data) or _rows(book, data),) if data.points else (),
        table=Table(SERIES_FIELDS, tuple(_series_row(series, point) for point in data.points)),
        keys=(*_keys(book, data.keys), *data.signs),
        notes=(plain_text(book, series.caveat), _basis(book, data)),
        foot=foot(book, data.sources),
        home=book.address("series", series.id),
        sources=linked_sources(book, data.sources),
    )


def _series_in_words(book: Book, data: SeriesData) -> str:
    said = []
    for point in data.points:
        name = book.wording.row([point.main, *point.details])
        said.append(book.wording.word("chart-point", what=name, value=point.in_full))
    mark = book.wording.mark
    return mark("; ").join(said) + mark(".") if said else book.wording.word("none-recorded")


def _columns(book: Book, data: SeriesData) -> Drawing | None:
    if not data.is_columns:
        return None
    slots = []
    for at, point in data.slots:
        year = book.wording.plain_year(at)
        slots.append(
            Slot(year, point.record.partial or "", _column_value(book, point), _parts(point, data.axis))
            if point
            else Slot(year)
        )
    return columns_drawing(NARROW, slots, data.axis, labelled_ticks(book, data.axis), data.series.unit)


def _column_value(book: Book, point: PointView) -> str:
    signs = [book.wording.name("point-signs", mark) for mark in point.marks]
    return " ".join([*_sign(book, point), point.number, *signs])


def _sign(book: Book, point: PointView) -> list[str]:
    return [book.wording.name("bound-signs", bound)] if (bound := point.record.bound) else []


def _rows(book: Book, data: SeriesData) -> Drawing:
    rows = [
        Row(
            name=book.wording.row([point.main, *point.details]),
            value=" ".join([*_sign(book, point), point.value]),
            parts=_parts(point, data.axis),
        )
        for point in data.points
    ]
    return rows_drawing(NARROW, rows, Axis(data.axis, labelled_ticks(book, data.axis), data.series.unit))


def _parts(point: PointView, axis: tuple[float, float]) -> tuple[Part, ...]:
    """Return the bar of a point: from zero to its value, or from end to end of its range; open beyond a lower bound."""
    low, high = bar(point.record.value)
    found = [Part.of(low, high, point.tone, point.style)]
    if point.is_open:
        found.append(Part.of(high, min(axis[1], high + (axis[1] - axis[0]) * _OPEN_END), point.tone, "range"))
    return tuple(found)


def bar(value: Number | Range) -> tuple[Number, Number]:
    """Return where a bar starts and ends: at zero and the value, or at the ends of a range."""
    return value if isinstance(value, tuple) else (min(0, value), max(0, value))


def _keys(book: Book, keys: Sequence[SeriesKey]) -> Iterator[Key]:
    """Yield one entry for each filling, with all that it means."""
    meanings: dict[tuple[str, str], list[str]] = {}
    for key in keys:
        meanings.setdefault((key.tone, key.style), []).append(book.wording.word(f"series-key-{key.key}"))
    for (tone, style), texts in meanings.items():
        yield Key(book.wording.row(texts), **fill_style(tone, style))


def _series_row(series: Series, point: PointView) -> tuple[object, ...]:
    low, high = bounds(point.record.value)
    record = point.record
    fields = (record.year, record.label, record.entity, record.origin, record.bound)
    marks = (record.forecast, record.goal, record.derived, record.partial)
    said = list(record.evidence), source_names(point.cited)
    return (series.id, series.title, series.unit, *fields, low, high, *marks, *said)


def _basis(book: Book, data: SeriesData) -> str:
    basis = book.wording.word("series-basis", basis=data.series.basis)
    return book.wording.mark(" ").join(filter(None, (basis, data.share)))
