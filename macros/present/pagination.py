"""Pagination: a long list continues on further pages, so that no page grows with the data.

A list is divided by position into parts of a fixed size. The first stands on the page of the list, the others on pages
named after it; this module is the one place that knows how.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, TypeVar

Entry = TypeVar("Entry")
_NUMBERED = re.compile(r"_\d+(?=\.html)")
View = Callable[..., Any]


@dataclass(frozen=True)
class ListPart:
    """One part of a list: its number, counted from 1, how many entries each holds, how many parts and entries there are."""

    number: int = 1
    size: int = sys.maxsize
    total: int = 1
    entries: int = 0

    @property
    def is_first(self) -> bool:
        return self.number == 1

    @property
    def first(self) -> int:
        """Return the place of its first entry in the list, counted from 1."""
        return (self.number - 1) * self.size + 1

    @property
    def last(self) -> int:
        """Return the place of its last entry."""
        return min(self.number * self.size, self.entries)

    def of(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        """Return the entries of a list that stand in this part."""
        return entries[self.first - 1 : self.number * self.size]

    def named(self, name: str) -> str:
        """Return the name of a page or chart, as it is called in this part."""
        return numbered_name(name, self.number)


WHOLE = ListPart()


@dataclass(frozen=True)
class LongList:
    """A block that may grow long.

    `entries` gives what it lists, in order, of a book (and the id of a record); `key` what an entry is known by. `folder` is
    that of the records whose pages have it, each its own.
    """

    size: int
    entries: Callable[..., Sequence[Any]]
    key: Callable[[Any], Any]
    is_filtered: bool
    folder: str


LONG: dict[str, LongList] = {}


def long_list(
    size: int,
    entries: Callable[..., Sequence[Any]],
    key: Callable[[Any], Any] = attrgetter("id"),
    is_filtered: bool = False,
    folder: str = "",
) -> Callable[[View], View]:
    """Return a decorator that registers a macro as a long list; the macro gets the `part` that it shows."""

    def register(view: View) -> View:
        LONG[view.__name__] = LongList(size, entries, key, is_filtered, folder)
        return view

    return register


def numbered_name(name: str, number: int) -> str:
    """Return the name of a page or chart with the number of a part. Ids have no underscore, so no id can equal it."""
    return f"{name}_{number}" if number > 1 else name


def list_beginning(address: str) -> str:
    """Return the address of the first page of a list, given the address of a page or entry of any of its parts."""
    return _NUMBERED.sub("", address)


def ceiling(entries: int, size: int) -> int:
    """Return how many parts so many entries make; an empty list is one."""
    return max(1, -(-entries // size))
