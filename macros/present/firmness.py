"""Blocks on how firm the ranking is: how often each priority takes each rank, and which stay on top in every view."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from macros.derive.results import ANY
from macros.present.book import Book
from macros.present.parts import WHOLE, ListPart, ceiling, long_list
from macros.present.scores import percent_of, ranked

if TYPE_CHECKING:
    from macros.derive.acceptability import Acceptability

# A cell is shaded by as many steps as its share of draws reaches: for one rank, and for all ranks of the top together.
SHADES = (0.01, 0.05, 0.1, 0.2, 0.4)
TOP_SHADES = (0.05, 0.2, 0.5, 0.75, 0.9)
# A table has at most so many columns of ranks.
COLUMNS = 24
STANDINGS = ("firm", "depends", "outside")


def shade(share: float, shades: tuple[float, ...] = SHADES) -> int:
    """Return the step of the shade of a share, none being 0."""
    return sum(share >= least for least in shades)


def _names(book: Book) -> list[str]:
    return [scored.priority for scored in book.results.ranking[book.landscape.method.presets[0].id]]


def bins(ranks: int) -> list[tuple[int, int]]:
    """Return the first and last rank of each column: one rank a column while they are few, else as many as it takes."""
    width = ceiling(ranks, COLUMNS)
    return [(first, min(first + width - 1, ranks)) for first in range(1, ranks + 1, width)]


@long_list("priorities", 90, _names)
def rank_acceptability(book: Book, part: ListPart = WHOLE) -> dict[str, Any]:
    """How often each priority takes each rank, for every preset and for all weights alike; which weights favour it."""
    method, land = book.landscape.method, book.landscape
    found = book.results.acceptability
    firsts = {name: shares[0] for name, shares in found[ANY].rank_acceptability.items()}
    return {
        "weightings": [
            {"preset": preset, "rows": _rank_rows(book, found[preset.id], part)} for preset in method.presets
        ]
        + [{"preset": None, "rows": _rank_rows(book, found[ANY], part)}],
        "ranks": bins(len(land.priorities)),
        "shades": list(enumerate(SHADES, start=1)),
        "criteria": method.criteria,
        "central": [
            {"priority": land.priorities[name], "first": firsts[name], "weights": _central(book, name)}
            for name in part.of(sorted(firsts, key=lambda name: (-firsts[name], name)))
        ],
        "ranking": method.ranking,
    }


@long_list("priorities", 90, _names)
def rank_intervals(book: Book, part: ListPart = WHOLE) -> dict[str, Any]:
    """Rank of each priority by every preset, and the ranks between which most draws put it; for any weights the latter."""
    method, found = book.landscape.method, book.results.acceptability
    ranks = {name: {item.priority: item.rank for item in order} for name, order in book.results.ranking.items()}
    views = (*(preset.id for preset in method.presets), ANY)
    order = part.of(book.entries("rank_intervals"))
    return {
        "presets": method.presets,
        "rows": [
            {
                "priority": book.landscape.priorities[name],
                "cells": [_interval(found[view], ranks.get(view, {}).get(name), name) for view in views],
            }
            for name in order
        ],
        "interval": method.ranking.interval,
    }


def _interval(found: Acceptability, rank: int | None, name: str) -> dict[str, Any]:
    """Return a rank, the ends of its interval, and where they stand between the first and the last rank, in %."""
    places = {"rank": rank, "low": found.rank_low[name], "high": found.rank_high[name]}
    last = max(len(found.rank_low) - 1, 1)
    return {
        **places,
        "x": {end: None if place is None else percent_of((place - 1) / last) for end, place in places.items()},
    }


def _rank_rows(book: Book, found: Acceptability, part: ListPart) -> list[dict[str, Any]]:
    """Return the priorities by mean rank, each with its shares of draws."""
    names = part.of(sorted(found.expected_rank, key=lambda name: (found.expected_rank[name], name)))
    columns = bins(len(found.expected_rank))
    return [
        {
            "priority": book.landscape.priorities[name],
            "expected": book.wording.number(found.expected_rank[name], 1),
            "cells": [_cell(sum(found.rank_acceptability[name][low - 1 : high])) for low, high in columns],
        }
        for name in names
    ]


def _cell(share: float) -> dict[str, Any]:
    return {"share": share, "shade": shade(share)}


def _central(book: Book, name: str) -> list[float] | None:
    weights = book.results.acceptability[ANY].central_weights[name]
    return [weights[criterion.id] for criterion in book.landscape.method.criteria] if weights else None


def firm_or_not(book: Book) -> dict[str, Any]:
    """Priorities among the top by every preset, by some, by none; with the chance of it under each."""
    method, found = book.landscape.method, book.results.acceptability
    groups: dict[str, list[dict[str, Any]]] = {standing: [] for standing in STANDINGS}
    views = (*(preset.id for preset in method.presets), ANY)
    for scored in book.results.ranking[method.presets[0].id]:
        name = scored.priority
        chances = [found[view].top_share[name] for view in views]
        shaded = [(chance, shade(chance, TOP_SHADES)) for chance in chances]
        groups[book.results.standing[name]].append({"priority": book.landscape.priorities[name], "chances": shaded})
    return {
        "groups": list(groups.items()),
        "by_score": [row["priority"] for row in groups["outside"] if _is_top_by_score(book, row["priority"].id)],
        "presets": method.presets,
        "top": method.top,
        "ranking": method.ranking,
    }


def _is_top_by_score(book: Book, name: str) -> bool:
    """Return whether the score of a priority puts it among the top by every preset."""
    return all(
        ranked(book, preset.id, name).rank <= book.landscape.method.top for preset in book.landscape.method.presets
    )


MACROS = (rank_acceptability, rank_intervals, firm_or_not)
