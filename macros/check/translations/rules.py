"""Rules on translations: what an entry of a catalogue must have in common with its source, whatever the two languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from macros.check.rule import rule, rules_in
from macros.check.translations.calls import marks
from macros.check.translations.figures import PASSED, amounts_in_words, figures, has_unit, is_spelled
from macros.load.draft import Draft
from macros.model.locale import locale_of, power_of_ten
from macros.model.names import is_wide
from macros.model.texts import UNITS


class Entry(NamedTuple):
    """An entry with a translation: its line in the catalogue, its place in the report, and texts in both languages."""

    line: int
    context: str
    source: str
    said: str
    # What the translator noted: a rule that is named there is not asked.
    note: str = ""


@dataclass(frozen=True)
class Agreed:
    """What both languages call the same: languages, names, ids, units, and the report's own words for small numbers."""

    source: str
    language: str
    # Names in the source, each with what it may be called.
    names: Sequence[tuple[str, tuple[str, ...]]] = ()
    ids: Collection[str] = ()
    units: Collection[str] = ()
    spelled: Mapping[str, int] = field(default_factory=dict)
    titles: Collection[str] = ()

    @cached_property
    def patterns(self) -> list[tuple[str, re.Pattern[str], tuple[str, ...]]]:
        return [(name, re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])"), said) for name, said in self.names]

    @cached_property
    def known_ids(self) -> frozenset[str]:
        return frozenset(self.ids)

    @cached_property
    def plain_units(self) -> list[tuple[str, str]]:
        """The units, each as it is and as texts are compared."""
        return [(unit, unicodedata.normalize("NFKC", unit)) for unit in self.units]


Found = tuple[str, str] | None


@rule
def translation_figures(entry: Entry, agreed: Agreed) -> Found:
    """A translation must have the figures of its source; a power of ten may be written the way of the language."""
    if entry.source == entry.said:
        return None
    before, after = figures(entry.source, agreed.source), figures(entry.said, agreed.language)
    missing = [one for one in before if not any(map(one.is_same, after)) and not is_spelled(one, entry.said)]
    if missing:
        return (
            f"the figure {missing[0].text} of the source is missing",
            "write the same figure, or the same amount in another power of ten",
        )
    more = [one for one in after if not any(one.is_same(other) for other in before)]
    known = amounts_in_words(entry.source, agreed.source, agreed.spelled) if more else set()
    wrong = next((one for one in more if not known & one.values), None)
    return wrong and (f"the figure {wrong.text} is not in the source", "write the figures of the source only")


@rule
def translation_units(entry: Entry, agreed: Agreed) -> Found:
    """A translation must have the units, signs of units and ids of records that its source has.

    The name of a unit must say a power of ten if its source does; it may be another one, and figures follow it.
    """
    if entry.source == entry.said:
        return None
    if entry.context == UNITS and _power(agreed.source, entry.source) != 1 == _power(agreed.language, entry.said):
        return f'the power of ten of "{entry.source}" is missing', "begin with one, of any size: figures follow it"
    source, said = (unicodedata.normalize("NFKC", PASSED.sub(" ", text)) for text in (entry.source, entry.said))
    for unit, plain in agreed.plain_units if _DIGIT.search(source) else ():
        if plain in source and plain not in said and has_unit(source, unit):
            return f'the unit "{unit}" of the source is missing', "write the same unit"
    for name in sorted(agreed.known_ids.intersection(_ID.findall(source))):
        if name not in said:
            return f'the id "{name}" of the source is missing', "write the same id"
    return None


def _power(language: str, unit: str) -> float:
    return power_of_ten(locale_of(language), unit)


@rule
def translation_calls(entry: Entry, agreed: Agreed) -> Found:
    """A translation must have the calls, the names in braces and the targets of links of its source, in any order.

    The words that a link shows are translated.
    """
    before, after = marks(entry.source), marks(entry.said)
    if after is None:
        return "has a call with a quote or bracket left open", 'a call is {{ name("argument") }}'
    for one in sorted(before or ()):
        if before and before.count(one) > after.count(one):
            return f"{one} of the source is missing", "write it as the source does"
    for one in sorted(after):
        if after.count(one) > (before or []).count(one):
            return f"{one} is not in the source", "write what the source has"
    return None


