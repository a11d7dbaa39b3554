"""A page that would come out as before is taken from the last build: whatever was edited, the site is the same as a clean one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from macros.publish.reprints import PLACE
from macros.publish.writing import linked, stands, write
from macros.site import CACHE
from site_tests.built import ROOT, tree
from site_tests.conftest import ADDRESS, Change, edit
from site_tests.test_miniature import with_engine
from site_tests.test_whole import build

# What was edited, and whether pages that it does not touch are taken from the build before.
EDITS: dict[str, tuple[dict[str, Change], bool]] = {
    "the name of a class": (
        {"data/equipment/wire-saw.yml": ("name: Multi-wire saw", "name: Saw of many wires")}, True,
    ),
    "a level and its reason": (
        {"data/equipment/wire-saw.yml": [
            ("edition: \"2024\"\n    level: slightly-behind", "edition: \"2024\"\n    level: parity"),
            ("The cut has become narrower on both sides", "The cut is as narrow on both sides"),
        ]}, True,
    ),
    "a figure of a fact": (
        {"data/evidence/wire-saw.yml": [("value: 150", "value: 151"), ("a cut of 150 µm", "a cut of 151 µm")]}, True,
    ),
    "the name of a company": ({"data/suppliers/alpen-wire.yml": ("name: Alpen Wire", "name: Alpen Draht")}, True),
    "a line more, so that records stand elsewhere": (
        {"data/suppliers/alpen-wire.yml": ("id: alpen-wire", "# a remark\nid: alpen-wire")}, True,
    ),
    "a sentence of a page": ({"content/gap.md": ("A page of the miniature report", "This page of the report")}, False),
    "a definition": ({"data/glossary.yml": ("what was there is lost", "what stood there is lost")}, False),
    "a name that the words give": ({"data/words/names.yml": ("DE: Germany", "DE: Federal Republic")}, False),
    "a template": ({"macros/templates/gap_ranking.html.jinja": ("<table", "<table data-tried")}, False),
    "a style": ({"content/assets/tried.css": "body { color: red }\n"}, False),
}  # fmt: skip


def kept(root: Path) -> set[str]:
    return {path.name for path in (root / CACHE / PLACE).iterdir()}


def forget(root: Path) -> None:
    """Delete what is kept of pages, so that the next build is a clean one; what charts were drawn as stays."""
    shutil.rmtree(root / CACHE / PLACE)
    (root / CACHE / PLACE).with_suffix(".bin").unlink()


def built(root: Path, **environment: str) -> dict[str, bytes]:
    done = build(root, **environment)
    assert done.returncode == 0, done.stderr.decode()
    return tree(root / "site")


@pytest.fixture(scope="module")
def project(miniature: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that has been built, with the program in it, so that that can be edited as well."""
    root = with_engine(shutil.copytree(miniature, tmp_path_factory.mktemp("reprints") / "project"))
    (root / "macros").unlink()
    shutil.copytree(ROOT / "macros", root / "macros", ignore=shutil.ignore_patterns("__pycache__"))
    built(root)
    return root


@pytest.fixture
def copy(project: Path, tmp_path: Path) -> Path:
    return shutil.copytree(project, tmp_path / "project")


@pytest.mark.parametrize("what", EDITS)
def test_a_site_built_after_an_edit_is_that_of_a_clean_build(what: str, copy: Path) -> None:
    changes, is_reused = EDITS[what]
    before = kept(copy)
    for name, change in changes.items():
        edit(copy, name, change)
    site, after = built(copy), kept(copy)
    # Those that are used no more are gone, so that the folder does not grow.
    assert len(after) == len(before) and bool(after & before) == is_reused and after != before
    forget(copy)
    assert site == built(copy)


def test_the_same_data_take_every_page_from_the_last_build(copy: Path) -> None:
    before, last = kept(copy), tree(copy / "site")
    times = {path.name: path.stat().st_mtime_ns for path in (copy / CACHE / PLACE).iterdir()}
    assert built(copy) == last and kept(copy) == before
    assert {path.name: path.stat().st_mtime_ns for path in (copy / CACHE / PLACE).iterdir()} == times


def test_another_address_makes_other_pages(copy: Path) -> None:
    before = kept(copy)
    site = built(copy, SITE_URL=ADDRESS)
    assert not kept(copy) & before
    forget(copy)
    assert site == built(copy, SITE_URL=ADDRESS)


