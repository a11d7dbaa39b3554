"""Explain: what a rule asks, and an example of wrong and right.

The examples are the test cases of the rules (`site_tests/bad_data`), so that what is explained is what happens.
"""

from __future__ import annotations

from collections.abc import Iterator
from inspect import getdoc
from pathlib import Path
from textwrap import dedent
from typing import Any

import yaml

from macros.check import RULES as ON_DATA
from macros.problems import suggest
from macros.prose import RULES as ON_PROSE

RULES = (*ON_DATA, *ON_PROSE)

CASES = Path(__file__).parents[1] / "site_tests/bad_data"
# Rules on tables and commands have no case of their own; that on names of pages has several sides.
_OTHER = {
    "can-edit": "A value must be one that can be written into its file without touching anything else there.",
    "file-writable": "A file must be one that may be written.",
    "fresh": "A fact that a known level of the current edition or a priority rests on must not have outlived its shelf life.",
    "page-exists": "A page that is named must exist, a page of a folder must belong to a record, and none may be named like a further part.",
    "table-cell": "A cell of a table must hold what its field may hold; rows and columns stay those of the export.",
    "table-readable": "A table must be a CSV or XLSX file as `python -m macros export` writes it.",
}


def rules() -> list[str]:
    """Return the name of every rule that can be explained, in order."""
    named = {rule.__name__.replace("_", "-") for rule in RULES}
    return sorted(named | set(_OTHER) | {path.name.split(".")[0] for path in CASES.glob("*.yml")})


def explain(rule: str) -> str:
    """Return the explanation of a rule. Raises LookupError when there is no such rule."""
    if rule not in rules():
        raise LookupError(f'There is no rule "{rule}"; {suggest(rule, rules()) or "data/README.md lists them"}')
    asked = [text for text in (_asked(rule), _OTHER.get(rule, "")) if text]
    cases = list(_cases(rule))
    if not asked and cases:
        asked = [cases[0][0]]
    parts = [f"{rule}: {asked[0] if asked else ''}"]
    parts += [_example(title if title not in parts[0] else "", case) for title, case in cases]
    return "\n\n".join(parts) + "\n\nEvery rule and field: data/README.md. Check the data: python -m macros check"


def _asked(rule: str) -> str:
    """Return what a rule says of itself: the docstring of its function."""
    return next((getdoc(function) or "" for function in RULES if function.__name__.replace("_", "-") == rule), "")


def _cases(rule: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield title and content of each test case of a rule, the plain one first."""
    for path in sorted(CASES.glob(f"{rule}.*yml"), key=lambda path: (path.name != f"{rule}.yml", path.name)):
        text = path.read_text(encoding="utf-8")
        yield text.split("\n", 1)[0].removeprefix("# "), yaml.safe_load(text)


def _example(title: str, case: dict[str, Any]) -> str:
    """Return a case as an editor sees it: the lines as they were wrong, the message, the lines as they are right."""
    changes = case.get("replace", [])
    change = changes[0] if isinstance(changes, list) and changes else changes
    rows = [title] if title else []
    if change:
        rows += ["  wrong:", *_indented(change["new"]), "  right:", *_indented(change["old"])]
    message = next((line for line in case["expect"].splitlines()), "")
    return "\n".join([*rows, "  message:", *_indented(message)])


def _indented(text: str) -> list[str]:
    return [f"    {line}" for line in dedent(text).strip("\n").split("\n")] if text.strip() else ["    (nothing)"]
