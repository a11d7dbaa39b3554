"""A rule: one requirement on the data, with an id."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from inspect import getdoc, signature
from typing import TypeVar

from macros.load.draft import Draft
from macros.problems import Finding, Problem

Item = TypeVar("Item")


@dataclass(frozen=True)
class Rule:
    """A rule: its id, what it asks in plain words, and the function that yields every place where it is broken."""

    id: str
    asks: str
    find: Callable[..., Iterator[Finding]]

    def problems(self, draft: Draft) -> Iterator[Problem]:
        """Yield what breaks the rule in a draft, as problems with the id of the rule."""
        given = [draft if name == "draft" else draft.one(name) for name in signature(self.find).parameters]
        for finding in self.find(*given) if None not in given else ():
            yield Problem(*finding, self.id)


def rule(find: Callable[..., Iterator[Finding]]) -> Rule:
    """Return the rule that a function states in its docstring and is named for: `fact_exists` is `fact-exists`.

    Its arguments name what it looks at: the draft, or the entry of a file that there is one of, such as `method`. As long as
    that cannot be read, the rule finds nothing.
    """
    return Rule(find.__name__.replace("_", "-"), getdoc(find) or "", find)


def repeated(items: Iterable[tuple[Hashable, Item]]) -> Iterator[tuple[Item, Item]]:
    """Yield each item whose key an item before had, with the first that had it."""
    first: dict[Hashable, Item] = {}
    for key, item in items:
        if key in first:
            yield item, first[key]
        first.setdefault(key, item)
