"""Blocks of the method page: every number of method.yml that is a choice, printed from there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from macros.derive.acceptability import scaled_weights
from macros.model.base import Number
from macros.model.equipment import Dimension
from macros.model.method import Criterion, Horizon, Level, Preset, Ranking, Recency, Threshold, Topic
from macros.present.book import Book


class LevelScale(NamedTuple):
    levels: Sequence[Level]


def level_scale(book: Book) -> LevelScale:
    """The levels with severity and meaning."""
    return LevelScale(book.landscape.method.levels)


class WeightRow(NamedTuple):
    """The weight of a dimension, and what it is of all weights."""

    dimension: Dimension
    weight: Number
    share: float


class DimensionWeights(NamedTuple):
    """The weights, and the widths of their bars in %."""

    rows: Sequence[WeightRow]
    bars: Sequence[float]


def dimension_weights(book: Book) -> DimensionWeights:
    """The weight of each class dimension in the gap index, as a share of all."""
    weights, dimensions = book.landscape.method.gap_weights, book.landscape.dimensions
    shares = scaled_weights(weights)
    rows = [WeightRow(dimensions[name], weights[name], share) for name, share in shares.items()]
    return DimensionWeights(rows, _bars(list(shares.values())))


class ConfidenceWeights(NamedTuple):
    """The weights of a fact by grade and age; `own` are the kinds of source whose publishers speak about themselves."""

    reliability: Sequence[tuple[str, Number]]
    self_reliability: str
    own: Sequence[str]
    fact_confidence: Sequence[tuple[str, Number]]
    recency: Recency
    grades: Sequence[tuple[str, Threshold]]


def confidence_weights(book: Book) -> ConfidenceWeights:
    """What a fact weighs, and what each grade of confidence needs."""
    method = book.landscape.method
    return ConfidenceWeights(
        reliability=list(method.reliability.items()),
        self_reliability=method.self_reliability,
        own=[kind.name for kind in method.source_kinds if kind.speaks_for_itself],
        fact_confidence=list(method.fact_confidence.items()),
        recency=method.recency,
        grades=[("high", method.confidence.high), ("medium", method.confidence.medium)],
    )


class GapParameters(NamedTuple):
    coverage: Number
    dimensions: int
    best: Level
    worst: Level
    unknown: Level


def gap_parameters(book: Book) -> GapParameters:
    """The numbers behind the gap index: coverage needed, ends of the scale."""
    method = book.landscape.method
    known = sorted(
        (level for level in method.levels if level.severity is not None), key=lambda level: level.severity or 0
    )
    return GapParameters(
        coverage=method.coverage_minimum,
        dimensions=len(book.landscape.class_dimensions),
        best=known[0],
        worst=known[-1],
        unknown=book.landscape.levels[method.unknown],
    )


class Criteria(NamedTuple):
    criteria: Sequence[Criterion]
    horizons: Sequence[Horizon]
    stake_full: Number | None
    top: int


def criteria(book: Book) -> Criteria:
    """The criteria of the ranking with question and value function, and what horizons are worth."""
    method = book.landscape.method
    return Criteria(
        criteria=method.criteria,
        horizons=method.horizons,
        stake_full=method.stake_full,
        top=method.top,
    )


class CriterionRow(NamedTuple):
    """A criterion with its share of the weights in each preset."""

    criterion: Criterion
    shares: Sequence[float]


class Presets(NamedTuple):
    """The weights of every criterion by preset, and how the order is tried; `spread` gives the half-width of each grade."""

    presets: Sequence[Preset]
    rows: Sequence[CriterionRow]
    ranking: Ranking
    spread: Sequence[tuple[str, Number]]
    top: int


def presets(book: Book) -> Presets:
    """The sets of weights: whose view each is, what every criterion weighs in it, and how the order is tried."""
    method = book.landscape.method
    shares = [scaled_weights(preset.weights) for preset in method.presets]
    return Presets(
        presets=method.presets,
        rows=[CriterionRow(c, [share.get(c.id, 0.0) for share in shares]) for c in method.criteria],
        ranking=method.ranking,
        spread=list(method.ranking.spread.items()),
        top=method.top,
    )


class TopicRow(NamedTuple):
    """A topic with its shelf life, how many facts it has, and how many of them are stale."""

    topic: Topic
    facts: int
    stale: int


class ShelfLives(NamedTuple):
    rows: Sequence[TopicRow]
    edition: str
    facts: int
    stale: int


def shelf_lives(book: Book) -> ShelfLives:
    """Years after which a fact on each topic is stale, and how many facts are."""
    land = book.landscape
    facts = Counter(fact.topic for fact in land.facts.values())
    stale = Counter(land.facts[name].topic for name in book.results.stale)
    rows = [TopicRow(topic, facts[topic.id], stale[topic.id]) for topic in land.method.topics]
    return ShelfLives(rows, land.current.id, len(land.facts), len(book.results.stale))


def _bars(shares: list[float]) -> list[float]:
    """Return the widths of bars in %, the longest filling its cell."""
    longest = max(shares, default=0) or 1
    return [round(share / longest * 100, 2) for share in shares]


MACROS = (level_scale, dimension_weights, confidence_weights, gap_parameters, criteria, presets, shelf_lives)
