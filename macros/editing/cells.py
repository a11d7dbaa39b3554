"""Convert values of the data into cells, and cells back into values. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite
from typing import Any
from unicodedata import normalize

from macros.editing.edit import ABSENT
from macros.editing.values import plain_text
from macros.model.base import existing_date, http_address
from macros.model.dates import iso_date, looks_like_date, may_be_same
from macros.model.fields import Leaf
from macros.model.figure import LONGEST, meant_figure
from macros.problems import said_of, suggest

Cell = str | int | float

_DIGITS = re.compile(r"\d{1,18}\Z", re.ASCII)
_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d{1,2})?\Z", re.ASCII)
_ROUNDED = re.compile(r"\d(\.\d+)?E\+\d\d\Z", re.ASCII)
_RANGE_IN_WORDS = re.compile(r"(\d+(?:\.\d+)?) to (\d+(?:\.\d+)?)\Z", re.ASCII)
_DECIMAL = re.compile(r"-?\d+\.\d+\Z", re.ASCII)
_COMMA = re.compile(r"-?\d+,\d+\Z")
_RANGE = re.compile(r"\[\s*([^\s,]+)\s*,\s*([^\s,]+)\s*\]\Z")
_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}\.\d{3}\Z")
NUMBER = "write a number, 21 or 4.7, or a range, [30, 40]"


class BadCell(ValueError):
    """Raised for a cell that cannot be read; says what is wrong and what would be right."""

    def __init__(self, wrong: str, right: str):
        self.wrong, self.right = wrong, right
        super().__init__(f"{wrong}; {right}")


@dataclass(frozen=True)
class Percent:
    """A number in a cell that shows percent: 0.72 for 72 %."""

    number: int | float


@dataclass(frozen=True)
class Around:
    """What bears on how a cell is read: the unit of its figure, and what wrote the file.

    `is_csv`: whatever a spreadsheet took for a number or a date was written as a text; `decimal_comma`: with commas.
    """

    unit: str | None = None
    is_csv: bool = False
    decimal_comma: bool = False


def as_cell(value: object) -> Cell:
    """Return a value as a cell: numbers stay numbers, null is empty, lists are joined by semicolons."""
    if value is None or value is ABSENT:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        figures = any(isinstance(part, (int, float)) for part in value)
        return f"[{', '.join(map(str, value))}]" if figures else "; ".join(value)
    return value if isinstance(value, (int, float)) else str(value)


def is_same(cell: Cell, value: object, around: Around = Around()) -> bool:
    """Return whether a cell still says what it was exported with, whatever a spreadsheet did to its spelling."""
    before, text = as_cell(value), _plain(cell)
    if text == _plain(before):
        return True
    if isinstance(before, (int, float)):
        return _number(_without_unit(text, around.unit)) == before
    if _DIGITS.match(before) and _DIGITS.match(text):
        return int(before) == int(text)  # 00470 is a text, of which a spreadsheet makes 470
    if _DECIMAL.match(before) and _NUMBER.match(text):
        return Decimal(before) == Decimal(text)  # and 1.1 of 1.10
    return bool(before) and may_be_same(text, before)


def value_of(leaf: Leaf, cell: Cell, before: object = None, around: Around = Around()) -> Any:
    """Return what a cell says as a value of the field; `before` is its value now. Raises BadCell."""
    text = _plain(cell)
    if not text:
        return _nothing(leaf)
    if leaf.is_list:
        return _list(leaf, text, before)
    if leaf.types <= {"boolean"}:
        if text.lower() not in ("true", "false"):
            raise BadCell(f'"{text}" is neither true nor false', "write one of the two")
        return text.lower() == "true"
    if leaf.is_figure:
        return _figure(leaf, _without_unit(text, around.unit), before, around)
    text = _check_form(leaf, iso_date(text) if leaf.is_date else text)
    if leaf.allowed and text not in leaf.allowed:
        raise _not_known(leaf, text)
    return text


def percent_of(leaf: Leaf, cell: Percent, value: object, unit: str | None) -> Cell:
    """Return the number that a cell with a percent format shows, or holds where nothing changed. Raises BadCell."""
    held, percent = Decimal(repr(cell.number)), Decimal(repr(cell.number)) * 100
    is_percent = leaf.is_figure and (unit or "").startswith("%")
    if held == value and not is_percent:
        return cell.number
    if not is_percent or held == value:
        right = f"set the format of the cell to General, and write {held:f} or {percent:f}"
        raise BadCell(f"shows {percent.normalize():f} %" + ("" if is_percent else f", with the unit {unit}"), right)
    return float(percent)


def refuse_spoiled(text: str, before: object) -> str:
    """Return a text that was typed, not one that a spreadsheet made of another. Raises BadCell."""
    right = f"format the cell as text and type it anew{f': {before}' if isinstance(before, str) else ''}"
    if looks_like_date(text):
        raise BadCell(f'"{text}" looks like a date that the spreadsheet made of a text', right)
    if _ROUNDED.match(text):
        raise BadCell(f'"{text}" looks like a number that the spreadsheet rounded', right)
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
    raise BadCell("is empty", f"write what is needed here ({leaf.short})")


def _check_form(leaf: Leaf, text: str) -> str:
    """Return a date or an address that has its form; other texts as they are."""
    check = existing_date if leaf.is_date else http_address if leaf.node.get("format") == "uri" else None
    try:
        if leaf.is_date and not re.search(leaf.node["pattern"], text):
            raise ValueError("is not a date; write one as 2024, 2024-05 or 2024-05-13")
        return check(text) if check else text
    except ValueError as error:
        raise BadCell(*said_of(f'"{text}"', error)) from error


def _list(leaf: Leaf, text: str, before: Any) -> tuple[str, ...]:
    if any(";" in part for part in before or ()):
        raise BadCell("an entry of this list has a semicolon", "change the list in the file itself")
    parts = re.split(r"[;,\s]" if leaf.lists_ids else ";", text)
    found = tuple(part.strip() for part in parts if part.strip())
    unknown = [part for part in found if leaf.allowed and part not in leaf.allowed]
    if unknown:
        raise _not_known(leaf, unknown[0])
    return found


def _not_known(leaf: Leaf, text: str) -> BadCell:
    right = suggest(text, leaf.allowed)
    if right:
        return BadCell(f'"{text}" is not allowed', right)
    return BadCell(f'no such name as "{text}"', f"write one that there is, or add it first ({leaf.about.rstrip('.')})")


def _figure(leaf: Leaf, text: str, before: object, around: Around) -> Any:
    """Return a number, a range or, where no unit asks for a number, words. Raises BadCell."""
    text = _with_point(text, before, around)
    number = _number(text)
    if number is not None:
        if "number" not in leaf.types and not isinstance(number, int):
            raise BadCell(f'"{text}" is not a whole number', "write it without a point")
        return number
    ends = _RANGE.match(text)
    if ends and "array" in leaf.types:
        low, high = (_number(end) for end in ends.groups())
        if low is not None and high is not None:
            return (low, high)
    if not leaf.may_be_text or isinstance(before, (int, float, tuple)):
        whole = "write a whole number, such as 2024"
        raise BadCell(f'"{text}" is not a number', NUMBER if "array" in leaf.types or "number" in leaf.types else whole)
    _refuse_figure_in_words(text, around.unit)
    return text


def _with_point(text: str, before: object, around: Around) -> str:
    """Return a number with a point for decimals. Raises BadCell where its mark may mean something else."""
    if around.decimal_comma and _COMMA.match(text):
        return text.replace(",", ".")
    if _COMMA.match(text):
        raise BadCell(
            f'"{text}" has a comma', f"write {text.replace(',', '.')} or {text.replace(',', '')}, whichever is meant"
        )
    if around.decimal_comma and _THOUSANDS.match(text):
        raise BadCell(
            f'"{text}" may be either of two numbers',
            f"write {text.replace('.', '')} or {text.replace('.', ',')}, whichever is meant",
        )
    if around.is_csv and isinstance(before, float) and _digits(text) == _digits(before):
        # Where a point groups thousands, a spreadsheet makes 2831 of 2.831.
        right = f"edit the table as .xlsx; or change {before} in the file itself if {text} is meant"
        raise BadCell(f'"{text}" is {before} without its point, which the spreadsheet may have lost', right)
    return text


def _digits(value: str | float) -> str:
    return str(value).replace(".", "").lstrip("0")


def _refuse_figure_in_words(text: str, unit: str | None) -> None:
    """Refuse a text that holds one figure, and beside a unit also one that holds none. Raises BadCell."""
    found, ends = meant_figure(text), _RANGE_IN_WORDS.match(text)
    if found and (unit or found.tolerance):
        tolerance = "; its tolerance goes into the statement, or write a range" if found.tolerance else ""
        raise BadCell(f'"{text}" is not a number', f"write {found.text}{tolerance}")
    if unit and ends:
        raise BadCell(f'"{text}" is not a number', f"write the range as [{ends[1]}, {ends[2]}]")
    if unit and not re.search(r"\d", text):
        raise BadCell(f'"{text}" is not a number, but there is a unit ({unit})', f"{NUMBER}; or leave both empty")


def _without_unit(text: str, unit: str | None) -> str:
    """Return a figure without its unit behind it, as a spreadsheet writes a cell that shows both."""
    plain = normalize("NFKC", text)
    end = normalize("NFKC", unit) if unit else ""
    number = plain.removesuffix(end).strip()
    return number if end and plain.endswith(end) and _NUMBER.match(number) else text


def _number(text: str) -> int | float | None:
    if not _NUMBER.match(text) or len(text) > LONGEST:
        return None
    number = Decimal(text)
    if len(format(number, "f")) > LONGEST:
        return None
    return int(number) if number == number.to_integral_value() else float(number)
