"""Write tables as CSV or XLSX: no program runs a text as a formula, and the same cells give the same bytes."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

# First characters of a text that a spreadsheet would run as a formula. The apostrophe is among them, so that reading a table
# back takes away exactly the apostrophe that writing put there.
_FORMULA = re.compile("'* *[=+\\-@\t\r\n＝＋－＠]")
# Characters that a cell of a workbook holds at most, and the words it offers, with their commas.
_LONGEST, _LONGEST_CHOICE = 32_767, 250
_A4 = 9
# Characters of columns that are still read where a page of A4 across holds them: at somewhat more than half their size.
_PAGE_WIDTH = 240
_ADDRESS = re.compile(r"https?://\S{1,2000}")


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook: its name, its lines of cells and the widths of its columns in characters.

    Under a head it can be filtered. Its long texts are broken into lines if it `is_read`: others would overflow the page.
    `is_typed_in` is for sheets that people change: what they type stays text, and
    `choices` are the words that the cells of a column offer, by the place of the column; `units` the column with the
    unit of a column of figures, which show it.
    """

    name: str
    lines: Sequence[Sequence[Any]]
    widths: Sequence[int]
    has_head: bool = True
    is_read: bool = False
    is_typed_in: bool = False
    choices: Mapping[int, Sequence[str]] = field(default_factory=dict)
    units: Mapping[int, int] = field(default_factory=dict)


def with_apostrophe(text: str) -> str:
    """Return a text with an apostrophe before it if a spreadsheet would take it for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def without_apostrophe(text: str) -> str:
    """Return a text without the apostrophe that `with_apostrophe` put before it."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def cell(value: object) -> str | int | float:
    """Return a value as a cell: nothing for None, yes and no as true and false, a text never as a formula."""
    if type(value) is str:
        return with_apostrophe(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return value
    if isinstance(value, (tuple, list)):
        value = "; ".join(str(item) for item in value)
    return with_apostrophe(str(value))


def csv_bytes(lines: Iterable[Iterable[object]], mark: bool = True) -> bytes:
    """Return lines of values as CSV (RFC 4180), with the mark by which spreadsheets know UTF-8 and some programs stumble."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(
        [_without_exponent(cell(value)) for value in line] for line in lines
    )
    return text.getvalue().encode("utf-8-sig" if mark else "utf-8")


def _without_exponent(value: str | int | float) -> str | int:
    """Return a number without an exponent, which some readers of CSV do not know."""
    return format(Decimal(float.__repr__(value)), "f") if isinstance(value, float) else value


def xlsx_bytes(sheets: Iterable[Sheet], properties: Mapping[str, Any], created: datetime) -> bytes:
    """Return a workbook that was made at a given date. Texts are written as texts; numbers and flags keep their type.

    Raises OSError when the disk refuses.
    """
    # Imported here, since most commands write no workbook.
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    buffer = io.BytesIO()
    # The library writes each line before the next one begins: a large workbook needs no more memory than a small one.
    book = Workbook(buffer, {"constant_memory": True})
    book.set_properties({**properties, "created": created})
    head, text = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "@"})
    broken = book.add_format({"text_wrap": True, "valign": "top"})
    guarded = book.add_format({"quote_prefix": True})
    with_unit = cache(lambda unit: book.add_format({"num_format": f'General" {unit}"'}))
    for sheet in sheets:
        texts = text if sheet.is_typed_in else broken if sheet.is_read else None
        _fill(book.add_worksheet(sheet.name), sheet, with_unit, head, texts, guarded)
    try:
        book.close()
    except FileCreateError as error:  # what the library makes of an OSError
        raise error.args[0] from error
    return buffer.getvalue()


def _fill(
    made: Worksheet,
    sheet: Sheet,
    with_unit: Callable[[str], Format],
    head: Format,
    text: Format | None,
    guarded: Format,
) -> None:
    for at, width in enumerate(sheet.widths):
        made.set_column(at, at, width)
    for row, line in enumerate(sheet.lines):
        formats = (head, head) if sheet.has_head and row == 0 else (None, text)
        for at, value in enumerate(line):
            unit = line[sheet.units[at]] if row and at in sheet.units else None
            # Within the format a unit stands in quotes: its letters and its % mean nothing there.
            of_value = with_unit(unit) if unit and '"' not in unit else formats[0]
            _write(made, row, at, value, of_value, formats[1], guarded)
    last = len(sheet.lines) - 1
    made.set_landscape()
    made.set_paper(_A4)
    made.fit_to_pages(max(1, round(sum(sheet.widths) / _PAGE_WIDTH)), 0)
    if sheet.has_head:
        made.repeat_rows(0)
        made.repeat_columns(0)
        made.freeze_panes(1, 1)
        made.autofilter(0, 0, last, len(sheet.lines[0]) - 1)
    for at, words in sheet.choices.items():
        if len(",".join(words)) <= _LONGEST_CHOICE and not any(sign in word for word in words for sign in ',"'):
            made.data_validation(1, at, max(last, 1), at, {"validate": "list", "source": list(words)})


def _write(
    made: Worksheet, row: int, at: int, value: Any, of_values: Format | None, of_texts: Format | None, guarded: Format
) -> None:
    if isinstance(value, bool):
        made.write_boolean(row, at, value, of_values)
    elif isinstance(value, (int, float)):
        made.write_number(row, at, value, of_values)
    elif cell(value) == "":
        if of_texts:
            made.write_blank(row, at, None, of_texts)
    elif of_texts is None and isinstance(value, str) and _ADDRESS.fullmatch(value):
        made.write_url(row, at, value, string=value)
    else:  # a text that begins like a formula is marked as text, as if typed with an apostrophe: one in the cell would show
        text = value if isinstance(value, str) and not value.startswith("'") else str(cell(value))
        made.write_string(row, at, text[:_LONGEST], of_texts or (guarded if _FORMULA.match(text) else None))
