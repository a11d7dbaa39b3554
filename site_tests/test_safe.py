"""The site is safe to read and to host: nothing inline, nothing from elsewhere, nothing a browser has to refuse."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import Browser

from site_tests.built import kinds, read_pages
from site_tests.reader import faults, watched
from site_tests.server import Served, read_headers, serving

# Data that scripts and machines read; browsers do not run it.
_DATA = {"application/json", "application/ld+json"}


def test_nothing_that_runs_or_styles_stands_in_a_page(site: Path) -> None:
    inline = []
    for name, page in read_pages(site, framed_too=True).items():
        for tag, attributes in page.tags:
            runs = tag == "script" and "src" not in attributes and attributes.get("type") not in _DATA
            handles = [key for key in attributes if key.startswith("on") or key in ("style", "srcdoc")]
            links = [key for key in ("href", "src", "action") if attributes.get(key, "").startswith("javascript:")]
            if runs or tag == "style" or handles or links:
                inline.append((name, tag, handles, links))
    assert inline == []


def test_drawings_neither_run_nor_ask(site: Path) -> None:
    bad = re.compile(r"<script|<foreignObject|<style|\sstyle=|\son\w+=|javascript:|href=\"(?!#)", re.IGNORECASE)
    found = {path.name: bad.findall(path.read_text(encoding="utf-8")) for path in site.rglob("*.svg")}
    assert len(found) > 50
    assert {name: hits for name, hits in found.items() if hits} == {}


def test_policy_lets_pass_only_what_the_site_itself_holds(site: Path) -> None:
    policy = dict(read_headers(site)["/*"])["Content-Security-Policy"]
    rules = {name: sources for name, *sources in (rule.split() for rule in policy.split("; "))}
    assert rules.pop("default-src") == rules.pop("base-uri") == rules.pop("form-action") == ["'none'"]
    assert sorted(rules) == ["connect-src", "font-src", "img-src", "script-src", "style-src"]
    assert set(map(tuple, rules.values())) == {("'self'",)}


def test_pages_carry_the_policy_for_hosts_that_send_no_headers(site: Path) -> None:
    named = dict(read_headers(site)["/*"])["Content-Security-Policy"]
    # Pages for frames run nothing, and ask for a style sheet and a picture only.
    strict = re.sub(r"(script|font|connect)-src 'self'; ", "", named)
    for name, page in read_pages(site, framed_too=True).items():
        policy = strict if name.startswith("embed/") else named
        head = [(tag, attributes) for tag, attributes in page.tags if tag in ("meta", "link", "script")]
        said = [at for at, (_, item) in enumerate(head) if item.get("http-equiv") == "Content-Security-Policy"]
        assert said == [1], name  # after the character set, before anything that is loaded
        assert head[1][1]["content"] == policy


def test_all_files_for_hosts_name_the_same_headers(site: Path) -> None:
    for name, value in read_headers(site)["/*"]:
        assert f'add_header {name} "{value}" always;' in (site / "hosting/nginx.conf").read_text(encoding="utf-8")
        assert f'\t{name} "{value}"\n' in (site / "hosting/Caddyfile").read_text(encoding="utf-8")


def test_every_subresource_is_asked_for_by_a_hash_of_its_content(site: Path) -> None:
    asked: set[str] = set()
    for name, page in read_pages(site, framed_too=True).items():
        for address in page.resources:
            path = unquote(urlsplit(address).path)
            file = site / path[1:] if path.startswith("/") else (site / name).parent / path
            if file.suffix not in (".html", ".xml", ".json"):
                asked.add(f"{file.resolve().relative_to(site.resolve()).as_posix()}?{urlsplit(address).query}")
    for sheet in (site / "assets").glob("*.css"):
        asked |= {f"assets/{found}" for found in re.findall(r"url\(([^)#]+)\)", sheet.read_text(encoding="utf-8"))}
    wrong = []
    for address in sorted(asked):
        path, _, query = address.partition("?")
        if parse_qs(query).get("v") != [hashlib.sha256((site / path).read_bytes()).hexdigest()[:12]]:
            wrong.append(address)
    assert len(asked) > 6
    assert wrong == []


def test_only_files_with_a_version_are_kept_for_good(site: Path) -> None:
    kept = [
        path for path, headers in read_headers(site).items() if "immutable" in dict(headers).get("Cache-Control", "")
    ]
    assert "/assets/report.css" in kept
    assert [path for path in kept if not path.startswith("/assets/") or not (site / path[1:]).is_file()] == []


@pytest.fixture(scope="module")
def hosted(site: Path) -> Iterator[Served]:
    with serving(site) as running:
        yield running


def test_browser_has_nothing_to_refuse_on_any_kind_of_page_in_use(site: Path, hosted: Served, browser: Browser) -> None:
    names = [name for name in kinds(site) if name != "404.html"]
    assert len(names) > 20
    assert faults(watched(browser), hosted.address, names) == []
    assert hosted.named("/")["Content-Security-Policy"].startswith("default-src 'none'")


def test_browser_refuses_what_is_smuggled_in(site: Path, hosted: Served, browser: Browser) -> None:
    page = watched(browser)
    headers = {"Content-Type": "text/html", **hosted.named("/gap.html")}
    page.route("**/gap.html", lambda route: route.fulfill(body=_smuggled(site), headers=headers))
    page.goto(f"{hosted.address}gap.html")
    assert page.evaluate("window.ran ?? 0") == 0
    found = {refused.split()[0] for refused in page.evaluate("refused")}
    assert {"script-src-elem", "script-src-attr", "style-src-elem", "style-src-attr", "img-src"} <= found


def _smuggled(site: Path) -> str:
    html = (site / "gap.html").read_text(encoding="utf-8")
    bad = "<script>ran = 1</script><style>p{color:red}</style><p style='color:red' onclick='ran = 2' id=x>x</p>"
    bad += "<img src='https://elsewhere.example/x.png' onerror='ran = 3'><script src='https://elsewhere.example/x.js'></script>"
    return html.replace("</main>", f"{bad}</main>").replace("http-equiv", "data-gone")
