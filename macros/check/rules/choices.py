"""Rules on the choices of the report: method.yml is complete, and a word opens one term only."""

from __future__ import annotations

from collections.abc import Iterator

from macros.check.rule import repeated, rule
from macros.check.rules.references import missing_records
from macros.load.draft import Draft, Entry
from macros.model.glossary import form_key
from macros.problems import Finding


@rule
def method_complete(method: Entry) -> Iterator[Finding]:
    """Method.yml must have a criterion, a preset, a dimension that weighs, and a severity for every level but the unknown one.

    A criterion that measures stake needs `stake_full`, one that measures dependence needs dimensions of `dependence`.
    """
    for at, criterion in enumerate(method.record.criteria):
        needed = {"stake": "stake_full", "dependence": "dependence"}.get(criterion.measure)
        if needed and not getattr(method.record, needed):
            yield method.finding(
                ("criteria", at, "measure"),
                f"{criterion.measure} needs {needed}, which is empty",
                f"fill in {needed} in this file",
            )
    for at, level in enumerate(method.record.levels):
        if (level.severity is None) != (level.id == method.record.unknown):
            wrong = f'level "{level.id}" has {"no" if level.severity is None else "a"} severity'
            right = "write null for the unknown level, a whole number for every other"
            yield method.finding(("levels", at, "severity"), wrong, right)
    if not any((level.severity or 0) > 0 for level in method.record.levels):
        yield method.finding("levels", "no level says behind", "give one a severity above 0")
    weights = method.record.gap_weights
    if weights and not sum(weights.values()):
        yield method.finding("gap_weights", "all weights are zero", "give one of them a weight")
    if not method.record.criteria:
        yield method.finding("criteria", "there is no criterion", "add one, such as one that measures severity")
    if not method.record.presets:
        yield method.finding("presets", "there is no preset", "add one: the first is the one shown")


@rule
def preset_weighs(method: Entry) -> Iterator[Finding]:
    """A preset must give a weight to every criterion, and not only zeros."""
    criteria = [criterion.id for criterion in method.record.criteria]
    for at, preset in enumerate(method.record.presets):
        for name in criteria:
            if name not in preset.weights:
                yield method.finding(("presets", at, "weights"), f'no weight for "{name}"', f"add `{name}: 0` or more")
        if criteria and not sum(preset.weights.values()):
            yield method.finding(("presets", at, "weights"), "all weights are zero", "give one of them a weight")


@rule
def term_once(draft: Draft) -> Iterator[Finding]:
    """A word must open the definition of one term only."""
    terms = draft.all("glossary")
    forms = [(form_key(form), (entry, at)) for entry in terms for at, form in enumerate(entry.record.forms)]
    for (entry, at), (first, _) in repeated(forms):
        wrong = f'"{entry.record.forms[at]}" is already a form of the term "{first.record.id}"'
        yield entry.finding(("forms", at), wrong, "keep it in one of the two")


@rule
def dimension_has_question(draft: Draft) -> Iterator[Finding]:
    """Every dimension of a class must answer one question, and one only.

    What no question holds would be in no sum, and what two hold would be counted twice.
    """
    seen: dict[str, str] = {}
    for file in draft.all("dimensions-file"):
        classes = {dimension.id for dimension in file.record.dimensions if dimension.scope == "class"}
        for at, question in enumerate(file.record.questions):
            yield from missing_records(
                file, ("questions", at, "dimensions"), question.dimensions, classes, "class dimension"
            )
            for position, name in enumerate(question.dimensions):
                if name in seen:
                    wrong = f'"{name}" answers the question "{seen[name]}" already'
                    yield file.finding(("questions", at, "dimensions", position), wrong, "keep it in one of the two")
                seen.setdefault(name, question.id)
        for at, dimension in enumerate(file.record.dimensions):
            if dimension.id in classes - set(seen):
                right = "name it under `dimensions` of the question that it answers"
                yield file.finding(("dimensions", at), f'"{dimension.id}" answers no question', right)
