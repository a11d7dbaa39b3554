"""Make the filters of a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, TypeVar

from macros.present.book import Book

Row = TypeVar("Row")
# A list with at most so many entries needs no filter.
FEW = 8


class Option(NamedTuple):
    """A value to filter by, its name, and how many rows have it."""

    value: str
    name: str
    n: int


class Facet(NamedTuple):
    """A filter by one property. `form` is `boxes` for check boxes, else a menu is shown."""

    name: str
    form: str
    options: Sequence[Option]


def facet(
    name: str,
    form: str,
    rows: Sequence[Row],
    values: Callable[[Row], Iterable[Any]],
    order: Iterable[Any],
    shown: Callable[[Any], str],
) -> Facet | None:
    """Return a filter with the number of rows behind each of its values; None where it would not divide the rows."""
    found = Counter(value for row in rows for value in values(row))
    options = [Option(value, shown(value), found[value]) for value in order if found[value]]
    divides = len(options) > 1 or any(option.n < len(rows) for option in options)
    return Facet(name, form, options) if divides else None


def names_of(book: Book, group: str) -> Callable[[str], str]:
    """Return a function that gives the words of a group their names."""
    return lambda name: book.wording.name(group, name)
