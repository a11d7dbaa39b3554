"""Translations: what the catalogues of a language must keep of the report, and what is left to translate.

What languages write differently - marks in numbers, words and letters for powers of ten, months - is known from CLDR and
Unicode. Entries without a translation, and those whose source changed, are counted and not judged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from macros.cache import FOLDER, Cache, code_fingerprint, fingerprint
from macros.check.translations.rules import RULES, Agreed, Entry, agreed_on
from macros.load.catalogues import LOCALE, MessageKey, Row, is_translated, texts_of
from macros.load.draft import Draft
from macros.load.pages import PageText
from macros.problems import Problem


def wrong_catalogues(root: Path, draft: Draft, language: str, rows: Mapping[str, Sequence[Row]]) -> list[Problem]:
    """Return what is wrong with the catalogues of a language. That nothing is wrong with one is cached."""
    said = {name: {row.id: row.string for row in found if row.is_certain} for name, found in rows.items()}
    agreed = agreed_on(draft, language, lambda catalogue, text: said.get(catalogue, {}).get(text))
    cache = Cache(root / FOLDER, fingerprint(code_fingerprint("check", "load", "model"), repr(agreed)))
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
        known = {MessageKey(row.context, row.id): row for row in rows.get(name, ()) if is_translated(row.string)}
        left = [key for key in texts if key not in known or known[key].is_fuzzy]
        changed = {key.context for key, row in known.items() if row.is_fuzzy} | {
            key.context for key in known.keys() - set(texts)
        }
        stale = sum(key.context in changed for key in left)
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
            if rule.id not in entry.note and (found := rule.find(entry, agreed)):
                wrong, right = found
                yield Problem(path, entry.line, entry.context, wrong, right, rule.id)
