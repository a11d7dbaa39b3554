"""What moved between two states: compared as pure functions, read from git, written as text, Markdown and JSON."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from macros.cli.main import main
from macros.editing.edition import NewEdition, start_edition
from macros.load.landscape import Landscape
from macros.upkeep.compare import Change as Moved
from macros.upkeep.compare import compare
from macros.upkeep.compare_text import cell, headline, markdown, text
from site_tests.conftest import Change, edit
from site_tests.support.built import tree
from site_tests.support.reading import landscape_of, passing

Copy = Callable[[dict[str, Change]], Path]
SAW = "data/equipment/wire-saw.yml"
FACTS = "data/evidence/wire-saw.yml"
LEVEL = ("level: etwas-zurueck\n    basis: measured", "level: gleichauf\n    basis: measured")


def _land(root: Path) -> Landscape:
    # That a figure is changed in one place only is what these tests are about.
    with passing("fact-as-stated", "figure-as-cited"):
        return landscape_of(root)


@pytest.fixture
def moved_by(project_with: Copy, miniature: Path) -> Callable[[dict[str, Change]], list[Moved]]:
    """Return a function that returns what some edits of the miniature move."""
    return lambda changes: compare(_land(miniature), _land(project_with(changes)))


def test_nothing_moves_between_a_state_and_itself(moved_by: Callable[..., list[Moved]]) -> None:
    assert moved_by({}) == []


def test_an_edited_level_moves_its_index_and_the_findings(moved_by: Callable[..., list[Moved]]) -> None:
    found = [change for change in moved_by({SAW: LEVEL}) if change.kind != "rank"]
    # Saw: cut (weight 2) and supply (weight 1, -1) are known: (2 x 1 - 1) / 3 = 0.3, then (2 x 0 - 1) / 3 = -0.3.
    assert Moved("gap index", ("wire-saw", "2024"), "changed", "index", 0.3, -0.3) in found
    assert Moved("level", ("wire-saw", "kerf-loss", "2024"), "changed", "level", "etwas-zurueck", "gleichauf") in found
    texts = {change.key[0]: (change.before, change.after) for change in found if change.kind == "finding"}
    # Of cutting two points are known: the guide, a component, is three steps behind, and the saw one, then none.
    before, after = texts["finding-components"]
    assert "Schneiden 3,0 gegen 1,0" in before and "Schneiden 3,0 gegen 0,0" in after
    assert {change.kind for change in found} == {"finding", "gap index", "level"}


NEW_FACT = """
  - id: ws-008
    topic: kennwert
    origin: imported
    entity: Kitano
    metric: Geschwindigkeit des Drahts
    value: 40
    unit: m/s
    year: 2024
    statement: Saws of Kitano run at 40 m/s.
    source: saegeblatt-2024-rollers
    confidence: low
