"""What takes long is cached by what it was made from: the same result, sooner, in a folder of bounded size."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from macros import cache
from macros.cache import Cache, fingerprint, prune, tree_fingerprint
from site_tests.support.built import ROOT


def counted() -> tuple[list[str], Callable[[str], Callable[[], bytes]]]:
    """Return a list of what was made, and a maker that notes it there."""
    made: list[str] = []

    def maker(text: str) -> Callable[[], bytes]:
        return lambda: (made.append(text), text.encode())[1]

    return made, maker


def test_each_content_is_made_once(tmp_path: Path) -> None:
    made, maker = counted()
    for text in ("saw", "plane", "saw", "plane"):
        assert Cache(tmp_path, "1").get("kind", text, maker(text)) == text.encode()
    assert made == ["saw", "plane"]


def test_another_kind_maker_or_no_folder_makes_it_anew(tmp_path: Path) -> None:
    made, maker = counted()
    Cache(tmp_path, "1").get("kind", "saw", maker("first"))
    Cache(tmp_path, "1").get("other", "saw", maker("other kind"))
    Cache(tmp_path, "2").get("kind", "saw", maker("other maker"))
    Cache(None, "1").get("kind", "saw", maker("no folder"))
    assert made == ["first", "other kind", "other maker", "no folder"]


@pytest.mark.parametrize("damage", [b"", b"xxx", b"\0" * 35])
def test_a_damaged_value_is_made_anew(damage: bytes, tmp_path: Path) -> None:
    ours = Cache(tmp_path, "1")
    ours.get("kind", "saw", lambda: b"saw")
    (path,) = tmp_path.glob("kind/*")
    path.write_bytes(damage)
    assert ours.read("kind", "saw") is None
    assert ours.get("kind", "saw", lambda: b"saw") == b"saw" == ours.read("kind", "saw")


def test_a_folder_that_cannot_be_written_costs_time_only(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file where the folder should be")
    made, maker = counted()
    for _ in range(2):
        assert Cache(tmp_path / "file", "1").get("kind", "saw", maker("saw")) == b"saw"
    assert made == ["saw", "saw"]


def test_a_folder_deleted_meanwhile_is_filled_again(tmp_path: Path) -> None:
    ours = Cache(tmp_path / "cache", "1")
    ours.write("kind", "saw", b"saw")
    for path in (tmp_path / "cache/kind").iterdir():
        path.unlink()
    (tmp_path / "cache/kind").rmdir()
    ours.write("kind", "plane", b"plane")
    assert (ours.read("kind", "saw"), ours.read("kind", "plane")) == (None, b"plane")


def _put(folder: Path, name: str, size: int, age: int) -> Path:
    """Write a file that was last used some seconds ago."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x" * size)
    os.utime(path, (1_000_000_000 - age,) * 2)
    return path


def test_files_unused_for_longest_are_deleted_beyond_the_limit(tmp_path: Path) -> None:
    for name, age in (("newest", 1), ("old", 3), ("new", 2), ("oldest", 4)):
        _put(tmp_path, name, size=10, age=age)
    prune(tmp_path, 40)
    assert len(list(tmp_path.iterdir())) == 4
    prune(tmp_path, 25)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new", "newest"]


def test_the_first_value_written_prunes_its_kind_alone(tmp_path: Path) -> None:
    _put(tmp_path, "kind/left-by-another", size=100, age=1)
    other = _put(tmp_path, "other/left-by-another", size=100, age=1)
    ours = Cache(tmp_path, "1", limit=90)
    ours.write("kind", "saw", b"saw")
    assert [path.read_bytes()[-3:] for path in (tmp_path / "kind").iterdir()] == [b"saw"]
    assert other.exists()


def test_a_value_in_use_outlives_one_that_is_not(tmp_path: Path) -> None:
    ours = Cache(tmp_path, "1")
    for text in ("saw", "plane"):
        ours.write("kind", text, text.encode())
    for path in (tmp_path / "kind").iterdir():
        os.utime(path, (1_000_000_000,) * 2)
    ours.read("kind", "saw")
    prune(tmp_path / "kind", 40)
    assert (ours.read("kind", "saw"), ours.read("kind", "plane")) == (b"saw", None)


MANY = """
import sys
from pathlib import Path
from macros.cache import Cache
for turn in range(200):
    ours = Cache(Path(sys.argv[1]), "1", limit=300)
    for at in range(5):
        assert ours.get("kind", str(at), lambda: str(at).encode() * 50) == str(at).encode() * 50
"""


def test_two_builds_may_use_it_at_once(tmp_path: Path) -> None:
    running = [subprocess.Popen([sys.executable, "-c", MANY, str(tmp_path)], cwd=ROOT) for _ in range(2)]
    assert [one.wait(timeout=60) for one in running] == [0, 0]
    assert list(tmp_path.rglob("*.part")) == []


def test_fingerprint_tells_where_one_part_ends() -> None:
    assert fingerprint("ab", "c") != fingerprint("a", "bc") != fingerprint("abc")
    assert fingerprint("ab", "c") == fingerprint(b"ab", b"c")


def test_fingerprint_of_a_tree_changes_with_each_name_and_content(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/one.py").write_text("1")
    seen = [tree_fingerprint(tmp_path)]
    (tmp_path / "a/one.py").write_text("2")
    seen.append(tree_fingerprint(tmp_path))
    (tmp_path / "a/one.py").rename(tmp_path / "a/two.py")
    seen.append(tree_fingerprint(tmp_path))
    (tmp_path / "a/__pycache__").mkdir()
    (tmp_path / "a/__pycache__/two.pyc").write_text("compiled")
    assert len(set(seen)) == 3 and tree_fingerprint(tmp_path) == seen[-1]


def test_fingerprint_of_code_changes_with_its_packages_and_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    code = cache.code_fingerprint.__wrapped__
    before = code("load")
    assert code("load") == before != code("derive")
    monkeypatch.setattr(cache, "environment_fingerprint", lambda: "other libraries")
    assert code("load") != before
