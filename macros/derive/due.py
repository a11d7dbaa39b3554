"""Find what an editor should look at next: thin levels, levels carried over, stale facts, sources that cannot be reached."""

from __future__ import annotations

from macros.derive.levels import Cell, Levels
from macros.load.landscape import INDUSTRY, Landscape
from macros.model.equipment import Assessment
from macros.model.evidence import Source


def thin_levels(levels: Levels) -> list[Cell]:
    """Return the known levels of the current edition that have low confidence and a single fact for them, in reading order."""
    return [
        cell
        for cell in _current(levels.landscape)
        if levels.severity(*cell) is not None
        and levels.confidence[cell].grade == "low"
        and len(levels.landscape.cells[cell].evidence) == 1
    ]


def unknown_levels(levels: Levels) -> list[Cell]:
    """Return the points of the current edition recorded as unknown, in reading order."""
    return [cell for cell in _current(levels.landscape) if levels.severity(*cell) is None]


def carried_over(land: Landscape) -> list[Cell]:
    """Return the levels of the current edition that say word for word what the edition before said, in reading order."""
    editions = list(land.editions)
    before = editions[-2] if len(editions) > 1 else ""
    return [
        cell
        for cell in _current(land)
        if (old := land.cells.get((*cell[:2], before))) and _content(old) == _content(land.cells[cell])
    ]


def _content(assessment: Assessment) -> tuple[object, ...]:
    return (assessment.level, assessment.evidence, assessment.counter_evidence, assessment.reason)


def _current(land: Landscape) -> list[Cell]:
    """Return the cells of the current edition by class, the industry last."""
    cells = [cell for cell in land.cells if cell[2] == land.current.id]
    return sorted(cells, key=lambda cell: cell[0] == INDUSTRY)


def without_address(land: Landscape) -> list[Source]:
    """Return the sources that no page can link to."""
    return [source for source in land.sources.values() if source.URL is None]


def without_date(land: Landscape) -> list[Source]:
    """Return the sources whose date of publication is not known."""
    return [source for source in land.sources.values() if source.issued is None]


def is_stale(year: int | None, shelf_life: int, today: int) -> bool:
    """Return whether a fact of the year has outlived its shelf life in years; an undated fact never says."""
    return year is not None and today - year > shelf_life


def stale_ages(land: Landscape, today: int) -> dict[str, int]:
    """Return the facts that have outlived their shelf life in the year `today`, with their age in years, oldest first."""
    ages = {
        fact.id: today - (land.years[fact.id] or today)
        for fact in land.facts.values()
        if is_stale(land.years[fact.id], land.topics[fact.topic].years, today)
    }
    return dict(sorted(ages.items(), key=lambda pair: -pair[1]))
