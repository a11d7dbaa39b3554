"""The sizes, fonts and colours that all charts share, and their scale of values.

Colours are the custom properties of the stylesheet, so that a chart in a page follows light and dark.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# Width of a chart beside text on a wide screen, and of one that suits a phone and a column alike.
WIDE, NARROW = 720, 360
TEXT, SMALL = 12, 12
# For drawings that stand alone; the page uses its own type. Those after Helvetica are for signs that the first lack.
FONT = "Liberation Sans, Arial, Helvetica, DejaVu Sans, Segoe UI Symbol, Apple Symbols, Noto Sans Math, sans-serif"
INK, SOFT, RULE, RULE_DARK, PAPER, NEUTRAL = (
    f"var(--{name})" for name in ("ink", "soft", "rule", "rule2", "paper", "neutral")
)
TONES = {"domestic": "var(--dom)", "imported": "var(--imp)", "both": NEUTRAL}
FADED = 0.55

_TOKEN = re.compile(r"--([\w-]+):\s*(#[0-9a-fA-F]{3,8})\b")
_NAMED = re.compile(r'"var\(--([\w-]+)\)"')


def colour(name: str) -> str:
    """Return a colour by its name in the stylesheet."""
    return f"var(--{name})"


def colours_in(style: str) -> dict[str, str]:
    """Return the colours of the light scheme by name, which a style sheet gives first; paper is white."""
    found: dict[str, str] = {}
    for name, value in _TOKEN.findall(style):
        found.setdefault(name, value)
    return {**found, "paper": "#fff"}


def names_in(svg: str) -> list[str]:
    """Return the names of the colours in a drawing, each once."""
    return sorted(set(_NAMED.findall(svg)))


def painted(svg: str, colours: Mapping[str, str]) -> str:
    """Return a drawing with colours in place of their names, so that it needs no stylesheet."""
    return _NAMED.sub(lambda found: f'"{colours[found[1]]}"', svg)


def hatch(tone: str) -> str:
    """Return the hatched fill of what has not happened or is not known; pages and files define a pattern of this name."""
    return f"url(#hatch-{tone})"


def fill_style(tone: str, style: str) -> dict[str, Any]:
    """Return fill, opacity and stroke of a bar: solid, faded (`range`) or hatched (`forecast`)."""
    colour = TONES[tone]
    if style == "forecast":
        return {"fill": hatch(tone), "opacity": 1, "stroke": colour}
    return {"fill": colour, "opacity": FADED if style == "range" else 1, "stroke": None}


@dataclass(frozen=True)
class Scale:
    """A linear scale of values: its ends, the pixels they lie at, and its ticks with their labels."""

    ends: tuple[float, float]
    pixels: tuple[float, float]
    ticks: tuple[tuple[float, str], ...] = ()

    def at(self, value: float) -> float:
        """Return the pixel of a value."""
        (low, high), (start, end) = self.ends, self.pixels
        return round(start + (value - low) / (high - low) * (end - start), 2)


@dataclass(frozen=True)
class Drawing:
    """A chart of a fixed size in pixels: its layers of marks by name, the lowest first, and the scale of its values."""

    width: float
    height: float
    layers: Mapping[str, str]
    scale: Scale
