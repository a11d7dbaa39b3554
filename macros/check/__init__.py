"""Check: find every problem in the data, all at once, and only then make a landscape of it.

Each rule is a generator whose first docstring line states it; RULES is the visible list of all.
"""

from __future__ import annotations

from collections.abc import Collection

from macros.check import audience, benchmarks, choices, evidence, figures, identity, judgements, phrases, references
from macros.check.passed import Passed
from macros.check.shape import shape
from macros.draft import Draft
from macros.landscape import Landscape
from macros.load import Project
from macros.problems import Problem, ProblemsFound

_MODULES = (evidence, audience, references, identity, choices, judgements, benchmarks, figures, phrases)
RULES = tuple(rule for module in _MODULES for rule in module.RULES)
# Those that judge a file by itself and by the choices of the report.
SINGLE = frozenset(rule for module in _MODULES for rule in module.SINGLE)


def problems_of(project: Project, skip: Collection[str] = ()) -> tuple[Draft, list[Problem]]:
    """Return the draft and every problem of the project, sorted; rules named in `skip` are left out."""
    draft, found = shape(project)
    found.extend(project.problems)
    passed = Passed(project, draft)
    others = passed.others(draft)
    for rule in RULES:
        found.extend(rule(others if rule in SINGLE else draft))
    passed.keep(found)
    # Of a word such as yes where a list of words is allowed, the list says what would be right.
    listed = {(problem.path, problem.where) for problem in found if problem.rule in ("allowed-value", "name-exists")}
    found = [p for p in found if p.rule != "yaml-ambiguous" or (p.path, p.where) not in listed]
    return draft, sorted({problem for problem in found if problem.rule not in skip})


def clean(project: Project, skip: Collection[str] = ()) -> Draft:
    """Return the draft of a clean project. Raises ProblemsFound with the complete list otherwise."""
    draft, found = problems_of(project, skip)
    if found:
        raise ProblemsFound(found)
    return draft


def check(project: Project, skip: Collection[str] = (), internal: bool = False) -> Landscape:
    """Return the landscape of a clean project; `internal` keeps the records that are not for the public.

    Raises ProblemsFound with the complete list otherwise.
    """
    draft = clean(project, skip)
    return Landscape.of(draft if internal else draft.public())
