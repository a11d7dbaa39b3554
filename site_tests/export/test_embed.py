"""Pages for frames: one a chart and one of the matrix, whole by themselves, leading back, and at home in pages of others."""

from __future__ import annotations

import gzip
import html
import os
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser

from macros.charts.figure import Frame
from site_tests.conftest import ADDRESS, Tab
from site_tests.support.axe import RULES, violations
from site_tests.support.built import ROOT, Page, framed, pages_of, read_page
from site_tests.support.hostile import HOSTILE
from site_tests.support.reader import watched
from site_tests.support.server import Served, serving

LIMIT = 60_000
"""Bytes of a page for a frame on its way, its style sheet not counted."""
# A table, rows with two drawings, a drawing hatched, columns, a dumbbell, dots.
KINDS = (
    "matrix",
    "gap-ranking",
    "priority-scores",
    "china-battery-output",
    "benchmark-stacking-time-per-sheet-average",
    "gap-feasibility",
)


@pytest.fixture(scope="module")
def embeds(site: Path) -> dict[str, Page]:
    return {page.path: page for page in (read_page(site, path) for path in framed(site))}


def lines(folder: Path) -> list[str]:
    """Return every line that embeds something, as the pages of a site show it."""
    found = []
    for path in sorted(folder.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        found += [html.unescape(line) for line in re.findall(r'<code id="embed-[^"]*">(.*?)</code>', text)]
    return found


def test_every_chart_that_is_drawn_has_its_page_and_so_has_the_matrix(site: Path, embeds: dict[str, Page]) -> None:
    drawn = {path.stem for path in (site / "downloads/charts").glob("*.svg")}
    assert len(drawn) > 100
    assert {Path(name).stem for name in embeds} == drawn | {"matrix"}


def test_pages_of_the_report_lead_to_every_one(site: Path, embeds: dict[str, Page]) -> None:
    texts = [path.read_text(encoding="utf-8") for path in pages_of(site)]
    linked = {link for text in texts for link in re.findall('<a [^>]*href="(?:[^"]*/)?(embed/[^"/]+)"', text)}
    assert linked == set(embeds)


def test_every_link_leads_out_of_the_frame_to_a_place_that_exists(site: Path, embeds: dict[str, Page]) -> None:
    known = cache(lambda path: read_page(site, path) if path.is_file() else None)
    broken = []
    for name, page in embeds.items():
        anchors = [attributes for tag, attributes in page.tags if tag == "a"]
        assert [a for a in anchors if a.get("target") != "_blank" or "noopener" not in a.get("rel", "")] == [], name
        for link in page.links:
            parts = urlsplit(link)
            if not parts.scheme:
                target = known(Path(os.path.normpath((site / name).parent / unquote(parts.path))))
                if target is None or (parts.fragment and parts.fragment not in target.ids):
                    broken.append((name, link))
    assert broken == []


def test_every_one_names_its_page_and_stays_out_of_search_engines(embeds: dict[str, Page]) -> None:
    for name, page in embeds.items():
        canonical = [
            attributes["href"] for tag, attributes in page.tags if tag == "link" and attributes["rel"] == "canonical"
        ]
        robots = [attributes["content"] for tag, attributes in page.tags if attributes.get("name") == "robots"]
        back = [link for link in page.links if "#" in link and link.partition("#")[0] == canonical[0]]
        assert (len(canonical), robots, bool(back)) == (1, ["noindex"], True), name


def test_source_edition_and_licence_stand_below(embeds: dict[str, Page]) -> None:
    for name, page in embeds.items():
        assert "Source" in page.text and "Edition 2026" in page.text and "CC BY 4.0" in page.text, name
    page = embeds["embed/china-battery-output.html"]
    assert len([link for link in page.links if link.startswith("../sources/") and "#" in link]) == 1
    assert "../market.html#china-battery-output" in page.links


def test_no_page_runs_anything_and_each_is_light(site: Path, embeds: dict[str, Page]) -> None:
    assert [
        name for name, page in embeds.items() if {"script", "style", "iframe", "base"} & {t for t, _ in page.tags}
    ] == []
    sizes = {path.name: len(gzip.compress(path.read_bytes())) for path in framed(site)}
    assert {name: size for name, size in sizes.items() if size > LIMIT} == {}


def test_matrix_has_the_levels_of_the_landscape(site: Path) -> None:
    whole = (site / "landscape.html").read_text(encoding="utf-8")
    whole = whole[whole.index('data-edition="2026"') :].partition("</section>")[0]
    framed_one = (site / "embed/matrix.html").read_text(encoding="utf-8")

    def levels(text: str, cell: str) -> list[list[str]]:
        rows = re.findall(r'<th scope="row">.*?</tr>', text, re.DOTALL)
        return [re.findall(cell, row) for row in rows]

    expected = levels(whole, r'<td class="lv lv-([\w-]+)"')
    found = levels(framed_one, r'<td(?: class="lv-([\w-]+)")?>')
    assert len(expected) == 32 and len(expected[0]) == 9
    assert found == [[level.replace("none", "") for level in row] for row in expected]


def test_frames_are_dark_in_the_colours_of_dark_pages() -> None:
    style = (ROOT / "macros/theme/assets/colours.css").read_text(encoding="utf-8")
    dark, framed = (re.search(rf"/\*{scheme}\*/(.*?)\}}", style, re.DOTALL) for scheme in ("dark", "framed"))
    assert dark and framed and dark[1] == framed[1]


def test_the_line_to_copy_is_shown_where_the_address_is_known(site: Path, addressed: Path) -> None:
    assert lines(site) == []
    found = lines(addressed)
    sources = {re.match(r'<iframe src="([^"]*)" title="[^"]+" width="100%" height="\d+" ', line)[1] for line in found}  # type: ignore[index]
    assert sources == {f"{ADDRESS}embed/{path.name}" for path in framed(addressed)}
    assert f"{ADDRESS}embed/matrix.html" in sources and len(sources) > 5
    page = read_page(addressed, addressed / "embed/matrix.html")
    canonical = [attributes["href"] for tag, attributes in page.tags if attributes.get("rel") == "canonical"]
    assert canonical == [f"{ADDRESS}maschinen.html"]


def test_the_line_is_as_high_as_its_page_in_a_column(addressed: Path, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 640, "height": 100})
    spare = {}
    for line in set(lines(addressed)):
        found = re.search(rf'{ADDRESS}(embed/[^"]*)".* height="(\d+)"', line)
        assert found
        page.goto((addressed / found[1]).as_uri())
        spare[found[1]] = int(found[2]) - page.evaluate("document.documentElement.scrollHeight")
    page.context.close()
    # The height of the matrix is reckoned for thirty classes; of three its head is the larger part.
    assert {name: more for name, more in spare.items() if not 0 <= more <= (160 if "matrix" in name else 90)} == {}


