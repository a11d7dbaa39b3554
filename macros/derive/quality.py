"""How good the evidence is: which facts are weak, how facts and sources spread over grades."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from macros.derive.results import Results
from macros.landscape import Landscape
from macros.model.evidence import Fact, Source


@dataclass(frozen=True)
class Tally:
    """How many facts, and how many of them are weak or stale."""

    facts: int
    weak: int
    stale: int


def is_weak(fact: Fact, land: Landscape) -> bool:
    """Return whether a fact has the lowest grade: of its source's reliability or of its own confidence."""
    weights, grades = land.method.reliability, land.method.fact_confidence
    is_source_weak = weights[land.sources[fact.source].reliability] == min(weights.values())
    return is_source_weak or grades[fact.confidence] == min(grades.values())


def is_on_itself(source: Source, land: Landscape) -> bool:
    """Return whether a source is of a kind whose publishers speak about themselves."""
    return any(kind.id == source.kind and kind.speaks_for_itself for kind in land.method.source_kinds)


def tally(facts: Iterable[Fact], results: Results) -> Tally:
    """Return the tally of some facts."""
    listed = list(facts)
    weak = sum(is_weak(fact, results.landscape) for fact in listed)
    return Tally(len(listed), weak, sum(fact.id in results.stale for fact in listed))


def by_grade_and_origin(land: Landscape) -> Counter[tuple[str, str | None]]:
    """Return how many facts there are of each reliability of their source and each origin."""
    return Counter((land.sources[fact.source].reliability, fact.origin) for fact in land.facts.values())


def by_kind_and_grade(land: Landscape) -> Counter[tuple[str, str]]:
    """Return how many sources there are of each kind and reliability."""
    return Counter((source.kind, source.reliability) for source in land.sources.values())
