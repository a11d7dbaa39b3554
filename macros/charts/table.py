"""Table: the numbers of a chart as CSV, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from typing import Any

from macros.charts.figure import Table

# A cell that begins like this would be run as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_bytes(table: Table) -> bytes:
    """Return a table as CSV (RFC 4180) with the mark by which spreadsheets know UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([cell(name) for name in table.head])
    writer.writerows([cell(value) for value in row] for row in table.rows)
    return text.getvalue().encode("utf-8-sig")


def cell(value: Any) -> Any:
    """Return a value as a cell: nothing for None, yes and no as true and false, a text never as a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return value
    if isinstance(value, (tuple, list)):
        value = "; ".join(str(item) for item in value)
    return f"'{value}" if str(value).lstrip(" ").startswith(_FORMULA) else str(value)
