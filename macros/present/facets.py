"""Make the filters of a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from macros.present.book import Book

# A list with at most so many entries needs no filter.
FEW = 8


class Property(NamedTuple):
    """What rows can be filtered by: its values in a row, and the names of all values in order.

    `form` is `boxes` for check boxes, else a menu is shown.
    """

    name: str
    label: str
    form: str
    values: Callable[[Any], Iterable[Any]]
    names: Mapping[Any, str]


class Option(NamedTuple):
    """A value to filter by, its name, and how many rows have it."""

    value: str
    name: str
    n: int


class Facet(NamedTuple):
    """A filter by one property."""

    property: Property
    options: Sequence[Option]


def facets(rows: Sequence[Any], *properties: Property) -> list[Facet]:
    """Return the filters of a list, with the number of rows behind each value: those that divide it, none where it is short."""
    found = [Facet(each, _options(rows, each)) for each in properties] if len(rows) > FEW else []
    return [facet for facet in found if len(facet.options) > 1 or any(option.n < len(rows) for option in facet.options)]


def _options(rows: Sequence[Any], asked: Property) -> list[Option]:
    counts = Counter(value for row in rows for value in asked.values(row))
    return [Option(value, name, counts[value]) for value, name in asked.names.items() if counts[value]]


def named(book: Book, group: str, values: Iterable[str]) -> dict[str, str]:
    """Return values with the names of a group of words."""
    return {value: book.wording.name(group, value) for value in values}