...
"""


def test_facts_are_changed_field_by_field(moved_by: Callable[..., list[Moved]]) -> None:
    old = "value: 70\n    bound: about\n    unit: µm\n    year: 2023"
    new = "value: 72\n    unit: µm\n    year: 2022"
    assert moved_by({FACTS: (old, new)}) == [
        Moved("fact", ("ws-003",), "changed", "value", 70, 72),
        Moved("fact", ("ws-003",), "changed", "bound", "about", None),
        Moved("fact", ("ws-003",), "changed", "year", 2023, 2022),
    ]


def test_facts_are_added_and_removed(miniature: Path, project_with: Copy) -> None:
    without = _land(miniature)
    more = _land(project_with({FACTS: ("    confidence: low\n...\n", f"    confidence: low\n{NEW_FACT}")}))
    (added,), (removed,) = compare(without, more), compare(more, without)
    assert (added.key, added.sort, added.before, added.after["value"]) == (("ws-008",), "added", None, 40)
    assert (removed.key, removed.sort, removed.before, removed.after) == (("ws-008",), "removed", added.after, None)


def test_ranks_are_compared_under_each_preset(project_with: Copy) -> None:
    soon = "weights: {schwere: 1, einsatz: 0, dauer: 0, machbarkeit: 1, naehe: 2, nachfrage: 0}"
    only_near = (soon, soon.replace("schwere: 1", "schwere: 0").replace("machbarkeit: 1", "machbarkeit: 0"))
    before = project_with({"data/method.yml": only_near})
    after = project_with(
        {
            "data/method.yml": only_near,
            "data/priorities/thin-wire.yml": ("horizon: near", "horizon: long"),
            "data/priorities/uptime-record.yml": ("horizon: long", "horizon: near"),
        }
    )
    # Where nothing but nearness counts, near is 1 and long is 0.
    found = [change for change in compare(_land(before), _land(after)) if change.key[-1] == "soon"]
    assert sorted(found, key=lambda change: change.key) == [
        Moved("rank", ("thin-wire", "soon"), "changed", "rank", 1, 2),
        Moved("rank", ("uptime-record", "soon"), "changed", "rank", 2, 1),
    ]


def test_confidence_moves_with_its_thresholds(moved_by: Callable[..., list[Moved]]) -> None:
    found = moved_by(
        {"data/method.yml": ("medium: {support: 1, publishers: 2", "medium: {support: 0.4, publishers: 1")}
    )
    # Worked out from reliability x confidence x recency: 1.0, 0.7, 0.49, 0.49, 0.77, 0.7, 0.7 and 0.49 reach 0.4;
    # 0.28 (a look back of low confidence) and what companies say of themselves (0.105, 0.15) do not.
    assert {change.key: (change.before, change.after) for change in found if change.kind == "confidence"} == {
        ("wire-saw", "kerf-loss", "2018"): ("low", "medium"),
        ("wire-saw", "supply", "2018"): ("low", "medium"),
        ("wire-saw", "kerf-loss", "2024"): ("low", "medium"),
        ("wire-saw", "supply", "2024"): ("low", "medium"),
        ("wire-guide", "precision", "2024"): ("low", "medium"),
        ("wire-guide", "supply", "2024"): ("low", "medium"),
        ("industry", "service-network", "2018"): ("low", "medium"),
        ("industry", "service-network", "2021"): ("low", "medium"),
    }


def test_a_verdict_and_a_source_are_told(moved_by: Callable[..., list[Moved]]) -> None:
    found = moved_by(
        {
            "data/claims.yml": ('{edition: "2024", verdict: no-longer-true}', '{edition: "2024", verdict: unclear}'),
            "data/sources/academic.yml": ("reliability: A", "reliability: B"),
        }
    )
    told = [change for change in found if change.kind in ("verdict", "source")]
    assert told == [
        Moved("verdict", ("wider-cut", "2024"), "changed", "verdict", "no-longer-true", "unclear"),
        Moved("source", ("freiberg-2018-kerf",), "changed", "reliability", "A", "B"),
    ]


def test_a_new_level_is_told_with_its_values(moved_by: Callable[..., list[Moved]], miniature: Path) -> None:
    sorter = "data/equipment/wafer-sorter.yml"
    cell = """  - dimension: supply
    edition: "2024"
    level: offen
    basis: null
    evidence: []
    counter_evidence: []
    reason: Nobody says.
    would_settle: A count.
