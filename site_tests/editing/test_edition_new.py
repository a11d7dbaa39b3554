"""A new edition is started by one command: everything carried over, nothing else touched, and it builds."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from pathlib import Path

import pytest

from macros.check import problems_of
from macros.cli.main import main
from macros.editing.edition import Carried, NewEdition, start_edition
from macros.load import load
from macros.load.landscape import Landscape
from macros.load.pages import pages
from macros.present.book import Book
from macros.present.gap import movement
from macros.present.maintenance import upkeep_summary
from macros.problems import Problem, ProblemsFound
from macros.render.site import open_site
from site_tests.conftest import Change, report_in
from site_tests.support.built import read_pages, tree
from site_tests.support.reading import landscape_of

Copy = Callable[[dict[str, Change]], Path]
NEXT = NewEdition("2025", "2025-03-31")
SAW = "data/equipment/wire-saw.yml"


def _difference(before: bytes, after: bytes) -> list[str]:
    """Return the lines that were taken out and put in, with their line breaks."""
    lines = [text.decode("utf-8").splitlines(keepends=True) for text in (before, after)]
    return [line for line in difflib.ndiff(*lines) if line[0] in "+-"]


def test_every_level_and_verdict_of_the_current_edition_is_carried_over(project_with: Copy) -> None:
    root = project_with({})
    # 3 of the saw, 2 of the guide, 1 of the sorter, 2 of the industry; one verdict for each of two claims
    assert start_edition(root, NEXT) == Carried(8, 2, "2024")
    land = landscape_of(root)
    assert [(e.id, e.role, e.date, e.evidence_until) for e in land.report.editions] == [
        ("2018", "baseline", "2018-11-30", 2018),
        ("2021", "past", "2021-06-30", 2021),
        ("2024", "past", "2024-10-31", 2024),
        ("2025", "current", "2025-03-31", 2025),
    ]
    now = {cell[:2]: found for cell, found in land.cells.items() if cell[2] == "2025"}
    before = {cell[:2]: found for cell, found in land.cells.items() if cell[2] == "2024"}
    assert {cell: (a.level, a.evidence, a.reason) for cell, a in now.items()} == {
        cell: (a.level, a.evidence, a.reason) for cell, a in before.items()
    }
    assert all(found.moved_because is None for found in now.values())
    assert [[v.verdict for v in claim.verdicts] for claim in land.claims.values()] == [
        ["supported", "supported", "no-longer-true", "no-longer-true"],
        ["unclear", "unclear", "supported", "supported"],
    ]


def test_only_lines_of_the_new_edition_are_added(project_with: Copy) -> None:
    root = project_with({})
    before = tree(root)
    start_edition(root, NEXT)
    after = tree(root)
    assert {path for path in after if after[path] != before.get(path)} == {
        "data/report.yml",
        "data/claims.yml",
        "data/industry.yml",
        SAW,
        "data/equipment/wire-guide.yml",
        "data/equipment/wafer-sorter.yml",
    }
    assert _difference(before["data/report.yml"], after["data/report.yml"]) == [
        "-     role: current\n",
        "+     role: past\n",
        '+   - id: "2025"\n',
        "+     role: current\n",
        '+     date: "2025-03-31"\n',
        "+     evidence_until: 2025\n",
        '+     summary: "Jede Stufe und jeder Befund ist aus Ausgabe 2024 übernommen und noch einmal anzusehen."\n',
    ]
    assert _difference(before["data/claims.yml"], after["data/claims.yml"]) == [
        '+       - {edition: "2025", verdict: no-longer-true}  # carried over from 2024: look at it again\n',
        '+       - {edition: "2025", verdict: supported}  # carried over from 2024: look at it again\n',
    ]
    assert _difference(before["data/equipment/wafer-sorter.yml"], after["data/equipment/wafer-sorter.yml"]) == [
        "+   - dimension: uptime\n",
        '+     edition: "2025"  # carried over from 2024: look at it again\n',
        "+     level: offen\n",
        "+     basis: null\n",
        "+     evidence: []\n",
        "+     counter_evidence: []\n",
        "+     reason: Nichts ist veröffentlicht.\n",
        "+     would_settle: Stillstände eines Jahres, mit ihren Ursachen.\n",
    ]


LEVELS = """assessments:
  - dimension: uptime
    edition: "2024"
    level: offen
    basis: null
    evidence: []
    counter_evidence: []
    reason: Nichts ist veröffentlicht.
    would_settle: Stillstände eines Jahres, mit ihren Ursachen.
