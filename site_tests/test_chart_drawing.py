"""Drawing of charts: safe whatever the data says, the same from the cache and without it, and laid out to be read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from macros.charts import draw
from macros.charts.draw import Drawer, repacked
from macros.charts.figure import Figure, Key, Table
from macros.charts.gallery import Gallery
from macros.charts.rows import Axis, Part, Row, rows_spec
from macros.charts.svg import file_svg, page_svg
from macros.charts.theme import NARROW, lines
from site_tests.drawings import pixels, values
from site_tests.hostile import HOSTILE


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
    spec = rows_spec(NARROW, [row], Axis((0, 4), ((0, "0"), (4, "4")), title))
    made = Figure(
        "saws",
        title,
        title,
        title,
        (spec,),
        Table(("name", "value"), ((name, 3),)),
        (Key(name, "var(--dom)"),),
        (title,),
    )
    return replace(made, **changes)


def rooted(address: str) -> str:
    return f"../{address}"


# Hostile data.


def test_hostile_texts_stay_texts_in_drawings_and_files() -> None:
    made = figure(HOSTILE, HOSTILE)
    raw = Drawer().svg(made.specs[0])
    for svg in (str(page_svg(raw, made, "any", rooted)), file_svg(raw, made)):
        root = ElementTree.fromstring(svg)
        assert not [element for element in root.iter() if element.tag.endswith("script")]
        assert HOSTILE in [text for text in root.itertext()]
        assert "<script" not in svg and "onerror" not in svg


def test_text_that_looks_like_a_property_is_left_alone() -> None:
    made = figure('a "var(--dom)" <b> fill="var(--nothing)" &amp;')
    svg = file_svg(Drawer().svg(made.specs[0]), made)
    assert 'a "var(--dom)" <b> fill="var(--nothing)" &amp;' in list(ElementTree.fromstring(svg).itertext())


def test_links_of_drawings_are_relative_and_of_files_gone() -> None:
    made = figure()
    raw = Drawer().svg(made.specs[0])
    assert '<a href="../equipment/saw.html">' in page_svg(raw, made, "any", rooted)
    assert "<a" not in file_svg(raw, made)


def test_link_without_words_is_named() -> None:
    made = figure(names={"equipment/saw.html": f"the saw {HOSTILE}"})
    root = ElementTree.fromstring(str(page_svg(Drawer().svg(made.specs[0]), made, "any", rooted)))
    assert [element.get("aria-label") for element in root.iter("a")] == [f"the saw {HOSTILE}"]


# The cache.


def test_cached_and_clean_drawings_are_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def made(folder: Path | None) -> tuple[list[tuple[str, bytes]], str]:
        gallery = Gallery(Drawer(folder))
        html = gallery.html(figure(), rooted)
        return list(gallery.files()), str(html)

    clean = made(None)
    assert made(tmp_path / "cache") == clean
    assert {path.suffix for path in (tmp_path / "cache").iterdir()} == {".raw", ".page", ".svg", ".png"}
    monkeypatch.setattr(draw, "_vega", _fail)
    monkeypatch.setattr(draw, "_picture", _fail)
    assert made(tmp_path / "cache") == clean
    with pytest.raises(AssertionError):
        made(tmp_path / "another")


def _fail(*_: Any) -> bytes:
    raise AssertionError("drawn anew")


def test_another_version_of_the_library_draws_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Drawer(tmp_path).svg(figure().specs[0])
    monkeypatch.setattr(draw, "_vega", _fail)
    Drawer(tmp_path).svg(figure().specs[0])
    monkeypatch.setattr(draw, "_maker", lambda: "0")
    with pytest.raises(AssertionError):
        Drawer(tmp_path).svg(figure().specs[0])


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Planes"}, {"subtitle": "another"}, {"description": "another"}, {"notes": ["another"]},
        {"foot": ["another"]}, {"keys": (Key("another", fill="red"),)}, {"names": {"equipment/saw.html": "another"}},
    ],
)  # fmt: skip
def test_what_is_kept_is_of_that_figure(tmp_path: Path, change: dict[str, Any]) -> None:
    other = figure(name="band saw", **change)
    for each in (figure(name="band saw"), other):
        gallery = Gallery(Drawer(tmp_path))
        made = gallery.html(each, rooted), list(gallery.files())
    clean = Gallery()
    assert made == (clean.html(other, rooted), list(clean.files()))


def test_two_figures_must_not_share_an_id() -> None:
    gallery = Gallery()
    gallery.path(figure("Saws"), "csv")
    gallery.path(figure("Saws"), "png")
    with pytest.raises(ValueError, match="saws"):
        gallery.path(figure("Files"), "csv")


# Layout.


def test_lines_break_at_blanks_and_hyphens_and_never_in_words() -> None:
    assert lines("import-dependent", 60) == ["import-", "dependent"]
    assert lines("slightly \n behind", 50) == ["slightly", "behind"]
    assert lines("unbreakableword and", 20) == ["unbreakableword", "and"]
    assert lines("one line", 500) == ["one line"]


def test_long_names_stand_above_their_bars_and_short_ones_beside() -> None:
    axis = Axis((0, 4), ((0, "0"), (4, "4")))
    beside = rows_spec(NARROW, [Row("2020", value="3", parts=(Part.of(0, 3, "both", "solid"),))], axis)
    above = rows_spec(
        NARROW,
        [Row("a name that takes most of the width of a phone", value="3", parts=(Part.of(0, 3, "both", "solid"),))],
        axis,
    )
    assert values(beside, "names")[0]["y"] > values(beside, "bars")[0]["y"]
    assert values(above, "names")[0]["y"] < values(above, "bars")[0]["y"]


def test_repacking_keeps_every_pixel() -> None:
    import vl_convert

    png = vl_convert.svg_to_png(
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="9"><circle r="9" fill="#a21"/></svg>'
    )
    assert pixels(repacked(png)) == pixels(png)
