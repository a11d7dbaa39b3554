"""Find the facts that have outlived the shelf life of their topic."""

from __future__ import annotations

from macros.load.landscape import Landscape


def is_stale(year: int | None, shelf_life: int, today: int) -> bool:
    """Return whether a fact of the year has outlived its shelf life in years; an undated fact never says."""
    return year is not None and today - year > shelf_life


def stale_ages(land: Landscape, today: int) -> dict[str, int]:
    """Return the facts that have outlived their shelf life in the year `today`, with their age in years, oldest first."""
    lives = {topic.id: topic.years for topic in land.method.topics}
    ages = {
        fact.id: today - (land.years[fact.id] or today)
        for fact in land.facts.values()
        if is_stale(land.years[fact.id], lives[fact.topic], today)
    }
    return dict(sorted(ages.items(), key=lambda pair: -pair[1]))
