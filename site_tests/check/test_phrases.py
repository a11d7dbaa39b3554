"""The list of phrases that blocks print is complete, so that `check` notices a phrase that is missing from the data."""

from __future__ import annotations

import re

from macros.check.rules.phrases import printed_phrases
from site_tests.conftest import REPOSITORY

MACROS = REPOSITORY / "macros"
_ASKED = re.compile(r"""\bword\(\s*["']([a-z0-9-]*[a-z0-9])["']\s*[,)]""")
_ASKED_BY_THEME = re.compile(r"\bwords\.([a-z_]+)")


def asked_phrases() -> set[str]:
    """Return the phrases that templates, present modules and the theme ask for by name."""
    files = (*MACROS.glob("templates/*.jinja"), *MACROS.glob("present/*.py"))
    names = {name for file in files for name in _ASKED.findall(file.read_text(encoding="utf-8"))}
    for file in MACROS.glob("theme/**/*.html"):
        names.update(name.replace("_", "-") for name in _ASKED_BY_THEME.findall(file.read_text(encoding="utf-8")))
    return names


def test_every_phrase_that_is_printed_is_listed_in_order() -> None:
    """Write the list with: python -m site_tests.check.test_phrases > macros/templates/phrases.txt."""
    assert list(printed_phrases()) == sorted(asked_phrases())


if __name__ == "__main__":
    print(*sorted(asked_phrases()), sep="\n")
