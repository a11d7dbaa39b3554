"""Rules on judgements: what makes an assessment, a claim or a priority credible."""

from __future__ import annotations

from collections.abc import Iterator

from macros.check.rule import repeated, rule
from macros.load.draft import Draft, Entry
from macros.load.landscape import INDUSTRY, dated
from macros.model.equipment import Assessment
from macros.problems import Finding


def assessments(draft: Draft) -> Iterator[tuple[str, Entry, int, Assessment]]:
    """Yield every assessment with what it is of, its entry and its place in the list."""
    for owner, entry in draft.assessed():
        for at, assessment in enumerate(entry.record.assessments):
            yield owner, entry, at, assessment


def severities(draft: Draft) -> dict[str, int | None]:
    """Return the severity of every level, as far as they can be read."""
    method = draft.one("method")
    return {level.id: level.severity for level in method.record.levels} if method else {}


def _misspelt_levels(draft: Draft) -> set[str]:
    """Return the levels of assessments that method.yml does not list: only word_exists reports these.

    As long as that file has a slip itself, no level is known.
    """
    return {a.level for *_, a in assessments(draft)} - set(severities(draft))


def _unknown_level(draft: Draft) -> str:
    method = draft.one("method")
    return method.record.unknown if method else ""


@rule
def one_per_cell(draft: Draft) -> Iterator[Finding]:
    """A class must have at most one assessment for a dimension and edition."""
    for _, entry in draft.assessed():
        cells = [((a.dimension, a.edition), (at, a)) for at, a in enumerate(entry.record.assessments)]
        for (at, assessment), (first, _) in repeated(cells):
            wrong = f"{assessment.dimension} of {assessment.edition} is assessed already in assessments[{first}]"
            yield entry.finding(("assessments", at), wrong, "keep one of the two")


@rule
def known_has_evidence(draft: Draft) -> Iterator[Finding]:
    """A level that is known must have evidence and a basis.

    A reader must be able to look up why; what nobody can show is unknown.
    """
    unknown = _unknown_level(draft)
    misspelt = _misspelt_levels(draft)
    for _, entry, at, assessment in assessments(draft):
        if assessment.level == unknown or assessment.level in misspelt:
            continue
        if not assessment.evidence:
            right = f'name the facts that carry it, or set the level to "{unknown}"'
            yield entry.finding(("assessments", at, "evidence"), f'level "{assessment.level}" has no evidence', right)
        if assessment.basis is None:
            right = "write measured, judged or inferred"
            yield entry.finding(("assessments", at, "basis"), f'level "{assessment.level}" has no basis', right)


@rule
def unknown_says_what_is_missing(draft: Draft) -> Iterator[Finding]:
    """A level that is unknown must say what would settle it, and has no basis.

    So that not knowing is a task for somebody, not a hole.
    """
    unknown = _unknown_level(draft)
    for _, entry, at, assessment in assessments(draft):
        if assessment.level != unknown:
            continue
        if not assessment.would_settle:
            right = "add `would_settle: ...` with the measurement that is missing"
            yield entry.finding(
                ("assessments", at), "the level is unknown, and it is not said what would settle it", right
            )
        if assessment.basis is not None:
            wrong = f'the level is unknown, but has the basis "{assessment.basis}"'
            yield entry.finding(("assessments", at, "basis"), wrong, "write null")


@rule
def company_alone(draft: Draft, method: Entry) -> Iterator[Finding]:
    """A company's statements on itself alone must support no more than "inferred".

    A maker praising its own machine is the weakest witness: the level may still be right, but it is inferred.
    """
    self_kinds = {kind.id for kind in method.record.source_kinds if kind.speaks_for_itself}
    kinds = {entry.record.id: entry.record.kind for entry in draft.all("sources")}
    sources = {entry.record.id: entry.record.source for entry in draft.all("facts")}
    for _, entry, at, assessment in assessments(draft):
        cited = [sources[fact] for fact in assessment.evidence if fact in sources]
        alone = cited and all(kinds.get(source) in self_kinds for source in cited)
        if alone and assessment.basis in ("measured", "judged"):
            wrong = f'the evidence is only what companies say of themselves, too little for "{assessment.basis}"'
            yield entry.finding(
                ("assessments", at, "basis"), wrong, "write inferred, or add evidence from another source"
            )


@rule
def all_industries_alone(draft: Draft) -> Iterator[Finding]:
    """Facts about all industries alone must support no more than "inferred".

    What holds of a part or a machine wherever it is used need not hold where this industry uses it.
    """
    general = {entry.record.id for entry in draft.all("facts") if entry.record.scope == "all-industries"}
    for _, entry, at, assessment in assessments(draft):
        alone = assessment.evidence and general.issuperset(assessment.evidence)
        if alone and assessment.basis in ("measured", "judged"):
            wrong = f'the evidence is only about all industries, too little for "{assessment.basis}"'
            right = "write inferred, or add a fact about this industry"
            yield entry.finding(("assessments", at, "basis"), wrong, right)


