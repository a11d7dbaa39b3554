"""Compute, and cache, how often each priority takes each rank when weights and values are drawn at random (SMAA-2)."""

from __future__ import annotations

import marshal
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Literal

from macros.cache import Cache, code_fingerprint
from macros.derive.acceptability import Acceptability, Criteria, Weights
from macros.model.method import Ranking

Standing = Literal["firm", "depends", "outside"]


def acceptability(
    criteria: Criteria, weightings: Mapping[str, Weights | None], ranking: Ranking, top: int, folder: Path | None
) -> dict[str, Acceptability]:
    """Return the acceptability for each weighting, as SMAA-2 draws it; with a folder it is cached there.

    Few edits change the input, and a cached result needs no NumPy, which loads slowly.
    """

    def draw_ranks() -> bytes:
        from macros.derive.smaa import smaa

        found = smaa(criteria, weightings, ranking, top)
        return marshal.dumps({key: tuple(vars(item).values()) for key, item in found.items()})

    content = repr((criteria, weightings, ranking, top))
    answer = marshal.loads(Cache(folder, code_fingerprint("derive")).get("ranks", content, draw_ranks))
    return {key: Acceptability(*values) for key, values in answer.items()}


def standing(top_shares: Collection[float], ranking: Ranking) -> Standing:
    """Return how a priority stands by its chances of being among the top, one for each preset.

    firm: nearly always, whichever view is taken; depends: often enough in one view at least; outside: in none. All
    weights alike do not enter: most of them are nobody's view.
    """
    if min(top_shares) >= ranking.firm:
        return "firm"
    return "depends" if max(top_shares) >= ranking.depends else "outside"
