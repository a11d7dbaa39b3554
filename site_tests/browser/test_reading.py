"""What helps reading long pages, in a browser: heads of tables in sight, contents, folded parts, views of the ranking."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from site_tests.conftest import Open
from site_tests.support.browser import tab_to, until
from site_tests.support.records import PRIORITIES, SUPPLIERS

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1440, "height": 900}
FRAME = ".scroll:has(#supplier-table)"


def box(page: Page, selector: str) -> dict[str, float]:
    found = page.locator(selector).first.bounding_box()
    assert found
    return dict(found)


# Heads of tables.


@pytest.mark.parametrize(
    ("name", "table", "row"), [("suppliers.html", "#supplier-table", 100), ("landscape.html", "#matrix table", 35)]
)
def test_head_of_a_table_that_fits_stays_under_the_header(name: str, table: str, row: int, opened: Open) -> None:
    page = opened(name, viewport=DESKTOP)
    until(page, "table => document.querySelector(table).closest('.scroll').hasAttribute('data-fits')", table)
    page.locator(f"{table} tbody tr").nth(row).scroll_into_view_if_needed()
    header = box(page, ".md-header")
    assert round(header["y"]) == 0
    assert round(box(page, f"{table} thead tr:last-child th")["y"]) == round(header["height"])


def test_wide_table_scrolls_in_its_frame_with_head_and_names_in_sight(opened: Open) -> None:
    page = opened("suppliers.html", viewport=PHONE)
    tab_to(page, page.locator(FRAME))
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("End")
    until(page, "frame => document.querySelector(frame).scrollTop > 4000", FRAME)
    until(page, "frame => document.querySelector(frame).scrollLeft > 50", FRAME)
    frame, head = box(page, FRAME), box(page, "#supplier-table thead th:first-child")
    assert (round(head["x"]), round(head["y"])) == (round(frame["x"]), round(frame["y"]))
    last = box(page, "#supplier-table tbody tr:last-child th")
    assert round(last["x"]) == round(frame["x"])
    assert frame["height"] < PHONE["height"]
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_without_script_a_wide_table_is_whole_in_its_frame(opened: Open) -> None:
    page = opened("suppliers.html", script=False, viewport=PHONE)
    assert page.locator("#supplier-table tbody tr").count() == len(SUPPLIERS)
    page.locator("#supplier-table tbody tr").last.scroll_into_view_if_needed()
    frame, head = box(page, FRAME), box(page, "#supplier-table thead th:first-child")
    assert round(head["y"]) == round(frame["y"])


def test_place_reached_by_keyboard_is_not_under_the_head(opened: Open) -> None:
    page = opened("suppliers.html", viewport=DESKTOP)
    page.locator("#supplier-table tbody tr").nth(100).locator("th a").focus()
    for _ in range(30):
        page.keyboard.press("Shift+Tab")
    focused = page.evaluate("document.activeElement.getBoundingClientRect().top")
    head = box(page, "#supplier-table thead th")
    assert focused >= head["y"] + head["height"]


def test_head_of_a_table_is_printed_on_every_sheet(opened: Open) -> None:
    sheets = [sheet.extract_text() for sheet in PdfReader(BytesIO(opened("suppliers.html").pdf())).pages]
    assert len(sheets) > 3
    assert [number for number, text in enumerate(sheets[1:-1], 2) if "Founded" not in text] == []


# Views of the ranking.


def seen(page: Page, name: str) -> list[str]:
    parts = page.locator(f"[data-editions='{name}'] > .edition:visible")
    return parts.evaluate_all("parts => parts.map(part => part.dataset.edition)")


@pytest.mark.parametrize("name", ["preset", "draws"])
def test_weights_of_a_table_are_switched_by_pointer_keyboard_and_address(name: str, opened: Open) -> None:
    page = opened("priorities.html")
    radios = page.locator(f"[data-editions='{name}'] .switch input")
    values = radios.evaluate_all("all => all.map(one => one.value)")
    assert seen(page, name) == values[:1]
    page.locator(f"[data-editions='{name}'] .switch label").nth(1).click()
    assert seen(page, name) == values[1:2]
    assert f"{name}={values[1]}" in page.url
    page.keyboard.press("ArrowRight")
    assert seen(page, name) == values[2:3]
    page.reload()
    assert seen(page, name) == values[2:3]


@pytest.mark.parametrize("name", ["preset", "draws"])
def test_without_script_every_view_of_the_ranking_is_whole_and_titled(name: str, opened: Open) -> None:
    page = opened("priorities.html", script=False)
    shown = page.locator(f"[data-editions='{name}'] > .edition:visible")
    assert shown.count() > 2
    for part in shown.all():
        assert part.locator(".edition__title").is_visible()
        assert part.locator("tbody tr:has(td)").count() == len(PRIORITIES)


# Contents and folded parts.


def test_contents_beside_a_page_mark_what_is_read(opened: Open) -> None:
    page = opened("method.html", viewport=DESKTOP)
    links = page.locator(".md-sidebar--secondary .md-nav__link[href]")
    for at, go in ((2, links.nth(2).click), (4, lambda: page.keyboard.press("Enter"))):
        tab_to(page, links.nth(at))
        go()
        expect(links.nth(at)).to_have_class(re.compile("md-nav__link--active"))


@pytest.mark.parametrize("script", [True, False])
def test_contents_above_a_page_unfold_on_small_screens(script: bool, opened: Open) -> None:
    page = opened("method.html", script=script, viewport=PHONE)
    expect(page.locator(".md-sidebar--secondary")).not_to_be_visible()
    page.locator(".toc-top > summary").focus()
    page.keyboard.press("Enter")
    link = page.locator(".toc-top a").last
    expect(link).to_be_visible()
    link.click()
    expect(page.locator(f"[id='{page.url.partition('#')[2]}']")).to_be_in_viewport()


@pytest.mark.parametrize("script", [True, False])
def test_numbers_of_a_chart_are_unfolded_by_pointer_and_keyboard(script: bool, opened: Open) -> None:
    page = opened("market.html", script=script)
    fold = page.locator(".chart details.numbers").first
    fold.locator("summary").click()
    expect(fold.locator("table")).to_be_visible()
    assert fold.locator("tbody tr").count() > 0
    page.keyboard.press("Enter")
    expect(fold.locator("table")).not_to_be_visible()


def test_address_of_something_folded_unfolds_it(opened: Open) -> None:
    page = opened("claims.html")
    fold = page.locator(".claim details").first
    assert fold.get_attribute("open") is None
    fold.evaluate("part => { part.querySelector('li').id = 'inside'; }")
    page.evaluate("location.hash = '#inside'")
    expect(page.locator("#inside")).to_be_visible()


def test_paper_is_white_and_what_unfolds_is_cut_between_sheets(opened: Open) -> None:
    page = opened("claims.html", color_scheme="light")
    page.emulate_media(media="print", color_scheme="light")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    folds = page.locator(".claim details")
    assert set(folds.evaluate_all("all => all.map(one => getComputedStyle(one).breakInside)")) == {"auto"}


def test_printing_unfolds_what_does_not_repeat_and_is_light(opened: Open) -> None:
    page = opened("claims.html", color_scheme="dark")
    folds = page.locator(".claim details").all()
    assert folds and page.locator(".claim details[open]").count() == 0
    page.evaluate("[...document.querySelectorAll('.claim details')].at(-1).classList.add('repeats')")
    page.emulate_media(media="print", color_scheme="dark")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    until(page, "() => [...document.querySelectorAll('.claim details')].every(part => part.open)")
    assert [fold.is_visible() for fold in folds] == [True] * (len(folds) - 1) + [False]
    assert page.evaluate("getComputedStyle(document.body).colorScheme") == "light"
    page.emulate_media(media="screen", color_scheme="dark")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    until(page, "() => !document.querySelector('.claim details[open]')")
    assert page.evaluate("getComputedStyle(document.body).colorScheme") == "dark"
