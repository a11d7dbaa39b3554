"""Choose the reader of a bibliography file, and turn its entries into fields of a source."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote

from macros.editing.bibliography.bibtex import bibtex_items
from macros.editing.bibliography.csl import csl_items
from macros.editing.bibliography.item import Item, NoSource
from macros.editing.bibliography.ris import ris_items
from macros.model.names import Name

LARGEST = 5_000_000
TRIED = (
    "BibTeX (.bib), RIS (.ris), EndNote (.enw), RefWorks (.txt) and CSL-JSON (.json), each with small examples of its "
    "documented form"
)
_READERS: dict[str, Callable[[str], list[Item]]] = {
    ".json": csl_items, ".bib": bibtex_items, ".ris": ris_items, ".enw": ris_items, ".txt": ris_items,
}  # fmt: skip
_MARKUP = re.compile(r"</?[A-Za-z][^>]*>")
_DOI = re.compile(r"10\.\d{4,9}/\S+")


@dataclass(frozen=True)
class Found:
    """The fields of a source by their names in the data, its authors, and what was left out or could not be read."""

    fields: dict[str, str]
    author: tuple[Name, ...]
    notes: tuple[str, ...]


def source_fields(path: Path, kinds: Mapping[str, str], entry: str | None = None) -> Found:
    """Return what a file gives of a source.

    `kinds` gives the CSL type of each kind of source, `entry` names one of several. Raises NoSource.
    """
    items = _items(path)
    if entry is not None:
        items = [item for item in items if item.id == entry]
    if len(items) != 1:
        names = ", ".join(item.id for item in items[:10])
        why = (
            f"has {len(items)} entries; choose one with --entry: {names}"
            if items
            else f'has no entry "{entry}"'
            if entry
            else "has no entry"
        )
        raise NoSource(f"{path}: {why}")
    if items[0].why_not:
        raise NoSource(f"{path}: {items[0].why_not}")
    return fields_in(items[0], kinds)


def sources_in(path: Path, kinds: Mapping[str, str]) -> dict[str, Found]:
    """Return what a file gives of every source, by the names of its entries. Raises NoSource."""
    return {item.id: fields_in(item, kinds) for item in _items(path)}


def _items(path: Path) -> list[Item]:
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise NoSource(f"{path}: its name must end in one of {', '.join(_READERS)}")
    try:
        if path.stat().st_size > LARGEST:
            raise NoSource(f"{path}: is too large; it may have at most {LARGEST} bytes")
        items = reader(path.read_text("utf-8-sig"))
    except NoSource:
        raise
    except UnicodeDecodeError as error:
        raise NoSource(f"{path}: is not UTF-8 text; save it as UTF-8") from error
    except OSError as error:
        raise NoSource(f"{path}: cannot be read ({error.strerror})") from error
    except Exception as error:  # whatever a parser makes of a broken file
        raise NoSource(f"{path}: is not a {path.suffix[1:]} file that can be read ({error})") from error
    if not items:
        form = (
            ': one begins with a line "TY  - " and ends with a line "ER  - "' if path.suffix.lower() == ".ris" else ""
        )
        raise NoSource(f"{path}: has no entry{form}")
    return items


def fields_in(item: Item, kinds: Mapping[str, str]) -> Found:
    """Return the fields of a source that an entry gives."""
    notes = list(item.notes)
    container, publisher = _clean(item.container), _clean(item.publisher)
    if not publisher:
        publisher = _speaker(item.author, container)
        if publisher:
            notes.append(f'it names no publisher; "{publisher}" was taken instead')
    language = language_code(item.language)
    if item.language and not language:
        notes.append(f'"{item.language}" is not a language that is known')
    fitting = [kind for kind, sort in kinds.items() if sort == item.type]
    fields = {
        "title": _clean(item.title),
        "publisher": publisher,
        "container-title": container,
        "issued": item.issued,
        "accessed": item.accessed,
        "URL": item.URL or _doi_address(item.DOI),
        "kind": item.kind if item.kind in kinds else fitting[0] if len(fitting) == 1 else "",
        "language": language,
        "reliability": item.reliability if item.reliability in tuple("ABCD") else "",
        "note": _clean(item.note),
    }
    author = tuple(Name(**{part: _clean(text) for part, text in name if text}) for name in item.author)
    return Found({name: value for name, value in fields.items() if value}, author, tuple(notes))


def _clean(text: str) -> str:
    """Return a text without markup and with the signs that entities such as &amp; stand for."""
    return " ".join(html.unescape(_MARKUP.sub("", text)).split())


def _speaker(authors: tuple[Name, ...], container: str) -> str:
    """Return a substitute for a missing publisher: the journal, else the authors."""
    if container or not authors:
        return container
    names = [_clean(author.literal or author.family or "") for author in authors]
    return f"{names[0]} et al." if len(names) > 2 or names[-1] == "et al." else " and ".join(names)


def _doi_address(text: str) -> str:
    """Return the address of a DOI, however it is written: alone, behind doi: or as an address of old or new."""
    found = _DOI.search(text)
    return f"https://doi.org/{quote(found[0], safe='/:;()._-')}" if found else ""


# What LaTeX calls varieties of a language; all other names are those of CLDR.
_VARIETIES = {
    "american": "en", "australian": "en", "british": "en", "canadian": "en", "ukenglish": "en", "usenglish": "en",
    "austrian": "de", "ngerman": "de", "naustrian": "de", "swissgerman": "de", "nswissgerman": "de", "brazil": "pt",
    "brazilian": "pt", "acadian": "fr", "canadien": "fr", "francais": "fr", "pinyin": "zh",
}  # fmt: skip


def language_code(text: str) -> str:
    """Return the two or three letters of a language: ja for ja-JP, jpn, Japanese or its own name; empty when unknown."""
    from babel import Locale
    from babel.core import get_global

    word = text.strip(" ;,.").casefold()
    short = re.split("[-_]", word)[0]
    names = Locale("en").languages
    code = get_global("language_aliases").get(short, short)
    if code in names:
        return str(code)
    if word in _VARIETIES:
        return _VARIETIES[word]
    return next((code for code, name in names.items() if name.casefold() == word), "") or _own_names().get(word, "")


@cache
def _own_names() -> dict[str, str]:
    """Return the code of every language by its own name."""
    from babel import Locale
    from babel.localedata import locale_identifiers

    codes = [code for code in locale_identifiers() if len(code) == 2]
    return {Locale(code).languages.get(code, code).casefold(): code for code in codes}
