"""Rules on levels and what they rest on: the evidence is of the kind that the level and its basis speak of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from macros.check.rule import rule
from macros.check.rules.judgements import assessments, severities
from macros.load.draft import Draft
from macros.load.landscape import INDUSTRY
from macros.model.base import bounds, is_figure
from macros.problems import Finding


@rule
def measured_has_figure(draft: Draft) -> Iterator[Finding]:
    """A level that is measured must cite a fact with a figure, and leave nothing to be measured.

    What a source says without a figure is judged.
    """
    facts = draft.by_id("facts")
    for _, entry, at, assessment in assessments(draft):
        if assessment.basis != "measured":
            continue
        cited = [facts[name] for name in assessment.evidence if name in facts]
        if cited and all(fact.value is None for fact in cited):
            right = "write judged or inferred, or cite the fact with the measurement"
            yield entry.finding(
                ("assessments", at, "basis"), "the level is measured, but no fact under evidence has a figure", right
            )
        if assessment.would_settle:
            right = "remove it, or write judged or inferred as the basis"
            wrong = "the level is measured, but this names a measurement that is missing"
            yield entry.finding(("assessments", at, "would_settle"), wrong, right)


@rule
def ahead_has_majority(draft: Draft) -> Iterator[Finding]:
    """A level ahead must not rest on a domestic share below one half, or an imported one above it."""
    facts, steps = draft.by_id("facts"), severities(draft)
    for _, entry, at, assessment in assessments(draft):
        step = steps.get(assessment.level)
        for position, name in enumerate(assessment.evidence if step is not None and step < 0 else ()):
            fact = facts.get(name)
            if not fact or not fact.share or fact.unit != "%" or not is_figure(fact.value):
                continue
            low, high = bounds(fact.value)
            if high < 50 if fact.origin == "domestic" else fact.origin == "imported" and low > 50:
                wrong = (
                    f'"{name}" gives a share by which the {fact.origin} side is {"not ahead" if high < 50 else "ahead"}'
                )
                right = "name it under counter_evidence, or mend the level"
                yield entry.finding(("assessments", at, "evidence", position), wrong, right)


@rule
def evidence_is_of_class(draft: Draft) -> Iterator[Finding]:
    """Facts about other classes alone must support no more than "inferred".

    Facts about the industry, a line, a component or the machine around it speak of a class as well.
    """
    homes = {entry.record.id: entry.home for entry in draft.all("facts")}
    classes = draft.by_id("equipment")
    related = defaultdict(set, {name: {name, *item.components} for name, item in classes.items()})
    for name, item in classes.items():
        for component in item.components:
            related[component].add(name)
    lines = {name for name, item in classes.items() if item.kind == "line"}
    for owner, entry, at, assessment in assessments(draft):
        cited = {homes[name] for name in assessment.evidence if name in homes}
        others = {name for name in cited if name in classes} - related[owner] - lines
        if owner != INDUSTRY and cited and cited == others and assessment.basis in ("measured", "judged"):
            wrong = f'the evidence is only about {", ".join(sorted(others))}, too little for "{assessment.basis}"'
            yield entry.finding(
                ("assessments", at, "evidence"), wrong, "write `basis: inferred`, or add a fact about this class"
            )
