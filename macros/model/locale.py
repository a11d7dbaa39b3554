"""Dates, numbers, plurals, lists and alphabetical order in the language of the report, most of them from CLDR.

Numbers are set as in print whatever the language: a true minus, and marks for thousands from five digits on.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal

from macros.model.names import is_wide

# Alphabets with places of their own for marked letters; elsewhere a marked letter sorts with its base letter.
_ALPHABETS = {
    "cs": "abcčdefghijklmnopqrřsštuvwxyzž",
    "da": "abcdefghijklmnopqrstuvwxyzæøå",
    "es": "abcdefghijklmnñopqrstuvwxyz",
    "et": "abcdefghijklmnopqrsšzžtuvwõäöüxy",
    "fi": "abcdefghijklmnopqrstuvwxyzåäö",
    "hr": "abcčćdđefghijklmnopqrsštuvwxyzž",
    "lt": "abcčdefghijklmnopqrsštuvwxyzž",
    "nb": "abcdefghijklmnopqrstuvwxyzæøå",
    "nn": "abcdefghijklmnopqrstuvwxyzæøå",
    "pl": "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż",
    "ro": "aăâbcdefghiîjklmnopqrsștțuvwxyz",
    "sk": "aäbcčdefghijklmnoôpqrsštuvwxyzž",
    "sl": "abcčdefghijklmnopqrsštuvwxyzž",
    "sv": "abcdefghijklmnopqrstuvwxyzåäö",
    "tr": "abcçdefgğhıijklmnoöprsştuüvyz",
}

# From a sign of ASCII to the same sign as wide as a letter of East Asia (Unicode, Halfwidth and Fullwidth Forms).
_TO_WIDE = 0xFEE0


@cache
def locale_of(tag: str) -> Locale:
    """Return the locale of a language tag such as en-GB. Raises ValueError for one that CLDR does not know."""
    from babel.core import UnknownLocaleError

    try:
        return Locale.parse(tag, sep="-")
    except UnknownLocaleError as error:
        raise ValueError(str(error)) from error


@dataclass(frozen=True)
class Language:
    """How a language, with its country where dates and numbers follow the customs of one, writes values and joins texts."""

    tag: str

    @cached_property
    def locale(self) -> Locale:
        return locale_of(self.tag)

    @property
    def direction(self) -> str:
        """How lines run: ltr or rtl."""
        return str(self.locale.text_direction)

    def number(self, value: int | float | Fraction, digits: int | None = None) -> str:
        """Return a number with at most three decimals, or with so many as `digits` says."""
        value = float(value) if isinstance(value, Fraction) else value
        if digits is not None:
            text = f"{value:.{digits}f}"
        elif isinstance(value, int) or float(value).is_integer():
            text = str(int(value))
        else:
            text = f"{value:.3f}".rstrip("0").rstrip(".") if abs(value) >= 0.001 else f"{value:g}"
        if re.fullmatch(r"-0(\.0*)?", text):
            text = text[1:]
        decimal, minus = (self.locale.number_symbols["latn"][name] for name in ("decimal", "minusSign"))
        # Where text runs from right to left, the sign comes with a mark that keeps it before its number.
        wide_minus = minus.replace("-", "\u2212")
        if abs(value) < 10_000:
            return text.replace(".", decimal).replace("-", wide_minus)
        whole, _, rest = text.partition(".")
        grouped = format_decimal(int(whole), locale=self.locale).replace(minus, wide_minus)
        return grouped + (decimal + rest if rest else "")

    def day(self, text: str) -> str:
        """Return a date of the data in words: 2024, May 2024 or 13 May 2024."""
        year, *rest = map(int, text.split("-"))
        if not rest:
            return text
        if len(rest) == 1:
            return str(format_skeleton("yMMMM", date(year, rest[0], 1), locale=self.locale))
        return str(format_date(date(year, rest[0], rest[1]), "long", locale=self.locale))

    def day_of_year(self, text: str) -> str:
        """Return a date of the data in words without its year; nothing where only the year is known."""
        year, *rest = map(int, text.split("-"))
        if len(rest) == 1:
            return str(self.locale.months["stand-alone"]["wide"][rest[0]])
        return str(format_skeleton("MMMMd", date(year, rest[0], rest[1]), locale=self.locale)) if rest else ""

    def enumeration(self, texts: Iterable[str]) -> str:
        """Return texts as a sentence names them: a, b and c."""
        return str(format_list(list(texts), locale=self.locale))

    def row(self, texts: Iterable[str]) -> str:
        """Return texts in a row: a, b, c."""
        return self._between.join(texts)

    @cached_property
    def _between(self) -> str:
        # Some languages say "and" between any two texts; a row has a comma there.
        found = self.locale.list_patterns["standard"]["middle"].removeprefix("{0}").removesuffix("{1}")
        return found if re.fullmatch(r"\W+", found) else ", "

    @cached_property
    def has_own_marks(self) -> bool:
        """Whether marks of a language are as wide as its letters and need no blanks."""
        return is_wide(self._between)

    def mark(self, sign: str) -> str:
        """Return a mark between texts, such as a colon with its blank, as the language writes it: wide, without a blank."""
        if not self.has_own_marks:
            return sign
        return "".join("\u3002" if letter == "." else chr(ord(letter) + _TO_WIDE) for letter in sign.strip())

    def order(self, text: str) -> tuple[tuple[str, ...], str]:
        """Return a sort key for the order of dictionaries: marks on letters and capitals decide only between equals."""
        alphabet = _ALPHABETS.get(self.locale.language, "")
        letters = (
            letter for sign in _lower(self.locale, text) for letter in (sign if sign in alphabet else _plain(sign))
        )
        return tuple(_place(alphabet, letter) for letter in letters), text


def numbers_in(locale: Locale, text: str) -> set[float]:
    """Return the numbers that a text holds in digits: with the marks of its language, or those of the data and English.

    Blanks may part thousands in any language.
    """
    marks = locale.number_symbols["latn"]
    both = {(marks["decimal"], marks["group"]), (".", ",")}
    return {number for decimal, group in both for number in _read(text, decimal, group)}


def _read(text: str, decimal: str, group: str) -> Iterator[float]:
    plain = re.sub(rf"(?<=\d)[{re.escape(group)} \u00a0\u202f](?=\d{{3}}(?!\d))", "", text)
    for found in re.findall(rf"\d+(?:{re.escape(decimal)}\d+)?", plain):
        yield float(found.replace(decimal, "."))


def plural(locale: Locale, value: object) -> str:
    """Return the category of a number in CLDR: one, few, many, other, ...; that of a text is other."""
    if not isinstance(value, (int, float)):
        return "other"
    return str(locale.plural_form(int(value) if float(value).is_integer() else value))


@cache
def plurals(locale: Locale) -> frozenset[str]:
    """Return the categories that counting needs; those of fractions and of millions are left out."""
    return frozenset(plural(locale, n) for n in range(200))


@cache
def powers_of_ten(locale: Locale) -> dict[str, float]:
    """Return the words of a language for powers of ten, the longest first."""
    found: dict[str, float] = {}
    for style in ("long", "short"):  # of some languages babel has the short ones alone
        for forms in locale.compact_decimal_formats.get(style, {}).values():
            for size, pattern in forms.items():
                word = re.sub(r"[0#.,'\u200f]", "", pattern.pattern).replace("\u00a0", " ").strip()
                zeros = pattern.pattern.count("0")
                if len(word) > 1 or (word and not word.isascii()):
                    found.setdefault(word, float(size) / 10 ** (zeros - 1) if zeros else float(size))
    return dict(sorted(found.items(), key=lambda pair: -len(pair[0])))


def power_of_ten(locale: Locale, text: str) -> float:
    """Return the power of ten with which a text begins, in the words of a language or in numerals as in 百万; 1 for none."""
    if size := next((size for word, size in powers_of_ten(locale).items() if text.startswith(word)), None):
        return size
    power = 1.0
    for letter in text:
        value = unicodedata.numeric(letter, 0) if letter.isalpha() else 0
        if value < 10:
            break
        power *= value
    return power


def _place(alphabet: str, letter: str) -> str:
    # Letters of the alphabet sort among a to z, whatever their code points.
    return f"a{alphabet.index(letter):03}" if letter in alphabet else letter if letter < "a" else f"b{letter}"


def _lower(locale: Locale, text: str) -> str:
    if locale.language in ("tr", "az"):
        text = text.replace("I", "ı").replace("İ", "i")
    return unicodedata.normalize("NFC", text).casefold()


@cache
def _plain(sign: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(part))


@cache
def names(locale: Locale, group: str) -> dict[str, str]:
    """Return the names of all countries or languages by their codes of two letters; of another group there are none."""
    known = {"countries": locale.territories, "languages": locale.languages}
    found = known[group].items() if group in known else ()
    return {code: str(name) for code, name in found if len(code) == 2 and code.isalpha()}


def codes(group: str, more: Iterable[str]) -> list[str]:
    """Return the codes that countries or languages may have, with more that a report has names for."""
    return sorted({*names(locale_of("en"), group), *more})


def theme_language(tag: str) -> str:
    """Return the language in which the theme says its own words: that of a tag, or its language without a country."""
    spec = find_spec("material")
    known = Path(str(spec.origin)).parent / "templates/partials/languages" if spec else Path()
    return next((one for one in (tag, tag.partition("-")[0]) if (known / f"{one}.html").is_file()), "en")
