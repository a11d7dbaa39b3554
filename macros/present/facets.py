"""Facets: what the rows of a list can be filtered by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


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
