"""The ids of all rules that the program reports, read from its source."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

from macros.check.prose import RULES as ON_PROSE
from macros.check.rules import RULES
from macros.check.translations.rules import RULES as ON_TRANSLATIONS
from site_tests.conftest import REPOSITORY

# Calls that make a problem, which name its rule last; and functions that return what is wrong, what is right, and the rule.
_MAKERS = {"Problem", "problem", "missing", "_add_problem", "_problem"}


_DESCRIBERS = {"in_words", "_missed_limit", "errors_in"}


# The modules that read files and check their shape; rules name their id themselves.
_MODULES = (
    *(REPOSITORY / "macros/load").glob("*.py"),
    REPOSITORY / "macros/check/shape.py",
    REPOSITORY / "macros/check/messages.py",
    REPOSITORY / "macros/render/calls.py",
    REPOSITORY / "macros/render/validation.py",
)


def reported_rules() -> set[str]:
    """Return the id of every rule that data can break."""
    return {rule.id for rule in (*RULES, *ON_PROSE, *ON_TRANSLATIONS)} | set(rules_in_code(_MODULES))


def rules_in_code(paths: Iterable[Path]) -> Iterator[str]:
    """Yield the id of every rule that modules report, read from their source."""
    for path in sorted(paths):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in _MAKERS:
                yield from _rule(node.args[-1], path)
            elif isinstance(node, ast.FunctionDef) and node.name in _DESCRIBERS:
                for inner in ast.walk(node):
                    if isinstance(inner, (ast.Return, ast.Yield)) and isinstance(inner.value, ast.Tuple):
                        yield from _rule(inner.value.elts[-1], path)


def _rule(last: ast.expr, path: Path) -> Iterator[str]:
    if isinstance(last, ast.Constant):
        yield last.value
    else:
        assert isinstance(last, ast.Name) and last.id == "rule", (
            f"{path}:{last.lineno}: write the rule id where the problem is made"
        )
