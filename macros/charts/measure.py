"""Measure: how wide texts are, and where their lines break: by the font that comes along, on every machine the same."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

from macros.charts.theme import TEXT

FONTS = Path(__file__).parent / "fonts"
# Widths of the letters of these fonts, written by site_tests/font_widths.py.
WIDTHS = FONTS / "widths.json"
# The page has a type of its own: Roboto is as wide as ours in the mean, Noto Sans by a thirtieth wider.
_SPARE = 1.05


def text_width(text: str, size: float = TEXT, weight: str = "normal") -> float:
    """Return how many pixels a text takes, with a little to spare for the type of the page.

    A letter that the font lacks is as wide as high: those of East Asia are, and no face has a wider sign for it.
    """
    widths = _widths()[weight]
    return round(sum(widths.get(letter, 1.0) for letter in text) * size * _SPARE, 1)


def has_letters(text: str) -> bool:
    """Return whether the font has every letter of a text."""
    return _widths()["normal"].keys() >= set(text) - {"\n"}


@cache
def _widths() -> dict[str, dict[str, float]]:
    """Return for each weight the width of every letter, as a share of the size of the type."""
    found = json.loads(WIDTHS.read_text(encoding="utf-8"))
    em = found.pop("em")
    return {
        weight: {letter: int(width) / em for width, letters in by_width.items() for letter in letters}
        for weight, by_width in found.items()
    }


_HAN_OR_KANA = "[\u3041-\u30fa\u3400-\u9fff]"
# Where a line may end: after a blank, unless that would part a sign or a unit from its number; after a hyphen within a
# word; between two letters of a script that has no blanks. Not at a blank that says it keeps a line together.
_BREAK = re.compile(rf"(?<=[^<>=≈≤≥≲≳~±] )(?=[^ %‰°])|(?<=\S-)(?=\w)|(?<={_HAN_OR_KANA})(?={_HAN_OR_KANA})")
_BLANKS = re.compile(r"[ \t\r\n]+")


def broken_lines(text: str, width: float, size: float = TEXT, weight: str = "normal") -> list[str]:
    """Return a text in lines no longer than a width; what is longer and has no place to break stays whole."""
    found: list[str] = [""]
    for part in _BREAK.split(_BLANKS.sub(" ", text).strip(" ")):
        if found[-1] and text_width((found[-1] + part).rstrip(" "), size, weight) > width:
            found.append("")
        found[-1] += part
    return [line.strip(" ") for line in found]
