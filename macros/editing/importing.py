"""Compare a grid with the table that it was exported from, and turn each changed cell into a change of a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from macros.editing.cells import Around, BadCell, Cell, Percent, as_cell, is_same, percent_of, refuse_spoiled, value_of
from macros.editing.change_set import NOTHING, must_be_clean, new_problems, raw_text, write_all
from macros.editing.edit import ABSENT, CannotEdit, with_values
from macros.editing.exchange import FILE, KINDS, Row, Table, table_of, unit_column
from macros.editing.grid import Bad, Grid, read_grid
from macros.load import Project, load
from macros.model.fields import Leaf
from macros.problems import Keys, Problem, ProblemsFound, suggest, where

RULE = "table-cell"
_EMPTY = (None, (), ABSENT)


@dataclass(frozen=True)
class Change:
    """A cell that says something else than the data: its row and column in the spreadsheet, the record and the values."""

    number: int
    leaf: Leaf
    row: Row
    before: Any
    after: Any

    @property
    def keys(self) -> Keys:
        return (*self.row.keys, *self.leaf.keys)


@dataclass(frozen=True)
class Plan:
    """What an import would do: the changes, and the new texts of files with the old ones."""

    table: Table
    changes: tuple[Change, ...]
    texts: dict[str, str]
    before: dict[str, str]


def import_file(root: Path, file: Path, is_part: bool = False, dry: bool = False, blank_allowed: bool = False) -> Plan:
    """Write what was changed in an exported table into the data; nothing with `dry`. Raises ProblemsFound.

    `is_part`: the file may lack rows, whose records are then left alone. `blank_allowed`: a cell that was emptied
    empties its field.
    """
    project = load(root)
    known = must_be_clean(project)
    grid = read_grid(file, [kind.name for kind in KINDS])
    reader = _Reader(str(file), grid, project, is_part, blank_allowed)
    changes = reader.changes()
    plan = _plan(project, reader, changes, known)
    if not dry:
        write_all(root, plan.texts, plan.before)
    return plan


def _plan(project: Project, reader: _Reader, changes: tuple[Change, ...], known: list[Problem]) -> Plan:
    by_path: dict[str, list[Change]] = {}
    for change in changes:
        by_path.setdefault(change.row.path, []).append(change)
    before = {path: raw_text(project.root, path) for path in by_path}
    order = [key for leaf in reader.table.columns for key in (leaf.keys[0], leaf.keys[-1])]
    texts, refused = {}, []
    for path, mine in by_path.items():
        try:
            texts[path] = with_values(before[path], edits_of(mine, reader.table.columns), order)
        except CannotEdit as error:
            change = next((change for change in mine if change.keys[: len(error.keys)] == error.keys), mine[0])
            refused.append(reader.problem(change.number, change.leaf.name, change.row.id, str(error), ""))
    found = refused or [reader.at_cell(problem, changes) for problem in new_problems(project, texts, known)]
    if found:
        raise ProblemsFound(found, NOTHING)
    return Plan(reader.table, changes, texts, before)


def edits_of(changes: Sequence[Change], columns: Sequence[Leaf]) -> dict[Keys, Any]:
    """Return the changes of one file by key path; fields of a group that is not there, or goes, as the whole group."""
    edits: dict[Keys, Any] = {}
    groups: dict[tuple[Keys, tuple[str, ...]], list[Change]] = {}
    for change in changes:
        if change.leaf.owner:
            groups.setdefault((change.row.keys, change.leaf.owner), []).append(change)
        else:
            edits[change.keys] = change.after
    for (keys, owner), mine in groups.items():
        data: Any = mine[0].row.data
        for key in owner:
            data = data.get(key) if isinstance(data, dict) else None
        new = {**(data or {}), **{change.leaf.keys[-1]: change.after for change in mine}}
        if all(value in _EMPTY for value in new.values()):
            edits[(*keys, *owner)] = None if mine[0].leaf.is_owner_required else ABSENT
        elif data:
            edits.update({change.keys: change.after for change in mine})
        else:
            edits[(*keys, *owner)] = _group([leaf for leaf in columns if leaf.owner == owner], new)
    return edits


def _group(leaves: Sequence[Leaf], given: Mapping[str, object]) -> dict[str, Any]:
    """Return a whole group of fields: those given, and what others must have when nothing is known of them."""
    empty = {
        leaf.keys[-1]: () if leaf.is_list else None for leaf in leaves if leaf.is_required and not _is_needed(leaf)
    }
    found = {**empty, **{name: value for name, value in given.items() if value is not ABSENT}}
    return {leaf.keys[-1]: found[leaf.keys[-1]] for leaf in leaves if leaf.keys[-1] in found}


def _is_needed(leaf: Leaf) -> bool:
    return not leaf.is_list and not leaf.is_nullable


class _Reader:
    """Reads the cells of one grid against the table of the project, gathering problems on the way."""

    def __init__(self, path: str, grid: Grid, project: Project, is_part: bool, blank_allowed: bool):
        self.path, self.grid, self.is_part, self.blank_allowed = path, grid, is_part, blank_allowed
        self.problems: list[Problem] = []
        kind = next((kind for kind in KINDS if kind.one in grid.header), None)
        if kind is None:
            right = (
                f"the first row names the columns, and one of them must be {' or '.join(kind.one for kind in KINDS)}"
            )
            raise ProblemsFound([Problem(path, 1, "row 1", "is not a table of this report", right, RULE)], NOTHING)
        self.table = table_of(project, kind)
        self.rows = {row.id: row for row in self.table.rows}
        self.command = f"python -m macros new {kind.one}"

    def problem(self, number: int, column: str, name: str, wrong: str, right: str) -> Problem:
        place = f"row {number}" + (f", column {column}" if column else "") + (f" ({name})" if name else "")
        return Problem(self.path, number, place, wrong, right, RULE)

    def at_cell(self, problem: Problem, changes: tuple[Change, ...]) -> Problem:
        """Return a problem of the data at the row and column it came from, if it came from one."""
        for change in changes:
            if change.row.path == problem.path and problem.where.startswith(where(change.keys)):
                place = f"row {change.number}, column {change.leaf.name} ({change.row.id})"
                return replace(problem, path=self.path, line=change.number, where=place)
        for change in changes:
            if change.row.path == problem.path and problem.where.startswith(where(change.row.keys)):
                return replace(
                    problem, path=self.path, line=change.number, where=f"row {change.number} ({change.row.id})"
                )
        return problem

    def changes(self) -> tuple[Change, ...]:
        """Return every change, in the order of the rows. Raises ProblemsFound."""
        columns = self._columns()
        if self.problems:
            raise ProblemsFound(self.problems, NOTHING)
        found: list[Change] = []
        seen: dict[str, int] = {}
        for number, cells in self.grid.rows:
            found.extend(self._row(number, dict(zip(self.grid.header, cells, strict=False)), columns, seen))
        self._missing(seen)
        if self.problems:
            raise ProblemsFound(self.problems, NOTHING)
        return tuple(found)

    def _columns(self) -> list[Leaf]:
        leaves = {leaf.name: leaf for leaf in self.table.columns}
        known = {self.table.kind.one, FILE, *leaves}
        for at, name in enumerate(self.grid.header):
            if name not in known:
                wrong = f'no field "{name}"' if name else f"column {at + 1} has no name"
                right = suggest(name, known) or "remove the column, or name it as it was exported"
                self.problems.append(self.problem(1, name, "", wrong, right))
            if self.grid.header.index(name) != at and name:
                self.problems.append(self.problem(1, name, "", "is here twice", "keep one of the two"))
        return [leaves[name] for name in self.grid.header if name in leaves]

    def _row(
        self, number: int, cells: dict[str, Cell | Bad | Percent], columns: list[Leaf], seen: dict[str, int]
    ) -> Iterator[Change]:
        one = self.table.kind.one
        name = str(cells[one]).strip()
        row = self.rows.get(name)
        if row is None:
            right = f"{suggest(name, self.rows)} A new one is added with: {self.command}".strip()
            self.problems.append(self.problem(number, one, "", f'no {one} "{name}"', right))
            return
        if name in seen:
            right = "keep one of the two rows; records are added with: " + self.command
            self.problems.append(self.problem(number, one, name, f"is already in row {seen[name]}", right))
            return
        seen[name] = number
        if cells.get(FILE, row.path) not in ("", row.path):
            wrong = f'the record is in {row.path}, not in "{cells[FILE]}"'
            self.problems.append(
                self.problem(number, FILE, name, wrong, "put the old path back: a table moves no records")
            )
        for leaf in columns:
            change = self._change(number, leaf, row, cells)
            if change:
                yield change

    def _change(self, number: int, leaf: Leaf, row: Row, cells: Mapping[str, Cell | Bad | Percent]) -> Change | None:
        before, cell = row.value(leaf), cells[leaf.name]
        try:
            if isinstance(cell, Bad):
                raise BadCell(cell.wrong, cell.right)
            around = replace(self.grid.around, unit=self._unit(leaf, row, cells))
            if isinstance(cell, Percent):
                cell = percent_of(leaf, cell, before, around.unit)
            if is_same(cell, before, around):
                return None
            after = _value(leaf, cell, before, around)
            if after in _EMPTY and before not in _EMPTY and not self.blank_allowed:
                right = "put it back, or add --allow-blank to the command if the field is to be emptied"
                raise BadCell(f'is empty, and the data has "{as_cell(before)}"', right)
        except BadCell as error:
            self.problems.append(self.problem(number, leaf.name, row.id, error.wrong, error.right))
            return None
        return None if after == before else Change(number, leaf, row, before, after)

    def _unit(self, leaf: Leaf, row: Row, cells: Mapping[str, Cell | Bad | Percent]) -> str | None:
        """Return the unit of a figure: that in its row, which may be new."""
        unit = unit_column(leaf, self.table.columns)
        cell = cells.get(unit.name, as_cell(row.value(unit))) if unit else None
        return str(cell).strip() or None if isinstance(cell, str) else None

    def _missing(self, seen: dict[str, int]) -> None:
        missing = [name for name in self.rows if name not in seen]
        if missing and not self.is_part:
            shown = ", ".join(missing[:5]) + (f" and {len(missing) - 5} more" if len(missing) > 5 else "")
            right = "put them back, or add --part to the command if the table is only a part; an import deletes nothing"
            self.problems.append(self.problem(1, "", "", f"rows are missing: {shown}", right))


def _value(leaf: Leaf, cell: Cell, before: object, around: Around) -> Any:
    if cell == "" and leaf.owner and leaf.is_required and not leaf.is_list:
        # An empty field of a group is right when the whole group is empty; the check of the file says so otherwise.
        return None
    value = value_of(leaf, cell, None if before is ABSENT else before, around)
    return refuse_spoiled(value, before) if isinstance(value, str) and not leaf.is_date else value
