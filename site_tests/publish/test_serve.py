"""A real server and a real browser, driven through slips: the last good page stays, the problems stand over it, mending clears them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, Page, expect

from macros.publish.serve.live import Language, Live, Reading
from site_tests.conftest import another
from site_tests.support.built import ROOT
from site_tests.support.translating import add_language, spelt

PATIENCE = 90_000.0
"""Milliseconds: a bound for a machine that does other things, too; no measure of speed."""
SAW, MARKET, OTHER_SAW = "equipment/wire-saw.html", "markt.html", "ar/equipment/wire-saw.html"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Editing:
    """A project that is served while a browser has a page of it open."""

    root: Path
    page: Page
    address: str
    terminal: Path

    def text(self, name: str) -> str:
        return (self.root / name).read_text(encoding="utf-8")

    def save(self, name: str, text: str) -> None:
        (self.root / name).write_text(text, encoding="utf-8")

    def shows(self, *told: str) -> None:
        """Wait until the problems stand over the page, by itself, and say what is told."""
        for text in told:
            expect(self.page.locator("#problems")).to_contain_text(text, timeout=PATIENCE)
        expect(self.page.locator("h1")).to_be_visible()

    @contextmanager
    def kept(self, *names: str) -> Iterator[dict[str, str]]:
        """Yield the texts of files, which they have again at the end: then no problem is left."""
        good = {name: self.text(name) for name in names}
        self.is_clear()
        try:
            yield good
        finally:
            for name, text in good.items():
                if self.text(name) != text:
                    self.save(name, text)
        self.is_clear()

    def is_clear(self) -> None:
        expect(self.page.locator("#problems")).to_have_count(0, timeout=PATIENCE)
        expect(self.page.locator("h1")).to_be_visible()


@pytest.fixture(scope="module")
def editing(wafers: Path, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editing]:
    folder = tmp_path_factory.mktemp("served")
    root = add_language(another(wafers, folder / "project"))
    # Python and templates are edited, too.
    (root / "macros").unlink()
    shutil.copytree(ROOT / "macros", root / "macros", ignore=shutil.ignore_patterns("__pycache__"))
    address, terminal = f"127.0.0.1:{free_port()}", folder / "terminal.log"
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", address]
    with terminal.open("w") as out:
        environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
        server = subprocess.Popen(command, cwd=root, stdout=out, stderr=out, env=environment)
    page = browser.new_page()
    try:
        wait_for(f"http://{address}/{SAW}", server, terminal)
        page.goto(f"http://{address}/{SAW}")
        yield Editing(root, page, f"http://{address}/", terminal)
    finally:
        page.close()
        server.terminate()
        server.wait(20)


def wait_for(address: str, server: subprocess.Popen, terminal: Path) -> None:
    while server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(terminal.read_text())


def change(old: str, new: str) -> Callable[[str], str]:
    def changed(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return changed


# File, slip, and what the page then says: first what it says of no other slip.
SLIPS = {
    "a fact that is not there": (
        "data/equipment/wire-saw.yml",
        change("evidence: [", "evidence: [no-such-fact, "),
        ('no fact "no-such-fact"', "[fact-exists]", "evidence: [no-such-fact, "),
    ),
    "broken YAML": ("data/equipment/wire-saw.yml", change("name: ", "name: ["), ("not YAML", "data/equipment/wire-saw.yml:")),
    "a rule": (
        "data/equipment/wire-saw.yml",
        change("stage: ", "stage: no-such-"),
        ("no-such-", "data/equipment/wire-saw.yml:"),
    ),
    "a field that no record has": (
        "data/equipment/wire-saw.yml",
        change("name: ", "nmae: "),
        ('"nmae" is not a field here', 'did you mean "name"?'),
    ),
    "an unknown macro of the open page": (
        "content/equipment/_each.md",
        change("{{ class_verdict(record) }}", "{{ class_verdct(record) }}"),
        ('no macro "class_verdct"', "content/equipment/_each.md:"),
    ),
    "an unknown macro of another page": (
        "content/markt.md",
        lambda text: text + "\n{{ no_such_macro() }}\n",
        ('no macro "no_such_macro"', "content/markt.md:"),
    ),
    "a catalogue": ("data/locale/ar/stages.po", change('msgstr "', 'msgstr '), ("data/locale/ar/stages.po:", "[catalogue]")),
    "an expression that cannot be worked out": (
        "content/abstand.md",
        lambda text: text + "\n{{ 1/0 }}\n",
        ("division by zero", "content/abstand.md:"),
    ),
    "a template of a block": (
        "macros/templates/class_verdict.html.jinja",
        lambda text: "{% if %}" + text,
        ("macros/templates/class_verdict.html.jinja:1",),
    ),
    "a template of the theme": ("macros/theme/main.html", lambda text: text + "{% endif %}", ("endif",)),
    "Python": ("macros/present/equipment.py", lambda text: text + "\ndef broken(:\n", ("SyntaxError",)),
}  # fmt: skip


IN_CODE = [slip for slip, (name, _, _) in SLIPS.items() if name.startswith("macros/")]
IN_DATA = [slip for slip in SLIPS if slip not in IN_CODE]


@pytest.mark.parametrize("slips", [IN_DATA, *([slip] for slip in IN_CODE)], ids=["in data and pages", *IN_CODE])
def test_slips_show_over_the_last_good_page_and_each_goes_when_mended(editing: Editing, slips: list[str]) -> None:
    """One after the other, each as the one before is mended."""
    with editing.kept(*(SLIPS[slip][0] for slip in slips)) as good:
        before, before_said = "", ""
        for name, slipped, told in map(SLIPS.get, slips):
            if before not in ("", name):
                editing.save(before, good[before])
            editing.save(name, slipped(good[name]))
            editing.shows(*told)
            if before:
                expect(editing.page.locator("#problems")).not_to_contain_text(before_said)
            before, before_said = name, told[0]


@pytest.mark.parametrize(
    ("name", "is_renamed"),
    [("data/equipment/wire-saw.yml", True), ("data/method.yml", False), ("content/abstand.md", True)],
)
def test_a_file_that_is_gone_or_has_another_name_is_told_of(editing: Editing, name: str, is_renamed: bool) -> None:
    path = editing.root / name
    good, kept = editing.text(name), path.with_name(f"other-{path.name}")
    editing.is_clear()
    path.rename(kept) if is_renamed else path.unlink()
    editing.shows(path.name.removesuffix(".yml"))
    kept.rename(path) if is_renamed else editing.save(name, good)
    editing.is_clear()


EDITS = {
    "data": ("data/equipment/wire-saw.yml", change("name: Vieldrahtsäge", "name: Saw anew"), SAW, "h1", "Saw anew"),
    "words": ("data/words/equipment.yml", change("makers-all: ", "makers-all: Anew "), SAW, "main", "Anew "),
    "prose": ("content/markt.md", lambda text: text + "\nWritten anew.\n", MARKET, "main", "Written anew."),
    "a pattern": (
        "content/equipment/_each.md",
        lambda text: text + "\nWritten anew.\n",
        SAW, "main", "Written anew.",
    ),
    "a block": (
        "macros/templates/class_verdict.html.jinja",
        lambda text: "<p>Printed anew.</p>" + text,
        SAW, "main", "Printed anew.",
    ),
    "the theme": ("macros/theme/main.html", change("{% block tabs %}", "{% block tabs %}<p>Around anew.</p>"), SAW, "body", "Around anew."),
    "data, in another language": (
        "data/equipment/wire-saw.yml",
        change("name: Vieldrahtsäge", "name: Saw anew"),
        OTHER_SAW, "h1", "Saw anew",
    ),
    "a translation": (
        "data/locale/ar/equipment/wire-saw.po",
        change(f'msgstr "{spelt("Vieldrahtsäge")}"', f'msgstr "{spelt("Saw anew")}"'),
        OTHER_SAW, "h1", spelt("Saw anew"),
    ),
    "prose, in another language": (
        "content/markt.md",
        lambda text: text + "\nWritten anew.\n",
        f"ar/{MARKET}", "main", "Written anew.",
    ),
    "Python": (
        "macros/present/wording.py",
        change("    def name(self", '    def word(self, *_, **__):\n        return "Worded anew"\n\n    def name(self'),
        SAW, "main", "Worded anew",
    ),
}  # fmt: skip


@pytest.mark.parametrize("address", dict.fromkeys(address for _, _, address, _, _ in EDITS.values()))
def test_edits_show_by_themselves(editing: Editing, address: str) -> None:
    """One after the other on the open page, each as the one before is taken back."""
    page, edits = editing.page, [edit for edit in EDITS.values() if edit[2] == address]
    page.goto(editing.address + address)
    with editing.kept(*(edit[0] for edit in edits)) as good:
        for before, edit in pairwise([None, *edits, None]):
            if before and not (edit and edit[0] == before[0]):
                editing.save(before[0], good[before[0]])
            if edit:
                editing.save(edit[0], edit[1](good[edit[0]]))
                expect(page.locator(edit[3]).first).to_contain_text(edit[4], timeout=PATIENCE)
            if before:
                expect(page.locator(before[3]).first).not_to_contain_text(before[4], timeout=PATIENCE)
    page.goto(editing.address + SAW)


def test_the_switch_leads_to_the_twin_which_has_its_own_search_and_charts(editing: Editing) -> None:
    editing.is_clear()
    page = editing.page
    page.goto(editing.address + SAW)
    page.locator(".md-select > button").hover()
    page.locator(".md-select__link[lang=ar]").click()
    expect(page).to_have_url(editing.address + OTHER_SAW)
    expect(page.locator("h1").first).to_contain_text(spelt("Vieldrahtsäge"))
    end = time.monotonic() + PATIENCE / 1000
    while _status(f"{editing.address}ar/assets/search-index.js") != 200:
        assert time.monotonic() < end, "the language has no search"
        time.sleep(0.2)
    charts = page.locator("a[href$='.svg']").evaluate_all("links => links.map(link => link.href)")
    assert charts and all(f"{editing.address}ar/" in chart for chart in charts)
    while any(_status(chart) != 200 for chart in charts):
        assert time.monotonic() < end, "the language has no charts"
        time.sleep(0.2)
    assert _status(f"{editing.address}ar/api/index.json") == 404  # of data there is one set
    page.locator(".md-select > button").hover()
    page.locator(".md-select__link[lang=de]").click()
    expect(page).to_have_url(editing.address + SAW)


def test_pages_for_frames_and_cards_are_served_and_follow_an_edit(editing: Editing) -> None:
    name, edited, *_ = EDITS["data"]
    good = editing.text(name)
    editing.is_clear()
    editing.page.goto(editing.address + SAW)
    card = editing.page.locator("meta[property='og:image']").get_attribute("content")
    assert card == f"{editing.address}cards/equipment-each.png"
    with urllib.request.urlopen(card, timeout=5) as answer:
        assert answer.read(4) == b"\x89PNG"
    editing.save(name, edited(good))
    end = time.monotonic() + PATIENCE / 1000
    editing.page.goto(f"{editing.address}embed/matrix.html")
    while "Saw anew" not in editing.page.locator("main").inner_text():
        assert time.monotonic() < end, "the page for frames stays as it was"
        editing.page.wait_for_timeout(200)
        editing.page.goto(f"{editing.address}embed/matrix.html")
    editing.save(name, good)
    editing.page.goto(editing.address + SAW)


def test_the_page_of_a_record_that_is_removed_is_gone(editing: Editing) -> None:
    name, index = "data/suppliers/coil-trader.yml", "data/index.yml"
    kept, listed = editing.text(name), editing.text(index)
    assert _status(editing.address + "suppliers/coil-trader.html") == 200
    (editing.root / name).unlink()
    editing.save(index, listed.replace(", coil-trader", ""))
    waited = time.monotonic() + PATIENCE / 1000
    while _status(editing.address + "suppliers/coil-trader.html") != 404:
        assert time.monotonic() < waited
        time.sleep(0.2)
    editing.save(name, kept)
    editing.save(index, listed)
    while _status(editing.address + "suppliers/coil-trader.html") != 200:
        assert time.monotonic() < waited
        time.sleep(0.2)


def _status(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def test_a_page_asked_for_while_the_project_is_read_is_made_of_what_was_read() -> None:
    printed: list[object] = []
    live = Live.__new__(Live)
    live._lock, live._quiet, live._server = threading.RLock(), threading.Event(), SimpleNamespace(mount_path="/")
    live._print = lambda language, path: printed.append((language.reading, path))  # type: ignore[method-assign]
    old, new = (Reading(None, None, {"a.html": path}) for path in ("old.md", "new.md"))  # type: ignore[arg-type]
    language = Language(None, old)
    live._in_language = lambda address: (language, address)  # type: ignore[method-assign]
    with live._busy():
        asked = threading.Thread(target=live._make, args=("/a.html",))
        asked.start()
        asked.join(0.1)
        language.reading = new
    asked.join()
    assert printed == [(new, "new.md")]


def test_the_server_says_no_traceback(editing: Editing) -> None:
    """Last, after all that was done to the server."""
    assert "Traceback" not in editing.terminal.read_text()
