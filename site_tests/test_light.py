"""Light: what the first view of every kind of page asks for, and that nothing moves while it loads."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from site_tests.built import kinds
from site_tests.server import Served

LIMIT = 150_000
SHIFTS = """
    window.shifts = [];
    new PerformanceObserver(list => list.getEntries().forEach(entry => window.shifts.push(
        [entry.value, ...entry.sources.map(source => source.node?.outerHTML?.slice(0, 120) ?? "")]
    ))).observe({ type: "layout-shift", buffered: true });
"""


def _late(route: Route) -> None:
    """Scripts come after the page has been drawn, as they may on a slow line: what they show must have its place."""
    time.sleep(0.25)
    route.continue_()


def _settled(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


@pytest.fixture(scope="module")
def first_views(site: Path, served: Served, browser: Browser) -> dict[str, list[tuple[str, int]]]:
    """What each kind of page asks for when a browser comes to it for the first time."""
    views = {}
    for name in kinds(site):
        context = browser.new_context()
        served.answers.clear()
        page = context.new_page()
        page.goto(served.address + name, wait_until="networkidle")
        icon = page.get_attribute("link[rel=icon]", "href")
        views[name] = list(dict([*served.answers, (f"/{Path(icon or '').name}", len(served.body(site / "assets" / Path(icon or "").name)))]).items())
        context.close()
    return views


def test_first_view_of_every_kind_of_page_is_light(first_views: dict[str, list[tuple[str, int]]]) -> None:
    heavy = {name: sorted(answers, key=lambda answer: -answer[1])[:3] for name, answers in first_views.items() if sum(size for _, size in answers) > LIMIT}
    assert heavy == {}


def test_no_page_asks_for_the_index_of_the_search_at_once(first_views: dict[str, list[tuple[str, int]]]) -> None:
    assert [name for name, answers in first_views.items() if any("search-index" in path for path, _ in answers)] == []


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_moves_while_a_page_loads(width: int, site: Path, served: Served, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": width, "height": 2000})
    context.add_init_script(SHIFTS)
    context.route("**/assets/*.js", _late)
    page = context.new_page()
    moved = {}
    for name in kinds(site):
        page.goto(served.address + name)
        _settled(page)
        shifts = page.evaluate("window.shifts")
        if round(sum(value for value, *_ in shifts), 3):
            moved[name] = shifts
    context.close()
    assert moved == {}
