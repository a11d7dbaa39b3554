"""Short: what a reader with a phone meets before anything is opened, and that all of it opens without a script and on paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from site_tests.conftest import Open
from site_tests.support.server import Served

PHONE = {"width": 390, "height": 844}
# In screens of a phone.
CLASS, MARKET = 9, 15


@pytest.fixture(scope="module")
def heights(site: Path, served: Served, browser: Browser) -> dict[str, float]:
    """How many screens of a phone the longest pages of classes take, and that of the market, before anything is opened."""
    page = browser.new_page(viewport=PHONE)
    classes = sorted((site / "equipment").glob("*.html"), key=lambda path: -path.stat().st_size)
    names = ["market.html", *(f"equipment/{path.name}" for path in classes[:8])]
    found = {}
    for name in names:
        page.goto(served.address + name)
        found[name] = page.evaluate("document.documentElement.scrollHeight") / PHONE["height"]
    page.context.close()
    return found


def test_page_of_a_class_is_short_on_a_phone(heights: dict[str, float]) -> None:
    classes = {name: round(height, 1) for name, height in heights.items() if name != "market.html"}
    assert len(classes) == 8
    assert {name: height for name, height in classes.items() if height > CLASS} == {}


def test_page_of_the_market_is_short_on_a_phone(heights: dict[str, float]) -> None:
    assert 1 < heights["market.html"] <= MARKET


@pytest.mark.parametrize("name", ["slot-die-coater", "leak-tester"])
def test_answers_of_a_class_are_seen_first(name: str, opened: Open) -> None:
    """Also where nobody has published an answer: all stand on the first screen of a phone."""
    page = opened(f"equipment/{name}.html", viewport=PHONE)
    questions = page.locator(".answers dt")
    assert questions.count() == page.locator(".answers > div").count() > 2
    assert page.evaluate("document.querySelector('h1').nextElementSibling.className").startswith("answers")
    for box in (question.bounding_box() for question in questions.all()):
        assert box and box["y"] + box["height"] < PHONE["height"]


def _link_to_a_shut_dimension(page: Page) -> str:
    href = page.locator(".answers a.level").first.get_attribute("href")
    assert href
    return href


@pytest.mark.parametrize("script", [True, False])
def test_link_to_a_dimension_opens_it(script: bool, opened: Open) -> None:
    page = opened("equipment/slot-die-coater.html", script=script, viewport=PHONE)
    target = page.locator(_link_to_a_shut_dimension(page))
    expect(target).to_be_hidden()
    page.locator(".answers a.level").first.click()
    expect(target).to_be_visible()
    expect(target.locator(".assess__reason").first).to_be_in_viewport()
    title = page.locator("details.assess[open] > summary")
    expect(title).to_be_in_viewport()


def test_what_is_shut_is_printed_open(opened: Open) -> None:
    page = opened("equipment/slot-die-coater.html", script=False)
    reasons = page.locator(".assess__reason")
    assert reasons.count() > 5
    expect(reasons.first).to_be_hidden()
    page.emulate_media(media="print")
    for reason in reasons.all():
        expect(reason).to_be_visible()


def test_what_heads_or_explains_stays_on_the_sheet_of_what_it_is_about(opened: Open) -> None:
    page = opened("equipment/slot-die-coater.html")
    page.emulate_media(media="print")
    assert page.locator(".asked").first.evaluate("one => getComputedStyle(one).breakAfter") == "avoid"
    page = opened("dimensions/precision.html")
    page.emulate_media(media="print")
    assert page.locator(".certainty").first.evaluate("one => getComputedStyle(one).breakInside") == "avoid"
    page = opened("gap.html")
    page.emulate_media(media="print")
    assert page.locator(".index li").first.evaluate("one => getComputedStyle(one).breakInside") == "avoid"


def test_charts_need_no_opening_where_there_is_room(opened: Open) -> None:
    chart = "details.chart .drawing"
    expect(opened("market.html", viewport={"width": 1440, "height": 900}).locator(chart).first).to_be_visible()
    page = opened("market.html", viewport=PHONE)
    expect(page.locator(chart).first).to_be_hidden()
    page.locator("details.chart > summary").first.click()
    expect(page.locator(chart).first).to_be_visible()
