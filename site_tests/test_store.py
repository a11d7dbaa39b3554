"""What was read is kept between runs: it changes the time and nothing else."""

from __future__ import annotations

import marshal
import shutil
from pathlib import Path

import pytest

from macros import load as loading
from macros.check import check
from macros.load import Document, load, store
from macros.load.document import pack
from macros.load.store import LATE, PLACE, Store, key_of
from macros.program import sign
from site_tests.conftest import Copy

FILE = "data/stages.yml"


def test_what_is_kept_is_what_is_read(project_with: Copy) -> None:
    root = project_with({})
    first = load(root)
    assert len(marshal.loads((root / PLACE).read_bytes())) == len(first.documents)
    assert load(root) == first


def test_records_are_the_same_with_and_without_what_was_kept(project_with: Copy) -> None:
    root = project_with({})
    first = check(load(root))
    again = check(load(root))
    shutil.rmtree(root / ".cache")
    assert first == again == check(load(root))
    assert [entry.line for entry in first.places.values()] == [entry.line for entry in again.places.values()]


@pytest.fixture(autouse=True)
def another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every reading be that of a process of its own: what a process remembers beside the store is left out."""
    monkeypatch.setattr("macros.load.store_of", Store)


def test_a_kept_file_is_not_read_again(project_with: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    root = project_with({})
    load(root)
    monkeypatch.setattr("macros.load.parse", lambda text, name: pytest.fail(f"{name} is read again"))
    load(root)


def test_an_edit_and_a_slip_are_seen(project_with: Copy) -> None:
    root = project_with({})
    load(root)
    text = (root / FILE).read_text(encoding="utf-8")
    (root / FILE).write_text(text.replace("name: ", "name: Zz ", 1), encoding="utf-8")
    assert "Zz " in load(root).documents[FILE].data["stages"][0]["name"]
    (root / FILE).write_text("stages: [\n", encoding="utf-8")
    assert [problem.path for problem in load(root).problems] == [FILE]
    # A file with a slip is not kept: its problem comes again.
    assert [problem.path for problem in load(root).problems] == [FILE]


def _on_disk(root: Path) -> tuple[int, int]:
    """Return of how many files the whole of the store knows, and of how many what was added later."""
    return len(marshal.loads((root / PLACE).read_bytes())), len(marshal.loads((root / LATE).read_bytes()))


def test_what_is_new_is_written_by_itself_as_long_as_it_is_little(
    project_with: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = project_with({})
    count = len(load(root).documents)
    files = sorted((root / "data/suppliers").glob("*.yml"))
    assert _on_disk(root) == (count, 0)
    for edits in range(1, store._LITTLE + 1):
        path = files[edits % 2]
        path.write_text(f"# {edits}\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
        load(root)
        # Two files, one of them edited once more each time.
        assert _on_disk(root) == (count, min(edits, 2)), edits
    with monkeypatch.context() as patch:
        patch.setattr("macros.load.parse", lambda text, name: pytest.fail(f"{name} is read again"))
        load(root)
    monkeypatch.setattr(store, "_LITTLE", 1)
    for path in files[2:4]:
        path.write_text(f"# new\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    load(root)
    assert _on_disk(root) == (count, 0)


def test_files_that_are_gone_are_forgotten(project_with: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    root = project_with({})
    count = len(load(root).documents)
    monkeypatch.setattr(store, "_LITTLE", 1)
    for path in sorted((root / "data/suppliers").glob("*.yml"))[:2]:
        path.unlink()
    load(root)
    assert _on_disk(root) == (count - 2, 0)


@pytest.mark.parametrize("content", [b"", b"no such thing", marshal.dumps([1]), marshal.dumps({})[:-1]])
def test_a_damaged_store_costs_time_only(project_with: Copy, content: bytes) -> None:
    root = project_with({})
    first = load(root)
    (root / PLACE).write_bytes(content)
    assert load(root) == first


def _kept(root: Path) -> tuple[Store, Document]:
    """Return a store of a project in which one document is kept."""
    document = Document("data/x.yml", pack({"a": 1}, {(): 1, ("a",): 1}), key_of(sign(b"a: 1")))
    ours = Store(root)
    ours.put(document.key, document, [])
    ours.save()
    return Store(root), document


def test_another_reader_shares_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours, document = _kept(tmp_path)
    assert ours.get("data/x.yml", key_of(sign(b"a: 1"))) == (document, [])
    monkeypatch.setattr(store, "_reader", lambda: b"another")
    assert Store(tmp_path).get("data/x.yml", key_of(sign(b"a: 1"))) is None


def test_a_disk_that_refuses_is_no_slip(tmp_path: Path) -> None:
    (tmp_path / ".cache").write_text("a file where the folder should be")
    ours, document = _kept(tmp_path)
    assert ours.get(document.path, document.key) is None


def test_a_file_read_again_in_one_process_is_the_same_document(project_with: Copy) -> None:
    root = project_with({"data/stages.yml": "stages: [\n"})
    one = Store(root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("macros.load.store_of", lambda root: one)
        first, second = load(root), load(root)
    assert first.problems == second.problems != ()
    assert all(second.documents[path] is document for path, document in first.documents.items())


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


def test_a_file_known_by_what_stands_for_its_bytes_is_not_read(
    project_with: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = project_with({})
    before = load(root)
    signs = {
        path.relative_to(root / "data").as_posix(): sign(path.read_bytes()) for path in (root / "data").rglob("*.yml")
    }
    signs["stages.yml"] = sign(b"no file that was ever read")
    opened: list[str] = []
    read = loading.bytes_of
    monkeypatch.setattr(loading, "bytes_of", lambda path, name, *args: opened.append(name) or read(path, name, *args))
    assert load(root, signs) == before
    assert opened == [FILE]
