"""What the HTML of every page says to those who hear it: headings, tables, landmarks, names of controls, languages."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
SECTIONS = {"main", "article", "section"}
CONTROLS = {"a", "button", "label", "summary"}
OTHER_SCRIPT = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


class Outline(HTMLParser):
    """Headings, tables, landmarks and texts in other scripts of one page."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.headings: list[int] = []
        self.tables: list[dict[str, int]] = []
        self.landmarks: list[str] = []
        self.unmarked: list[str] = []
        self._open: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag in HEADINGS:
            self.headings.append(int(tag[1]))
        if tag == "table":
            self.tables.append({"captions": 0, "heads": 0, "heads without scope": 0})
        if tag == "caption":
            self.tables[-1]["captions"] += 1
        if tag == "th":
            self.tables[-1]["heads"] += 1
            self.tables[-1]["heads without scope"] += "scope" not in found
        if tag == "main" or (tag in ("header", "footer") and not any(name in SECTIONS for name, _ in self._open)):
            self.landmarks.append(tag)
        if tag not in VOID:
            self._open.append((tag, found.get("lang") or ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not OTHER_SCRIPT.search(data):
            return
        languages = [language for _, language in self._open if language]
        is_other = not languages[0].startswith(("ja", "ko", "zh"))
        if is_other and self._open[-1][0] not in ("title", "option") and len(languages) < 2:
            self.unmarked.append(data.strip()[:60])


@pytest.fixture(scope="module")
def outlines(site: Path) -> dict[str, Outline]:
    return {
        path.relative_to(site).as_posix(): Outline(path.read_text(encoding="utf-8"))
        for path in sorted(site.rglob("*.html"))
    }


def test_headings_begin_with_one_h1_and_leave_no_gap(outlines: dict[str, Outline]) -> None:
    bad = {}
    for name, outline in outlines.items():
        gaps = [pair for pair in zip([0, *outline.headings], outline.headings, strict=False) if pair[1] > pair[0] + 1]
        if gaps or outline.headings.count(1) != 1:
            bad[name] = outline.headings
    assert bad == {}


def test_every_table_has_a_caption_and_heads_with_scope(outlines: dict[str, Outline]) -> None:
    bad = {
        name: table
        for name, outline in outlines.items()
        for table in outline.tables
        if table["captions"] != 1 or not table["heads"] or table["heads without scope"]
    }
    assert bad == {}


def test_every_page_has_its_three_landmarks(outlines: dict[str, Outline]) -> None:
    assert {
        name: outline.landmarks
        for name, outline in outlines.items()
        if outline.landmarks != ["header", "main", "footer"]
    } == {}


def test_no_page_has_an_order_of_focus_of_its_own(site: Path) -> None:
    marked = {
        path.name: re.findall(r'tabindex="(?!0"|-1"|")[^"]*"', path.read_text(encoding="utf-8"))
        for path in site.rglob("*.html")
    }
    assert {name: found for name, found in marked.items() if found} == {}


def test_texts_in_other_scripts_carry_their_language(outlines: dict[str, Outline]) -> None:
    assert {name: outline.unmarked for name, outline in outlines.items() if outline.unmarked} == {}


class Controls(HTMLParser):
    """What each link, button and label shows, and by what name those call it who speak to the browser or hear it."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, str]] = []
        # Tags that are open, and places of controls among them.
        self._open: list[tuple[str, dict[str, str | None]]] = []
        self._controls: list[int] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in CONTROLS:
            self._controls.append(len(self._open))
            self._seen, self._heard = "", ""
        if tag not in VOID:
            self._open.append((tag, dict(attrs)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            name, attrs = self._open.pop()
            if name in CONTROLS:
                self._controls.pop()
                self.found.append((self._seen, attrs.get("aria-label") or self._heard or attrs.get("title") or ""))
            if name == tag:
                break

    def handle_data(self, data: str) -> None:
        if not self._controls:
            return
        inside = self._open[self._controls[-1] + 1 :]
        hidden = {"vh"} & {name for _, attrs in inside for name in (attrs.get("class") or "").split()}
        self._seen += "" if hidden or {"title", "desc"} & {tag for tag, _ in inside} else data
        self._heard += "" if any(attrs.get("aria-hidden") for _, attrs in inside) else data


def misnamed(html: str) -> list[tuple[str, str]]:
    plain = lambda text: re.sub(r"[\s:,.·]", "", text).lower()  # noqa: E731
    return [(seen, name) for seen, name in Controls(html).found if not plain(name).startswith(plain(seen))]


def test_names_of_links_and_buttons_begin_with_what_is_seen(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    found = {path.relative_to(site).as_posix(): misnamed(path.read_text(encoding="utf-8")) for path in pages}
    assert len(pages) > 300
    assert {name: said[:3] for name, said in found.items() if said} == {}


@pytest.mark.parametrize(
    "html",
    [
        '<a href="x" aria-label="Supply: behind"><b>2</b> Supply</a>',
        '<a href="x"><span class="vh">Sales: </span>CSV</a>',
        '<button><i aria-hidden="true">1</i> Cost</button>',
        '<a href="x" aria-label="level">=</a>',
    ],
)
def test_a_name_that_begins_otherwise_is_noticed(html: str) -> None:
    assert len(misnamed(html)) == 1
    assert (
        misnamed('<a href="x">CSV<span class="vh">: Sales</span></a><a href="y" aria-label="= level"><b>=</b></a>')
        == []
    )
