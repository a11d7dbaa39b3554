"""Every interactive block in a browser: by pointer, by keyboard, from an address, and readable without script.

The weight lab, the definitions of terms and the filters of the matrix have modules of their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Locator, Page, expect

from site_tests.browser import until
from site_tests.built import ROOT
from site_tests.server import Served

Open = Callable[..., Page]


def read(name: str) -> Any:
    return yaml.safe_load((ROOT / "data" / name).read_text(encoding="utf-8"))


def read_all(folder: str) -> list[dict[str, Any]]:
    return [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "data" / folder).glob("*.yml"))]


CLASSES = {record["id"]: record for record in read_all("equipment")}
SUPPLIERS = read_all("suppliers")
EVENTS = read("timeline.yml")["events"]
CLAIMS = read("claims.yml")["claims"]
STAGES = [stage["id"] for stage in read("stages.yml")["stages"]]
HOME = set(read("report.yml")["home_market"]["countries"])


@pytest.fixture
def opened(browser: Browser, served: Served) -> Iterator[Open]:
    """Return a function that opens a page of the report in a browser of its own; it must throw no error."""
    contexts, failures = [], []

    def go(address: str, script: bool = True, **options: Any) -> Page:
        contexts.append(browser.new_context(java_script_enabled=script, **options))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: failures.append(str(error)))
        page.goto(served.address + address)
        return page

    yield go
    for context in contexts:
        context.close()
    assert failures == []


def tab_to(page: Page, target: Locator) -> None:
    """Focus what stands before a control, and reach it with the Tab key."""
    target.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(target).to_be_focused()


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
    recorded = {(name, row["dimension"]) for name, record in CLASSES.items() for row in record["assessments"]}
    assert moves.count() == len(recorded)
    names = moves.evaluate_all("all => all.map(one => one.ariaLabel)")
    assert [name for name in names if not re.fullmatch(r"[a-z ]+: .+ then, .+ now", name)] == []


def reason_of(page: Page) -> str:
    """Return the reason that the address of the page points at, which must be seen without scrolling."""
    name = page.url.rpartition("#")[2]
    card = page.locator(f"[id='{name}']")
    expect(card).to_be_in_viewport()
    return " ".join(card.locator(".assess-current .assess__reason").inner_text().split())


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("hand", ["pointer", "keyboard"])
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
        for row in CLASSES["slot-die-head"]["assessments"]
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
    shown = {
        stage.get_attribute("id"): {
            link.get_attribute("href") for link in stage.locator(".chain__class").all() if link.is_visible()
        }
        for stage in page.locator(".chain__stage").all()
    }
    assert list(shown) == STAGES
    assert shown == {
        stage: {f"equipment/{name}.html" for name, record in CLASSES.items() if record["stage"] == stage}
        for stage in STAGES
    }
    tab_to(page, page.locator(".chain__class").nth(1)) if script else page.locator(".chain__class").nth(1).focus()
    target = page.locator(".chain__class").nth(1).get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{target}")
    page.go_back()
    page.locator(f".chain__class[href='{target}']").click()
    page.wait_for_url(f"**/{target}")


# Filters.


def names_shown(page: Page) -> set[str]:
    return set(page.locator("#supplier-table tbody tr:visible th a").all_inner_texts())


def makers(**asked: str) -> set[str]:
    """Return the companies of a country that make a class."""
    return {
        record["name"]
        for record in SUPPLIERS
        if record["country"] == asked.get("country", record["country"])
        and asked.get("equipment", "") in ["", *(item["id"] for item in record["equipment"])]
        and record["status"] == asked.get("status", record["status"])
    }


def foreign(record: dict[str, Any]) -> bool:
    return record["country"] is not None and record["country"] not in HOME


def test_companies_are_chosen_by_pointer_and_the_choice_is_kept_in_the_address(opened: Open) -> None:
    page = opened("suppliers.html")
    page.select_option("select[name=equipment]", "slot-die-coater")
    page.select_option("select[name=country]", "JP")
    expected = makers(equipment="slot-die-coater", country="JP")
    assert names_shown(page) == expected != set()
    page.locator("input[name=origin][value=imported]").check()
    assert names_shown(page) == expected
    assert sorted(re.split("[?&]", page.url)[1:]) == ["country=JP", "equipment=slot-die-coater", "origin=imported"]
    page.reload()
    assert names_shown(page) == expected
    assert page.locator("select[name=country]").input_value() == "JP"
    assert page.locator("input[name=origin]:checked").count() == 1
    assert page.locator(".facets output").inner_text() == f"{len(expected)} of {len(SUPPLIERS)} shown"


def test_companies_are_chosen_by_keyboard(opened: Open) -> None:
    page = opened("suppliers.html")
    tab_to(page, page.locator("input[name=origin][value=imported]"))
    page.keyboard.press("Space")
    assert names_shown(page) == {record["name"] for record in SUPPLIERS if foreign(record)}
    tab_to(page, page.locator("input[name=status][value=in-house]"))
    page.keyboard.press("Space")
    assert names_shown(page) == {
        record["name"] for record in SUPPLIERS if foreign(record) and record["status"] == "in-house"
    }
    tab_to(page, page.locator(".facets button[type=reset]"))
    page.keyboard.press("Enter")
    until(page, "!location.search")
    assert names_shown(page) == {record["name"] for record in SUPPLIERS}


def test_part_of_a_local_name_finds_its_company(opened: Open) -> None:
    page = opened("suppliers.html")
    page.locator(".facets input[type=search]").fill("先导")
    found = {record["name"] for record in SUPPLIERS if "先导" in str(record)}
    assert "Wuxi Lead Intelligent Equipment" in names_shown(page) <= found
    page.locator(".facets input[type=search]").fill("no such company")
    assert names_shown(page) == set()
    assert page.locator("[data-empty]").is_visible()


def test_events_are_chosen_by_side_and_kind(opened: Open) -> None:
    page = opened("timeline.html")
    tab_to(page, page.locator(".facets input[name=origin][value=domestic]"))
    page.keyboard.press("Space")
    side = [event for event in EVENTS if event["origin"] == "domestic"]
    assert page.locator(".event:visible").count() == len(side)
    page.select_option("select[name=kind]", "technology")
    chosen = [event for event in side if event["kind"] == "technology"]
    assert page.locator(".event:visible").count() == len(chosen) > 0
    years = page.locator(".timeline__year:visible h3").all_inner_texts()
    assert years == sorted({event["date"][:4] for event in chosen})
    page.reload()
    assert page.locator(".event:visible").count() == len(chosen)


def test_claims_are_chosen_by_kind(opened: Open) -> None:
    page = opened("claims.html")
    kind = min(claim["kind"] for claim in CLAIMS)
    tab_to(page, page.locator("select[name=kind]"))
    while page.locator("select[name=kind]").input_value() != kind:
        page.keyboard.press("ArrowDown")
    assert page.locator(".claim:visible").count() == sum(claim["kind"] == kind for claim in CLAIMS) < len(CLAIMS)


FILTERED = {
    "landscape.html": "#matrix [data-edition='2026'] [data-row]",
    "suppliers.html": "#supplier-table tbody tr",
    "timeline.html": ".event",
    "claims.html": ".claim",
    "evidence/slot-die-head.html": "#fact-list > *",
    "sources/company.html": "#source-list > *",
}


@pytest.mark.parametrize("name", FILTERED)
def test_words_typed_leave_the_rows_that_have_them(name: str, opened: Open) -> None:
    """The rows of the page as it is without script say which ones these are."""
    plain = opened(name, script=False)
    rows = [" ".join(text.lower().split()) for text in plain.locator(FILTERED[name]).all_text_contents()]
    assert plain.locator(f"{FILTERED[name]}:visible").count() == len(rows)
    assert not plain.locator("form.facets").is_visible()
    page = opened(name)
    field = page.locator("form.facets input[type=search]")
    tab_to(page, field)
    page.keyboard.type("laser")
    expected = [text for text in rows if "laser" in text]
    assert page.locator(f"{FILTERED[name]}:visible").count() == len(expected) < len(rows)
    assert page.locator("form.facets output").inner_text() == f"{len(expected)} of {len(rows)} shown"
    assert page.url.endswith("?q=laser")


# Sorted tables.


def column(page: Page, table: str, number: int) -> list[str]:
    return page.locator(f"{table} tbody tr").evaluate_all(
        "(rows, at) => rows.map(row => (row.cells[at].dataset.sort ?? row.cells[at].textContent).trim())", number
    )


def test_companies_are_sorted_by_year_by_pointer_with_unknown_ones_last(opened: Open) -> None:
    page = opened("suppliers.html")
    head = page.locator("#supplier-table thead th").nth(4)
    years = sorted(record["founded"] for record in SUPPLIERS if record["founded"])
    unknown = [""] * (len(SUPPLIERS) - len(years))
    for state, expected in (("ascending", years), ("descending", years[::-1]), ("ascending", years)):
        head.locator("button").click()
        assert head.get_attribute("aria-sort") == state
        assert column(page, "#supplier-table", 4) == [*map(str, expected), *unknown]
    page.locator("#supplier-table thead th").first.locator("button").click()
    states = page.locator("#supplier-table thead th").evaluate_all("heads => heads.map(head => head.ariaSort)")
    assert states == ["ascending"] + ["none"] * 5


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_ranking_is_sorted_by_keyboard_and_the_focus_stays(key: str, opened: Open) -> None:
    page = opened("gap.html")
    table = page.locator("table.sortable").first
    page.locator("details:has(table.sortable) > summary").first.click()
    at = table.locator("thead th").evaluate_all("heads => heads.findLastIndex(head => head.matches('.num'))")
    before = [float(text.replace("−", "-")) for text in column(page, "table.sortable >> nth=0 >>", at)]
    assert before == sorted(before, reverse=True)
    button = table.locator("thead th").nth(at).locator("button")
    tab_to(page, button)
    page.keyboard.press(key)
    expect(button).to_be_focused()
    after = [float(text.replace("−", "-")) for text in column(page, "table.sortable >> nth=0 >>", at)]
    assert after == sorted(before) != before


def test_without_script_tables_are_whole_and_have_no_button(opened: Open) -> None:
    page = opened("suppliers.html", script=False)
    assert names_shown(page) == {record["name"] for record in SUPPLIERS}
    assert page.locator(".sort, [aria-sort]").count() == 0


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


CARD = "term => getComputedStyle(term, '::after').content"


def test_definition_stays_under_the_pointer_and_goes_on_escape(opened: Open) -> None:
    """WCAG 1.4.13: what opens on hover can be hovered itself, stays, and is dismissed without moving the pointer."""
    page = opened("index.html", viewport={"width": 1440, "height": 900})
    term = page.locator("main p > .term:visible").first
    term.scroll_into_view_if_needed()
    term.hover()
    assert term.evaluate(CARD) != "none"
    lines = term.evaluate("term => [...term.getClientRects()].map(line => line.toJSON())")
    x, y = lines[-1]["x"] + lines[-1]["width"] / 2, lines[-1]["bottom"]
    page.mouse.move(x, y - 4)
    page.mouse.move(x, y + 12, steps=12)
    assert term.evaluate(CARD) != "none", "the pointer is on the definition"
    page.keyboard.press("Escape")
    assert term.evaluate(CARD) == "none"
    page.mouse.move(0, 0)
    term.hover()
    assert term.evaluate(CARD) != "none"


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
TOKENS = """() => {
    const style = getComputedStyle(document.documentElement);
    return Object.fromEntries([...style].filter(name => name.startsWith("--")).map(name => [name, style.getPropertyValue(name)]));
}"""


@pytest.mark.parametrize("system", ["light", "dark"])
@pytest.mark.parametrize("hand", ["pointer", "keyboard"])
def test_scheme_is_switched_and_remembered_on_other_pages(hand: str, system: str, opened: Open, served: Served) -> None:
    page = opened("gap.html", color_scheme=system)
    button, before = page.locator("[data-scheme]"), page.evaluate(PAPER)
    assert button.get_attribute("aria-pressed") == str(system == "dark").lower()
    if hand == "pointer":
        button.click()
    else:
        tab_to(page, button)
        page.keyboard.press("Enter")
    after = page.evaluate(PAPER)
    assert after != before
    assert button.get_attribute("aria-pressed") == str(system == "light").lower()
    page.goto(served.address + "method.html")
    assert page.evaluate(PAPER) == after


def test_without_script_the_system_chooses_the_same_colours(opened: Open) -> None:
    found = {}
    for scheme in ("light", "dark"):
        for script in (True, False):
            page = opened("gap.html", script=script, color_scheme=scheme)
            found[scheme, script] = page.evaluate(TOKENS)
            assert page.locator("[data-scheme]").is_visible() == script
    assert found["light", False] == found["light", True]
    assert found["dark", False] == found["dark", True]
    assert found["light", True]["--paper"] != found["dark", True]["--paper"]


# Search and menu.


def test_search_is_used_by_keyboard_alone(opened: Open) -> None:
    page = opened("method.html")
    page.keyboard.press("Control+k")
    expect(page.locator(".finder input")).to_be_focused()
    page.keyboard.type("winding mach")
    page.locator(".finder__list a").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".finder__list a").nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator(".finder__list a").first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/equipment/winding-machine.html")


def test_search_closes_on_escape_and_gives_the_focus_back(opened: Open) -> None:
    page = opened("method.html")
    tab_to(page, page.locator("[data-find]"))
    page.keyboard.press("Enter")
    expect(page.locator(".finder")).to_be_visible()
    for _ in range(6):  # the focus stays in the window
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('.finder')")
    page.keyboard.press("Escape")
    expect(page.locator(".finder")).not_to_be_visible()
    expect(page.locator("[data-find]")).to_be_focused()


@pytest.mark.parametrize("script", [True, False])
def test_menu_of_small_screens_leads_to_every_part(script: bool, opened: Open) -> None:
    page = opened("gap.html", script=script, viewport={"width": 390, "height": 844})
    page.locator(".menu > summary").focus()
    page.keyboard.press("Enter")
    link = page.locator(".menu__panel a", has_text="Timeline")
    expect(link).to_be_visible()
    if script:
        page.keyboard.press("Escape")
        expect(link).not_to_be_visible()
        page.locator(".menu > summary").click()
    link.click()
    page.wait_for_url("**/timeline.html")
