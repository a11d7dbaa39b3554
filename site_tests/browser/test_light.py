"""Light: what the first view of every kind of page asks for on a phone, of some on a desktop, and that nothing moves while it loads.

Nor does any scroll sideways on the narrowest of screens: the pages are here, and to load them again takes seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from site_tests.support.built import kinds, sample
from site_tests.support.server import Served

LIMIT = 150_000
# Pages with many citations in one place.
CROWDED = [f"equipment/{name}.html" for name in ("formation-grading", "logistics-automation", "slot-die-head")]
SCREENS = {"phone": (390, 844, lambda site: [*kinds(site), *CROWDED]), "desktop": (1440, 900, sample)}
SHIFTS = """
    window.shifts = [];
    new PerformanceObserver(list => list.getEntries().forEach(entry => window.shifts.push(
        [entry.value, ...entry.sources.map(source => source.node?.outerHTML?.slice(0, 120) ?? "")]
    ))).observe({ type: "layout-shift", buffered: true });
"""
# What has browsers style all of a page anew: another class of its root, and Material's mark of a scheme that changes.
ANEW = """
    window.anew = [];
    new MutationObserver(list => list.forEach(({ target, attributeName: name, oldValue: before }) => {
        if (document.body && [document.documentElement, document.body].includes(target) && before !== target.getAttribute(name))
            anew.push(`${target.tagName} ${name}`);
    })).observe(document, { subtree: true, attributeOldValue: true, attributeFilter: ["class", "data-md-color-switching"] });
"""
# How wide a page is as it is, and under the text spacing of WCAG 1.4.12, that readers may set by themselves.
WIDTHS = """
async () => {
    const width = async () => {
        await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
        return document.documentElement.scrollWidth;
    };
    const own = await width(), spaced = new CSSStyleSheet();
    spaced.replaceSync(`
        * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
        p { margin-bottom: 2em !important }
    `);
    document.adoptedStyleSheets.push(spaced);
    return [own, await width()];
}
"""
DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50))))"


@dataclass
class View:
    """A page as a browser sees it that never was here: answers with their size, hosts asked, what moved, what was styled anew, and how wide a phone's is on the narrowest."""

    answers: dict[str, int]
    hosts: set[str]
    shifts: list[list[Any]]
    anew: list[str]
    widths: list[int]


@pytest.fixture(scope="module")
def first_views(site: Path, served: Served, browser: Browser) -> dict[tuple[str, str], View]:
    """The pages on the screens, their script coming after the page has been drawn, as on a slow line."""
    served.held = "report.js"
    views = {}
    for screen, (width, height, names) in SCREENS.items():
        page = browser.new_page(viewport={"width": width, "height": height})
        page.add_init_script(SHIFTS + ANEW)
        page.goto(served.address)  # a browser just started finds its fonts on the way
        for name in names(site):
            page.set_viewport_size({"width": width, "height": height})
            views[name, screen] = _calmest(page, served, name)
            if screen == "phone":
                page.set_viewport_size({"width": 320, "height": height})
                views[name, screen].widths = page.evaluate(WIDTHS)
        page.context.close()
    served.held = ""
    return views


def _calmest(page: Page, served: Served, name: str) -> View:
    """Return the view of a page in which least moved: one that moves by itself does so each time.

    On a busy machine a font of the system may come later than the first drawing, whatever the page does.
    """
    view = _view(page, served, name)
    for _ in range(2):
        if view.shifts:
            view = min(view, _view(page, served, name), key=lambda each: sum(value for value, *_ in each.shifts))
    return view


def _view(page: Page, served: Served, name: str) -> View:
    served.answers.clear()
    hosts: set[str] = set()
    note = lambda request: hosts.add(urlsplit(request.url).netloc)  # noqa: E731 - to be taken off again
    page.on("request", note)
    page.goto(served.address + name)
    page.evaluate(DRAWN)
    page.remove_listener("request", note)
    icon = served.folder / "assets" / Path(urlsplit(page.get_attribute("link[rel=icon]", "href") or "").path).name
    return View(
        {**dict(served.answers), icon.name: len(served.body(icon))},
        hosts,
        page.evaluate("window.shifts"),
        page.evaluate("anew"),
        [],
    )


def test_first_view_of_every_kind_of_page_is_light(first_views: dict[tuple[str, str], View]) -> None:
    heavy = {place: view.answers for place, view in first_views.items() if sum(view.answers.values()) > LIMIT}
    assert heavy == {}


def test_no_page_asks_another_host(served: Served, first_views: dict[tuple[str, str], View]) -> None:
    own = urlsplit(served.address).netloc
    assert {place: view.hosts for place, view in first_views.items() if view.hosts != {own}} == {}


def test_nothing_moves_while_a_page_loads(first_views: dict[tuple[str, str], View]) -> None:
    moved = {
        place: view.shifts for place, view in first_views.items() if round(sum(value for value, *_ in view.shifts), 3)
    }
    assert moved == {}


def test_no_page_is_styled_anew_by_the_scripts_it_starts_with(first_views: dict[tuple[str, str], View]) -> None:
    assert {place: view.anew for place, view in first_views.items() if view.anew} == {}


def test_no_page_scrolls_sideways_at_320_pixels(first_views: dict[tuple[str, str], View]) -> None:
    widths = {name: view.widths for (name, screen), view in first_views.items() if screen == "phone"}
    assert {name: found for name, found in widths.items() if max(found) > 320} == {}
