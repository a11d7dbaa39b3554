"""Write changes as text for a terminal, as Markdown for a pull request, and as JSON for programs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

from macros.load.landscape import Landscape
from macros.upkeep.compare import KINDS, Change, name_of, towards
from macros.upkeep.left import Left

Ends = tuple[str, str | None]
Writer = Callable[[list[Change], Landscape, Ends, list[str], Sequence[Left]], str]
_PLURAL = {"gap index": "gap indices", "confidence": "confidences"}
_CONCLUSIONS = KINDS[KINDS.index("edition") + 1 : KINDS.index("fact")]
_LONG = 300
TO_LOOK_AT = "texts to look at"


def _place(left: Left) -> str:
    return f"{left.path}:{left.line}"


def headline(changes: list[Change], land: Landscape) -> str:
    """Return what moved in the conclusions, and in what they rest on, in a sentence or two."""
    if not changes:
        return "Nothing moved."
    counts = Counter(kind for kind, _ in {(change.kind, change.key) for change in changes})
    said = [
        f"{_count(counts[kind], kind)}{_direction(changes, land) if kind == 'level' else ''}"
        for kind in _CONCLUSIONS
        if counts[kind]
    ]
    rests = [_sorts(changes, kind) for kind in ("fact", "source") if counts[kind]]
    moved = f"Moved: {', '.join(said)}." if said else "No conclusion moved."
    started = "".join(f"New edition {c.key[0]}. " for c in changes if c.kind == "edition" and c.sort == "added")
    return started + (f"{moved} Evidence: {'; '.join(rests)}." if rests else moved)


def _count(number: int, kind: str) -> str:
    return f"{number} {kind if number == 1 else _PLURAL.get(kind, f'{kind}s')}"


def _direction(changes: list[Change], land: Landscape) -> str:
    steps = [towards(change, land) for change in changes]
    forward, back = sum(step > 0 for step in steps), sum(step < 0 for step in steps)
    parts = [f"{forward} towards the domestic side"] * bool(forward) + [f"{back} away from it"] * bool(back)
    return f" ({', '.join(parts)})" if parts else ""


def _sorts(changes: list[Change], kind: str) -> str:
    """Return how many records of a kind were added, removed and changed."""
    counts = Counter(sort for sort, _ in {(change.sort, change.key) for change in changes if change.kind == kind})
    said = ", ".join(f"{counts[sort]} {sort}" for sort in ("added", "changed", "removed") if counts[sort])
    return f"{_PLURAL.get(kind, f'{kind}s')} {said}"


def text(changes: list[Change], land: Landscape, ends: Ends, notes: list[str], left: Sequence[Left] = ()) -> str:
    """Return the changes for a terminal: the headline, then a line a change under its kind."""
    lines = [f"{_ends(ends)}: {headline(changes, land)}", *(f"Note: {note}." for note in notes)]
    for kind, group in groupby(changes, key=lambda change: change.kind):
        lines += ["", f"{_PLURAL.get(kind, f'{kind}s')}"]
        lines += [f"  {name_of(change, land)}: {_what(change)}" for change in group]
    lines += ["", TO_LOOK_AT] * bool(left) + [f"  {_place(one)}: {one.why}" for one in left]
    hint = "For a pull request: --format markdown" if changes else "Check the data: make check"
    return "\n".join([*lines, "", hint])


def _what(change: Change) -> str:
    if change.sort == "changed":
        field = "" if change.field in (*change.kind.split(), "text") else f"{change.field} "
        return f"{field}{value_in_words(change.before)} -> {value_in_words(change.after)}"
    return f"{change.sort} ({_in_short(change.after or change.before)})"


def _in_short(record: dict[str, Any]) -> str:
    """Return what an added or removed record was: its statement or title, else its values."""
    said = record.get("statement") or record.get("title")
    return said or ", ".join(value_in_words(value) for value in record.values() if value is not None)


def value_in_words(value: object) -> str:
    """Return a plain value as a person reads it, on one line."""
    if value is None:
        return "nothing"
    said = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    said = " ".join(said.split())
    return said if len(said) <= _LONG else f"{said[:_LONG]}…"


def markdown(changes: list[Change], land: Landscape, ends: Ends, notes: list[str], left: Sequence[Left] = ()) -> str:
    """Return the changes for a pull request: the headline, a table a kind; long ones folded."""
    lines = [f"**{headline(changes, land)}**", "", f"{_ends(ends)}, computed from the data."]
    lines += [f"\n> {cell(note)}." for note in notes]
    for kind, group in groupby(changes, key=lambda change: change.kind):
        rows = list(group)
        title = f"{_PLURAL.get(kind, f'{kind}s').capitalize()} ({len(rows)})"
        table = ["| | | before | after |", "| --- | --- | --- | --- |"]
        table += [
            f"| {cell(name_of(change, land))} | {cell(change.field or change.sort)} | {_side(change.before)} | {_side(change.after)} |"
            for change in rows
        ]
        folded = len(rows) > 20
        opening = [f"<details><summary>{title}</summary>"] if folded else [f"### {title}"]
        lines += ["", *opening, "", *table, *(["", "</details>"] if folded else [])]
    lines += ["", f"### {TO_LOOK_AT.capitalize()} ({len(left)})", ""] * bool(left)
    lines += [f"- `{_place(one)}` {cell(one.why)}" for one in left]
    return "\n".join(lines)


def _side(value: object) -> str:
    return (
        cell(_in_short(value) if isinstance(value, dict) and value else value_in_words(value))
        if value is not None
        else ""
    )


def cell(words: str) -> str:
    """Return a text that stands in a cell of a Markdown table as it is: no markup, no break."""
    words = " ".join(words.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for letter in "\\`*_{}[]|~@":
        words = words.replace(letter, f"\\{letter}" if letter != "@" else "@\u200b")
    return words


def _ends(ends: Ends) -> str:
    return f"{ends[0]} to {ends[1] or 'the working tree'}"


def as_json(changes: list[Change], land: Landscape, ends: Ends, notes: list[str], left: Sequence[Left] = ()) -> str:
    """Return the changes as JSON: old, new, headline, notes, and every change with its values."""
    rows = [
        {"kind": change.kind, "key": list(change.key), "name": name_of(change, land), "sort": change.sort,
         "field": change.field or None, "before": change.before, "after": change.after}
        for change in changes
    ]  # fmt: skip
    found = {"old": ends[0], "new": ends[1], "headline": headline(changes, land), "notes": notes, "changes": rows,
             "texts": [one._asdict() for one in left]}  # fmt: skip
    return json.dumps(found, ensure_ascii=False, indent=2)


FORMATS: dict[str, Writer] = {"text": text, "markdown": markdown, "json": as_json}