@rule
def translation_names(entry: Entry, agreed: Agreed) -> Found:
    """A machine, a company and a term must be called what the data and the glossary call them in the language."""
    for spelt, pattern, said in agreed.patterns:
        found = pattern.search(entry.source) if spelt in entry.source else None
        if found and not any(_is_called(name, entry.said) for name in said):
            return f'"{found.group()}" is not called by its agreed name', f"write {said[0]}"
    return None


def _is_called(name: str, text: str) -> bool:
    """Whether a text has a name; in a script without blanks its first two letters stand for it."""
    return (name[:2] if is_wide(name) else name) in text


@rule
def translation_left(entry: Entry, agreed: Agreed) -> Found:
    """No sentence of the source may be left in a translation; titles of sources and what stands in quotes may."""
    source, said = _words(entry.source), _words(_QUOTED.sub(f" {_GAP} ", entry.said))
    runs = {tuple(source[at : at + _RUN]) for at in range(len(source) - _RUN + 1)}
    for at in range(len(said) - _RUN + 1):
        run = " ".join(said[at : at + _RUN])
        if tuple(said[at : at + _RUN]) in runs and not any(run in " ".join(_words(title)) for title in agreed.titles):
            return (
                f'"{run}" is left in the language of the source',
                "translate it, or put it in quotes if it is a title",
            )
    return None


RULES = rules_in(globals())

# Stands for what may be left, between the words of a translation.
_GAP = "\ue002"
# So many words in a row are a sentence, or a part of one.
_RUN = 6
_DIGIT = re.compile(r"\d")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_QUOTED = re.compile(
    r"\"[^\"]*\"|“[^”]*”|「[^」]*」|《[^》]*》|«[^»]*»|„[^“]*“|‘[^’]*’|`[^`]*`|\{\{.*?\}\}|\]\([^)]*\)"
    r"|<code>.*?</code>|</?[a-z][^<>]*>",
    re.DOTALL,
)


def _words(text: str) -> list[str]:
    return re.findall(rf"[^\W\d_]+|{_GAP}", text)


def agreed_on(draft: Draft, language: str, said: Callable[[str, str], str | tuple[str, ...] | None]) -> Agreed:
    """Return what a draft and its catalogues agree on; `said` gives what a text of a catalogue is in the language."""
    report = draft.only("report")
    names: list[tuple[str, tuple[str, ...]]] = []
    if report.home_market.language == language:
        home = report.home_market.countries
        for one in (entry.record for entry in draft.all("suppliers")):
            if one.country in home and one.name_local:
                local = (one.name_local, *(alias for alias in one.aliases if not alias.isascii()))
                spelt = [name for name in (one.name, *one.aliases) if name.isascii() and len(name) >= _SHORTEST]
                names += [(name, local) for name in spelt]
    for one in (entry.record for entry in draft.all("glossary")):
        called = [one.name_local] if one.name_local and report.home_market.language == language else []
        called += [str(text) for form in (one.term, *one.forms, *one.aliases) if (text := said("glossary", form))]
        if called:
            names += [(form, (*called, form)) for form in one.forms if " " in form or form.isupper()]
    method = draft.only("method")
    units = [unit for unit in method.units if said("method", unit) == unit]
    ids = sorted({name for kind in ("facts", "sources", "suppliers") for name in draft.ids(kind) if "-" in name})
    titles = [entry.record.title for entry in draft.all("sources")]
    phrases = {name: text for entry in draft.all("words") for name, text in entry.record.phrases.items()}
    spelled = {str(phrases[name]).casefold(): at for at, name in enumerate(SMALL) if name in phrases}
    return Agreed(report.language, language, names, ids, units, spelled, titles)


# A shorter name may be a word as well.
_SHORTEST = 5
# Phrases that say small numbers.
SMALL = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
