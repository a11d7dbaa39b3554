"""The site is safe to read and to host: nothing inline, nothing from elsewhere, nothing a browser has to refuse."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from site_tests.support.built import Page as HtmlPage
from site_tests.support.built import framed, kinds, pages_of, read_pages
from site_tests.support.reader import faults, watched
from site_tests.support.server import Served, read_headers

# Data that scripts and machines read; browsers do not run it.
_DATA = {"application/json", "application/ld+json"}


def test_nothing_runs_in_a_page_but_the_scripts_of_the_theme(
    wafer_site: Path, wafer_pages: dict[str, HtmlPage]
) -> None:
    """A page may run what its policy names by hash; it has no styles, handlers or links that run."""
    wrong = []
    for path in [*pages_of(wafer_site), *framed(wafer_site)]:
        html = path.read_text(encoding="utf-8")
        allowed = set(re.findall(r"'sha256-([^']+)'", html))
        for script in re.findall(r"<script>(.*?)</script>", html, re.DOTALL):
            if base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() not in allowed:
                wrong.append((path.name, script))
    for name, page in wafer_pages.items():
        for tag, attributes in page.tags:
            runs = tag == "script" and "src" not in attributes and attributes.get("type") not in (None, *_DATA)
            handles = [key for key in attributes if key.startswith("on") or key in ("style", "srcdoc")]
            links = [key for key in ("href", "src", "action") if attributes.get(key, "").startswith("javascript:")]
            if attributes.get("data-md-component") == "search-share":
                links = []  # the theme's: its script gives it an address, and the policy lets nothing of the kind run
            if runs or tag == "style" or handles or links:
                wrong.append((name, tag, handles, links))
    assert wrong == []


def test_scripts_within_pages_are_the_same_few_of_the_theme_on_every_page(wafer_site: Path) -> None:
    scripts = {
        re.sub(r'new URL\("[^"]*"', "new URL(", script)
        for path in pages_of(wafer_site)
        for script in re.findall(r"<script>(.*?)</script>", path.read_text(encoding="utf-8"), re.DOTALL)
    }
    assert len(scripts) == 3  # where the site is, the colour scheme, the tab that an address names


def test_drawings_neither_run_nor_ask(wafer_site: Path) -> None:
    bad = re.compile(r"<script|<foreignObject|<style|\sstyle=|\son\w+=|javascript:|href=\"(?!#)", re.IGNORECASE)
    found = {path.name: bad.findall(path.read_text(encoding="utf-8")) for path in wafer_site.rglob("*.svg")}
    assert len(found) > 5
    assert {name: hits for name, hits in found.items() if hits} == {}


def test_policy_lets_pass_only_what_the_site_itself_holds(wafer_site: Path) -> None:
    policy = dict(read_headers(wafer_site)["/*"])["Content-Security-Policy"]
    rules = {name: sources for name, *sources in (rule.split() for rule in policy.split("; "))}
    assert rules.pop("default-src") == rules.pop("base-uri") == rules.pop("form-action") == ["'none'"]
    assert rules.pop("img-src") == ["'self'", "data:"]  # the theme's style sheet holds its icons
    own, *hashes = rules.pop("script-src")
    assert own == "'self'" and hashes and all(re.fullmatch(r"'sha256-[\w+/]{43}='", found) for found in hashes)
    assert rules == {name: ["'self'"] for name in ("connect-src", "font-src", "style-src")}


def test_pages_carry_the_policy_for_hosts_that_send_no_headers(
    wafer_site: Path, wafer_pages: dict[str, HtmlPage]
) -> None:
    named = dict(read_headers(wafer_site)["/*"])["Content-Security-Policy"]
    # Pages for frames run nothing, and ask for a style sheet and a picture only.
    strict = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
    for name, page in wafer_pages.items():
        policy = strict if name.startswith("embed/") else named
        head = [(tag, item) for tag, item in page.tags if tag in ("meta", "link", "script", "style")]
        (said,) = [at for at, (_, item) in enumerate(head) if item.get("http-equiv") == "Content-Security-Policy"]
        assert head[said][1]["content"] == policy, name
        loads = [tag for tag, item in head[:said] if tag in ("script", "style") or item.get("rel") == "stylesheet"]
        assert loads == [], name


def test_all_files_for_hosts_name_the_same_headers(wafer_site: Path) -> None:
    for name, value in read_headers(wafer_site)["/*"]:
        assert f'add_header {name} "{value}" always;' in (wafer_site / "hosting/nginx.conf").read_text(encoding="utf-8")
        assert f'\t{name} "{value}"\n' in (wafer_site / "hosting/Caddyfile").read_text(encoding="utf-8")


def test_only_files_named_by_their_content_are_kept_for_good(wafer_site: Path) -> None:
    kept = [
        path
        for path, headers in read_headers(wafer_site).items()
        if "immutable" in dict(headers).get("Cache-Control", "")
    ]
    assert any(path.endswith(".js") for path in kept) and any(path.endswith(".css") for path in kept)
    assert [path for path in kept if not re.search(r"\.[0-9a-f]{8}\.min\.(js|css)$", path)] == []
    assert [path for path in kept if not (wafer_site / path[1:]).is_file()] == []


@pytest.fixture(scope="module")
def wafer_pages(wafer_site: Path) -> dict[str, HtmlPage]:
    return read_pages(wafer_site, framed_too=True)


def test_browser_has_nothing_to_refuse_on_any_kind_of_page_in_use(
    wafer_site: Path, hosted: Served, browser: Browser
) -> None:
    names = [name for name in kinds(wafer_site) if name != "404.html"]
    assert len(names) > 20
    assert faults(watched(browser), hosted.address, names) == []
    assert hosted.named("/")["Content-Security-Policy"].startswith("default-src 'none'")


def test_browser_refuses_what_is_smuggled_in(wafer_site: Path, hosted: Served, browser: Browser) -> None:
    page = watched(browser)
    headers = {"Content-Type": "text/html", **hosted.named("/abstand.html")}
    page.route("**/abstand.html", lambda route: route.fulfill(body=_smuggled(wafer_site), headers=headers))
    page.goto(f"{hosted.address}abstand.html")
    assert page.evaluate("window.ran ?? 0") == 0
    found = {refused.split()[0] for refused in page.evaluate("refused")}
    assert {"script-src-elem", "script-src-attr", "style-src-elem", "style-src-attr", "img-src"} <= found


def _smuggled(wafer_site: Path) -> str:
    html = (wafer_site / "abstand.html").read_text(encoding="utf-8")
    bad = "<script>ran = 1</script><style>p{color:red}</style><p style='color:red' onclick='ran = 2' id=x>x</p>"
    bad += "<img src='https://elsewhere.example/x.png' onerror='ran = 3'><script src='https://elsewhere.example/x.js'></script>"
    return html.replace("</main>", f"{bad}</main>").replace("http-equiv", "data-gone")
