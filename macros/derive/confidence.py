"""Confidence of an assessment: computed from the facts it cites, never typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache, cached_property

from macros.model.base import Grade, Number
from macros.model.evidence import Fact, Source
from macros.model.method import Method, Threshold


@dataclass(frozen=True)
class Weighed:
    """What one citing fact weighs, and the factors behind it.

    `counts` is False where its publisher counts by a better fact, and for a fact about all industries in support.
    """

    fact: str
    publisher: str
    reliability: Fraction
    fact_confidence: Fraction
    recency: Fraction
    counts: bool = True
    is_self: bool = False
    is_general: bool = False

    @cached_property
    def weight(self) -> Fraction:
        return self.reliability * self.fact_confidence * self.recency


@dataclass(frozen=True)
class Confidence:
    """The grade with its full sum: support, counter-support, publishers in support, and every weighed fact."""

    grade: Grade
    support: Fraction
    counter: Fraction
    publishers: int
    evidence: tuple[Weighed, ...]
    counter_evidence: tuple[Weighed, ...]


@cache
def as_fraction(number: Number | str) -> Fraction:
    """Return a number of the data as the decimal or fraction the editor wrote."""
    return Fraction(str(number))


def recency(distance: int | None, method: Method) -> Fraction:
    """Return the weight of a fact by its distance to the edition in years; None: undated."""
    spans = method.recency
    if distance is not None and distance <= spans.recent.years:
        return as_fraction(spans.recent.weight)
    if distance is not None and distance <= spans.middle.years:
        return as_fraction(spans.middle.weight)
    return as_fraction(spans.older.weight)


def weigh(fact: Fact, source: Source, year: int | None, edition_year: int, method: Method) -> Weighed:
    """Return what a fact weighs: reliability x its confidence x recency. A company on itself has its own reliability."""
    is_self = any(kind.id == source.kind and kind.speaks_for_itself for kind in method.source_kinds)
    grades = (source.reliability, method.self_reliability) if is_self else (source.reliability,)
    return Weighed(
        fact=fact.id,
        publisher=source.publisher,
        reliability=min(as_fraction(method.reliability[grade]) for grade in grades),
        fact_confidence=as_fraction(method.fact_confidence[fact.confidence]),
        recency=recency(None if year is None else abs(edition_year - year), method),
        is_self=is_self,
        is_general=fact.scope == "all-industries",
    )


def count_once(weighed: Iterable[Weighed]) -> tuple[Weighed, ...]:
    """Let each publisher count once, at its best fact; heaviest first, ties by fact id."""
    weighed = tuple(weighed)
    if len(weighed) < 2:
        return weighed
    ordered = sorted(weighed, key=lambda item: (-item.weight, item.fact))
    seen: set[str] = set()
    result = []
    for item in ordered:
        name = item.publisher.casefold()
        result.append(item if name not in seen else replace(item, counts=False))
        seen.add(name)
    return tuple(result)


def count_own(weighed: Iterable[Weighed]) -> tuple[Weighed, ...]:
    """Let facts about all industries not count, so that they lift no level above low; they come last."""
    weighed = tuple(weighed)
    own = count_once(item for item in weighed if not item.is_general)
    general = count_once(item for item in weighed if item.is_general)
    return (*own, *(replace(item, counts=False) for item in general))


def confidence(evidence: Iterable[Weighed], counter_evidence: Iterable[Weighed], method: Method) -> Confidence:
    """Return the grade by the thresholds of method.yml: enough support, from enough publishers, with little against.

    A fact about all industries does not support a level of this one, but it does speak against it.
    """
    for_it, against = count_own(evidence), count_once(counter_evidence)
    support = sum((item.weight for item in for_it if item.counts), Fraction())
    counter = sum((item.weight for item in against if item.counts), Fraction())
    publishers = sum(item.counts for item in for_it)

    def meets(threshold: Threshold) -> bool:
        enough = support >= as_fraction(threshold.support) and publishers >= threshold.publishers
        return enough and (not counter or counter <= support * as_fraction(threshold.counter_ratio))

    grade: Grade = "high" if meets(method.confidence.high) else "medium" if meets(method.confidence.medium) else "low"
    return Confidence(grade, support, counter, publishers, for_it, against)
