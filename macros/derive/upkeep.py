"""Upkeep: what an editor should look at next - old facts, thin levels, levels carried over, sources that cannot be reached."""

from __future__ import annotations

from macros.derive.dates import is_stale
from macros.derive.results import Cell, Results
from macros.landscape import INDUSTRY, Landscape
from macros.model.equipment import Assessment
from macros.model.evidence import Source


def ages_of_stale(land: Landscape, today: int) -> dict[str, int]:
    """Return the facts that have outlived their shelf life in the year `today`, with their age in years, oldest first."""
    lives = {topic.id: topic.years for topic in land.method.topics}
    ages = {
        fact.id: today - (land.years[fact.id] or today)
        for fact in land.facts.values()
        if is_stale(land.years[fact.id], lives[fact.topic], today)
    }
    return dict(sorted(ages.items(), key=lambda pair: -pair[1]))


def thin_levels(results: Results) -> list[Cell]:
    """Return the known levels of the current edition that have low confidence and a single fact for them, in reading order."""
    return [
        cell
        for cell in _current(results.landscape)
        if results.severity(*cell) is not None
        and results.confidence[cell].grade == "low"
        and len(results.landscape.cells[cell].evidence) == 1
    ]


def unknown_levels(results: Results) -> list[Cell]:
    """Return the points of the current edition recorded as unknown, in reading order."""
    return [cell for cell in _current(results.landscape) if results.severity(*cell) is None]


def carried_over(land: Landscape) -> list[Cell]:
    """Return the levels of the current edition that say word for word what the edition before said, in reading order."""
    editions = [edition.id for edition in land.report.editions]
    before = editions[editions.index(land.current.id) - 1]
    return [
        cell
        for cell in _current(land)
        if (old := land.cells.get((*cell[:2], before))) and _says(old) == _says(land.cells[cell])
    ]


def _says(assessment: Assessment) -> tuple[object, ...]:
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
