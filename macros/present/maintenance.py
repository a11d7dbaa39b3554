"""Blocks of the maintenance page: what an editor should look at next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from macros.derive.due import carried_over, stale_ages, thin_levels, unknown_levels, without_address, without_date
from macros.derive.levels import Cell
from macros.derive.uses import Use, current_uses
from macros.load.pages import record_folders
from macros.model.equipment import Assessment
from macros.model.evidence import Fact, Source
from macros.present.book import Book
from macros.present.pagination import LONG, WHOLE, ListPart, long_list

# The sections of the lists that may grow long.
_SECTIONS = {"stale_facts": ("stale-cited", "stale-other"), "source_gaps": ("no-address", "no-date")}


def upkeep_summary(book: Book) -> Sequence[tuple[str, str]]:
    """How much there is to look at, sort by sort, each with the id of its section."""
    land, stale = book.landscape, _stale(book)
    cited = current_uses(land)
    numbers = {
        "stale-cited": sum(name in cited for name in stale),
        "thin": len(thin_levels(book.results)),
        "carried": len(carried_over(land)),
        "unknown": len(unknown_levels(book.results)),
        "no-address": len(without_address(land)),
        "no-date": len(without_date(land)),
        "stale-other": sum(name not in cited for name in stale),
    }
    return [
        (_section(book, name), book.wording.word(f"upkeep-{name}", n=n, edition=land.current.id))
        for name, n in numbers.items()
    ]


def _section(book: Book, name: str) -> str:
    """Return the address of a section: of one within a long list, of its beginning."""
    for block, sections in _SECTIONS.items():
        first = next((entry for entry in book.entries(block) if entry[0] == name), None) if name in sections else None
        if first:
            return f"{book.entry_page(block, LONG[block].key(first))}#{name}"
    return f"{book.page_address('maintenance')}#{name}"


def _stale_in_order(book: Book) -> list[tuple[str, str]]:
    """Return section and id of the stale facts: those that speak for the current edition by class, then the others."""
    cited, homes = current_uses(book.landscape), book.landscape.fact_homes
    order = {home: at for at, home in enumerate(book.landscape.index.evidence)}
    found = [("stale-cited" if name in cited else "stale-other", name) for name in _stale(book)]
    return sorted(found, key=lambda entry: (entry[0], order[homes[entry[1]]]))


class StaleFact(NamedTuple):
    """A fact past its shelf life with its age in years, and what of the current edition rests on it."""

    fact: Fact
    age: int
    uses: Sequence[Use]


class StaleHome(NamedTuple):
    """Stale facts of one file: about a class, or about a topic of the industry."""

    id: str
    name: str
    facts: Sequence[StaleFact]


@long_list(1500, _stale_in_order, key=lambda entry: entry)
def stale_facts(book: Book, part: ListPart = WHOLE) -> Sequence[tuple[str, Sequence[StaleHome]]]:
    """Facts past their shelf life by class, oldest first: those that speak for the current edition, then the others."""
    ages = _stale(book)
    return [
        (section, _by_home(book, {name: ages[name] for _, name in entries}))
        for section, entries in _sections(book, "stale_facts", part)
    ]


def _sections(book: Book, block: str, part: ListPart) -> list[tuple[str, list[Any]]]:
    """Return the sections of a long list with what a part shows of each; the first shows those of which there is nothing."""
    entries = book.entries(block)
    empty = set(_SECTIONS[block]) - {section for section, _ in entries} if part.is_first else set()
    found = [(name, [entry for entry in part.of(entries) if entry[0] == name]) for name in _SECTIONS[block]]
    return [(name, shown) for name, shown in found if shown or name in empty]


def _stale(book: Book) -> dict[str, int]:
    """Return the stale facts with their age at the date of the current edition: pages know no other today."""
    return stale_ages(book.landscape, int(book.landscape.current.date[:4]))


def _by_home(book: Book, ages: Mapping[str, int]) -> list[StaleHome]:
    """Return some facts under the class, or the topic of the industry, that they are about, in reading order."""
    land = book.landscape
    uses, names = current_uses(land), record_folders(land)["evidence"]
    homes: dict[str, list[StaleFact]] = {home: [] for home in land.index.evidence}
    for name, age in ages.items():
        fact = land.facts[name]
        homes[land.fact_homes[name]].append(StaleFact(fact, age, uses.get(name, ())))
    return [StaleHome(home, names[home].name, facts) for home, facts in homes.items() if facts]


def thin_evidence(book: Book) -> Sequence[tuple[str, Assessment, Fact]]:
    """Levels of low confidence that a single fact carries, each with its class and that fact."""
    land = book.landscape
    thin = [(cell[0], land.cells[cell]) for cell in thin_levels(book.results)]
    return [(owner, assessment, land.facts[assessment.evidence[0]]) for owner, assessment in thin]


# The classes, and the industry, each with the dimensions in which something is due.
Due = Sequence[tuple[str, Sequence[str]]]


def open_levels(book: Book) -> Due:
    """Levels of the current edition that nobody could give, by class."""
    return _by_owner(unknown_levels(book.results))


def carried_levels(book: Book) -> Due:
    """Levels that say what the edition before said, by class: carried over, and perhaps not looked at."""
    return _by_owner(carried_over(book.landscape))


def _by_owner(cells: list[Cell]) -> Due:
    return [(owner, [cell[1] for cell in found]) for owner, found in groupby(cells, key=lambda cell: cell[0])]


def _gaps_in_order(book: Book) -> list[tuple[str, Source]]:
    """Return section and source of what is out of reach, by kind."""
    order = list(book.landscape.source_kinds)
    found = {"no-address": without_address(book.landscape), "no-date": without_date(book.landscape)}
    return [
        (name, one) for name, all_ in found.items() for one in sorted(all_, key=lambda source: order.index(source.kind))
    ]


@long_list(1500, _gaps_in_order, key=lambda entry: (entry[0], entry[1].id))
def source_gaps(book: Book, part: ListPart = WHOLE) -> Sequence[tuple[str, Sequence[tuple[str, Sequence[Source]]]]]:
    """Sources that no page can link to, and sources without a date, by kind."""
    found = _sections(book, "source_gaps", part)
    return [(name, _by_kind(book, [source for _, source in rows])) for name, rows in found]


def _by_kind(book: Book, sources: list[Source]) -> list[tuple[str, Sequence[Source]]]:
    kinds = book.landscape.source_kinds.values()
    rows = [(kind.name, [source for source in sources if source.kind == kind.id]) for kind in kinds]
    return [row for row in rows if row[1]]
