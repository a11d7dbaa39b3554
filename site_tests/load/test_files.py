"""What people and programs leave beside pages and data: passed over where it is nobody's work, named where it is."""

from __future__ import annotations

import pytest

from macros.load.content import content_files, is_content, is_passed_over
from macros.render.validation import problems_in
from site_tests.conftest import Copy
from site_tests.support.built import ROOT

LEFT_BEHIND = [
    "index.md~",
    "#index.md#",
    ".index.md.swp",
    ".#index.md",
    "index.md.orig",
    "index.md.bak",
    "index.md.rej",
    "~$index.docx",
    "~$index.md",
    ".~lock.index.csv#",
    "index.md___jb_tmp___",
    ".DS_Store",
    "Thumbs.db",
    "desktop.ini",
    "4913",
    ".idea/workspace.xml",
]


@pytest.mark.parametrize("name", LEFT_BEHIND)
def test_what_a_program_left_beside_pages_and_data_is_passed_over(name: str, project_with: Copy) -> None:
    assert is_passed_over(name) and is_passed_over(f"assets/{name}")
    root = project_with({f"content/{name}": "40", f"content/assets/{name}": "40", f"data/evidence/{name}": "40"})
    assert problems_in(root) == []
    assert [path for path in content_files(root) if path.endswith(name)] == []


def test_lock_of_an_editor_that_leads_nowhere_is_passed_over(project_with: Copy) -> None:
    root = project_with({})
    for folder in ("content", "data/evidence"):
        (root / folder / ".#abstand.md").symlink_to("editor@host.1234")
    assert problems_in(root) == []


@pytest.mark.parametrize(
    "name", ["notes.txt", "assets/draft.docx", "abstand.mdd", "gap", "equipment/wire-saw.yml", "x.py"]
)
def test_any_other_file_in_content_is_named(name: str, project_with: Copy) -> None:
    assert not is_content(name) and not is_passed_over(name)
    (found,) = problems_in(project_with({f"content/{name}": "x"}))
    assert (found.path, found.rule) == (f"content/{name}", "content-file")


@pytest.mark.parametrize(
    "name", ["assets/saw.PNG", "assets/saw.svg", "downloads/form.pdf", "robots.txt", "CNAME", "assets/own.css", "x.csv"]
)
def test_picture_and_file_for_readers_are_content(name: str, project_with: Copy) -> None:
    assert is_content(name)
    root = project_with({f"content/{name}": "x"})
    assert problems_in(root) == [] and name in content_files(root)


def test_files_of_the_report_are_all_known() -> None:
    root = ROOT
    assert [path for path in content_files(root) if not is_content(path)] == []
