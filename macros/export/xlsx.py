"""Write all tables into one workbook, a sheet each, after a sheet that explains them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from macros.export.meta import meta
from macros.model.base import first_day
from macros.present.book import Book
from macros.present.columns import DataTable, language_notes
from macros.spreadsheets import Sheet, xlsx_bytes

PATH = "downloads/report.xlsx"
# Names of sheets, as the tables have theirs.
README, COLUMNS = "readme", "columns"
_WIDTHS = {"integer": 10, "number": 12, "boolean": 10, "string": 28}


def workbook(book: Book, tables: Iterable[DataTable], address: str | None) -> bytes:
    """Return the workbook. Texts stay texts, never formulas, as in CSV; numbers and flags keep their type."""
    tables = tuple(tables)
    about = meta(book, address)
    properties = {
        "title": about["title"],
        "author": about["publisher"],
        "comments": f"{about['citation']} {about['licence']['name']} {about['licence']['URL']}",
    }
    readme = Sheet(README, _readme(book, tables, about), (30, 100, 10), has_head=False, is_read=True)
    columns = Sheet(COLUMNS, _dictionary(book, tables), (22, 26, 10, 90), is_read=True)
    return xlsx_bytes(
        [readme, columns, *map(_sheet, tables)],
        properties,
        datetime.fromisoformat(first_day(book.landscape.current.date)),
    )


def _sheet(table: DataTable) -> Sheet:
    head = tuple(column.name for column in table.columns)
    return Sheet(table.name[:31], [head, *table.rows], [_WIDTHS[column.type] for column in table.columns])


def _readme(book: Book, tables: tuple[DataTable, ...], about: dict[str, Any]) -> list[tuple[object, ...]]:
    word = book.wording.word
    rows: list[tuple[object, ...]] = [
        (about["title"], about["subtitle"]),
        (word("xlsx-edition"), f"{about['edition']} ({about['date']})"),
        (word("xlsx-licence"), f"{about['licence']['name']}, {about['licence']['URL']}"),
        (word("xlsx-cite"), about["citation"]),
        (word("xlsx-note"), word("data-note")),
        *(("", text) for text in language_notes(book)),
        (),
        (word("xlsx-sheet"), word("data-holds"), word("data-rows")),
    ]
    return rows + [(table.name, table.title, len(table.records)) for table in tables]


def _dictionary(book: Book, tables: tuple[DataTable, ...]) -> list[tuple[str, ...]]:
    word = book.wording.word
    head = (word("xlsx-sheet"), word("dict-field"), word("dict-type"), word("dict-meaning"))
    return [head, *((table.name, item.name, item.type, item.about) for table in tables for item in table.columns)]
