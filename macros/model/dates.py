"""Read a date that a person or a spreadsheet wrote in another form than the data have. Pure."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence

_MONTHS: Sequence[str] = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_YEAR_FIRST = re.compile(r"(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})")
_DAY_AND_MONTH = re.compile(r"(\d{1,2})(?:[-. ]|\. )([a-z]{3})(?:[-. ](\d{4}|\d{2}))?")
_MONTH_AND = re.compile(r"([a-z]{3})[-. ](\d{4}|\d{2})")
_TWO_NUMBERS = re.compile(r"(\d{1,2}) ?[-/.] ?(\d{1,2})")
# Two digits of a year before this one are of this century, as spreadsheets have it.
_CENTURY = 30

Day = tuple[int | None, int, int | None]
"""Year, month and day; None for a year or a day that is not said."""


def days(text: str) -> set[Day]:
    """Return what day or month a text may name: 5/3/2024 may be two, a text that is no date is none."""
    return {day for day in _days(text.strip().lower()) if _exists(day)}


def iso_date(text: str) -> str:
    """Return a date as the data has it, 2019-07-01 for 2019/7/1 or 1.7.2019; other texts, and 5/3/2024, as they are."""
    found = days(text)
    if len(found) != 1:
        return text
    year, month, day = found.pop()
    return text if year is None else f"{year}-{month:02}" + (f"-{day:02}" if day else "")


def may_be_same(text: str, before: str) -> bool:
    """Return whether a spreadsheet may have made the text of what stood there before."""
    return any(_agree(new, old) for new in days(text) for old in days(before) | set(_as_typed(before)))


def looks_like_date(text: str) -> bool:
    """Return whether a text is a date as spreadsheets write one and people write no data: 05-Mar, 22.05.2024, 2024/5/22."""
    return bool(days(text)) and not re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", text)


def _days(text: str) -> Iterator[Day]:
    if found := _YEAR_FIRST.fullmatch(text):
        yield int(found[1]), int(found[2]), int(found[3]) if found[3] else None
    elif found := _YEAR_LAST.fullmatch(text):
        first, second, year = int(found[1]), int(found[3]), _year(found[4])
        yield year, second, first
        if found[2] != ".":  # with points the day always comes first
            yield year, first, second
    elif (found := _DAY_AND_MONTH.fullmatch(text)) and found[2] in _MONTHS:
        yield _year(found[3]) if found[3] else None, _MONTHS.index(found[2]) + 1, int(found[1])
    elif (found := _MONTH_AND.fullmatch(text)) and found[1] in _MONTHS:
        yield _year(found[2]), _MONTHS.index(found[1]) + 1, None
        if len(found[2]) == 2:
            yield None, _MONTHS.index(found[1]) + 1, int(found[2])


def _as_typed(text: str) -> Iterator[Day]:
    """Yield the days that a spreadsheet takes two numbers for: 5 / 3 is a day and a month, or a month and a year."""
    if found := _TWO_NUMBERS.fullmatch(text):
        first, second = int(found[1]), int(found[2])
        yield from ((None, first, second), (None, second, first), (_year(found[2]), first, None))


def _agree(new: Day, old: Day) -> bool:
    years, months, dates = zip(new, old, strict=True)
    # A month becomes its first day; a year that was not said becomes the present one.
    is_day = dates[0] == dates[1] or (dates[1] is None and dates[0] == 1)
    return months[0] == months[1] and is_day and (years[0] == years[1] or years[1] is None)


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else int(text) + (2000 if int(text) < _CENTURY else 1900)


def _exists(day: Day) -> bool:
    year, month, date = day
    return 1 <= month <= 12 and (date is None or 1 <= date <= monthrange(year or 2000, month)[1])
