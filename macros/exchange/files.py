"""Files: a grid of cells as CSV or XLSX bytes, and back from what spreadsheets make of it."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from macros.editing.cells import Cell, defused, restored
from macros.editing.changes import NOTHING
from macros.editing.values import plain_text
from macros.problems import Problem, ProblemsFound

LARGEST = 20_000_000
LARGEST_UNPACKED = 200_000_000
MOST_ROWS = 100_000
# Every file of the archive, and the workbook itself, gets this date: the same table gives the same bytes.
_EPOCH = datetime(2000, 1, 1)
_STAMP = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
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


def csv_file(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a table as CSV that Excel opens: UTF-8 with its mark, commas, formulas defused."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([defused(cell) if isinstance(cell, str) else plain_text(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def xlsx_file(
    title: str,
    header: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    notes: Sequence[Sequence[str]],
    choices: Mapping[int, Sequence[str]],
) -> bytes:
    """Return a table as XLSX with typed cells, and a second sheet that explains the columns.

    `choices` are the words that a cell offers, by number of column.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    book.properties.creator = title
    book.properties.created = _EPOCH
    sheet = book.active
    sheet.title = title
    for part, lines in ((sheet, [header, *rows]), (book.create_sheet("columns"), notes)):
        for number, line in enumerate(lines, start=1):
            for column, cell in enumerate(line, start=1):
                _put(part.cell(number, column), cell)
        for cell in part[1]:
            cell.font = Font(bold=True)
            part.column_dimensions[cell.column_letter].width = 24
        part.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    for column, words in choices.items():
        _offer(sheet, column, words, len(rows) + 1)
    packed = io.BytesIO()
    book.save(packed)
    return _dateless(packed.getvalue())


def _offer(sheet: Any, column: int, words: Sequence[str], last: int) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    # A workbook holds at most 255 characters of words, parted by commas.
    if len(",".join(words)) <= 250 and not any(sign in word for word in words for sign in ',"'):
        offer = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True)
        letter = get_column_letter(column)
        offer.add(f"{letter}2:{letter}{max(last, 2)}")
        sheet.add_data_validation(offer)


def _put(place: Any, cell: Cell) -> None:
    if cell == "":
        place.number_format = "@"
        return
    if isinstance(cell, str):
        place.value = defused(cell)
        # Text, whatever it looks like: never a formula, and no date made of 2019-07.
        place.data_type = "s"
        place.number_format = "@"
    else:
        place.value = cell


def _dateless(packed: bytes) -> bytes:
    """Return an archive with every date in it set to one."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = _STAMP.sub(rb"\g<1>2000-01-01T00:00:00Z", old.read(name))
            new.writestr(zipfile.ZipInfo(name, _EPOCH.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


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
