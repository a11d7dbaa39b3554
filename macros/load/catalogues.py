"""Catalogues: the texts of a report as gettext has them, and what `data/locale/<language>/*.po` says in another language.

A catalogue holds the texts of one file of data, or of the files of one folder where those are short. The context of an entry is the place of its text: record and field, or page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from macros.load.blocks import HEAD, blocks
from macros.load.draft import Draft, Entry
from macros.load.pages import PageText
from macros.model import FILES, FileKind
from macros.model.report import Plural
from macros.model.texts import UNITS, place_of, translated

LOCALE = "data/locale"
PROSE = "content"
# Kinds whose files say so much that each has its catalogue.
_LONG = ("equipment", "facts")
# One text, or those for one and for more.
Id = str | tuple[str, str]


class Told(NamedTuple):
    """A text of the report with its place."""

    context: str
    id: Id


def texts_of(draft: Draft, pages: Mapping[str, PageText], language: str) -> dict[str, list[Told]]:
    """Return what is to be translated, by catalogue and in the order of the files, each text once a place."""
    names = {entry.record.name for entry in draft.all("suppliers")}
    agreed = agreed_names(draft, language)
    found: dict[str, dict[Told, None]] = {}
    for kind, entry in records(draft):
        listed = found.setdefault(catalogue_of(kind, entry), {})

        def note(place: str, text: object, listed: dict[Told, None] = listed, kind: FileKind = kind) -> object:
            name = _id(text)
            is_said = text in agreed or (text in names and not (kind.name == "suppliers" and place.endswith(".name")))
            if not (is_said or (place == UNITS and kind.name != "method")) and has_letters(name):
                listed[Told(place, name)] = None
            return text

        translated(entry.record, note, place_of(entry.record))
    for path, page in pages.items():
        listed = found.setdefault(catalogue_of_page(path), {})
        heads = [(f"{path}:{key}", page.meta[key]) for key in HEAD if isinstance(page.meta.get(key), str)]
        parts = [(path, page.text[start:end]) for start, end in blocks(page.text)]
        listed.update((Told(*one), None) for one in (*heads, *parts))
    return {name: list(texts) for name, texts in found.items() if texts}


def records(draft: Draft) -> Iterator[tuple[FileKind, Entry]]:
    """Yield every record that may have texts, in the order of the files."""
    for kind in FILES:
        for entry in draft.all(kind.name):
            yield kind, entry


def catalogue_of(kind: FileKind, entry: Entry) -> str:
    """Return the name of the catalogue that has the texts of a record."""
    folder = entry.path.removeprefix("data/").rpartition("/")[0]
    if kind.name in _LONG:
        return f"{folder}/{entry.home}"
    return folder or entry.home


def catalogue_of_page(path: str) -> str:
    folder = path.rpartition("/")[0]
    return f"{PROSE}/{folder}" if folder else PROSE


def agreed_names(draft: Draft, language: str) -> dict[object, str]:
    """Return names of machines, companies and terms as the home market has them, if that is the language."""
    report = draft.one("report")
    if report is None or report.record.home_market.language != language:
        return {}
    home = report.record.home_market.countries
    rows = [(e.record.name, e.record.name_local) for e in draft.all("equipment")]
    rows += [(e.record.name, e.record.name_local) for e in draft.all("suppliers") if e.record.country in home]
    rows += [(e.record.term, e.record.name_local) for e in draft.all("glossary")]
    return {name: local for name, local in rows if local}


def has_letters(text: Id) -> bool:
    """Whether a text says anything beside numbers, signs and what is filled in."""
    parts = (text,) if isinstance(text, str) else text
    depth, found = 0, False
    for letter in "".join(parts):
        depth += (letter == "{") - (letter == "}")
        found = found or (depth == 0 and letter.isalpha())
    return found


def _id(text: object) -> Id:
    return (text.one, text.other) if isinstance(text, Plural) else str(text)