@pytest.mark.parametrize("damage", [b"", b"\0", b"x\x9c\x03\x00\x00\x00\x00\x01", b"no page"])
def test_a_damaged_page_is_made_anew(damage: bytes, copy: Path) -> None:
    last = tree(copy / "site")
    for path in (copy / CACHE / PLACE).iterdir():
        path.write_bytes(damage)
    assert built(copy) == last


def test_a_folder_that_refuses_costs_time_only(copy: Path) -> None:
    last = tree(copy / "site")
    shutil.rmtree(copy / CACHE / PLACE)
    (copy / CACHE / PLACE).write_text("a file where the folder should be")
    assert built(copy) == last == built(copy)


@pytest.mark.parametrize("link", ["gap.md#nowhere", "nothing.md"])
def test_a_link_that_leads_nowhere_is_told_at_every_build(link: str, copy: Path) -> None:
    edit(copy, "content/index.md", (copy / "content/index.md").read_text(encoding="utf-8") + f"\n[x]({link})\n")
    for _ in range(2):
        done = build(copy)
        assert done.returncode == 1 and link.partition("#")[0] in done.stderr.decode()


def test_a_heading_that_goes_is_missed_by_pages_that_stay(copy: Path) -> None:
    edit(copy, "content/index.md", (copy / "content/index.md").read_text(encoding="utf-8") + "\n[x](gap.md#movement)\n")
    built(copy)
    edit(copy, "content/gap.md", ("## Movement", "## Motion"))
    assert "gap.md#movement" in build(copy).stderr.decode()


def charts(root: Path) -> dict[Path, int]:
    """Return each file of a chart with what tells it from others on the disk."""
    return {path: path.stat().st_ino for path in (root / "site/downloads/charts").iterdir()}


def test_charts_of_pages_that_stay_are_the_files_of_the_last_build(copy: Path) -> None:
    before = charts(copy)
    edit(copy, *next(iter(EDITS["the name of a company"][0].items())))
    site, after = built(copy), charts(copy)
    stayed = {path for path in after if before.get(path) == after[path]}
    assert stayed and stayed != set(after)
    forget(copy)
    assert site == built(copy) and not charts(copy).items() & after.items()


@pytest.mark.parametrize("damage", ["other bytes", "one byte more", "a file is gone", "the folder is gone"])
def test_a_chart_that_no_longer_stands_as_it_was_written_is_made_anew(damage: str, copy: Path) -> None:
    last = tree(copy / "site")
    chart = next(path for path in sorted(charts(copy)) if path.suffix == ".svg")
    content = chart.read_bytes()
    if damage == "other bytes":
        chart.write_bytes(content[::-1])
    elif damage == "one byte more":
        chart.write_bytes(content + b"\n")
    elif damage == "a file is gone":
        chart.unlink()
    else:
        shutil.rmtree(copy / "site")
    assert built(copy) == last


@pytest.mark.parametrize("damage", [b"", b"\0", b"(\x00\x00\x00\x00"])  # the last one: a value without entries
def test_of_a_damaged_list_of_charts_nothing_is_taken(damage: bytes, copy: Path) -> None:
    last = tree(copy / "site")
    (copy / CACHE / PLACE).with_suffix(".bin").write_bytes(damage)
    assert built(copy) == last


def test_what_is_written_anew_leaves_its_second_place_as_it_was(tmp_path: Path) -> None:
    last, fresh = tmp_path / "last", tmp_path / "fresh"
    write(last, [("charts/kerf.csv", b"of the last build")])
    assert linked(stands(last, ["charts/kerf.csv"]), last, fresh)
    assert (fresh / "charts/kerf.csv").samefile(last / "charts/kerf.csv")
    write(fresh, [("charts/kerf.csv", b"of this one")])
    assert (last / "charts/kerf.csv").read_bytes() == b"of the last build"
    assert (fresh / "charts/kerf.csv").read_bytes() == b"of this one"


def test_a_build_that_fails_leaves_the_files_of_the_last_one_as_they_were(copy: Path) -> None:
    last = tree(copy / "site")
    edit(copy, "content/gap.md", "# Gap\n\n{{ nothing_of_the_kind() }}\n")
    assert build(copy).returncode == 1
    assert tree(copy / "site") == last
