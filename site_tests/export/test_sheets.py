"""Tables for spreadsheets: no text is run, numbers are plain, and nothing in a file tells the hour."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import datetime
from typing import Any

import pytest
from openpyxl import load_workbook

from macros.spreadsheets import Sheet, cell, csv_bytes, xlsx_bytes


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\n=1", "＝1", '=HYPERLINK("http://x")']
)
def test_texts_that_begin_like_a_formula_are_defused(text: str) -> None:
    made = csv_bytes([("=a", "b"), (text, 1)])
    rows = list(csv.reader(io.StringIO(made.decode("utf-8-sig"), newline="")))
    assert rows == [["'=a", "b"], [f"'{text}", "1"]]


@pytest.mark.parametrize(
    ("value", "expected"),
    [(-3.2, -3.2), (None, ""), (True, "true"), (("a", "b"), "a; b"), (("=a",), "'=a"), ("wire saw", "wire saw")],
)
def test_cells_keep_what_is_harmless(value: Any, expected: Any) -> None:
    assert cell(value) == expected


def test_csv_quotes_what_separates() -> None:
    made = csv_bytes([("a",), ('x, "y"\nz',)])
    assert made == b'\xef\xbb\xbfa\r\n"x, ""y""\nz"\r\n'


@pytest.mark.parametrize(
    ("value", "expected"), [(0.0000001, "0.0000001"), (1e16, "10000000000000000"), (-4.70, "-4.7"), (150, "150")]
)
def test_number_in_csv_has_no_exponent(value: float, expected: str) -> None:
    assert csv_bytes([(value,)]) == f"\ufeff{expected}\r\n".encode()


def _workbook(*lines: tuple[Any, ...], **options: Any) -> bytes:
    return xlsx_bytes([Sheet("saws", lines, (10, 10), **options)], {"author": "nobody"}, datetime(2001, 2, 3))


def test_workbook_keeps_types_and_runs_no_text() -> None:
    made = _workbook(("name", "value"), ("=1+1", 4.5), ("@x", True), (None, -3), ([], 5))
    cells = [[(cell.value, cell.data_type) for cell in row] for row in load_workbook(io.BytesIO(made))["saws"]]
    assert cells[1:] == [
        [("=1+1", "s"), (4.5, "n")],
        [("@x", "s"), (True, "b")],
        [(None, "n"), (-3, "n")],
        [(None, "n"), (5, "n")],
    ]


@pytest.mark.parametrize(("columns", "pages"), [(2, 1), (8, 1), (28, 3)])
def test_a_sheet_prints_across_with_its_heads_on_every_page(columns: int, pages: int) -> None:
    """Squeezed into one page, 28 columns would have letters of two points."""
    lines = [tuple(f"c{at}" for at in range(columns))] * 2
    sheet = load_workbook(io.BytesIO(xlsx_bytes([Sheet("saws", lines, (28,) * columns)], {}, datetime(2001, 2, 3))))[
        "saws"
    ]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToHeight == 0
    assert (sheet.page_setup.fitToWidth or 1) == pages
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$1", "$A:$A")


def test_texts_of_a_sheet_that_is_read_are_broken_into_lines() -> None:
    for is_read in (True, False):
        cell = load_workbook(io.BytesIO(_workbook(("a", "b"), ("long " * 99, 1), is_read=is_read)))["saws"]["A2"]
        assert bool(cell.alignment.wrap_text) == is_read


def test_workbook_knows_no_clock() -> None:
    with zipfile.ZipFile(io.BytesIO(_workbook(("a", "b"), (1, "x")))) as packed:
        assert {part.date_time for part in packed.infolist()} == {(1980, 1, 31, 0, 0, 0)}
        assert (
            re.findall(rb"20\d\d-\d\d-\d\dT[\d:]+Z", packed.read("docProps/core.xml")) == [b"2001-02-03T00:00:00Z"] * 2
        )


def test_words_that_hold_a_comma_are_not_offered() -> None:
    made = _workbook(("a", "b"), (1, "x"), choices={0: ("one", "two"), 1: ("x", "y, z")})
    offers = load_workbook(io.BytesIO(made))["saws"].data_validations.dataValidation
    assert [(str(offer.sqref), offer.formula1) for offer in offers] == [("A2", '"one,two"')]
