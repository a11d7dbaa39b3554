"""The rules on data, one module a subject; each rule states itself in the docstring of its function.

In: a draft. Out: problems. RULES has all of them, in the order in which data/README.md lists them.
"""

from importlib import import_module

from macros.check.rule import rules_in

_SUBJECTS = (
    "evidence sources audience references companies editions identity choices judgements levels benchmarks cited figures"
    " amounts targets phrases"
).split()
_MODULES = [import_module(f"{__name__}.{subject}") for subject in _SUBJECTS]
RULES = tuple(rule for module in _MODULES for rule in rules_in(vars(module)))
