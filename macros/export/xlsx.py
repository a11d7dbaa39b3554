"""XLSX: all tables in one workbook, a sheet each, after a sheet that says what they are.

XlsxWriter writes the same bytes for the same cells as long as the date of making is given.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from macros.charts.table import cell
from macros.export.columns import DataTable
from macros.export.meta import meta
from macros.present.book import Book

PATH = "downloads/report.xlsx"
# Names of sheets, as the tables have theirs.
README, COLUMNS = "readme", "columns"
# A cell of a spreadsheet holds no more.
_LONGEST = 32_767
_WIDTHS = {"integer": 10, "number": 12, "boolean": 10, "string": 28}


def workbook(book: Book, tables: Iterable[DataTable], address: str | None) -> bytes:
    """Return the workbook. Texts are written as texts, defused as in CSV; numbers and flags keep their type."""
    tables = tuple(tables)
    buffer = BytesIO()
    made = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    year, month, day = (*(int(part) for part in book.landscape.current.date.split("-")), 1, 1)[:3]
    about = meta(book, address)
    made.set_properties(
        {
            "title": about["title"],
            "author": about["publisher"],
            "comments": f"{about['citation']} {about['licence']['name']} {about['licence']['URL']}",
            "created": datetime(year, month, day),
        }
    )
    head = made.add_format({"bold": True, "bottom": 1})
    _rows(made.add_worksheet(README), _readme(book, tables, about), widths=(30, 60, 10))
    columns = made.add_worksheet(COLUMNS)
    _rows(columns, _dictionary(book, tables), head, (22, 26, 10, 90))
    for table in tables:
        names = tuple(column.name for column in table.columns)
        widths = tuple(_WIDTHS[column.type] for column in table.columns)
        _rows(made.add_worksheet(table.name[:31]), [names, *table.rows], head, widths)
    made.close()
    return buffer.getvalue()


def _rows(sheet: Worksheet, rows: Iterable[Iterable[Any]], head: Any = None, widths: tuple[int, ...] = ()) -> None:
    for at, width in enumerate(widths):
        sheet.set_column(at, at, width)
    for line, row in enumerate(rows):
        form = head if line == 0 else None
        for at, value in enumerate(row):
            _write(sheet, line, at, value, form)
    if head:
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, line, len(widths) - 1)


def _write(sheet: Worksheet, line: int, at: int, value: Any, form: Any) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(line, at, value, form)
    elif isinstance(value, (int, float)):
        sheet.write_number(line, at, value, form)
    elif value not in (None, "", ()):
        sheet.write_string(line, at, str(cell(value))[:_LONGEST], form)


def _readme(book: Book, tables: tuple[DataTable, ...], about: dict[str, Any]) -> list[tuple[Any, ...]]:
    word = book.wording.word
    rows: list[tuple[Any, ...]] = [
        (about["title"], about["subtitle"]),
        (word("xlsx-edition"), f"{about['edition']} ({about['date']})"),
        (word("xlsx-licence"), f"{about['licence']['name']}, {about['licence']['URL']}"),
        (word("xlsx-cite"), about["citation"]),
        (word("xlsx-note"), word("data-note")),
        (),
        (word("xlsx-sheet"), word("data-holds"), word("data-rows")),
    ]
    return rows + [(table.name, table.title, len(table.rows)) for table in tables]


def _dictionary(book: Book, tables: tuple[DataTable, ...]) -> list[tuple[str, ...]]:
    word = book.wording.word
    head = (word("xlsx-sheet"), word("dict-field"), word("dict-type"), word("dict-meaning"))
    return [head, *((table.name, item.name, item.type, item.about) for table in tables for item in table.columns)]
