"""Check finds each kind of mistake, at its line and in words, and never fails itself."""

from __future__ import annotations

import importlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from macros.check import RULES
from macros.check.explain import examples
from macros.check.rule import Rule, rule
from macros.load.draft import Draft
from macros.load.landscape import Landscape
from macros.problems import Finding, Problem, ProblemsFound, report
from macros.render.validation import problems_in
from site_tests.conftest import REPOSITORY, Change, edit
from site_tests.support.built import tree
from site_tests.support.reading import landscape_of
from site_tests.support.records import data_in
from site_tests.support.rules import reported_rules

CASES = [path.name.removesuffix(".yml") for path in examples()]
DREADFUL = REPOSITORY / "site_tests/dreadful"
Copy = Callable[[dict[str, Change]], Path]
Problems = Callable[[Path], list[Problem]]


def test_miniature_has_no_problem(miniature: Path, problems: Problems) -> None:
    assert [str(problem) for problem in problems(miniature)] == []


def test_clean_project_becomes_a_landscape_in_reading_order(miniature: Path) -> None:
    land = landscape_of(miniature)
    assert isinstance(land, Landscape)
    assert list(land.equipment) == ["wire-saw", "wire-guide", "wafer-sorter"]
    assert list(land.suppliers) == ["saxon-saws", "elbe-guides", "kitano", "alpen-wire", "coil-trader"]
    assert land.places["dimensions", "precision"].line == 4


