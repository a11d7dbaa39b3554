"""Tables as spreadsheets and other programs save them: read as what a person sees in the cell, or refused with the reason."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
from openpyxl import Workbook, load_workbook

from macros.editing.cells import Around, BadCell, Percent, is_same, percent_of, refuse_spoiled, value_of
from macros.editing.grid import Bad, read_grid
from macros.load import load
from site_tests.conftest import REPOSITORY, Copy
from site_tests.support.tables import NUMBER, contents, exported, lines_changed, put, rows_of, run, write

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def saved_elsewhere(
    file: Path, lines: Sequence[Sequence[Any]], dimension: str = "", formats: dict[tuple[int, int], int] | None = None,
    below: str = "", namespace: str = _MAIN,
) -> Path:  # fmt: skip
    """Write a workbook the way LibreOffice and WPS do: texts apart, a style for each format, `dimension` as they count it.

    `formats` are the ids of number formats, by line and column; `below` is XML of rows under the table.
    """
    texts = list(dict.fromkeys(str(cell) for line in lines for cell in line if isinstance(cell, str) and cell))
    styles = sorted({0, *(formats or {}).values()})
    rows = []
    for at, line in enumerate(lines):
        cells = []
        for column, cell in enumerate(line):
            style = styles.index((formats or {}).get((at, column), 0))
            name = f"{chr(ord('A') + column) if column < 26 else 'A' + chr(ord('A') + column - 26)}{at + 1}"
            if isinstance(cell, str) and cell:
                cells.append(f'<c r="{name}" s="{style}" t="s"><v>{texts.index(cell)}</v></c>')
            elif cell not in ("", None):
                cells.append(f'<c r="{name}" s="{style}"><v>{cell}</v></c>')
        rows.append(f'<row r="{at + 1}" customFormat="false" ht="12.8">{"".join(cells)}</row>')
    size = f'<dimension ref="{dimension}"/>' if dimension else ""
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_TYPES}.sharedStrings+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPES}.worksheet+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATED}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATED}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId2" Type="{_RELATED}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId3" Type="{_RELATED}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {namespace} xmlns:r="{_RELATED}"><sheets>'
        '<sheet name="Sheet1" sheetId="1" r:id="rId2"/></sheets></workbook>',
        "xl/styles.xml": f'<styleSheet {namespace}><numFmts count="1"><numFmt numFmtId="164" '
        'formatCode="[$-804]yyyy\\年m\\月d\\日;@"/></numFmts><cellXfs>'
        + "".join(f'<xf numFmtId="{style}" applyNumberFormat="1"/>' for style in styles)
        + "</cellXfs></styleSheet>",
        "xl/sharedStrings.xml": f"<sst {namespace}>"
        + "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in texts)
        + "</sst>",
        "xl/worksheets/sheet1.xml": f"<worksheet {namespace}>{size}<sheetData>{''.join(rows)}{below}</sheetData></worksheet>",
    }
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{text}')
    return file


# What `grid` gives.
Grid = Callable[[str], list[list[Any]]]


@pytest.fixture(scope="module")
def grids(miniature: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[list[Any]]]:
    """The cells of every table of the miniature as it is exported."""
    folder = tmp_path_factory.mktemp("grids")
    return {table: grid_of(miniature, table, folder) for table in ("suppliers", "facts", "benchmarks")}


@pytest.fixture
def grid(grids: dict[str, list[list[Any]]]) -> Grid:
    """Return a function that returns the cells of a table of the miniature, for a test to change."""
    return lambda table: deepcopy(grids[table])


def grid_of(root: Path, table: str, folder: Path) -> list[list[Any]]:
    """Return the cells of an exported table, of which numbers are numbers."""
    sheet = load_workbook(exported(root, table, folder / "as-exported.xlsx")).worksheets[0]
    return [["" if cell is None else cell for cell in line] for line in sheet.iter_rows(values_only=True)]


def at(lines: Sequence[Sequence[Any]], name: str, column: str) -> tuple[int, int]:
    """Return line and column of a cell, from 0."""
    return next(n for n, line in enumerate(lines) if line[0] == name), list(lines[0]).index(column)


@pytest.mark.parametrize("dimension", ["A1", "A1:C2", "", "A1:AMJ1048576"])
@pytest.mark.parametrize("table", ["suppliers", "facts", "benchmarks"])
def test_a_table_is_read_to_its_end_whatever_size_the_sheet_says_it_has(
    project_with: Copy, tmp_path: Path, grid: Grid, dimension: str, table: str, capsys: pytest.CaptureFixture[str]
) -> None:
    root = project_with({})
    file = saved_elsewhere(tmp_path / "t.xlsx", grid(table), dimension)
    assert run(root, "import", str(file)) == 0
    assert "Nothing differs" in capsys.readouterr().out


def test_an_edit_beyond_the_size_that_the_sheet_says_it_has_is_not_lost(
    project_with: Copy, tmp_path: Path, grid: Grid
) -> None:
    root = project_with({})
    before, lines = contents(root), grid("facts")
    row, column = at(lines, "ws-001", "confidence")
    lines[row][column] = "medium"
    assert run(root, "import", str(saved_elsewhere(tmp_path / "t.xlsx", lines, "A1:B2"))) == 0
    assert lines_changed(before, contents(root)) == [
        ("data/evidence/wire-saw.yml", "    confidence: high", "    confidence: medium")
    ]  # fmt: skip


@pytest.mark.parametrize(
    "below",
    [
        '<row r="1048576" ht="12.8"/>',
        '<row r="200000"><c r="C200000" s="0"/></row>',
        '<row r="150001"><c r="XFD150001" s="0"/></row>',
    ],
)
def test_a_coloured_cell_far_below_the_table_is_passed_over(
    project_with: Copy, tmp_path: Path, grid: Grid, below: str
) -> None:
    root = project_with({})
    assert run(root, "import", str(saved_elsewhere(tmp_path / "t.xlsx", grid("benchmarks"), below=below))) == 0


def test_a_text_of_lines_is_the_same_with_the_line_ends_of_another_system(project_with: Copy, tmp_path: Path) -> None:
    root = project_with({"data/suppliers/kitano.yml": ("note: null", "note: |-\n  One line,\n  and another.")})
    before, lines = contents(root), grid_of(root, "suppliers", tmp_path)
    row, column = at(lines, "kitano", "note")
    assert lines[row][column] == "One line,\nand another."
    lines[row][column] = "One line,_x000D_\nand another."
    assert run(root, "import", str(saved_elsewhere(tmp_path / "t.xlsx", lines))) == 0
    assert contents(root) == before


@pytest.mark.parametrize("form", [14, 27, 31, 35, 57, 58, 164])
def test_a_date_cell_is_a_date_in_whatever_language_it_is_shown(
    project_with: Copy, tmp_path: Path, grid: Grid, form: int
) -> None:
    root = project_with({})
    lines = grid("suppliers")
    row, column = at(lines, "alpen-wire", "parent.since")
    lines[row][column] = 45425  # 13 May 2024, counted in days from the end of 1899
    file = saved_elsewhere(tmp_path / "t.xlsx", lines, formats={(row, column): form})
    assert run(root, "import", str(file)) == 0
    assert load(root).documents["data/suppliers/alpen-wire.yml"].data["parent"]["since"] == "2024-05-13"


def test_yes_and_no_are_values_also_where_libreoffice_makes_formulas_of_them(tmp_path: Path) -> None:
    book = Workbook()
    for line in (["a", "b", "c"], [True, "=FALSE()", "=A2"]):
        book.active.append(line)
    book.save(tmp_path / "t.xlsx")
    ((_, cells),) = read_grid(tmp_path / "t.xlsx").rows
    assert cells[:2] == ("true", "false") and isinstance(cells[2], Bad)


def test_a_percent_cell_beside_percent_is_the_number_it_shows(
    project_with: Copy, tmp_path: Path, grid: Grid, capsys: pytest.CaptureFixture[str]
) -> None:
    root = project_with({})
    lines = grid("facts")
    row, column = at(lines, "im-001", "value")
    assert lines[row][column] == 50
    lines[row][column] = 0.5
    for form in (9, 10):  # 0% and 0.00%
        file = saved_elsewhere(tmp_path / "t.xlsx", lines, formats={(row, column): form})
        capsys.readouterr()
        assert run(root, "import", str(file)) == 0
        assert "Nothing differs" in capsys.readouterr().out


def test_a_percent_cell_is_refused_where_what_it_shows_may_not_be_meant() -> None:
    assert percent_of(NUMBER, Percent(0.72), 70, "%") == 72
    assert percent_of(NUMBER, Percent(0.0285), 70, "% of cost") == 2.85
    assert percent_of(NUMBER, Percent(150), 150, "m/min") == 150  # a format for a whole column, the number untouched
    with pytest.raises(BadCell, match="shows 7000 %; set the format of the cell to General, and write 70 or 7000"):
        percent_of(NUMBER, Percent(70), 70, "%")
    with pytest.raises(BadCell, match="shows 72 %, with the unit m/min"):
        percent_of(NUMBER, Percent(0.72), 150, "m/min")


def test_export_shows_the_unit_and_keeps_the_number(project_with: Copy, tmp_path: Path) -> None:
    root = project_with({})
    facts = load_workbook(exported(root, "facts", tmp_path / "f.xlsx"))["facts"]
    lines = [[cell.value for cell in line] for line in facts]
    row, column = at(lines, "ws-001", "value")
    cell = facts.cell(row + 1, column + 1)
    assert (cell.value, cell.number_format) == (150, 'General" µm"')
    compared = load_workbook(exported(root, "benchmarks", tmp_path / "b.xlsx"))["benchmarks"]
    lines = [[cell.value for cell in line] for line in compared]
    row, column = at(lines, "saw-kerf-2018", "domestic.value")
    assert compared.cell(row + 1, column + 1).number_format == 'General" µm"'


@pytest.mark.parametrize(
    ("cell", "unit", "expected"),
    [
        ("1.25E+06", "pieces", 1250000),
        ("1.2e3", "pieces", 1200),
        ("1.5E-03", None, 0.0015),
        ("30 %", "%", 30),
        ("30 ％", "%", 30),
        ("4.75 m/min", "m/min", 4.75),
        ("33 / 30 / 21", "%", "33 / 30 / 21"),
        ("five firms", None, "five firms"),
    ],
)
def test_a_figure_is_read_as_a_spreadsheet_writes_it(cell: str, unit: str | None, expected: Any) -> None:
    found = value_of(NUMBER, cell, None, Around(unit))
    assert found == expected and type(found) is type(expected)


@pytest.mark.parametrize(
    ("cell", "unit", "right"),
    [
        ("5±0.5", "mm", "write 5; its tolerance goes into the statement, or write a range"),
        ("5±0.5", None, "write 5; its tolerance goes into the statement, or write a range"),
        ("1 200", "mm", "write 1200"),
        ("1'200", "mm", "write 1200"),
        ("30-40", "mm", r"write \[30, 40\]"),
        ("30 to 40", "mm", r"write the range as \[30, 40\]"),
        ("about 30", "mm", "write 30"),
        ("N/A", "mm", "there is a unit"),
        ("TBD", "%", "there is a unit"),
        ("30 %", "mm", "write 30"),
        ("1e400", None, "is not a number"),
    ],
)
def test_a_figure_in_words_is_refused_with_what_would_be_right(cell: str, unit: str | None, right: str) -> None:
    leaf = NUMBER if cell != "1e400" else YEARLESS
    with pytest.raises(BadCell, match=right):
        value_of(leaf, cell, None, Around(unit))


YEARLESS = type(NUMBER)(("trl",), {"type": "number"}, True)


@pytest.mark.parametrize(
    ("before", "cell"),
    [
        ("2024-05-22", "2024/5/22"),
        ("2024-05-22", "22.05.2024"),
        ("2024-05-22", "5/22/2024"),
        ("2024-05-22", "22-May-24"),
        ("2024-05-22", "2024年5月22日"),
        ("2024-05", "May-24"),
        ("2024-05", "2024-05-01"),
        ("5 / 3", "05-Mar"),
        ("5 / 3", "2026-05-03"),
        ("5 / 3", "3. May"),
        ("5-24", "May-24"),
        ("1.10", "1.1"),
    ],
)
def test_what_a_spreadsheet_made_of_a_text_is_the_text(before: str, cell: str) -> None:
    assert is_same(cell, before)


@pytest.mark.parametrize(
    ("before", "cell"),
    [("2024-05-22", "2024/5/23"), ("2024-05", "2024-05-13"), ("5 / 3", "05-Apr"), ("Elbe", "05-Mar"), ("1.10", "1.2")],
)
def test_another_date_is_not_the_same_and_no_text(before: str, cell: str) -> None:
    assert not is_same(cell, before)


@pytest.mark.parametrize("cell", ["05-Mar", "22.05.2024", "2024/5/22", "1.23457E+11"])
def test_a_text_that_a_spreadsheet_spoiled_is_refused(cell: str) -> None:
    with pytest.raises(BadCell, match="the spreadsheet"):
        refuse_spoiled(cell, "Elbe Guides")


def test_a_spoiled_text_is_named_at_its_cell(
    project_with: Copy, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = project_with({})
    file = exported(root, "facts", tmp_path / "t.csv")
    put(file, {("ws-001", "entity"): "05-Mar"})
    assert run(root, "import", str(file)) == 1
    said = '"05-Mar" looks like a date that the spreadsheet made of a text; format the cell as text and type it anew: Saxon Saws'
    assert f"column entity (ws-001): {said}" in capsys.readouterr().err


def test_a_point_that_a_spreadsheet_took_for_a_mark_of_thousands_is_missed() -> None:
    # LibreOffice in German makes 2831 of 2.831 when it opens a CSV; 2.83 it leaves alone.
    with pytest.raises(BadCell, match="2.831 without its point"):
        value_of(NUMBER, "2831", 2.831, Around(is_csv=True))
    assert value_of(NUMBER, "2831", 2.831, Around()) == 2831
    assert value_of(NUMBER, "2832", 2.831, Around(is_csv=True)) == 2832


def test_a_csv_that_a_spreadsheet_saved_again_changes_nothing(project_with: Copy, tmp_path: Path) -> None:
    root = project_with(
        {
            "data/suppliers/alpen-wire.yml": ("  since: null", '  since: "2019-07-02"'),
            "data/evidence/wire-saw.yml": ("    value: 150\n", "    value: 5 / 3\n"),
        }
    )
    before = contents(root)
    for table, name, column, cell in (
        ("suppliers", "alpen-wire", "parent.since", "02.07.2019"),
        ("facts", "ws-001", "value", "05-Mar"),
    ):
        file = exported(root, table, tmp_path / "t.csv")
        put(file, {(name, column): cell})
        write(file, rows_of(file), ";")
        assert run(root, "import", str(file)) == 0
    assert contents(root) == before


def test_a_cell_that_was_emptied_is_asked_about(
    project_with: Copy, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = project_with({})
    before = contents(root)
    file = exported(root, "facts", tmp_path / "t.xlsx")
    put(file, {("ws-001", "year"): None})
    assert run(root, "import", str(file)) == 1
    assert 'column year (ws-001): is empty, and the data has "2018"; put it back, or add --allow-blank' in (
        capsys.readouterr().err
    )
    assert contents(root) == before
    assert run(root, "import", "--allow-blank", str(file)) == 0
    assert "ws-001: year: 2018 -> null" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old .xls workbook, or one locked by a password"),
        (b"<html><table><tr><td>fact</td></tr></table></html>", "is a web page or XML"),
        (b"%PDF-1.7", "is a PDF"),
    ],
)
def test_a_file_of_another_kind_is_named_and_the_edits_are_not_given_up(
    project_with: Copy, tmp_path: Path, content: bytes, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "t.xlsx").write_bytes(content)
    assert run(project_with({}), "import", str(tmp_path / "t.xlsx")) == 1
    told = capsys.readouterr().err
    assert f"{said}; open it in a spreadsheet" in told and "export it anew" not in told


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "is an OpenDocument file"),
        ({"xl/workbook.bin": "x"}, "is a binary workbook"),
        ({"word/document.xml": "<x/>"}, "is not a workbook that can be read"),
    ],
)
def test_an_archive_of_another_kind_is_named(
    project_with: Copy, tmp_path: Path, parts: dict[str, str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    (tmp_path / "t.xlsx").write_bytes(packed.getvalue())
    assert run(project_with({}), "import", str(tmp_path / "t.xlsx")) == 1
    assert said in capsys.readouterr().err


def test_a_workbook_in_the_strict_form_is_named(
    project_with: Copy, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    strict = 'xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"'
    file = saved_elsewhere(tmp_path / "t.xlsx", [["fact"], ["ws-001"]], namespace=strict)
    assert run(project_with({}), "import", str(file)) == 1
    assert 'Strict Open XML; open it in a spreadsheet, save it as "Excel Workbook (.xlsx)"' in capsys.readouterr().err


def test_letters_that_the_output_cannot_hold_do_not_end_an_import(project_with: Copy, tmp_path: Path) -> None:
    root = project_with({})
    file = exported(root, "suppliers", tmp_path / "t.xlsx")
    put(file, {("alpen-wire", "note"): "Drähte, 线锯"})
    done = subprocess.run(
        [sys.executable, "-m", "macros", "--root", str(root), "import", str(file)],
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        cwd=REPOSITORY,
        capture_output=True,
        timeout=120,
    )
    assert done.returncode == 0 and done.stderr == b""
    assert b"-> Dr?hte, ??" in done.stdout
    assert load(root).documents["data/suppliers/alpen-wire.yml"].data["note"] == "Drähte, 线锯"
