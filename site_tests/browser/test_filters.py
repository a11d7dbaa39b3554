"""Filters and sorted tables in a browser: by pointer, by keyboard, from an address, and whole without script.

The filters of the matrix have a module of their own.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from site_tests.conftest import Open
from site_tests.support.browser import tab_to, until
from site_tests.support.records import CLAIMS, EVENTS, HOME, SUPPLIERS


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
    tab_to(page, page.locator(".facets [data-reset]"))
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
    page = opened(name)
    rows = [" ".join(text.lower().split()) for text in page.locator(FILTERED[name]).all_text_contents()]
    tab_to(page, page.locator(".facets input[type=search]"))
    page.keyboard.type("laser")
    expected = [text for text in rows if "laser" in text]
    assert page.locator(f"{FILTERED[name]}:visible").count() == len(expected) < len(rows)
    assert page.locator(".facets output").inner_text() == f"{len(expected)} of {len(rows)} shown"
    assert page.url.endswith("?q=laser")


@pytest.mark.parametrize("name", ["timeline.html", "sources/company.html"])
def test_without_script_all_rows_are_there_and_no_filter(name: str, opened: Open) -> None:
    page = opened(name, script=False)
    assert page.locator(f"{FILTERED[name]}:visible").count() == page.locator(FILTERED[name]).count() > 5
    assert not page.locator(".facets").is_visible()


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

    def indices() -> tuple[list[float], set[str]]:
        """Return the figures of the column, and what else stands below them."""
        texts = column(page, "table.sortable >> nth=0 >>", at)
        known = [text for text in texts if text[-1].isdigit()]
        assert texts[: len(known)] == known
        return [float(text.replace("−", "-")) for text in known], set(texts[len(known) :])

    before, others = indices()
    assert before == sorted(before, reverse=True) and others == {"not enough evidence"}
    button = table.locator("thead th").nth(at).locator("button")
    tab_to(page, button)
    page.keyboard.press(key)
    expect(button).to_be_focused()
    assert indices() == (sorted(before), others) and sorted(before) != before


def test_without_script_tables_are_whole_and_have_no_button(opened: Open) -> None:
    page = opened("suppliers.html", script=False)
    assert names_shown(page) == {record["name"] for record in SUPPLIERS}
    assert page.locator(".sort, [aria-sort]").count() == 0
