"""Every interactive block in a browser: by pointer, by keyboard, from an address, and readable without script.

The weight lab, the definitions of terms, filters and sorted tables have modules of their own.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from site_tests.conftest import Open
from site_tests.support.browser import tab_to
from site_tests.support.records import CLASSES, STAGES
from site_tests.support.server import Served

BY_ID = {record["id"]: record for record in CLASSES}


# The gap matrix: one edition at a time, or the change between two.


def seen_editions(page: Page) -> list[str]:
    return page.locator("#matrix > .edition:visible").evaluate_all("parts => parts.map(part => part.dataset.edition)")


def test_edition_of_the_matrix_is_switched_by_pointer(opened: Open) -> None:
    page = opened("landscape.html")
    assert seen_editions(page) == ["2026"]
    for edition in ("2019", "change"):
        page.locator(f".switch label:has([value='{edition}'])").click()
        assert seen_editions(page) == [edition]
        assert page.url.endswith(f"?edition={edition}")
    page.locator(".switch label:has([value='2026'])").click()
    assert seen_editions(page) == ["2026"]
    assert page.url.endswith("landscape.html"), "the first view needs no query"


def test_edition_of_the_matrix_is_switched_by_keyboard(opened: Open) -> None:
    page = opened("landscape.html")
    tab_to(page, page.locator(".switch input").first)
    walked = []
    for _ in range(3):
        page.keyboard.press("ArrowRight")
        walked += seen_editions(page)
    assert walked == ["2019", "change", "2026"]


def test_change_view_opens_from_its_address_and_says_every_move(opened: Open) -> None:
    page = opened("landscape.html?edition=change")
    assert seen_editions(page) == ["change"]
    moves = page.locator("#matrix [data-edition=change] td[class*=mv-] a")
    recorded = {(name, row["dimension"]) for name, record in BY_ID.items() for row in record["assessments"]}
    assert moves.count() == len(recorded)
    names = moves.evaluate_all("all => all.map(one => one.ariaLabel)")
    assert [name for name in names if not re.fullmatch(r"\S+→\S+ [a-z ]+: .+ then, .+ now", name)] == []


def reason_of(page: Page) -> str:
    """Return the reason that the address of the page points at, which must be seen without scrolling."""
    name = page.url.rpartition("#")[2]
    card = page.locator(f"[id='{name}']")
    expect(card).to_be_in_viewport()
    return " ".join(card.locator(".assess__reason").first.inner_text().split())


@pytest.mark.parametrize(("hand", "script"), [("pointer", False), ("keyboard", True)])
def test_cell_of_the_matrix_opens_its_reason(hand: str, script: bool, opened: Open) -> None:
    page = opened("landscape.html", script=script)
    cell = page.locator("#matrix [data-edition='2026'] a[href='equipment/slot-die-head.html#precision']")
    if hand == "pointer":
        cell.click()
    else:
        cell.focus()
        page.keyboard.press("Enter")
    page.wait_for_url("**/equipment/slot-die-head.html#precision")
    found = [
        row["reason"]
        for row in BY_ID["slot-die-head"]["assessments"]
        if (row["dimension"], row["edition"]) == ("precision", "2026")
    ]
    assert [reason_of(page)] == [" ".join(reason.split()) for reason in found]


def test_without_script_the_matrix_of_every_edition_is_titled(opened: Open) -> None:
    page = opened("landscape.html", script=False)
    assert seen_editions(page) == ["2026", "2019", "change"]
    assert page.locator("#matrix .edition__title:visible").count() == 3
    assert not page.locator(".switch").first.is_visible()


# The process chain.


@pytest.mark.parametrize("script", [True, False])
def test_chain_shows_every_class_in_its_stage_and_leads_to_it(script: bool, opened: Open) -> None:
    page = opened("landscape.html", script=script)
    links = page.locator(".chain__class a:visible").evaluate_all(
        "all => all.map(one => [one.closest('.chain__stage').id, one.getAttribute('href')])"
    )
    shown = {stage: {link for at, link in links if at == stage} for stage, _ in links}
    assert list(shown) == STAGES
    assert shown == {
        stage: {f"equipment/{name}.html" for name, record in BY_ID.items() if record["stage"] == stage}
        for stage in STAGES
    }
    second = page.locator(".chain__class a").nth(1)
    tab_to(page, second) if script else second.focus()
    target = second.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{target}")
    page.go_back()
    box = page.locator(f".chain__class:has(a[href='{target}'])")
    box.click(position={"x": box.bounding_box()["width"] - 4, "y": 4})  # all of it leads there, not its words alone
    page.wait_for_url(f"**/{target}")


# Disclosures, definitions, citation.


@pytest.mark.parametrize("script", [True, False])
def test_evidence_of_a_claim_is_unfolded_by_pointer_and_keyboard(script: bool, opened: Open) -> None:
    page = opened("claims.html", script=script)
    fold = page.locator(".claim details").first
    facts = fold.locator(".evi > li").first
    expect(facts).not_to_be_visible()
    fold.locator("summary").click()
    expect(facts).to_be_visible()
    page.keyboard.press("Enter")
    expect(facts).not_to_be_visible()
    page.keyboard.press("Space")
    expect(facts).to_be_visible()


def test_definition_stays_under_the_pointer(opened: Open) -> None:
    """WCAG 1.4.13: what opens on hover can be hovered itself, and stays until the pointer leaves both."""
    page = opened("index.html", viewport={"width": 1440, "height": 900})
    term, shown = page.locator("main p > .term:visible").first, page.locator(".md-tooltip2--active")
    term.scroll_into_view_if_needed()
    definition = term.get_attribute("title")
    term.hover()
    expect(shown).to_have_text(definition)
    page.wait_for_timeout(300)  # it slides into its place
    box = shown.locator(".md-tooltip2__inner").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=12)
    page.wait_for_timeout(1000)
    expect(shown).to_have_text(definition)
    page.mouse.move(0, 0)
    expect(shown).to_have_count(0)


@pytest.mark.parametrize("hand", ["pointer", "keyboard"])
def test_citation_is_copied(hand: str, opened: Open, served: Served) -> None:
    page = opened("gap.html")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=served.address.rstrip("/"))
    button = page.locator("[data-copy]")
    if hand == "pointer":
        button.click()
    else:
        tab_to(page, button)
        page.keyboard.press("Enter")
    expect(button).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#cite-page").inner_text()


def test_without_script_the_citation_is_read_and_its_button_is_not_shown(opened: Open) -> None:
    page = opened("gap.html", script=False)
    assert page.locator("#cite-page").is_visible()
    assert not page.locator("[data-copy]").is_visible()


# Light and dark.

PAPER = "() => getComputedStyle(document.body).backgroundColor"


@pytest.mark.parametrize(("hand", "system"), [("pointer", "light"), ("keyboard", "dark")])
def test_scheme_is_switched_and_remembered_on_other_pages(hand: str, system: str, opened: Open, served: Served) -> None:
    page = opened("gap.html", color_scheme=system)
    before = page.evaluate(PAPER)
    if hand == "keyboard":
        tab_to(page, page.locator("[data-palette] input").first)
    # From the system's preference to light, and on to dark.
    for _ in range(1 if system == "dark" else 2):
        if hand == "pointer":
            page.locator("[data-palette] label:visible").click()
        else:
            page.keyboard.press("Enter")
    after = page.evaluate(PAPER)
    assert after != before
    page.goto(served.address + "method.html")
    assert page.evaluate(PAPER) == after


# Menu.


@pytest.mark.parametrize("script", [True, False])
def test_menu_of_small_screens_leads_to_every_part(script: bool, opened: Open) -> None:
    page = opened("gap.html", script=script, viewport={"width": 390, "height": 844})
    page.locator("label.md-header__button[for=__drawer]").click()
    # The menu opens at the section of the page; its title leads back to all sections.
    page.locator(".md-nav__item--active > .md-nav > label.md-nav__title").first.click()
    page.locator("label.md-nav__link", has_text="Market").click()
    page.locator(".md-sidebar--primary a", has_text="Timeline").click()
    page.wait_for_url("**/timeline.html")
