"""What was read is kept between runs: it changes the time and nothing else."""

from __future__ import annotations

import marshal
from pathlib import Path

import pytest

from macros.load import _recalled, load, store
from macros.load.store import PLACE, Store
from site_tests.conftest import Copy

FILE = "data/stages.yml"


def test_what_is_kept_is_what_is_read(project_with: Copy) -> None:
    root = project_with({})
    first = load(root)
    assert len(marshal.loads((root / PLACE).read_bytes())) == len(first.documents)
    assert load(root) == first


@pytest.fixture(autouse=True)
def another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every reading be that of a process of its own: what a process remembers beside the store is left out."""
    monkeypatch.setattr("macros.load._recalled", _recalled.__wrapped__)
    monkeypatch.setattr("macros.load.store_of", Store)


def test_a_kept_file_is_not_read_again(project_with: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    root = project_with({})
    load(root)
    monkeypatch.setattr("macros.load.parse", lambda text, name: pytest.fail(f"{name} is read again"))
    load(root)


def test_an_edit_and_a_slip_are_seen(project_with: Copy) -> None:
    root = project_with({})
    first = load(root).documents[FILE]
    (root / FILE).write_text(first.text.replace("name: ", "name: Zz ", 1), encoding="utf-8")
    assert "Zz " in load(root).documents[FILE].data["stages"][0]["name"]
    (root / FILE).write_text("stages: [\n", encoding="utf-8")
    assert [problem.path for problem in load(root).problems] == [FILE]
    # A file with a slip is not kept: its problem comes again.
    assert [problem.path for problem in load(root).problems] == [FILE]


@pytest.mark.parametrize("content", [b"", b"no such thing", marshal.dumps([1]), marshal.dumps({})[:-1]])
def test_a_damaged_store_costs_time_only(project_with: Copy, content: bytes) -> None:
    root = project_with({})
    first = load(root)
    (root / PLACE).write_bytes(content)
    assert load(root) == first


def test_another_reader_shares_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = Store(tmp_path)
    ours.put("text", {"a": 1}, {("a",): 1})
    ours.save()
    assert Store(tmp_path).get("text") == ({"a": 1}, {("a",): 1})
    monkeypatch.setattr(store, "_reader", lambda: b"another")
    assert Store(tmp_path).get("text") is None


def test_a_disk_that_refuses_is_no_slip(tmp_path: Path) -> None:
    (tmp_path / ".cache").write_text("a file where the folder should be")
    ours = Store(tmp_path)
    ours.put("text", 1, {(): 1})
    ours.save()
    assert Store(tmp_path).get("text") is None
