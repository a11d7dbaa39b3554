"""A record gets another id, or goes, with all that names it: everything or nothing, and no other line is touched."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from macros.cli.main import main
from macros.editing.naming import KINDS, remove, rename, without_item
from macros.problems import ProblemsFound
from macros.render.validation import problems_in
from site_tests.conftest import Change, edit
from site_tests.support.built import tree

Copy = Callable[[dict[str, Change]], Path]
IDS = {
    "equipment": "wire-saw", "supplier": "saxon-saws", "priority": "thin-wire", "fact": "ws-003",
    "source": "freiberg-2018-kerf", "dimension": "kerf-loss", "stage": "slicing", "claim": "wider-cut", "series": "saw-shares",
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_there_and_back_leaves_every_byte(kind: str, project_with: Copy) -> None:
    root = project_with({"content/equipment/wire-saw.md": 'A saw cuts{{ cite("ws-003") }}.\n'})
    before = tree(root)
    old = IDS[kind]
    there = rename(root, kind, old, "new-id", problems_in)
    assert problems_in(root) == []
    changed = tree(root)
    assert changed != before
    assert not [name for name, content in changed.items() if name.endswith(f"/{old}.yml") and content]
    back = rename(root, kind, "new-id", old, problems_in)
    assert len(there) == len(back)
    assert tree(root) == before


def test_every_place_is_shown_and_changed(project_with: Copy) -> None:
    root = project_with({"content/equipment/wire-saw.md": 'A saw cuts{{ cite("ws-003") }}.\n'})
    places = [str(place) for place in rename(root, "fact", "ws-003", "ws-303", problems_in)]
    assert "content/equipment/wire-saw.md:1" in places
    assert "data/equipment/wire-saw.yml:36: assessments[1].evidence[0]" in places
    text = (root / "data/equipment/wire-saw.yml").read_text(encoding="utf-8")
    assert "evidence: [ws-303, ws-004]" in text and "ws-003" not in text


def test_a_trial_writes_nothing(project_with: Copy) -> None:
    root = project_with({})
    before = tree(root)
    assert rename(root, "equipment", "wire-saw", "saw", problems_in, is_trial=True)
    assert remove(root, "fact", "so-001", problems_in, is_trial=True) == []
    assert tree(root) == before


@pytest.mark.parametrize(
    ("kind", "old", "new", "told"),
    [
        ("fact", "ws-003", "ws-004", '"ws-004" is used already'),
        ("fact", "ws-003", "WS 3", '"WS 3" has the wrong form'),
        ("fact", "ws-033", "ws-034", 'no fact "ws-033"'),
        # Both names would be one, and no second renaming could part them.
        ("equipment", "wire-saw", "industry", '"industry" stands for all classes'),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_written(
    kind: str, old: str, new: str, told: str, project_with: Copy
) -> None:
    root = project_with({})
    before = tree(root)
    with pytest.raises(ProblemsFound, match="Nothing was written") as refused:
        rename(root, kind, old, new, problems_in)
    assert told in str(refused.value)
    assert tree(root) == before


def test_a_record_that_something_needs_stays(project_with: Copy, capsys: pytest.CaptureFixture[str]) -> None:
    root = project_with({})
    assert main(["--root", str(root), "remove", "source", "freiberg-2018-kerf"]) == 1
    said = capsys.readouterr().err
    assert 'data/evidence/wire-saw.yml:14: facts[0].source: names source "freiberg-2018-kerf"' in said
    assert "Nothing was written" in said


def test_a_removed_record_goes_out_of_every_list(project_with: Copy) -> None:
    more = "evidence: [ws-003, ws-004]\n    counter_evidence: [ws-005]"
    root = project_with({"data/equipment/wire-saw.yml": (more, more.replace("ws-004]", "ws-004, ws-007]"))})
    edit(
        root,
        "data/equipment/wire-saw.yml",
        (
            "basis: judged\n    evidence: [ws-007]\n    counter_evidence: []\n    looks_back: [ws-007]",
            "basis: judged\n    evidence: [ws-001]\n    counter_evidence: []",
        ),
    )
    places = [str(place) for place in remove(root, "fact", "ws-007", problems_in)]
    assert places == ["data/equipment/wire-saw.yml:36: assessments[1].evidence[2]"]
    assert more in (root / "data/equipment/wire-saw.yml").read_text(encoding="utf-8")
    assert "ws-007" not in (root / "data/evidence/wire-saw.yml").read_text(encoding="utf-8")


def test_a_record_with_a_file_of_its_own_takes_it_along(project_with: Copy) -> None:
    root = project_with({})
    assert [str(place) for place in remove(root, "supplier", "coil-trader", problems_in)] == [
        "data/index.yml:3: suppliers[4]"
    ]
    assert not (root / "data/suppliers/coil-trader.yml").exists()
    assert problems_in(root) == []


@pytest.mark.parametrize(
    ("text", "at", "rest"),
    [
        ("a: [x, y, z]\n...\n", 0, "a: [y, z]\n...\n"),
        ("a: [x, y, z]\n...\n", 2, "a: [x, y]\n...\n"),
        ("a: [x, y,\n  z]  # all\n...\n", 1, "a: [x, z]  # all\n...\n"),
        ("a: [x]\n...\n", 0, "a: []\n...\n"),
        ("a:\n  # first\n  - x  # one\n  # second\n  - y\n...\n", 0, "a:\n  # first\n  # second\n  - y\n...\n"),
        ("a:\n\n  - b: 1\n    c: 2\n\n  - b: 3\n\n  - b: 4\n...\n", 1, "a:\n\n  - b: 1\n    c: 2\n\n  - b: 4\n...\n"),
        ("a:\n  - b: >-\n      long\n      text\n  - b: 3\n...\n", 0, "a:\n  - b: 3\n...\n"),
        ("a:\n  - x\nb: 1\n...\n", 0, "a: []\nb: 1\n...\n"),
    ],
)
def test_an_entry_goes_and_all_around_it_stays(text: str, at: int, rest: str) -> None:
    assert without_item(text, ("a", at)) == rest
