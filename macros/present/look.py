"""The looks of a report: what it has of its own in place of the generator's, and the colour of each level."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from pathlib import Path
from typing import NamedTuple

from macros import THEME
from macros.charts.theme import colours_in
from macros.derive.gap import Movement
from macros.model.method import Level

COLOURS = "colours.css"
_COVER = re.compile(r"/\*cover\*/([^}]*)\}")


class Logo(NamedTuple):
    """A logo of the report's own: its path within the site, and the picture itself as an address."""

    path: str
    data: str


@dataclass(frozen=True)
class Look:
    """The looks of a report. A file of its own in `assets` takes the place of the theme's file of that name, as in MkDocs."""

    # The logo that `theme.logo` in mkdocs.yml names; None for the generator's.
    logo: Logo | None = None
    assets: Path | None = None

    def text(self, name: str) -> str:
        """Return the text of a file of `assets/`: the report's own, or the theme's."""
        own = self.assets / name if self.assets else None
        path = own if own and own.is_file() else THEME / "assets" / name
        return path.read_text(encoding="utf-8")

    @cached_property
    def colours(self) -> Mapping[str, str]:
        """The colours of the light scheme by name; what a report's own list leaves out is as in the theme's."""
        return {**colours_in(Look().text(COLOURS)), **colours_in(self.text(COLOURS))}

    @cached_property
    def cover(self) -> Mapping[str, str]:
        """The colours of the cover by name."""
        found = _COVER.search(self.text(COLOURS))
        return {**self.colours, **(colours_in(found[1]) if found else {}), "paper": self.colours["cover"]}


# How many shades the style sheets have on either side; further levels share them, the worst has the strongest.
_AHEAD, _BEHIND = 2, 3


def tones(levels: Iterable[Level]) -> dict[str, str]:
    """Return the tone of each level by its place on the scale, whatever ids and numbers that has: ahead-1 and ahead-2, level, behind-1 to behind-3, unknown."""
    steps = {level.id: level.severity for level in levels}
    sides = {severity for severity in steps.values() if severity is not None}
    ahead, behind = sorted((s for s in sides if s < 0), reverse=True), sorted(s for s in sides if s > 0)
    named = {0: "level", **_shades("ahead", ahead, min(_AHEAD, len(ahead))), **_shades("behind", behind, _BEHIND)}
    return {name: "unknown" if severity is None else named[severity] for name, severity in steps.items()}


def _shades(side: str, severities: list[int], shades: int) -> dict[int, str]:
    return {s: f"{side}-{ceil(at * shades / len(severities))}" for at, s in enumerate(severities, 1)}


# The sign of each way in which a point moved, best first.
MOVEMENT_SIGNS: dict[Movement, str] = {
    "closed": "✓",
    "narrowed": "↑",
    "reversed": "⇅",
    "lead-widened": "⇑",
    "unchanged": "→",
    "widened": "↓",
    "overtaken": "⇵",
    "lead-lost": "⇓",
    "lead-narrowed": "↘",
    "newly-known": "+",
    "no-longer-known": "−",
    "unknown": "?",
}
