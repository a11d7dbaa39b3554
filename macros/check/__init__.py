"""Check: find every problem in the data, all at once, and only then make a landscape of it.

Each rule is a generator whose first docstring line states it; RULES is the visible list of all.
"""

from __future__ import annotations

from collections.abc import Collection

from macros.check import choices, figures, judgements, phrases, references
from macros.check.shape import shape
from macros.draft import Draft
from macros.landscape import Landscape
from macros.load import Project
from macros.problems import Problem, ProblemsFound

RULES = (*references.RULES, *choices.RULES, *judgements.RULES, *figures.RULES, *phrases.RULES)


def problems_of(project: Project, skip: Collection[str] = ()) -> tuple[Draft, list[Problem]]:
    """Return the draft and every problem of the project, sorted; rules named in `skip` are left out."""
    draft, found = shape(project)
    found.extend(project.problems)
    for rule in RULES:
        found.extend(rule(draft))
    return draft, sorted({problem for problem in found if problem.rule not in skip})


def check(project: Project, skip: Collection[str] = ()) -> Landscape:
    """Return the landscape of a clean project.

    Raises ProblemsFound with the complete list otherwise.
    """
    draft, found = problems_of(project, skip)
    if found:
        raise ProblemsFound(found)
    return Landscape.of(draft)
