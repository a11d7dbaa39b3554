"""Translations: what an entry of a catalogue must have in common with its source, whatever the two languages.

What languages write differently - marks in numbers, words and letters for powers of ten, months - is known from CLDR and
Unicode. Entries without a translation, and those whose source changed, are counted and not judged.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from math import isclose
from pathlib import Path
from typing import NamedTuple

from babel import Locale
from jinja2 import Environment, TemplateSyntaxError, nodes

from macros.cache import FOLDER, Cache, code_fingerprint, fingerprint
from macros.load.catalogues import LOCALE, Row, Told, is_said, texts_of
from macros.load.draft import Draft
from macros.load.pages import PageText
from macros.model.names import is_wide
from macros.problems import Problem


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
    def patterns(self) -> list[tuple[re.Pattern[str], tuple[str, ...]]]:
        return [(re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])"), said) for name, said in self.names]


def wrong_catalogues(root: Path, draft: Draft, language: str, rows: Mapping[str, Sequence[Row]]) -> list[Problem]:
    """Return what is wrong with the catalogues of a language. That nothing is wrong with one is cached."""
    said = {name: {row.id: row.string for row in found if row.is_certain} for name, found in rows.items()}
    agreed = agreed_on(draft, language, lambda catalogue, text: said.get(catalogue, {}).get(text))
    cache = Cache(root / FOLDER, fingerprint(code_fingerprint("check", "load"), repr(agreed)))
    problems: list[Problem] = []
    for name, found in rows.items():
        entries = [
            Entry(row.line, row.context, _last(row.id), _last(row.string), row.note) for row in found if row.is_certain
        ]
        key = repr((name, entries))
        if cache.read("translations", key) is None:
            wrong = list(wrong_entries(name, entries, agreed))
            problems += wrong
            if not wrong:
                cache.write("translations", key, b"")
    return problems


class Left(NamedTuple):
    """How many texts of a catalogue have no translation, and how many have one of what they said before."""

    missing: int
    stale: int


def left_to_translate(
    draft: Draft, pages: Mapping[str, PageText], language: str, rows: Mapping[str, Sequence[Row]]
) -> dict[str, Left]:
    """Return what is left to translate into a language, by catalogue; nothing of a catalogue that is whole."""
    found = {}
    for name, texts in texts_of(draft, pages, language).items():
        known = {Told(row.context, row.id): row for row in rows.get(name, ()) if is_said(row.string)}
        left = [told for told in texts if told not in known or known[told].is_fuzzy]
        changed = {told.context for told, row in known.items() if row.is_fuzzy} | {
            told.context for told in known.keys() - set(texts)
        }
        stale = sum(told.context in changed for told in left)
        if left:
            found[name] = Left(len(left) - stale, stale)
    return found


def _last(text: str | tuple[str, ...]) -> str:
    """Return a text, of one for each form of counting that for many."""
    return text if isinstance(text, str) else text[-1]


def wrong_entries(catalogue: str, entries: Sequence[Entry], agreed: Agreed) -> Iterator[Problem]:
    """Yield what is wrong with the translations of a catalogue."""
    path = f"{LOCALE}/{agreed.language}/{catalogue}.po"
    for entry in entries:
        for rule in RULES:
            name = rule.__name__.replace("_", "-")
            if name not in entry.note and (found := rule(entry, agreed)):
                yield Problem(path, entry.line, entry.context, *found, name)


Found = tuple[str, str] | None


def translation_figures(entry: Entry, agreed: Agreed) -> Found:
    """A translation must have the figures of its source; a power of ten may be written the way of the language."""
    if entry.source == entry.said:
        return None
    before, after = figures(entry.source, agreed.source), figures(entry.said, agreed.language)
    missing = [one for one in before if not any(map(one.is_same, after)) and not _spelled(one, entry.said)]
    if missing:
        return (
            f"the figure {missing[0].text} of the source is missing",
            "write the same figure, or the same amount in another power of ten",
        )
    known = _numbers_in_words(entry.source, agreed) | _glued(entry.source)
    more = [one for one in after if not any(one.is_same(other) for other in before) and not known & one.values]
    if more:
        return f"the figure {more[0].text} is not in the source", "write the figures of the source only"
    return None


def translation_units(entry: Entry, agreed: Agreed) -> Found:
    """A translation must have the units, signs of units and ids of records that its source has."""
    if entry.source == entry.said:
        return None
    source, said = (unicodedata.normalize("NFKC", _PASSED.sub(" ", text)) for text in (entry.source, entry.said))
    for unit in agreed.units:
        if _has_unit(source, unit) and unicodedata.normalize("NFKC", unit) not in said:
            return f'the unit "{unit}" of the source is missing', "write the same unit"
    for name in sorted(set(_ID.findall(source)) & set(agreed.ids)):
        if name not in said:
            return f'the id "{name}" of the source is missing', "write the same id"
    return None


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


def translation_names(entry: Entry, agreed: Agreed) -> Found:
    """A machine, a company and a term must be called what the data and the glossary call them in the language."""
    for pattern, said in agreed.patterns:
        if (found := pattern.search(entry.source)) and not any(_is_called(name, entry.said) for name in said):
            return f'"{found.group()}" is not called by its agreed name', f"write {said[0]}"
    return None


def _is_called(name: str, text: str) -> bool:
    """Whether a text has a name; in a script without blanks its first two letters stand for it."""
    return (name[:2] if is_wide(name) else name) in text


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


RULES: tuple[Callable[[Entry, Agreed], Found], ...] = (
    translation_figures,
    translation_units,
    translation_calls,
    translation_names,
    translation_left,
)

# Stands for what may be left, between the words of a translation.
_GAP = "\ue002"
# So many words in a row are a sentence, or a part of one.
_RUN = 6
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_QUOTED = re.compile(
    r"\"[^\"]*\"|“[^”]*”|「[^」]*」|《[^》]*》|«[^»]*»|„[^“]*“|‘[^’]*’|`[^`]*`|\{\{.*?\}\}|\]\([^)]*\)", re.DOTALL
)


def _words(text: str) -> list[str]:
    return re.findall(rf"[^\W\d_]+|{_GAP}", text)


# --- figures


class Amount(NamedTuple):
    """A figure as typed, and the values it may have: of one in a range or list also with the power of ten of the last."""

    text: str
    values: frozenset[float]

    def is_same(self, other: Amount) -> bool:
        return any(isclose(one, two, rel_tol=1e-9) for one in self.values for two in other.values)


# Between the ends of a range and in a list stands a sign or a short word, whatever the language; the last says the power.
_JOINED = re.compile(r"\s*(?:[-–—~～]|[,，、;]?\s*[^\W\d_]{1,4}|[,，、;])\s*$")


def figures(text: str, language: str) -> list[Amount]:
    """Return the figures of a text, without those in its calls, marks and addresses."""
    plain = "".join(str(unicodedata.digit(one)) if one.isdecimal() else one for one in _PASSED.sub(" ", text))
    symbols, powers = _symbols(language), _powers(language)
    found: list[tuple[re.Match[str], float, float]] = []
    for match in symbols.pattern.finditer(plain):
        digits = match.group().replace(symbols.group, "").replace(symbols.decimal, ".")
        power = next((size for word, size in powers if plain[match.end() :].lstrip(" -").startswith(word)), 1.0)
        found.append(
            (match, float(digits), power * _numerals(plain[match.end() :].lstrip(" ")) if power == 1 else power)
        )
    amounts: list[Amount] = []
    shared, behind = 1.0, len(plain)
    for match, value, power in reversed(found):
        is_joined = _JOINED.match(plain[match.end() : behind])
        shared, behind = (shared if is_joined else 1.0) if power == 1 else power, match.start()
        amounts.append(Amount(match.group(), frozenset((value * power, value * shared))))
    return amounts[::-1]


# What holds no figure for readers: calls, names in braces, targets of links, addresses, code, numbers of a list.
_PASSED = re.compile(
    r"\{\{.*?\}\}|\{%.*?%\}|\{[^{}]*\}|\]\([^)]*\)|https?://\S+|`[^`]*`|^\s*\d+\.\s", re.DOTALL | re.MULTILINE
)


class _Symbols(NamedTuple):
    pattern: re.Pattern[str]
    group: str
    decimal: str


@cache
def _symbols(language: str) -> _Symbols:
    """Return how the language writes a number."""
    marks = Locale.parse(language, sep="-").number_symbols["latn"]
    group, decimal = marks["group"], marks["decimal"]
    pattern = rf"(?<![A-Za-z\d])(?<![A-Za-z]-)(?:\d{{1,3}}(?:{re.escape(group)}\d{{3}})+(?:{re.escape(decimal)}\d+)?(?!\d)|\d+(?:{re.escape(decimal)}\d+)?)"
    return _Symbols(re.compile(pattern), group, decimal)


@cache
def _powers(language: str) -> list[tuple[str, float]]:
    """Return the words of a language for powers of ten, longest first."""
    locale = Locale.parse(language, sep="-")
    found: dict[str, float] = {}
    for style in ("long", "short"):
        for forms in locale.compact_decimal_formats.get(style, {}).values():
            for size, pattern in forms.items():
                word = re.sub(r"[0#.,'\s\u00a0\u200f]", "", pattern.pattern)
                zeros = pattern.pattern.count("0")
                if len(word) > 1 or not word.isascii():
                    found.setdefault(word, float(size) / 10 ** (zeros - 1) if zeros else float(size))
    found.pop("", None)
    return sorted(found.items(), key=lambda pair: -len(pair[0]))


def _numerals(rest: str) -> float:
    """Return the power of ten that letters behind a number stand for, as 百万 does."""
    power = 1.0
    for letter in rest:
        value = unicodedata.numeric(letter, 0) if letter.isalpha() else 0
        if value < 10:
            break
        power *= value
    return power


def _spelled(one: Amount, said: str) -> bool:
    """Whether a small number is written as a letter that stands for it."""
    return any(letter.isalpha() and unicodedata.numeric(letter, None) in one.values for letter in said)


@cache
def _month_names(language: str) -> dict[str, int]:
    months = Locale.parse(language, sep="-").months["format"]
    return {str(name).casefold(): at for width in ("wide", "abbreviated") for at, name in months[width].items()}


def _numbers_in_words(text: str, agreed: Agreed) -> set[float]:
    """Return the numbers that words of a text may stand for: months, and powers of ten with what is said before them."""
    words = [word.casefold() for word in re.findall(r"[^\W\d_]+", text)]
    numbers = {**_month_names(agreed.source), **agreed.spelled}
    known = {float(numbers[word]) for word in words if word in numbers}
    return known | {size for word, size in _powers(agreed.source) if word.casefold() in words}


def _glued(text: str) -> set[float]:
    """Return every run of digits of a text, also one joined to letters, as in mid-2021 or Q3."""
    return {float(digits) for digits in re.findall(r"\d+", _PASSED.sub(" ", text))}


def _has_unit(text: str, unit: str) -> bool:
    """Whether a text has a figure in a unit; letters are one behind a blank only, since 2000s is a decade."""
    blank = r"\s" if unit[:1].isalpha() else r"\s?"
    return bool(re.search(rf"\d{blank}{re.escape(unicodedata.normalize('NFKC', unit))}(?![\w/])", text))


# --- calls

_LANGUAGE = Environment()
_BRACES = re.compile(r"(?<!\{)\{[a-z_]+\}(?!\})")
_TARGET = re.compile(r"\]\(([^)\s]+)[^)]*\)")
_RAW = re.compile(r"\{% raw %\}(.*?)\{% endraw %\}", re.DOTALL)


def marks(text: str) -> list[str] | None:
    """Return what programs read in a text: calls without the words that they show, names in braces, targets of links."""
    try:
        tree = _LANGUAGE.parse(text)
    except TemplateSyntaxError:
        return None
    found = [_called(call, call.node.name) for call in tree.find_all(nodes.Call) if isinstance(call.node, nodes.Name)]
    found += [f"{{{{ {output.name} }}}}" for output in _names(tree)]
    return [*found, *_BRACES.findall(_RAW.sub("", text)), *(f"({target})" for target in _TARGET.findall(text))]


def _names(tree: nodes.Template) -> Iterator[nodes.Name]:
    for output in tree.find_all(nodes.Output):
        yield from (part for part in output.nodes if isinstance(part, nodes.Name))


def _called(call: nodes.Call, name: str) -> str:
    # The third argument of a link is what it shows.
    given = [
        repr(one.value) if isinstance(one, nodes.Const) else "..." for one in call.args[: 2 if name == "link" else None]
    ]
    given += [f"{one.key}={_value(one.value)}" for one in call.kwargs if one.key != "text"]
    return f"{name}({', '.join(given)})"


def _value(node: nodes.Expr) -> str:
    try:
        return repr(node.as_const())
    except nodes.Impossible:
        return "..."


# --- what is agreed


def agreed_on(draft: Draft, language: str, said: Callable[[str, str], str | tuple[str, ...] | None]) -> Agreed:
    """Return what a draft and its catalogues agree on; `said` gives what a text of a catalogue is in the language."""
    report = draft.all("report")[0].record
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
    method = draft.all("method")[0].record
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
