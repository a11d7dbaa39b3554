"""The miniature, end to end: another industry, hostile texts, other engines, and failures that publish nothing."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

from playwright.sync_api import Browser

from site_tests.support.built import ROOT, build, read_pages, tree
from site_tests.support.hostile import HOSTILE
from site_tests.support.records import data_in


def test_another_industry_builds_without_a_change_of_code(wafer_site: Path) -> None:
    pages = read_pages(wafer_site)
    assert "equipment/wire-saw.html" in pages
    text = " ".join(page.text for page in pages.values())
    for word in ("lithium", "China", "Chinese", "battery", "slot-die"):
        assert not re.search(rf"\b{word}\b", text, re.IGNORECASE), word


def test_another_language_says_nothing_in_that_of_the_real_report(wafer_site: Path) -> None:
    """But for titles in it, names that both languages have, and what the models say of the fields of data."""
    phrases = [
        str(phrase) for path in (ROOT / "data/words").glob("*.yml") for phrase in data_in(path)["phrases"].values()
    ]
    english = [phrase for phrase in phrases if re.fullmatch(r"[A-Za-z,;:.]+( [A-Za-z,;:.]+)+", phrase)]
    assert len(english) > 300
    for name, page in read_pages(wafer_site, framed_too=True).items():
        if name != "daten.html":
            said = [page.text, *(value for _, attrs in page.tags for value in attrs.values())]
            assert [phrase for phrase in english if any(phrase in text for text in said)] == [], name


def test_a_note_to_editors_is_in_no_file_of_the_site(wafer_site: Path) -> None:
    assert "QUILLBOARD" in (ROOT / "site_tests/miniature/data/suppliers/saxon-saws.yml").read_text(encoding="utf-8")
    texts = {path: path.read_bytes() for path in wafer_site.rglob("*") if path.is_file()}
    assert len(texts) > 100
    assert [path for path, text in texts.items() if b"QUILLBOARD" in text] == []


def test_every_page_describes_itself(wafer_site: Path) -> None:
    described = {
        name: [attrs["content"] for tag, attrs in page.tags if tag == "meta" and attrs.get("name") == "description"]
        for name, page in read_pages(wafer_site).items()
        if "/" in name
    }
    assert [name for name, texts in described.items() if len(texts) != 1] == []
    times = Counter(text for (text,) in described.values())
    assert [text for text, n in times.items() if n > 1] == []


def test_a_site_without_an_address_has_no_map(wafer_site: Path) -> None:
    assert list(wafer_site.glob("sitemap*")) == []


def test_code_and_templates_name_no_industry() -> None:
    words = re.compile(r"lithium|batter(y|ies)|china|chinese|slot-die|calender|electrode", re.IGNORECASE)
    files = [path for path in (ROOT / "macros").rglob("*") if path.suffix in (".py", ".jinja", ".html", ".css", ".js")]
    named = [
        f"{path.name}: {match.group()}" for path in files for match in words.finditer(path.read_text(encoding="utf-8"))
    ]
    assert named == []


def test_hostile_texts_show_literally_on_every_kind_of_page(hostile_site: Path) -> None:
    pages = read_pages(hostile_site)
    for name in (
        "index",
        "maschinen",
        "abstand",
        "aussagen",
        "vorhaben",
        "firmen",
        "markt",
        "chronik",
        "normen",
        "belege",
    ):
        assert HOSTILE in pages[f"{name}.html"].text, name
    for folder in ("equipment", "dimensions", "priorities", "suppliers", "evidence", "sources"):
        assert all(HOSTILE in page.text for name, page in pages.items() if name.startswith(f"{folder}/")), folder


def test_hostile_texts_become_neither_tags_nor_attributes_nor_results(hostile_site: Path) -> None:
    for path in hostile_site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert "<script>alert" not in html, path.name
        assert "<em>x</em>" not in html, path.name
        assert "| 49" not in html and "*x* 49" not in html, path.name


def test_hostile_texts_run_nowhere(hostile_site: Path, browser: Browser) -> None:
    ran: list[str] = []
    page = browser.new_page()
    page.on("dialog", lambda dialog: (ran.append(page.url), dialog.dismiss()))
    for path in sorted(hostile_site.rglob("*.html")):
        page.goto(path.as_uri())
    assert ran == []


def test_render_refuses_a_folder_it_did_not_write(miniature: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("precious")
    command = [sys.executable, "-m", "macros", "--root", str(miniature), "render", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1 and "is not empty" in done.stderr
    assert (tmp_path / "mine.txt").read_text() == "precious"


def test_a_slip_in_the_data_publishes_nothing_and_keeps_the_last_site(wafers: Path, tmp_path: Path) -> None:
    root = shutil.copytree(wafers, tmp_path / "project", symlinks=True)
    before = tree(root / "site")
    assert "index.html" in before
    file = root / "data/equipment/wire-saw.yml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("evidence: [", "evidence: [no-such-fact, ", 1), encoding="utf-8"
    )
    done = build(root, root / "site")
    assert done.returncode == 1
    assert 'no fact "no-such-fact"' in done.stderr and "Traceback" not in done.stderr
    assert tree(root / "site") == before


def test_check_command_lists_all_problems_and_exits_with_one(project_with) -> None:
    root = project_with({"data/claims.yml": "claims: [\n", "data/series.yml": ""})
    done = subprocess.run(
        [sys.executable, "-m", "macros", "--root", str(root), "check"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "data/claims.yml:" in done.stderr and "data/series.yml:1: the file is empty" in done.stderr
    assert "Nothing was published." in done.stderr and "Traceback" not in done.stderr


def test_check_command_is_content_with_the_miniature(miniature: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "macros", "--root", str(miniature), "check"], cwd=ROOT, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("No problems: ")
