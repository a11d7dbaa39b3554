"""`python -m macros export TABLE FILE` and `python -m macros import FILE`."""

from __future__ import annotations

import argparse
import shlex
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from macros.problems import counted

if TYPE_CHECKING:
    from macros.editing.exchange import Table
    from macros.editing.importing import Change, Plan

TABLES = ("suppliers", "facts", "benchmarks")
_SHOWN = 20
_WIDE = 24
# Tables are exported again and again: the same table gives the same bytes on any day.
_MADE = datetime(2000, 1, 1)


def export_table(options: argparse.Namespace) -> str:
    """Write a table to a CSV or XLSX file."""
    from macros.editing.change_set import must_be_clean
    from macros.editing.exchange import KINDS, table_of
    from macros.load import load
    from macros.spreadsheets import Sheet, csv_bytes, xlsx_bytes

    project = load(options.root)
    must_be_clean(project)
    table = table_of(project, next(kind for kind in KINDS if kind.name == options.table))
    lines = [table.header, *table.cells()]
    if options.file.suffix.lower() == ".xlsx":
        widths = [_WIDE] * len(table.header)
        rows = Sheet(table.kind.name, lines, widths, is_typed_in=True, choices=_choices(table), units=_units(table))
        notes = Sheet("columns", list(_notes(table)), [_WIDE] * 4, is_typed_in=True)
        content = xlsx_bytes([rows, notes], {"author": table.kind.name}, _MADE)
    else:
        content = csv_bytes(lines)
    try:
        options.file.parent.mkdir(parents=True, exist_ok=True)
        options.file.write_bytes(content)
    except OSError as error:
        raise SystemExit(f"{options.file}: cannot be written ({error.strerror})") from error
    internal = sum(row.data.get("audience") == "internal" for row in table.rows)
    warning = f" {internal} rows are internal: do not publish the file." if internal else ""
    return (
        f"{len(table.rows)} {table.kind.name} in {options.file}.{warning} "
        f"Change cells, save, and see what that would do: python -m macros import --dry-run {shlex.quote(str(options.file))}"
    )


def import_table(options: argparse.Namespace) -> str:
    """Write the cells changed in an exported table into the data."""
    from macros.editing.importing import import_file

    plan = import_file(options.root, options.file, options.part, options.dry_run, options.allow_blank)
    if not plan.changes:
        return "Nothing differs from the data; nothing was written. Export again: " + (
            f"python -m macros export {plan.table.kind.name} {shlex.quote(str(options.file))}"
        )
    lines = [_line(change) for change in plan.changes[:_SHOWN]]
    if len(plan.changes) > _SHOWN:
        lines.append(f"... and {len(plan.changes) - _SHOWN} more")
    return "\n".join([*lines, _count(plan, options)])


def _count(plan: Plan, options: argparse.Namespace) -> str:
    fields, files = counted(len(plan.changes), "field"), counted(len(plan.texts), "file")
    if options.dry_run:
        given = "--part " * options.part + "--allow-blank " * options.allow_blank
        return f"{fields} in {files} would change; no problems. Do it: python -m macros import {given}{shlex.quote(str(options.file))}"
    return f"{fields} in {files} changed; no problems. Look at every line: git diff data"


def _line(change: Change) -> str:
    before, after = (_short(value) for value in (change.before, change.after))
    return f"{change.row.path}: {change.row.id}: {change.leaf.name}: {before} -> {after}"


def _short(value: object) -> str:
    from macros.editing.cells import as_cell

    text = " ".join(str(as_cell(value)).split()) or "null"
    return text if len(text) <= 60 else text[:59] + "…"


def _notes(table: Table) -> list[tuple[str, ...]]:
    """Return what the second sheet says of each column."""
    head = ("column", "meaning", "allowed", "may be empty")
    fixed = [
        (table.kind.one, "Id of the record; it cannot be changed here.", "", "no"),
        ("file", "File of the record; it cannot be changed here.", "", "no"),
    ]
    fields = [
        (leaf.name, leaf.about, ", ".join(leaf.allowed), "yes" if leaf.is_nullable or not leaf.is_required else "no")
        for leaf in table.columns
    ]
    return [head, *fixed, *fields]


def _choices(table: Table) -> dict[int, tuple[str, ...]]:
    """Return the words that a column offers, by its place."""
    fields = {leaf.name: leaf for leaf in table.columns if leaf.allowed and not leaf.is_list}
    return {at: fields[name].allowed for at, name in enumerate(table.header) if name in fields}


def _units(table: Table) -> dict[int, int]:
    """Return the place of the column that holds the unit, by the place of each column of figures."""
    from macros.editing.exchange import unit_column

    places = {name: at for at, name in enumerate(table.header)}
    units = {leaf.name: unit_column(leaf, table.columns) for leaf in table.columns}
    return {places[name]: places[unit.name] for name, unit in units.items() if unit}


def _table_file(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() not in (".csv", ".xlsx"):
        raise argparse.ArgumentTypeError(f'"{text}" ends in neither .csv nor .xlsx')
    return path


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `export` and `import` to the command line."""
    out = commands.add_parser(
        "export",
        help="write a table for a spreadsheet",
        description="Example: python -m macros export facts build/facts.xlsx. Prefer .xlsx: a spreadsheet that opens CSV"
        " may take a text for a date or a number.",
    )
    out.add_argument("table", choices=TABLES)
    out.add_argument("file", type=_table_file, help="file to write, .csv or .xlsx")
    out.set_defaults(run=export_table)
    back = commands.add_parser(
        "import",
        help="write the cells changed in an exported table into the data",
        description="Example: python -m macros import --dry-run build/facts.xlsx. Everything is checked before anything"
        " is written. Rows are added with `new`; nothing is deleted.",
    )
    back.add_argument("file", type=_table_file, help="the exported table, saved by the spreadsheet")
    back.add_argument("--dry-run", action="store_true", help="show what would change, write nothing")
    back.add_argument("--part", action="store_true", help="the table lacks rows; their records are left alone")
    back.add_argument("--allow-blank", action="store_true", help="a cell that was emptied makes its field null")
    back.set_defaults(run=import_table)
