"""The input of a ranking (values that may be intervals, and weights) and the result of drawing it many times."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from macros.model.base import Number

Interval = tuple[float, float]
ANYTHING: Interval = (0.0, 1.0)
Criteria = Mapping[str, Mapping[str, Interval | None]]
Weights = Mapping[str, Number]


class Drawn(NamedTuple):
    """Between which ranks the draws put a priority, and how often among the top."""

    rank_low: int
    rank_high: int
    top_share: float


@dataclass(frozen=True)
class Acceptability:
    """The result of one way of drawing weights, by priority.

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

    def drawn(self, name: str) -> Drawn:
        return Drawn(self.rank_low[name], self.rank_high[name], self.top_share[name])


def scaled_weights(weights: Mapping[str, Number]) -> dict[str, float]:
    """Return the weights scaled to sum to 1. Raises ValueError when they are all zero."""
    total = sum(weights.values())
    if total <= 0:
        raise ValueError("all weights are zero")
    return {name: weight / total for name, weight in weights.items()}
