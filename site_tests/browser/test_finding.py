"""Finding the way: breadcrumbs, neighbours in reading order, ways on from a class, and the page for missing ones."""

from __future__ import annotations

import re
from html import unescape
from itertools import groupby
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Browser

from site_tests.conftest import Open
from site_tests.support.built import ROOT, languages_of, pages_of
from site_tests.support.records import CLASSES, data_in
from site_tests.support.server import Served, serving

INDEX = data_in(ROOT / "data/index.yml")
NAVIGATION = data_in(ROOT / "data/report.yml")["navigation"]
MAIN = [page.removesuffix(".md") for section in NAVIGATION for page in section["pages"]]


def trail(site: Path, name: str) -> list[tuple[str, str]]:
    """Return the breadcrumbs of a page: words and, where one leads somewhere, the page within the site."""
    html = (site / name).read_text(encoding="utf-8")
    listed = re.search(r'<nav class="md-path".*?</nav>', html, re.DOTALL).group()
    found = []
    for item in re.findall(r"<li[^>]*>(.*?)</li>", listed, re.DOTALL):
        link = re.search(r'href="([^"]+)"', item)
        where = urlsplit(urljoin(f"http://x/{name}", link.group(1))).path[1:] if link else ""
        found.append((unescape(re.sub("<[^>]*>", "", item)).strip(), where))
    return found


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("landscape.html", [("Summary", "index.html"), ("Equipment", ""), ("Landscape", "")]),
        ("gap.html", [("Summary", "index.html"), ("Equipment", "landscape.html"), ("Gap", "")]),
        ("claims.html", [("Summary", "index.html"), ("Claims of the article", "")]),
        ("market.html", [("Summary", "index.html"), ("Market", "")]),
        ("method.html", [("Summary", "index.html"), ("Evidence", "evidence.html"), ("Method", "")]),
        (
            "equipment/slot-die-head.html",
            [("Summary", "index.html"), ("Equipment", ""), ("Landscape", "landscape.html"), ("Slot-die head", "")],
        ),
        (
            "dimensions/precision.html",
            [("Summary", "index.html"), ("Equipment", "landscape.html"), ("Gap", "gap.html"), ("Precision", "")],
        ),
        (
            "suppliers/wuxi-lead.html",
            [
                ("Summary", "index.html"),
                ("Equipment", "landscape.html"),
                ("Suppliers", "suppliers.html"),
                ("Wuxi Lead", ""),
            ],
        ),
        ("priorities/motion-control.html", [("Summary", "index.html"), ("R&D priorities", "priorities.html"), None]),
        (
            "evidence/slot-die-head.html",
            [("Summary", "index.html"), ("Evidence", "evidence.html"), ("Slot-die head", "")],
        ),
        (
            "sources/filing.html",
            [("Summary", "index.html"), ("Evidence", "evidence.html"), ("Sources", "sources.html"), None],
        ),
    ],
)
def test_breadcrumbs_say_where_a_page_stands(site: Path, name: str, expected: list[tuple[str, str] | None]) -> None:
    found = trail(site, name)
    assert len(found) == len(expected)
    for crumb, wanted in zip(found, expected, strict=True):
        if wanted:
            assert (crumb[0].startswith(wanted[0]), crumb[1]) == (True, wanted[1]), found


def test_every_page_but_the_cover_has_a_way_back(site: Path) -> None:
    for path in pages_of(site):
        name = path.relative_to(site).as_posix()
        home = next((f"{language}/" for language in languages_of(site) if name.startswith(f"{language}/")), "")
        if name not in (f"{home}index.html", "404.html"):
            found = trail(site, name)
            assert found[0][1] == f"{home}index.html" and found[-1][1] == "" and 2 <= len(found) <= 4, name
            assert all((site / where).exists() for _, where in found if where), name
            assert [words for words, _ in found if not words] == [], name


@pytest.mark.parametrize("folder", ["equipment", "suppliers", "priorities", "evidence", "sources"])
def test_records_are_turned_in_reading_order(site: Path, folder: str) -> None:
    order = INDEX[folder]
    for at, name in enumerate(order):
        html = (site / folder / f"{name}.html").read_text(encoding="utf-8")
        for rel, near in (
            ("prev", order[at - 1] if at else None),
            ("next", order[at + 1] if at + 1 < len(order) else None),
        ):
            found = re.search(rf'<a href="([^"]+)" class="md-footer__link md-footer__link--{rel}"', html)
            assert (found.group(1) if found else None) == (f"{near}.html" if near else None), name


def test_main_pages_are_turned_in_the_order_of_the_navigation(site: Path) -> None:
    for name, near in zip(MAIN, MAIN[1:], strict=False):
        html = (site / f"{name}.html").read_text(encoding="utf-8")
        assert f'<a href="{near}.html" class="md-footer__link md-footer__link--next"' in html, name


def test_class_page_leads_to_neighbours_makers_and_proposals(site: Path) -> None:
    classes = {path.stem: data_in(path) for path in (ROOT / "data/equipment").glob("*.yml")}
    for name, record in classes.items():
        html = (site / f"equipment/{name}.html").read_text(encoding="utf-8")
        near = re.search(r'<nav class="near".*?</nav>', html, re.DOTALL).group()
        before = [other for other, item in classes.items() if name in item["feeds"]]
        around = [other for other, item in classes.items() if name in item["components"]]
        for other in (*record["feeds"], *before, *around):
            assert f'href="{other}.html"' in near, (name, other)
        for part in ("makers", "proposals", "facts"):
            assert f'href="#{part}"' in near and html.count(f' id="{part}"') == 1, (name, part)


def links_of(html: str) -> list[str]:
    return [unescape(link) for link in re.findall(r'(?:href|src|data-find)="([^"#]+)"', html)]


def test_page_for_missing_ones_leads_to_every_part_at_any_depth(site: Path) -> None:
    html = (site / "404.html").read_text(encoding="utf-8")
    links = [link for link in links_of(html) if not urlsplit(link).netloc and not link.startswith("javascript:")]
    assert all(link.startswith("/") for link in links)
    assert [link for link in links if not (site / urlsplit(link).path[1:]).exists()] == []
    listed = re.search(r'<nav class="parts-of".*?</nav>', html, re.DOTALL).group()
    assert sorted(set(links_of(listed))) == sorted({f"/{name}.html" for name in MAIN})


def test_page_for_missing_ones_works_below_the_path_of_the_site(addressed: Path, browser: Browser) -> None:
    with serving(addressed.parents[1]) as served:
        page = browser.new_page()
        failed: list[str] = []
        page.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
        page.goto(f"{served.address}some/path/equipment/deep/wire-saw-2.html")
        assert failed == [page.url]
        page.locator(".parts-of a[href$='/firmen.html']").click()
        assert page.url == f"{served.address}some/path/firmen.html"
        assert len(failed) == 1


def test_without_script_the_missing_page_still_lists_the_parts(served: Served, opened: Open) -> None:
    page = opened("a/b/c/nothing.html", script=False)
    page.locator(".parts-of a", has_text="Glossary").click()
    assert page.url == f"{served.address}glossary.html"


def test_machines_are_turned_in_the_order_of_the_process(site: Path) -> None:
    stages = data_in(ROOT / "data/stages.yml")["stages"]
    stage = {record["id"]: record["stage"] for record in CLASSES}
    order = [stage[name] for name in INDEX["equipment"]]
    assert [name for name, _ in groupby(order)] == [item["id"] for item in stages if item["id"] in order]
