"""Accessible: axe-core on every kind of page in a real browser, and what it does not ask: the keyboard, motion."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

from site_tests.support.axe import RULES, VIOLATIONS, switch, violations
from site_tests.support.server import Served

SCREENS = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1440, "height": 900}}

# Folded and filtered parts are opened, since axe looks at what can be seen. Of elements alike in path, classes, attributes
# and in having words the first two stay: thousands of rows would take minutes. What gives another its name stays whole.
PREPARE = """
() => {
    const main = document.querySelector("main"), seen = {}, kept = new Map();
    const whole = "a, button, label, legend, summary, caption, th, dt, h1, h2, h3, h4, h5, h6, select";
    const sign = element => element.tagName + "." + element.getAttribute("class") + "[" + element.getAttributeNames() + "]"
        + element.getAttribute("style") + [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
    const read = (element, above) => {
        const path = above + ">" + sign(element), all = [path];
        if (!element.matches(whole)) for (const child of element.children) all.push(...read(child, path));
        kept.set(element, all);
        return all;
    };
    const thin = element => {
        for (const child of element.matches(whole) ? [] : [...element.children]) {
            const all = kept.get(child);
            if (child.matches("tr, tbody, li, section, div, figure, details, article, p, a, span, svg :not(title, desc)") && all.every(path => seen[path] > 1)) child.remove();
            else { seen[all[0]] = (seen[all[0]] || 0) + 1; thin(child); }
        }
    };
    for (const part of main.querySelectorAll("details, [hidden]")) { part.open = true; part.hidden = false; }
    read(main, "");
    thin(main);
}
"""
# What is the same on every page but for the place that is marked in it.
FRAME = {"exclude": [".md-header", ".md-tabs", ".md-sidebar--primary", ".md-footer"]}
# Pages looked at with that frame around them, beside covers and the one for missing ones: one of each folder of records.
WHOLE = ("index.html", "404.html")


@pytest.fixture(scope="module")
def page(browser: Browser) -> Page:
    """A page that the tests send to one address after another."""
    return browser.new_page(reduced_motion="reduce")


def show(page: Page, address: str, screen: str = "desktop") -> None:
    """Open an address on a screen, in the light scheme."""
    page.set_viewport_size(SCREENS[screen])
    page.emulate_media(color_scheme="light")
    page.goto(address)


def wrong(page: Page, parts: Any = None) -> dict[tuple[str, str], list[str]]:
    """Return what axe finds on every screen in the light scheme, and in the dark one on the widest, whose colours are those of all."""
    found = {}
    for screen, scheme in (("phone", "light"), ("desktop", "light"), ("desktop", "dark")):
        page.set_viewport_size(SCREENS[screen])
        found[screen, scheme] = violations(page, scheme, parts)
    return found


def test_axe_finds_no_violation_on_any_kind_of_page(shown: tuple[Served, list[str]], page: Page) -> None:
    served, names = shown
    found = {}
    for name in names:
        show(page, served.address + name, "phone")
        page.evaluate(PREPARE)
        parts = None if name.endswith(WHOLE) else FRAME
        found.update({(name, *variant): said for variant, said in wrong(page, parts).items() if said})
    assert found == {}


def test_targets_of_a_whole_page_are_large_enough(served: Served, page: Page) -> None:
    """What was thinned out above has neighbours of its own: a long page of many kinds of links, as a phone shows it."""
    show(page, served.address + "market.html", "phone")
    page.evaluate(AXE_SCRIPT)
    assert page.evaluate(VIOLATIONS, [{"runOnly": ["target-size"], "resultTypes": ["violations"]}, None]) == []


def test_axe_finds_no_violation_in_menu_and_search(served: Served, page: Page) -> None:
    show(page, served.address + "glossary.html", "phone")
    page.locator("[for=__drawer].md-header__button").press("Enter")
    page.locator(".md-sidebar--primary label.md-nav__link", has_text="Evidence").press("Enter")
    page.locator(".md-sidebar--primary a", has_text="Sources").wait_for()
    found = {("menu", *variant): said for variant, said in wrong(page).items()}  # on wide screens tabs are the menu
    for name, parts in (
        ("glossary.html", None),
        ("index.html", {"include": [".md-search"]}),
    ):  # a cover has other colours
        show(page, served.address + name, "phone")
        page.locator(".md-search__input").wait_for(state="attached")
        page.keyboard.press("s")
        page.keyboard.type("coater")
        results = page.locator(".md-search-result__link")
        results.first.wait_for()
        found.update({("search", name, *variant): said for variant, said in wrong(page, parts).items()})
        assert results.first.is_visible()
    assert {place: said for place, said in found.items() if said} == {}


def test_axe_would_find_what_is_wrong(served: Served, page: Page) -> None:
    """Else the tests above could be green because nothing is looked at."""
    show(page, served.address + "glossary.html", "phone")
    page.evaluate(PREPARE)
    page.evaluate(
        """document.querySelector("main").insertAdjacentHTML("beforeend",
        '<p id="faint">Faint</p><h6></h6>');
        document.getElementById("faint").style.cssText = "color:var(--rule);background:var(--paper)";"""
    )
    found = {variant: {said.split(":")[0] for said in listed} for variant, listed in wrong(page).items()}
    assert {variant: names >= {"color-contrast"} for variant, names in found.items()} == dict.fromkeys(found, True)
    assert [("empty-heading" in names) for (_, scheme), names in found.items() if scheme == "light"] == [True, True]


def test_schemes_differ(served: Served, page: Page) -> None:
    """Else the tests above would look at light pages twice."""
    show(page, served.address + "gap.html")
    shades = set()
    for scheme in RULES:
        switch(page, scheme)
        shades.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert len(shades) == 2


FOCUS = """
() => {
    const at = document.activeElement, style = getComputedStyle(at);
    const inputs = [...document.querySelectorAll("*:not([role=tooltip], [role=tooltip] *)")]; // those come and go
    // Material's choice of a scheme has no size: the label after it stands for it.
    const box = (at.matches(".md-option") ? at.nextElementSibling : at).getBoundingClientRect();
    return { tag: at.tagName, order: inputs.indexOf(at), outline: parseFloat(style.outlineWidth) * (style.outlineStyle !== "none"),
             shown: box.width > 0 && box.bottom > 0 && box.top < innerHeight, html: at.outerHTML.slice(0, 120),
             near: at.nextElementSibling ? parseFloat(getComputedStyle(at.nextElementSibling).outlineWidth) : 0 };
}
"""


@pytest.mark.parametrize(
    "name", ["index.html", "maschinen.html", "firmen.html", "vorhaben.html", "equipment/wire-saw.html"]
)
@pytest.mark.parametrize("screen", SCREENS)
def test_keyboard_goes_through_a_page_in_order_and_shows_where_it_is(
    name: str, screen: str, hosted: Served, page: Page
) -> None:
    show(page, hosted.address + name, screen)
    stops = []
    for _ in range(45):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop["tag"] == "BODY":
            break  # through the whole page
        stops.append(stop)
    assert len(stops) > 20
    assert stops[0]["html"].startswith('<a href="#'), "the first stop skips to the text"
    assert [stop["order"] for stop in stops] == sorted(stop["order"] for stop in stops)
    assert [stop["html"] for stop in stops if not stop["shown"] or not (stop["outline"] or stop["near"])] == []


UNMARKED = """
() => {
    const outline = element => {
        const style = element ? getComputedStyle(element) : {};
        return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && style.outlineColor;
    };
    document.activeElement.blur();
    const places = [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex]")]
        .filter(place => place.tabIndex >= 0 && place.checkVisibility({ visibilityProperty: true }));
    const bad = places.filter(place => {
        const before = outline(place) || outline(place.nextElementSibling);
        place.focus({ preventScroll: true });
        const after = outline(place) || outline(place.nextElementSibling);
        return document.activeElement !== place || before || !after;
    });
    return [places.length, bad.map(place => place.outerHTML.slice(0, 120))];
}
"""


def test_every_place_that_takes_the_focus_shows_it(shown: tuple[Served, list[str]], page: Page) -> None:
    served, names = shown
    found, total = {}, 0
    for name in names:
        show(page, served.address + name)
        page.keyboard.press("Tab")  # from here on the browser takes the keyboard to be in use
        places, bad = page.evaluate(UNMARKED)
        total += places
        found.update({name: bad} if bad else {})
    assert found == {}
    assert total > 1000


def test_nothing_moves_for_readers_who_ask_for_less_motion(served: Served, page: Page) -> None:
    moving = """() => [...document.querySelectorAll("*")].filter(element => {
        const style = getComputedStyle(element);
        return parseFloat(style.transitionDuration) || (style.animationName !== "none" && parseFloat(style.animationDuration)) || style.scrollBehavior === "smooth";
    }).map(element => element.outerHTML.slice(0, 100))"""
    for name in ("index.html", "landscape.html", "priorities.html"):
        show(page, served.address + name)
        assert page.evaluate(moving) == [], name
