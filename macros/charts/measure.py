"""Measure texts and break lines by the widths of the bundled font, so that every machine lays out charts alike."""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from pathlib import Path

from macros.charts.theme import TEXT

FONTS = Path(__file__).parent / "fonts"
# Widths of the letters of these fonts, written by site_tests/font_widths.py.
WIDTHS = FONTS / "widths.json"
# Pages use another font: on average Roboto is as wide as ours, Noto Sans a thirtieth wider.
_SPARE = 1.05


def text_width(text: str, size: float = TEXT, weight: str = "normal") -> float:
    """Return the width of a text in pixels, with a margin because the page uses another font."""
    widths = _widths()[weight]
    return round(sum(widths[letter] if letter in widths else _guessed(letter) for letter in text) * size * _SPARE, 1)


@cache
def _guessed(letter: str) -> float:
    """Return how wide a letter is that the font lacks, as a share of the size.

    East Asian letters are as wide as high, and hardly any sign is wider; those of alphabets are narrower.
    """
    if unicodedata.category(letter) in ("Cf", "Me", "Mn"):
        return 0.0
    return 0.7 if letter.isalpha() and unicodedata.east_asian_width(letter) not in "FW" else 1.0


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
# Where a line may break: after a blank, unless that would separate a sign or a unit from its number; after a hyphen within
# a word; between two letters of a script without blanks. Never at a no-break space.
_BREAK = re.compile(rf"(?<=[^<>=≈≤≥≲≳~±] )(?=[^ %‰°])|(?<=\S-)(?=\w)|(?<={_HAN_OR_KANA})(?={_HAN_OR_KANA})")
_BLANKS = re.compile(r"[ \t\r\n]+")


def broken_lines(text: str, width: float, size: float = TEXT, weight: str = "normal") -> list[str]:
    """Return a text broken into lines of at most a width; a longer piece that cannot be broken stays whole."""
    found: list[str] = [""]
    for part in _BREAK.split(_BLANKS.sub(" ", text).strip(" ")):
        if found[-1] and text_width((found[-1] + part).rstrip(" "), size, weight) > width:
            found.append("")
        found[-1] += part
    return [line.strip(" ") for line in found]
