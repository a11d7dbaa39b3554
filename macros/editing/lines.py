"""Write a new record as lines of YAML, with a short comment on each field. Pure."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from macros.editing.edit import ABSENT
from macros.editing.values import WIDTH, Layout, value_text
from macros.model.fields import Leaf

_COMMENT_COLUMN = 36
_LONG = 90


def record_lines(
    fields: Sequence[Leaf], values: Mapping[str, object], order: Sequence[str], indent: int = 0, comments: bool = True
) -> list[str]:
    """Return a record as lines, each field with its meaning behind it, or above it where the line is full.

    `values` are by name of field, ABSENT ones left out; `order` names the fields as records nearby have them;
    `indent` is where the lines will stand.
    """
    lines: list[str] = []
    names = list(dict.fromkeys(leaf.keys[0] for leaf in fields))
    for name in sorted(names, key=lambda each: _rank(each, names, order)):
        mine = [leaf for leaf in fields if leaf.keys[0] == name]
        lines.extend(_field(name, mine, values, indent, comments))
    return lines


def _rank(name: str, names: Sequence[str], order: Sequence[str]) -> tuple[float, int]:
    """Place a field where records nearby have it; one they lack follows the field before it in the model."""
    at = names.index(name)
    while at >= 0 and names[at] not in order:
        at -= 1
    return (order.index(names[at]) if at >= 0 else -1, names.index(name))


def _field(name: str, mine: Sequence[Leaf], values: Mapping[str, object], indent: int, comments: bool) -> Iterator[str]:
    given = [leaf for leaf in mine if values.get(leaf.name, ABSENT) is not ABSENT]
    if mine[0].keys == (name,):
        for leaf in given:
            yield from _line(name, values[leaf.name], leaf, indent, comments, _COMMENT_COLUMN)
    elif given:
        yield f"{name}:"
        for leaf in given:
            inner = _line(leaf.keys[-1], values[leaf.name], leaf, indent + 2, comments, _COMMENT_COLUMN - 2)
            yield from (f"  {line}" for line in inner)
    elif mine[0].owner and mine[0].is_owner_required:
        group = Leaf((name,), {"description": mine[0].owner_about}, True)
        yield from _line(name, None, group, indent, comments, _COMMENT_COLUMN)


def _line(name: str, value: object, leaf: Leaf, indent: int, comments: bool, column: int) -> Iterator[str]:
    lines = _plain_lines(name, value, leaf, indent)
    note = _note(leaf) if comments else ""
    if not note:
        yield from lines
    elif len(lines) == 1 and indent + max(len(lines[0]), column) + len(note) + 4 <= WIDTH:
        yield f"{lines[0].ljust(column)}  # {note}"
    else:
        yield from (f"# {part}" for part in textwrap.wrap(note, WIDTH - indent - 4))
        yield from lines


def _plain_lines(name: str, value: Any, leaf: Leaf, indent: int) -> list[str]:
    if value and leaf.is_list and not leaf.lists_ids:
        # Sentences stand one a line, ids in brackets.
        entries = [value_text(entry, Layout(indent + 4, 0, indent + 4)) for entry in value]
        text = "\n".join([f"{name}:", *(f"{' ' * indent}  - {entry}" for entry in entries)])
    else:
        text = f"{name}: " + value_text(value, Layout(indent + len(name) + 2, 0, 2 + indent))
    return [line.removeprefix(" " * indent) for line in text.split("\n")]


def _note(leaf: Leaf) -> str:
    note = leaf.about.rstrip(".") if len(leaf.about) <= _LONG else leaf.about.split(". ")[0].rstrip(".")
    fixed = leaf.node.get("enum") and "one of `" not in note
    words = ", ".join(leaf.allowed)
    if fixed and len(words) <= _LONG and not all(word in note for word in leaf.allowed):
        note += f" ({words})"
    return note
