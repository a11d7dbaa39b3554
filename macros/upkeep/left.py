"""Find texts that an edit left unchanged and that may be wrong now. Pure.

A reason may still hold the old figure of a fact; a page may speak of a level that has moved.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from macros.check.rules.cited import holds, numbers_of
from macros.load.draft import Entry
from macros.load.landscape import INDUSTRY
from macros.model.base import Record, fields_of, holders_of
from macros.model.references import fields_naming
from macros.problems import Keys
from macros.upkeep.compare import Change, name_of
from macros.upkeep.history import State


class Left(NamedTuple):
    """A text to look at: the file, the line, and why."""

    path: str
    line: int
    why: str


def texts_left(changes: Collection[Change], new: State, old: State) -> list[Left]:
    """Return each text with a figure that a fact it cites no longer has, or on a level that has moved since."""
    found = [*_old_figures(changes, new), *_of_moved_levels(changes, new, old), *_pages_left(changes, new, old)]
    return sorted({*found})


def _old_figures(changes: Collection[Change], new: State) -> Iterator[Left]:
    land, locale = new.land, new.draft.locale()
    figures = {
        change.key[0]: gone
        for change in changes
        if change.kind == "fact" and change.field == "value" and change.key[0] in land.facts
        if (gone := _numbers(change.before) - numbers_of(land.facts[change.key[0]], locale) - _numbers(change.after))
    }
    for entry, keys, record in new.draft.records if figures else ():
        cited = {name for field in fields_naming(type(record), "facts") for name in getattr(record, field)}
        for name in sorted(cited & figures.keys()):
            for place, text in _texts(record, keys):
                for number in sorted(figures[name]):
                    if holds(text, number, locale):
                        why = f'holds {number:g}, which fact "{name}" has no more'
                        yield Left(entry.path, entry.document.line((*entry.keys, *place)), why)


def _numbers(value: Any) -> set[float]:
    parts = value if isinstance(value, list) else [value]
    return {abs(part) for part in parts if isinstance(part, (int, float))}


def _texts(record: Record, keys: Keys) -> Iterator[tuple[Keys, str]]:
    """Yield each text of a record, and of the records within it that cite nothing themselves."""
    for name, alias in fields_of(type(record)).items():
        value = getattr(record, name)
        for at, part in enumerate(value) if isinstance(value, tuple) else [(None, value)]:
            place = (*keys, alias) if at is None else (*keys, alias, at)
            if isinstance(part, str) and " " in part:  # an id is no text
                yield place, part
            elif (
                isinstance(part, Record) and name in holders_of(type(record)) and not fields_naming(type(part), "facts")
            ):
                yield from _texts(part, place)


def _moved_levels(changes: Collection[Change]) -> dict[tuple[str, str], Change]:
    """Return the change of each level that moved, by its class and dimension."""
    return {
        (c.key[0], c.key[1]): c for c in changes if c.kind == "level" and c.sort == "changed" and c.field == "level"
    }


def _of_moved_levels(changes: Collection[Change], new: State, old: State) -> Iterator[Left]:
    """Yield the priorities and claims on a level that moved whose words are those from before."""
    moved = _moved_levels(changes)
    before = {
        (entry.kind, entry.record.id): entry.record
        for kind in ("priorities", "claims")
        for entry in old.draft.all(kind)
    }
    for kind, dimensions, words in (
        ("priorities", "dimensions", ("problem", "reasoning")),
        ("claims", "dimension", ("reasoning",)),
    ):
        for entry in new.draft.all(kind) if moved else ():
            was = before.get((kind, entry.record.id))
            points = [
                (owner, dimension)
                for owner in _each(entry.record.equipment)
                for dimension in _each(getattr(entry.record, dimensions))
            ]
            for point in points:
                if point in moved and was:
                    for word in words:
                        if getattr(was, word) == getattr(entry.record, word):
                            yield Left(
                                entry.path,
                                _line(entry, word),
                                f"speaks of {name_of(moved[point], new.land)}, which moved",
                            )


def _each(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value or ()


def _line(entry: Entry, field: str) -> int:
    return entry.document.line((*entry.keys, field))


def _pages_left(changes: Collection[Change], new: State, old: State) -> Iterator[Left]:
    """Yield each page that names a class of which a level moved, at the line that names it, and is as it was."""
    for (owner, dimension), change in _moved_levels(changes).items():
        named = re.compile(rf"""["'/]{re.escape(owner)}(["']|\.md)""")
        own = f"content/dimensions/{dimension}.md" if owner == INDUSTRY else f"content/equipment/{owner}.md"
        for path, text in new.pages.items():
            at = 0 if path == own else next((m.start() for m in named.finditer(text)), None)
            if at is not None and old.pages.get(path) == text:
                yield Left(path, text.count("\n", 0, at) + 1, f"speaks of {name_of(change, new.land)}, which moved")
