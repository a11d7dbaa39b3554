"""Tables that cannot be taken back as they are: each slip is named where it stands in the table, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from macros.editing import change_set as changes
from macros.editing import importing
from macros.editing.exchange import KINDS, table_of
from macros.load import load
from macros.problems import ProblemsFound
from site_tests.conftest import Copy
from site_tests.support.tables import contents, exported, put, rows_of, run, write


def test_a_bad_cell_is_named_by_row_and_column_and_nothing_is_written(
    project_with: Copy, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = project_with({})
    before = contents(root)
    file = exported(root, "facts", tmp_path / "t.xlsx")
    put(
        file,
        {
            ("ws-001", "value"): 151,
            ("ws-002", "value"): "many",
            ("ws-003", "unit"): "parsec",
            ("ws-004", "confidence"): None,
            ("ws-005", "statement"): "=1+1",
            ("ws-006", "year"): 2020.5,
        },
    )
    rows = {row.id: at for at, row in enumerate(table_of(load(root), KINDS[1]).rows, start=2)}
    assert run(root, "import", str(file)) == 1
    said = capsys.readouterr().err
    for name, column, wrong in (
        ("ws-002", "value", '"many" is not a number'),
        ("ws-003", "unit", '"parsec" is not allowed'),
        ("ws-004", "confidence", "is empty"),
        ("ws-005", "statement", "has a formula"),
        ("ws-006", "year", '"2020.5" is not a whole number'),
    ):
        assert f"{file}:{rows[name]}: row {rows[name]}, column {column} ({name}): {wrong}" in said
    assert "5 problems in 1 file. Nothing was written." in said
    assert contents(root) == before


def test_what_the_rules_refuse_is_named_by_row_and_column_too(
    project_with: Copy, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = project_with({})
    before = contents(root)
    file = exported(root, "facts", tmp_path / "t.csv")
    put(
        file,
        {("ws-001", "source"): "nobody-2020", ("wg-001", "statement"): "It is <b>so</b>.", ("wg-002", "year"): 2017},
    )
    assert run(root, "import", str(file)) == 1
    said = capsys.readouterr().err
    assert 'column source (ws-001): no source "nobody-2020"' in said and "[source-exists]" in said
    assert 'column statement (wg-001): "<b>" looks like markup' in said
    assert contents(root) == before


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda rows: rows[:-1], "rows are missing"),
        (
            lambda rows: [*rows, ["new-one", *[""] * (len(rows[0]) - 1)]],
            "A new one is added with: python -m macros new supplier",
        ),
        (lambda rows: [*rows, rows[1]], "is already in row 2"),
        (lambda rows: [[*rows[0], "colour"], *[[*row, "red"] for row in rows[1:]]], 'no field "colour"'),
        (lambda rows: [rows[0], [*rows[1], "lost"], *rows[2:]], "beyond the last column"),
        (lambda rows: [["x", *rows[0][1:]], *rows[1:]], "is not a table of this report"),
        (
            lambda rows: [rows[0], [rows[1][0], "data/elsewhere.yml", *rows[1][2:]], *rows[2:]],
            "a table moves no records",
        ),
        (lambda rows: [], "is not a table of this report"),
    ],
)
def test_a_table_that_is_not_the_one_exported_is_refused(
    project_with: Copy, tmp_path: Path, change: Callable[[list[list[str]]], list[list[str]]], said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    root = project_with({})
    before = contents(root)
    file = exported(root, "suppliers", tmp_path / "t.csv")
    write(file, change(rows_of(file)))
    assert run(root, "import", str(file)) == 1
    assert said in capsys.readouterr().err
    assert contents(root) == before


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("t.csv", b"supplier,name\r\n\"open"),
        ("t.csv", "supplier;name\r\nkitano;Käse".encode("latin-1")),
        ("t.csv", b""),
        ("t.csv", b"\xff\xfe\x00"),
        ("t.xlsx", b"PK\x03\x04 no archive"),
        ("t.xlsx", b"plain text"),
        ("t.xlsx", None),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_a_problem_not_a_traceback(
    project_with: Copy, tmp_path: Path, name: str, content: bytes | None, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    assert run(project_with({}), "import", str(file)) == 1
    said = capsys.readouterr().err
    assert str(file) in said and "Nothing was written" in said


def test_a_project_with_problems_takes_no_table(project_with: Copy, tmp_path: Path) -> None:
    root = project_with({})
    file = exported(root, "facts", tmp_path / "t.csv")
    put(file, {("ws-001", "year"): 2017})
    index = root / "data/index.yml"
    index.write_text(index.read_text("utf-8").replace("saxon-saws, ", ""), "utf-8")
    before = contents(root)
    assert run(root, "import", str(file)) == 1
    assert contents(root) == before


def test_a_file_that_changes_meanwhile_is_not_written_over(
    project_with: Copy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = project_with({})
    file = exported(root, "facts", tmp_path / "t.csv")
    put(file, {("ws-004", "year"): 2022, ("wg-001", "year"): 2017})
    saw, write_all = root / "data/evidence/wire-saw.yml", importing.write_all

    def meddle(*arguments: Any) -> None:
        saw.write_text(saw.read_text("utf-8") + "# saved meanwhile\n", "utf-8")
        write_all(*arguments)

    monkeypatch.setattr(importing, "write_all", meddle)
    before = contents(root)
    with pytest.raises(ProblemsFound, match="was changed meanwhile"):
        importing.import_file(root, file)
    after = contents(root)
    assert after.pop("data/evidence/wire-saw.yml").endswith(b"# saved meanwhile\n")
    assert after == {name: content for name, content in before.items() if name in after}


def test_a_disk_that_fails_halfway_leaves_every_file_as_it_was(
    project_with: Copy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = project_with({})
    file = exported(root, "facts", tmp_path / "t.csv")
    put(file, {("ws-004", "year"): 2022, ("wg-001", "year"): 2017})
    before, rename, calls = contents(root), changes.os.replace, []

    def fail_second(source: Path, target: Path) -> None:
        calls.append(target)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        rename(source, target)

    monkeypatch.setattr(changes.os, "replace", fail_second)
    assert run(root, "import", str(file)) == 1
    assert len(calls) == 2 and contents(root) == before


def test_a_workbook_of_somebody_else_is_refused(project_with: Copy, tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["Name", "Age"])
    book.save(tmp_path / "t.xlsx")
    assert run(project_with({}), "import", str(tmp_path / "t.xlsx")) == 1
