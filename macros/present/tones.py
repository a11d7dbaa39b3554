"""Name the colour of each level by its place on the scale, whatever ids and numbers the scale has."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil

from macros.model.method import Level

UNKNOWN = "unknown"
# How many shades the style sheets have on either side; further levels share them, the worst has the strongest.
_AHEAD, _BEHIND = 2, 3


def tones(levels: Iterable[Level]) -> dict[str, str]:
    """Return for each level its tone: ahead-1 and ahead-2, level, behind-1 to behind-3, unknown."""
    steps = {level.id: level.severity for level in levels}
    sides = {severity for severity in steps.values() if severity is not None}
    ahead, behind = sorted((s for s in sides if s < 0), reverse=True), sorted(s for s in sides if s > 0)
    named = {0: "level", **_shades("ahead", ahead, min(_AHEAD, len(ahead))), **_shades("behind", behind, _BEHIND)}
    return {name: UNKNOWN if severity is None else named[severity] for name, severity in steps.items()}


def _shades(side: str, severities: list[int], shades: int) -> dict[int, str]:
    return {s: f"{side}-{ceil(at * shades / len(severities))}" for at, s in enumerate(severities, 1)}
