"""Check: find every problem in the data, all at once, and only then make a landscape of it.

RULES is the visible list of all rules; each states itself in the docstring of its function.
"""

from __future__ import annotations

from collections.abc import Collection

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
    sources,
    targets,
)
from macros.check.shape import shape
from macros.draft import Draft
from macros.landscape import Landscape
from macros.load import Project
from macros.problems import Problem, ProblemsFound

RULES = (
    evidence.fact_exists,
    evidence.fact_once,
    evidence.fact_said_once,
    evidence.source_exists,
    evidence.source_used,
    sources.source_once,
    sources.publisher_spelt,
    sources.issued_before_read,
    sources.fact_of_its_time,
    sources.author_named,
    audience.internal_not_cited,
    references.equipment_exists,
    references.component_is_component,
    references.supplier_exists,
    references.dimension_exists,
    references.stage_exists,
    references.edition_exists,
    references.word_exists,
    identity.name_exists,
    identity.word_once,
    identity.unique_id,
    identity.id_is_file_name,
    identity.file_listed,
    choices.method_complete,
    choices.preset_weighs,
    choices.term_once,
    judgements.one_per_cell,
    judgements.known_has_evidence,
    judgements.unknown_says_what_is_missing,
    judgements.company_alone,
    judgements.all_industries_alone,
    judgements.looks_back,
    judgements.moved_says_why,
    judgements.claim_has_verdicts,
    judgements.claim_is_not_its_own_proof,
    judgements.priority_answers_gap,
    benchmarks.benchmark_has_one_mode,
    benchmarks.benchmark_shares_unit,
    benchmarks.benchmark_agrees,
    figures.unit_listed,
    figures.figure_has_unit,
    figures.range_ordered,
    figures.date_not_future,
    figures.shares_sum,
    figures.share_defined,
    figures.address_linkable,
    figures.plain_text,
    figures.null_unquoted,
    figures.in_order,
    amounts.figure_is_number,
    amounts.percent_not_fraction,
    amounts.share_within_whole,
    targets.goal_is_better,
    targets.goal_is_ahead,
    targets.dimension_is_judged,
    phrases.phrase_exists,
    phrases.plural_complete,
    phrases.name_listed,
)

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
