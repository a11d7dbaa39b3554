"""The list of phrases that blocks print is complete, so that `check` notices a phrase that is missing from the data."""

from __future__ import annotations

import re

from macros.check.rules.phrases import printed_phrases
from site_tests.conftest import REPOSITORY
from site_tests.support.records import data_in

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


def listed() -> list[str]:
    """Return each phrase that is printed, with the names in braces that the words of this report have in it."""
    said: dict[str, set[str]] = {}
    for path in (REPOSITORY / "data/words").glob("*.yml"):
        for name, phrase in data_in(path)["phrases"].items():
            said[name] = set(re.findall(r"\{(\w+)\}", str(phrase)))
    return [" ".join((name, *sorted(said.get(name, ())))) for name in sorted(asked_phrases())]


def test_every_phrase_that_is_printed_is_listed_in_order() -> None:
    """Write the list with: python -m site_tests.check.test_phrases > macros/templates/phrases.txt."""
    assert [" ".join((name, *sorted(blanks))) for name, blanks in printed_phrases().items()] == listed()


if __name__ == "__main__":
    print(*listed(), sep="\n")
