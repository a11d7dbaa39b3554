"""A rule: one requirement on data, pages or translations, with an id."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from inspect import getdoc, signature
from typing import Any, TypeVar

from macros.load.draft import Draft
from macros.problems import Finding, Problem

Item = TypeVar("Item")


@dataclass(frozen=True)
class Rule:
    """A rule: its id, what it asks in plain words, and the function that finds every place where it is broken."""

    id: str
    asks: str
    find: Callable[..., Any]

    def problems(self, draft: Draft) -> Iterator[Problem]:
        """Yield what breaks a rule on data in a draft.

        The arguments of its function name what it looks at: the draft, or the entry of a file that there is one of, such as
        `method`. As long as that cannot be read, the rule finds nothing.
        """
        given = [draft if name == "draft" else draft.one(name) for name in signature(self.find).parameters]
        if None not in given:
            yield from self.problems_of(*given)

    def problems_of(self, *given: Any) -> Iterator[Problem]:
        """Yield what the function finds in what it is given, as problems with the id of the rule."""
        findings: Iterator[Finding] = self.find(*given)
        yield from (Problem(*finding, self.id) for finding in findings)


def rule(find: Callable[..., Any]) -> Rule:
    """Return the rule that a function states in its docstring and is named for: `fact_exists` is `fact-exists`."""
    return Rule(find.__name__.replace("_", "-"), getdoc(find) or "", find)


def rules_in(names: Mapping[str, Any]) -> tuple[Rule, ...]:
    """Return the rules among the names of a module, in its order."""
    return tuple(value for value in names.values() if isinstance(value, Rule))


def repeated(items: Iterable[tuple[Hashable, Item]]) -> Iterator[tuple[Item, Item]]:
    """Yield each item whose key an item before had, with the first that had it."""
    first: dict[Hashable, Item] = {}
    for key, item in items:
        if key in first:
            yield item, first[key]
        first.setdefault(key, item)
