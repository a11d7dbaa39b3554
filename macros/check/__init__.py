"""Check: find every problem in the data, all at once, and only then make a landscape of it.

Each rule is a generator whose first docstring line states it; RULES is the visible list of all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import partial
from typing import TypeVar

from macros.check import (
    amounts,
    audience,
    benchmarks,
    choices,
    evidence,
    figures,
    identity,
    judgements,
    phrases,
    references,
    targets,
)
from macros.check.passed import Passed
from macros.check.shape import shape
from macros.cores import beside
from macros.draft import Draft
from macros.landscape import Landscape
from macros.load import Project
from macros.problems import Problem, ProblemsFound

Made = TypeVar("Made")
_MODULES = (
    evidence, audience, references, identity, choices, judgements, benchmarks, figures, amounts, targets, phrases,
)  # fmt: skip
RULES = tuple(rule for module in _MODULES for rule in module.RULES)
# Those that judge a file by itself and by the choices of the report.
SINGLE = frozenset(rule for module in _MODULES for rule in module.SINGLE)

_SAYS_MORE = ("allowed-value", "name-exists", "right-type", "figure-is-number")


def problems_of(project: Project, skip: Collection[str] = ()) -> tuple[Draft, list[Problem]]:
    """Return the draft and every problem of the project, sorted; rules named in `skip` are left out."""
    draft, found = shape(project)
    return draft, _judged(project, draft, found, skip)


def _judged(project: Project, draft: Draft, shapeless: Iterable[Problem], skip: Collection[str]) -> list[Problem]:
    """Return every problem of a draft, sorted, with those of reading it and of its shape."""
    found = [*shapeless, *project.problems]
    passed = Passed(project, draft)
    others = passed.others(draft)
    for rule in RULES:
        found.extend(rule(others if rule in SINGLE else draft))
    passed.keep(found)
    # Of a word such as yes, or of 1e3, the field that it stands in says better what would be right.
    listed = {(problem.path, problem.where) for problem in found if problem.rule in _SAYS_MORE}
    found = [p for p in found if p.rule != "yaml-ambiguous" or (p.path, p.where) not in listed]
    return sorted({problem for problem in found if problem.rule not in skip})


def made_of_clean(project: Project, make: Callable[[Draft], Made], skip: Collection[str] = ()) -> Made:
    """Return what `make` makes of the draft of a clean project. Raises ProblemsFound with the complete list otherwise.

    The rules are applied meanwhile. They are hardly ever broken, and what a broken one makes go wrong is not told beside it.
    """
    draft, found = shape(project)
    judge = partial(_judged, project, draft, found, skip)
    if found or project.problems:
        _refuse(judge())
        return make(draft)
    with beside(judge) as judged:
        try:
            made = make(draft)
        except Exception:
            _refuse(judged())
            raise
        _refuse(judged())
    return made


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise ProblemsFound(problems)


def clean(project: Project, skip: Collection[str] = ()) -> Draft:
    """Return the draft of a clean project. Raises ProblemsFound with the complete list otherwise."""
    draft, found = problems_of(project, skip)
    _refuse(found)
    return draft


def check(project: Project, skip: Collection[str] = (), internal: bool = False) -> Landscape:
    """Return the landscape of a clean project; `internal` keeps the records that are not for the public.

    Raises ProblemsFound with the complete list otherwise.
    """
    return made_of_clean(project, lambda draft: Landscape.of(draft if internal else draft.public()), skip)
