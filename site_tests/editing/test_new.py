"""New records: valid, explained, in the right place; what would bring problems is not written."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.cli.main import main
from macros.cli.new import RECORDS
from macros.editing.new_records import MAKERS
from macros.editing.workspace import free_id, next_number, slug, usual_prefix
from macros.load import load
from site_tests.conftest import Copy, Find, report_in
from site_tests.support.new_words import ASSESSMENT, EQUIPMENT, FACT, PRIORITY, SOURCE, SUPPLIER, new
from site_tests.support.tables import contents


@pytest.mark.parametrize(
    ("record", "words", "written"),
    [
        ("equipment", EQUIPMENT, {"data/equipment/edge-grinder.yml", "data/index.yml"}),
        ("supplier", SUPPLIER, {"data/suppliers/gross-sohne-ag.yml", "data/index.yml"}),
        ("priority", PRIORITY, {"data/priorities/longer-wire.yml", "data/index.yml"}),
        ("fact", [*FACT, "--source", "saegeblatt-2024-rollers"], {"data/evidence/wire-saw.yml"}),
        ("assessment", ASSESSMENT, {"data/equipment/wire-saw.yml"}),
        (
            "fact",
            [*FACT, *(f"--source.{word[2:]}" if word.startswith("--") else word for word in SOURCE)],
            {"data/evidence/wire-saw.yml", "data/sources/trade-press.yml"},
        ),
    ],
)
def test_a_new_record_is_clean_and_every_line_there_was_stays(
    project_with: Copy,
    problems: Find,
    record: str,
    words: list[str],
    written: set[str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    root = project_with({})
    before = contents(root)
    assert new(root, record, *words) == 0
    said = capsys.readouterr().out
    assert "python -m macros" in said or "make " in said
    assert problems(root) == []
    after = contents(root)
    assert {name for name in after if after[name] != before.get(name)} == written
    for name in written & before.keys() - {"data/index.yml"}:
        old, rest = before[name].decode().split("\n"), iter(after[name].decode().split("\n"))
        assert all(line in rest for line in old), name  # in order, whatever came between
    assert all(after[name].endswith(b"\n...\n") for name in written)


def test_a_fact_gets_the_next_number_and_explains_its_fields(project_with: Copy) -> None:
    root = project_with({})
    assert (
        new(
            root,
            "fact",
            *FACT,
            "--value",
            "21",
            "--unit",
            "h",
            "--metric",
            "life",
            "--source",
            "saegeblatt-2024-rollers",
        )
        == 0
    )
    text = (root / "data/evidence/wire-saw.yml").read_text("utf-8")
    added = text[text.index("  - id: ws-008") - 1 :]
    assert added.startswith(
        "\n  - id: ws-008                            # Two letters of the dossier and a number; never reused\n"
    )
    assert '    statement: "It says: the wire is domestic."  # What the source says' in added
    assert "    value: 21\n" in added and "origin: null" in added and "bound" not in added and "share" not in added
    assert max(map(len, added.split("\n"))) <= 120


def test_a_record_may_be_written_without_comments(project_with: Copy) -> None:
    root = project_with({})
    assert new(root, "supplier", *SUPPLIER, "--no-comments") == 0
    text = (root / "data/suppliers/gross-sohne-ag.yml").read_text("utf-8")
    assert text.count("#") == 1 and text.startswith("# yaml-language-server: $schema=../schema/suppliers.schema.json\n")
    assert load(root).documents["data/suppliers/gross-sohne-ag.yml"].data == {
        "id": "gross-sohne-ag", "name": "Groß & Söhne: AG", "name_local": None, "aliases": (), "status": "supplier",
        "country": "DE", "country_basis": "general", "parent": None, "founded": None, "listing": None, "website": None,
        "equipment": (), "figures": (), "events": (), "sources": (), "note": None,
    }  # fmt: skip


def test_sentences_are_listed_one_a_line(project_with: Copy) -> None:
    root = project_with({})
    assert new(root, "priority", *PRIORITY, "--no-comments") == 0
    text = (root / "data/priorities/longer-wire.yml").read_text("utf-8")
    assert "actions:\n  - Draw it, slowly\n  - Test it.\n" in text and "  goal: [4, 6]\n" in text


def test_a_name_stands_in_the_reading_order_where_it_was_wanted(project_with: Copy) -> None:
    root = project_with({})
    assert new(root, "supplier", *SUPPLIER, "--after", "kitano") == 0
    index = load(root).documents["data/index.yml"].data["suppliers"]
    assert index[index.index("kitano") + 1] == "gross-sohne-ag"


def test_the_first_fact_of_a_class_makes_its_file(project_with: Copy, problems: Find) -> None:
    root = project_with({})
    assert new(root, "equipment", *EQUIPMENT) == 0
    words = [word if word != "wire-saw" else "edge-grinder" for word in FACT]
    assert new(root, "fact", *words, "--source", "saegeblatt-2024-rollers", "--dossier", "eg") == 0
    document = load(root).documents["data/evidence/edge-grinder.yml"]
    assert document.data["equipment"] == "edge-grinder" and document.data["facts"][0]["id"] == "eg-001"
    assert problems(root) == []


def test_a_source_goes_to_its_place_in_the_alphabet_and_says_what_is_next(
    project_with: Copy, problems: Find, capsys: pytest.CaptureFixture[str]
) -> None:
    root = project_with({})
    assert new(root, "source", *SOURCE) == 0
    assert "python -m macros new fact --source sageblatt-2024-whose-wire --in CLASS" in capsys.readouterr().out
    ids = [row["id"] for row in load(root).documents["data/sources/trade-press.yml"].data["sources"]]
    assert ids == [
        "saegeblatt-2018-distance",
        "saegeblatt-2023-visit",
        "saegeblatt-2024-rollers",
        "sageblatt-2024-whose-wire",
    ]
    assert [problem.rule for problem in problems(root)] == ["source-used"]
    assert new(root, "fact", *FACT, "--source", "sageblatt-2024-whose-wire") == 0
    assert problems(root) == []


def test_the_first_source_of_a_kind_makes_its_file(project_with: Copy, problems: Find) -> None:
    kind = "  - {id: blog, name: blog, csl_type: post-weblog, speaks_for_itself: false}\n"
    root = project_with({"data/method.yml": ("source_kinds:\n", f"source_kinds:\n{kind}")})
    words = [f"--source.{word[2:]}" if word.startswith("--") else word for word in SOURCE]
    words[words.index("trade-press")] = "blog"
    assert new(root, "fact", *FACT, *words) == 0
    assert "blog" in load(root).documents["data/index.yml"].data["sources"]
    assert problems(root) == []


def test_an_assessment_stands_behind_those_of_its_dimension(project_with: Copy) -> None:
    root = project_with({})
    assert new(root, "assessment", *ASSESSMENT, "--edition", "2018") == 0
    assert new(root, "assessment", *ASSESSMENT) == 0
    rows = load(root).documents["data/equipment/wire-saw.yml"].data["assessments"]
    found = [(row["dimension"], row["edition"]) for row in rows]
    at = found.index(("uptime", "2018"))
    assert found[at + 1] == ("uptime", "2024") and found[at - 1] == ("precision", "2024")


@pytest.mark.parametrize(
    ("record", "words", "said"),
    [
        ("fact", FACT, "--source is needed"),
        ("fact", [*FACT, "--source", "saegeblatt-2024-roller"], 'did you mean "saegeblatt-2024-rollers"?'),
        ("fact", [*FACT, "--source", "saegeblatt-2024-rollers", "--unit", "parsec"], '--unit: "parsec" is not allowed'),
        ("assessment", [*ASSESSMENT, "--evidence", "ws-003 ws-999"], '--evidence: "ws-999" is not allowed'),
        ("fact", ["--in", "wire-sow"], 'did you mean "wire-saw"?'),
        ("supplier", [*SUPPLIER, "--id", "kitano"], "there is such a file already"),
        (
            "supplier",
            [*SUPPLIER, "--country", "XX"],
            '--country: no such name as "XX"; write one that there is, or add it first',
        ),
        ("supplier", [*SUPPLIER, "--website", "ftp://x"], "--website"),
        ("supplier", [*SUPPLIER, "--note", "<b>x</b>"], "plain-text"),
        ("supplier", [*SUPPLIER, "--parent.since", "2019"], "--parent.name is needed"),
        ("source", [*SOURCE, "--issued", "2024-13"], "there is no month 13"),
        ("source", [word for word in SOURCE if word not in ("--accessed", "2024-10-02")], "--accessed is needed"),
        ("equipment", [*EQUIPMENT, "--id", "../evil"], "wrong form"),
        ("equipment", [*EQUIPMENT, "--components", "wafer-sorter"], "component-is-component"),
        ("assessment", [*ASSESSMENT, "--level", "gleichauf"], "known-has-evidence"),
        ("priority", PRIORITY[2:], "--title is needed"),
    ],
)
def test_a_record_with_a_fault_is_refused_and_nothing_written(
    project_with: Copy, record: str, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    root = project_with({})
    before = contents(root)
    try:
        assert new(root, record, *words) == 1
        message = capsys.readouterr().err
    except SystemExit as stopped:
        message = str(stopped.code)
    assert said in message and "Nothing was written" in message
    assert contents(root) == before
    assert not (root / "evil.yml").exists() and not (root / "data/evil.yml").exists()


def test_a_dry_run_shows_the_lines_and_writes_none(project_with: Copy, capsys: pytest.CaptureFixture[str]) -> None:
    root = project_with({})
    before = contents(root)
    assert new(root, "supplier", *SUPPLIER, "--dry-run") == 0
    assert "+ id: gross-sohne-ag" in capsys.readouterr().out
    assert contents(root) == before


def test_every_kind_of_record_can_be_named_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert set(RECORDS) == {*MAKERS, "report"}
    for record in RECORDS:
        with pytest.raises(SystemExit) as stopped:
            main(["new", record, "--help"])
        assert stopped.value.code == 0 and f"Example: python -m macros new {record}" in capsys.readouterr().out


def test_numbers_and_names_are_chosen_free() -> None:
    assert next_number("fe", ["fe-036", "fe-009", "ab-100", "fe-x"]) == "fe-037"
    assert next_number("zz", ["fe-036"]) == "zz-001" and next_number("fe", ["fe-999"]) == "fe-1000"
    assert usual_prefix(["ar-009", "fe-001", "fe-002"]) == "fe" and usual_prefix([]) is None
    assert slug("Groß & Söhne: AG") == "gross-sohne-ag" and slug("先导 智能") == "xian-dao-zhi-neng"
    assert free_id("a", {"a", "a-2"}) == "a-3" and free_id("b", {"a"}) == "b"


@pytest.mark.slow
def test_records_fit_the_real_report(tmp_path: Path, problems: Find) -> None:
    root = report_in(tmp_path / "project")
    project = load(root)
    home = project.documents["data/index.yml"].data["equipment"][0]
    source = project.documents[f"data/evidence/{home}.yml"].data["facts"][0]["source"]
    words = [
        "--in",
        home,
        "--topic",
        "assessment",
        "--statement",
        "It is so.",
        "--confidence",
        "low",
        "--source",
        source,
    ]
    assert new(root, "fact", *words) == 0
    assert problems(root) == []
