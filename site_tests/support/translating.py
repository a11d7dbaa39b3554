"""Translating: catalogues of an invented translation, from right to left, that tests can recognise and that every rule allows."""

from __future__ import annotations

import re
from collections.abc import Callable
from gettext import c2py  # type: ignore[attr-defined]
from pathlib import Path

from babel.messages.pofile import read_po, write_po

from macros.load.catalogues import LOCALE
from macros.upkeep.translate import translate
from site_tests.conftest import edit

# What has the miniature made in a further language.
LISTED = ("language: de\nhome", "language: de\nlanguages: [{id: ar, name: العربية}]\nhome")
# Calls, names in braces, code, tags, addresses, ids and numbers stay; words are spelt in Arabic letters, one for one.
_PARTS = re.compile(
    r"\{\{.*?\}\}|\{%.*?%\}|\{:.*?\}|\{[a-z_]+\}|\]\([^)]*\)|`[^`]*`|<[^>]*>|https?:\S+|[\w./-]*\d[\w./-]*|(?P<word>[A-Za-zÄÖÜäöüß]+)",
    re.DOTALL,
)
_LETTERS = str.maketrans("abcdefghijklmnopqrstuvwxyzäöüß", "ابكدعفغهيجقلمنوپرسشتثضظذزطآؤئة")
_POWERS = {"tausend": "ألف", "mio": "مليون", "millionen": "مليون"}


def spelt(text: str) -> str:
    """Return a text in the invented translation."""

    def one(found: re.Match[str]) -> str:
        word = (found["word"] or "").lower()
        return (_POWERS.get(word) or word.translate(_LETTERS)) if word else found.group()

    return _PARTS.sub(one, text)


def add_language(root: Path, say: Callable[[str, str], str] = lambda context, text: spelt(text)) -> Path:
    """Have a copy of the miniature made in the invented translation as well; return the copy."""
    edit(root, "data/report.yml", LISTED)
    translate(root, "ar")
    fill(root, "ar", say)
    translate(root, "ar")
    return root


def fill(root: Path, language: str, say: Callable[[str, str], str] = lambda context, text: spelt(text)) -> None:
    """Translate every entry of the catalogues of a language; `say` gets context and source, and may return nothing."""
    for path in sorted((root / LOCALE / language).rglob("*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file)
        for message in catalogue:
            if message.id:
                texts = (message.id,) if isinstance(message.id, str) else message.id
                said = [say(message.context, text) for text in texts]
                one = c2py(catalogue.plural_expr)(1)
                counted = tuple(said[0 if form == one else -1] for form in range(catalogue.num_plurals))
                message.string = said[0] if isinstance(message.id, str) else counted
        with path.open("wb") as file:
            write_po(file, catalogue, width=100)
