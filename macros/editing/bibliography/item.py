"""One entry of a bibliography file of any format, with the field names of CSL, and its dates.

Dates are read as 2024, 2024-05 or 2024-05-13; an ambiguous one is never guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from macros.model.base import existing_date
from macros.model.names import Name


class NoSource(Exception):
    """Raised when a file gives no source; says why."""


@dataclass
class Item:
    """One entry as plain text; `notes` say what was left out, `why_not` why it must not be used at all."""

    id: str
    type: str = ""
    title: str = ""
    author: tuple[Name, ...] = ()
    publisher: str = ""
    container: str = ""
    issued: str = ""
    accessed: str = ""
    URL: str = ""
    DOI: str = ""
    language: str = ""
    note: str = ""
    kind: str = ""
    reliability: str = ""
    notes: list[str] = field(default_factory=list)
    why_not: str = ""

    def read(self, found: tuple[str, str]) -> str:
        """Return what was read, and keep the note on it."""
        text, note = found
        if note:
            self.notes.append(note)
        return text


Read = tuple[str, str]
"""A date, empty when there is none, and a note on what was left out, empty when nothing was."""

_NUMERIC = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?)?)?[月年]?/{0,2}(?=$|[T\s/])")
_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = re.compile(rf"(?<![a-z])({'|'.join(f'{m}|{m[:3]}' for m in _MONTHS)}|sept)(?![a-z])")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_DAY = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?(?![\da-z])")


def date_of(text: str, year: str = "") -> Read:
    """Return the date in a text; `year` is known from elsewhere and holds where the text has none."""
    text = " ".join(text.split())
    found = _NUMERIC.match(text)
    if found:
        date, rest = "-".join(part.zfill(2) for part in found.groups() if part), text[found.end() :]
        if _exists(date):
            return date, f'"{text}" is a span; its beginning was taken' if _YEAR.search(rest) else ""
    years = _YEAR.findall(text) or ([year] if year else [])
    if not years:
        return "", f'"{text}" has no year that can be read' if text else ""
    if text in ("", years[0]):
        return years[0], ""
    if len(set(years)) == 1:
        date = _by_month(text.casefold(), years[0])
        if date:
            return date, ""
    return years[0], f'of "{text}" only the year was taken'


def _by_month(text: str, year: str) -> str:
    """Return the date where a text names one month: with the day where it names one day."""
    months = {_MONTHS.index(next(m for m in _MONTHS if m.startswith(name[:3]))) + 1 for name in _MONTH.findall(text)}
    if len(months) != 1:
        return ""
    date, days = f"{year}-{months.pop():02}", _DAY.findall(_YEAR.sub(" ", text))
    if len(days) == 1 and _exists(f"{date}-{days[0].zfill(2)}"):
        return f"{date}-{days[0].zfill(2)}"
    return date


def year_of(text: str) -> Read:
    """Return the first year in a text that is to hold one."""
    years = _YEAR.findall(text)
    if not years:
        return "", f'"{text}" has no year that can be read' if text.strip() else ""
    return years[0], "" if text.strip() == years[0] else f'of "{text}" only the year was taken'


def _exists(date: str) -> bool:
    try:
        return bool(existing_date(date)) and not date.startswith("0")
    except ValueError:
        return False
