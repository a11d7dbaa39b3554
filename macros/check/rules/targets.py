"""Rules on the targets of priorities: they lie ahead, in figures and in time, and in dimensions that somebody judged."""

from __future__ import annotations

from collections.abc import Iterator

from macros.check.rule import rule
from macros.check.rules.figures import current_edition
from macros.load.draft import Draft
from macros.load.landscape import INDUSTRY
from macros.model.base import bounds, is_figure
from macros.problems import Finding


@rule
def goal_is_better(draft: Draft) -> Iterator[Finding]:
    """A goal must be better than what there is now, in the direction that `better` states."""
    for entry in draft.all("priorities"):
        target = entry.record.target
        if not is_figure(target.current) or not is_figure(target.goal):
            continue
        (low, high), (goal_low, goal_high) = bounds(target.current), bounds(target.goal)
        if target.better is None:
            direction = "higher" if goal_low > low else "lower"
            right = f"add `better: {direction}`, if {direction} figures are better"
            yield entry.finding("target", "it is not said which direction is better", right)
        elif goal_low <= low if target.better == "higher" else goal_high >= high:
            wrong = f"the goal is not better than the figure under current, since {target.better} is better"
            right = "mend `goal`, `current` or `better`"
            yield entry.finding(("target", "goal"), wrong, right)


@rule
def goal_is_ahead(draft: Draft) -> Iterator[Finding]:
    """The year of a goal must not be before the current edition."""
    current = current_edition(draft)
    for entry in draft.all("priorities"):
        year = entry.record.target.by_year
        if current and year is not None and year < int(current.date[:4]):
            wrong = f"{year} is over: the current edition is of {current.date}"
            yield entry.finding(("target", "by_year"), wrong, "write a later year, or null")


@rule
def dimension_is_judged(draft: Draft) -> Iterator[Finding]:
    """A dimension of a priority must be one in which a class it names, or the industry, has an assessment."""
    scopes = {entry.record.id: entry.record.scope for entry in draft.all("dimensions")}
    judged = {
        owner: {assessment.dimension for assessment in entry.record.assessments} for owner, entry in draft.assessed()
    }
    of_industry = judged.pop(INDUSTRY, None)
    for entry in draft.all("priorities"):
        classes = [judged.get(name) for name in entry.record.equipment]
        # Other rules report a class or dimension that is mistyped, misplaced or broken.
        if (
            of_industry is None
            or None in classes
            or any(scopes.get(d) != "class" for found in classes for d in found or ())
        ):
            continue
        found = of_industry.union(*filter(None, classes))
        for at, dimension in enumerate(entry.record.dimensions):
            if dimension in scopes and dimension not in found:
                wrong = f'none of its classes is assessed in "{dimension}"'
                right = f"choose one of {', '.join(sorted(found))}; or add an assessment to a class"
                yield entry.finding(("dimensions", at), wrong, right)
