"""Cards: a picture for each kind of page, readable when small, true to the data, and named by pages that have an address."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser

from macros.export.share import scenes
from macros.export.share.cards import Cards
from macros.export.share.drawing import Card, card_svg, png
from macros.present.look import Look
from macros.render.site import Site, open_site
from site_tests.conftest import ADDRESS
from site_tests.support.built import ROOT, Page, pages_of, read_pages
from site_tests.support.drawings import size
from site_tests.support.hostile import HOSTILE

SMALLEST = 36
"""Pixels of the smallest letters on a card 1200 wide: nine in a preview of 300."""
FOLDERS = ("dimensions", "equipment", "evidence", "priorities", "sources", "suppliers")


def cards(root: Path) -> Cards:
    """Return the cards of a project, nothing taken from a cache."""
    return Cards(replace(open_site(root), root=Path(mkdtemp())))


def svgs(made: Cards) -> dict[str, str]:
    """Return every card of a report as it is drawn."""
    return {name: card_svg(made._card(name), Look()) for name in made.names()}


def words(svg: str) -> list[str]:
    """Return the lines of words of a drawing."""
    return [element.text or "" for element in ElementTree.fromstring(svg).iter() if element.tag.endswith("text")]


@pytest.fixture(scope="module")
def real() -> Cards:
    return cards(ROOT)


def heads(page: Page) -> dict[str, str]:
    """Return what the head of a page says of its card."""
    found = {
        tag.get("property", tag.get("name", "")): tag.get("content", "") for kind, tag in page.tags if kind == "meta"
    }
    return {name: said for name, said in found.items() if name.startswith(("og:image", "twitter:"))}


def test_every_kind_of_page_has_a_card_of_the_right_size(real: Cards) -> None:
    expected = {path.stem for path in (ROOT / "content").glob("*.md")} | {f"{folder}-each" for folder in FOLDERS}
    found = {Path(path).stem: content for path, content in real.files()}
    assert set(found) == expected
    assert {size(content) for content in found.values()} == {(1200, 630)}
    assert len(set(found.values())) == len(found)


def test_pages_name_their_card_only_where_they_have_an_address(site: Path, addressed: Path) -> None:
    assert [path.name for path in pages_of(site) if "og:image" in path.read_text(encoding="utf-8")] == []
    assert not (site / "cards").exists()
    for name, page in read_pages(addressed).items():
        if name == "404.html":
            continue
        said = heads(page)
        place = said["og:image"].removeprefix(ADDRESS)
        home, _, record = name.partition("/")
        assert place == (f"cards/{home}-each.png" if record else f"cards/{home.removesuffix('.html')}.png")
        assert (int(said["og:image:width"]), int(said["og:image:height"])) == size((addressed / place).read_bytes())
        assert said["twitter:card"] == "summary_large_image" and said["og:image:type"] == "image/png"
        assert said["og:image:alt"].startswith("Der Sägebericht (erfunden): "), name


def test_cards_say_what_the_data_say(miniature: Path) -> None:
    drawn = {name: words(svg) for name, svg in svgs(cards(miniature)).items()}
    # A row of points for each question, and no sum over them.
    assert drawn["maschinen"][1] == "Ausgabe 2024"
    asked = ["2 Fragen, jede mit den Punkten,", "die sich beurteilen lassen", "Schneiden", "Verfügbarkeit"]
    assert drawn["index"][-4:] == drawn["abstand"][-4:] == asked
    assert drawn["maschinen"][2:] == ["Maschinen", "3", "Maschinenarten, verglichen in 4 Merkmalen"]
    assert drawn["firmen"][-4:] == ["Firmen: 2 heimisch, 2 ausländisch", "2", "2", "1"]
    assert drawn["normen"][2:5] == ["Normen", "1", "Norm oder Programm"]
    assert drawn["equipment-each"][2] == "Eine Maschinenart"
    assert drawn["chronik"][-2:] == ["2018", "2024"]


def test_only_cards_change_whose_data_did(miniature: Path, project_with: Callable[..., Path]) -> None:
    before = svgs(cards(miniature))
    level = ('edition: "2024"\n    level: etwas-zurueck', 'edition: "2024"\n    level: gleichauf')
    after = svgs(cards(project_with({"data/equipment/wire-saw.yml": level})))
    changed = {name for name in before if before[name] != after[name]}
    assert {"index", "maschinen", "abstand", "equipment-each", "dimensions-each"} <= changed
    assert not {"begriffe", "firmen", "chronik", "verfahren", "quellen", "daten"} & changed


@pytest.fixture(scope="module")
def pictures(miniature: Path) -> dict[str, bytes]:
    """The pictures of the miniature, made anew."""
    return dict(cards(miniature).files())


def test_pictures_show_what_is_drawn(pictures: dict[str, bytes]) -> None:
    shown = [pictures[f"cards/{name}.png"] for name in ("index", "maschinen", "abstand", "begriffe", "daten")]
    assert len(set(shown)) == 5


def test_pictures_are_the_same_each_time_and_kept(
    miniature: Path, pictures: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = replace(open_site(miniature), root=tmp_path)
    assert dict(Cards(site).files()) == pictures
    monkeypatch.setattr("macros.export.share.cards.png", lambda svg: pytest.fail("drawn anew"))
    assert dict(Cards(site).files()) == pictures


def test_fonts_of_the_machine_are_asked_for_foreign_letters_only(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []

    def noted(skip_system_fonts: bool, **_: Any) -> bytes:
        asked.append(not skip_system_fonts)
        return b""

    monkeypatch.setattr("resvg_py.svg_to_bytes", noted)
    for title in ("Sägen: größer ≈ 5 %", "制造设备"):
        png(card_svg(Card("Report", "2026", title), Look()))
    assert asked == [False, True]


def test_words_are_large_enough_to_read_in_a_small_preview(real: Cards) -> None:
    small = {
        (name, element.get("font-size"), element.text)
        for name, svg in svgs(real).items()
        for element in ElementTree.fromstring(svg).iter()
        if element.tag.endswith("text") and float(element.get("font-size", "0")) < SMALLEST
    }
    assert small == set()


BEYOND = """
() => [...document.querySelectorAll("text")].map(text => [text.textContent, text.getBoundingClientRect()])
    .filter(([, box]) => box.left < 40 || box.right > 1160 || box.top < 20 || box.bottom > 622).map(([text]) => text)