def _apply(root: Path, case: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Break a project as a case says: its fields are the ways in which a file goes wrong."""
    name, path = case["file"], root / case["file"]
    if "content" in case:
        edit(root, name, case["content"])
    elif "replace" in case:
        parts = case["replace"] if isinstance(case["replace"], list) else [case["replace"]]
        edit(root, name, [(part["old"], part["new"]) for part in parts])
    elif case.get("delete"):
        edit(root, name, None)
    elif "padded_to" in case:
        path.write_bytes(path.read_bytes().ljust(case["padded_to"], b"\n"))
    elif case.get("unreadable"):
        monkeypatch.setattr(Path, "read_bytes", _refusing(path, Path.read_bytes))
    if "encoding" in case:
        path.write_bytes(path.read_text(encoding="utf-8").encode(case["encoding"]))


def _put_back(original: Path, path: Path) -> None:
    if original.exists():
        shutil.copyfile(original, path)
    else:
        path.unlink()


def _refusing(refused: Path, read: Callable[[Path], bytes]) -> Callable[[Path], bytes]:
    """Return a reader that may not read one file: as root, who runs tests too, every file can be read."""

    def read_others(path: Path) -> bytes:
        if path == refused:
            raise PermissionError(13, "Permission denied")
        return read(path)

    return read_others


@pytest.fixture(scope="module")
def broken(miniature: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of the miniature that one case after the other breaks: what one edits is put back before the next."""
    root = shutil.copytree(miniature, tmp_path_factory.mktemp("broken") / "project")
    yield root
    assert tree(root) == tree(miniature)


@pytest.mark.parametrize("name", CASES)
def test_example_of_a_rule_is_reported_in_full(
    name: str, miniature: Path, broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    example = next(path for path in examples() if path.name == f"{name}.yml")
    case = data_in(example)
    parts = (case, *case.get("also", ()))
    try:
        for part in parts:
            _apply(broken, part, monkeypatch)
        found = [str(problem) for problem in problems_in(broken)]
    finally:
        for path in {part["file"] for part in parts}:
            _put_back(miniature / path, broken / path)
    assert found == case["expect"].splitlines()
    assert any(line.endswith(f"[{name.partition('.')[0]}]") for line in found)


def test_each_rule_has_its_example() -> None:
    assert {name.partition(".")[0] for name in CASES} == reported_rules()


def test_every_rule_is_in_the_list_once() -> None:
    modules = [
        importlib.import_module(f"macros.check.rules.{path.stem}")
        for path in (REPOSITORY / "macros/check/rules").glob("[!_]*.py")
    ]
    defined = {value for module in modules for value in vars(module).values() if isinstance(value, Rule)}
    assert defined == set(RULES)
    assert len({rule.id for rule in RULES}) == len(RULES) == len(defined)


def test_a_rule_is_named_and_explained_by_its_function() -> None:
    @rule
    def saw_is_sharp(draft: Draft) -> Iterator[Finding]:
        """A saw must be sharp.

        Else it tears.
        """
        yield Finding("data/saws.yml", 3, "saws[0]", "is blunt", "sharpen it")

    assert (saw_is_sharp.id, saw_is_sharp.asks) == ("saw-is-sharp", "A saw must be sharp.\n\nElse it tears.")
    assert list(map(str, saw_is_sharp.problems(Draft()))) == [
        "data/saws.yml:3: saws[0]: is blunt; sharpen it [saw-is-sharp]"
    ]


def test_dreadful_file_is_reported_in_full(project_with: Copy, problems: Problems) -> None:
    root = project_with({"data/evidence/wire-saw.yml": (DREADFUL / "wire-saw.yml").read_text(encoding="utf-8")})
    assert report(problems(root)).splitlines() == (DREADFUL / "expected.txt").read_text(encoding="utf-8").splitlines()


def test_problems_are_raised_all_at_once(project_with: Copy) -> None:
    changes: dict[str, Change] = {"data/stages.yml": ("name: Sägen", 'name: ""'), "data/notes.yml": None}
    with pytest.raises(ProblemsFound) as caught:
        landscape_of(project_with(changes))
    assert [(problem.path, problem.rule) for problem in caught.value.problems] == [
        ("data/notes.yml", "file-missing"),
        ("data/stages.yml", "right-length"),
    ]
    assert str(caught.value).endswith("2 problems in 2 files. Nothing was published. Field reference: data/README.md")


def test_claim_with_open_verdicts_needs_no_fact(project_with: Copy, problems: Problems) -> None:
    changes: dict[str, Change] = {
        "data/claims.yml": [
            ('{edition: "2024", verdict: supported}', '{edition: "2024", verdict: unclear}'),
            ("evidence: [im-002]", "evidence: []"),
        ]
    }
    assert problems(project_with(changes)) == []


def test_date_of_the_edition_may_be_a_year(project_with: Copy, problems: Problems) -> None:
    assert problems(project_with({"data/report.yml": ('date: "2024-10-31"', 'date: "2024"')})) == []


def test_forecast_lies_after_the_edition_where_its_topic_looks_ahead(project_with: Copy, problems: Problems) -> None:
    before = ("topic: markt\n    origin: both", "year: 2020")
    for topic, found in (("markt", []), ("fahrplan", []), ("ereignis", ["date-not-future"])):
        change = [(before[0], f"topic: {topic}\n    origin: both"), (before[1], "year: 2031")]
        root = project_with({"data/evidence/wire-saw.yml": change})
        assert [problem.rule for problem in problems(root)] == found


def test_events_of_different_exactness_are_in_order(project_with: Copy, problems: Problems) -> None:
    """A year stands before or after any of its days; only a date that is surely earlier is out of order."""
    for date in ("2021", "2021-03", "2021-12-31"):
        assert problems(project_with({"data/timeline.yml": ('"2022-05-02"', f'"{date}"')})) == []
    for date in ("2020", "2021-02", "2021-02-28"):
        root = project_with({"data/timeline.yml": ('"2022-05-02"', f'"{date}"')})
        assert [problem.rule for problem in problems(root)] == ["in-order"]


def test_last_edition_is_the_current_one(project_with: Copy, problems: Problems) -> None:
    later = '  - id: "2025"\n    role: past\n    date: "2025-01-01"\n    evidence_until: 2025\n    summary: Put in the wrong place.\nnavigation:'
    found = [str(problem) for problem in problems(project_with({"data/report.yml": ("navigation:", later)}))]
    assert (
        "data/report.yml:12: editions: the last edition is not the current one; put the current edition last [edition-roles]"
        in found
    )


def test_editions_stand_in_order_of_date(project_with: Copy, problems: Problems) -> None:
    found = [str(problem) for problem in problems(project_with({"data/report.yml": ('"2018-11-30"', '"2025-11-30"')}))]
    assert found == [
        "data/report.yml:12: editions: the editions are not in order of date; put the oldest first [in-order]",
        "data/report.yml:16: editions[0].evidence_until: 2018 is far from the edition's date, 2025-11-30; mend one of the two [edition-dated]",
    ]


def test_each_rule_states_itself_in_its_first_line() -> None:
    assert [one.id for one in RULES if not one.asks.partition("\n")[0].endswith(".")] == []


def test_many_problems_of_one_rule_hide_no_other() -> None:
    many = [Problem("data/a.yml", line, "", "wrong", "", "unit-listed") for line in range(1, 1001)]
    lines = report(
        [*many, Problem("data/b.yml", 7, "", "is not a file that the report knows", "", "file-name")]
    ).splitlines()
    assert lines[19:22] == [
        "data/a.yml:20: wrong [unit-listed]",
        "data/b.yml:7: is not a file that the report knows [file-name]",
        "... and 980 more of [unit-listed]",
    ]
    assert lines[-1].startswith("1001 problems in 2 files.")


def test_a_record_that_many_places_miss_is_asked_back_and_the_first_says_how_to_change_an_id(
    project_with: Copy, problems: Problems
) -> None:
    """Its id was changed by hand: none of the seven places is a slip, whatever other id is alike."""
    found = problems(project_with({"data/evidence/wire-saw.yml": ("  - id: ws-001\n", "  - id: ws-901\n")}))
    rights = [problem.right for problem in found if problem.rule == "fact-exists"]
    how = " and change its id with python -m macros rename: 7 places name it"
    assert rights == [f"add its record, or put it back{how}", *["add its record, or put it back"] * 6]


def test_file_that_index_names_is_missed_once_however_often_its_records_are_named(
    project_with: Copy, problems: Problems
) -> None:
    found = [str(problem) for problem in problems(project_with({"data/evidence/wire-saw.yml": None}))]
    assert [line for line in found if "fact-exists" in line or "file-listed" in line] == [
        "data/index.yml:5: evidence[0]: there is no file data/evidence/wire-saw.yml; put the file back, or remove the name; "
        "37 references to it cannot be checked until then [file-listed]"
    ]
