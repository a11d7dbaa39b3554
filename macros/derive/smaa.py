"""SMAA-2: how far a ranking depends on the weights and on what is not known for sure.

Stochastic multicriteria acceptability analysis (Lahdelma and Salminen, Operations Research 49 (2001), 444-454): draw
weights and criterion values many times, rank the priorities each time, and count. The only module that needs NumPy.

The output is the same on every run and machine: `RandomState` is the generator whose numbers NumPy keeps for good, to
the last bit but one, and what is returned is rounded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from zlib import crc32

import numpy as np

from macros.derive.acceptability import ANYTHING, Acceptability, Criteria, Weights, scaled_weights
from macros.derive.confidence import as_fraction
from macros.model.method import Ranking

# Scores nearer than this are equal, however their sums were rounded.
TIE = 1e-9
# With 10,000 draws the standard error of a share is at most 0.005: a fourth digit would be noise. So for other results.
SHARE_DIGITS, RANK_DIGITS, WEIGHT_DIGITS, TRACE_DIGITS = 3, 1, 2, 9
# Draws that are in memory at a time.
BLOCK = 500


def smaa(
    criteria: Criteria, weightings: Mapping[str, Weights | None], ranking: Ranking, top: int
) -> dict[str, Acceptability]:
    """Return the acceptability for each weighting: weights to draw around, or None for all weights alike.

    `criteria` gives each priority the interval of each criterion, None where it may be anything. Criterion values are
    drawn once for all weightings, so that these differ by their weights alone.
    """
    names = sorted(criteria)
    columns = sorted({criterion for values in criteria.values() for criterion in values})
    drawn = {key: _draw_weights(weights, columns, ranking) for key, weights in weightings.items()}
    size, wide = len(names), len(columns)
    tallies = {key: _Tally(np.zeros((size, size)), np.zeros((size, wide))) for key in weightings}
    for block, values in _draw_values(columns, names, criteria, ranking):
        for key, weights in drawn.items():
            _count(tallies[key], values, weights[block])
    return {key: _summary(tally, names, columns, ranking, top) for key, tally in tallies.items()}


def _stream(ranking: Ranking, *names: str) -> np.random.RandomState:
    """Return a random stream of its own for some names, so that other records and their order do not change it."""
    return np.random.RandomState(crc32("/".join((str(ranking.seed), *names)).encode()))


def _draw_values(
    columns: list[str], names: list[str], criteria: Criteria, ranking: Ranking
) -> Iterator[tuple[slice, np.ndarray]]:
    """Yield blocks of draws with the values of all criteria in them, uniform within their intervals.

    Shape of the values: draws x priorities x criteria. A certain value takes no random number.
    """
    ends = np.array([[criteria[name].get(column) or ANYTHING for column in columns] for name in names])
    ends = ends.reshape(len(names), len(columns), 2)
    low, width = ends[..., 0], ends[..., 1] - ends[..., 0]
    streams = [(row, at, _stream(ranking, "value", names[row], columns[at])) for row, at in np.argwhere(width)]
    for start in range(0, ranking.draws, BLOCK):
        block = slice(start, min(start + BLOCK, ranking.draws))
        values = np.repeat(low[np.newaxis], block.stop - start, axis=0)
        for row, at, stream in streams:
            values[:, row, at] += width[row, at] * stream.random_sample(block.stop - start)
        yield block, values


def _draw_weights(weights: Weights | None, columns: list[str], ranking: Ranking) -> np.ndarray:
    """Return weights that sum to 1 in every draw: Dirichlet around the given ones, or uniform over the simplex.

    A Dirichlet is gammas over their sum, with concentration x weight as parameters; with all of them 1 it is uniform.
    A weight of zero stays zero. Shape: draws x criteria.
    """
    shares = scaled_weights(weights) if weights is not None else {}
    gammas = np.empty((ranking.draws, len(columns)))
    for at, name in enumerate(columns):
        shape = 1.0 if weights is None else float(ranking.concentration) * shares.get(name, 0.0)
        gammas[:, at] = _stream(ranking, "weight", name).standard_gamma(shape, ranking.draws)
    weights_drawn: np.ndarray = gammas / gammas.sum(axis=1, keepdims=True)
    return weights_drawn


@dataclass(frozen=True)
class _Tally:
    """Counts over the draws so far. ranks: priority x rank; won: priority x criterion, weights of draws that it leads."""

    ranks: np.ndarray
    won: np.ndarray


def _count(tally: _Tally, values: np.ndarray, weights: np.ndarray) -> None:
    """Rank the priorities in each draw of a block, and add the result to a tally."""
    scores = np.einsum("dpc,dc->dp", values, weights)
    order = np.argsort(-scores, axis=1, kind="stable")
    falling = np.take_along_axis(scores, order, axis=1)
    apart = falling[:, :-1] - falling[:, 1:] > TIE
    clear = apart.all(axis=1)
    _count_clear(tally, order[clear], weights[clear])
    if not clear.all():
        _count_tied(tally, order[~clear], apart[~clear], weights[~clear])


def _count_clear(tally: _Tally, order: np.ndarray, weights: np.ndarray) -> None:
    """Add draws in which no two priorities tie."""
    draws, size = order.shape
    if not size:
        return
    tally.ranks[:] += _sums_by_place(order * size + np.arange(size), None, size * size).reshape(size, size)
    for at in range(weights.shape[1]):
        tally.won[:, at] += _sums_by_place(order[:, 0], weights[:, at], size)


def _count_tied(tally: _Tally, order: np.ndarray, apart: np.ndarray, weights: np.ndarray) -> None:
    """Add draws with ties. Priorities that tie share their ranks: each of k has each of the k ranks in one k-th of the draw."""
    draws, size = order.shape
    place, edge = np.broadcast_to(np.arange(size), (draws, size)), np.ones((draws, 1), dtype=bool)
    opens, closes = np.hstack([edge, apart]), np.hstack([apart, edge])
    start = np.maximum.accumulate(np.where(opens, place, 0), axis=1)
    end = np.minimum.accumulate(np.where(closes, place, size)[:, ::-1], axis=1)[:, ::-1]
    share = 1 / (end - start + 1)
    # A share starts at the first rank of its tie and stops after the last: the running sum gives the share at each rank.
    wide = size + 1
    changes = _sums_by_place(order * wide + start, share, size * wide) - _sums_by_place(
        order * wide + end + 1, share, size * wide
    )
    tally.ranks[:] += np.cumsum(changes.reshape(size, wide), axis=1)[:, :size]
    firsts = np.zeros((draws, size))
    np.put_along_axis(firsts, order, np.where(start == 0, share, 0.0), axis=1)
    tally.won[:] += firsts.T @ weights


def _sums_by_place(places: np.ndarray, values: np.ndarray | None, size: int) -> np.ndarray:
    """Return the sum of the values at each place, or how many places there are of each."""
    return np.bincount(places.ravel(), weights=None if values is None else values.ravel(), minlength=size)


def _summary(tally: _Tally, names: list[str], columns: list[str], ranking: Ranking, top: int) -> Acceptability:
    # Adding and subtracting shares of ties leaves rounding errors, even where the share is zero.
    counts = np.abs(tally.ranks.round(TRACE_DIGITS))
    draws, ranks = ranking.draws, np.arange(1, len(names) + 1)
    below = np.cumsum(counts, axis=1)
    tail = (1 - as_fraction(ranking.interval)) / 2
    # Few rounded shares differ: each is in memory once, however often it occurs.
    known: dict[float, float] = {}
    return Acceptability(
        rank_acceptability={name: tuple(_shares(counts[at] / draws, known)) for at, name in enumerate(names)},
        rank_low={name: _rank_reached(below[at], tail * draws) for at, name in enumerate(names)},
        rank_high={name: _rank_reached(below[at], (1 - tail) * draws) for at, name in enumerate(names)},
        expected_rank={
            name: round(float((counts[at] * ranks).sum() / draws), RANK_DIGITS) for at, name in enumerate(names)
        },
        top_share={name: round(float(counts[at, :top].sum() / draws), SHARE_DIGITS) for at, name in enumerate(names)},
        central_weights={name: _central(tally.won[at], counts[at, 0], columns) for at, name in enumerate(names)},
    )


def _shares(values: np.ndarray, known: dict[float, float]) -> list[float]:
    rounded = (round(float(value), SHARE_DIGITS) for value in values)
    return [known.setdefault(share, share) for share in rounded]


def _rank_reached(below: np.ndarray, draws: Fraction) -> int:
    """Return the first rank that reaches so many draws; shared ranks leave rounding errors."""
    return int(np.argmax(below >= float(draws) - 1e-6)) + 1


def _central(weights: np.ndarray, won: float, columns: list[str]) -> dict[str, float] | None:
    if not won:
        return None
    return {name: round(float(weight / won), WEIGHT_DIGITS) for name, weight in zip(columns, weights, strict=True)}
