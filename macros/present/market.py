"""Market: series as charts with their numbers, and the levels of the industry as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from macros.charts.axis import ends
from macros.charts.columns import NO_FIGURE
from macros.landscape import INDUSTRY
from macros.model.context import Point, Series
from macros.model.equipment import Assessment
from macros.present.book import Book
from macros.present.figures import series_figure
from macros.present.landscape import MOVEMENT_SIGNS
from macros.present.parts import WHOLE, ListPart, long_list
from macros.present.references import pieces, publications, references

# A run of years is drawn as columns only while the columns stay legible on a phone.
_FEWEST_COLUMNS, _MOST_COLUMNS = 3, 12
_LONGEST_UNIT_AT_VALUE = 4
_PERCENT = "%"
_LOWER = ("at-least", "more-than", "possibly-more-than")
_UPPER = ("less-than", "up-to", "within")
_MARKS = ("forecast", "goal", "derived")
# Groups of the list of series: kind, and whether the figures are shares of something.
_GROUPS = (
    ("time", False),
    ("time", True),
    ("share", True),
    ("share", False),
    ("cross-section", True),
    ("cross-section", False),
)


def series_view(book: Book, series: Series) -> dict[str, Any]:
    """Shape one series for `series_chart` of `_series.html.jinja`."""
    whole = [100] if series.kind == "share" and series.unit == _PERCENT else []
    axis = ends([*(point.value for point in series.points), *whole])
    is_columns = series.kind == "time" and is_run(series.points)
    points = [_point(book, series, point, is_columns) for point in series.points]
    slots = _slots(points) if is_columns else []
    view = {
        "id": series.id,
        "title": series.title,
        "unit": series.unit,
        "is_columns": is_columns,
        "axis": axis,
        "points": points,
        "slots": slots,
        "keys": _keys(points),
        "signs": _signs(book, points, slots),
        "basis": series.basis,
        "share": _share(book, series),
        "caveat": pieces(book, series.caveat),
        "sources": publications(fact for point in points for fact in point["facts"]),
        "has_labels": any(point["label"] for point in points),
    }
    return {**view, "figure": series_figure(book, series, view)}


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


def _point(book: Book, series: Series, point: Point, is_columns: bool) -> dict[str, Any]:
    unit = series.unit if len(series.unit) <= _LONGEST_UNIT_AT_VALUE and not is_columns else None
    main, details = _labels(book, series, point)
    facts = references(book, point.evidence)
    return {
        **{field: getattr(point, field) for field in ("year", "label", "entity", "origin", "bound", "partial")},
        "marks": [mark for mark in _MARKS if getattr(point, mark)],
        "main": main,
        "details": details,
        "value": book.wording.figure(point.value, unit),
        "in_full": book.wording.figure(point.value, series.unit, point.bound),
        "number": book.wording.figure(point.value, None),
        "is_range": isinstance(point.value, tuple),
        "tone": point.origin or "both",
        "style": bar_style(point),
        "amount": point.value,
        "is_open": point.bound in _LOWER,
        "facts": facts,
        "cited": publications(facts),
    }


def _labels(book: Book, series: Series, point: Point) -> tuple[str, list[str]]:
    """Return what names a bar, and what stands under it: the year unless named, and what kind of figure it is."""
    year = book.wording.plain_year(point.year)
    is_shared = len({other.entity for other in series.points}) == 1
    main = point.label or (year if is_shared else point.entity)
    details = [] if year in main else [year]
    details += [point.partial] if point.partial else []
    return main, details + [book.wording.name("point-marks", mark) for mark in _MARKS if getattr(point, mark)]


def _slots(points: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return one slot a year from first to last, so that years without a figure leave a gap."""
    by_year = {point["year"]: point for point in points}
    return [{"year": year, "point": by_year.get(year)} for year in range(min(by_year), max(by_year) + 1)]


