"""What takes long is kept by what it was made of: the same result, sooner."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from macros import sheets
from macros.export.xlsx import workbook
from macros.kept import Kept
from macros.present.tables import tables
from macros.sheets import Sheet, xlsx_bytes, xlsx_of_kept
from macros.site import read_book


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


def test_lines_of_a_workbook_are_kept_until_a_cell_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [("id", "value"), *((f"saw-{at}", at) for at in range(1, 1001))]  # three runs of at most 500 lines
    made: list[range] = []
    monkeypatch.setattr(sheets, "_run", lambda sheet, run, as_ever=sheets._run: made.append(run) or as_ever(sheet, run))

    def lines_made() -> list[range]:
        made.clear()
        tables = [Sheet("readme", [("a",), ("b", "c")], (9, 9), has_head=False), Sheet("saws", lines, (9, 9))]
        others = {"author": "nobody"}, datetime(2001, 2, 3)
        assert xlsx_of_kept(tables, *others, Kept(tmp_path, "1")) == xlsx_bytes(tables, *others)
        return list(made)

    assert lines_made() == [range(500), range(500, 1000), range(1000, 1001)]
    assert lines_made() == []
    lines[700] = ("saw-700", "no longer a number")
    assert lines_made() == [range(500, 1000)]


def test_of_the_lines_of_a_workbook_only_those_in_use_stay(miniature: Path, tmp_path: Path) -> None:
    book = read_book(miniature)
    listed = list(tables(book).values())
    clean = workbook(book, listed, None)
    for _ in range(2):
        assert workbook(book, listed, None, tmp_path) == clean
    before = set(tmp_path.iterdir())
    assert workbook(book, listed[1:], None, tmp_path) != clean
    assert len(before - set(tmp_path.iterdir())) == 2  # those of the table, and those of the list of all columns


@pytest.mark.parametrize("damage", [b"", b"no lines", b"x\x9c\x03\x00\x00\x00\x00\x02"])
def test_damaged_lines_of_a_workbook_are_written_anew(damage: bytes, miniature: Path, tmp_path: Path) -> None:
    book = read_book(miniature)
    clean = workbook(book, tables(book).values(), None, tmp_path)
    for path in tmp_path.iterdir():
        path.write_bytes(damage)
    assert workbook(book, tables(book).values(), None, tmp_path) == clean