class _Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_hostile_texts_stay_words_in_the_line_and_in_the_page(hostile_site: Path) -> None:
    ((tag, attributes),) = _Tags(Frame("saws", HOSTILE, 100).line(f'{ADDRESS}">')).found
    assert (tag, attributes["title"]) == ("iframe", HOSTILE)
    assert attributes["src"] == f'{ADDRESS}">embed/saws.html'
    assert set(attributes) == {"src", "title", "width", "height", "loading", "style"}
    pages = {path.name: read_page(hostile_site, path) for path in framed(hostile_site)}
    for name, page in pages.items():
        assert HOSTILE in page.text, name
        assert "script" not in {tag for tag, _ in page.tags}, name
    assert len(pages) > 5


@pytest.fixture(scope="module")
def elsewhere(served: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A page of somebody else on another origin, with frames of both widths."""
    folder = tmp_path_factory.mktemp("elsewhere")
    for name in KINDS:
        line = Frame(name, name, 600).line(served.address)
        frames = "".join(f'<div style="width:{width}px">{line}</div>' for width in (320, 640))
        (folder / f"{name}.html").write_text(
            f'<!doctype html><title>x</title><link rel="icon" href="data:,">{frames}', encoding="utf-8"
        )
    with serving(folder) as running:
        yield running


@pytest.mark.parametrize("name", KINDS)
def test_frames_in_pages_of_others_show_all_and_nothing_is_refused(
    name: str, elsewhere: Served, served: Served, browser: Browser
) -> None:
    page = watched(browser)
    page.set_viewport_size({"width": 900, "height": 1600})
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
    page.on("requestfailed", lambda asked: wrong.append(asked.url))
    page.goto(f"{elsewhere.address}{name}.html")
    page.locator("iframe").nth(1).scroll_into_view_if_needed()
    for frame in page.locator("iframe").all():  # frames are lazy: they come once they are near
        frame.content_frame.locator("main").wait_for()
    frames = [frame for frame in page.frames if frame.url.startswith(served.address)]
    assert elsewhere.address != served.address and len(frames) == 2
    for frame, width in zip(frames, (320, 640), strict=True):
        frame.wait_for_load_state()
        assert frame.evaluate("refused") == []
        assert frame.evaluate("[innerWidth, document.documentElement.scrollWidth]") == [width, width]
        assert frame.locator("main svg.drawing:visible, main table").count() == 1
        assert (
            frame.evaluate("getComputedStyle(document.querySelector('h1')).fontWeight") == "600"
        )  # the style sheet came
    assert wrong == []
    with page.context.expect_page() as opened:
        frames[1].locator("footer a").last.click()
    assert opened.value.url.startswith(served.address) and "/embed/" not in opened.value.url
    page.context.close()


# Puts the body of one page after another into the first, which spares loading a hundred of them.
WIDTHS = """
pages => pages.map(page => {
    document.body.replaceWith(new DOMParser().parseFromString(page, "text/html").body);
    return document.documentElement.scrollWidth;
})
"""


def test_no_page_is_wider_than_its_frame(site: Path, tab: Tab) -> None:
    paths = framed(site)
    texts = [path.read_text(encoding="utf-8") for path in paths]
    assert (
        len({re.sub("<title>.*?</title>|<link rel=.canonical.*?>", "", text.partition("<body>")[0]) for text in texts})
        == 1
    )
    page, wide = tab(), []
    page.goto(paths[0].as_uri())
    for width in (640, 320):
        page.set_viewport_size({"width": width, "height": 600})
        found = page.evaluate(WIDTHS, texts)
        wide += [(path.name, width, each) for path, each in zip(paths, found, strict=True) if each > width]
    assert wide == []


def test_axe_finds_no_violation_on_any_kind(served: Served, tab: Tab) -> None:
    found, page = {}, tab()
    for name in KINDS:
        page.goto(f"{served.address}embed/{name}.html")
        for scheme in RULES:
            for width in (640, 320):
                page.set_viewport_size({"width": width, "height": 800})
                found[name, width, scheme] = violations(page, scheme)
    assert len(found) == len(KINDS) * 4
    assert {place: said for place, said in found.items() if said} == {}
