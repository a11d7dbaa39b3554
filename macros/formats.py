"""Formats of a list of problems for programs: JSON, and annotations of GitHub.

JSON is a list of objects with `path`, `line`, `where`, `wrong`, `right`, `rule` and `see`: the command that explains the rule.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from macros.problems import Problem, explained


def as_json(problems: Sequence[Problem]) -> str:
    fields = ("path", "line", "where", "wrong", "right", "rule")
    rows = [{**{name: getattr(p, name) for name in fields}, "see": explained(p.rule)} for p in problems]
    return json.dumps(rows, ensure_ascii=False, indent=1)


def as_github(problems: Sequence[Problem]) -> str:
    """Return a command of GitHub Actions for each problem, which shows it beside the line in a pull request."""
    return "\n".join(_annotation(problem) for problem in problems)


def _annotation(problem: Problem) -> str:
    where = f"{problem.where}: " if problem.where else ""
    right = f"; {problem.right}" if problem.right else ""
    place = f"file={_property(problem.path)},line={problem.line},title={_property(problem.rule)}"
    return f"::error {place}::{_message(f'{where}{problem.wrong}{right} ({explained(problem.rule)})')}"


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: dict[str, Callable[[Sequence[Problem]], str]] = {"json": as_json, "github": as_github}
