"""The rules on data, one module a subject; each rule states itself in the docstring of its function.

In: a draft. Out: problems. RULES has all of them, in the order in which data/README.md lists them.
"""

from macros.check.rule import rules_in
from macros.check.rules import (
    amounts,
    audience,
    benchmarks,
    choices,
    cited,
    companies,
    editions,
    evidence,
    figures,
    identity,
    judgements,
    levels,
    phrases,
    references,
    sources,
    targets,
)

_SUBJECTS = (
    evidence,
    sources,
    audience,
    references,
    companies,
    editions,
    identity,
    choices,
    judgements,
    levels,
    benchmarks,
    cited,
    figures,
    amounts,
    targets,
    phrases,
)
RULES = tuple(rule for subject in _SUBJECTS for rule in rules_in(vars(subject)))
