"""The weight lab in a real browser: the same numbers as the build, by preset, by slider and by address."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from macros.derive.priority import Scored, rank
from macros.model.method import Criterion
from macros.present.book import Book
from macros.present.lab import values
from macros.present.scores import points, score_view
from macros.render.site import open_site
from site_tests.conftest import REPOSITORY, Open, Tab
from site_tests.support.browser import until

NAME = "priorities.html"
SCRIPT = REPOSITORY / "macros/theme/assets/report.js"
# Weights in the order of the criteria; not multiples of anything, one alone, many nothing.
OWN = [
    (17, 3, 41, 29, 7, 53, 11),
    (0, 0, 0, 100, 0, 0, 0),
    (1, 1, 1, 1, 1, 1, 1),
    (0, 97, 0, 0, 2, 0, 0),
    (33.3333, 0, 0, 0, 66.6667, 0, 0),
]
READ = """() => [...document.querySelectorAll('#prios > li')].map(row => {
  const at = (selector, name) => parseFloat(row.querySelector(selector).getAttribute(name));
  return {
    id: row.dataset.id, rank: +row.querySelector('.prio__rank').textContent,
    score: row.querySelector('.prio__value b').textContent, span: row.querySelector('.prio__value small').textContent,
    widths: [...row.querySelectorAll('.axis-score rect')].map(part => parseFloat(part.getAttribute('width'))),
    starts: [...row.querySelectorAll('.axis-score rect')].map(part => parseFloat(part.getAttribute('x'))),
    ends: [at('.iv', 'x1'), at('.iv', 'x2'), at('.iv-pt', 'cx')],
    label: row.querySelector('.axis-score').getAttribute('aria-label'), drawn: row.querySelector('.prio__drawn').textContent,
  };
})"""


@pytest.fixture(scope="module")
def book() -> Book:
    return open_site(REPOSITORY).book


@pytest.fixture
def page(opened: Open) -> Page:
    """The page on a host: a browser keeps no query in the address of a file."""
    return opened(NAME)


def assert_shown(page: Page, book: Book, expected: tuple[Scored, ...]) -> None:
    """Assert that the list on the page shows order, ranks, scores, intervals and contributions of the library."""
    shown = page.evaluate(READ)
    assert [(row["id"], row["rank"]) for row in shown] == [(item.priority, item.rank) for item in expected]
    for row, item in zip(shown, expected, strict=True):
        view = score_view(item)
        span = f"{view.low}–{view.high}" if view.low != view.high else f"{view.low}"
        assert (row["score"], row["span"]) == (f"{view.score}", span), item.priority
        assert row["label"] == book.wording.word("prio-score-of", score=view.score, low=view.low, high=view.high)
        assert row["widths"] == pytest.approx([part.width for part in view.segments], abs=0.011)
        assert row["starts"] == pytest.approx([part.x for part in view.segments], abs=0.011)
        assert row["ends"] == pytest.approx([getattr(view.x, name) for name in ("low", "high", "value")], abs=0.011)


def query(book: Book, weights: tuple[float, ...]) -> str:
    return "&".join(
        f"weight-{item.id}={weight}" for item, weight in zip(book.landscape.method.criteria, weights, strict=True)
    )


def weighed(book: Book, weights: tuple[float, ...]) -> tuple[Scored, ...]:
    names = [item.id for item in book.landscape.method.criteria]
    return rank(book.results.criteria, dict(zip(names, weights, strict=True)))


def shares(page: Page) -> list[str]:
    return page.locator(".lab output").all_text_contents()


def slider_of(page: Page, criterion: Criterion) -> Locator:
    """Return the slider that is named as it is seen: with the number of its colour."""
    return page.get_by_role("slider", name=re.compile(rf"^\d {re.escape(criterion.name)}$"))


def test_every_preset_gives_the_numbers_of_the_build(page: Page, book: Book) -> None:
    presets = book.landscape.method.presets
    assert_shown(page, book, book.results.ranking[presets[0].id])
    for preset in (*presets[1:], presets[0]):
        button = page.get_by_role("button", name=preset.name, exact=True)
        button.click()
        assert_shown(page, book, book.results.ranking[preset.id])
        assert button.get_attribute("aria-pressed") == "true"
        assert page.locator(".lab [aria-pressed=true]").count() == 1
        assert preset.view in page.locator("#prios-view").text_content()
        found = book.results.acceptability[preset.id]
        for row in page.evaluate(READ):
            chance = book.wording.percent(found.top_share[row["id"]])
            assert book.wording.word("prio-top-chance", top=book.landscape.method.top, share=chance) in row["drawn"]


@pytest.mark.parametrize("weights", OWN, ids=str)
def test_weights_of_the_address_give_what_the_library_gives(
    weights: tuple[float, ...], opened: Open, book: Book
) -> None:
    page = opened(f"{NAME}?{query(book, weights)}")
    assert_shown(page, book, weighed(book, weights))
    total = sum(weights)
    assert shares(page) == [book.wording.percent(weight / total) for weight in weights]
    assert page.locator(".lab [aria-pressed=true]").count() == 0
    assert {row["drawn"] for row in page.evaluate(READ)} == {""}


def test_slider_moved_by_keyboard_changes_the_order_and_keeps_the_focus(page: Page, book: Book) -> None:
    criteria = book.landscape.method.criteria
    before = [row["id"] for row in page.evaluate(READ)]
    slider = slider_of(page, criteria[-1])
    slider.focus()
    page.keyboard.press("End")
    expected = [book.landscape.method.presets[0].weights[item.id] * 100 for item in criteria[:-1]] + [100]
    assert_shown(page, book, weighed(book, tuple(expected)))
    assert [row["id"] for row in page.evaluate(READ)] != before
    expect(slider).to_be_focused()
    assert slider.get_attribute("aria-valuetext") == shares(page)[-1] == "53\u00a0%"
    assert f"weight-{criteria[-1].id}=100" in page.url
    page.keyboard.press("ArrowLeft")
    assert f"weight-{criteria[-1].id}=99" in page.url
    top = page.evaluate(READ)[:3]
    names = "; ".join(f"{row['rank']} {book.landscape.priorities[row['id']].title}" for row in top)
    expect(page.locator(".lab [role=status]")).to_have_text(book.wording.word("prio-lab-summary", list=names))


def test_what_is_on_top_is_seen_at_once_and_spoken_once_the_weights_rest(page: Page) -> None:
    """Seen within 100 ms: in the turn of the script that moves the slider, with the list itself."""
    seen, spoken = page.evaluate("""() => {
        const text = selector => document.querySelector(selector).textContent;
        const slider = document.querySelector(".lab input[type=range]"), before = text(".lab__now"), said = text(".lab [role=status]");
        slider.value = 100;
        slider.dispatchEvent(new Event("input", { bubbles: true }));
        return [[before, text(".lab__now")], [said, text(".lab [role=status]")]];
    }""")
    assert seen[0] != seen[1]
    assert spoken == [seen[0], seen[0]]
    expect(page.locator(".lab [role=status]")).to_have_text(seen[1])
    expect(page.locator(".lab__now")).to_have_attribute("aria-hidden", "true")  # else it were read twice


def test_every_slider_says_what_it_asks(page: Page, book: Book) -> None:
    for criterion in book.landscape.method.criteria:
        slider = slider_of(page, criterion)
        hint = slider.get_attribute("aria-describedby")
        assert page.locator(f"#{hint}").text_content() == criterion.question


def test_address_restores_a_view_after_reload(page: Page, book: Book) -> None:
    preset = book.landscape.method.presets[2]
    page.get_by_role("button", name=preset.name, exact=True).click()
    page.reload()
    assert_shown(page, book, book.results.ranking[preset.id])
    page.get_by_role("slider").first.press("PageUp")
    seen = page.evaluate(READ)
    page.reload()
    assert page.evaluate(READ) == seen
    assert "weights=" not in page.url


def test_reset_returns_to_the_first_preset_and_clears_the_address(opened: Open, book: Book) -> None:
    page = opened(f"{NAME}?{query(book, OWN[0])}&draws=any#how-firm-this-is")
    page.get_by_role("button", name=book.wording.word("prio-lab-reset"), exact=True).click()
    until(page, "!location.search.includes('weight')")
    assert_shown(page, book, book.results.ranking[book.landscape.method.presets[0].id])
    assert page.url.endswith("?draws=any#how-firm-this-is")


@pytest.mark.parametrize(
    "asked", ["weights=no-such", "weight-severity=0", "weight-severity=x&weight-reach=-4", "weight-severity=1e999"]
)
def test_address_that_makes_no_sense_shows_the_first_preset(asked: str, opened: Open, book: Book) -> None:
    assert_shown(opened(f"{NAME}?{asked}"), book, book.results.ranking[book.landscape.method.presets[0].id])


def test_weights_can_never_all_be_nothing(page: Page, book: Book) -> None:
    for slider in page.get_by_role("slider").all():
        slider.press("Home")
    assert shares(page)[-1] == "100\u00a0%"
    assert_shown(page, book, weighed(book, (0,) * 6 + (1,)))


def test_focus_in_the_list_stays_where_it_is_when_rows_move(page: Page, book: Book) -> None:
    before = [row["id"] for row in page.evaluate(READ)]
    link = page.locator(f'#prios > li[data-id="{before[1]}"] .prio__title')
    link.focus()
    page.evaluate(
        "name => document.querySelector(`.lab [data-preset=${name}]`).click()", book.landscape.method.presets[-1].id
    )
    assert [row["id"] for row in page.evaluate(READ)] != before
    expect(link).to_be_focused()


def test_without_scripts_the_form_is_hidden_and_every_preset_has_its_table(opened: Open, book: Book) -> None:
    page = opened(NAME, script=False)
    expect(page.locator(".lab")).to_be_hidden()
    expect(page.locator("#prios > li")).to_have_count(len(book.landscape.priorities))
    for preset in book.landscape.method.presets:
        table = page.locator(
            f"section[data-edition={preset.id}] table", has_text=book.wording.word("prio-order-by", preset=preset.name)
        )
        expect(table).to_be_visible()


def test_lab_works_in_a_page_opened_from_a_file(tab: Tab, site: Path, book: Book) -> None:
    page = tab()
    page.goto((site / NAME).as_uri())
    preset = book.landscape.method.presets[1]
    page.get_by_role("button", name=preset.name, exact=True).click()
    assert_shown(page, book, book.results.ranking[preset.id])


def small_page(criteria: dict[str, dict[str, Any]]) -> str:
    """Return a page with a lab of two criteria and one row for each priority, last id first."""
    slider = '<input type="range" name="weight-{0}" data-name="{0}"><output></output>'
    row = (
        '<li data-id="{}" data-lows="{lows}" data-highs="{highs}"><b class="prio__rank"></b><i class="prio__title"></i><svg class="axis-score"><rect/><rect/>'
        '<line class="iv"/><circle class="iv-pt"/></svg><p class="prio__value"><b></b><small></small></p><i class="prio__drawn" data-even="x"></i></li>'
    )
    rows = "".join(
        row.format(name, **values(found)._asdict()) for name, found in sorted(criteria.items(), reverse=True)
    )
    return (
        f'<div data-lab="prios" data-own="" data-summary="">{slider.format("a")}{slider.format("b")}'
        f'<button type="button" data-preset="even" data-weights="1 1" data-view="x"></button><p class="lab__now"></p><p role="status"></p></div><ol id="prios" data-score="">{rows}</ol>'
    )


def test_ties_and_halves_go_as_in_the_build(tab: Tab) -> None:
    criteria = {
        "d": {"a": (0.7, 0.7), "b": (0.1, 0.1)},
        "b": {"a": (0.3, 0.3), "b": (0.5, 0.5)},  # the same score as d, from other summands
        "c": {"a": None, "b": (0.05, 0.05)},  # 0.275: half a point
        "a": {"a": (0.2, 0.2), "b": (0.21, 0.21)},  # 0.205
        "e": {"a": (0.2, 0.2), "b": (0.25, 0.25)},  # 0.225
    }
    page = tab()
    page.goto("about:blank")
    page.set_content(small_page(criteria))
    page.add_script_tag(path=SCRIPT)
    expected = rank(criteria, {"a": 1, "b": 1})
    shown = page.evaluate(READ)
    assert [(row["id"], row["rank"]) for row in shown] == [(item.priority, item.rank) for item in expected]
    assert [(row["id"], row["rank"]) for row in shown] == [("b", 1), ("d", 1), ("c", 3), ("e", 4), ("a", 5)]
    assert (
        [row["score"] for row in shown]
        == [str(points(item.score)) for item in expected]
        == ["40", "40", "28", "22", "20"]
    )
