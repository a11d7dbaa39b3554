"""Validate data and pages, and report every problem at once; only a project without problems goes on.

In: what `load` read. Out: problems, or the draft whose landscape may be made.
`shape` holds records against their models, `rules` judges data, `prose` judges pages; `examples` has one wrong and one right
case a rule, which `explain` shows and the tests run. May import load and derive.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from macros.check.rules import RULES
from macros.check.shape import shape
from macros.load import Project
from macros.load.draft import Draft
from macros.load.landscape import INDUSTRY
from macros.problems import Problem, ProblemsFound, counted

# Rules on editions, and the rules that build on them: a problem of the former causes those of the latter.
_CAUSES = ("edition-roles", "edition-dated")
_FROM_EDITIONS = (
    "date-not-future", "fact-of-its-time", "goal-is-ahead", "issued-before-read", "looks-back", "moved-says-why",
    "priority-answers-gap",
)  # fmt: skip
# Rules whose message on a field is more precise than the one that YAML reads its value in another way.
_SAYS_MORE = ("allowed-value", "name-exists", "right-type", "figure-is-number", "null-unquoted")
# Rules on ids that `rename` changes everywhere. An id that so many places name is no slip of the pen: its record is missing.
_OF_IDS = ("dimension-exists", "equipment-exists", "fact-exists", "source-exists", "stage-exists", "supplier-exists")
_MANY = 5
# Rules that only see that two places differ: if another rule reports one of the places, these stay silent.
_SAYS_LESS = ("fact-as-stated", "figure-as-cited")


def problems_of(project: Project) -> tuple[Draft, list[Problem]]:
    """Return the draft and every problem of the project, sorted."""
    draft, misshapen = shape(project)
    found = [*misshapen, *project.problems]
    for rule in RULES:
        found.extend(rule.problems(draft))
    # For a word such as yes, or for 1e3, the rule on the field knows better what would be right.
    listed = {(problem.path, problem.where) for problem in found if problem.rule in _SAYS_MORE}
    found = [p for p in found if p.rule != "yaml-ambiguous" or (p.path, p.where) not in listed]
    blank = {(problem.path, problem.where) for problem in found if problem.rule == "blank-value"}
    found = [p for p in found if p.rule == "blank-value" or (p.path, p.where) not in blank]
    wrong = {(problem.path, problem.where) for problem in found if problem.rule not in _SAYS_LESS}
    found = [p for p in found if p.rule not in _SAYS_LESS or (p.path, p.where) not in wrong]
    found = _without_what_follows(_without_what_was_cut_off(sorted({*found})))
    return draft, _with_references(draft, _with_repetitions(found))


def _without_what_was_cut_off(found: list[Problem]) -> list[Problem]:
    """Return problems without the fields that a file lacks whose end is missing, which says their number.

    They may have been cut off with it: nobody should add them anew before looking.
    """
    cut = {problem.path for problem in found if problem.rule == "complete-file"}
    lacking = Counter(problem.path for problem in found if problem.rule == "required-field")
    return [
        _with_more(p, f"{counted(lacking[p.path], 'field')} missing, too")
        if p.rule == "complete-file" and lacking[p.path]
        else p
        for p in found
        if p.rule != "required-field" or p.path not in cut
    ]


def _without_what_follows(found: list[Problem]) -> list[Problem]:
    """Return problems without those that a problem of the editions causes; that one counts them."""
    cause = next((at for at, problem in enumerate(found) if problem.rule in _CAUSES), None)
    if cause is None:
        return found
    rest = [problem for problem in found if problem.rule not in _FROM_EDITIONS]
    if count := len(found) - len(rest):
        rest[rest.index(found[cause])] = _with_more(
            found[cause],
            "one other problem follows from it" if count == 1 else f"{count} other problems follow from it",
        )
    return rest


def _with_repetitions(found: list[Problem]) -> list[Problem]:
    """Return problems; where many places name a record that is missing, they ask for it, the first with how to change an id."""
    counts = Counter((problem.rule, problem.wrong) for problem in found if problem.rule in _OF_IDS)
    told: set[tuple[str, str]] = set()
    made = []
    for problem in found:
        same = problem.rule, problem.wrong
        if counts[same] >= _MANY:
            how = f" and change its id with python -m macros rename: {counts[same]} places name it"
            problem = replace(problem, right="add its record, or put it back" + (how if same not in told else ""))
            told.add(same)
        made.append(problem)
    return made


def _with_references(draft: Draft, found: list[Problem]) -> list[Problem]:
    """Return problems; each that hides the name of a record says how many references to it cannot be checked."""
    for lost in draft.lost:
        at = next((i for i, p in enumerate(found) if p.path == lost.path and lost.where in ("", p.where)), None)
        known = draft.ids(lost.kind) | {INDUSTRY}
        names = [name for entry, _, name in draft.pointers(lost.kind) if entry.kind != "index"]
        count = sum(name not in known if lost.name is None else name == lost.name for name in names)
        if at is not None and count:
            found[at] = _with_more(
                found[at],
                f"{'one reference' if count == 1 else f'{count} references'} to {'it' if lost.where else 'this file'} cannot be checked until then",
            )
    return found


def _with_more(problem: Problem, said: str) -> Problem:
    return replace(problem, right=f"{problem.right}; {said}" if problem.right else said)


def validated(project: Project) -> Draft:
    """Return the draft of a project without problems. Raises ProblemsFound with the complete list otherwise."""
    draft, found = problems_of(project)
    if found:
        raise ProblemsFound(found)
    return replace(draft)  # without what the rules looked up in it
