"""Shape a series for its chart and table: points, signs, keys and sources in numbers and words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from macros.charts.axis import axis_ends
from macros.charts.bars import NO_FIGURE
from macros.charts.figure import Key
from macros.model.context import Point, Series
from macros.present.book import Book
from macros.present.references import Publication, publications

# A run of years is drawn as columns only while the columns stay legible on a phone.
_FEWEST_COLUMNS, _MOST_COLUMNS = 3, 12
_LONGEST_UNIT_AT_VALUE = 4
_PERCENT = "%"
_LOWER = ("at-least", "more-than", "possibly-more-than")
_UPPER = ("less-than", "up-to", "within")
_MARKS = ("forecast", "goal", "derived")


class SeriesData(NamedTuple):
    """A series in numbers and words. `slots` has a place for each year where it is drawn as columns."""

    series: Series
    is_columns: bool
    axis: tuple[float, float]
    points: Sequence[PointView]
    slots: Sequence[tuple[int, PointView | None]]
    keys: Sequence[SeriesKey]
    signs: Sequence[Key]
    share: str | None
    sources: Sequence[Publication]
    has_labels: bool


def series_data(book: Book, series: Series) -> SeriesData:
    """Return a series in numbers and words."""
    whole = [100] if series.kind == "share" and series.unit == _PERCENT else []
    axis = axis_ends([*(point.value for point in series.points), *whole])
    is_columns = series.kind == "time" and is_run(series.points)
    points = [_point(book, series, point, is_columns) for point in series.points]
    slots = _slots(points) if is_columns else []
    return SeriesData(
        series=series,
        is_columns=is_columns,
        axis=axis,
        points=points,
        slots=slots,
        keys=_keys(points),
        signs=_signs(book, points, slots),
        share=_share(book, series),
        sources=publications(book, [name for point in series.points for name in point.evidence]),
        has_labels=any(point.label for point in series.points),
    )


def is_run(points: Sequence[Point]) -> bool:
    """Return whether points are one figure of one entity over enough, and not too many, different years."""
    years = [point.year for point in points if point.year is not None]
    if len(points) < _FEWEST_COLUMNS or len(set(years)) < len(points) or max(years) - min(years) >= _MOST_COLUMNS:
        return False
    return len({point.entity for point in points}) == 1 and all(point.label is None for point in points)


def bar_style(point: Point) -> str:
    """Return how a bar is filled: hatched for what has not happened, faded for what is not one full figure."""
    if point.forecast or point.goal:
        return "forecast"
    return "range" if isinstance(point.value, tuple) or point.bound in _UPPER or point.partial else "solid"


class PointView(NamedTuple):
    """A point in words: how its bar is named, filled and valued; `cited` holds its sources."""

    record: Point
    marks: Sequence[str]
    main: str
    details: Sequence[str]
    value: str
    in_full: str
    number: str
    tone: str
    style: str
    is_open: bool
    cited: Sequence[Publication]


def _point(book: Book, series: Series, point: Point, is_columns: bool) -> PointView:
    unit = series.unit if len(series.unit) <= _LONGEST_UNIT_AT_VALUE and not is_columns else None
    main, details = _labels(book, series, point)
    return PointView(
        record=point,
        marks=[mark for mark in _MARKS if getattr(point, mark)],
        main=main,
        details=details,
        value=book.wording.figure(point.value, unit),
        in_full=book.wording.figure(point.value, series.unit, point.bound),
        number=book.wording.figure(point.value, None),
        tone=point.origin or "both",
        style=bar_style(point),
        is_open=point.bound in _LOWER,
        cited=publications(book, point.evidence),
    )


def _labels(book: Book, series: Series, point: Point) -> tuple[str, list[str]]:
    """Return the label of a bar and the words under it: the year, unless it is the label, and the kind of figure."""
    year = book.wording.plain_year(point.year)
    is_shared = len({other.entity for other in series.points}) == 1
    main = point.label or (year if is_shared else point.entity)
    details = [] if year in main else [year]
    details += [point.partial] if point.partial else []
    return main, details + [book.wording.name("point-marks", mark) for mark in _MARKS if getattr(point, mark)]


def _slots(points: Sequence[PointView]) -> list[tuple[int, PointView | None]]:
    """Return one slot a year from first to last, so that years without a figure leave a gap."""
    by_year = {point.record.year: point for point in points if point.record.year is not None}
    return [(year, by_year.get(year)) for year in range(min(by_year), max(by_year) + 1)]


class SeriesKey(NamedTuple):
    """A colour or filling to be explained: the end of its phrase, how it is filled and in which colour."""

    key: str
    style: str
    tone: str


def _keys(points: Sequence[PointView]) -> list[SeriesKey]:
    """Return the colours and fillings that a chart needs explained, each as it is drawn."""
    keys = []
    for tone in ("domestic", "imported", "both"):
        styles = [point.style for point in points if point.tone == tone]
        if styles:
            keys.append(SeriesKey(f"side-{tone}", "solid" if "solid" in styles else styles[0], tone))
    faded = [point for point in points if point.style == "range"]
    filled = {
        "forecast": [point for point in points if point.style == "forecast"],
        "range": [point for point in faded if isinstance(point.record.value, tuple)],
        "upper": [point for point in faded if point.record.bound in _UPPER],
        "partial": [point for point in faded if point.record.partial],
        "lower": [point for point in points if point.is_open],
    }
    for key, found in filled.items():
        if found:
            keys.append(SeriesKey(key, "forecast" if key == "forecast" else "range", found[0].tone))
    return keys


def _signs(book: Book, points: Sequence[PointView], slots: Sequence[tuple[int, PointView | None]]) -> list[Key]:
    """Return the signs beside figures with their meaning; marks are signs only in columns, words beside bars."""
    in_use = dict.fromkeys(point.record.bound for point in points if point.record.bound)
    marks = [mark for mark in _MARKS if slots and any(mark in point.marks for point in points)]
    name = book.wording.name
    gaps = [Key(book.wording.word("series-no-figure"), sign=NO_FIGURE)] if any(not point for _, point in slots) else []
    return [
        *(Key(name("bounds", bound), sign=name("bound-signs", bound)) for bound in in_use),
        *(Key(name("point-marks", mark), sign=name("point-signs", mark)) for mark in marks),
        *gaps,
    ]


def _share(book: Book, series: Series) -> str | None:
    """Return the definition of a share in words; None where the figures are no shares."""
    if series.share is None:
        return None
    word, name = book.wording.word, book.wording.name
    measure, counted = series.share.measure, series.share.counted_by
    has_sides = any(point.origin for point in series.points)
    phrases = {
        (True, True): "series-share-not-stated",
        (True, False): "series-share-measure-not-stated",
        (False, True): "series-share-counts-not-stated" if has_sides else "series-share-without-sides",
        (False, False): "series-share",
    }
    phrase = phrases[measure == "not-stated", counted == "not-stated"]
    return word(phrase, measure=name("share-measures", measure), counted=name("share-counts", counted))
