"""Rules on the choices of the report: method.yml is complete, and what is listed within a file has its own name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from macros.derive.priority import VALUE_FUNCTIONS
from macros.draft import Draft, Entry
from macros.problems import Keys, Problem, suggest
from macros.terms import form_key


def method_complete(draft: Draft) -> Iterator[Problem]:
    """Method.yml must name criteria the program can count, a preset, and a severity for every level but the unknown one."""
    method = draft.one("method")
    if not method:
        return
    for at, criterion in enumerate(method.record.criteria):
        if criterion.id not in VALUE_FUNCTIONS:
            wrong = f'the program has no value function for "{criterion.id}"'
            yield method.problem(
                ("criteria", at, "id"), wrong, suggest(criterion.id, VALUE_FUNCTIONS), "method-complete"
            )
    for at, level in enumerate(method.record.levels):
        if (level.severity is None) != (level.id == method.record.unknown):
            wrong = f'level "{level.id}" has {"no" if level.severity is None else "a"} severity'
            right = "the unknown level has none, every other level a number"
            yield method.problem(("levels", at, "severity"), wrong, right, "method-complete")
    if not any((level.severity or 0) > 0 for level in method.record.levels):
        yield method.problem("levels", "no level is behind", "give one a severity above 0", "method-complete")
    if not method.record.presets:
        yield method.problem("presets", "no preset", "add one: the first is the one shown", "method-complete")


def preset_weighs(draft: Draft) -> Iterator[Problem]:
    """A preset must give a weight to every criterion, and not only zeros."""
    method = draft.one("method")
    if not method:
        return
    criteria = [criterion.id for criterion in method.record.criteria]
    for at, preset in enumerate(method.record.presets):
        for name in criteria:
            if name not in preset.weights:
                yield method.problem(
                    ("presets", at, "weights"), f'no weight for "{name}"', f"add `{name}: 0` or more", "preset-weighs"
                )
        if not sum(preset.weights.values()):
            yield method.problem(
                ("presets", at, "weights"), "all weights are zero", "give one of them a weight", "preset-weighs"
            )


def unique_within(draft: Draft) -> Iterator[Problem]:
    """An id must be used once in a list within a file, and a benchmark's once in all files."""
    yield from _repeated(_listed(draft, "report", "editions"))
    for name in (
        "levels",
        "source_kinds",
        "topics",
        "verdicts",
        "event_kinds",
        "horizons",
        "actors",
        "criteria",
        "presets",
    ):
        yield from _repeated(_listed(draft, "method", name))
    yield from _repeated(_listed(draft, "measurement", "unpublished"))
    yield from _repeated(_listed(draft, "equipment", "benchmarks") + _listed(draft, "industry", "benchmarks"))
    for entry in draft.all("equipment"):
        yield from _repeated([(entry, ("key_metrics", at), row) for at, row in enumerate(entry.record.key_metrics)])


def term_once(draft: Draft) -> Iterator[Problem]:
    """A word must open the definition of one term only."""
    seen: dict[str, str] = {}
    for entry in draft.all("glossary"):
        for at, form in enumerate(entry.record.forms):
            key = form_key(form)
            if key in seen:
                yield entry.problem(
                    ("forms", at), f'"{form}" opens "{seen[key]}" already', "keep it in one term", "term-once"
                )
            seen.setdefault(key, entry.record.id)


def _listed(draft: Draft, kind: str, field: str) -> list[tuple[Entry, Keys, Any]]:
    return [
        (entry, (field, at), row) for entry in draft.all(kind) for at, row in enumerate(getattr(entry.record, field))
    ]


def _repeated(rows: list[tuple[Entry, Keys, Any]]) -> Iterator[Problem]:
    seen: dict[str, tuple[Entry, Keys]] = {}
    for entry, keys, row in rows:
        if row.id in seen:
            first, first_keys = seen[row.id]
            wrong = f'id "{row.id}" is used already in {first.path}:{first.document.line((*first_keys, "id"))}'
            yield entry.problem((*keys, "id"), wrong, "give it an id of its own", "unique-id")
        seen.setdefault(row.id, (entry, keys))


RULES = (method_complete, preset_weighs, unique_within, term_once)
# What judges a file by itself and by the choices of the report; see macros/check/passed.py.
SINGLE = (method_complete, preset_weighs)
