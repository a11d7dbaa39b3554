"""Charts of series: geometry worked by hand, how figures are drawn, and what a chart says about itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from macros.charts.axis import axis_ends
from macros.model.context import Point, Series
from macros.model.evidence import Share
from macros.present.book import Book
from macros.present.references import pieces
from macros.present.series import bar_style, is_run, series_data
from macros.present.series_chart import SeriesView, bar
from macros.render.site import open_site
from site_tests.support.drawings import drawn_series, spans


@pytest.fixture(scope="module")
def book(miniature: Path) -> Book:
    return open_site(miniature).book


def point(year: int | None = 2020, value: Any = 10, **fields: Any) -> Point:
    given = {"origin": "domestic", "entity": "Saxon Saws", "evidence": ()}
    return Point(**{**given, "year": year, "value": value, **fields})


def series(*points: Point, **fields: Any) -> Series:
    given = {"id": "x", "title": "X", "unit": "saws", "equipment": "industry", "kind": "time"}
    return Series(**{**given, "basis": "b", "caveat": "c", "points": points, **fields})


# Axis and bars.


def test_axis_of_bars_starts_at_zero_and_ends_round() -> None:
    assert axis_ends([12.4, 25.9]) == (0, 30)


def test_axis_reaches_below_zero_only_for_negative_values() -> None:
    assert axis_ends([-30.4, 12]) == (-40, 15)


def test_axis_without_values_is_still_an_axis() -> None:
    assert axis_ends([]) == (0, 1)


@pytest.mark.parametrize(("value", "expected"), [(12, (0, 12)), (-10, (-10, 0)), ((35, 45), (35, 45)), (0, (0, 0))])
def test_bar_runs_between_zero_and_its_value_or_from_end_to_end(value: Any, expected: tuple[float, float]) -> None:
    assert bar(value) == expected


def test_lower_bound_has_an_open_end(book: Book) -> None:
    assert bars(drawn_series(book, series(point(value=50, bound="more-than"), unit="%", kind="share"))) == [
        (0, 50),
        (50, 54),
    ]


def test_open_end_stays_within_the_axis(book: Book) -> None:
    assert bars(drawn_series(book, series(point(value=98, bound="at-least"), unit="%", kind="share"))) == [
        (0, 98),
        (98, 100),
    ]


@pytest.mark.parametrize("bound", [None, "about", "up-to", "less-than"])
def test_only_lower_bounds_have_an_open_end(book: Book, bound: str | None) -> None:
    assert len(bars(drawn_series(book, series(point(bound=bound))))) == 1


def bars(view: SeriesView) -> list[tuple[float, float]]:
    """Return the values at start and end of every bar of a series' chart."""
    return spans(view.figure.drawings[0], "bars")


@pytest.mark.parametrize(
    ("fields", "style"),
    [
        ({}, "solid"),
        ({"bound": "more-than"}, "solid"),
        ({"bound": "about"}, "solid"),
        ({"bound": "less-than"}, "range"),
        ({"value": (1, 2)}, "range"),
        ({"partial": "first half"}, "range"),
        ({"forecast": True}, "forecast"),
        ({"goal": True}, "forecast"),
        ({"forecast": True, "value": (1, 2)}, "forecast"),
    ],
)
def test_filling_says_what_kind_of_figure_it_is(fields: dict[str, Any], style: str) -> None:
    assert bar_style(point(**fields)) == style


# Columns or bars.


def test_three_years_of_one_entity_are_a_run() -> None:
    assert is_run([point(2019), point(2021), point(2022)])


@pytest.mark.parametrize(
    "points",
    [
        [],
        [point(2019), point(2020)],
        [point(2019), point(2020), point(None)],
        [point(None), point(None), point(None)],
        [point(2019), point(2020), point(2020)],
        [point(2019), point(2020), point(2021, entity="Kitano")],
        [point(2019), point(2020), point(2021, label="October")],
        [point(2000), point(2010), point(2020)],
    ],
)
def test_anything_else_is_not_a_run(points: list[Point]) -> None:
    assert not is_run(points)


