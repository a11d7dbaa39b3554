"""Figures: the amounts that a text says, in whatever way its language writes them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from math import isclose
from typing import NamedTuple

from macros.model.locale import locale_of, power_of_ten, powers_of_ten


class Amount(NamedTuple):
    """A figure as typed, and the values it may have: of one in a range or list also with the power of ten of the last."""

    text: str
    values: frozenset[float]

    def is_same(self, other: Amount) -> bool:
        return any(isclose(one, two, rel_tol=1e-9) for one in self.values for two in other.values)


# Between the ends of a range and in a list stands a sign or a short word, whatever the language; the last says the power.
_JOINED = re.compile(r"\s*(?:[-–—~～]|[,，、;]?\s*[^\W\d_]{1,4}|[,，、;])\s*$")


_OTHER_DIGIT = re.compile(r"(?![0-9])\d")


def figures(text: str, language: str) -> list[Amount]:
    """Return the figures of a text, without those in its calls, marks and addresses."""
    plain = _OTHER_DIGIT.sub(lambda one: str(unicodedata.digit(one.group())), PASSED.sub(" ", text))
    symbols, amounts, shared, behind = _symbols(language), [], 1.0, len(plain)
    for match in reversed(list(symbols.pattern.finditer(plain))):
        value = float(match.group().replace(symbols.group, "").replace(symbols.decimal, "."))
        power = power_of_ten(locale_of(language), plain[match.end() :].lstrip(" -"))
        is_joined = _JOINED.match(plain[match.end() : behind])
        shared, behind = (shared if is_joined else 1.0) if power == 1 else power, match.start()
        amounts.append(Amount(match.group(), frozenset((value * power, value * shared))))
    return amounts[::-1]


# What holds no figure for readers: calls, names in braces, targets of links, addresses, code, numbers of a list.
PASSED = re.compile(
    r"\{\{.*?\}\}|\{%.*?%\}|\{[^{}]*\}|\]\([^)]*\)|https?://\S+|`[^`]*`|^\s*\d+\.\s", re.DOTALL | re.MULTILINE
)


class _Symbols(NamedTuple):
    pattern: re.Pattern[str]
    group: str
    decimal: str


@cache
def _symbols(language: str) -> _Symbols:
    """Return how the language writes a number."""
    marks = locale_of(language).number_symbols["latn"]
    group, decimal = marks["group"], marks["decimal"]
    pattern = rf"(?<![A-Za-z\d])(?<![A-Za-z]-)(?:\d{{1,3}}(?:{re.escape(group)}\d{{3}})+(?:{re.escape(decimal)}\d+)?(?!\d)|\d+(?:{re.escape(decimal)}\d+)?)"
    return _Symbols(re.compile(pattern), group, decimal)


def is_spelled(one: Amount, said: str) -> bool:
    """Whether a small number is written as a letter that stands for it."""
    return any(letter.isalpha() and unicodedata.numeric(letter, None) in one.values for letter in said)


def amounts_in_words(text: str, language: str, spelled: Mapping[str, int]) -> set[float]:
    """Return the numbers that words of a text may stand for: small ones, months, and powers of ten; and all its digits.

    Digits also where they are joined to letters, as in mid-2021 or Q3.
    """
    words = [word.casefold() for word in re.findall(r"[^\W\d_]+", text)]
    powers = {word.casefold(): size for word, size in powers_of_ten(locale_of(language)).items()}
    numbers = {**_month_names(language), **spelled, **powers}
    known = {float(numbers[word]) for word in words if word in numbers}
    return known | {float(digits) for digits in re.findall(r"\d+", PASSED.sub(" ", text))}


@cache
def _month_names(language: str) -> dict[str, int]:
    months = locale_of(language).months["format"]
    return {str(name).casefold(): at for width in ("wide", "abbreviated") for at, name in months[width].items()}


def has_unit(text: str, unit: str) -> bool:
    """Whether a text has a figure in a unit; letters are one behind a blank only, since 2000s is a decade."""
    blank = r"\s" if unit[:1].isalpha() else r"\s?"
    return bool(re.search(rf"\d{blank}{re.escape(unicodedata.normalize('NFKC', unit))}(?![\w/])", text))
