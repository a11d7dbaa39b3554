"""SMAA-2: how far a ranking depends on the weights and on what is not known for sure.

Stochastic multicriteria acceptability analysis (Lahdelma and Salminen, Operations Research 49 (2001), 444-454): draw
weights and criterion values many times, rank the priorities each time, and count. The only module that needs NumPy.

The output is the same on every run and machine: `RandomState` is the generator whose numbers NumPy keeps for good, to
the last bit but one, and what is returned is rounded.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal
from zlib import crc32

import numpy as np

from macros.derive.confidence import exact
from macros.derive.priority import ANYTHING, Interval, scaled
from macros.model.base import Number
from macros.model.method import Ranking

Standing = Literal["firm", "depends", "outside"]
Weights = Mapping[str, Number]

# Scores nearer than this are equal, however their sums were rounded.
TIE = 1e-9
# With 10,000 draws the standard error of a share is 0.005 at most: a fourth digit would be noise. Likewise for the others.
SHARE_DIGITS, RANK_DIGITS, WEIGHT_DIGITS = 3, 1, 2


@dataclass(frozen=True)
class Acceptability:
    """What one way of drawing weights says of the ranking, by priority.

    rank_acceptability: share of the draws at each rank, best rank first. rank_low, rank_high: ranks between which the
    middle share of the draws lies (`interval` of method.yml). expected_rank: mean rank. top_share: chance of being
    among the top. central_weights: mean weight of each criterion over the draws that rank it first; None when none does.
    """

    rank_acceptability: dict[str, tuple[float, ...]]
    rank_low: dict[str, int]
    rank_high: dict[str, int]
    expected_rank: dict[str, float]
    top_share: dict[str, float]
    central_weights: dict[str, dict[str, float] | None]


def smaa(
    criteria: Mapping[str, Mapping[str, Interval | None]],
    weightings: Mapping[str, Weights | None],
    ranking: Ranking,
    top: int,
) -> dict[str, Acceptability]:
    """Return the acceptability for each weighting: weights to draw around, or None for all weights alike.

    `criteria` gives each priority the interval of each criterion, None where it may be anything. Criterion values are
    drawn once for all weightings, so that these differ by their weights alone. The last answer is kept: few edits
    change what is asked.
    """
    asked = repr((criteria, weightings, ranking, top))
    if asked not in _answered:
        _answered.clear()
        _answered[asked] = _smaa(criteria, weightings, ranking, top)
    return _answered[asked]


_answered: dict[str, dict[str, Acceptability]] = {}


def _smaa(
    criteria: Mapping[str, Mapping[str, Interval | None]],
    weightings: Mapping[str, Weights | None],
    ranking: Ranking,
    top: int,
) -> dict[str, Acceptability]:
    names = sorted(criteria)
    columns = sorted({criterion for values in criteria.values() for criterion in values})
    values = {column: _draw_values(column, names, criteria, ranking) for column in columns}
    found = {}
    for key, weights in weightings.items():
        drawn = _draw_weights(weights, columns, ranking)
        scores = np.zeros((ranking.draws, len(names)))
        for column in columns:
            scores += drawn[column][:, np.newaxis] * values[column]
        found[key] = _summary(scores, drawn, names, ranking, top)
    return found


def standing(top_shares: Collection[float], ranking: Ranking) -> Standing:
    """Return how a priority stands by its chances of being among the top, one for each preset.

    firm: nearly always, whichever view is taken; depends: often enough in one view at least; outside: in none. All
    weights alike do not enter: most of them are nobody's view.
    """
    if min(top_shares) >= ranking.firm:
        return "firm"
    return "depends" if max(top_shares) >= ranking.depends else "outside"


def _stream(ranking: Ranking, *names: str) -> np.random.RandomState:
    """Return random numbers of their own for what is named, so that other records and their order leave them alone."""
    return np.random.RandomState(crc32("/".join((str(ranking.seed), *names)).encode()))


def _draw_values(
    column: str, names: list[str], criteria: Mapping[str, Mapping[str, Interval | None]], ranking: Ranking
) -> np.ndarray:
    """Return the values of one criterion, uniform within their intervals: a row per draw, a column per priority."""
    drawn = np.empty((ranking.draws, len(names)))
    for at, name in enumerate(names):
        low, high = criteria[name].get(column) or ANYTHING
        drawn[:, at] = low + (high - low) * _stream(ranking, "value", name, column).random_sample(ranking.draws)
    return drawn


def _draw_weights(weights: Weights | None, columns: list[str], ranking: Ranking) -> dict[str, np.ndarray]:
    """Return weights that sum to 1 in every draw: Dirichlet around the given ones, or uniform over the simplex.

    A Dirichlet is gammas over their sum, with concentration x weight as parameters; with all of them 1 it is uniform.
    A weight of zero stays zero.
    """
    if weights is None:
        shapes = {column: 1.0 for column in columns}
    else:
        shares = scaled(weights)
        shapes = {column: float(ranking.concentration) * shares.get(column, 0.0) for column in columns}
    gammas = {
        name: _stream(ranking, "weight", name).standard_gamma(shape, ranking.draws) for name, shape in shapes.items()
    }
    total = sum(gammas.values(), np.zeros(ranking.draws))
    return {name: gamma / total for name, gamma in gammas.items()}


def _summary(
    scores: np.ndarray, weights: dict[str, np.ndarray], names: list[str], ranking: Ranking, top: int
) -> Acceptability:
    counts, firsts = _count_ranks(scores)
    draws, ranks = ranking.draws, np.arange(1, len(names) + 1)
    below = np.cumsum(counts, axis=1)
    tail = (1 - exact(ranking.interval)) / 2
    won = firsts.sum(axis=0)
    return Acceptability(
        rank_acceptability={name: tuple(_shares(counts[at] / draws)) for at, name in enumerate(names)},
        rank_low={name: _rank_reached(below[at], tail * draws) for at, name in enumerate(names)},
        rank_high={name: _rank_reached(below[at], (1 - tail) * draws) for at, name in enumerate(names)},
        expected_rank={
            name: round(float((counts[at] * ranks).sum() / draws), RANK_DIGITS) for at, name in enumerate(names)
        },
        top_share={name: round(float(counts[at, :top].sum() / draws), SHARE_DIGITS) for at, name in enumerate(names)},
        central_weights={name: _central(firsts[:, at], won[at], weights) for at, name in enumerate(names)},
    )


def _count_ranks(scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return how often each priority has each rank (row: priority), and its share of the first rank in each draw.

    Priorities that tie share their ranks: each of k has each of the k ranks in one k-th of the draw.
    """
    draws, size = scores.shape
    order = np.argsort(-scores, axis=1, kind="stable")
    falling = np.take_along_axis(scores, order, axis=1)
    place = np.broadcast_to(np.arange(size), (draws, size))
    opens = np.ones((draws, size), dtype=bool)
    opens[:, 1:] = falling[:, :-1] - falling[:, 1:] > TIE
    closes = np.ones((draws, size), dtype=bool)
    closes[:, :-1] = opens[:, 1:]
    start = np.maximum.accumulate(np.where(opens, place, 0), axis=1)
    end = np.minimum.accumulate(np.where(closes, place, size)[:, ::-1], axis=1)[:, ::-1]
    share = 1 / (end - start + 1)
    counts = np.empty((size, size))
    for rank in range(size):
        holds = (start <= rank) & (rank <= end)
        counts[:, rank] = np.bincount(order[holds], weights=share[holds], minlength=size)
    firsts = np.zeros((draws, size))
    np.put_along_axis(firsts, order, np.where(start == 0, share, 0.0), axis=1)
    return counts, firsts


def _shares(values: np.ndarray) -> list[float]:
    return [round(float(value), SHARE_DIGITS) for value in values]


def _rank_reached(below: np.ndarray, draws: Fraction) -> int:
    """Return the first rank at which so many draws are reached; shared ranks leave a trace of rounding."""
    return int(np.argmax(below >= float(draws) - 1e-6)) + 1


def _central(firsts: np.ndarray, won: float, weights: dict[str, np.ndarray]) -> dict[str, float] | None:
    if not won:
        return None
    return {name: round(float((firsts * drawn).sum() / won), WEIGHT_DIGITS) for name, drawn in weights.items()}
