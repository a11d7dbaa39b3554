"""Charts of the report: drawn from the data and nothing else, and what a reader gets of them."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser

from macros.charts.figure import Figure
from macros.charts.gallery import Gallery
from macros.charts.measure import text_width
from macros.export.plain import write_plain
from macros.model.base import bounds
from macros.model.context import Point, Series
from macros.present.benchmarks import benchmark_view
from macros.present.gap import gap_ranking, movement
from macros.present.look import Look
from macros.present.series_chart import series_view
from macros.render.site import Site, build_site
from site_tests.conftest import another
from site_tests.support.built import ROOT
from site_tests.support.drawings import drawn_series, same, shapes, spans

SHARES = {"start": 0.0, "middle": 0.5, "end": 1.0}


@pytest.fixture(scope="module")
def site() -> Site:
    """The real report, composed."""
    return build_site(ROOT)


@pytest.fixture(scope="module")
def files(site: Site) -> dict[str, bytes]:
    return dict(site.gallery.files())


@pytest.fixture(scope="module")
def figures(site: Site) -> dict[str, Figure]:
    return dict(site.gallery.figures)


# What is drawn is what the data says.


def test_every_bar_of_every_series_has_the_value_of_its_point(site: Site) -> None:
    for series in site.book.landscape.series.values():
        (drawing,) = series_view(site.book, series).figure.drawings
        drawn = spans(drawing, "bars")
        assert all(any(same(drawing, pair, found) for found in drawn) for pair in _expected(series)), series.id
        assert len(drawn) == len(series.points) + sum(
            point.bound in ("at-least", "more-than", "possibly-more-than") for point in series.points
        )


def _expected(series: Series) -> list[tuple[float, float]]:
    return [
        point.value if isinstance(point.value, tuple) else (min(0, point.value), max(0, point.value))
        for point in series.points
    ]


def test_bars_start_at_zero_and_the_axis_holds_it(figures: dict[str, Figure], site: Site) -> None:
    for name in site.book.landscape.series:
        (drawing,) = figures[name].drawings
        assert drawing.scale.ends[0] <= 0 <= drawing.scale.ends[1], name


def test_every_side_of_a_benchmark_stands_at_its_value(site: Site) -> None:
    land = site.book.landscape
    assert land.benchmarks
    for owner, benchmark in land.benchmarks.values():
        (drawing,) = benchmark_view(site.book, owner, benchmark).figure.drawings
        drawn = sorted([*spans(drawing, "points", "circle"), *spans(drawing, "ranges", "line")])
        expected = sorted([bounds(benchmark.domestic.value), bounds(benchmark.imported.value)])
        assert all(same(drawing, *pair) for pair in zip(drawn, expected, strict=True)), benchmark.id


def test_ranking_draws_the_index_of_every_class_it_shows(site: Site) -> None:
    shown = {
        o: found.value
        for (o, e), found in site.book.results.class_index.items()
        if e == site.book.landscape.current.id and found.is_shown
    }
    expected = sorted((float(value) for value in shown.values()), reverse=True)
    for drawing in gap_ranking(site.book).figure.drawings:
        drawn = spans(drawing, "bars")
        pairs = ((min(0.0, value), max(0.0, value)) for value in expected)
        assert all(same(drawing, *both) for both in zip(drawn, pairs, strict=True))


def test_movement_draws_the_severity_of_both_editions(site: Site) -> None:
    land, (view,) = site.book.landscape, movement(site.book)
    expected = []
    for row in view.rows:
        cells = [(row.equipment.id, row.dimension.id, edition.id) for edition in (land.baseline, land.current)]
        expected += [land.levels[land.cells[at].level].severity for at in cells]
    for drawing in view.figure.drawings:
        assert [value for value, _ in spans(drawing, "points", "circle")] == expected


def test_legend_has_one_entry_for_each_filling_that_is_drawn(site: Site) -> None:
    shared = 0
    for series in site.book.landscape.series.values():
        figure = series_view(site.book, series).figure
        fillings = [(key.fill, f"{key.opacity:g}") for key in figure.keys if key.fill]
        for drawing in figure.drawings:
            marks = re.findall(
                r'<rect[^>]* fill="([^"]+)"(?: fill-opacity="([^"]+)")?', "".join(drawing.layers.values())
            )
            drawn = {(fill, opacity or "1") for fill, opacity in marks}
            assert len(fillings) == len(set(fillings)), series.id
            assert set(fillings) <= drawn, series.id
            shared += len(fillings) > 1
    assert shared


def test_dots_of_what_moved_look_as_in_their_legend(site: Site) -> None:
    """Its style sheet draws a ring and a disc in the colour of text: so does the chart."""
    (view,) = movement(site.book)
    for drawing in view.figure.drawings:
        marks = re.findall(r'<circle[^>]* fill="([^"]+)" stroke="([^"]+)"', drawing.layers["points"])
        assert set(marks) == {("var(--paper)", "var(--ink)"), ("var(--ink)", "var(--paper)")}


def test_numbers_offered_are_those_of_the_data(site: Site, files: dict[str, bytes]) -> None:
    for series in site.book.landscape.series.values():
        rows = list(csv.DictReader(io.StringIO(files[f"downloads/charts/{series.id}.csv"].decode("utf-8-sig"))))
        assert [(float(row["low"]), float(row["high"])) for row in rows] == [
            bounds(point.value) for point in series.points
        ]
        assert [row["facts"].split("; ") if row["facts"] else [] for row in rows] == [
            list(point.evidence) for point in series.points
        ]
        assert {row["unit"] for row in rows} == {series.unit}


# What a reader gets.


def test_every_series_has_its_downloads_linked_and_made(site: Site, files: dict[str, bytes]) -> None:
    blocks = {path: "".join(made.slots) for path, made in site.composed.items()}
    for series in site.book.landscape.series.values():
        home = site.book.address("series", series.id).partition("#")[0].replace(".html", ".md")
        for kind in ("csv", "svg"):
            path = f"downloads/charts/{series.id}.{kind}"
            assert files[path]
            assert f'href="{"../" if "/" in home else ""}{path}"' in blocks[home], path


def test_every_chart_is_named_described_and_its_ids_are_its_own(site: Site) -> None:
    for path, made in site.composed.items():
        drawings = re.findall(r'<svg class="drawing.*?</svg>', "".join(made.slots), re.DOTALL)
        for drawing in drawings:
            named, described = re.search(r'aria-labelledby="([^"]+)" aria-describedby="([^"]+)"', drawing).groups()
            assert re.search(rf'<title id="{named}">[^<]+</title><desc id="{described}">[^<]+</desc>', drawing), path
            assert ('role="img"' in drawing) == ("<a " not in drawing)


def test_drawings_take_every_colour_from_the_page(site: Site) -> None:
    text = "".join("".join(made.slots) for made in site.composed.values())
    paints = {
        paint
        for drawing in re.findall(r'<svg class="drawing.*?</svg>', text, re.DOTALL)
        for paint in re.findall(r'(?:fill|stroke)="([^"]*)"', drawing)
    }
    assert all(re.fullmatch(r"none|var\(--[\w-]+\)|url\(#hatch-\w+\)", paint) for paint in paints), paints
    assert {paint[6:-1] for paint in paints if paint.startswith("var")} <= Look().colours.keys()
    assert "link.invalid" not in text


def test_no_text_leaves_its_drawing(figures: dict[str, Figure]) -> None:
    for name, found in figures.items():
        for drawing in found.drawings:
            for text in (text for layer in drawing.layers for text in shapes(drawing, layer, "text")):
                size, weight = float(text.get("font-size", "")), text.get("font-weight", "normal")
                wide = max(text_width(line, size, weight) for line in text.itertext())
                left = float(text.get("x", "")) - wide * SHARES[text.get("text-anchor", "start")]
                assert left >= -1 and left + wide <= drawing.width + 1, (name, text.text)
                assert 0 < float(text.get("y", "")) <= drawing.height, (name, text.text)


def test_files_stand_alone(figures: dict[str, Figure], files: dict[str, bytes]) -> None:
    assert len(files) == 2 * len(figures)
    for name, found in figures.items():
        svg = files[found.path("svg")].decode()
        root = ElementTree.fromstring(svg)
        said = " ".join(" ".join(root.itertext()).split())
        assert " ".join(found.title.split()) in said and "<a" not in svg
        assert "var(" not in re.sub(r">[^<]*<", "><", svg)
        assert all(" ".join(note.split())[:20] in said for note in found.notes), name
        assert root.find("{*}rect").get("fill") == "#fff"


def test_plain_tree_has_the_files(wafers: Path, tmp_path: Path) -> None:
    root = another(wafers, tmp_path / "project")
    site = build_site(root)
    write_plain(site, root, tmp_path / "plain")
    for path, content in site.gallery.files():
        assert (tmp_path / "plain/content" / path).read_bytes() == content
    assert list((tmp_path / "plain/content/downloads/charts").glob("*.svg"))


@pytest.mark.parametrize(
    "points",
    [
        [(2020, 0)],
        [(2020, -3), (2021, 4), (2022, -0.5)],
        [(2020, (-2, 3)), (2021, (4, 4)), (2022, 1)],
        [(2020, 1e-7), (2021, 2e-7), (2022, 3e-7)],
        [(2020, 123_456_789.123), (2021, 987_654_321.987), (2022, 555_555_555.555)],
        [(None, 7)],
        [(2000 + year, year) for year in range(12)],
    ],
)
def test_odd_values_are_drawn_true(site: Site, points: list[tuple[int | None, Any]]) -> None:
    made = tuple(
        Point(year=year, value=value, origin="imported", entity="Kitano", evidence=()) for year, value in points
    )
    series = Series(
        id="odd",
        title="Odd",
        unit="a rather long unit of measurement",
        equipment="industry",
        kind="time",
        basis="b",
        caveat="c",
        points=made,
    )
    (drawing,) = drawn_series(site.book, series).figure.drawings
    pairs = zip(sorted(spans(drawing, "bars")), sorted(_expected(series)), strict=True)
    assert all(same(drawing, *pair) for pair in pairs)


@pytest.fixture(scope="module")
def shown(figures: dict[str, Figure], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of some charts with the stylesheet of the report and nothing else; it dresses what Material marks as text."""
    drawings = "".join(
        Gallery(Look().colours).html(figures[name], str)
        for name in ("gap-ranking", "gap-feasibility", "china-battery-output")
    )
    path = tmp_path_factory.mktemp("shown") / "page.html"
    style = "".join(
        f'<link rel="stylesheet" href="{(ROOT / "macros/theme/assets" / name).as_uri()}">'
        for name in ("colours.css", "report.css")
    )
    path.write_text(
        f'<!doctype html>{style}<body data-md-color-scheme="default"><main class="md-typeset">{drawings}</main>',
        encoding="utf-8",
    )
    return path


