"""Search: Material's box, answered from the index of the records; by mouse and keyboard, served and from a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from playwright.sync_api import Browser, Page, expect

from macros.publish.search_box import show_search_box
from site_tests.conftest import Tab
from site_tests.support.built import ROOT
from site_tests.support.reader import watched
from site_tests.support.records import data_in, read_all
from site_tests.support.search_site import search_site
from site_tests.support.server import Served, serving

START = "equipment/slot-die-head.html"
# Where those begin that are about the miniature.
SORTER = "equipment/wafer-sorter.html"
NAMES = data_in(ROOT / "data/words/names.yml")["names"]
KINDS = list(NAMES["search-kinds"].values())


@pytest.fixture(scope="module")
def home(site: Path) -> str:
    """The address of the site as files, which may ask for less than those from a server."""
    return f"{site.as_uri()}/"


@pytest.fixture
def page(tab: Tab) -> Page:
    return tab()


@pytest.fixture(scope="module")
def box(served: Served, browser: Browser) -> Iterator[Page]:
    """A page with its search open: what it finds is the same from a file, how it is read and used is not."""
    made = browser.new_page()
    made.goto(served.address + START)
    opened(made)
    yield made
    made.close()


# What the search of the miniature says when it can answer.
GERMAN = "Suchbegriff eingeben"


def opened(page: Page, ready: str = "Type to start searching") -> None:
    """Open the search by its key, and wait until it can answer. Material may miss a key that follows too fast."""
    page.wait_for_timeout(200)
    page.keyboard.press("/")
    expect(page.locator(".md-search__input")).to_be_focused()
    expect(page.locator(".md-search-result__meta")).to_have_text(ready)


def ask(page: Page, words: str) -> None:
    """Put a query into the field, as pasting does."""
    page.locator(".md-search__input").fill(words)
    page.evaluate("() => new Promise(requestAnimationFrame)")


def results(page: Page, words: str, start: str = START) -> list[str]:
    """Return the places that a query finds, best first, as addresses within the site."""
    ask(page, words)
    links = page.locator(".md-search-result article:not([data-md-score='0.00'])")
    found = links.evaluate_all("all => all.map(one => [-one.dataset.mdScore, one.parentElement.href])")
    return [re.sub(r"\?[^#]*", "", address).removeprefix(page.url.removesuffix(start)) for _, address in sorted(found)]


# What it costs.


def test_nothing_of_the_search_is_asked_for_before_it_is_opened(home: str, browser: Browser) -> None:
    asked: list[str] = []
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.goto(home + START)
    page.wait_for_timeout(300)
    assert "search.js" in asked
    assert [name for name in asked if re.search(r"search[-_.](?!js)|ufuzzy", name)] == []
    before = len(asked)
    opened(page)
    assert sorted(asked[before:]) == ["search-index.js", "ufuzzy.js"]


# What is found.

FOUND = {
    "winding machine": "equipment/winding-machine.html",
    "machine winding": "equipment/winding-machine.html",
    "涂布机": "equipment/slot-die-coater.html",
    "先导": "suppliers/wuxi-lead.html",
    "Lead Intelligent": "suppliers/wuxi-lead.html",
    "buhler": "suppliers/buhler.html",
    "BÜHLER": "suppliers/buhler.html",
    "fe-036": "evidence/slot-die-head.html#fe-036",
    "FE-036": "evidence/slot-die-head.html#fe-036",
    # One letter is another, missing, too many, exchanged with the next.
    "calendaring": "glossary.html#calendering",
    "windng machine": "equipment/winding-machine.html",
    "winnding machine": "equipment/winding-machine.html",
    "widning machine": "equipment/winding-machine.html",
    "formetion": "equipment/formation-grading.html",
    "electrolite": "equipment/electrolyte-filler.html",
    # Of a Chinese word one sign is another: its middle, its first.
    "涂不机": "equipment/slot-die-coater.html",
    "滚压机": "equipment/roll-press.html",
    # Hyphens may be left out or typed.
    "xray": "equipment/xray-inspection.html",
    "x ray": "equipment/xray-inspection.html",
    "fe036": "evidence/slot-die-head.html#fe-036",
    "smaa2": "glossary.html#rank-acceptability",
    # A phrase, in whatever quotes.
    '"slot-die coater"': "equipment/slot-die-coater.html",
    "“slot-die coater”": "equipment/slot-die-coater.html",
    "'winding machine'": "equipment/winding-machine.html",
    # Other names of machines, in other writings too, and of the glossary.
    "winder": "equipment/winding-machine.html",
    "X光": "equipment/xray-inspection.html",
    "塗布機": "equipment/slot-die-coater.html",
    "mean time between failures": "glossary.html#mtbf",
    "coating weight": "glossary.html#areal-density",
}


@pytest.mark.parametrize("words", FOUND)
def test_best_result_is_what_the_words_mean(words: str, box: Page) -> None:
    assert results(box, words)[0] == FOUND[words]


def wanted(folder: str) -> list[tuple[str, str]]:
    """Return a page and its name, its local name, and the two signs in the middle of that, for every tenth record."""
    found = []
    for record in read_all(folder)[::10]:
        local = record["name_local"] or ""
        middle = local[max(0, len(local) // 2 - 1) :][:2]
        names = [record["name"], local, middle] if re.search("[\u3400-\u9fff]{2}", middle) else [record["name"]]
        found += [(f"{folder}/{record['id']}.html", name) for name in names]
    return found


@pytest.mark.parametrize("folder", ["equipment", "suppliers"])
def test_machines_and_companies_are_found_by_name_local_name_and_a_part_of_it(folder: str, box: Page) -> None:
    asked = wanted(folder)
    assert [name for _, name in asked if re.fullmatch("[\u3400-\u9fff]{2}", name)] != []
    assert [(place, name) for place, name in asked if place not in results(box, name)] == []


def test_facts_are_found_by_id_first(box: Page) -> None:
    for file in read_all("evidence")[::6]:
        fact = file["facts"][-1]["id"]
        assert results(box, fact)[0].endswith(f"#{fact}")
        assert results(box, fact.upper())[0].endswith(f"#{fact}")


@pytest.mark.parametrize("words", ["10–20", "10-20", "µm", "μm", "acceptence"])
def test_dashes_signs_and_slips_find_texts(words: str, box: Page) -> None:
    assert results(box, words) != []


@pytest.mark.parametrize("words", ["zzqqxx", "fe-9999", "(", '"'])
def test_what_is_nowhere_is_said(words: str, box: Page) -> None:
    assert results(box, words) == []
    expect(box.locator(".md-search-result__meta")).to_have_text("No matching documents")


def test_results_name_their_kind_and_come_in_the_order_of_the_kinds(box: Page) -> None:
    results(box, "机")
    named = box.locator(".md-search-result__item").evaluate_all(
        "all => all.map(one => one.querySelector('.md-tag').innerText)"
    )
    assert len(named) == 10 and set(named) <= set(KINDS)
    assert [KINDS.index(name) for name in named] == sorted(KINDS.index(name) for name in named)
    results(box, "fe-036")
    assert (
        box.locator("article:not([data-md-score='0.00']) .md-tag").first.inner_text() == NAMES["search-kinds"]["fact"]
    )


def test_results_stand_under_the_page_that_they_are_on(box: Page) -> None:
    results(box, "fe-036")
    item = box.locator(".md-search-result__item").first
    assert item.locator("h1").inner_text() == "Slot-die head · Evidence"
    assert item.locator("h2").inner_text().startswith("fe-036")
    assert "30-40 % of dies" in item.locator("a").nth(1).inner_text()


def test_the_word_is_marked_in_the_result_as_it_stands_there(box: Page) -> None:
    for words, marked in (("calendaring", "Calendering"), ("涂布机", "涂布机"), ("buhler", "Bühler")):
        results(box, words)
        assert box.locator(".md-search-result__item mark").first.inner_text() == marked


def test_local_names_say_their_language(box: Page) -> None:
    results(box, "卷绕机")
    assert box.locator(".md-search-result__item [lang='zh-Hans']").first.inner_text() == "卷绕机"


def test_texts_of_records_are_no_markup(served: Served, page: Page) -> None:
    page.goto(served.address + START)
    page.route("**/search-index.js", lambda route: route.fulfill(body=HARMFUL, content_type="text/javascript"))
    opened(page)
    ask(page, "harm")
    assert page.locator(".md-search-result__item h2").inner_text() == '<img src=x> harm" <b>name</b> <i>'
    assert page.locator(".md-search-result__item :is(img, b, i, script)").count() == 0


HARMFUL = """reportIndex={kinds:["<i>"],pages:{"index.html":"<b>"},entries:[
[0,"index.html#x","<img src=x> harm\\"","<script>harm</script>","<b>name</b>","en"]
]};"""


# How it is used.


@pytest.mark.parametrize("place", ["site", "served"])
def test_search_is_used_by_keyboard_alone(place: str, request: pytest.FixtureRequest, page: Page) -> None:
    found = request.getfixturevalue(place)
    page.goto((found.address if place == "served" else f"{found.as_uri()}/") + START)
    opened(page)
    page.keyboard.type("winding mach")
    links = page.locator(".md-search-result__item .md-search-result__link")
    links.first.wait_for()
    page.keyboard.press("ArrowDown")
    expect(links.first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator(".md-search__input")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/equipment/winding-machine.html*")
    assert page.locator("h1").first.inner_text() == "Winding machine"


def test_enter_opens_the_fact_and_not_the_page_above_it(home: str, page: Page) -> None:
    page.goto(home + START)
    opened(page)
    page.keyboard.type("fe-036")
    page.locator(".md-search-result__item").first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/evidence/slot-die-head.html*#fe-036")
    expect(page.locator("[id='fe-036']")).to_be_in_viewport()


@pytest.mark.parametrize("width", [390, 1440])
def test_search_is_used_by_mouse_alone_but_for_the_words(width: int, home: str, page: Page) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(home + START)
    page.locator(".md-header__button[for=__search]" if width < 960 else ".md-search__input").click()
    page.keyboard.type("卷绕机")
    page.locator(".md-search-result__link").first.click()
    page.wait_for_url("**/equipment/winding-machine.html*")
    expect(page.locator("#__search")).not_to_be_checked()


def test_escape_closes_the_search(home: str, page: Page) -> None:
    page.goto(home + START)
    opened(page)
    page.keyboard.press("Escape")
    expect(page.locator("#__search")).not_to_be_checked()
    expect(page.locator(".md-search__input")).not_to_be_focused()
    page.wait_for_timeout(200)  # as in `opened`
    page.keyboard.press("s")
    expect(page.locator("#__search")).to_be_checked()


def test_a_word_begun_is_completed(home: str, page: Page) -> None:
    page.goto(home + START)
    opened(page)
    page.keyboard.type("winding mach")
    expect(page.locator(".md-search__suggest")).to_have_text("winding machine")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".md-search__input")).to_have_value("winding machine")


def test_a_search_has_an_address_to_share(served: Served, page: Page) -> None:
    page.goto(f"{served.address}{START}?q=fe-036")
    page.locator(".md-search-result__item").first.wait_for()
    address = page.locator("[data-md-component=search-share]").get_attribute("href")
    assert address == f"{served.address}{START}?q=fe-036"


def test_search_is_named_for_those_who_hear_it(home: str, page: Page) -> None:
    page.goto(home + START)
    assert page.get_by_role("dialog", name="Search").count() == 1


def test_without_script_there_is_no_search(home: str, tab: Tab) -> None:
    page = tab(script=False)
    page.goto(home + START)
    assert not page.locator(".md-search__input").is_visible()


def test_missing_address_is_looked_for_in_the_search(served: Served, page: Page) -> None:
    page.goto(f"{served.address}404.html")
    page.evaluate("history.replaceState(null, '', '/machines/slot-die%20coater.html')")
    page.locator("[data-find-address]").press("Enter")
    page.locator(".md-search-result__item").first.wait_for()
    assert page.locator(".md-search__input").input_value() == "slot die coater"
    assert "equipment/slot-die-coater.html" in str(page.locator(".md-search-result__link").first.get_attribute("href"))


def test_an_index_that_cannot_be_read_is_said_and_asked_for_again(served: Served, page: Page) -> None:
    page.goto(served.address + START)
    page.wait_for_timeout(200)
    page.route("**/search-index.js", lambda route: route.abort())
    page.keyboard.press("/")
    expect(page.locator(".md-search-result__meta")).to_have_text("The index of the search could not be read.")
    page.unroute("**/search-index.js")
    page.keyboard.press("Escape")
    opened(page)
    assert results(page, "winding machine")[0] == FOUND["winding machine"]


# In the page.


def test_words_of_the_search_are_marked_in_the_page(home: str, page: Page) -> None:
    page.goto(home + START)
    opened(page)
    for words, marked in (
        ("calendaring", {"calendering"}),
        ("卷绕机", {"卷绕机"}),
        ("windng machine", {"winding", "machine"}),
    ):
        ask(page, words)
        page.keyboard.press("Enter")
        marks = page.locator(".md-content mark[data-md-highlight]")
        marks.first.wait_for()
        assert {text.lower() for text in marks.all_text_contents()} == marked
        assert page.locator("svg mark, script mark, style mark").count() == 0
        page.goto(home + START)
        opened(page)
    assert page.locator("mark[data-md-highlight]").count() == 0


@pytest.fixture(scope="module")
def other(wafers: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The miniature with other settings: no feature of the search, and the search plugin that comes with MkDocs."""
    return search_site(wafers, tmp_path_factory.mktemp("other"), "plugins: [search]", "features: []")


def test_site_without_that_feature_marks_nothing(other: Path, page: Page) -> None:
    page.goto(f"{other.as_uri()}/begriffe.html?h=wafer")
    page.wait_for_timeout(200)
    assert page.locator("mark[data-md-highlight]").count() == 0
    opened(page, GERMAN)
    ask(page, "wafer")
    assert "h=" not in str(page.locator(".md-search-result__link").first.get_attribute("href"))


# On other sites.


def test_search_works_below_any_path(addressed: Path, page: Page) -> None:
    with serving(addressed.parents[1]) as host:
        page.goto(f"{host.address}some/path/{SORTER}")
        opened(page, GERMAN)
        ask(page, "Drahtsäge")
        page.locator(".md-search-result__link").first.wait_for()
        page.keyboard.press("Enter")
        page.wait_for_url(f"{host.address}some/path/equipment/wire-saw.html*")
        assert page.locator("h1").first.inner_text().startswith("Vieldrahtsäge")


def test_the_policy_of_the_site_refuses_nothing_of_the_search(served: Served, browser: Browser) -> None:
    page = watched(browser)
    page.goto(served.address + START)
    assert "script-src 'self'" in dict(served.headers["/*"])["Content-Security-Policy"]
    opened(page)
    ask(page, "卷绕机")
    page.keyboard.press("Enter")
    page.locator("mark[data-md-highlight]").first.wait_for()
    refused = page.evaluate("refused")
    assert [each for each in refused if not each.startswith("img-src")] == []  # icons of Material's style sheet


def test_search_stays_with_instant_navigation(wafers: Path, tmp_path: Path, page: Page) -> None:
    site = search_site(
        wafers,
        tmp_path,
        "site_url: https://example.org/",
        "features: [navigation.instant, search.highlight, search.share, search.suggest]",
    )
    with serving(site) as host:
        sitemap = site / "sitemap.xml"  # by which Material knows its pages, at the port of the site
        sitemap.write_text(sitemap.read_text(encoding="utf-8").replace("https://example.org/", host.address))
        page.goto(host.address + SORTER)
        page.evaluate("window.stayed = true")
        opened(page, GERMAN)
        page.keyboard.press("Escape")
        for words, place in (
            ("Drahtsäge", "equipment/wire-saw"),
            ("Schnittfuge", "begriffe"),
            ("ws-001", "evidence/wire-saw"),
        ):
            page.wait_for_timeout(200)
            page.keyboard.press("/")
            ask(page, words)
            page.keyboard.press("Enter")
            page.wait_for_url(f"{host.address}{place}.html*")
            page.locator(".md-content mark[data-md-highlight]").first.wait_for()
            expect(page.locator("#__search")).not_to_be_checked()
        assert page.evaluate("window.stayed")


def test_a_search_plugin_that_is_listed_does_not_change_the_search(other: Path, browser: Browser) -> None:
    assert (other / "search/search_index.json").is_file()
    asked: list[str] = []
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    with serving(other) as host:
        page.goto(host.address + SORTER)
        opened(page, GERMAN)
        assert results(page, "Drahtsäge", SORTER)[0] == "equipment/wire-saw.html"
    assert [url for url in asked if "search_index" in url] == []


def configured(folder: Path, plugins: list[Any]) -> MkDocsConfig:
    """Return the configuration of an empty project with these plugins."""
    (folder / "docs").mkdir()
    settings = {"site_name": "x", "theme": {"name": "material"}, "plugins": plugins}
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings))
    return load_config(str(folder / "mkdocs.yml"))


@pytest.mark.parametrize("enabled", [True, False])
def test_a_search_plugin_that_is_listed_says_whether_the_box_is_shown(enabled: bool, tmp_path: Path) -> None:
    config = configured(tmp_path, [{"search": {"enabled": enabled}}])
    show_search_box(config)
    assert list(config.plugins) == ["material/search"]
    assert config.plugins["material/search"].config.enabled is enabled


def test_the_box_listens_to_no_event(tmp_path: Path) -> None:
    """With a plugin that does, pages are made one after another."""
    config = configured(tmp_path, [])
    show_search_box(config)
    assert list(config.plugins) == ["material/search"]
    assert not any(config.plugins.events.values())
