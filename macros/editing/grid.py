"""Read the rows of cells of an exported table that a spreadsheet saved as CSV or XLSX."""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from macros.editing.cells import Around, Cell, Percent
from macros.editing.change_set import NOTHING
from macros.problems import Problem, ProblemsFound
from macros.spreadsheets import without_apostrophe

LARGEST = 20_000_000
LARGEST_UNPACKED = 200_000_000
MOST_ROWS = 100_000
_CSV_HELP = 'save it as "CSV UTF-8", or as .xlsx'
_AGAIN = 'open it in a spreadsheet, save it as "Excel Workbook (.xlsx)" and import that'
# How files begin that are often named .xlsx without being one.
_OTHER_KINDS = (
    (b"\xd0\xcf\x11\xe0", "is an old .xls workbook, or one locked by a password"),
    (b"%PDF", "is a PDF"),
    (b"<", "is a web page or XML"),
)
_STRICT = b"http://purl.oclc.org/ooxml/"
# Dates whose spelling depends on the language of the office program (ECMA-376, 18.8.30), in files of East Asia;
# openpyxl takes them for plain numbers.
_DATE_FORMATS = {*range(27, 37), *range(50, 59)}
# How a workbook spells a carriage return (ECMA-376, 22.9.2.19); openpyxl leaves it as it is.
_RETURN = "_x000D_"
# How LibreOffice writes yes and no that somebody typed.
_FLAGS = {"=TRUE()": "true", "=FALSE()": "false"}
# What stands in a number format as it is: in quotes, behind a backslash, in brackets, and fillers.
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|[_*].')


@dataclass(frozen=True)
class Bad:
    """A cell that holds something other than a value."""

    wrong: str
    right: str


@dataclass(frozen=True)
class Grid:
    """What a file holds: the header, and each row with its number in the spreadsheet."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Cell | Bad | Percent, ...]], ...]
    around: Around = Around()


def read_grid(path: Path, sheets: Collection[str] = ()) -> Grid:
    """Return what a CSV file holds, or the first of these sheets in a workbook, else its first. Raises ProblemsFound for one that cannot be read."""
    try:
        if path.stat().st_size > LARGEST:
            raise _Unreadable(1, "is too large", f"divide it: a table has at most {LARGEST} bytes")
        content = path.read_bytes()
        for begin, wrong in _OTHER_KINDS:
            if content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(begin):
                raise _Unreadable(1, wrong, _AGAIN)
        if content.startswith(b"PK"):
            return _grid(_xlsx_lines(content, sheets), Around())
        return _grid(*_csv_lines(content))
    except _Unreadable as error:
        problem = Problem(str(path), error.line, "", error.wrong, error.right, "table-readable")
        raise ProblemsFound([problem], NOTHING) from error
    except OSError as error:
        wrong, right = f"cannot be read ({error.strerror})", "check that it is there, and that you may read it"
        raise ProblemsFound([Problem(str(path), 1, "", wrong, right, "table-readable")], NOTHING) from error


class _Unreadable(Exception):
    def __init__(self, line: int, wrong: str, right: str):
        self.line, self.wrong, self.right = line, wrong, right


def _grid(lines: Iterable[Sequence[Cell | Bad | Percent]], around: Around) -> Grid:
    numbered = enumerate(lines, start=1)
    header = tuple(str(cell).strip() for cell in next(numbered, (1, ()))[1])
    while header and not header[-1]:
        header = header[:-1]
    rows = []
    for number, line in numbered:
        if all(cell == "" for cell in line):  # whatever its colour
            continue
        if number > MOST_ROWS:
            raise _Unreadable(number, "has too many rows", f"divide it: a table has at most {MOST_ROWS}")
        if any(cell != "" for cell in line[len(header) :]):
            right = "remove it, or give its column a name in the first row, with nothing above that"
            raise _Unreadable(number, f"row {number} has a cell beyond the last column", right)
        rows.append((number, (*line, *("",) * (len(header) - len(line)))[: len(header)]))
    return Grid(header, tuple(rows), around)


def _csv_lines(content: bytes) -> tuple[list[list[Cell | Bad | Percent]], Around]:
    """Return the lines of a CSV file, and what they say of how its cells are to be read."""
    text = _decode(content)
    first, _, rest = text.partition("\n")
    mark = first.strip().strip('"')
    if mark.startswith("sep=") and len(mark) == 5:
        text, first = rest, rest.partition("\n")[0]
    sign = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    try:
        around = Around(is_csv=True, decimal_comma=sign != ",")
        return [[without_apostrophe(cell.strip(" ")) for cell in line] for line in reader], around
    except csv.Error as error:
        raise _Unreadable(reader.line_num, f"is not a CSV that can be read: {error}", _CSV_HELP) from error


def _decode(content: bytes) -> str:
    coding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return content.decode(coding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _Unreadable(line, "is not UTF-8 text", _CSV_HELP) from error


def _xlsx_lines(content: bytes, sheets: Collection[str]) -> Iterator[list[Cell | Bad | Percent]]:
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_other_workbooks(archive)
        with warnings.catch_warnings(action="ignore"):  # of styles and extensions, which bear on no cell
            book = load_workbook(io.BytesIO(content), read_only=True)
        part = book[next((name for name in book.sheetnames if name in sheets), book.sheetnames[0])]
        # Some programs write the size of a sheet wrong, and openpyxl would read no further.
        part.reset_dimensions()
        yield from ([_cell(cell) for cell in line] for line in part.iter_rows())
    except _Unreadable:
        raise
    except Exception as error:  # openpyxl raises whatever a broken archive makes it stumble over
        raise _Unreadable(1, f"is not a workbook that can be read ({type(error).__name__})", _AGAIN) from error


def _refuse_other_workbooks(archive: zipfile.ZipFile) -> None:
    """Refuse an archive that is too large, no workbook, or one in a form that openpyxl cannot read."""
    names = archive.namelist()
    if sum(part.file_size for part in archive.infolist()) > LARGEST_UNPACKED:
        raise _Unreadable(1, "is larger than a table can be", "remove what is not part of the table")
    if "mimetype" in names:
        raise _Unreadable(1, "is an OpenDocument file", _AGAIN)
    if "xl/workbook.bin" in names:
        raise _Unreadable(1, "is a binary workbook (.xlsb)", _AGAIN)
    if "xl/workbook.xml" in names and _STRICT in archive.read("xl/workbook.xml"):
        raise _Unreadable(1, "is a workbook of the kind Strict Open XML", _AGAIN)


def _cell(cell: Any) -> Cell | Bad | Percent:
    value, sort = cell.value, cell.data_type
    if sort == "f" and value in _FLAGS:
        return _FLAGS[value]
    if sort == "f":
        return Bad("has a formula", "replace it with its value")
    if sort == "e":
        return Bad(f"has the error {value}", "write a value")
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, (int, float)):
        return without_apostrophe(str(value).replace(_RETURN, ""))
    return _number(cell, float(f"{value:.15g}") if isinstance(value, float) else value)  # as shown of 0.1 + 0.2


def _number(cell: Any, value: int | float) -> Cell | Percent:
    """Return a number as its format shows it: as a date, as a percentage or as it is."""
    from openpyxl.utils.datetime import from_excel

    if value >= 1 and cell.has_style and cell.style_array.numFmtId in _DATE_FORMATS:  # less is a time of day
        return str(from_excel(value, cell.parent.parent.epoch))[:10]
    return Percent(value) if "%" in _LITERAL.sub("", cell.number_format) else value
