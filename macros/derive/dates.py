"""When a fact is from, and how stale it has become."""

from __future__ import annotations

from macros.model.evidence import Fact


def dated(fact: Fact, issued: str | None) -> int | None:
    """Return the year a fact is from: that of its figure or of its source, whichever is earlier; None if undated.

    A forecast for 2030 published in 2023 is knowledge of 2023; a look back of 2023 at 2019 is a figure of 2019.
    """
    if not issued:
        return fact.year
    year = int(issued[:4])
    return min(fact.year, year) if fact.year else year


def is_stale(year: int | None, shelf_life: int, today: int) -> bool:
    """Return whether a fact of the year has outlived its shelf life in years; an undated fact never says."""
    return year is not None and today - year > shelf_life
