"""Refuse data whose conclusions rest on facts that have outlived their shelf life by a given day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from macros.check.translations import Left
from macros.derive.due import stale_ages
from macros.derive.uses import current_uses
from macros.load.catalogues import LOCALE
from macros.load.draft import Draft
from macros.load.landscape import Landscape
from macros.problems import Problem, ProblemsFound


def check_fresh(draft: Draft, land: Landscape, today: str, left: Mapping[str, Mapping[str, Left]] | None = None) -> int:
    """Return how many facts the current edition's levels and the priorities rest on, all of them fresh on the day.

    Raises ProblemsFound with every stale one, and with what is `left` to translate, by language and catalogue; `draft` is
    what the landscape was made of.
    """
    found = [*stale_facts(draft, land, today), *not_translated(left or {})]
    if found:
        raise ProblemsFound(found)
    return len(current_uses(land))


def stale_facts(draft: Draft, land: Landscape, today: str) -> Iterator[Problem]:
    """A fact that a level of the current edition or a priority rests on must be within the shelf life of its topic."""
    uses, ages = current_uses(land), stale_ages(land, int(today[:4]))
    for entry in draft.all("facts"):
        fact = entry.record
        if fact.id in ages and fact.id in uses:
            cited = ", ".join(f"{use.id} {use.part}".strip() for use in uses[fact.id])
            wrong = (
                f'fact "{fact.id}" is {ages[fact.id]} years old on {today}; '
                f'facts on "{fact.topic}" hold {land.topics[fact.topic].years} years'
            )
            right = f"cite a newer one in {cited}, or set the level to what is known without it"
            yield entry.problem("year", wrong, right, "fresh")


def not_translated(left: Mapping[str, Mapping[str, Left]]) -> Iterator[Problem]:
    """Every text must have a translation, made of what it says now, in each language of the report."""
    for language, catalogues in left.items():
        for name, (missing, stale) in catalogues.items():
            wrong = f"texts without a translation: {missing}; changed since they were translated: {stale}"
            right = (
                f"python -m macros translate {language} brings the catalogue up to date; then translate what is left"
            )
            yield Problem(f"{LOCALE}/{language}/{name}.po", 1, "", wrong, right, "translated")