@rule
def looks_back(draft: Draft, report: Entry) -> Iterator[Finding]:
    """A fact later than the edition must be named under looks_back, and only such facts.

    Hindsight is allowed where it is named: a later source may describe the earlier time.
    """
    until = {edition.id: edition.evidence_until for edition in report.record.editions}
    issued = {entry.record.id: entry.record.issued for entry in draft.all("sources")}
    facts = draft.by_id("facts")
    for _, entry, at, assessment in assessments(draft):
        cited = (*assessment.evidence, *assessment.counter_evidence)
        last = until.get(assessment.edition)
        if last is None:
            continue
        for position, fact in enumerate(cited):
            found = facts.get(fact)
            year = dated(found, issued.get(found.source)) if found else None
            if year and year > last and fact not in assessment.looks_back:
                wrong = f'fact "{fact}" of {year} is later than the edition ({last})'
                right = "if it describes that time, name it under looks_back as well; else cite it for a later edition"
                against = position - len(assessment.evidence)
                place = ("evidence", position) if against < 0 else ("counter_evidence", against)
                yield entry.finding(("assessments", at, *place), wrong, right)
        for position, fact in enumerate(assessment.looks_back):
            if fact not in cited:
                right = "name it under evidence or counter_evidence as well"
                yield entry.finding(("assessments", at, "looks_back", position), f'"{fact}" is not cited here', right)


@rule
def moved_says_why(draft: Draft, report: Entry) -> Iterator[Finding]:
    """A known level that differs from the level last known before must say why.

    Readers see that the level changed; they want to know whether the machines changed or what is known of them.
    """
    order = [edition.id for edition in report.record.editions]
    unknown, misspelt = _unknown_level(draft), _misspelt_levels(draft)
    for _, entry in draft.assessed():
        levels = {(a.dimension, a.edition): a.level for a in entry.record.assessments}
        for at, assessment in enumerate(entry.record.assessments):
            if assessment.edition not in order[1:]:
                continue
            earlier = order[: order.index(assessment.edition)][::-1]
            found = (levels.get((assessment.dimension, edition), unknown) for edition in earlier)
            before = next((level for level in found if level != unknown), unknown)
            if misspelt & {before, assessment.level}:
                continue
            moved = unknown not in (before, assessment.level) and before != assessment.level
            if moved and not assessment.moved_because:
                wrong = f'the level moved from "{before}" to "{assessment.level}", and it is not said why'
                yield entry.finding(("assessments", at), wrong, "add `moved_because: ...`")
            mistyped = any(edition not in order for _, edition in levels)
            if not moved and assessment.moved_because and not mistyped:
                wrong = "the level did not move"
                yield entry.finding(("assessments", at, "moved_because"), wrong, "remove moved_because")


@rule
def claim_has_verdicts(draft: Draft) -> Iterator[Finding]:
    """A claim must have one verdict for each edition, and facts on one side at least unless every verdict is open."""
    report, method = draft.one("report"), draft.one("method")
    editions = {edition.id for edition in report.record.editions} if report else set()
    unclear = {verdict.id for verdict in method.record.verdicts if verdict.tone == "open"} if method else set()
    for entry in draft.all("claims"):
        judged = [verdict.edition for verdict in entry.record.verdicts]
        for edition in sorted(editions - set(judged)):
            yield entry.finding(
                "verdicts", f"no verdict for {edition}", f'add `- {{edition: "{edition}", verdict: ...}}`'
            )
        for edition in sorted({one for one in judged if judged.count(one) > 1}):
            yield entry.finding("verdicts", f"{judged.count(edition)} verdicts for {edition}", "keep one")
        judged_open = all(verdict.verdict in unclear for verdict in entry.record.verdicts)
        if not entry.record.evidence and not entry.record.counter_evidence and not judged_open:
            yield entry.finding(
                "evidence", "no fact is for or against the claim", "name facts here or under counter_evidence"
            )


@rule
def claim_is_not_its_own_proof(draft: Draft) -> Iterator[Finding]:
    """The text that made the claims must not be cited for them.

    Else every claim would be supported by having been made.
    """
    sources = {entry.record.id: entry.record.source for entry in draft.all("facts")}
    for ledger in draft.all("claims-file"):
        own = ledger.record.source
        for entry in draft.all("claims"):
            for field in ("evidence", "counter_evidence"):
                for at, fact in enumerate(getattr(entry.record, field)):
                    if own and sources.get(fact) == own:
                        wrong = f'fact "{fact}" is from the text that makes the claim'
                        yield entry.finding((field, at), wrong, "cite what others say")


@rule
def priority_answers_gap(draft: Draft, method: Entry, report: Entry) -> Iterator[Finding]:
    """A priority must answer a point that is behind or unknown in the current edition."""
    severity = severities(draft)
    current = next((e.id for e in report.record.editions if e.role == "current"), None)
    cells = {
        (owner, a.dimension): severity.get(a.level) for owner, _, _, a in assessments(draft) if a.edition == current
    }
    for entry in draft.all("priorities"):
        owners = (*entry.record.equipment, INDUSTRY)
        answered = [
            cells[owner, dimension]
            for owner in owners
            for dimension in entry.record.dimensions
            if (owner, dimension) in cells
        ]
        if not any(step is None or step > 0 for step in answered):
            right = "name the class and the dimension whose gap it closes"
            yield entry.finding("dimensions", "none of its classes is behind or unknown in these dimensions now", right)
