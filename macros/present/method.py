"""Blocks of the method page: every number of method.yml that is a choice, printed from there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from macros.derive.acceptability import scaled_weights
from macros.model.base import Number
from macros.model.equipment import Dimension
from macros.model.method import Criterion, Topic
from macros.present.book import Book
from macros.present.scores import percent_of


class WeightRow(NamedTuple):
    """The weight of a dimension, what it is of all weights, and the width of its bar in %: the longest fills its cell."""

    dimension: Dimension
    weight: Number
    share: float
    bar: float


def dimension_weights(book: Book) -> Sequence[WeightRow]:
    """The weight of each class dimension in the gap index, as a share of all."""
    weights, dimensions = book.landscape.method.gap_weights, book.landscape.dimensions
    shares = scaled_weights(weights)
    most = max(shares.values())
    return [
        WeightRow(dimensions[name], weights[name], share, percent_of(share / most)) for name, share in shares.items()
    ]


def presets(book: Book) -> Sequence[tuple[Criterion, Sequence[float]]]:
    """The sets of weights: whose view each is, what every criterion weighs in it, and how the order is tried."""
    method = book.landscape.method
    shares = [scaled_weights(preset.weights) for preset in method.presets]
    return [(c, [share.get(c.id, 0.0) for share in shares]) for c in method.criteria]


class TopicRow(NamedTuple):
    """A topic with its shelf life, how many facts it has, and how many of them are stale."""

    topic: Topic
    facts: int
    stale: int


def shelf_lives(book: Book) -> Sequence[TopicRow]:
    """Years after which a fact on each topic is stale, and how many facts are."""
    land = book.landscape
    facts = Counter(fact.topic for fact in land.facts.values())
    stale = Counter(land.facts[name].topic for name in book.results.stale)
    return [TopicRow(topic, facts[topic.id], stale[topic.id]) for topic in land.method.topics]
