"""Blocks of the method page: every number of method.yml that is a choice, printed from there."""

from __future__ import annotations

from collections import Counter
from typing import Any

from macros.derive.acceptability import scaled
from macros.present.book import Book


def level_scale(book: Book) -> dict[str, Any]:
    """The levels with severity and meaning."""
    return {"levels": book.landscape.method.levels}


def dimension_weights(book: Book) -> dict[str, Any]:
    """The weight of each class dimension in the gap index, as a share of all."""
    weights, dimensions = book.landscape.method.gap_weights, book.landscape.dimensions
    shares = scaled(weights)
    rows = [{"dimension": dimensions[name], "weight": weights[name], "share": share} for name, share in shares.items()]
    return {"rows": rows, "bars": _bars(list(shares.values()))}


def confidence_weights(book: Book) -> dict[str, Any]:
    """What a fact weighs, and what each grade of confidence needs."""
    method = book.landscape.method
    return {
        "reliability": list(method.reliability.items()),
        "self": method.self_reliability,
        "own": [kind.name for kind in method.source_kinds if kind.speaks_for_itself],
        "fact_confidence": list(method.fact_confidence.items()),
        "recency": method.recency,
        "grades": [("high", method.confidence.high), ("medium", method.confidence.medium)],
    }


def gap_parameters(book: Book) -> dict[str, Any]:
    """The numbers behind the gap index: coverage needed, ends of the scale."""
    method = book.landscape.method
    known = sorted((level for level in method.levels if level.severity is not None), key=lambda level: level.severity)
    return {
        "coverage": method.coverage_minimum,
        "dimensions": len(book.landscape.class_dimensions),
        "best": known[0],
        "worst": known[-1],
        "unknown": book.landscape.levels[method.unknown],
    }


def criteria(book: Book) -> dict[str, Any]:
    """The criteria of the ranking with question and value function, and what horizons are worth."""
    method = book.landscape.method
    return {
        "criteria": method.criteria,
        "horizons": method.horizons,
        "stake_full": method.stake_full,
        "top": method.top,
    }


def presets(book: Book) -> dict[str, Any]:
    """The sets of weights: whose view each is, what every criterion weighs in it, and how the order is tried."""
    method = book.landscape.method
    shares = [scaled(preset.weights) for preset in method.presets]
    return {
        "presets": method.presets,
        "rows": [{"criterion": c, "shares": [share.get(c.id, 0.0) for share in shares]} for c in method.criteria],
        "ranking": method.ranking,
        "spread": list(method.ranking.spread.items()),
        "top": method.top,
    }


def shelf_lives(book: Book) -> dict[str, Any]:
    """Years after which a fact on each topic is stale, and how many facts are."""
    land = book.landscape
    facts = Counter(fact.topic for fact in land.facts.values())
    stale = Counter(land.facts[name].topic for name in book.results.stale)
    rows = [{"topic": topic, "facts": facts[topic.id], "stale": stale[topic.id]} for topic in land.method.topics]
    return {"rows": rows, "edition": land.current.id, "facts": len(land.facts), "stale": len(book.results.stale)}


def _bars(shares: list[float]) -> list[float]:
    """Return the widths of bars in %, the longest filling its cell."""
    longest = max(shares, default=0) or 1
    return [round(share / longest * 100, 2) for share in shares]


MACROS = (level_scale, dimension_weights, confidence_weights, gap_parameters, criteria, presets, shelf_lives)
