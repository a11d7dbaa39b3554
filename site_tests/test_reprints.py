"""A page that would come out as before is taken from the last build: whatever was edited, the site is the same as a clean one."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from macros.cache import FOLDER, fingerprint
from macros.publish.reprints import PLACE, MadeOf, Reprint, Reprints, Written, packed
from macros.publish.writing import Target
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
    return {path.name for path in (root / FOLDER / PLACE).iterdir()}


def forget(root: Path) -> None:
    """Delete what is kept of pages, so that the next build is a clean one; what charts were drawn as stays."""
    shutil.rmtree(root / FOLDER / PLACE)
    (root / FOLDER / PLACE).with_suffix(".bin").unlink()


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
    times = {path.name: path.stat().st_mtime_ns for path in (copy / FOLDER / PLACE).iterdir()}
    assert built(copy) == last and kept(copy) == before
    assert {path.name: path.stat().st_mtime_ns for path in (copy / FOLDER / PLACE).iterdir()} == times


def test_another_address_makes_other_pages(copy: Path) -> None:
    before = kept(copy)
    site = built(copy, SITE_URL=ADDRESS)
    assert not kept(copy) & before
    forget(copy)
    assert site == built(copy, SITE_URL=ADDRESS)


@pytest.mark.parametrize("damage", [b"", b"\0", b"x\x9c\x03\x00\x00\x00\x00\x01", b"no page"])
def test_a_damaged_page_is_made_anew(damage: bytes, copy: Path) -> None:
    last = tree(copy / "site")
    for path in (copy / FOLDER / PLACE).iterdir():
        path.write_bytes(damage)
    assert built(copy) == last


def test_a_folder_that_refuses_costs_time_only(copy: Path) -> None:
    last = tree(copy / "site")
    shutil.rmtree(copy / FOLDER / PLACE)
    (copy / FOLDER / PLACE).write_text("a file where the folder should be")
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


def inodes(root: Path, folder: str = "") -> dict[Path, int]:
    """Return each file of the site, below a folder of it, with what tells it from others on the disk."""
    return {path: path.stat().st_ino for path in (root / "site" / folder).rglob("*") if path.is_file()}


def test_what_stays_as_it_was_is_the_file_of_the_last_build(copy: Path) -> None:
    before = inodes(copy)
    edit(copy, *next(iter(EDITS["the name of a company"][0].items())))
    site, after = built(copy), inodes(copy)
    shared = {path.relative_to(copy / "site").as_posix() for path in after if before.get(path) == after[path]}
    for path in ("suppliers/alpen-wire.html", "api/v1/suppliers/alpen-wire.json", "assets/search-index.js"):
        assert path in site and path not in shared
    for path in ("suppliers/saxon-saws.html", "api/v1/suppliers/saxon-saws.json", "glossary.html"):
        assert path in shared
    assert any(path.startswith("downloads/charts/") for path in shared)
    forget(copy)
    shutil.rmtree(copy / "site")
    assert site == built(copy) and not inodes(copy).items() & after.items()


def test_a_site_of_the_same_data_is_made_of_the_files_of_the_last(copy: Path) -> None:
    built(copy)  # which gives the files of the edition their second place, where the copy has two of each
    before = inodes(copy)
    built(copy)
    new = {path.name for path, inode in inodes(copy).items() if before[path] != inode}
    # What the engine writes itself: the files of the theme, and what hosts look for.
    assert {name for name in new if name.endswith((".html", ".json", ".csv", ".xlsx", ".zip"))} == {"404.html"}


@pytest.mark.parametrize("damage", ["other bytes", "one byte more", "files are gone", "the folder is gone"])
def test_files_that_no_longer_stand_as_they_were_written_are_made_anew(damage: str, copy: Path) -> None:
    last = tree(copy / "site")
    for kind in (".html", ".svg", ".json"):
        path = next(path for path in sorted(inodes(copy)) if path.suffix == kind)
        content = path.read_bytes()
        if damage == "other bytes":
            path.write_bytes(content[::-1])
        elif damage == "one byte more":
            path.write_bytes(content + b"\n")
        else:
            path.unlink()
    if damage == "the folder is gone":
        shutil.rmtree(copy / "site")
    assert built(copy) == last


@pytest.mark.parametrize("damage", [b"", b"\0", b"(\x00\x00\x00\x00"])  # the last one: a value without entries
def test_of_a_damaged_list_of_pages_and_charts_nothing_is_taken(damage: bytes, copy: Path) -> None:
    last = tree(copy / "site")
    (copy / FOLDER / PLACE).with_suffix(".bin").write_bytes(damage)
    assert built(copy) == last


def test_a_page_kept_by_a_build_that_failed_is_not_the_one_that_stands(tmp_path: Path) -> None:
    """A title may be another one in a page that is the same by its own records; the build that wrote it may have ended."""
    path, last, kept, made_of = "gap.html", tmp_path / "last", tmp_path / PLACE, MadeOf("key", {})
    titles = {("equipment", "wire-saw"): "Saw"}
    book: Any = SimpleNamespace(title=lambda kind, name: titles[kind, name])

    def reprint(html: bytes) -> Reprint:
        return Reprint(packed(html), (), {}, dict(titles), ())

    Target(last).write([(path, b"the saw")])
    first = Reprints(kept, b"", book)
    first.keep(made_of, reprint(b"the saw"))
    first.end({"key": Written(fingerprint(packed(b"the saw")), (path,))}, {}, Target(last))
    titles["equipment", "wire-saw"] = "Wire"
    assert Reprints(kept, b"", book).write(made_of, path, Target(tmp_path / "failed", last)) is None
    Reprints(kept, b"", book).keep(made_of, reprint(b"the wire"))
    assert Reprints(kept, b"", book).write(made_of, path, Target(tmp_path / "fresh", last)) == reprint(b"the wire")
    assert (tmp_path / "fresh" / path).read_bytes() == b"the wire"


FILE = "charts/kerf.csv"


def test_a_file_is_shared_where_its_content_is_the_same(tmp_path: Path) -> None:
    last, fresh = tmp_path / "last", tmp_path / "fresh"
    Target(last).write([(FILE, b"of both"), ("a.csv", b"of the last"), ("gone.csv", b"")])
    Target(fresh, last).write([(FILE, b"of both"), ("a.csv", b"of the next"), ("new.csv", b"")])
    assert (fresh / FILE).samefile(last / FILE)
    assert tree(fresh) == {FILE: b"of both", "a.csv": b"of the next", "new.csv": b""}
    assert tree(last) == {FILE: b"of both", "a.csv": b"of the last", "gone.csv": b""}


def test_what_is_written_anew_leaves_its_second_place_as_it_was(tmp_path: Path) -> None:
    last, fresh = tmp_path / "last", tmp_path / "fresh"
    Target(last).write([(FILE, b"of the last build")])
    target = Target(fresh, last)
    assert target.take(Target(last).stands([FILE])) and (fresh / FILE).samefile(last / FILE)
    target.write([(FILE, b"of this one")])
    assert (last / FILE).read_bytes() == b"of the last build"
    assert target.read(FILE) == b"of this one"


def test_where_no_file_can_have_two_places_it_is_written_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Path) -> None:
        raise PermissionError("no links here")

    monkeypatch.setattr("os.link", refuse)
    last, fresh = tmp_path / "last", tmp_path / "fresh"
    Target(last).write([(FILE, b"of both")])
    target = Target(fresh, last)
    assert not target.take(Target(last).stands([FILE]))
    target.write([(FILE, b"of both")])
    assert target.read(FILE) == b"of both" and not (fresh / FILE).samefile(last / FILE)


def test_a_build_that_fails_leaves_the_files_of_the_last_one_as_they_were(copy: Path) -> None:
    last = tree(copy / "site")
    edit(copy, "content/gap.md", "# Gap\n\n{{ nothing_of_the_kind() }}\n")
    assert build(copy).returncode == 1
    assert tree(copy / "site") == last
