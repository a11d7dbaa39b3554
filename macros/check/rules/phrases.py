"""Rules on the words shown: what blocks print must stand in data/words, and every word of the models has a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Literal, get_args, get_origin

from macros import model
from macros.check.rule import rule
from macros.derive.gap import Movement
from macros.derive.ranks import Standing
from macros.load.draft import Draft, Entry
from macros.model.base import Bound, Grade, Origin
from macros.model.locale import locale_of, plurals
from macros.model.report import Plural
from macros.problems import Finding, Keys, suggest

# Words of the data whose values the models list; each needs a name in words.yml under its group.
_LISTED = {
    "origins": get_args(Origin),
    "grades": get_args(Grade),
    "bounds": get_args(Bound),
    "bound-signs": get_args(Bound),
    "standings": get_args(Standing),
    "citation-signs": ("for", "against", "near"),
    "citation-kinds": ("for", "against", "near"),
    "evidence-signs": ("for", "against"),
    "evidence-kinds": ("for", "against"),
    "point-signs": ("forecast", "goal", "derived"),
    "point-marks": ("forecast", "goal", "derived"),
    "ways": ("before", "after", "around"),
    "parties": ("domestic", "imported", "in-house", "unplaced"),
    "movements": get_args(Movement),
    "search-kinds": tuple(
        "equipment supplier priority dimension page assessment benchmark term claim series standard event conflict fact source".split()
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
    "editions": ("report", "Edition", "role"),
    "share-scopes": ("equipment", "ValueShare", "scope"),
    "country-bases": ("supplier", "Supplier", "country_basis"),
}


# A name in braces, or a brace alone.
_BRACES = re.compile(r"\{[^{}]*\}?|\}")


@cache
def printed_phrases() -> dict[str, frozenset[str]]:
    """Return the phrases that blocks and the theme print, each with the names in braces that are filled in.

    A list beside the templates, which a test compares with them and with the words of the report it lies in.
    """
    lines = files("macros").joinpath("templates", "phrases.txt").read_text("utf-8").splitlines()
    return {name: frozenset(blanks) for name, *blanks in map(str.split, lines)}


@rule
def phrase_exists(draft: Draft) -> Iterator[Finding]:
    """Every phrase that pages show must be in a file of data/words."""
    if not draft.is_complete("words"):
        return
    known = {name for file in draft.all("words") for name in file.record.phrases}
    for name in sorted(printed_phrases().keys() - known):
        wrong = f'the phrase "{name}", which pages show, is missing'
        yield Finding("data/words", 1, "phrases", wrong, f"add `{name}: ...` under phrases in a file there")


@rule
def phrase_filled(draft: Draft) -> Iterator[Finding]:
    """A name in braces must be one that is filled in where the phrase is printed; readers would see any other."""
    for file in draft.all("words"):
        for name, phrase in file.record.phrases.items():
            if name not in printed_phrases():
                continue
            blanks = printed_phrases()[name] | ({"n"} if isinstance(phrase, Plural) else frozenset())
            forms = phrase.model_dump(exclude_none=True).values() if isinstance(phrase, Plural) else (phrase,)
            said = {found for text in forms for found in _BRACES.findall(text)}
            for found in sorted(said - {f"{{{blank}}}" for blank in blanks}):
                known = ", ".join(f"{{{blank}}}" for blank in sorted(blanks))
                right = f"write {known}" if len(blanks) == 1 else f"choose one of {known}" if known else "leave it out"
                yield file.finding(("phrases", name), f'nothing is filled in for "{found}"', right)


@rule
def plural_complete(draft: Draft, report: Entry) -> Iterator[Finding]:
    """A phrase with a number must have every form that the language of the report counts in."""
    wanted = plurals(locale_of(report.record.language))
    for file in draft.all("words"):
        for name, phrase in file.record.phrases.items():
            lacking = [form for form in sorted(wanted) if isinstance(phrase, Plural) and not getattr(phrase, form)]
            for form in lacking:
                wrong = f'the form "{form}" is missing, which the language "{report.record.language}" needs'
                yield file.finding(("phrases", name), wrong, f"add `{form}: ...`")


@rule
def name_listed(draft: Draft) -> Iterator[Finding]:
    """Every word that a field allows must have a name to show."""
    if not draft.is_complete("words"):
        return
    names: dict[str, set[str]] = {}
    for file in draft.all("words"):
        for group, named in file.record.names.items():
            names.setdefault(group, set()).update(named)
    wanted = {**_LISTED, **{group: _choices(*place) for group, place in _FIELDS.items()}}
    for group, listed in wanted.items():
        for word in (word for word in listed if word not in names.get(group, ())):
            right = f"add `{word}: ...` under names.{group} there"
            yield Finding("data/words", 1, f"names.{group}", f'no name for "{word}"', right)


@rule
def figure_named(draft: Draft) -> Iterator[Finding]:
    """Every figure of companies must have a name to show, under names.company-metrics in data/words."""
    if not draft.is_complete("words"):
        return
    known = {name for file in draft.all("words") for name in file.record.names.get("company-metrics", ())}
    for entry, keys, metric in _metrics(draft):
        if metric not in known:
            right = suggest(metric, known) or f"add `{metric}: ...` under names.company-metrics in data/words"
            yield entry.finding(keys, f'no name for "{metric}"', right)


def _metrics(draft: Draft) -> Iterator[tuple[Entry, Keys, str]]:
    """Yield what figures of companies measure, wherever the data name it."""
    for entry in draft.all("suppliers"):
        for at, figure in enumerate(entry.record.figures):
            yield entry, ("figures", at, "metric"), figure.metric
    for entry in draft.all("method"):
        if entry.record.headline_figure:
            yield entry, ("headline_figure",), entry.record.headline_figure


def _choices(module: str, record: str, field: str) -> tuple[str, ...]:
    annotation = getattr(getattr(model, module), record).model_fields[field].annotation
    parts = [annotation, *get_args(annotation)]
    return next(get_args(part) for part in parts if get_origin(part) is Literal)
