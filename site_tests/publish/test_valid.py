"""The HTML of every page is sound, as far as Python alone can tell; validators of others are asked in test_validators.py."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from site_tests.support.built import Page

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# What ends a paragraph by itself: inside one it is a fault that browsers mend by tearing the paragraph apart.
_BLOCKS = set("address article aside blockquote details div dl fieldset figure footer form h1 h2 h3 h4 h5 h6".split())
_BLOCKS |= set("header hr main nav ol p pre section table ul".split())
_CHILDREN = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"dt", "dd", "div"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tfoot": {"tr"},
    "tr": {"th", "td"},
    "select": {"option", "optgroup"},
}
# Roles that an element has by itself.
_NATIVE = {
    "article": "article",
    "button": "button",
    "complementary": "aside",
    "heading": "h2",
    "link": "a",
    "list": "ul",
    "listitem": "li",
    "navigation": "nav",
    "region": "section",
    "table": "table",
}
_ADDRESS = re.compile(r"(?:[^\s<>\"\[\]{}|\\^`%]|%[0-9A-Fa-f]{2})*")


class Nesting(HTMLParser):
    """Follows the tags of a page and notes where they are not nested as HTML asks."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.unsent = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._start(tag, attrs)
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._start(tag, attrs)
        if tag not in _VOID and "svg" not in self.open and tag != "svg":
            self._note(f"<{tag}/> is not closed by its slash")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self.unsent:
            self._note("<form> cannot be sent")
        if not self.open or self.open[-1] != tag:
            self._note(f"</{tag}> closes <{self.open[-1] if self.open else ''}>")
        elif self.open:
            self.open.pop()

    def _start(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        parent = self.open[-1] if self.open else ""
        if tag in _BLOCKS and "p" in self.open and "svg" not in self.open:
            self._note(f"<{tag}> in a paragraph")
        if tag in ("a", "button", "label", "form") and tag in self.open:
            self._note(f"<{tag}> in <{tag}>")
        if parent in _CHILDREN and tag not in _CHILDREN[parent]:
            self._note(f"<{tag}> in <{parent}>")
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self._note(f"<{tag}> has an attribute twice")
        given = dict(attrs)
        if tag == "form":  # Material's own, of search and colours, are worked by its script
            self.unsent = not (given.get("class") or "").startswith("md-")
        if tag in ("button", "input") and given.get("type", "submit" if tag == "button" else "text") == "submit":
            self.unsent = False
        if given.get("role") in _NATIVE:
            self._note(f'<{tag} role="{given["role"]}"> is a <{_NATIVE[given["role"]]}>')
        for name, value in attrs:
            if name in ("href", "src") and not _ADDRESS.fullmatch(value or ""):
                self._note(f'{name}="{value}" is no address')

    def _note(self, fault: str) -> None:
        self.faults.append(f"line {self.getpos()[0]}: {fault}")


def faults(html: str) -> list[str]:
    followed = Nesting()
    followed.feed(html)
    followed.close()
    return followed.faults + [f"<{tag}> is never closed" for tag in followed.open]


def documents(site: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(site.rglob("*.html")):
        yield path.relative_to(site).as_posix(), path.read_text(encoding="utf-8")


def test_every_page_is_nested_as_html_asks(site: Path) -> None:
    found = {name: faults(html)[:3] for name, html in documents(site)}
    assert len(found) > 300
    assert {name: notes for name, notes in found.items() if notes} == {}


def test_what_is_pointed_at_by_id_stands_on_the_page(site_pages: dict[str, Page]) -> None:
    pointing = (
        "for",
        "aria-labelledby",
        "aria-describedby",
        "aria-controls",
        "headers",
        "list",
        "data-for",
        "data-copy",
    )
    missing = []
    for name, page in site_pages.items():
        for tag, attributes in page.tags:
            asked = " ".join(attributes.get(key, "") for key in pointing).split()
            missing += [(name, tag, target) for target in asked if target not in page.ids]
    assert missing == []


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<div><p>x</div>", "line 1: </div> closes <p>"),
        ("<p><ul><li>x</li></ul></p>", "line 1: <ul> in a paragraph"),
        ("<ul><p>x</p></ul>", "line 1: <p> in <ul>"),
        ("<table>\n<tr><td>x</td></tr></table>", "line 2: <tr> in <table>"),
        ("<a href='x'><b><a href='y'>x</a></b></a>", "line 1: <a> in <a>"),
        ("<b id='x' id='y'>x</b>", "line 1: <b> has an attribute twice"),
        ("<a href='https://a.example/[x]'>x</a>", 'line 1: href="https://a.example/[x]" is no address'),
        ("<a href='a%b'>x</a>", 'line 1: href="a%b" is no address'),
        ("<div/>", "line 1: <div/> is not closed by its slash"),
        ("<form><input><button type='button'>x</button></form>", "line 1: <form> cannot be sent"),
        ("<div role='region' aria-label='x'></div>", 'line 1: <div role="region"> is a <section>'),
        ("<section>", "<section> is never closed"),
    ],
)
def test_faults_are_seen(html: str, fault: str) -> None:
    assert fault in faults(html)


def test_sound_html_has_no_fault() -> None:
    html = '<!doctype html><ul><li>a<br><svg viewBox="0 0 1 1"><path d="M0 0"/></svg></li></ul><p><a href="x%20y?a=b#c">x</a></p><form><button>x</button></form>'
    assert faults(html) == []
