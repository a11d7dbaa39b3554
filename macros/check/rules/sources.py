"""Rules on sources: each stands once, each publisher has one spelling, and their dates follow one another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import urlsplit

from macros.check.rule import rule
from macros.check.rules.figures import current_edition, facts_of_now, is_after
from macros.load.draft import Draft, Entry
from macros.problems import Finding

# A shorter name may differ from another by a letter and be another body.
_LONG_ENOUGH = 6
_DOI = re.compile(r"10\.\d{4,9}/[^?#]+")


@rule
def source_once(draft: Draft) -> Iterator[Finding]:
    """A page or document must be one source: no two have the same address or DOI."""
    first: dict[str, Entry] = {}
    for entry in draft.all("sources"):
        for name, key in _addresses(entry.record.URL or ""):
            other = first.setdefault(key, entry)
            if other is not entry:
                wrong = f'the {name} is that of source "{other.record.id}" ({other.path}:{other.line})'
                yield entry.finding("URL", wrong, f'cite "{other.record.id}", and remove this one')
                break


def _addresses(address: str) -> Iterator[tuple[str, str]]:
    """Yield what an address is known by: its DOI, and itself, without what changes while the page stays."""
    if not address:
        return
    parts = urlsplit(address)
    doi = _DOI.search(parts.path)
    if doi:
        yield "DOI", re.sub(r"(/(full|abs|abstract|pdf|epdf)|\.pdf)*/?$", "", doi[0].casefold())
    host = (parts.hostname or "").removeprefix("www.")
    yield "address", f"{host}{parts.path.rstrip('/')}?{parts.query}#{parts.fragment}"


@rule
def publisher_spelt(draft: Draft) -> Iterator[Finding]:
    """A publisher must have one spelling: facts of one publisher count once."""
    entries: dict[str, list[Entry]] = defaultdict(list)
    for entry in draft.all("sources"):
        entries[entry.record.publisher].append(entry)
    for name, other in _similar_names(entries):
        rare, usual = sorted((name, other), key=lambda each: (len(entries[each]), each))
        for entry in entries[rare]:
            wrong = f'"{rare}" is nearly "{usual}" ({entries[usual][0].path}:{entries[usual][0].line})'
            right = f'write "{usual}" if it is the same body; else add a place or legal form to one name'
            yield entry.finding("publisher", wrong, right)


def _similar_names(names: dict[str, list[Entry]]) -> Iterator[tuple[str, str]]:
    """Yield pairs of names that differ by capitals, blanks and signs, or by one letter."""
    plain: dict[str, list[str]] = defaultdict(list)
    for name in names:
        plain[re.sub(r"[\W_]+", "", name.casefold())].append(name)
    for group in plain.values():
        yield from pairwise(sorted(group))
    spelt = {name.casefold(): name for name in names if len(name) >= _LONG_ENOUGH}
    replaced: dict[str, str] = {}
    for key, name in spelt.items():
        for at, letter in enumerate(key):
            if not letter.isalpha():
                continue
            left_out = f"{key[:at]}{key[at + 1 :]}"
            if left_out in spelt:
                yield name, spelt[left_out]
                break  # of a doubled letter, either may be the superfluous one
            other = replaced.setdefault(f"{key[:at]}\0{key[at + 1 :]}", name)
            if other != name:
                yield name, other


@rule
def issued_before_read(draft: Draft) -> Iterator[Finding]:
    """A source must be read on the day it was issued or later."""
    current = current_edition(draft)
    # date_not_future reports a date after that of the edition.
    today = current.date if current else "9999"
    for entry in draft.all("sources"):
        issued, accessed = entry.record.issued, entry.record.accessed
        if issued and is_after(issued, accessed) and not is_after(issued, today):
            wrong = f"issued on {issued}, after it was read (accessed) on {accessed}"
            yield entry.finding("issued", wrong, "mend one of the two dates")


@rule
def fact_of_its_time(draft: Draft) -> Iterator[Finding]:
    """A fact of a later year than its source must be an outlook: on a topic of method.yml that looks ahead."""
    facts, ahead = facts_of_now(draft)
    issued = {entry.record.id: (entry.record.issued or "")[:4] for entry in draft.all("sources")}
    current = current_edition(draft)
    last = current.evidence_until if current else 9999  # date_not_future reports a later year
    for entry in facts:
        year, written = entry.record.year, issued.get(entry.record.source)
        if year and written and int(written) < year <= last:
            wrong = f'a fact on "{entry.record.topic}" of {year} is later than its source, of {written}'
            right = f"mend the year here or there, or the topic; {ahead}"
            yield entry.finding("year", wrong, right)


@rule
def author_named(draft: Draft) -> Iterator[Finding]:
    """An author must have a family name and a given name, or else be named in one piece."""
    for entry in draft.all("sources"):
        for at, name in enumerate(entry.record.author):
            parts = (name.family, name.given, name.suffix)
            if bool(name.literal) == any(parts) or (any(parts) and not (name.family and name.given)):
                right = "write {family: Roe, given: Ada}, or {literal: ACME Ltd} for a body"
                yield entry.finding(("author", at), "is not a whole name", right)
