"""Parsed data files are cached: it changes the time and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from macros.cache import FOLDER
from macros.load import load
from macros.load.document import Document, pack
from site_tests.conftest import Change, Copy
from site_tests.support.reading import landscape_of

FILE = "data/stages.yml"


@pytest.fixture
def project_with(project_with: Copy) -> Copy:
    """Return a function that makes copies of the miniature with a cache of their own, which is empty."""

    def copy(changes: dict[str, Change]) -> Path:
        root = project_with(changes)
        (root / FOLDER).unlink()
        return root

    return copy


def _refuse_to_parse(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("macros.load.parse", lambda text, name: pytest.fail(f"{name} is parsed again"))


def test_unchanged_files_are_parsed_once(project_with: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    root = project_with({})
    first = load(root)
    _refuse_to_parse(monkeypatch)
    assert load(root) == first


def test_records_and_their_lines_are_the_same_with_and_without_a_cache(project_with: Copy) -> None:
    root = project_with({})
    first = landscape_of(root)
    again = landscape_of(root)
    shutil.rmtree(root / FOLDER)
    assert vars(first) == vars(again) == vars(landscape_of(root))
    assert [entry.line for entry in first.places.values()] == [entry.line for entry in again.places.values()]


def test_an_edited_file_is_parsed_again(project_with: Copy) -> None:
    root = project_with({})
    load(root)
    text = (root / FILE).read_text(encoding="utf-8")
    (root / FILE).write_text(text.replace("name: ", "name: Zz ", 1), encoding="utf-8")
    assert "Zz " in load(root).documents[FILE].data["stages"][0]["name"]


def test_a_file_with_an_error_is_not_cached(project_with: Copy) -> None:
    root = project_with({FILE: "stages: [\n"})
    assert [problem.path for problem in load(root).problems] == [FILE]
    assert [problem.path for problem in load(root).problems] == [FILE]


def test_a_renamed_file_is_known_by_its_content(project_with: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    root = project_with({})
    load(root)
    (root / FILE).rename(root / "data/steps.yml")
    _refuse_to_parse(monkeypatch)
    assert load(root).documents["data/steps.yml"].path == "data/steps.yml"


@pytest.mark.parametrize("content", [b"", b"no such thing", b"\0" * 100])
def test_damaged_cache_files_cost_time_only(project_with: Copy, content: bytes) -> None:
    root = project_with({})
    first = load(root)
    for path in (root / FOLDER / "parsed").iterdir():
        path.write_bytes(content)
    assert load(root) == first == load(root)


def test_a_cache_that_cannot_be_written_is_no_problem(project_with: Copy) -> None:
    root = project_with({})
    (root / FOLDER).write_text("a file where the folder should be")
    assert load(root).problems == ()


LINES = {(): 1, ("a",): 1, ("b",): 2, ("b", 0): 2, ("b", 1): 300, ("c",): 301}


@pytest.mark.parametrize(
    "lines",
    [LINES, {**LINES, ("b", 1): 3, ("c",): 4}, {keys: line for keys, line in reversed(LINES.items())}, {}],
    ids=["far apart", "close", "in another order", "none"],
)
def test_lines_are_the_same_after_packing(lines: dict) -> None:
    data = {"a": 1, "b": ("x", None), "c": 1.5}
    document = Document("data/x.yml", pack(data, lines))
    assert (document.data, document.lines) == (data, lines)
