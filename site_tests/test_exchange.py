"""Tables out to a spreadsheet and back: only what was changed there changes, and a bad table changes nothing."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from macros.__main__ import main
from macros.editing.cells import BadCell, is_same, shown, value_of
from macros.exchange.tables import KINDS, table_of
from macros.load import load
from macros.model.leaves import Leaf
from macros.problems import ProblemsFound
from macros.sheets import defused, restored
from site_tests.conftest import REPOSITORY, Change

TABLES = ("suppliers", "facts", "benchmarks")
FORMATS = ("csv", "xlsx")
Copy = Callable[[dict[str, Change]], Path]


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the real report. Tests must leave it as it is."""
    root = tmp_path_factory.mktemp("real") / "project"
    for name in ("data", "content"):
        shutil.copytree(REPOSITORY / name, root / name)
    return root


def run(root: Path, *words: str) -> int:
    return main(["--root", str(root), *words])


def contents(root: Path) -> dict[str, bytes]:
    """Return every file below data, hidden ones included."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("data/**/*") if path.is_file()}


def lines_changed(before: dict[str, bytes], after: dict[str, bytes]) -> list[tuple[str, str, str]]:
    """Return (file, old line, new line) for files of equally many lines."""
    assert before.keys() == after.keys()
    found = []
    for name in sorted(before):
        old, new = before[name].decode().split("\n"), after[name].decode().split("\n")
        assert len(old) == len(new), name
        found += [(name, one, two) for one, two in zip(old, new) if one != two]
    return found


def exported(root: Path, table: str, file: Path) -> Path:
    assert run(root, "export", table, str(file)) == 0
    return file


def rows_of(file: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline="")))


def put(file: Path, cells: dict[tuple[str, str], Any]) -> None:
    """Change cells of a table, by id and column."""
    if file.suffix == ".xlsx":
        book = load_workbook(file)
        sheet = book.worksheets[0]
        columns = [cell.value for cell in sheet[1]]
        numbers = {row[0].value: row[0].row for row in sheet.iter_rows()}
        for (name, column), value in cells.items():
            sheet.cell(numbers[name], columns.index(column) + 1).value = value
        book.save(file)
        return
    rows = rows_of(file)
    by_id = {row[0]: row for row in rows}
    for (name, column), value in cells.items():
        by_id[name][rows[0].index(column)] = "" if value is None else str(value)
    write(file, rows)


def write(file: Path, rows: list[list[str]], sign: str = ",") -> None:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=sign, lineterminator="\r\n").writerows(rows)
    file.write_bytes(text.getvalue().encode("utf-8-sig"))


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("table", TABLES)
def test_a_table_of_the_report_that_nobody_touched_changes_not_one_byte(
    real: Path, tmp_path: Path, table: str, ending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(real)
    file = exported(real, table, tmp_path / f"t.{ending}")
    assert run(real, "import", str(file)) == 0
    assert "Nothing differs" in capsys.readouterr().out
    assert contents(real) == before


@pytest.mark.parametrize("ending", FORMATS)
def test_three_cells_change_three_lines_and_no_other_byte(project_with: Copy, tmp_path: Path, ending: str) -> None:
    fact = ("    value: 150\n", "    value: 150  # read twice\n")
    root = project_with({"data/evidence/wire-saw.yml": fact})
    before = contents(root)
    file = exported(root, "facts", tmp_path / f"t.{ending}")
    put(file, {("ws-001", "value"): 151, ("ws-002", "year"): 2017, ("wg-001", "entity"): "Elbe: Guides"})
    assert run(root, "import", str(file)) == 0
    assert lines_changed(before, contents(root)) == [
        ("data/evidence/wire-guide.yml", "    entity: Elbe Guides", '    entity: "Elbe: Guides"'),
        ("data/evidence/wire-saw.yml", "    value: 150  # read twice", "    value: 151  # read twice"),
        ("data/evidence/wire-saw.yml", "    year: 2018", "    year: 2017"),
    ]


def test_three_cells_of_the_report_change_three_lines(real: Path, tmp_path: Path) -> None:
    root = tmp_path / "project"
    shutil.copytree(real, root)
    before = contents(root)
    table = table_of(load(root), KINDS[0])
    chosen = [row for row in table.rows if row.data["note"] is None][:3]
    file = exported(root, "suppliers", tmp_path / "t.xlsx")
    put(file, {(row.id, "note"): "Seen: by a test." for row in chosen})
    assert run(root, "import", str(file)) == 0
    assert lines_changed(before, contents(root)) == [
        (row.path, "note: null", 'note: "Seen: by a test."') for row in sorted(chosen, key=lambda row: row.path)
    ]


def test_benchmarks_and_suppliers_are_edited_where_they_stand(project_with: Copy, tmp_path: Path) -> None:
    root = project_with({})
    before = contents(root)
    file = exported(root, "benchmarks", tmp_path / "b.xlsx")
    put(file, {("saw-kerf-2018", "imported.value"): "[100, 125]"})
    assert run(root, "import", str(file)) == 0
    file = exported(root, "suppliers", tmp_path / "s.csv")
    put(file, {("alpen-wire", "aliases"): "Alpen; AW", ("alpen-wire", "parent.since"): "2019-07"})
    assert run(root, "import", str(file)) == 0
    assert lines_changed(before, contents(root)) == [
        (
            "data/equipment/wire-saw.yml",
            "    imported: {value: [100, 120], entity: Kitano, year: 2018, evidence: [ws-002]}",
            "    imported: {value: [100, 125], entity: Kitano, year: 2018, evidence: [ws-002]}",
        ),
        ("data/suppliers/alpen-wire.yml", "aliases: []", "aliases: [Alpen, AW]"),
        ("data/suppliers/alpen-wire.yml", "  since: null", '  since: "2019-07"'),
    ]


def test_a_group_that_is_null_is_filled_and_emptied_again(project_with: Copy, tmp_path: Path) -> None:
    root = project_with({})
    before = contents(root)
    file = exported(root, "suppliers", tmp_path / "s.xlsx")
    put(file, {("kitano", "parent.name"): "Kitano Holding"})
    assert run(root, "import", str(file)) == 0
    whole = "parent: {id: null, name: Kitano Holding, since: null, evidence: []}"
    assert lines_changed(before, contents(root)) == [("data/suppliers/kitano.yml", "parent: null", whole)]
    put(file, {("kitano", "parent.name"): None})
    assert run(root, "import", str(file)) == 0
    assert contents(root) == before


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
        ("ws-002", "value", '"many" is no number'),
        ("ws-003", "unit", '"parsec" is not allowed'),
        ("ws-004", "confidence", "is empty"),
        ("ws-005", "statement", "holds a formula"),
        ("ws-006", "year", '"2020.5" is no whole number'),
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


HOSTILE = [
    '=HYPERLINK("http://x")',
    "+1",
    "-1+2",
    "@SUM(A1)",
    "'=quoted",
    "＝1",
    "'s-Hof",
    "a; b",
    'x", "y',
    "# no comment",
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("ending", FORMATS)
def test_a_hostile_text_survives_the_round_trip_as_text(
    project_with: Copy, tmp_path: Path, ending: str, text: str
) -> None:
    quoted = "'" + text.replace("'", "''") + "'"
    root = project_with({"data/suppliers/kitano.yml": ("note: null", f"note: {quoted}")})
    before = contents(root)
    file = exported(root, "suppliers", tmp_path / f"t.{ending}")
    if ending == "xlsx":
        cells = [cell for row in load_workbook(file).worksheets[0].iter_rows() for cell in row]
        assert not [cell for cell in cells if cell.data_type == "f"]
        shown_cells = [str(cell.value) for cell in cells if cell.value is not None]
    else:
        shown_cells = [cell for row in rows_of(file) for cell in row]
    assert not [cell for cell in shown_cells if cell[:1] in "=+-@＝" and cell]
    assert run(root, "import", str(file)) == 0
    assert contents(root) == before
    put(file, {("elbe-guides", "note"): defused(text)})
    assert run(root, "import", str(file)) == 0
    assert load(root).documents["data/suppliers/elbe-guides.yml"].data["note"] == text


def test_negative_numbers_stay_numbers(project_with: Copy, tmp_path: Path) -> None:
    root = project_with({"data/evidence/wire-saw.yml": ("    value: 150\n", "    value: -150.50\n")})
    assert "-150.5" in {cell for row in rows_of(exported(root, "facts", tmp_path / "t.csv")) for cell in row}
    book = load_workbook(exported(root, "facts", tmp_path / "t.xlsx"))
    assert -150.5 in {cell.value for row in book.worksheets[0].iter_rows() for cell in row}


def test_what_a_spreadsheet_does_to_a_csv_is_undone(project_with: Copy, tmp_path: Path) -> None:
    root = project_with({"data/suppliers/alpen-wire.yml": ("  since: null", '  since: "2019-07"')})
    before = contents(root)
    file = exported(root, "suppliers", tmp_path / "t.csv")
    for since in ("Jul-19", "2019/7/1", "2019-07-01"):
        put(file, {("alpen-wire", "parent.since"): since})
        rows = rows_of(file) + [[""] * 4, []]
        founded = rows[0].index("founded")
        for row in (row for row in rows[1:] if any(row)):
            row[founded] = row[founded].removesuffix(".0") + ".0" if row[founded] else ""
        write(file, rows, ";")
        assert run(root, "import", str(file)) == 0
        assert contents(root) == before
        write(file, [row for row in rows if any(row)])
    write(file, rows, ";")
    semicolons = b"sep=;\r\n" + file.read_bytes().removeprefix(b"\xef\xbb\xbf")
    write(file, rows, "\t")
    unicode_text = file.read_bytes().decode("utf-8-sig").encode("utf-16")
    for content in (semicolons, unicode_text):
        file.write_bytes(content)
        assert run(root, "import", str(file)) == 0
        assert contents(root) == before


def test_a_decimal_comma_is_read_in_a_file_of_semicolons_only(project_with: Copy, tmp_path: Path) -> None:
    root = project_with({})
    file = exported(root, "facts", tmp_path / "t.csv")
    put(file, {("ws-001", "value"): "150,5"})
    assert run(root, "import", str(file)) == 1
    write(file, rows_of(file), ";")
    assert run(root, "import", str(file)) == 0
    assert "    value: 150.5\n" in (root / "data/evidence/wire-saw.yml").read_text("utf-8")
    rows = rows_of_semicolons(file)
    next(row for row in rows if row[0] == "ws-001")[rows[0].index("value")] = "1.500"
    write(file, rows, ";")
    assert run(root, "import", str(file)) == 1  # 1500 to one spreadsheet, 1.5 to another


def rows_of_semicolons(file: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline=""), delimiter=";"))


def test_a_date_typed_into_a_workbook_is_a_date_of_the_data(project_with: Copy, tmp_path: Path) -> None:
    from datetime import datetime

    root = project_with({})
    file = exported(root, "suppliers", tmp_path / "t.xlsx")
    put(file, {("alpen-wire", "parent.since"): datetime(2019, 7, 2)})
    assert run(root, "import", str(file)) == 0
    assert load(root).documents["data/suppliers/alpen-wire.yml"].data["parent"]["since"] == "2019-07-02"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda rows: rows[:-1], "rows are missing"),
        (
            lambda rows: [*rows, ["new-one", *[""] * (len(rows[0]) - 1)]],
            "Rows are added with: python -m macros new supplier",
        ),
        (lambda rows: [*rows, rows[1]], "stands already in row 2"),
        (lambda rows: [[*rows[0], "colour"], *[[*row, "red"] for row in rows[1:]]], 'no field "colour"'),
        (lambda rows: [rows[0], [*rows[1], "lost"], *rows[2:]], "beyond the last column"),
        (lambda rows: [["x", *rows[0][1:]], *rows[1:]], "is no table of this report"),
        (
            lambda rows: [rows[0], [rows[1][0], "data/elsewhere.yml", *rows[1][2:]], *rows[2:]],
            "a table moves no records",
        ),
        (lambda rows: [], "is no table of this report"),
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


def test_a_part_of_a_table_leaves_the_other_records_alone(project_with: Copy, tmp_path: Path) -> None:
    root = project_with({})
    before = contents(root)
    file = tmp_path / "t.csv"
    file.write_text("fact,year\nws-001,2017\n", "utf-8")
    assert run(root, "import", "--part", "--dry-run", str(file)) == 0
    assert contents(root) == before
    assert run(root, "import", "--part", str(file)) == 0
    assert [new for _, _, new in lines_changed(before, contents(root))] == ["    year: 2017"]


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
    from macros.exchange import importing

    root = project_with({})
    file = exported(root, "facts", tmp_path / "t.csv")
    put(file, {("ws-001", "year"): 2017, ("wg-001", "year"): 2017})
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
    from macros.editing import changes

    root = project_with({})
    file = exported(root, "facts", tmp_path / "t.csv")
    put(file, {("ws-001", "year"): 2017, ("wg-001", "year"): 2017})
    before, rename, calls = contents(root), changes.os.replace, []

    def fail_second(source: Path, target: Path) -> None:
        calls.append(target)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        rename(source, target)

    monkeypatch.setattr(changes.os, "replace", fail_second)
    assert run(root, "import", str(file)) == 1
    assert len(calls) == 2 and contents(root) == before


def test_line_ends_and_byte_order_mark_of_a_data_file_stay(project_with: Copy, tmp_path: Path) -> None:
    root = project_with({})
    path = root / "data/evidence/wire-saw.yml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    before = path.read_bytes()
    file = exported(root, "facts", tmp_path / "t.csv")
    put(file, {("ws-001", "value"): 151})
    assert run(root, "import", str(file)) == 0
    assert path.read_bytes() == before.replace(b"value: 150\r\n", b"value: 151\r\n")


@pytest.mark.parametrize("ending", FORMATS)
def test_the_same_table_gives_the_same_bytes(project_with: Copy, tmp_path: Path, ending: str) -> None:
    root = project_with({})
    files = [exported(root, "facts", tmp_path / f"{name}.{ending}") for name in "ab"]
    assert files[0].read_bytes() == files[1].read_bytes()
    assert ending == "csv" or b"2000-01-01T00:00:00Z" in _core(files[0])


def test_a_workbook_offers_the_words_that_are_allowed(project_with: Copy, tmp_path: Path) -> None:
    book = load_workbook(exported(project_with({}), "facts", tmp_path / "t.xlsx"))
    sheet = book["facts"]
    letters = {cell.value: cell.column_letter for cell in sheet[1]}
    offers = {str(offer.sqref): offer.formula1 for offer in sheet.data_validations.dataValidation}
    assert offers[f"{letters['confidence']}2:{letters['confidence']}{sheet.max_row}"] == '"high,medium,low"'
    about = {row[0].value: row[1].value for row in book["columns"].iter_rows()}
    assert about.keys() - {"column"} == set(letters) and about["year"].startswith("Year the figure is true for")


def _core(file: Path) -> bytes:
    import zipfile

    with zipfile.ZipFile(file) as archive:
        return archive.read("docProps/core.xml")


def test_every_column_of_every_table_can_be_read_and_written(loaded: Any) -> None:
    for kind in KINDS:
        for leaf in table_of(loaded, kind).columns:
            assert leaf.is_list or leaf.is_figure or leaf.may_be_text, leaf.name


NUMBER = Leaf(
    ("value",), {"anyOf": [{"type": "number"}, {"type": "array"}, {"type": "string"}, {"type": "null"}]}, True
)
YEAR = Leaf(("year",), {"type": ["integer", "null"]}, True)
IDS = Leaf(("evidence",), {"type": "array", "items": {"pattern": "^[a-z0-9]+$"}}, True)
TEXTS = Leaf(("aliases",), {"type": "array", "items": {"pattern": r"\S"}}, True)


@pytest.mark.parametrize(
    ("leaf", "cell", "expected"),
    [
        (NUMBER, 21, 21),
        (NUMBER, 21.0, 21),
        (NUMBER, "21", 21),
        (NUMBER, "4.70", 4.7),
        (NUMBER, "[30, 40.5]", (30, 40.5)),
        (NUMBER, "", None),
        (NUMBER, "five firms", "five firms"),
        (YEAR, 2024.0, 2024),
        (IDS, "a1; b2", ("a1", "b2")),
        (IDS, "a1, b2;", ("a1", "b2")),
        (IDS, "", ()),
        (TEXTS, "One, Two; Three", ("One, Two", "Three")),
    ],
)
def test_a_cell_is_read_as_the_value_it_means(leaf: Leaf, cell: Any, expected: Any) -> None:
    found = value_of(leaf, cell)
    assert found == expected and type(found) is type(expected)


@pytest.mark.parametrize(
    ("leaf", "cell", "before"),
    [
        (NUMBER, "1,234", None),
        (NUMBER, "about 21", 21),
        (NUMBER, "15. Mai", 15.5),
        (NUMBER, "30-40", (30, 40)),
        (YEAR, "2024.5", None),
        (YEAR, "soon", None),
        (TEXTS, "One; Two", ("One; and more",)),
        (replace(YEAR, node={"type": "integer"}), "", None),
    ],
)
def test_a_cell_that_may_mean_two_things_is_refused(leaf: Leaf, cell: Any, before: Any) -> None:
    with pytest.raises(BadCell):
        value_of(leaf, cell, before)


def test_a_number_keeps_its_spelling_where_it_did_not_change() -> None:
    assert is_same(NUMBER, 19, 19.0) and is_same(NUMBER, "19", 19.0) and is_same(NUMBER, "19.00", 19)
    code = Leaf(("listing",), {"type": ["string", "null"]}, True)
    assert is_same(code, 470, "00470") and not is_same(code, 471, "00470") and not is_same(code, "470 A", "00470")
    assert not is_same(NUMBER, "19.1", 19.0) and not is_same(NUMBER, "", 0)


@pytest.mark.parametrize("text", [*HOSTILE, "\t=1", "''=1", "", "plain"])
def test_defusing_is_undone_exactly(text: str) -> None:
    assert restored(defused(text)) == text
    assert shown(("a", "b")) == "a; b" and shown((30, 40)) == "[30, 40]"


def test_the_sheet_of_the_table_is_found_among_others(project_with: Copy, tmp_path: Path) -> None:
    root = project_with({})
    file = exported(root, "facts", tmp_path / "t.xlsx")
    book = load_workbook(file)
    book.create_sheet("my sums", 0).append(["=1+1"])
    book.save(file)
    assert run(root, "import", str(file)) == 0


def test_a_workbook_of_somebody_else_is_refused(project_with: Copy, tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["Name", "Age"])
    book.save(tmp_path / "t.xlsx")
    assert run(project_with({}), "import", str(tmp_path / "t.xlsx")) == 1
