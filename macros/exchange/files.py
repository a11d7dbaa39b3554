"""Files: the grid of cells in what spreadsheets make of an exported table, CSV or XLSX."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from macros.editing.cells import Cell
from macros.editing.changes import NOTHING
from macros.problems import Problem, ProblemsFound
from macros.sheets import restored

LARGEST = 20_000_000
LARGEST_UNPACKED = 200_000_000
MOST_ROWS = 100_000
_CSV_HELP = 'save it as "CSV UTF-8", or as .xlsx'


@dataclass(frozen=True)
class Bad:
    """A cell that holds something other than a value."""

    wrong: str
    right: str


@dataclass(frozen=True)
class Grid:
    """What a file holds: the header, and each row with its number in the spreadsheet."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Cell | Bad, ...]], ...]
    decimal_comma: bool = False


def read_grid(path: Path, sheets: Collection[str] = ()) -> Grid:
    """Return what a CSV file holds, or the first of these sheets in a workbook, else its first. Raises ProblemsFound for one that cannot be read."""
    try:
        if path.stat().st_size > LARGEST:
            raise _Unreadable(1, "is too large", f"at most {LARGEST} bytes")
        content = path.read_bytes()
        lines, decimal_comma = (
            (_xlsx_lines(content, sheets), False) if content.startswith(b"PK") else _csv_lines(content)
        )
        return _grid(lines, decimal_comma)
    except _Unreadable as error:
        raise ProblemsFound([Problem(str(path), error.line, "", error.wrong, error.right, "table-readable")], NOTHING)
    except OSError as error:
        wrong = f"cannot be read ({error.strerror})"
        raise ProblemsFound([Problem(str(path), 1, "", wrong, "", "table-readable")], NOTHING) from error


class _Unreadable(Exception):
    def __init__(self, line: int, wrong: str, right: str):
        self.line, self.wrong, self.right = line, wrong, right


def _grid(lines: Iterable[Sequence[Cell | Bad]], decimal_comma: bool) -> Grid:
    numbered = enumerate(lines, start=1)
    header = tuple(str(cell).strip() for cell in next(numbered, (1, ()))[1])
    while header and not header[-1]:
        header = header[:-1]
    rows = []
    for number, line in numbered:
        if number > MOST_ROWS:
            raise _Unreadable(number, "has too many rows", f"at most {MOST_ROWS}")
        if not any(cell != "" for cell in line):
            continue
        if any(cell != "" for cell in line[len(header) :]):
            raise _Unreadable(
                number, f"row {number} has a cell beyond the last column", "remove it, or name its column"
            )
        rows.append((number, (*line, *("",) * (len(header) - len(line)))[: len(header)]))
    return Grid(header, tuple(rows), decimal_comma)


def _csv_lines(content: bytes) -> tuple[list[list[Cell | Bad]], bool]:
    """Return the lines of a CSV file, and whether its numbers may have a comma for a point."""
    text = _decoded(content)
    first, _, rest = text.partition("\n")
    mark = first.strip().strip('"')
    if mark.startswith("sep=") and len(mark) == 5:
        text, first = rest, rest.partition("\n")[0]
    sign = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    try:
        return [[restored(cell.strip(" ")) for cell in line] for line in reader], sign != ","
    except csv.Error as error:
        raise _Unreadable(reader.line_num, f"is no CSV: {error}", _CSV_HELP) from error


def _decoded(content: bytes) -> str:
    coding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return content.decode(coding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _Unreadable(line, "is not UTF-8 text", _CSV_HELP) from error


def _xlsx_lines(content: bytes, sheets: Collection[str]) -> Iterator[list[Cell | Bad]]:
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > LARGEST_UNPACKED:
                raise _Unreadable(1, "unpacks to more than a table can be", "export it anew")
        book = load_workbook(io.BytesIO(content), read_only=True)
        part = book[next((name for name in book.sheetnames if name in sheets), book.sheetnames[0])]
        yield from ([_cell(cell) for cell in line] for line in part.iter_rows())
    except _Unreadable:
        raise
    except Exception as error:  # openpyxl raises whatever a broken archive makes it stumble over
        raise _Unreadable(1, f"is no workbook that can be read ({type(error).__name__})", "export it anew") from error


def _cell(cell: Any) -> Cell | Bad:
    value, sort = cell.value, cell.data_type
    if sort == "f":
        return Bad("holds a formula", "replace it by its value")
    if sort == "e":
        return Bad(f"holds the error {value}", "write a value")
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return float(f"{value:.15g}")  # what a spreadsheet shows of 0.1 + 0.2
    return value if isinstance(value, int) else restored(str(value))