def test_years_without_a_figure_leave_a_gap_between_columns(book: Book) -> None:
    slots = series_data(book, series(point(2019), point(2021), point(2022))).slots
    assert [year for year, _ in slots] == [2019, 2020, 2021, 2022]
    assert [year for year, point in slots if point is None] == [2020]


def test_columns_stand_in_order_of_years_whatever_the_order_of_points(book: Book) -> None:
    slots = series_data(book, series(point(2021), point(2019), point(2020))).slots
    assert [year for year, _ in slots] == [2019, 2020, 2021]


# What stands beside a figure.


def test_bar_is_named_by_its_year_where_the_entity_is_one(book: Book) -> None:
    shown = series_data(book, series(point(2019), point(2020, partial="first half", derived=True))).points
    assert [item.main for item in shown] == ["2019", "2020"]
    assert [item.details for item in shown] == [[], ["first half", "unsere Rechnung"]]


def test_bar_is_named_by_its_entity_where_there_are_several(book: Book) -> None:
    shown = series_data(book, series(point(2019), point(None, entity="Kitano"))).points
    assert [(item.main, item.details) for item in shown] == [("Saxon Saws", ["2019"]), ("Kitano", ["ohne Jahr"])]


def test_year_is_not_said_twice(book: Book) -> None:
    (shown,) = series_data(book, series(point(2019, label="October 2019"))).points
    assert (shown.main, shown.details) == ("October 2019", [])


def test_shares_of_a_whole_are_drawn_on_the_whole(book: Book) -> None:
    assert series_data(book, series(point(value=3), kind="share", unit="%")).axis == (0, 100)


def test_keys_explain_what_is_drawn_and_nothing_else(book: Book) -> None:
    view = series_data(book, series(point(2019), point(2020, bound="more-than"), point(2021, forecast=True)))
    assert [key.key for key in view.keys] == ["side-domestic", "forecast", "lower"]
    assert [sign.text for sign in view.signs] == ["mehr als", "Vorhersage"]


def test_years_without_a_figure_are_explained(book: Book) -> None:
    assert series_data(book, series(point(2019), point(2021), point(2022))).signs[-1].text == "keine Zahl gefunden"


def test_figure_that_describes_no_side_has_neither_colour(book: Book) -> None:
    (shown,) = series_data(book, series(point(origin=None))).points
    assert (shown.record.origin, shown.tone) == (None, "both")


@pytest.mark.parametrize(
    ("measure", "counted", "words"),
    [
        ("value", "headquarters", "Anteil nach Wert, gezählt nach Firmensitz."),
        ("units", "not-stated", "Anteil nach Stück; wie die Seiten unterschieden sind, ist nicht angegeben."),
        ("not-stated", "not-stated", "Die Quelle bestimmt den Anteil nicht näher."),
    ],
)
def test_share_states_its_definition(book: Book, measure: Any, counted: Any, words: str) -> None:
    assert series_data(book, series(point(), share=Share(measure=measure, counted_by=counted))).share == words


def test_definition_says_nothing_of_sides_where_there_are_none(book: Book) -> None:
    share = Share(measure="value", counted_by="not-stated")
    assert series_data(book, series(point(origin=None), share=share)).share == "Anteil nach Wert."


def test_series_without_points_is_still_a_view(book: Book) -> None:
    assert series_data(book, series()).points == []


def test_caveat_links_the_facts_it_names(book: Book) -> None:
    found = pieces(book, "Other scope (ws-001), see saw-shares; not zz-999.")
    assert [(piece.kind, piece.name) for piece in found if piece.kind] == [("fact", "ws-001"), ("series", "saw-shares")]
    assert "".join(piece.text for piece in found if not piece.kind) == "Other scope (), see ; not zz-999."
    found = pieces(book, "范围不同，见ws-001与saw-shares。")
    assert [piece.name for piece in found if piece.kind] == ["ws-001", "saw-shares"]