"""


@pytest.mark.parametrize(
    "extra", ["", HOSTILE, "Gerätewirtschaftsuntersuchungsausschuss 制造设备的国产化进程与技术差距分析报告"]
)
def test_no_word_leaves_its_card(extra: str, real: Cards, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1200, "height": 630})
    drawn = (
        svgs(real)
        if not extra
        else {"long": card_svg(Card(f"Report {extra}", f"Edition {extra}", extra, "12", extra), Look())}
    )
    for name, svg in drawn.items():
        page.set_content(f"<body style='margin:0'>{svg}")
        assert page.locator("text").count() >= 3
        assert page.evaluate(BEYOND) == [], name
    page.context.close()


def test_what_is_said_below_a_title_of_two_lines_stays_above_the_ruler(browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1200, "height": 630})
    fact = "3 questions, each with the points that can be judged and those that nobody has published"
    card = Card("Report", "2026", "A title that needs two lines on its card", "", fact, "<g/>")
    page.set_content(f"<body style='margin:0'>{card_svg(card, Look())}")
    lines = page.locator("text").filter(has_text=re.compile("questions|published")).all()
    ruler = 404 - 22
    assert len(lines) == 2 and all(
        box["y"] + box["height"] <= ruler + 8 for line in lines if (box := line.bounding_box())
    )
    page.context.close()


def test_a_scene_of_many_columns_stays_small() -> None:
    assert scenes.grid([["#123456"]] * 3000).count("<rect") == 94  # every 32nd, since 31 would leave 97
    assert scenes.grid([["#123456"]] * 96).count("<rect") == 96


def test_hostile_texts_stay_words() -> None:
    svg = card_svg(Card(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE), Look())
    assert {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(svg).iter()} == {
        "svg", "rect", "g", "path", "circle", "text",
    }  # fmt: skip
    assert HOSTILE.split()[0] in " ".join(words(svg))


def test_a_page_that_nobody_thought_of_has_a_card_with_its_title(project_with: Callable[..., Path]) -> None:
    made = cards(project_with({"content/outlook.md": "---\ntitle: Outlook\n---\n# What comes\n"}))
    assert words(svgs(made)["outlook"]) == ["Der Sägebericht (erfunden)", "Ausgabe 2024", "Outlook"]
    assert made.meta("outlook.md", ADDRESS)["card"]["alt"] == "Der Sägebericht (erfunden): Outlook."
    assert made.meta("outlook.md", None) == {}


def test_served_site_and_build_share_the_maker(miniature: Path) -> None:
    """Cards of a site are worked out one at a time, so that a served page costs one."""
    site: Site = open_site(miniature)
    made = Cards(site)
    made.meta("equipment/wire-saw.md", ADDRESS)
    assert list(made._found) == ["equipment-each"]
