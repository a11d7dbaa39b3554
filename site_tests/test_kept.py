"""What takes long is kept by what it was made of: the same result, sooner."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from macros.kept import Kept


def counted() -> tuple[list[str], Callable[[str], Callable[[], bytes]]]:
    """Return a list of what was made, and a maker that notes it there."""
    made: list[str] = []

    def maker(text: str) -> Callable[[], bytes]:
        return lambda: (made.append(text), text.encode())[1]

    return made, maker


def test_each_content_is_made_once(tmp_path: Path) -> None:
    made, maker = counted()
    for text in ("saw", "plane", "saw", "plane"):
        assert Kept(tmp_path, "1").get("kind", text, maker(text)) == text.encode()
    assert made == ["saw", "plane"]


def test_another_kind_maker_or_no_folder_makes_it_anew(tmp_path: Path) -> None:
    made, maker = counted()
    Kept(tmp_path, "1").get("kind", "saw", maker("first"))
    Kept(tmp_path, "1").get("other", "saw", maker("other kind"))
    Kept(tmp_path, "2").get("kind", "saw", maker("other maker"))
    Kept(None, "1").get("kind", "saw", maker("no folder"))
    assert made == ["first", "other kind", "other maker", "no folder"]


def test_of_what_is_large_the_last_one_stays(tmp_path: Path) -> None:
    made, maker = counted()
    Kept(tmp_path, "1").get("small", "saw", maker("small"))
    for text in ("saw", "plane", "plane", "saw"):
        Kept(tmp_path, "1").last("large", text, maker(text))
    assert made == ["small", "saw", "plane", "saw"]
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".large", ".small"]


def test_a_folder_that_cannot_be_written_costs_time_only(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file where the folder should be")
    made, maker = counted()
    for _ in range(2):
        assert Kept(tmp_path / "file", "1").get("kind", "saw", maker("saw")) == b"saw"
    assert made == ["saw", "saw"]
