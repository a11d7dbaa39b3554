"""Cells: a value of the data as a cell shows it, and a cell read back as a value. Pure."""

from __future__ import annotations

import re
from math import isfinite
from typing import Any

from macros.editing.edit import ABSENT
from macros.editing.values import plain_text
from macros.model.base import existing_date, http_address
from macros.model.leaves import Leaf
from macros.problems import suggest

Cell = str | int | float

_DIGITS = re.compile(r"\d{1,18}\Z", re.ASCII)
_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?\Z")
_COMMA = re.compile(r"-?\d+,\d+\Z")
_RANGE = re.compile(r"\[\s*([^\s,]+)\s*,\s*([^\s,]+)\s*\]\Z")
_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}\.\d{3}\Z")
_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?\Z")
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
NUMBER = "write a number, 21 or 4.7, or a range, [30, 40]"


class BadCell(ValueError):
    """Raised for a cell that cannot be read; says what is wrong and what would be right."""

    def __init__(self, wrong: str, right: str):
        self.wrong, self.right = wrong, right
        super().__init__(f"{wrong}; {right}")


def shown(value: Any) -> Cell:
    """Return a value as a cell: numbers stay numbers, null is empty, lists are joined by semicolons."""
    if value is None or value is ABSENT:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        figures = any(isinstance(part, (int, float)) for part in value)
        return f"[{', '.join(map(str, value))}]" if figures else "; ".join(value)
    return value


def is_same(leaf: Leaf, cell: Cell, value: Any) -> bool:
    """Return whether a cell still says what it was exported with, whatever a spreadsheet did to its spelling."""
    before = shown(value)
    if _plain(cell) == _plain(before):
        return True
    if isinstance(before, (int, float)):
        return _number(_plain(cell)) == before
    if _DIGITS.match(str(before)) and _DIGITS.match(_plain(cell)):
        return int(str(before)) == int(_plain(cell))  # 00470 is a text, of which a spreadsheet makes 470
    if leaf.is_date and before:
        return _date(_plain(cell)) in {before, f"{before}-01"} or str(cell) == _short_month(str(before))
    return False


def value_of(leaf: Leaf, cell: Cell, before: Any = None, decimal_comma: bool = False) -> Any:
    """Return what a cell says as a value of the field; `before` is its value now. Raises BadCell."""
    text = _plain(cell)
    if not text:
        return _nothing(leaf)
    if leaf.is_list:
        return _list(leaf, text, before)
    if leaf.types <= {"boolean"}:
        if text.lower() not in ("true", "false"):
            raise BadCell(f'"{text}" is neither', "write true or false")
        return text.lower() == "true"
    if leaf.is_figure:
        return _figure(leaf, text, before, decimal_comma)
    text = _checked(leaf, _date(text) if leaf.is_date else text)
    if leaf.allowed and text not in leaf.allowed:
        raise BadCell(f'"{text}" is not allowed', suggest(text, leaf.allowed) or leaf.about)
    return text


def _plain(cell: Cell) -> str:
    """Return a cell as text: no blanks around it, no `.0` behind a whole number, line ends as in the data."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = plain_text(cell) if isinstance(cell, float) and isfinite(cell) else str(cell)
    # Spreadsheets and web pages put blanks that do not break where a person typed plain ones.
    return text.replace("\r\n", "\n").replace("\u00a0", " ").strip()


def _nothing(leaf: Leaf) -> Any:
    if not leaf.is_required:
        return ABSENT
    if leaf.is_list:
        return ()
    if leaf.is_nullable:
        return None
    raise BadCell("is empty", f"needed here: {leaf.short}")


def _checked(leaf: Leaf, text: str) -> str:
    """Return a date or an address that has its form; other texts as they are."""
    check = existing_date if leaf.is_date else http_address if leaf.node.get("format") == "uri" else None
    try:
        if leaf.is_date and not re.search(leaf.node["pattern"], text):
            raise ValueError("write a date as 2024, 2024-05 or 2024-05-13")
        return check(text) if check else text
    except ValueError as error:
        raise BadCell(f'"{text}"', str(error)) from error


def _list(leaf: Leaf, text: str, before: Any) -> tuple[str, ...]:
    if any(";" in part for part in before or ()):
        raise BadCell("an entry of this list has a semicolon", "change the list in the file itself")
    parts = re.split(r"[;,]" if leaf.lists_ids else ";", text)
    found = tuple(part.strip() for part in parts if part.strip())
    unknown = [part for part in found if leaf.allowed and part not in leaf.allowed]
    if unknown:
        raise BadCell(f'"{unknown[0]}" is not allowed', suggest(unknown[0], leaf.allowed) or leaf.about)
    return found


def _figure(leaf: Leaf, text: str, before: Any, decimal_comma: bool) -> Any:
    if decimal_comma and _COMMA.match(text):
        text = text.replace(",", ".")
    elif _COMMA.match(text):
        raise BadCell(f'"{text}" has a comma', f"write {text.replace(',', '.')}, or {text.replace(',', '')}")
    elif decimal_comma and _THOUSANDS.match(text):
        raise BadCell(f'"{text}" may be two numbers', f"write {text.replace('.', '')}, or {text.replace('.', ',')}")
    number = _number(text)
    if number is not None:
        if "number" not in leaf.types and not isinstance(number, int):
            raise BadCell(f'"{text}" is no whole number', "write it without a point")
        return number
    ends = _RANGE.match(text)
    if ends and "array" in leaf.types:
        low, high = (_number(end) for end in ends.groups())
        if low is not None and high is not None:
            return (low, high)
    if not leaf.may_be_text or isinstance(before, (int, float, tuple)):
        whole = "write a whole number, such as 2024"
        raise BadCell(f'"{text}" is no number', NUMBER if "array" in leaf.types or "number" in leaf.types else whole)
    return text


def _number(text: str) -> int | float | None:
    if not _NUMBER.match(text) or len(text) > 18:
        return None
    number = float(text) if "." in text else int(text)
    return int(number) if isinstance(number, float) and number.is_integer() else number


def _date(text: str) -> str:
    """Return a date as the data has it: 2019-07-01 for 2019/7/1; other texts as they are."""
    found = _DATE.match(text)
    if not found:
        return text
    year, month, day = found.groups()
    return "-".join([year, month.zfill(2), *([day.zfill(2)] if day else [])])


def _short_month(date: str) -> str:
    """Return 2019-07 as spreadsheets spell it: Jul-19."""
    year, _, month = date.partition("-")
    return f"{_MONTHS[int(month) - 1]}-{year[2:]}" if month.isdigit() and 1 <= int(month) <= 12 else ""
