"""Explain what a rule asks, with an example of wrong and right.

The tests run each example on the miniature report, so that no explanation can be out of date.
"""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from textwrap import dedent
from typing import Any

import yaml

from macros.check.prose import RULES as ON_PROSE
from macros.check.rules import RULES as ON_DATA
from macros.check.translations.rules import RULES as ON_TRANSLATIONS
from macros.problems import suggest

ASKED = {rule.id: rule.asks for rule in (*ON_DATA, *ON_PROSE, *ON_TRANSLATIONS)}

# Rules on tables and commands have no example; the rule on names of pages has several.
_OTHER = {
    "can-edit": "A value must be one that can be written into its file without touching anything else there.",
    "file-writable": "A file must be one that may be written.",
    "fresh": "A fact that a known level of the current edition or a priority rests on must not have outlived its shelf life.",
    "translated": "With --fresh: every text must have a translation, made of what it says now, in each language of the report.",
    "shown-on-page": "Records that others link to must be on a page: one of content/ calls the macro that lists them.",
    "page-exists": "A page that is named must exist, a page of a folder must belong to a record, and none may be named like a further part.",
    "record-exists": "A record that is to be renamed or removed must exist.",
    "still-named": "A record must not be removed while a page, a text or a field that cannot be empty names it.",
    "table-cell": "A cell of a table must hold what its field may hold; rows and columns stay those of the export.",
    "table-readable": "A table must be a CSV or XLSX file as `python -m macros export` writes it.",
}


def rules() -> list[str]:
    """Return the id of every rule that can be explained, in order."""
    return sorted(set(ASKED) | set(_OTHER) | {_rule_of(example) for example in examples()})


def examples() -> list[Traversable]:
    """Return the examples of all rules, in order: RULE.yml, and RULE.CASE.yml for further cases of the same rule."""
    found = (path for path in files("macros.check").joinpath("examples").iterdir() if path.name.endswith(".yml"))
    return sorted(found, key=lambda path: (_rule_of(path), path.name.count("."), path.name))


def _rule_of(example: Traversable) -> str:
    return example.name.split(".")[0]


def explain(rule: str) -> str:
    """Return the explanation of a rule. Raises LookupError when there is no such rule."""
    if rule not in rules():
        raise LookupError(f'There is no rule "{rule}"; {suggest(rule, rules()) or "data/README.md lists them"}')
    cases = [_title_and_case(example) for example in examples() if _rule_of(example) == rule]
    asked = ASKED.get(rule, "") or _OTHER.get(rule, "") or cases[0][0]
    parts = [f"{rule}: {asked}"]
    parts += [_example(title if title not in parts[0] else "", case) for title, case in cases]
    return "\n\n".join(parts) + "\n\nEvery rule and field: data/README.md. Check the data: python -m macros check"


def _title_and_case(example: Traversable) -> tuple[str, dict[str, Any]]:
    text = example.read_text(encoding="utf-8")
    return text.split("\n", 1)[0].removeprefix("# "), yaml.safe_load(text)


def _example(title: str, case: dict[str, Any]) -> str:
    """Return a case as an editor sees it: the lines as they were wrong, the message, the lines as they are right."""
    changes = case.get("replace", [])
    change = changes if isinstance(changes, dict) else next(iter(changes), None)
    rows = [title] if title else []
    if change:
        rows += ["  wrong:", *_indent_lines(change["new"]), "  right:", *_indent_lines(change["old"])]
    message = next((line for line in case["expect"].splitlines()), "")
    return "\n".join([*rows, "  message:", *_indent_lines(message)])


def _indent_lines(text: str) -> list[str]:
    return [f"    {line}" for line in dedent(text).strip("\n").split("\n")] if text.strip() else ["    (nothing)"]