"""


@pytest.mark.parametrize(
    ("written", "added"),
    [
        pytest.param(
            'assessments: [{dimension: uptime, edition: "2024", level: offen, basis: null, evidence: [], '
            "counter_evidence: [], reason: None., would_settle: Stops.}]\n",
            'assessments: [{dimension: uptime, edition: "2024", level: offen, basis: null, evidence: [], '
            'counter_evidence: [], reason: None., would_settle: Stops.}, {dimension: uptime, edition: "2025", level: '
            "offen, basis: null, evidence: [], counter_evidence: [], reason: None., would_settle: Stops.}]\n",
            id="on one line",
        ),
        pytest.param(
            "assessments:   # what we know\n\n- would_settle: >-\n    Stops.\n\n    # not a comment\n  edition: '2024' # so\n"
            "  dimension: uptime\n  level: offen\n  basis: null\n  evidence: []\n  counter_evidence: []\n"
            "  reason: |\n    None.\n\n\n# the end\n",
            "assessments:   # what we know\n\n- would_settle: >-\n    Stops.\n\n    # not a comment\n  edition: '2024' # so\n"
            "  dimension: uptime\n  level: offen\n  basis: null\n  evidence: []\n  counter_evidence: []\n"
            "  reason: |\n    None.\n"
            '- would_settle: >-\n    Stops.\n\n    # not a comment\n  edition: "2025" # so\n'
            "  dimension: uptime\n  level: offen\n  basis: null\n  evidence: []\n  counter_evidence: []\n"
            "  reason: |\n    None.\n\n\n# the end\n",
            id="blocks, comments, no indent",
        ),
    ],
)
def test_the_editor_s_own_layout_is_copied(project_with: Copy, written: str, added: str) -> None:
    path = "data/equipment/wafer-sorter.yml"
    root = project_with({path: (LEVELS, written)})
    before = (root / path).read_text(encoding="utf-8")
    start_edition(root, NEXT)
    assert (root / path).read_text(encoding="utf-8") == before.replace(written, added)


def test_line_breaks_and_mark_of_another_system_stay(project_with: Copy) -> None:
    root = project_with({})
    path = root / SAW
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    plain = project_with({})
    for project in (root, plain):
        start_edition(project, NEXT)
    assert path.read_bytes() == b"\xef\xbb\xbf" + (plain / SAW).read_bytes().replace(b"\n", b"\r\n")


def test_a_reason_to_move_in_the_middle_of_a_record_is_left_out_of_the_copy(project_with: Copy) -> None:
    old = "    basis: measured\n    evidence: [im-002]\n"
    moved = "    moved_because: Ein Fabrikprogramm hat heimische Sägen gekauft.\n"
    root = project_with({SAW: [(moved, ""), (old, f"    moved_because: A programme.\n    # of the state\n{old}")]})
    start_edition(root, NEXT)
    text = (root / SAW).read_text(encoding="utf-8")
    assert text.count("moved_because: A programme.") == 1
    assert text.count(old) == 2


@pytest.mark.parametrize("order", ["looks_back first", "moved_because first"])
def test_fields_of_the_old_edition_side_by_side_are_left_out(project_with: Copy, order: str) -> None:
    moved = "    moved_because: Ein Fabrikprogramm hat heimische Sägen gekauft.\n"
    back = "    looks_back: [im-002]\n"
    root = project_with({SAW: (moved, back + moved if order == "looks_back first" else moved + back)})
    before = (root / SAW).read_bytes()
    start_edition(root, NEXT)
    added = "".join(line[2:] for line in _difference(before, (root / SAW).read_bytes()))
    assert added.endswith("""  - dimension: supply
    edition: "2025"  # carried over from 2024: look at it again
    level: voraus
    basis: measured
    evidence: [im-002]
    counter_evidence: []
    reason: Die meisten im Inland verkauften Sägen sind heimisch.
