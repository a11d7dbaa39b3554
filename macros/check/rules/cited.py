"""Rules on figures and the facts behind them: what is shown is what the fact says, with room for rounding and other scales."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from babel import Locale

from macros.check.rule import rule
from macros.load.draft import Draft, Entry
from macros.model.base import bounds, is_figure
from macros.model.context import Point
from macros.model.equipment import Side, Spec
from macros.model.evidence import Fact
from macros.model.locale import numbers_in
from macros.model.supplier import CompanyFigure
from macros.problems import Finding, Keys

# A text may give thousands, millions or billions of a unit; another unit may also be per cent, or minutes of seconds.
_SCALES = (1, 1e3, 1e6, 1e9)
_OTHER_UNIT = (*_SCALES, 60, 100, 1e8)
_YEAR = re.compile(r"(?<![\d.,])(?:1[89]|20)\d\d(?![\d.,]\d)")


class _Cited(NamedTuple):
    """A figure that cites one fact and no other, with its place, its unit and the side it is of, if it is of one."""

    entry: Entry
    keys: Keys
    record: Any
    unit: str
    origin: str | None
    fact: Fact


@rule
def fact_as_stated(draft: Draft) -> Iterator[Finding]:
    """A fact's figure must stand in its statement, in digits, where the statement holds figures at all.

    Who mends one of the two easily forgets the other.
    """
    locale = draft.locale()
    for entry in draft.all("facts"):
        fact = entry.record
        if not is_figure(fact.value):
            continue
        said = numbers_of(fact, locale)
        others = said - {float(year) for year in _YEAR.findall(fact.statement)}
        missing = [end for end in _ends(fact.value) if not _is_among(end, said, _SCALES)]
        if missing and others:
            wrong = f"{missing[0]:.10g} is not in the statement"
            yield entry.finding("value", wrong, "mend the value, or write the figure into the statement in digits")


@rule
def figure_as_cited(draft: Draft) -> Iterator[Finding]:
    """A figure must have the value, unit, year and side of the only fact that it cites; a benchmark may say otherwise in its caveat.

    The fact may hold further figures and years in its statement.
    """
    locale = draft.locale()
    for cited in _figures_on_one_fact(draft):
        for field, shown, has in _differences(cited, locale):
            wrong = f'{shown} is not what fact "{cited.fact.id}" says ({has})'
            right = "mend the one that is wrong, cite another fact, or add what is missing to the statement of this one"
            yield cited.entry.finding((*cited.keys, field), wrong, right)


@rule
def each_side_cited(draft: Draft) -> Iterator[Finding]:
    """The two sides of a benchmark must not rest on one and the same fact, unless the caveat speaks of it."""
    for _, entry in draft.assessed():
        for at, benchmark in enumerate(entry.record.benchmarks):
            domestic, imported = benchmark.domestic, benchmark.imported
            if len(set(domestic.evidence)) == 1 and domestic.evidence == imported.evidence and not benchmark.caveat:
                wrong = f'both sides cite one fact only, "{domestic.evidence[0]}"'
                right = "name the fact of each side, or say in the caveat that one fact compares both"
                yield entry.finding(("benchmarks", at, "imported", "evidence"), wrong, right)


def _figures_on_one_fact(draft: Draft) -> Iterator[_Cited]:
    facts, method = draft.by_id("facts"), draft.one("method")
    units = method.record.units if method else ()
    for entry, keys, record in draft.records:
        if not isinstance(record, (Side, Spec, Point, CompanyFigure)) or len(record.evidence) != 1:
            continue
        fact, unit, origin = facts.get(record.evidence[0]), getattr(record, "unit", ""), getattr(record, "origin", None)
        if isinstance(record, Side):
            benchmark = entry.record.benchmarks[keys[1]]
            if benchmark.caveat:
                continue
            unit, origin = benchmark.unit, str(keys[-1])
        elif isinstance(record, Point):
            unit = entry.record.unit
        if fact and unit in units and not getattr(record, "derived", False):
            yield _Cited(entry, keys, record, unit, origin, fact)


def _differences(cited: _Cited, locale: Locale) -> Iterator[tuple[str, str, str]]:
    """Yield each field in which a figure differs from its fact, what it has there, and what the fact has."""
    record, fact = cited.record, cited.fact
    years = [int(year) for year in _YEAR.findall(fact.statement)] + ([fact.year] if fact.year else [])
    if record.year and years and not min(years) <= record.year <= max(years):
        yield "year", str(record.year), f"year: {fact.year or 'null'}"
    if isinstance(record, (Spec, Side)) and {cited.origin, fact.origin} == {"domestic", "imported"}:
        yield "origin" if isinstance(record, Spec) else "evidence", str(cited.origin), f"origin: {fact.origin}"
    if not is_figure(record.value):
        return
    is_same, said = cited.unit == fact.unit, numbers_of(fact, locale)
    own = _ends(fact.value) if is_figure(fact.value) else set()
    scales = (1,) if is_same else _OTHER_UNIT
    for end in _ends(record.value):
        is_within = is_same and own and min(own) <= abs(end) <= max(own)
        if not is_within and not _is_among(end, own, scales) and not _is_among(end, said, _SCALES):
            yield "value", f"{end:.10g} {cited.unit}", f"{_value_as_text(fact.value)} {fact.unit or ''}".strip()
            break
    else:
        if own and not is_same and own == _ends(record.value) and _kind(cited.unit) == _kind(fact.unit):
            yield "value", f"{_value_as_text(record.value)} {cited.unit}", f"{_value_as_text(fact.value)} {fact.unit}"


def _kind(unit: str | None) -> str:
    """Return the last word of a unit: million CNY and billion CNY measure one thing."""
    return (unit or "").rpartition(" ")[2]


def _value_as_text(value: Any) -> str:
    return f"[{value[0]}, {value[1]}]" if isinstance(value, tuple) else str(value)


def _ends(value: Any) -> set[float]:
    """Return the ends of a figure without their signs: a loss of 12 is a profit of -12."""
    return {abs(end) for end in bounds(value)}


def numbers_of(fact: Fact, locale: Locale) -> set[float]:
    """Return every number that a fact holds in words."""
    texts = [fact.statement, fact.metric or "", fact.unit_note or "", fact.value if isinstance(fact.value, str) else ""]
    return {number for text in texts for number in numbers_in(locale, text)}


def holds(text: str, number: float, locale: Locale) -> bool:
    """Whether a text holds a number, be it in thousands or millions."""
    return any(
        number in (found, found * scale, found / scale) for found in numbers_in(locale, text) for scale in _SCALES
    )


def _is_among(number: float, others: set[float], scales: tuple[float, ...]) -> bool:
    number = abs(number)
    return any(
        _is_rounded(left, right)
        for other in others
        for scale in scales
        for left, right in ((number / scale, other), (number, other / scale))
    )


def _is_rounded(number: float, other: float) -> bool:
    """Whether two numbers are the same where one of them was rounded, to two digits at least."""
    for short, long in ((number, other), (other, number)):
        decimals = len(f"{short:.10g}".partition(".")[2])
        if short == long or (short >= 10 or decimals) and round(long, decimals) == round(short, 10):
            return True
    return False
