"""Words, names and numbers as readers see them, all from `data/words` and `method.yml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from macros.model.base import Figure
from macros.model.locale import Language, names, plural
from macros.model.method import Method
from macros.model.names import is_wide
from macros.model.report import Plural, Words
from macros.model.translated import TranslatedText, UntranslatedText, source_of

_BLANK = re.compile(r"\{([a-z_]+)\}")


class MissingWord(LookupError):
    """A template asks for a word that `data/words` does not have."""


@dataclass(frozen=True)
class Wording(Language):
    """Looks up words of the data. Fills {name} by plain replacement: a phrase is text, never code."""

    words: Words
    method: Method

    def word(self, name: str, **values: object) -> str:
        """Return a phrase with its blanks filled; `n` chooses the plural."""
        phrase = self.words.phrases.get(name)
        if phrase is None:
            raise MissingWord(f'data/words: no phrase "{name}" under phrases')
        if isinstance(phrase, Plural):
            phrase = phrase.of(plural(self.locale, values.get("n")))
        if not values:
            return phrase
        filled = {
            key: self.number(value) if isinstance(value, (int, float, Fraction)) else value
            for key, value in values.items()
        }
        if isinstance(phrase, UntranslatedText):
            return UntranslatedText(_filled(phrase, filled))
        said = _filled(phrase, filled)
        if not any(isinstance(value, TranslatedText) for value in values.values()):
            return said
        return TranslatedText(
            said, _filled(source_of(phrase), {key: source_of(value) for key, value in filled.items()})
        )

    def name(self, group: str, word: str) -> str:
        """Return the name shown of a word of the data, such as a country code."""
        found = self.words.names.get(group, {}).get(word) or names(self.locale, group).get(word)
        if not found:
            raise MissingWord(f'data/words: no name "{word}" under names.{group}')
        return found

    def method_name(self, group: str, word: str) -> str:
        """Return the name of a word that method.yml lists (levels, topics, verdicts, horizons, ...)."""
        return str(next(item.name for item in getattr(self.method, group) if item.id == word))

    def plain_year(self, year: int | None) -> str:
        return str(year) if year is not None else self.word("undated")

    def figure(self, value: Figure | None, unit: str | None = None, bound: str | None = None) -> str:
        """Return a figure with its bound and unit: "more than 30 %", "30–40 %"; empty when there is none."""
        if value is None:
            return ""
        if isinstance(value, str):
            text = value
        else:
            text = "–".join(map(self._as_typed, value if isinstance(value, tuple) else (value,)))
        if bound:
            between = "" if self.has_own_marks else " "
            text = f"{self.words.names.get('bounds', {}).get(bound, bound)}{between}{text}"
        return f"{text}{self._blank(unit)}{unit}" if unit else text

    def _as_typed(self, value: int | float) -> str:
        """Return a number with all the decimals that its editor gave it."""
        return self.number(value, max(0, -int(Decimal(str(value)).normalize().as_tuple().exponent)))

    def _blank(self, unit: str) -> str:
        """Return what stands between a number and its unit: nothing before wide letters and signs."""
        return "" if self.has_own_marks and (unit[0] in "%‰" or is_wide(unit[0])) else "\u00a0"

    def multiple(self, low: float, high: float) -> str:
        """Return a ratio in words with two significant digits: "0.5" or "0.5–0.63"."""
        ends = [f"{end:.2g}" for end in (low, high)]
        ends = [self.number(float(end)) for end in ends]
        return ends[0] if ends[0] == ends[1] else "–".join(ends)

    def percent(self, share: float) -> str:
        return f"{self.number(round(share * 100))}{self._blank('%')}%"

    def date(self, text: str | None) -> str:
        """Return a date of the data for reading: 2024, May 2024 or 13 May 2024."""
        return self.day(text) if text else self.word("undated")

    def with_note(self, text: str, note: str) -> str:
        """Return a text with a note in brackets behind it."""
        return f"{text}{self.mark(' (')}{note}{self.mark(')')}"


def _filled(phrase: str, values: Mapping[str, object]) -> str:
    """Return a phrase with values in place of their names in braces."""
    return _BLANK.sub(lambda found: str(values.get(found.group(1), found.group())), phrase)
