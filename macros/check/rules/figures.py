"""Rules on figures, dates, addresses and texts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import urlsplit

from macros.check.rule import rule
from macros.load.draft import Draft, Entry
from macros.model.base import Record, fields_of, is_figure
from macros.model.equipment import ValueShare
from macros.model.report import Edition, Words
from macros.problems import Finding, Keys, suggest


@rule
def unit_listed(draft: Draft, method: Entry) -> Iterator[Finding]:
    """Every unit must be one of `units` in method.yml.

    One unit, one spelling: else the same figure stands in two columns.
    """
    known = set(method.record.units)
    for entry, keys, record in draft.records:
        unit = getattr(record, "unit", None) if "unit" in fields_of(type(record)) else None
        if unit is not None and unit not in known:
            meant = re.sub(r"(?i)per ?cent|pct\.?", "%", unit)
            near = suggest(meant, known)
            listed = f"units in {method.document.path}:{method.document.line(('units',))}"
            right = f"use one of {listed}, or add it there"
            if near:
                right = f"{near} Else add it to {listed}" if near.endswith("?") else f"{near}, or add it to {listed}"
            yield entry.finding((*keys, "unit"), f'"{unit}" is not a unit of this report', right)


@rule
def figure_has_unit(draft: Draft) -> Iterator[Finding]:
    """A figure must have a unit and say what is measured."""
    for entry in draft.all("facts"):
        fact = entry.record
        if is_figure(fact.value):
            shown = list(fact.value) if isinstance(fact.value, tuple) else fact.value
            if fact.unit is None:
                yield entry.finding("unit", f"{shown} has no unit", "write one of `units` in data/method.yml")
            if fact.metric is None:
                yield entry.finding(
                    "metric", f"the metric of {shown} is missing", "say what is measured, such as: domestic share"
                )
        elif fact.unit and fact.value is None:
            yield entry.finding(
                "value", f"there is a unit ({fact.unit}) but no figure", "add the figure, or write `unit: null`"
            )


_RANGES = {"value", "current", "goal", "trl_now"}


@rule
def range_ordered(draft: Draft) -> Iterator[Finding]:
    """A range must go from the lower to the higher value."""
    for entry, keys, record in draft.records:
        fields = fields_of(type(record))
        for name in _RANGES & fields.keys():
            value = getattr(record, name)
            if isinstance(value, tuple) and len(value) == 2 and value[0] > value[1]:
                wrong = f"the range {value[0]} to {value[1]} runs backwards"
                yield entry.finding((*keys, name), wrong, f"write [{value[1]}, {value[0]}]")
        if isinstance(record, ValueShare) and record.low > record.high:
            yield entry.finding((*keys, "low"), f"low {record.low} is above high {record.high}", "swap them")


_DATES = {"sources": ("issued", "accessed"), "events": ("date",), "standards": ("issued",)}


@rule
def date_not_future(draft: Draft) -> Iterator[Finding]:
    """A date of publication, access or event, and the year of a fact, must not be later than the current edition.

    Facts on a topic of method.yml that looks ahead may be.
    """
    if current := current_edition(draft):
        yield from _dates_after(draft, current.date)
        yield from _facts_after(draft, current.evidence_until)


def facts_of_now(draft: Draft) -> tuple[list[Entry], str]:
    """Return the facts that may not be of a later year, and the topics whose facts may, in words."""
    method = draft.one("method")
    ahead = [topic.id for topic in method.record.topics if topic.looks_ahead] if method else []
    found = [entry for entry in draft.all("facts") if entry.record.topic not in ahead] if method else []
    return found, f"only facts on {' or '.join(ahead)} look ahead" if ahead else "no topic of method.yml looks ahead"


def current_edition(draft: Draft) -> Edition | None:
    report = draft.one("report")
    editions: tuple[Edition, ...] = report.record.editions if report else ()
    return next((edition for edition in editions if edition.role == "current"), None)


def _dates_after(draft: Draft, last: str) -> Iterator[Finding]:
    """Yield each date that is surely later."""
    for entry, keys, value in _dates(draft):
        if value and is_after(value, last):
            yield entry.finding(keys, f"{value} is later than the current edition ({last})", "mend the date")


def is_after(date: str, other: str) -> bool:
    """Compare dates as far as both are known: "2024-05" is not after "2024"."""
    return date[: len(other)] > other[: len(date)]


def _dates(draft: Draft) -> Iterator[tuple[Entry, Keys, str | None]]:
    for kind, fields in _DATES.items():
        for entry in draft.all(kind):
            for field in fields:
                yield entry, (field,), getattr(entry.record, field)
    for entry in draft.all("suppliers"):
        for at, event in enumerate(entry.record.events):
            yield entry, ("events", at, "date"), event.date


def _facts_after(draft: Draft, last: int) -> Iterator[Finding]:
    """Yield each fact of a later year that is no outlook."""
    facts, right = facts_of_now(draft)
    for entry in facts:
        year, topic = entry.record.year, entry.record.topic
        if year and year > last:
            wrong = f'a fact on "{topic}" of {year} is later than the current edition ({last})'
            yield entry.finding("year", wrong, f"mend the year or the topic; {right}")


@rule
def shares_sum(draft: Draft) -> Iterator[Finding]:
    """Shares of one whole in one year must not sum to more than 100 %."""
    for entry in draft.all("series"):
        if entry.record.kind != "share" or entry.record.unit != "%":
            continue
        sums: dict[int | None, float] = defaultdict(float)
        names: dict[int | None, set[tuple[str | None, str]]] = defaultdict(set)
        for point in entry.record.points:
            low = point.value[0] if isinstance(point.value, tuple) else point.value
            key = (point.label, point.entity)
            if key not in names[point.year]:
                sums[point.year] += low
                names[point.year].add(key)
        for year, total in sums.items():
            if total > 100.0001:
                wrong = f"the shares {f'of {year}' if year else 'without a year'} add up to {total:g} %, which is more than the whole"
                yield entry.finding("points", wrong, "mend them; shares of another whole go into a series of their own")


_NOT_DEFINED = (
    "it is not said what the share counts",
    "add `share: {measure: value, counted_by: headquarters}`, with not-stated where the source does not say",
)


@rule
def share_defined(draft: Draft) -> Iterator[Finding]:
    """A domestic share must state its definition: what was added up, and what makes a machine domestic.

    A share by value, by units or by where the owner sits may differ by half; without a definition it cannot be compared.
    """
    method = draft.one("method")
    shares = {topic.id for topic in method.record.topics if topic.is_share} if method else set()
    for entry in draft.all("facts"):
        fact = entry.record
        if fact.topic in shares and fact.unit and fact.unit.startswith("%") and fact.share is None:
            yield entry.finding((), *_NOT_DEFINED)
    for entry in draft.all("series"):
        if entry.record.kind == "share" and entry.record.share is None:
            yield entry.finding((), *_NOT_DEFINED)


@rule
def address_linkable(draft: Draft, report: Entry) -> Iterator[Finding]:
    """An address must not lead to a host that is marked as not to be linked."""
    for entry, keys, record in draft.records:
        for name in ("URL", "website"):
            address = getattr(record, name) if name in fields_of(type(record)) else None
            if not address:
                continue
            host = urlsplit(address).hostname or ""
            for banned in report.record.never_link:
                if host == banned or host.endswith(f".{banned}"):
                    right = "write null and name the copy under note, or give the address of the original"
                    yield entry.finding(
                        (*keys, name), f"{host} must not be linked (never_link in data/report.yml)", right
                    )


_MARKUP = re.compile(r"</?[A-Za-z!][^>]*>|&[a-z]+;|\{\{|\{%|\]\(|```")


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# What either begins with: most texts have none of it.
_SUSPECT = re.compile(r"[<&{`\]\x00-\x08\x0b-\x1f\x7f-\x9f]")


@rule
def plain_text(draft: Draft) -> Iterator[Finding]:
    """A text must have no markup: it is shown exactly as written."""
    for entry, keys, record in draft.records:
        yield from _markup_in(entry, keys, record)


def _markup_in(entry: Entry, keys: Keys, record: Record) -> Iterator[Finding]:
    for name, alias in fields_of(type(record)).items():
        value = getattr(record, name)
        if value is None or isinstance(value, str) and not _SUSPECT.search(value):
            continue
        for place, text in _texts(value, (*keys, alias)):
            if found := _MARKUP.search(text):
                wrong = f'"{found.group()[:40]}" looks like markup'
                yield entry.finding(place, wrong, "write plain text: readers see it exactly as written")
            elif found := _CONTROL.search(text):
                wrong = f"holds a character that cannot be seen (U+{ord(found.group()):04X})"
                yield entry.finding(place, wrong, "delete it, or type the value anew")


def _texts(value: object, keys: Keys) -> Iterator[tuple[Keys, str]]:
    if isinstance(value, str):
        yield keys, value
    elif isinstance(value, tuple):
        for at, item in enumerate(value):
            if isinstance(item, str):
                yield (*keys, at), item
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _texts(item, (*keys, name))


@rule
def for_readers(draft: Draft, report: Entry) -> Iterator[Finding]:
    """A text that is shown must speak to readers; what an editor is to do belongs under `editors`, which no build shows."""
    if not report.record.instructions:
        return
    words = "|".join(map(re.escape, report.record.instructions))
    begins = re.compile(rf"(?:^|[.;:!?]\s+)({words})\b", re.IGNORECASE)
    for entry, keys, record in draft.records:
        if record is report.record or isinstance(record, Words):
            continue
        for name, alias in fields_of(type(record)).items():
            if name == "editors":
                continue
            for place, text in _texts(getattr(record, name), (*keys, alias)):
                if found := begins.search(text):
                    wrong = f'"{found[1]}" tells editors what to do, but readers see this text'
                    yield entry.finding(place, wrong, "say what a reader must know, or move it under editors")


# The spellings of null in YAML, as texts.
_NULLS = frozenset({"null", "Null", "NULL", "~"})


@rule
def null_unquoted(draft: Draft) -> Iterator[Finding]:
    """The word for nothing must stand without quotes: within them it is a text, and shown as one."""
    for entry, keys, record in draft.records:
        for name, alias in fields_of(type(record)).items():
            value = getattr(record, name)
            if isinstance(value, str) and value in _NULLS:
                right = "write null without quotes where nothing was found"
                yield entry.finding((*keys, alias), f'"{value}" is a text here', right)


@rule
def in_order(draft: Draft) -> Iterator[Finding]:
    """Events, changes and editions must stand in order of date."""
    for kind in ("events", "changes"):
        entries = draft.all(kind)
        for before, entry in pairwise(entries):
            if entry.record.date < before.record.date[: len(entry.record.date)]:
                wrong = f"{entry.record.date} comes after {before.record.date} in the file"
                yield entry.finding("date", wrong, "move it up, to its place by date")
    report = draft.one("report")
    dates = [edition.date for edition in report.record.editions] if report else []
    if report and dates != sorted(dates):
        yield report.finding("editions", "the editions are not in order of date", "put the oldest first")