benchmarks: []
"""
    (found,) = [change for change in moved_by({sorter: ("benchmarks: []\n", cell)}) if change.kind == "level"]
    assert found == Moved(
        "level", ("wafer-sorter", "supply", "2024"), "added", "", None, {"level": "offen", "basis": None}
    )
    assert (
        text([found], _land(miniature), ("a", "b"), []).splitlines()[3]
        == "  Wafersortierer, Angebot, 2024: added (offen)"
    )


def test_a_new_edition_is_told_as_one(miniature: Path, project_with: Copy) -> None:
    root = project_with({})
    start_edition(root, NewEdition("2025", "2025-03-31"))
    found = compare(_land(miniature), _land(root))
    assert [(change.key, change.sort, change.field, change.before) for change in found if change.kind == "edition"] == [
        (("2024",), "changed", "role", "current"),
        (("2025",), "added", "", None),
    ]
    # Every level was carried over and none moved; only findings, which speak of the current edition, may.
    assert {change.kind for change in found} <= {"edition", "finding", "rank"}
    assert headline(found, _land(root)).startswith("New edition 2025. ")


def test_levels_that_a_new_edition_moves_come_first(miniature: Path, project_with: Copy) -> None:
    root = project_with({})
    start_edition(root, NewEdition("2025", "2025-03-31"))
    carried = 'edition: "2025"  # carried over from 2024: look at it again\n    level: '
    moved = f"{carried}voraus\n    moved_because: Sold out.\n"
    saw = (root / SAW).read_text(encoding="utf-8")
    assert saw.count(f"{carried}voraus\n") == 1
    edit(root, SAW, (f"{carried}voraus\n", moved.replace("voraus", "gleichauf")))
    found = [change for change in compare(_land(miniature), _land(root)) if change.kind != "edition"]
    assert found[0] == Moved("level", ("wire-saw", "supply", "2025"), "changed", "level", "voraus", "gleichauf")
    assert [change.kind for change in found].count("level") == 1


def test_texts_that_still_hold_the_old_figure_are_told(history: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(
        history,
        SAW,
        ("reason: Hersteller nennen eigene Zahlen", "reason: Hersteller nennen eigene Zahlen, such as 36 m/s"),
    )
    found = _diff(history, capsys, "HEAD")
    line = (history / SAW).read_text(encoding="utf-8").split("such as 36")[0].count("\n") + 1
    assert found["texts"] == [{"path": SAW, "line": line, "why": 'holds 36, which fact "ws-005" has no more'}]
    assert main(["--root", str(history), "diff", "HEAD"]) == 0
    assert f'texts to look at\n  {SAW}:{line}: holds 36, which fact "ws-005" has no more\n' in capsys.readouterr().out


def test_pages_and_priorities_on_a_level_that_moved_are_told_until_they_change(
    history: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = "content/equipment/wire-saw.md"
    edit(history, page, "Domestic saws cut wider.\n")
    _git(history, "add", page)
    _git(history, "commit", "--quiet", "-m", "A page", page)
    _git(history, "tag", "page")
    behind = "level: etwas-zurueck\n    basis: measured\n    evidence: [ws-003"
    edit(history, SAW, (behind.replace("etwas-zurueck", "gleichauf"), behind))
    _git(history, "commit", "--quiet", "-am", "Back again")
    told = {text["path"]: text["why"] for text in _diff(history, capsys, "page", "HEAD")["texts"]}
    assert told[page] == "speaks of Vieldrahtsäge, Schnittverlust, 2024, which moved"
    assert "data/priorities/thin-wire.yml" in told
    edit(history, page, "Domestic saws have fallen behind again.\n")
    assert page not in {text["path"] for text in _diff(history, capsys, "page")["texts"]}


def test_words_put_better_are_no_change(moved_by: Callable[..., list[Moved]]) -> None:
    better = ("Von den {claims} Aussagen", "Unter den {claims} Aussagen")
    assert moved_by({"data/words/landscape.yml": better}) == []


def test_headline_tells_conclusions_before_evidence(moved_by: Callable[..., list[Moved]], miniature: Path) -> None:
    land = _land(miniature)
    assert headline([], land) == "Nothing moved."
    only_facts = moved_by({FACTS: ("value: 36", "value: 37")})
    assert headline(only_facts, land) == "No conclusion moved. Evidence: facts 1 changed."
    level = [change for change in moved_by({SAW: LEVEL}) if change.kind in ("level", "gap index")]
    assert headline(level, land) == "Moved: 1 level (1 towards the domestic side), 1 gap index."


def test_text_has_a_line_a_change(moved_by: Callable[..., list[Moved]], miniature: Path) -> None:
    found = [
        change
        for change in moved_by({SAW: LEVEL, FACTS: ("value: 36", "value: 37")})
        if change.kind in ("level", "fact")
    ]
    assert text(found, _land(miniature), ("main", None), ["lent"]).splitlines() == [
        "main to the working tree: Moved: 1 level (1 towards the domestic side). Evidence: facts 1 changed.",
        "Note: lent.",
        "",
        "levels",
        "  Vieldrahtsäge, Schnittverlust, 2024: etwas-zurueck -> gleichauf",
        "",
        "facts",
        "  ws-005: value 36 -> 37",
        "",
        "For a pull request: --format markdown",
    ]


def test_markdown_is_headline_then_tables(moved_by: Callable[..., list[Moved]], miniature: Path) -> None:
    found = [change for change in moved_by({SAW: LEVEL}) if change.kind == "level"]
    assert markdown(found, _land(miniature), ("main", "HEAD"), []).splitlines() == [
        "**Moved: 1 level (1 towards the domestic side).**",
        "",
        "main to HEAD, computed from the data.",
        "",
        "### Levels (1)",
        "",
        "| | | before | after |",
        "| --- | --- | --- | --- |",
        "| Vieldrahtsäge, Schnittverlust, 2024 | level | etwas-zurueck | gleichauf |",
    ]


def test_a_cell_of_markdown_shows_texts_as_they_are() -> None:
    assert cell("a | b\n<b>*x*</b> & [y](z) @all") == ("a \\| b &lt;b&gt;\\*x\\*&lt;/b&gt; &amp; \\[y\\](z) @\u200ball")


def _git(root: Path, *arguments: str) -> None:
    who = ["-c", "user.name=Editor", "-c", "user.email=editor@example.org", "-c", "commit.gpgsign=false"]
    environ = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(["git", *who, *arguments], cwd=root, env=environ, check=True, capture_output=True)


@pytest.fixture
def history(project_with: Copy) -> Path:
    """The miniature below a git repository: tag `first`, then a commit with another level, then an edited fact."""
    root = project_with({})
    _git(root.parent, "init", "--quiet")
    _git(root.parent, "add", root.name)
    _git(root.parent, "commit", "--quiet", "-m", "First")
    _git(root.parent, "tag", "first")
    edit(root, SAW, LEVEL)
    _git(root.parent, "commit", "--quiet", "-am", "Second")
    edit(root, FACTS, [("value: 36", "value: 37"), ("verspricht bis zu 36 m/s", "verspricht bis zu 37 m/s")])
    return root


def _diff(root: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> dict:
    assert main(["--root", str(root), "diff", *arguments, "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_states_are_read_from_git_and_from_the_files_as_they_are(
    history: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tree(history)
    to_files = _diff(history, capsys, "HEAD")
    assert [(change["kind"], change["key"], change["before"], change["after"]) for change in to_files["changes"]][
        :1
    ] == [("fact", ["ws-005"], 36, 37)]
    assert [change["field"] for change in to_files["changes"]] == ["value", "statement"]
    between = _diff(history, capsys, "first", "HEAD")
    assert ("level", ["wire-saw", "kerf-loss", "2024"]) in [(row["kind"], row["key"]) for row in between["changes"]]
    assert "fact" not in {row["kind"] for row in between["changes"]}
    assert tree(history) == before


def _refused(root: Path, *arguments: str) -> str:
    with pytest.raises(SystemExit) as stopped:
        main(["--root", str(root), "diff", *arguments])
    return str(stopped.value.code)


def test_a_revision_that_git_does_not_know_is_told(history: Path) -> None:
    assert _refused(history, "frist") == 'git knows no revision "frist"; git log --oneline lists them'


def test_an_option_of_git_is_no_revision(history: Path) -> None:
    assert "git knows no revision" in _refused(history, "--", "--output=x")


def test_a_folder_without_git_is_told(project_with: Copy) -> None:
    root = project_with({})
    assert _refused(root, "HEAD") == f"{root} is not in a git repository, so it has no other state"


def test_a_state_that_does_not_check_gives_its_problems(history: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(history, SAW, ("level: voraus", "level: vorasu"))
    _git(history, "commit", "--quiet", "-am", "A slip")
    assert main(["--root", str(history), "diff", "first", "HEAD"]) == 1
    said = capsys.readouterr().err.splitlines()
    assert said[0] == "HEAD does not check:"
    assert said[1].startswith(f"{SAW}:") and said[1].endswith("[word-exists]")


def test_a_state_of_another_schema_gives_a_plain_message(history: Path) -> None:
    _git(history, "checkout", "--quiet", "--", ".")
    edit(history, "data/notes.yml", None)
    (history / "data/notes.yml").write_text("remarks: []\n...\n", encoding="utf-8")
    (history / "data/schema").mkdir(exist_ok=True)
    (history / "data/schema/notes.schema.json").write_text("{}\n", encoding="utf-8")
    _git(history, "add", ".")
    _git(history, "commit", "--quiet", "-m", "As it was long ago")
    _git(history, "checkout", "--quiet", "HEAD~1", "--", ".")
    (history / "data/schema/notes.schema.json").unlink()
    said = _refused(history, "HEAD")
    assert said.startswith("HEAD was written for another version of the program")
    assert "data/notes.yml:1" in said


def test_a_file_that_a_state_did_not_know_yet_is_lent_and_said(
    history: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (history / "data/changes.yml").read_text(encoding="utf-8")
    _git(history, "rm", "--quiet", "data/changes.yml")
    _git(history, "commit", "--quiet", "-m", "Without")
    (history / "data/changes.yml").write_text(text, encoding="utf-8")
    found = _diff(history, capsys, "HEAD")
    assert found["notes"] == ["HEAD had no data/changes.yml; the present one stands in"]
    assert {tuple(row["key"]) for row in found["changes"]} == {("ws-005",)}
