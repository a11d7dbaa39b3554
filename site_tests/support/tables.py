"""Tables as a person handles them: exported, changed in a spreadsheet, taken back; and what that changed in the data."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from macros.cli.main import main
from macros.model.fields import Leaf

FORMATS = ("csv", "xlsx")
# Texts that a spreadsheet would run, or take apart.
HOSTILE_CELLS = [
    '=HYPERLINK("http://x")',
    "+1",
    "-1+2",
    "@SUM(A1)",
    "'=quoted",
    "＝1",
    "'s-Hof",
    "a; b",
    'x", "y',
    "# no comment",
]


def run(root: Path, *words: str) -> int:
    return main(["--root", str(root), *words])


def contents(root: Path) -> dict[str, bytes]:
    """Return every file below data, hidden ones included."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("data/**/*") if path.is_file()}


def lines_changed(before: dict[str, bytes], after: dict[str, bytes]) -> list[tuple[str, str, str]]:
    """Return (file, old line, new line) for files of equally many lines."""
    assert before.keys() == after.keys()
    found = []
    for name in sorted(before):
        old, new = before[name].decode().split("\n"), after[name].decode().split("\n")
        assert len(old) == len(new), name
        found += [(name, one, two) for one, two in zip(old, new, strict=False) if one != two]
    return found


def exported(root: Path, table: str, file: Path) -> Path:
    assert run(root, "export", table, str(file)) == 0
    return file


def rows_of(file: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline="")))


def put(file: Path, cells: dict[tuple[str, str], Any]) -> None:
    """Change cells of a table, by id and column."""
    if file.suffix == ".xlsx":
        book = load_workbook(file)
        sheet = book.worksheets[0]
        columns = [cell.value for cell in sheet[1]]
        numbers = {row[0].value: row[0].row for row in sheet.iter_rows()}
        for (name, column), value in cells.items():
            sheet.cell(numbers[name], columns.index(column) + 1).value = value
        book.save(file)
        return
    rows = rows_of(file)
    by_id = {row[0]: row for row in rows}
    for (name, column), value in cells.items():
        by_id[name][rows[0].index(column)] = "" if value is None else str(value)
    write(file, rows)


def write(file: Path, rows: list[list[str]], sign: str = ",") -> None:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=sign, lineterminator="\r\n").writerows(rows)
    file.write_bytes(text.getvalue().encode("utf-8-sig"))


NUMBER = Leaf(
    ("value",), {"anyOf": [{"type": "number"}, {"type": "array"}, {"type": "string"}, {"type": "null"}]}, True
)


TEXT = Leaf(("entity",), {"type": ["string", "null"]}, True)
