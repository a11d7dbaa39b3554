"""Find the code of a language that a bibliography file names by a code of two or three letters, or in words."""

from __future__ import annotations

import re
from functools import cache

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
