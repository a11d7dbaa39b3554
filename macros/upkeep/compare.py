"""Compare two states of the report, in their evidence and in their conclusions. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from macros.derive.levels import Cell
from macros.load.landscape import INDUSTRY, Landscape
from macros.model.base import Record
from macros.present.book import Book
from macros.present.summary import findings

Kind = Literal["edition", "finding", "rank", "gap index", "level", "verdict", "confidence", "fact", "source"]
# Judgements first, then what follows from them, then what they rest on.
KINDS: tuple[Kind, ...] = (
    "edition",
    "level",
    "verdict",
    "finding",
    "gap index",
    "rank",
    "confidence",
    "fact",
    "source",
)
Key = tuple[str, ...]
State = dict[Kind, dict[Key, dict[str, object]]]
# Records of an edition that one state lacks are not compared: the new edition itself is the change.
_BY_EDITION: tuple[Kind, ...] = ("gap index", "level", "verdict", "confidence")
NOT_SHOWN = "not enough evidence"


@dataclass(frozen=True)
class Change:
    """A record that was added or removed (field empty), or one field of it that changed.

    `key` names the record within its kind; `before` and `after` are plain data, None where there is nothing.
    """

    kind: Kind
    key: Key
    sort: Literal["added", "removed", "changed"]
    field: str
    before: Any
    after: Any


def compare(old: Landscape, new: Landscape) -> list[Change]:
    """Return every change from one state to another, judgements first, in reading order of the new state.

    For an edition that only the new state has, the levels that moved since the edition before are included.
    """
    # Both use the words of the new state: a better phrase is no change of a finding.
    before, after = state(replace(old, words=new.words)), state(new)
    shared = {key[0] for key in before["edition"] if key in after["edition"]}
    for kind in _BY_EDITION:
        for side in (before, after):
            side[kind] = {key: record for key, record in side[kind].items() if key[-1] in shared}
    found = [change for kind in KINDS for change in _changes(kind, before[kind], after[kind])]
    moved = [
        change
        for edition in new.report.editions[1:]
        if edition.id not in shared
        for change in _moved_levels(new, edition.id)
    ]
    at = sum(change.kind == "edition" for change in found)
    return [*found[:at], *moved, *found[at:]]


def _moved_levels(land: Landscape, edition: str) -> Iterator[Change]:
    """Yield each level that differs at an edition from the edition before."""
    order = list(land.editions)
    for (owner, dimension, at), found in land.cells.items():
        before = land.cells.get((owner, dimension, order[order.index(edition) - 1]))
        if at == edition and before and before.level != found.level:
            yield Change("level", (owner, dimension, at), "changed", "level", before.level, found.level)


def _changes(kind: Kind, before: dict[Key, dict[str, object]], after: dict[Key, dict[str, object]]) -> Iterator[Change]:
    for key in [*after, *(key for key in before if key not in after)]:
        if key not in before:
            yield Change(kind, key, "added", "", None, after[key])
        elif key not in after:
            yield Change(kind, key, "removed", "", before[key], None)
        else:
            for field in {**before[key], **after[key]}:
                ends = before[key].get(field), after[key].get(field)
                if ends[0] != ends[1]:
                    yield Change(kind, key, "changed", field, *ends)


def state(land: Landscape) -> State:
    """Return what is compared, by kind and key, each as named plain values."""
    book = Book(land)
    return {
        "edition": {(edition.id,): _plain(edition) for edition in land.report.editions},
        "finding": {(found.id,): {"text": found.text, "confidence": found.grade} for found in findings(book)},
        "rank": dict(_ranks(book)),
        "gap index": dict(_indices(book)),
        "level": {cell: _level(land, cell) for cell in land.cells},
        "verdict": {(c.id, v.edition): {"verdict": v.verdict} for c in land.claims.values() for v in c.verdicts},
        "confidence": dict(_confidences(book)),
        "fact": {(name,): {"file": land.fact_homes[name], **_plain(fact)} for name, fact in land.facts.items()},
        "source": {(name,): _plain(source) for name, source in land.sources.items()},
    }


def _level(land: Landscape, cell: Cell) -> dict[str, object]:
    found = land.cells[cell]
    return {"level": found.level, "basis": found.basis}


def _ranks(book: Book) -> Iterator[tuple[Key, dict[str, object]]]:
    for preset, scored in book.results.ranking.items():
        for item in scored:
            yield (item.priority, preset), {"rank": item.rank}


def _indices(book: Book) -> Iterator[tuple[Key, dict[str, object]]]:
    """Yield the gap index of every class and dimension at every edition, as it is shown: to one decimal."""
    results = book.results
    for (name, edition), found in (*results.class_index.items(), *results.dimension_index.items()):
        yield (name, edition), {"index": NOT_SHOWN if found.shown is None else round(found.shown, 1) + 0.0}


def _confidences(book: Book) -> Iterator[tuple[Key, dict[str, object]]]:
    """Yield the confidence of every level that is known."""
    for cell, found in book.results.confidence.items():
        if book.results.severity(*cell) is not None:
            yield cell, {"confidence": found.grade}


def _plain(record: Record) -> dict[str, object]:
    """Return the fields of a record but its id, as JSON has them."""
    return {name: value for name, value in record.model_dump(mode="json", by_alias=True).items() if name != "id"}


def name_of(change: Change, land: Landscape) -> str:
    """Return how a person names what changed: the class and dimension of a level, the title of a priority, the id of a fact."""
    names = {
        **{name: item.name for name, item in land.equipment.items()},
        **{name: item.name for name, item in land.dimensions.items()},
        INDUSTRY: land.industry.name,
    }
    if change.kind == "rank":
        presets = {preset.id: preset.name for preset in land.method.presets}
        priority, preset = change.key
        title = land.priorities[priority].title if priority in land.priorities else priority
        return f"{title} ({presets.get(preset, preset)})"
    if change.kind in ("level", "confidence", "gap index"):
        return ", ".join(names.get(part, part) for part in change.key)
    return ", ".join(change.key)


def towards(change: Change, land: Landscape) -> int:
    """Return by how many steps a changed level moved towards the domestic side; 0 where that cannot be said."""
    if change.kind != "level" or change.field != "level":
        return 0
    before, after = (
        land.levels[name].severity if name in land.levels else None for name in (change.before, change.after)
    )
    return before - after if before is not None and after is not None else 0