def _keys(points: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Return the colours and fillings that a chart needs explained, each once."""
    keys = [
        {"key": f"side-{tone}", "style": "solid", "tone": tone}
        for tone in ("domestic", "imported", "both")
        if any(point["tone"] == tone for point in points)
    ]
    fillings = {
        "forecast": lambda point: point["style"] == "forecast",
        "range": lambda point: point["style"] == "range" and point["is_range"],
        "upper": lambda point: point["style"] == "range" and point["bound"] in _UPPER,
        "partial": lambda point: point["style"] == "range" and point["partial"],
        "lower": lambda point: point["is_open"],
    }
    for key, is_used in fillings.items():
        tone = next((point["tone"] for point in points if is_used(point)), None)
        if tone:
            keys.append({"key": key, "style": "forecast" if key == "forecast" else "range", "tone": tone})
    return keys


def _signs(book: Book, points: list[dict[str, Any]], slots: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Return the signs beside figures with their meaning; marks are signs only in columns, words beside bars."""
    bounds = dict.fromkeys(point["bound"] for point in points if point["bound"])
    marks = [mark for mark in _MARKS if slots and any(mark in point["marks"] for point in points)]
    name = book.wording.name
    gaps = (
        [{"sign": NO_FIGURE, "text": book.wording.word("series-no-figure")}]
        if any(not slot["point"] for slot in slots)
        else []
    )
    return [
        *({"sign": name("bound-signs", bound), "text": name("bounds", bound)} for bound in bounds),
        *({"sign": name("point-signs", mark), "text": name("point-marks", mark)} for mark in marks),
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


def _group(series: Series) -> tuple[str, bool]:
    return series.kind, series.share is not None


def _by_group(book: Book) -> list[Series]:
    """Return the series of the industry, group by group."""
    found = [series for series in book.landscape.series.values() if series.equipment == INDUSTRY]
    return sorted(found, key=lambda series: _GROUPS.index(_group(series)))


@long_list("market", 80, _by_group)
def series_list(book: Book, part: ListPart = WHOLE) -> dict[str, Any]:
    """All series of the industry in groups, and where those of single classes stand."""
    groups = [
        {
            "id": f"series-{kind}-{'shares' if is_share else 'amounts'}",
            "series": [series_view(book, series) for series in found],
        }
        for (kind, is_share), found in groupby(part.of(book.entries("series_list")), key=_group)
    ]
    elsewhere = _of_classes(book) if part.is_first else []
    return {
        "groups": groups,
        "elsewhere": elsewhere,
        "elsewhere_count": sum(len(item["series"]) for item in elsewhere),
    }


def _of_classes(book: Book) -> list[dict[str, Any]]:
    """Return the classes that have series, each with them."""
    found: dict[str, list[Series]] = {}
    for series in book.landscape.series.values():
        found.setdefault(series.equipment, []).append(series)
    return [
        {"equipment": equipment, "series": found[equipment.id]}
        for equipment in book.landscape.equipment.values()
        if equipment.id in found
    ]


def industry_levels(book: Book) -> dict[str, Any]:
    """The assessments of the industry as a whole, a row per dimension, with every edition."""
    land = book.landscape
    editions = [edition.id for edition in land.report.editions]
    rows = []
    for dimension in land.dimensions.values():
        found = {edition: land.cells.get((INDUSTRY, dimension.id, edition)) for edition in editions}
        if any(found.values()):
            movement = book.results.movement[INDUSTRY, dimension.id]
            judged = [_judged(book, dimension.id, edition, assessment) for edition, assessment in found.items()]
            rows.append(
                {
                    "dimension": dimension,
                    "movement": movement,
                    "movement_sign": MOVEMENT_SIGNS[movement],
                    "editions": judged,
                    "now": [item for item in judged if item["level"]][-1],
                }
            )
    return {"rows": rows}


def _judged(book: Book, dimension: str, edition: str, assessment: Assessment | None) -> dict[str, Any]:
    """Return one level with what stands behind it; only its edition where there is no record."""
    land = book.landscape
    if assessment is None:
        return {"edition": edition, "level": None}
    known = assessment.level != land.method.unknown
    return {
        "edition": edition,
        "level": land.levels[assessment.level],
        "grade": book.results.confidence[INDUSTRY, dimension, edition].grade if known else None,
        "basis": assessment.basis,
        "reason": pieces(book, assessment.reason),
        "moved_because": pieces(book, assessment.moved_because),
        "would_settle": pieces(book, assessment.would_settle),
        "evidence": references(book, assessment.evidence),
        "counter_evidence": references(book, assessment.counter_evidence),
    }


MACROS = (industry_levels, series_list)
