"""Check: find every problem, all at once; only data and pages without any go on.

In: what `load` read. Out: problems, or the draft whose landscape may be made.
`shape` holds records against their models, `rules` judges data, `prose` judges pages; `examples` has one wrong and one right
case a rule, which `explain` shows and the tests run. May import load and derive.
"""

from __future__ import annotations

from collections.abc import Collection

from macros.check.rules import RULES
from macros.check.shape import shape
from macros.load import Project
from macros.load.draft import Draft
from macros.load.landscape import Landscape
from macros.problems import Problem, ProblemsFound

# Rules whose message on a field says more than that YAML reads its value in another way.
_SAYS_MORE = ("allowed-value", "name-exists", "right-type", "figure-is-number")


def problems_of(project: Project, skip: Collection[str] = ()) -> tuple[Draft, list[Problem]]:
    """Return the draft and every problem of the project, sorted; rules named in `skip` are left out."""
    draft, misshapen = shape(project)
    found = [*misshapen, *project.problems]
    for rule in RULES:
        found.extend(rule.problems(draft))
    # Of a word such as yes, or of 1e3, the field that it stands in says better what would be right.
    listed = {(problem.path, problem.where) for problem in found if problem.rule in _SAYS_MORE}
    found = [p for p in found if p.rule != "yaml-ambiguous" or (p.path, p.where) not in listed]
    return draft, sorted({problem for problem in found if problem.rule not in skip})


def validated(project: Project, skip: Collection[str] = ()) -> Draft:
    """Return the draft of a project without problems. Raises ProblemsFound with the complete list otherwise."""
    draft, found = problems_of(project, skip)
    if found:
        raise ProblemsFound(found)
    return draft


def check(project: Project, skip: Collection[str] = (), internal: bool = False) -> Landscape:
    """Return the landscape of a project without problems; `internal` keeps the records that are not for the public.

    Raises ProblemsFound with the complete list otherwise.
    """
    draft = validated(project, skip)
    return Landscape.of(draft if internal else draft.public())
