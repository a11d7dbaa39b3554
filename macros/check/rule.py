"""A rule: one requirement on the data, with an id."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from inspect import getdoc

from macros.load.draft import Draft
from macros.problems import Finding, Problem


@dataclass(frozen=True)
class Rule:
    """A rule: its id, what it asks in plain words, and the function that yields every place where it is broken."""

    id: str
    asks: str
    find: Callable[[Draft], Iterator[Finding]]

    def problems(self, draft: Draft) -> Iterator[Problem]:
        """Yield what breaks the rule in a draft, as problems with the id of the rule."""
        for finding in self.find(draft):
            yield Problem(*finding, self.id)


def rule(find: Callable[[Draft], Iterator[Finding]]) -> Rule:
    """Return the rule that a function states in its docstring and is named for: `fact_exists` is `fact-exists`."""
    return Rule(find.__name__.replace("_", "-"), getdoc(find) or "", find)
