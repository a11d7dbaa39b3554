"""Say which records make an exported table, and which of their fields are its columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from typing import Any

from macros.check.shape import shape
from macros.editing.cells import Cell, as_cell
from macros.editing.edit import ABSENT
from macros.editing.schema_files import allowed_words
from macros.load import Project
from macros.model import FILES
from macros.model.base import Record
from macros.model.equipment import Benchmark
from macros.model.evidence import Fact
from macros.model.fields import Leaf, leaves
from macros.model.supplier import Supplier
from macros.problems import Keys

FILE = "file"


@dataclass(frozen=True)
class Kind:
    """A table: its name, the word that heads its ids, the model of its rows, where they stand in which files."""

    name: str
    one: str
    model: type[Record]
    files: tuple[str, ...]
    listing: str | None


KINDS = (
    Kind("suppliers", "supplier", Supplier, ("suppliers",), None),
    Kind("facts", "fact", Fact, ("facts",), "facts"),
    Kind("benchmarks", "benchmark", Benchmark, ("equipment", "industry"), "benchmarks"),
)


@dataclass(frozen=True)
class Row:
    """A record as it stands in its file: the path, the keys that lead to it, its plain data."""

    path: str
    keys: Keys
    data: dict[str, Any]

    @property
    def id(self) -> str:
        return str(self.data["id"])

    def value(self, leaf: Leaf) -> Any:
        """Return the value of a field, ABSENT when it, or the group it belongs to, is not there."""
        value: Any = self.data
        for key in leaf.keys:
            value = value.get(key, ABSENT) if isinstance(value, dict) else ABSENT
        return value


@dataclass(frozen=True)
class Table:
    """The rows of a project for a kind of table, with the fields that are its columns."""

    kind: Kind
    columns: tuple[Leaf, ...]
    rows: tuple[Row, ...]

    @property
    def header(self) -> tuple[str, ...]:
        return (self.kind.one, FILE, *(leaf.name for leaf in self.columns))

    def cells(self) -> Iterator[tuple[Cell, ...]]:
        """Yield the cells of every row, under the header."""
        for row in self.rows:
            yield (row.id, row.path, *(as_cell(row.value(leaf)) for leaf in self.columns))


def table_of(project: Project, kind: Kind) -> Table:
    """Return the table of a project without problems."""
    files = {file.name: file for file in FILES}
    draft, _ = shape(project)
    first = files[kind.files[0]]
    columns = leaves(first, kind.model, allowed_words(draft, first))
    rows = [row for name in kind.files for row in _rows(project, files[name].pattern, kind.listing)]
    return Table(kind, tuple(leaf for leaf in columns if leaf.name != "id"), tuple(rows))


def _rows(project: Project, pattern: str, listing: str | None) -> Iterator[Row]:
    for path, document in project.documents.items():
        if fnmatch(path, pattern) and listing:
            yield from (Row(path, (listing, at), data) for at, data in enumerate(document.data[listing]))
        elif fnmatch(path, pattern):
            yield Row(path, (), document.data)


def unit_column(leaf: Leaf, columns: Iterable[Leaf]) -> Leaf | None:
    """Return the field that holds the unit of a figure: beside it, or in the record around it."""
    if "number" not in leaf.types:
        return None
    named = {other.keys: other for other in columns}
    around = (leaf.keys[:depth] for depth in range(len(leaf.keys) - 1, -1, -1))
    return next((named[place + ("unit",)] for place in around if place + ("unit",) in named), None)
