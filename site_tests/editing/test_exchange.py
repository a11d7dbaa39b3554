"""Tables out to a spreadsheet and back: only what was changed there changes."""

from __future__ import annotations

import csv
import io
import re
import shutil
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from macros.editing.exchange import KINDS, table_of
from macros.load import load
from macros.spreadsheets import with_apostrophe
from site_tests.conftest import Copy, report_in
from site_tests.support.tables import (
    FORMATS,
    HOSTILE_CELLS,
    contents,
    exported,
    lines_changed,
    put,
    rows_of,
    run,
    write,
)

TABLES = ("suppliers", "facts", "benchmarks")


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the real report. Tests must leave it as it is."""
    return report_in(tmp_path_factory.mktemp("real") / "project")


@pytest.mark.slow
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
    fact = ("    value: 36\n", "    value: 36  # read twice\n")
    root = project_with({"data/evidence/wire-saw.yml": fact})
    before = contents(root)
    file = exported(root, "facts", tmp_path / f"t.{ending}")
    put(file, {("ws-005", "value"): 36.2, ("ws-004", "year"): 2022, ("wg-001", "entity"): "Elbe: Guides"})
    assert run(root, "import", str(file)) == 0
    assert lines_changed(before, contents(root)) == [
        ("data/evidence/wire-guide.yml", "    entity: Elbe Guides", '    entity: "Elbe: Guides"'),
        ("data/evidence/wire-saw.yml", "    year: 2023", "    year: 2022"),
        ("data/evidence/wire-saw.yml", "    value: 36  # read twice", "    value: 36.2  # read twice"),
    ]


@pytest.mark.slow
def test_three_cells_of_the_report_change_three_lines(real: Path, tmp_path: Path) -> None:
    root = shutil.copytree(real, tmp_path / "project", symlinks=True)
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
    put(file, {("saw-kerf-2018", "imported.value"): "[101, 120]"})
    assert run(root, "import", str(file)) == 0
    file = exported(root, "suppliers", tmp_path / "s.csv")
    put(file, {("alpen-wire", "aliases"): "Alpen; AW", ("alpen-wire", "parent.since"): "2019-07"})
    assert run(root, "import", str(file)) == 0
    assert lines_changed(before, contents(root)) == [
        (
            "data/equipment/wire-saw.yml",
            "    imported: {value: [100, 120], entity: Kitano, year: 2018, evidence: [ws-002]}",
            "    imported: {value: [101, 120], entity: Kitano, year: 2018, evidence: [ws-002]}",
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
    assert run(root, "import", "--allow-blank", str(file)) == 0
    assert contents(root) == before


SUPPLIERS = ("alpen-wire", "coil-trader", "elbe-guides", "kitano", "saxon-saws")
HALVES = (HOSTILE_CELLS[:5], HOSTILE_CELLS[5:])


@pytest.mark.parametrize(("there", "typed"), [HALVES, HALVES[::-1]])
@pytest.mark.parametrize("ending", FORMATS)
def test_hostile_texts_survive_the_round_trip_as_text(
    project_with: Copy, tmp_path: Path, ending: str, there: list[str], typed: list[str]
) -> None:
    root = project_with({})
    for name, text in zip(SUPPLIERS, there, strict=True):
        path = root / f"data/suppliers/{name}.yml"
        written = re.sub(
            "^note: .*$", lambda _, text=text: f"note: {quoted(text)}", path.read_text("utf-8"), flags=re.M
        )
        path.write_text(written, encoding="utf-8")
    before = contents(root)
    file = exported(root, "suppliers", tmp_path / f"t.{ending}")
    if ending == "xlsx":
        cells = [cell for row in load_workbook(file).worksheets[0].iter_rows() for cell in row]
        assert not [cell for cell in cells if cell.data_type == "f"]
    else:
        assert not [cell for row in rows_of(file) for cell in row if cell and cell[:1] in "=+-@＝"]
    assert run(root, "import", str(file)) == 0
    assert contents(root) == before
    assert notes(root) == there
    put(file, {(name, "note"): with_apostrophe(text) for name, text in zip(SUPPLIERS, typed, strict=True)})
    assert run(root, "import", str(file)) == 0
    assert notes(root) == typed


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def notes(root: Path) -> list[str]:
    documents = load(root).documents
    return [documents[f"data/suppliers/{name}.yml"].data["note"] for name in SUPPLIERS]


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
    root = project_with({})
    file = exported(root, "suppliers", tmp_path / "t.xlsx")
    put(file, {("alpen-wire", "parent.since"): datetime(2019, 7, 2)})
    assert run(root, "import", str(file)) == 0
    assert load(root).documents["data/suppliers/alpen-wire.yml"].data["parent"]["since"] == "2019-07-02"


def test_a_part_of_a_table_leaves_the_other_records_alone(project_with: Copy, tmp_path: Path) -> None:
    root = project_with({})
    before = contents(root)
    file = tmp_path / "t.csv"
    file.write_text("fact,year\nws-004,2022\n", "utf-8")
    assert run(root, "import", "--part", "--dry-run", str(file)) == 0
    assert contents(root) == before
    assert run(root, "import", "--part", str(file)) == 0
    assert [new for _, _, new in lines_changed(before, contents(root))] == ["    year: 2022"]


def test_line_ends_and_byte_order_mark_of_a_data_file_stay(project_with: Copy, tmp_path: Path) -> None:
    root = project_with({})
    path = root / "data/evidence/wire-saw.yml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    before = path.read_bytes()
    file = exported(root, "facts", tmp_path / "t.csv")
    put(file, {("ws-005", "value"): 36.2})
    assert run(root, "import", str(file)) == 0
    assert path.read_bytes() == before.replace(b"value: 36\r\n", b"value: 36.2\r\n")


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


def test_what_is_typed_into_a_cell_of_text_stays_text(project_with: Copy, tmp_path: Path) -> None:
    sheet = load_workbook(exported(project_with({}), "facts", tmp_path / "t.xlsx"))["facts"]
    columns = [cell.value for cell in sheet[1]]
    row = next(row for row in sheet.iter_rows() if row[0].value == "wg-001")
    formats = {name: (cell.value is None, cell.number_format) for name, cell in zip(columns, row, strict=False)}
    assert (
        formats["entity"] == (False, "@") and formats["value"] == (True, "@") and formats["year"] == (False, "General")
    )


def _core(file: Path) -> bytes:
    with zipfile.ZipFile(file) as archive:
        return archive.read("docProps/core.xml")


def test_the_sheet_of_the_table_is_found_among_others(project_with: Copy, tmp_path: Path) -> None:
    root = project_with({})
    file = exported(root, "facts", tmp_path / "t.xlsx")
    book = load_workbook(file)
    book.create_sheet("my sums", 0).append(["=1+1"])
    book.save(file)
    assert run(root, "import", str(file)) == 0
