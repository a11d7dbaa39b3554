"""Flatten fields of records into typed columns, and make tables of them.

A list becomes one cell, joined when it is written. A figure that may be a range becomes its two ends, `_low` and
`_high` (equal for a single number), and `_text` where it may be words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from macros.model.base import Record
from macros.model.json_schema import Field, groups
from macros.present.wording import Wording

NUMBERS = ("integer", "number")


@dataclass(frozen=True)
class Column:
    """A column: its name, its type in Table Schema, its meaning, and what its values keep to."""

    name: str
    type: str
    about: str
    is_required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class DataTable:
    """A table of records. `key` names the columns that tell rows apart; `refers` the table whose id a column holds.

    Pages that describe a table need no cells: `cells` makes `rows` from `records` on first access.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    records: tuple[Any, ...]
    cells: Callable[[Any], tuple[Any, ...]]
    key: tuple[str, ...] = ()
    refers: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def rows(self) -> tuple[tuple[object, ...], ...]:
        """The cells of every record."""
        return tuple(map(self.cells, self.records))


@dataclass(frozen=True)
class Fields:
    """Fields of a model as columns. `get` finds the record in a row (None leaves its cells empty)."""

    model: type[Record]
    names: str
    get: Callable[[Any], Any] = lambda row: row
    prefix: str = ""

    @cached_property
    def _fields(self) -> tuple[Field, ...]:
        known = _known(self.model)
        return tuple(known[name] for name in self.names.split())

    @cached_property
    def _attributes(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        aliases = {info.alias or name: name for name, info in self.model.model_fields.items()}
        return tuple((aliases[item.name], _endings(item)) for item in self._fields)

    def columns(self, wording: Wording) -> Iterable[Column]:
        for item in self._fields:
            for ending in _endings(item):
                yield _column(item, ending, self.prefix)

    def cells(self, row: object) -> Iterable[Any]:
        record = self.get(row)
        for name, endings in self._attributes:
            value = getattr(record, name) if record is not None else None
            yield from [value] if endings == ("",) else _spread(value)[: len(endings)]


@dataclass(frozen=True)
class Computed:
    """A column that is computed, or that says where a record stands; its meaning is the phrase `column-<name>`."""

    name: str
    type: str
    get: Callable[[Any], Any]

    def columns(self, wording: Wording) -> Iterable[Column]:
        yield Column(self.name, self.type, wording.word(f"column-{self.name.replace('_', '-')}"))

    def cells(self, row: object) -> Iterable[Any]:
        yield self.get(row)


@dataclass(frozen=True)
class Written:
    """A field of a model that holds records, as one text."""

    model: type[Record]
    name: str
    text: Callable[[Any], str]

    def columns(self, wording: Wording) -> Iterable[Column]:
        yield Column(self.name, "string", _known(self.model)[self.name].about)

    def cells(self, row: object) -> Iterable[Any]:
        yield self.text(getattr(row, self.name)) or None


Part = Fields | Computed | Written


def data_table(
    wording: Wording, name: str, parts: Iterable[Part], rows: Iterable[Any], key: str = "", **refers: str
) -> DataTable:
    """Return a table; its title is the phrase `table-<name>`. `key` names columns, blank between them."""
    parts = tuple(parts)
    columns = tuple(column for part in parts for column in part.columns(wording))

    def cells(row: object) -> tuple[object, ...]:
        return tuple(cell for part in parts for cell in part.cells(row))

    return DataTable(name, wording.word(f"table-{name}"), columns, tuple(rows), cells, tuple(key.split()), refers)


@cache
def _known(model: type[Record]) -> dict[str, Field]:
    return {item.name: item for item in groups(model)[0].fields}


def _sorts(item: Field) -> list[Mapping[str, Any]]:
    return [part for part in item.node.get("anyOf", [item.node]) if part.get("type") != "null"]


def _types(node: Mapping[str, Any]) -> list[str]:
    listed = node.get("type", "string")
    return [listed] if isinstance(listed, str) else [sort for sort in listed if sort != "null"]


def _endings(item: Field) -> tuple[str, ...]:
    """Return what is added to a name for each of its columns; one empty ending for a plain field."""
    sorts = _sorts(item)
    if not any(sort.get("maxItems") == 2 for sort in sorts):
        return ("",)
    has_text = any("string" in _types(sort) for sort in sorts)
    return ("_low", "_high", "_text") if has_text else ("_low", "_high")


def _column(item: Field, ending: str, prefix: str) -> Column:
    sorts = _sorts(item)
    types = [sort for part in sorts for sort in _types(part)]
    if ending in ("_low", "_high"):
        numbers = [sort for sort in types if sort in NUMBERS]
        return Column(f"{prefix}{item.name}{ending}", "number" if "number" in numbers else numbers[0], item.about)
    kind = types[0] if len(types) == 1 and types[0] in (*NUMBERS, "boolean") else "string"
    is_nullable = any("null" in (part.get("type") or ()) for part in (item.node, *item.node.get("anyOf", ())))
    is_list = "array" in types or ending == "_text"
    required = not (prefix or is_nullable or is_list) and item.is_required
    choices = tuple(choice for choice in item.node.get("enum", ()) if choice is not None)
    return Column(f"{prefix}{item.name.replace('-', '_')}{ending}", kind, item.about, required, choices)


def _spread(value: object) -> tuple[Any, Any, Any]:
    """Return the ends of a figure and, where it is no number, its words."""
    if value is None or isinstance(value, str):
        return None, None, value
    low, high = value if isinstance(value, tuple) else (value, value)
    return low, high, None
