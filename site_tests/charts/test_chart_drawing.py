"""Drawing of charts: safe whatever the data says, exact, and laid out to be read."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest

from macros.charts import marks
from macros.charts.bars import Slot, columns_drawing
from macros.charts.dumbbell import End, dumbbell_drawing
from macros.charts.figure import Figure, Key, Table
from macros.charts.gallery import Gallery
from macros.charts.rows import Axis, Part, Row, rows_drawing
from macros.charts.svg import file_svg, page_svg, picture_frame
from macros.charts.theme import NARROW, Drawing, Scale
from macros.present.look import Look
from site_tests.support.drawings import shapes, spans
from site_tests.support.hostile import HOSTILE

COLOURS = Look().colours


def figure(title: str = "Saws", name: str = "wire saw", **changes: Any) -> Figure:
    """Return a small figure whose every text can be chosen."""
    row = Row(
        name=name,
        number="1",
        value="3",
        note=name,
        link="equipment/saw.html",
        parts=(Part.of(0, 3, "domestic", "forecast"),),
    )
    drawing = rows_drawing(NARROW, [row], Axis((0, 4), ((0, "0"), (4, "4")), title))
    made = Figure(
        "saws",
        title,
        title,
        title,
        (drawing,),
        Table(("name", "value"), ((name, 3),)),
        (Key(name, "var(--dom)"),),
        (title,),
    )
    return replace(made, **changes)


def rooted(address: str) -> str:
    return f"../{address}"


# The shapes.


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (marks.rectangle(1, 2.005, 30.999, 4, "red"), '<rect x="1" y="2" width="31" height="4" fill="red"/>'),
        (
            marks.rectangle(-0.001, 2, 3, 4, "red", 0.55, "blue", 1.5),
            '<rect x="0" y="2" width="3" height="4" fill="red" fill-opacity="0.55" stroke="blue" stroke-width="1.5"/>',
        ),
        (marks.rule(0, 1, 2, 3, "red"), '<line x1="0" y1="1" x2="2" y2="3" stroke="red"/>'),
        (
            marks.rule(0, 1, 2, 3, "red", 9, "3,4", 0.5),
            '<line x1="0" y1="1" x2="2" y2="3" stroke="red" stroke-width="9" stroke-dasharray="3,4" opacity="0.5"/>',
        ),
        (marks.text(["a"], 1, 2, 12, "red"), '<text x="1" y="2" font-size="12" fill="red">a</text>'),
        (
            marks.text(["a", "<b>"], 1, 2, 11, "red", "bold", "end"),
            '<text x="1" y="2" font-size="11" font-weight="bold" text-anchor="end" fill="red">a'
            '<tspan x="1" dy="15">&lt;b&gt;</tspan></text>',
        ),
        (marks.point(1, 2, 3, "red", "blue", 2), '<circle cx="1" cy="2" r="3" fill="red" stroke="blue" stroke-width="2"/>'),
        (marks.link('a.html?"', "<circle/>"), '<a href="a.html?&#34;"><circle/></a>'),
        (marks.link("a.html", "<circle/>", "A & B"), '<a href="a.html" aria-label="A &amp; B"><title>A &amp; B</title><circle/></a>'),
    ],
)  # fmt: skip
def test_each_shape_is_written_with_what_differs_from_plain_svg(made: str, expected: str) -> None:
    assert made == expected


# Hostile data.


def test_hostile_texts_stay_texts_in_drawings_and_files() -> None:
    made = figure(HOSTILE, HOSTILE)
    for svg in (
        str(page_svg(made.drawings[0], made, "any", rooted)),
        file_svg(made, COLOURS),
        picture_frame(made, COLOURS),
    ):
        root = ElementTree.fromstring(svg)
        assert not [element for element in root.iter() if element.tag.endswith("script")]
        assert HOSTILE in [text for text in root.itertext()]
        assert "<script" not in svg and "onerror" not in svg


def test_text_that_looks_like_a_property_is_left_alone() -> None:
    made = figure('a "var(--dom)" <b> fill="var(--nothing)" &amp;')
    assert 'a "var(--dom)" <b> fill="var(--nothing)" &amp;' in list(
        ElementTree.fromstring(file_svg(made, COLOURS)).itertext()
    )


def test_links_of_drawings_are_relative_and_of_files_gone() -> None:
    made = figure()
    assert '<a href="../equipment/saw.html">' in page_svg(made.drawings[0], made, "any", rooted)
    assert "<a" not in file_svg(made, COLOURS)


def test_a_file_is_its_frame_with_names_and_the_drawing_in_it() -> None:
    made = figure()
    before, after = picture_frame(made, COLOURS).split("<!--drawing-->")
    file = re.sub("<title>.*</desc>", "", file_svg(made, COLOURS))
    assert file.startswith(before) and file.endswith(after)
    assert "wire saw" in file[len(before) : -len(after)]


def test_only_what_is_hatched_brings_its_pattern() -> None:
    assert 'id="hatch-domestic"' in picture_frame(figure(), COLOURS)
    plain = rows_drawing(NARROW, [Row("saw", parts=(Part.of(0, 3, "domestic", "solid"),))], Axis((0, 4), ()))
    assert "<pattern" not in file_svg(figure(drawings=(plain,)), COLOURS)


def test_two_figures_must_not_share_an_id() -> None:
    gallery = Gallery(COLOURS)
    gallery.path(figure("Saws"), "csv")
    gallery.path(figure("Saws"), "svg")
    with pytest.raises(ValueError, match="saws"):
        gallery.path(figure("Files"), "csv")


# Layout.


def test_long_names_stand_above_their_bars_and_short_ones_beside() -> None:
    def first(name: str) -> tuple[float, float]:
        row = Row(name, value="3", parts=(Part.of(0, 3, "both", "solid"),))
        made = rows_drawing(NARROW, [row], Axis((0, 4), ((0, "0"), (4, "4"))))
        (words,), (bar,) = shapes(made, "names", "text"), shapes(made, "bars", "rect")
        return float(words.get("y", "")), float(bar.get("y", ""))

    name, bar = first("2020")
    assert name > bar
    name, bar = first("a name that takes most of the width of a phone and a little more")
    assert name < bar


def labels(drawing: Drawing) -> list[str]:
    """Return the words under an axis."""
    found = [*shapes(drawing, "ticks", "text"), *shapes(drawing, "axis", "text"), *shapes(drawing, "title", "text")]
    return ["".join(text.itertext()) for text in found]


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("%", ["0", "20", "40\u00a0%"]),
        ("m/min", ["0", "20", "40\u00a0m/min"]),
        ("thousands of machines of every kind a year", ["0", "20", "40", "thousands of machines of every kind a year"]),
    ],
)
def test_a_unit_stands_behind_the_last_label_where_there_is_room(unit: str, expected: list[str]) -> None:
    axis = Axis((0, 40), ((0, "0"), (20, "20"), (40, "40")), unit)
    rows = rows_drawing(NARROW, [Row("saw", parts=(Part.of(0, 30, "both", "solid"),))], axis)
    sides = End("domestic", "domestic", "30", 30, 30), End("imported", "imported", "10", 10, 10)
    for made in (rows, dumbbell_drawing(NARROW, sides, axis, False)):
        assert labels(made) == expected


def test_a_scale_puts_values_at_their_pixels() -> None:
    assert [Scale((0, 4), (20, 220)).at(value) for value in (0, 1, 4)] == [20, 70, 220]
    assert Scale((-1, 3), (186, 36)).at(0) == 148.5  # a quarter of 150 up from 186


def test_columns_grow_from_zero_up_and_down() -> None:
    slots = [
        Slot("2020", value="3", parts=(Part.of(0, 3, "both", "solid"),)),
        Slot("2021", value="-1", parts=(Part.of(-1, 0, "both", "solid"),)),
        Slot("2022"),
    ]
    made = columns_drawing(NARROW, slots, (-1, 3), ((0, "0"), (3, "3")), "saws")
    assert made and spans(made, "bars") == [(0, 3), (-1, 0)]
    up, down, none = shapes(made, "values", "text")
    zero = float(shapes(made, "zero", "line")[0].get("y1", ""))
    assert float(up.get("y", "")) < 36 < zero < 186 < float(down.get("y", ""))  # above the column, and under the other
    assert none.text == "–" and float(none.get("y", "")) == zero - 5
