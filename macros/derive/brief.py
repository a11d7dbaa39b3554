"""Choose the facts of a class that weigh most, in pairs where both sides have the same figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from macros.derive.confidence import Weighed, weigh
from macros.derive.results import Results
from macros.model.base import is_figure
from macros.model.equipment import Benchmark, EquipmentClass

# Fewer are shown only where there are no more.
_LEAST = 3


@dataclass(frozen=True)
class Strong:
    """A fact, or the facts of both sides of a benchmark, with its weight: that of the weaker side."""

    facts: tuple[str, ...]
    weight: Fraction
    publishers: frozenset[str]
    benchmark: Benchmark | None = None


def strongest(results: Results, owner: EquipmentClass) -> list[Strong]:
    """Return what opens the page of a class: facts with a figure of the machine that weigh most, those of both sides first.

    A publisher counts once, as in a confidence, unless too few would be left; a fact about all industries counts for
    nothing, so that it comes last.
    """
    most = results.landscape.method.brief
    pairs = sorted(_pairs(results, owner), key=lambda item: (-item.weight, item.facts))
    paired = {name for pair in pairs for name in pair.facts}
    single = [item for item in _singles(results, owner) if item.facts[0] not in paired]
    ordered = [*pairs, *sorted(single, key=lambda item: (-item.weight, -_year(results, item), item.facts))]
    chosen: list[Strong] = []
    for item in ordered:
        if not any(item.publishers & other.publishers for other in chosen) and len(chosen) < most:
            chosen.append(item)
    rest = [item for item in ordered if item not in chosen]
    kept = [*chosen, *rest[: max(0, min(_LEAST, most) - len(chosen))]]
    return sorted(kept, key=ordered.index)


def _of_machine(results: Results, name: str) -> bool:
    land = results.landscape
    return land.topics[land.facts[name].topic].of_machine


def _year(results: Results, item: Strong) -> int:
    return results.landscape.years[item.facts[0]] or 0


def weight(results: Results, name: str) -> Fraction:
    """Return what a fact weighs by itself at the current edition, 0 to 1."""
    return _weight(_weighed_fact(results, name))


def _weighed_fact(results: Results, name: str) -> Weighed:
    land = results.landscape
    fact = land.facts[name]
    return weigh(fact, land.sources[fact.source], land.years[name], int(land.current.date[:4]), land.method)


def _weight(found: Weighed) -> Fraction:
    return Fraction() if found.is_general else found.weight


def _pairs(results: Results, owner: EquipmentClass) -> Iterator[Strong]:
    for benchmark in owner.benchmarks:
        if benchmark.edition == results.landscape.current.id:
            sides = [
                [_weighed_fact(results, name) for name in side.evidence]
                for side in (benchmark.domestic, benchmark.imported)
            ]
            if all(sides) and any(_of_machine(results, item.fact) for side in sides for item in side):
                best = [max(side, key=_weight) for side in sides]
                publishers = frozenset(item.publisher.casefold() for item in best)
                facts = tuple(dict.fromkeys(item.fact for item in best))
                yield Strong(facts, min(map(_weight, best)), publishers, benchmark)


def _singles(results: Results, owner: EquipmentClass) -> Iterator[Strong]:
    """Yield the facts with a figure that the levels and figures of the class rest on."""
    land = results.landscape
    judged = [item for item in owner.assessments if item.edition == land.current.id]
    lists = [ids for item in judged for ids in (item.evidence, item.counter_evidence)]
    lists += [spec.evidence for spec in owner.specs] + [owner.evidence]
    for name in dict.fromkeys(name for ids in lists for name in ids):
        if is_figure(land.facts[name].value) and _of_machine(results, name):
            found = _weighed_fact(results, name)
            yield Strong((name,), _weight(found), frozenset({found.publisher.casefold()}))
