"""Rules on the words shown: what templates ask for must stand in data/words, and every word of the models has a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal, get_args, get_origin

from macros import model
from macros.draft import Draft
from macros.model.base import Bound, Grade, Origin
from macros.problems import Problem, suggest

_ASKED = re.compile(r"""\bword\(\s*["']([a-z0-9-]*[a-z0-9])["']\s*[,)]""")
_ASKED_BY_THEME = re.compile(r"\bwords\.([a-z_]+)")
_PACKAGE = Path(__file__).parent.parent

# Words of the data whose values the models list; each needs a name in words.yml under its group.
_LISTED = {
    "origins": get_args(Origin),
    "grades": get_args(Grade),
    "bounds": get_args(Bound),
    "months": tuple(f"{month:02}" for month in range(1, 13)),
    "search-kinds": (
        "equipment",
        "supplier",
        "priority",
        "dimension",
        "page",
        "assessment",
        "benchmark",
        "term",
        "claim",
        "series",
        "standard",
        "event",
        "conflict",
        "fact",
        "source",
    ),
}
_FIELDS = {
    "bases": ("equipment", "Assessment", "basis"),
    "equipment-kinds": ("equipment", "EquipmentClass", "kind"),
    "generations": ("equipment", "EquipmentClass", "generation"),
    "roles": ("supplier", "Makes", "role"),
    "statuses": ("supplier", "Supplier", "status"),
    "claim-kinds": ("context", "Claim", "kind"),
    "change-kinds": ("context", "Change", "kind"),
    "standard-kinds": ("context", "Standard", "kind"),
    "series-kinds": ("context", "Series", "kind"),
    "share-measures": ("evidence", "Share", "measure"),
    "share-counts": ("evidence", "Share", "counted_by"),
    "reliability": ("evidence", "Source", "reliability"),
}


@cache
def asked_phrases() -> frozenset[str]:
    """Return the phrases that templates, present modules and the theme ask for by name."""
    files = (*_PACKAGE.glob("templates/*.jinja"), *_PACKAGE.glob("present/*.py"))
    names = {name for file in files for name in _ASKED.findall(file.read_text(encoding="utf-8"))}
    for file in _PACKAGE.glob("theme/**/*.html"):
        names.update(name.replace("_", "-") for name in _ASKED_BY_THEME.findall(file.read_text(encoding="utf-8")))
    return frozenset(names)


def phrase_exists(draft: Draft) -> Iterator[Problem]:
    """Every phrase that a block prints must stand in a file of words."""
    files = draft.all("words")
    if not files or not draft.is_whole("words") or "words-records" in draft.broken:
        return
    known = {name for file in files for name in file.record.phrases}
    for name in sorted(asked_phrases() - known):
        right = suggest(name, known) or "add it"
        yield Problem("data/words", 1, "phrases", f'no phrase "{name}"', right, "phrase-exists")


def name_listed(draft: Draft) -> Iterator[Problem]:
    """Every word that the models allow must have a name to show."""
    files = draft.all("words")
    if not files or not draft.is_whole("words") or "words-records" in draft.broken:
        return
    names: dict[str, set[str]] = {}
    for file in files:
        for group, words in file.record.names.items():
            names.setdefault(group, set()).update(words)
    wanted = {**_LISTED, **{group: _choices(*place) for group, place in _FIELDS.items()}}
    for group, words in wanted.items():
        for word in words:
            if word not in names.get(group, ()):
                yield Problem(
                    "data/words", 1, f"names.{group}", f'no name for "{word}"', f"add `{word}: ...`", "name-listed"
                )


def _choices(module: str, record: str, field: str) -> tuple[str, ...]:
    annotation = getattr(getattr(model, module), record).model_fields[field].annotation
    parts = [annotation, *get_args(annotation)]
    return next(get_args(part) for part in parts if get_origin(part) is Literal)


SINGLE = ()
RULES = (phrase_exists, name_listed)
