"""The gap matrix in a browser: filtered by stage and level, kept in the address, whole without script."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from site_tests.conftest import Open, Tab
from site_tests.support.browser import until
from site_tests.support.records import CLASSES, STAGES


@pytest.fixture
def opened(tab: Tab, site: Path) -> Open:
    """Return a function that opens the page of the matrix, from a file."""

    def go(query: str = "", script: bool = True) -> Page:
        page = tab(script)
        page.goto(f"{(site / 'landscape.html').as_uri()}{query}")
        return page

    return go


def names(stage: str) -> set[str]:
    return {record["name"] for record in CLASSES if record["stage"] == stage}


def having(level: str, edition: str) -> set[str]:
    return {r["name"] for r in CLASSES if any((a["level"], a["edition"]) == (level, edition) for a in r["assessments"])}


def shown(page: Page) -> set[str]:
    """Return the classes whose rows can be seen, and check that no empty stage is."""
    rows = page.locator("#matrix [data-row]:visible th a").all_inner_texts()
    heads = page.locator("#matrix .stage:visible").count()
    stages = page.evaluate(
        "new Set([...document.querySelectorAll('#matrix [data-row]')].filter(row => row.offsetParent).map(row => row.dataset.stage)).size"
    )
    assert heads == stages
    return set(rows)


@pytest.mark.parametrize("stage", [STAGES[0], STAGES[-1]])
def test_stage_is_chosen_by_keyboard_and_kept_in_the_address(opened: Open, stage: str) -> None:
    page = opened()
    page.locator(".facets[data-for=matrix] select[name=stage]").focus()
    while page.locator("select[name=stage]").input_value() != stage:
        page.keyboard.press("ArrowDown")
    assert shown(page) == names(stage)
    assert f"?stage={stage}" in page.url
    count = len(names(stage))
    assert page.locator(".facets[data-for=matrix] output").inner_text() == f"{count} of {len(CLASSES)} shown"


def test_address_opens_the_view_it_was_copied_from(opened: Open) -> None:
    page = opened("?stage=assembly&level=clearly-behind&level=ahead&edition=2019")
    assert shown(page) == names("assembly") & (having("clearly-behind", "2019") | having("ahead", "2019"))
    assert page.locator("input[name=level]:checked").count() == 2


def test_levels_belong_to_the_edition_that_is_looked_at(opened: Open) -> None:
    page = opened()
    page.locator(".facets[data-for=matrix] input[value=clearly-behind]").press("Space")
    assert shown(page) == having("clearly-behind", "2026")
    page.locator("input[name=edition][value='2019']").check(force=True)
    assert shown(page) == having("clearly-behind", "2019")
    expected = f"{len(having('clearly-behind', '2019'))} of {len(CLASSES)} shown"
    assert page.locator(".facets[data-for=matrix] output").inner_text() == expected


def test_other_levels_step_back(opened: Open) -> None:
    page = opened("?level=unknown")
    cells = page.locator("#matrix section[data-edition='2026'] td.lv")
    classes = cells.evaluate_all("all => all.map(one => [...one.classList])")
    assert len(classes) > 80
    assert [words for words in classes if ("is-faint" in words) == ("lv-unknown" in words)] == []
    page.locator(".facets[data-for=matrix] [data-reset]").click()
    until(page, "!document.querySelector('#matrix .is-faint')")
    assert len(shown(page)) == len(CLASSES)
    assert "level" not in page.url


def test_nothing_found_is_said(opened: Open) -> None:
    page = opened("?q=nosuchmachine")
    assert shown(page) == set()
    assert page.locator("#matrix ~ [data-empty]").is_visible()


def test_local_name_finds_its_class(opened: Open) -> None:
    record = next(record for record in CLASSES if record["id"] == "winding-machine")
    page = opened(f"?q={record['name_local']}")
    assert shown(page) == {record["name"]}


def test_without_script_every_edition_is_shown_whole(opened: Open) -> None:
    page = opened("?stage=assembly", script=False)
    assert page.locator("#matrix [data-row]:visible").count() == 3 * len(CLASSES)
    assert not page.locator(".facets[data-for=matrix]").is_visible()


def test_every_cell_with_a_level_opens_its_reason(opened: Open) -> None:
    page = opened()
    cells = page.locator("#matrix td.lv:not(.lv-none)")
    links = page.locator("#matrix td.lv:not(.lv-none) > a[href*='#']")
    assert cells.count() == links.count() > 200
