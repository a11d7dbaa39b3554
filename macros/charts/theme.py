"""Theme: the size, type, colours and layers that all charts share.

Colours are the custom properties of the stylesheet, which Vega passes on as they are, so that a chart follows light and
dark. Positions are pixels, except where a layer has a scale of values. Tick labels are data, not expressions.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

Spec = dict[str, Any]
Layer = dict[str, Any]

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
# Width of a chart beside text on a wide screen, and of one that suits a phone and a column alike.
WIDE, NARROW = 800, 360
TEXT, SMALL, LINE = 12, 11, 15
# The first is what vl-convert draws pictures with; the page uses its own type.
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
INK, SOFT, RULE, RULE_DARK, PAPER, NEUTRAL = (
    f"var(--{name})" for name in ("ink", "soft", "rule", "rule2", "paper", "neutral")
)
TONES = {"domestic": "var(--dom)", "imported": "var(--imp)", "both": NEUTRAL}
FADED = 0.55
# Links survive Vega only as whole addresses; `svg` takes this off again.
LINK = "https://link.invalid/"

_STYLESHEET = Path(__file__).parent.parent / "theme/assets/report.css"
_TOKEN = re.compile(r"--([\w-]+):(#[0-9a-fA-F]{3,8})\b")


@cache
def tokens() -> dict[str, str]:
    """Return the colours of the light scheme by name, as the stylesheet gives them first; paper is white."""
    found: dict[str, str] = {}
    for name, colour in _TOKEN.findall(_STYLESHEET.read_text(encoding="utf-8")):
        found.setdefault(name, colour)
    return {**found, "paper": "#fff"}


def hatch(tone: str) -> str:
    """Return the filling of what has not happened or is not known; pages and files hold a pattern of this name."""
    return f"url(#hatch-{tone})"


@dataclass(frozen=True)
class Scale:
    """A linear scale of values: its ends, the pixels they lie at, and its ticks with their labels."""

    ends: tuple[float, float]
    pixels: tuple[float, float]
    ticks: tuple[tuple[float, str], ...] = ()

    def channel(self, field: str) -> dict[str, Any]:
        scale = {"domain": list(self.ends), "range": list(self.pixels), "nice": False, "zero": False}
        return {"field": field, "type": "quantitative", "scale": scale, "axis": None}

    def at(self, value: float) -> float:
        """Return the pixel of a value."""
        (low, high), (start, end) = self.ends, self.pixels
        return round(start + (value - low) / (high - low) * (end - start), 2)


def pixel(field: str) -> dict[str, Any]:
    """Return a channel whose field holds pixels."""
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}


def paint(field: str) -> dict[str, Any]:
    """Return a channel whose field holds a colour or another property as it is."""
    return {"field": field, "type": "nominal", "scale": None, "legend": None}


def layer(name: str, mark: dict[str, Any], values: Iterable[dict[str, Any]], **channels: Any) -> Layer:
    """Return one layer with its own data."""
    return {"name": name, "data": {"values": list(values)}, "mark": mark, "encoding": channels}


def words(
    name: str, values: Sequence[dict[str, Any]], *, size: int = TEXT, colour: str = INK, weight: str = "normal"
) -> Layer:
    """Return a layer of texts: each has x, y (its first baseline), text (lines), align, and may have an address."""
    mark = {
        "type": "text", "baseline": "alphabetic", "align": {"expr": "datum.align"},
        "fontSize": size, "fontWeight": weight, "lineHeight": LINE, "fill": colour,
    }  # fmt: skip
    return layer(name, mark, **linked(values), x=pixel("x"), y=pixel("y"), text={"field": "text", "type": "nominal"})


def linked(values: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return values for a layer, with the channel for their addresses if they have any."""
    if not any("link" in value for value in values):
        return {"values": values}
    whole = [{**value, "link": LINK + value["link"]} for value in values]
    return {"values": whole, "href": {"field": "link", "type": "nominal"}}


def boxes(name: str, values: Iterable[dict[str, Any]], x: dict[str, Any], y: dict[str, Any], x2: str, y2: str) -> Layer:
    """Return a layer of bars; each has a fill, an opacity and a stroke."""
    channels = {"x": x, "y": y, "x2": {"field": x2}, "y2": {"field": y2}}
    return layer(
        name,
        {"type": "rect"},
        values,
        **channels,
        fill=paint("fill"),
        fillOpacity=paint("opacity"),
        stroke=paint("stroke"),
    )


def filling(tone: str, style: str) -> dict[str, Any]:
    """Return fill, opacity and stroke of a bar: solid, faded (`range`) or hatched (`forecast`)."""
    colour = TONES[tone]
    if style == "forecast":
        return {"fill": hatch(tone), "opacity": 1, "stroke": colour}
    return {"fill": colour, "opacity": FADED if style == "range" else 1, "stroke": None}


def rules(
    name: str, values: Iterable[dict[str, Any]], colour: str = RULE, width: float = 1, dash: Sequence[int] = ()
) -> Layer:
    """Return a layer of straight lines from x, y to x2, y2, in pixels."""
    mark = {"type": "rule", "stroke": colour, "strokeWidth": width, **({"strokeDash": list(dash)} if dash else {})}
    return layer(name, mark, values, x=pixel("x"), y=pixel("y"), x2={"field": "x2"}, y2={"field": "y2"})


def spec(width: float, height: float, layers: Sequence[Layer]) -> Spec:
    """Return the spec of a chart of a fixed size; every layer keeps its own scales."""
    return {
        "$schema": SCHEMA,
        "width": width,
        "height": height,
        "padding": 0,
        "autosize": {"type": "none"},
        "background": None,
        "layer": list(layers),
        "resolve": {"scale": {"x": "independent", "y": "independent"}},
        "config": {"aria": False, "font": FONT, "view": {"stroke": None}},
    }


def length(text: str, size: float = TEXT, weight: str = "normal") -> float:
    """Return about how many pixels a text takes: enough to lay out by, in any face the page may use."""
    units = sum(map(_WIDTHS.__getitem__, text))
    return round(units * size * (1.07 if weight == "bold" else 1), 1)


class _Widths(dict[str, float]):
    """Widths of letters, each reckoned once: charts lay out many texts."""

    def __missing__(self, letter: str) -> float:
        self[letter] = width = _width(letter)
        return width


_WIDTHS = _Widths()


def _width(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    if letter in "ijl.,:;'|! ":
        return 0.29
    return 0.68 if letter.isupper() or letter in "mw%≈≤≥" else 0.53


def lines(text: str, width: float, size: float = TEXT, weight: str = "normal") -> list[str]:
    """Return a text in lines no longer than a width, broken at blanks and after hyphens; a longer word stays whole."""
    found: list[str] = [""]
    for part in re.findall(r"\S+?(?:-(?=\w)|\s+|$)", " ".join(text.split())):
        if found[-1] and length((found[-1] + part).rstrip(), size, weight) > width:
            found.append("")
        found[-1] += part
    return [line.strip() for line in found]
