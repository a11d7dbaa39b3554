"""Rules on amounts: a figure is a number or a range, wherever it stands, and a percentage is what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from babel import Locale

from macros.check.rule import rule
from macros.load.draft import Draft, Entry
from macros.model.base import Record, bounds, fields_of, is_figure
from macros.model.context import Series
from macros.model.figure import Meant, meant_figure
from macros.model.locale import numbers_in
from macros.problems import Finding, Keys

# Fields that hold a figure, and those that say what limits it.
_FIGURES = ("value", "current", "goal")
_LIMITS = ("unit_note", "note", "basis", "caveat")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


class _Figure(NamedTuple):
    """A figure, with its record, its unit, and the entry and the keys that lead to it."""

    entry: Entry
    keys: Keys
    record: Record
    value: Any
    unit: str | None

    @property
    def is_percentage(self) -> bool:
        return not isinstance(self.value, str) and (self.unit or "").startswith("%")

    @property
    def ends(self) -> list[float]:
        """The ends of the range, or the number alone."""
        return list(dict.fromkeys(bounds(self.value)))

    @property
    def shown(self) -> str:
        return " to ".join(f"{end:g}" for end in self.ends)

    def finding(self, wrong: str, right: str) -> Finding:
        return self.entry.finding(self.keys, wrong, right)


@rule
def figure_is_number(draft: Draft) -> Iterator[Finding]:
    """A text beside a unit must hold more than one number or one range: such a figure is written as a number.

    A text is drawn in no chart and counts in no comparison.
    """
    for figure in _figures(draft):
        is_text = figure.unit and isinstance(figure.value, str)
        found = meant_figure(figure.value.removesuffix(figure.unit)) if is_text else None
        if found:
            yield figure.finding(f'"{figure.value}" is a text', _right_figure(found))
        elif is_text and len(_NUMBER.findall(figure.value)) == 1:
            right = "write the number alone; what is to be said of it goes under bound, note or statement"
            yield figure.finding(f'"{figure.value}" is a text with one number', right)


def _right_figure(found: Meant) -> str:
    if found.text.startswith("["):
        return f"a range is a list: {found.text}"
    if found.tolerance:
        middle, more = Decimal(found.text), Decimal(found.tolerance)
        return f"write {found.text}, and the tolerance in words under note or statement; or the range [{middle - more}, {middle + more}]"
    return (
        f"write {found.text}: the number alone, with a point for decimals and without quotes; words such as about or "
        "more than go under bound, where there is one"
    )


@rule
def percent_not_fraction(draft: Draft) -> Iterator[Finding]:
    """A percentage must be written as 33, not as 0.33.

    Spreadsheets keep 33 % as 0.33; shown beside its unit that is a third of one per cent.
    """
    locale = draft.locale()
    stated = {entry.record.id: _numbers_in(entry.record, locale) for entry in draft.all("facts")}
    for figure in _figures(draft):
        if not figure.is_percentage or not all(0 < end < 1 for end in figure.ends):
            continue
        whole = [f"{100 * end:.10g}" for end in figure.ends]
        facts = [figure.entry.record.id] if figure.entry.kind == "facts" else getattr(figure.record, "evidence", ())
        if getattr(figure.record, "share", None) or any(
            stated.get(fact, set()) >= {round(100 * end, 9) for end in figure.ends} for fact in facts
        ):
            shown = f"[{', '.join(whole)}]" if len(whole) > 1 else whole[0]
            wrong = f"{figure.shown} with the unit {figure.unit} is less than one per cent"
            yield figure.finding(wrong, f"write {shown}: a percentage is not written as a fraction")
    for entry in draft.all("equipment"):
        share = entry.record.value_share
        if share and 0 < share.low < 1 and 0 < share.high < 1:
            low, high = (round(100 * end, 9) for end in (share.low, share.high))
            if any(stated.get(fact, set()) >= {low, high} for fact in share.evidence):
                wrong = f"{share.low:g} to {share.high:g} % is less than one per cent"
                right = f"write low: {low:g} and high: {high:g}: a percentage is not written as a fraction"
                yield entry.finding(("value_share", "low"), wrong, right)


def _numbers_in(fact: Any, locale: Locale) -> set[float]:
    """Return the numbers that a fact holds, in its statement or as its figure."""
    numbers = numbers_in(locale, fact.statement)
    return numbers | {*bounds(fact.value)} if is_figure(fact.value) else numbers


@rule
def share_within_whole(draft: Draft) -> Iterator[Finding]:
    """A share must not be above 100 %, and another percentage above 100 must say what it is a percentage of."""
    for figure in _figures(draft):
        if not figure.is_percentage or max(figure.ends) <= 100:
            continue
        record = figure.entry.record if isinstance(figure.entry.record, Series) else figure.record
        limits = [name for name in _LIMITS if name in fields_of(type(record))]
        if getattr(record, "share", None) or getattr(record, "kind", None) == "share":
            yield figure.finding(f"a share cannot be {figure.shown} %", "write at most 100")
        elif figure.unit == "%" and limits and not any(getattr(record, name) for name in limits):
            right = (
                f"say under {limits[0]} what it is a percentage of, such as: of the year before; a share is at most 100"
            )
            yield figure.finding(f"{figure.shown} % is more than the whole", right)


def _figures(draft: Draft) -> Iterator[_Figure]:
    for entry, keys, record in draft.records:
        for name in _FIGURES:
            value = getattr(record, name) if name in fields_of(type(record)) else None
            if isinstance(value, str) or is_figure(value):
                yield _Figure(entry, (*keys, name), record, value, _unit(entry.record, keys, record))


def _unit(outer: Any, keys: Keys, record: Record) -> str | None:
    """Return the unit of a record: its own, that of its series, or that of its benchmark."""
    owner: Any = record
    if "unit" not in fields_of(type(record)):
        is_side = bool(keys[2:]) and keys[0] == "benchmarks"
        owner = outer.benchmarks[keys[1]] if is_side else outer if isinstance(outer, Series) else None
    unit: str | None = owner.unit if owner else None
    return unit
