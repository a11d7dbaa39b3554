"""Collect the values of a new record from options, or by asking a person field by field."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from macros.editing.cells import BadCell, value_of
from macros.editing.edit import ABSENT
from macros.model.fields import Leaf

Ask = Callable[[str], str]
_MANY = 40


class NotGiven(Exception):
    """Raised when values are missing or wrong and nobody can be asked; one line for each."""

    def __init__(self, lines: Sequence[str]):
        super().__init__("\n".join(lines))


def option(leaf: Leaf, prefix: str = "") -> str:
    """Return how a field is called on the command line."""
    return f"--{prefix}{leaf.name.replace('_', '-').lower()}"


def values(
    fields: Sequence[Leaf], given: dict[str, str], ask: Ask | None, every: bool = False, prefix: str = ""
) -> dict[str, Any]:
    """Return the value of every field: given, asked for, or empty where allowed. Answers are added to the given values.

    `ask` puts a question (None: nobody is there); with `every` it asks for optional fields, too. Raises NotGiven.
    """
    found: dict[str, Any] = {}
    missing: list[str] = []
    skipped: set[tuple[str, ...]] = set()
    for leaf in fields:
        if leaf.owner and leaf.owner not in skipped and not _is_group_wanted(leaf, fields, given, ask, every):
            skipped.add(leaf.owner)
        if leaf.name in given:
            try:
                found[leaf.name] = value_of(leaf, _typed_value(given[leaf.name]))
            except BadCell as error:
                missing.append(f"{option(leaf, prefix)}: {error.wrong}; {error.right}")
        elif leaf.owner in skipped:
            found[leaf.name] = ABSENT
        elif ask and (every or _is_needed(leaf)):
            found[leaf.name], given[leaf.name] = _answer(leaf, ask)
        elif _is_needed(leaf):
            missing.append(f"{option(leaf, prefix)} is needed: {leaf.about}{_choices(leaf)}")
        else:
            found[leaf.name] = value_of(leaf, "")
    if missing:
        raise NotGiven(missing)
    return found


def _typed_value(text: str) -> str:
    """Return a typed text; `null` counts as empty."""
    return "" if text.strip() == "null" else text


def _is_needed(leaf: Leaf) -> bool:
    if leaf.is_list:
        return bool(leaf.node.get("minItems"))
    return leaf.is_required and not leaf.is_nullable


def _is_group_wanted(
    leaf: Leaf, fields: Sequence[Leaf], given: Mapping[str, str], ask: Ask | None, every: bool
) -> bool:
    mine = [other for other in fields if other.owner == leaf.owner]
    if any(other.name in given for other in mine):
        return True
    if not ask or not every or mine[0] is not leaf:
        return bool(ask and every and mine[0] is not leaf)
    names = ", ".join(other.keys[-1] for other in mine)
    return ask(f"\n{'.'.join(leaf.owner)} ({names}): give it? y or n [n] ").strip().lower() in ("y", "yes")


def _answer(leaf: Leaf, ask: Ask) -> tuple[Any, str]:
    """Ask for one field until the answer fits; return it as a value, and as it was typed."""
    empty = "" if _is_needed(leaf) else " (may be empty)"
    several = " (several: one; two)" if leaf.is_list else ""
    question = f"\n{leaf.about}{_choices(leaf)}\n{leaf.name}{several}{empty}: "
    while True:
        try:
            answer = ask(question).strip()
            value = value_of(leaf, _typed_value(answer))
            if _is_needed(leaf) and value in ((), None):
                raise BadCell("is empty", "an answer is needed here")
            return value, answer
        except BadCell as error:
            question = f"{error.wrong}; {error.right}\n{leaf.name}: "


def _choices(leaf: Leaf) -> str:
    return f" [{', '.join(leaf.allowed)}]" if 0 < len(leaf.allowed) <= _MANY else ""