@pytest.mark.parametrize(("width", "seen"), [(1440, {"wide", "any"}), (390, {"narrow", "any"})])
def test_each_screen_gets_the_drawing_made_for_it(shown: Path, width: int, seen: set[str], browser: Browser) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900}, java_script_enabled=True)
    page.goto(shown.as_uri())
    visible = page.eval_on_selector_all(
        ".drawing", "all => all.filter(one => one.getBoundingClientRect().width).map(one => one.classList[1])"
    )
    assert {name.removeprefix("drawing-") for name in visible} == seen
    smallest = page.eval_on_selector_all(
        ".drawing text",
        "all => Math.min(...all.filter(t => t.getClientRects().length).map(t => parseFloat(getComputedStyle(t).fontSize) * t.getScreenCTM().a))",
    )
    assert smallest >= (10 if width == 390 else 11)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_drawings_follow_the_dark_scheme_and_links_the_keyboard(shown: Path, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(shown.as_uri())
    colour = "getComputedStyle(document.querySelector('.drawing-any rect')).fill"
    light = page.evaluate(colour)
    page.evaluate("document.body.dataset.mdColorScheme = 'slate'")
    assert light != page.evaluate(colour)
    page.keyboard.press("Tab")
    assert page.evaluate(
        "document.activeElement.closest('.drawing') && document.activeElement.getAttribute('href')"
    ).endswith(".html")
