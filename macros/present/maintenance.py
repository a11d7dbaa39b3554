"""Blocks of the maintenance page: what an editor should look at next."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from macros.derive.due import (
    carried_over,
    thin_levels,
    unknown_levels,
    without_address,
    without_date,
)
from macros.derive.levels import Cell
from macros.derive.staleness import ages_of_stale
from macros.derive.uses import current_uses
from macros.landscape import INDUSTRY
from macros.model.evidence import Source
from macros.present.book import Book
from macros.present.parts import LONG, WHOLE, ListPart, long_list

# The page of these blocks, and the sections of the lists on it that may grow long.
_PAGE = "maintenance"
_SECTIONS = {"stale_facts": ("stale-cited", "stale-other"), "source_gaps": ("no-address", "no-date")}


def upkeep_summary(book: Book) -> dict[str, Any]:
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
    return {
        "rows": [
            {"place": _section(book, name), "text": book.wording.word(f"upkeep-{name}", n=n, edition=land.current.id)}
            for name, n in numbers.items()
        ]
    }


def _section(book: Book, name: str) -> str:
    """Return the address of a section: of one within a long list, of its beginning."""
    block = next((block for block, sections in _SECTIONS.items() if name in sections), None)
    first = next((entry for entry in book.entries(block) if entry[0] == name), None) if block else None
    page = book.entry_page(block, LONG[block].key(first)) if first else f"{_PAGE}.html"
    return f"{page}#{name}"


def _stale_in_order(book: Book) -> list[tuple[str, str]]:
    """Return section and id of the stale facts: those that speak for the current edition by class, then the others."""
    cited, homes = current_uses(book.landscape), book.landscape.fact_homes
    order = {home: at for at, home in enumerate(book.landscape.index.evidence)}
    found = [("stale-cited" if name in cited else "stale-other", name) for name in _stale(book)]
    return sorted(found, key=lambda entry: (entry[0], order[homes[entry[1]]]))


@long_list(_PAGE, 1500, _stale_in_order, key=lambda entry: entry)
def stale_facts(book: Book, part: ListPart = WHOLE) -> dict[str, Any]:
    """Facts past their shelf life by class, oldest first: those that speak for the current edition, then the others."""
    ages = _stale(book)
    groups = [
        {"id": section, "homes": _by_home(book, {name: ages[name] for name in names})}
        for section, names in _sections(book, "stale_facts", part)
    ]
    return {"groups": groups, "edition": book.landscape.current.id}


def _sections(book: Book, block: str, part: ListPart) -> list[tuple[str, list[Any]]]:
    """Return the sections of a long list with what a part shows of each; the first shows those of which there is nothing."""
    entries = book.entries(block)
    empty = set(_SECTIONS[block]) - {section for section, _ in entries} if part.is_first else set()
    found = [(name, [entry for section, entry in part.of(entries) if section == name]) for name in _SECTIONS[block]]
    return [(name, shown) for name, shown in found if shown or name in empty]


def _stale(book: Book) -> dict[str, int]:
    """Return the stale facts with their age at the date of the current edition: pages know no other today."""
    return ages_of_stale(book.landscape, int(book.landscape.current.date[:4]))


def _by_home(book: Book, ages: dict[str, int]) -> list[dict[str, Any]]:
    """Return some facts under the class, or the topic of the industry, that they are about, in reading order."""
    land = book.landscape
    lives = {topic.id: topic for topic in land.method.topics}
    uses = current_uses(land)
    homes: dict[str, list[dict[str, Any]]] = {home: [] for home in land.index.evidence}
    for name, age in ages.items():
        fact = land.facts[name]
        homes[land.fact_homes[name]].append(
            {
                "fact": fact,
                "age": age,
                "topic": lives[fact.topic],
                "uses": [_use(book, use.sort, use.id, use.part) for use in uses.get(name, ())],
            }
        )
    return [{"id": home, "name": _home(book, home), "facts": facts} for home, facts in homes.items() if facts]


def _home(book: Book, home: str) -> str:
    land = book.landscape
    if home in land.equipment:
        return land.equipment[home].name
    topics = {topic.id: topic.name for topic in land.method.topics}
    topic = topics.get(home.removeprefix(f"{INDUSTRY}-"))
    return f"{land.industry.name}: {topic}" if topic else land.industry.name


def _use(book: Book, sort: str, name: str, part: str) -> dict[str, Any]:
    if sort == "priority":
        return {"text": book.title("priority", name), "place": ("priority", name, "")}
    return _point(book, (name, part, book.landscape.current.id))


def _point(book: Book, cell: Cell) -> dict[str, Any]:
    """Return class and dimension of a level as one link."""
    owner, dimension, _ = cell
    text = f"{book.title('equipment', owner)}: {book.landscape.dimensions[dimension].name}"
    place = ("dimension", dimension, "") if owner == INDUSTRY else ("equipment", owner, dimension)
    return {"text": text, "place": place}


def thin_evidence(book: Book) -> dict[str, Any]:
    """Levels of low confidence that a single fact carries, with level and fact."""
    land = book.landscape
    rows = [
        {
            **_point(book, cell),
            "level": land.levels[land.cells[cell].level],
            "fact": land.facts[land.cells[cell].evidence[0]],
        }
        for cell in thin_levels(book.results)
    ]
    return {"rows": rows, "edition": land.current.id}


def open_levels(book: Book) -> dict[str, Any]:
    """Levels of the current edition that nobody could give, by class."""
    return {"groups": _by_owner(book, unknown_levels(book.results)), "edition": book.landscape.current.id}


def carried_levels(book: Book) -> dict[str, Any]:
    """Levels that say what the edition before said, by class: carried over, and perhaps not looked at."""
    return {"groups": _by_owner(book, carried_over(book.landscape)), "edition": book.landscape.current.id}


def _by_owner(book: Book, cells: list[Cell]) -> list[dict[str, Any]]:
    land = book.landscape
    return [
        {
            "name": book.title("equipment", owner),
            "points": [{**_point(book, cell), "text": land.dimensions[cell[1]].name} for cell in found],
        }
        for owner, found in groupby(cells, key=lambda cell: cell[0])
    ]


def _gaps_in_order(book: Book) -> list[tuple[str, Source]]:
    """Return section and source of what is out of reach, by kind."""
    order = {kind.id: at for at, kind in enumerate(book.landscape.method.source_kinds)}
    found = {"no-address": without_address(book.landscape), "no-date": without_date(book.landscape)}
    return [(name, one) for name, all_ in found.items() for one in sorted(all_, key=lambda source: order[source.kind])]


@long_list(_PAGE, 1500, _gaps_in_order, key=lambda entry: (entry[0], entry[1].id))
def source_gaps(book: Book, part: ListPart = WHOLE) -> dict[str, Any]:
    """Sources that no page can link to, and sources without a date, by kind."""
    found = _sections(book, "source_gaps", part)
    return {"groups": [{"id": section, "kinds": _by_kind(book, sources)} for section, sources in found]}


def _by_kind(book: Book, sources: list[Source]) -> list[dict[str, Any]]:
    kinds = {kind.id: kind.name for kind in book.landscape.method.source_kinds}
    rows = {kind: [source for source in sources if source.kind == kind] for kind in kinds}
    return [{"name": kinds[kind], "sources": found} for kind, found in rows.items() if found]


MACROS = (upkeep_summary, stale_facts, thin_evidence, open_levels, carried_levels, source_gaps)
