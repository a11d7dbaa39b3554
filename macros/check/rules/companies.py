"""Rules on companies: each stands once, makes a class once, and neither its years nor its country are at odds with its facts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from macros.check.rule import repeated, rule
from macros.load.draft import Draft, Entry
from macros.problems import Finding


@rule
def company_once(draft: Draft, index: Entry) -> Iterator[Finding]:
    """No two companies must have one name, in either script."""
    first: dict[str, Entry] = {}
    order = {name: at for at, name in enumerate(index.record.suppliers)}
    # In reading order, at whose end a new company stands: of two alike the later one is told.
    for entry in sorted(draft.all("suppliers"), key=lambda entry: order.get(entry.record.id, len(order))):
        for field in ("name", "name_local"):
            name = getattr(entry.record, field)
            other = first.setdefault(name.casefold(), entry) if name else entry
            if other.record.id != entry.record.id:
                wrong = f'"{name}" is already the name of "{other.record.id}" ({other.path}:{other.line})'
                yield entry.finding(
                    field, wrong, "keep one record; if they are two companies, add a place or legal form to one name"
                )


@rule
def class_once(draft: Draft) -> Iterator[Finding]:
    """A company must name a class once: with its most important role, and all that is known under it."""
    for entry in draft.all("suppliers"):
        makes = [(item.id, (at, item.id)) for at, item in enumerate(entry.record.equipment)]
        for (at, name), _ in repeated(makes):
            yield entry.finding(("equipment", at, "id"), f'"{name}" is listed twice', "put both into one entry")


@rule
def founded_first(draft: Draft) -> Iterator[Finding]:
    """A company must not have figures from before it was founded."""
    for entry in draft.all("suppliers"):
        founded, years = entry.record.founded, [figure.year for figure in entry.record.figures if figure.year]
        if founded and years and min(years) < founded:
            wrong = f"founded in {founded}, but there is a figure of {min(years)}"
            yield entry.finding("founded", wrong, "mend one of the two years")


@rule
def country_fits_facts(draft: Draft, report: Entry) -> Iterator[Finding]:
    """A company's country must put it on the side that facts about it name.

    Facts count here whose entity is the company and that it cites.
    """
    facts = draft.by_id("facts")
    for entry in draft.all("suppliers"):
        company = entry.record
        if not re.fullmatch("[A-Z]{2}", company.country or ""):  # name_exists reports what is no code
            continue
        side = "domestic" if company.country in report.record.home_market.countries else "imported"
        names = {name.casefold() for name in (company.name, *company.aliases)}
        parts = (company, *company.equipment, *company.figures)
        cited = [facts[name] for name in dict.fromkeys(n for part in parts for n in part.evidence) if name in facts]
        about = [f for f in cited if (f.entity or "").casefold() in names and f.origin in ("domestic", "imported")]
        other = [fact.id for fact in about if fact.origin != side]
        if other:
            wrong = f'"{company.country}" makes it {side}, but fact "{other[0]}" says otherwise'
            yield entry.finding("country", wrong, "mend the country here or the origin there")