""")


@pytest.mark.parametrize(
    ("wanted", "wrong"),
    [
        (
            NewEdition("2018", "2025-03-31"),
            'there is an edition "2018" already; give the new one another name',
        ),
        (
            NewEdition("2025", "2024-10-31"),
            "the date of the new edition, 2024-10-31, is not later than that of the current one, 2024-10-31; give it a later date",
        ),
    ],
)
def test_an_edition_that_cannot_be_is_refused_and_nothing_written(
    project_with: Copy, wanted: NewEdition, wrong: str
) -> None:
    root = project_with({})
    before = tree(root)
    with pytest.raises(ProblemsFound, match="Nothing was written") as caught:
        start_edition(root, wanted)
    assert [str(problem) for problem in caught.value.problems] == [
        f"data/report.yml:12: editions: {wrong} [new-edition]"
    ]
    assert tree(root) == before


def test_data_with_a_problem_are_left_alone(project_with: Copy) -> None:
    root = project_with({SAW: ("level: voraus\n", "level: vorasu\n")})
    before = tree(root)
    with pytest.raises(ProblemsFound, match="word-exists"):
        start_edition(root, NEXT)
    assert tree(root) == before


def test_edition_that_knows_no_level_hides_no_move(
    project_with: Copy, problems: Callable[[Path], list[Problem]]
) -> None:
    root = project_with({})
    start_edition(root, NEXT)
    path = root / SAW
    head, now, tail = path.read_text(encoding="utf-8").partition('  - dimension: kerf-loss\n    edition: "2024"\n')
    removed, mark, after = tail.partition("  - dimension: ")
    assert now and mark and "moved_because" in removed
    path.write_text(head + mark + after, encoding="utf-8")
    wrong = [str(problem) for problem in problems(root)]
    assert len(wrong) == 1 and "the level moved from" in wrong[0] and "[moved-says-why]" in wrong[0]
    newest, middle, _ = movement(Book(Landscape.of(problems_of(load(root))[0])))
    assert {row.dimension.id: row.kind for row in newest.rows} == {"kerf-loss": "narrowed"}
    assert {row.dimension.id: row.kind for row in middle.rows} == {"supply": "reversed", "precision": "widened"}


def test_every_step_from_an_edition_to_the_next_is_told(project_with: Copy) -> None:
    root = project_with({})
    start_edition(root, NEXT)
    path = root / SAW
    text = path.read_text(encoding="utf-8")
    head, level, tail = text.rpartition("    level: voraus\n")
    moved = tail.replace("heimisch.\n", "heimisch.\n    moved_because: Imports fell.\n", 1)
    path.write_text(f"{head}    level: gleichauf\n{moved}", encoding="utf-8")
    newest, middle, oldest = movement(Book(landscape_of(root)))
    # The supply of saws: level in 2018, ahead in 2024, level in 2025; the cut moved once, the rollers there and back.
    steps = [(step.before, step.now) for step in (newest, middle, oldest)]
    assert steps == [("2024", "2025"), ("2021", "2024"), ("2018", "2021")]
    assert [(row.dimension.id, row.kind, row.why) for row in newest.rows] == [("supply", "lead-lost", "Imports fell.")]
    assert {(row.equipment.id, row.dimension.id): row.kind for row in middle.rows} == {
        ("wire-saw", "kerf-loss"): "narrowed",
        ("wire-saw", "supply"): "reversed",
        ("wire-guide", "precision"): "widened",
    }
    assert {(row.equipment.id, row.dimension.id): row.kind for row in oldest.rows} == {
        ("wire-guide", "precision"): "narrowed"
    }
    assert len({step.figure.id for step in (newest, middle, oldest)}) == 3


def test_every_edition_shows_on_pages(wafer_site: Path) -> None:
    pages = read_pages(wafer_site)
    for name in (
        "maschinen",
        "aussagen",
        "neues",
        "markt",
        "equipment/wire-guide",
        "dimensions/service-network",
        "priorities/thin-wire",
    ):
        assert all(edition in pages[f"{name}.html"].text for edition in ("2018", "2021", "2024")), name


def test_what_was_carried_over_is_told_until_it_is_looked_at(project_with: Copy) -> None:
    root = project_with({})
    assert main(["--root", str(root), "edition", "2025", "--date", "2025-03-31"]) == 0
    said = [text for _, text in upkeep_summary(open_site(root).book)]
    assert "8 Stufen sagen Wort für Wort, was die Ausgabe davor sagte" in said


@pytest.mark.slow
def test_the_report_itself_takes_a_new_edition(tmp_path: Path, problems: Callable[[Path], list[Problem]]) -> None:
    root = report_in(tmp_path / "report")
    before, old = tree(root), landscape_of(root)
    carried = start_edition(root, NewEdition("next", "2027-12-31"))
    assert carried == Carried(sum(cell[2] == old.current.id for cell in old.cells), len(old.claims), old.current.id)
    assert problems(root) == []
    assert len(pages(root, landscape_of(root))) > len(old.equipment)
    taken_out = [
        line
        for path, text in tree(root).items()
        if text != before[path]
        for line in _difference(before[path], text)
        if line[0] == "-"
    ]
    assert taken_out == ["-     role: current\n"]


@pytest.mark.parametrize("date", ["2025", "2025-02-30", "30.6.2025", "２０２５-06-30"])
def test_a_date_that_is_none_is_refused_by_the_command(
    miniature: Path, date: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--root", str(miniature), "edition", "2025", "--date", date])
    assert stopped.value.code == 2
    assert date in capsys.readouterr().err
