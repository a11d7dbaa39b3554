"""Downloads: every table, the workbook, the data package and the JSON interface say the same, and safely."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package, system
from jsonschema import Draft7Validator
from openpyxl import load_workbook

from macros.export import export_files
from macros.export.plain import write_plain
from macros.present.book import UnknownRecord
from macros.present.data import interface, table_file
from macros.problems import ProblemsFound
from macros.render.site import Site, build_site, open_site
from macros.spreadsheets import cell
from site_tests.conftest import ADDRESS, another
from site_tests.support.hostile import HOSTILE, poison
from site_tests.support.reading import BROKEN, passing

Row = dict[str, str]
Files = dict[str, bytes]


@pytest.fixture(scope="module")
def site(miniature: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    return open_site(shutil.copytree(miniature, tmp_path_factory.mktemp("export") / "project"))


@pytest.fixture(scope="module")
def files(site: Site) -> Files:
    return dict(export_files(site, ADDRESS))


@pytest.fixture(scope="module")
def unplaced_files(site: Site) -> Files:
    """The files of a site that has no address."""
    return dict(export_files(site, None))


@pytest.fixture(scope="module")
def hostile_files(miniature: Path, tmp_path_factory: pytest.TempPathFactory) -> Files:
    root = shutil.copytree(miniature, tmp_path_factory.mktemp("poisoned") / "project")
    assert poison(root) > 300
    with passing(*BROKEN):
        return dict(export_files(open_site(root), None))


def rows(files: Files, name: str) -> list[Row]:
    text = files[f"downloads/tables/{name}.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def row(files: Files, name: str, **where: str) -> Row:
    found = [row for row in rows(files, name) if all(row[key] == value for key, value in where.items())]
    assert len(found) == 1, (name, where, len(found))
    return found[0]


def some(row: Row, names: str) -> list[str]:
    return [row[name] for name in names.split()]


def api(files: Files, path: str) -> Any:
    return json.loads(files[f"api/v1/{path}"])


def written(folder: Path, files: Files) -> Path:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def test_assessments_carry_what_is_computed(files: Files) -> None:
    names = "level severity movement confidence support counter_support publishers evidence"
    before = row(files, "assessments", equipment="wire-saw", dimension="kerf-loss", edition="2018")
    # Two facts of one publisher, A and high and of that year: 1 x 1 x 1, once.
    assert some(before, names) == ["weit-zurueck", "2", "", "low", "1.0", "0.0", "1", "ws-001; ws-002"]
    now = row(files, "assessments", equipment="wire-saw", dimension="kerf-loss", edition="2024")
    # B and medium, a year old: 0.7 x 0.7 x 1; against it a company on itself, undated: 0.15 x 1 x 0.4.
    assert some(now, names) == ["etwas-zurueck", "1", "narrowed", "low", "0.49", "0.06", "1", "ws-003; ws-004"]


def test_unknown_is_empty_and_never_zero(files: Files) -> None:
    sorter = row(files, "assessments", equipment="wafer-sorter", dimension="uptime", edition="2024")
    assert some(sorter, "level severity basis") == ["offen", "", ""]
    undated = row(files, "facts", id="ws-005")
    assert some(undated, "year dated bound value_low value_high") == ["", "", "up-to", "36", "36"]


def test_gap_index_is_left_out_where_too_little_is_known(files: Files) -> None:
    names = "gap_index coverage known of"
    # (2 x 2 + 1 x 1 + 0 x 1) / 4 over kerf loss, precision and supply; uptime, of weight 1, is not known.
    saw = row(files, "gap-indices", subject="wire-saw", edition="2018")
    assert some(saw, names) == ["1.25", "0.8", "3", "4"]
    roller = row(files, "gap-indices", subject="wire-guide", edition="2018")
    assert some(roller, names) == ["", "0.2", "1", "4"]


def test_measured_gap_only_where_both_sides_compare(files: Files) -> None:
    kerf = row(files, "benchmarks", id="saw-kerf-2018")
    ends = "domestic_value_low domestic_value_high imported_value_low imported_value_high"
    assert some(kerf, ends) == ["150", "150", "100", "120"]
    assert [round(float(kerf[end]), 4) for end in ("gap_low", "gap_high")] == [0.6667, 0.8]
    assert some(row(files, "benchmarks", id="saw-wire-speed"), "comparable gap_low gap_high") == ["partly", "", ""]


def test_a_figure_is_two_ends_or_words(files: Files) -> None:
    names = "target_current_low target_current_high target_current_text target_goal_low target_goal_text trl_now_low"
    assert some(row(files, "priorities", id="thin-wire"), names) == ["65", "75", "", "50", "", "4"]
    record = row(files, "priorities", id="uptime-record")
    assert some(record, names) == ["", "", "", "", "Stillstände eines Jahres von beiden Seiten", ""]


def test_facts_say_whether_they_are_stale_and_where_they_stand(files: Files) -> None:
    # A performance figure lives five years: of 2018 it is stale in 2024, of 2023 it is not.
    names = "dated is_stale equipment page"
    assert some(row(files, "facts", id="ws-001"), names) == [
        "2018",
        "true",
        "wire-saw",
        "evidence/wire-saw.html#ws-001",
    ]
    assert some(row(files, "facts", id="ws-003"), names)[:2] == ["2023", "false"]


def test_tables_have_a_row_for_each_record(files: Files, site: Site) -> None:
    land = site.book.landscape
    sizes = {
        "equipment": 3, "assessments": len(land.cells), "facts": len(land.facts), "sources": 9, "suppliers": 5,
        "series-points": 6, "glossary": 4, "priorities": 2, "conflicts": 1, "claim-verdicts": 3 * len(land.claims),
    }  # fmt: skip
    assert {name: len(rows(files, name)) for name in sizes} == sizes


def test_ranks_stand_under_every_set_of_weights(files: Files) -> None:
    first = [row["rank"] for row in rows(files, "priority-ranks") if row["preset"] == "balanced"]
    assert sorted(first) == ["1", "2"]
    drawn = [some(row, "rank score") for row in rows(files, "priority-ranks") if row["preset"] == "any"]
    assert drawn == [["", ""], ["", ""]]


@pytest.mark.parametrize("which", ["files", "unplaced_files", "hostile_files"])
def test_frictionless_finds_the_package_without_error(
    which: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    folder = written(tmp_path, request.getfixturevalue(which))
    with system.use_context(trusted=True):
        report = Package(str(folder / "downloads/datapackage.json")).validate()
    assert report.flatten(["name", "type", "message"]) == []
    assert report.valid and report.stats["tasks"] == 33


def test_croissant_describes_each_column_of_each_table_once(files: Files) -> None:
    """That its own validator (`pip install mlcroissant`) finds no fault was seen by hand: it brings packages of 100 MB."""
    found, package = (json.loads(files[f"downloads/{name}.json"]) for name in ("croissant", "datapackage"))
    for item in found["distribution"]:
        content = files[f"downloads/{item['@id']}"]
        assert item["contentUrl"] == f"{ADDRESS}downloads/{item['@id']}"
        assert item["sha256"] == hashlib.sha256(content).hexdigest()
    columns = [(r["name"], f["name"]) for r in package["resources"] for f in r["schema"]["fields"]]
    fields = [field for records in found["recordSet"] for field in records["field"]]
    assert [tuple(field["@id"].split("/")) for field in fields] == columns
    assert {field["source"]["fileObject"]["@id"] for field in fields} == {item["@id"] for item in found["distribution"]}
    types = {field["@id"]: field["dataType"] for field in fields}
    assert types["facts/value_low"] == "sc:Float" and types["facts/is_stale"] == "sc:Boolean"
    assert types["facts/statement"] == "sc:Text"


def test_frictionless_would_notice_a_wrong_cell(files: Files, tmp_path: Path) -> None:
    path = "downloads/tables/assessments.csv"
    wrong = files[path].replace(b",weit-zurueck,measured,2,", b",weit-zurueck,measured,two,", 1)
    assert wrong != files[path]
    folder = written(tmp_path, {**files, path: wrong})
    with system.use_context(trusted=True):
        report = Package(str(folder / "downloads/datapackage.json")).validate()
    assert "type-error" in {kind for (kind,) in report.flatten(["type"])}


def test_package_names_licence_sources_and_citation(files: Files) -> None:
    package = json.loads(files["downloads/datapackage.json"])
    assert package["licenses"] == [
        {"name": "CC-BY-4.0", "title": "CC BY 4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}
    ]
    assert (package["name"], package["version"], package["created"]) == (
        "der-sagebericht-erfunden",
        "2024",
        "2024-10-31T00:00:00Z",
    )
    assert {"title": "VDSM: Säge und Markt", "path": "https://vdsm.example/markt"} in package["sources"]
    assert {"title": "VDSM: Fahrplan Sortieren"} in package["sources"]
    assert package["homepage"] == ADDRESS and package["citation"].endswith(f"Ausgabe 2024. {ADDRESS}")
    fields = {f["name"]: f for r in package["resources"] if r["name"] == "facts" for f in r["schema"]["fields"]}
    assert fields["statement"]["constraints"] == {"required": True}
    assert fields["value_low"]["type"] == "number" and fields["is_stale"]["type"] == "boolean"
    assert fields["confidence"]["constraints"]["enum"] == ["high", "medium", "low"]


def test_package_is_of_version_2_and_says_how_its_files_are_written(files: Files) -> None:
    package = json.loads(files["downloads/datapackage.json"])
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    for resource in package["resources"]:
        assert resource["encoding"] == "utf-8" and resource["dialect"]["delimiter"] == ","
        content = files[f"downloads/{resource['path']}"]
        assert not content.startswith(b"\xef\xbb\xbf"), "readers of packages take the mark for a part of the first name"
    types = {
        f["name"]: f["type"] for r in package["resources"] if r["name"] == "changes" for f in r["schema"]["fields"]
    }
    assert types["date"] == "date"


def test_workbook_prints_on_landscape_sheets_with_its_heads_and_links(files: Files) -> None:
    sheet = load_workbook(io.BytesIO(files["downloads/report.xlsx"]))["sources"]
    assert (sheet.page_setup.orientation, sheet.print_title_rows, sheet.sheet_properties.pageSetUpPr.fitToPage) == (
        "landscape", "$1:$1", True,
    )  # fmt: skip
    addresses = [cell for line in sheet.iter_rows(min_row=2) for cell in line if str(cell.value).startswith("https://")]
    assert addresses and all(cell.hyperlink.target == cell.value for cell in addresses)


def test_workbook_has_typed_cells_and_says_what_it_is(files: Files) -> None:
    book = load_workbook(io.BytesIO(files["downloads/report.xlsx"]))
    assert book.sheetnames[:3] == ["readme", "columns", "equipment"] and len(book.sheetnames) == 35
    readme = [value for line in book["readme"].iter_rows(values_only=True) for value in line if value is not None]
    assert "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/" in readme
    assert any(str(value).endswith(f"Ausgabe 2024. {ADDRESS}") for value in readme)
    facts = list(book["facts"].iter_rows(values_only=True))
    assert list(facts[0]) == list(rows(files, "facts")[0])
    fact = dict(zip(facts[0], next(line for line in facts if line[0] == "ws-001"), strict=False))
    assert [fact[name] for name in ("value_low", "year", "is_stale", "bound")] == [150, 2018, True, None]
    assert len(facts) - 1 == len(rows(files, "facts"))


@pytest.mark.parametrize("which", ["files", "hostile_files"])
def test_no_cell_is_a_formula_or_begins_like_one(which: str, request: pytest.FixtureRequest) -> None:
    made = request.getfixturevalue(which)
    book = load_workbook(io.BytesIO(made["downloads/report.xlsx"]))
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n", "b"}
    alike = [cell for cell in cells if cell.data_type == "s" and str(cell.value).startswith(("=", "@", "+", "-"))]
    assert alike and all(cell.quotePrefix for cell in alike)
    texts = [text for path in made if path.endswith(".csv") for line in _lines(made[path]) for text in line]
    assert [text for text in texts if text.startswith(("=", "@", "\t", "\r", "＝"))] == []
    assert [text for text in texts if text.startswith(("+", "-")) and not _is_number(text)] == []


def _lines(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def test_a_text_like_a_formula_is_defused_in_csv_and_workbook_and_left_alone_in_json(project_with) -> None:
    formula = "=HYPERLINK(1)"
    change = ("note: Ohne Ort genannt; was sie herstellt, wird nicht gesagt.", f"note: '{formula}'")
    made = dict(export_files(open_site(project_with({"data/suppliers/coil-trader.yml": change})), None))
    assert row(made, "suppliers", id="coil-trader")["note"] == f"'{formula}" == cell(formula)
    sheet = load_workbook(io.BytesIO(made["downloads/report.xlsx"]))["suppliers"]
    (found,) = [cell for line in sheet.iter_rows() for cell in line if cell.value in (formula, f"'{formula}")]
    assert (found.value, found.data_type, found.quotePrefix) == (formula, "s", True)  # no apostrophe shows
    assert api(made, "suppliers/coil-trader.json")["record"]["note"] == formula


def test_interface_gives_the_record_as_written_and_what_is_computed(files: Files) -> None:
    saw = api(files, "equipment/wire-saw.json")
    assert saw["record"]["value_share"] == {"low": 30, "high": 40, "of": "einer Sägelinie", "scope": "class", "evidence": ["ws-006"]}  # fmt: skip
    computed = saw["computed"]
    assert computed["gap_index"]["2018"] == {"value": 1.25, "coverage": 0.8, "known": 3, "of": 4}
    # Of the two dimensions of the first question the cut alone is known, one step behind, by measurement.
    cuts = computed["answers"]["cuts"]["2024"]
    assert (cuts["value"], cuts["known"], cuts["of"], cuts["level_or_ahead"], cuts["measured"]) == (1, 1, 2, 0, 1)
    assert computed["movement"] == {"kerf-loss": "narrowed", "precision": "no-longer-known", "supply": "reversed"}
    assert sorted(computed["suppliers"]) == ["kitano", "saxon-saws"]
    assert (computed["contained_in"], computed["priorities"]) == ([], ["thin-wire"])
    meta = saw["meta"]
    assert (meta["edition"], meta["page"]) == ("2024", "../../../equipment/wire-saw.html")
    assert meta["licence"]["name"] == "CC BY 4.0" and meta["citation"].endswith(ADDRESS)
    assert api(files, "suppliers/kitano.json")["computed"] == {"side": "imported"}


def test_addresses_of_the_interface_lead_to_files(files: Files, site: Site) -> None:
    pages = {page.address for page in site.pages.values()}
    index = api(files, "index.json")
    for collection in index["collections"]:
        listing = api(files, collection["href"])
        assert collection["count"] == len(listing["records"]), collection["name"]
        for item in listing["records"] if collection["href"].endswith("index.json") else ():
            folder = f"api/v1/{collection['name']}"
            assert f"{folder}/{item['href']}" in files
            assert item["page"].removeprefix("../../../").partition("#")[0] in pages
    kept = api(files, "evidence/wire-saw.json")["records"]
    assert [entry["record"]["id"] for entry in kept] == [f"ws-00{n}" for n in range(1, 8)]


@pytest.mark.parametrize("which", ["files", "unplaced_files"])
def test_every_file_of_the_interface_keeps_its_schema(which: str, request: pytest.FixtureRequest) -> None:
    made = request.getfixturevalue(which)
    schema = api(made, "schema.json")
    Draft7Validator.check_schema(schema)
    checked = 0
    for path in made:
        if path.startswith("api/") and not path.endswith("schema.json"):
            content = json.loads(made[path])
            place = content["meta"]["schema"].partition("#")[2]
            found = Draft7Validator({"$ref": f"#{place}", "$defs": schema["$defs"]}).iter_errors(content)
            assert [error.message for error in found] == [], path
            checked += 1
    assert checked > 20
    wrong = {**api(made, "industry.json"), "records": [{"record": {}, "computed": {}}]}
    assert not Draft7Validator({"$ref": "#/$defs/industry-file", "$defs": schema["$defs"]}).is_valid(wrong)


def test_whole_file_has_every_record_of_the_interface(files: Files) -> None:
    whole = json.loads(files["downloads/report.json"])
    assert {item["name"]: item["count"] for item in api(files, "index.json")["collections"]} == {
        name: len(records) for name, records in whole.items() if name != "meta"
    }
    assert whole["suppliers"] and all(entry["record"]["name"] for entry in whole["suppliers"])
    assert whole["meta"]["licence"]["name"] == "CC BY 4.0"


def test_two_makings_are_alike_to_the_byte(miniature: Path, files: Files, tmp_path: Path) -> None:
    again = dict(export_files(open_site(shutil.copytree(miniature, tmp_path / "elsewhere")), ADDRESS))
    assert [path for path in files if again.get(path) != files[path]] == [] and len(again) == len(files)
    with zipfile.ZipFile(io.BytesIO(files["downloads/report.xlsx"])) as packed:
        assert {item.date_time for item in packed.infolist()} == {(1980, 1, 31, 0, 0, 0)}
        assert b">2024-10-31T00:00:00Z<" in packed.read("docProps/core.xml")


def test_hostile_texts_stay_texts_in_every_format(hostile_files: Files) -> None:
    assert HOSTILE in row(hostile_files, "facts", id="ws-001")["statement"]
    assert HOSTILE in api(hostile_files, "evidence/wire-saw.json")["records"][0]["record"]["statement"]
    sheet = load_workbook(io.BytesIO(hostile_files["downloads/report.xlsx"]))["facts"]
    lines = [
        dict(zip([cell.value for cell in sheet[1]], line, strict=False)) for line in sheet.iter_rows(values_only=True)
    ]
    assert all(HOSTILE in line["statement"] for line in lines[1:])
    assert "[x](" not in hostile_files["llms.txt"].decode() and "<script>" not in hostile_files["llms.txt"].decode()


def test_no_address_of_a_site_stands_in_files_made_without_one(unplaced_files: Files) -> None:
    package = json.loads(unplaced_files["downloads/datapackage.json"])
    assert "homepage" not in package
    assert unplaced_files["robots.txt"] == b"User-agent: *\nAllow: /\n"
    assert b"](index.html)" in unplaced_files["llms.txt"]


def test_robots_name_the_map_of_a_site_with_an_address(files: Files) -> None:
    assert files["robots.txt"].endswith(f"\nSitemap: {ADDRESS}sitemap.xml\n".encode())
    assert f"]({ADDRESS}daten.html): Eine Seite des kleinen Berichts.".encode() in files["llms.txt"]


def test_a_missing_word_is_a_problem_that_names_it(project_with) -> None:
    site = open_site(project_with({"data/words/data.yml": ("  llms-data: Daten\n", "")}))
    with pytest.raises(ProblemsFound, match='data/words:1: no phrase "llms-data" under phrases'):
        list(export_files(site, None))


def test_block_of_files_knows_its_tables(site: Site) -> None:
    assert table_file(site.book, "stages")[0].path == "downloads/tables/stages.csv"
    with pytest.raises(UnknownRecord, match='no table "stage"; did you mean "stages"'):
        table_file(site.book, "stage")
    assert len(interface(site.book).collections) == 19


def test_plain_tree_has_the_files_too(wafers: Path, tmp_path: Path) -> None:
    root = another(wafers, tmp_path / "project")
    write_plain(build_site(root), root, tmp_path / "plain")
    for path in ("downloads/report.xlsx", "api/v1/index.json", "downloads/sources.bib", "llms.txt"):
        assert (tmp_path / "plain/content" / path).stat().st_size > 100
