"""Files that the rules on single files found nothing wrong with are not shown to them again, unless what they say may differ."""

from __future__ import annotations

import shutil
import subprocess
import sys
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from macros.check import passed, problems_of
from macros.check.passed import PLACE, Passed
from macros.check.shape import shape
from macros.load import load, parse
from macros.load.store import Store
from site_tests.built import ROOT
from site_tests.conftest import Copy, edit
from site_tests.test_check import BAD_DATA, CASES, _apply

# Of the same name as its function, which the package gives.
checked_shape = sys.modules["macros.check.shape"]
BAD = "data/suppliers/kitano.yml"


@pytest.fixture(autouse=True)
def another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every reading be that of a process of its own."""
    monkeypatch.setattr("macros.load.store_of", Store)


def _shown(root: Path) -> set[str]:
    """Return the files that the rules on single files would be shown now, beside the choices."""
    project = load(root)
    draft = shape(project)[0]
    shown = {entry.document.path for rows in Passed(project, draft).others(draft).entries.values() for entry in rows}
    choices = {document.path for kind in passed._CHOICES for document in draft.files[kind]}
    assert choices <= shown
    return shown - choices


def _told(root: Path) -> list[str]:
    return [str(problem) for problem in problems_of(load(root))[1]]


def test_only_what_changed_or_has_a_problem_is_shown_again(project_with: Copy) -> None:
    root = project_with({})
    everything = _shown(root)
    assert len(everything) > 15 and _told(root) == []
    assert _shown(root) == set()
    edit(root, BAD, ("country: JP", 'country: "<b>"'))
    found = _told(root)
    assert [problem.partition(":")[0] for problem in found] == [BAD, BAD]
    assert _shown(root) == {BAD}
    assert _told(root) == found
    (root / PLACE).unlink()
    assert _shown(root) == everything
    assert _told(root) == found


def test_other_choices_bring_every_file_before_the_rules(project_with: Copy) -> None:
    root = project_with({})
    assert _told(root) == []
    text = (root / "data/report.yml").read_text(encoding="utf-8")
    (root / "data/report.yml").write_text(
        text.replace("evidence_until: 2024", "evidence_until: 2019"), encoding="utf-8"
    )
    warm = _told(root)
    (root / PLACE).unlink()
    assert warm == _told(root) != []
    assert any(problem.startswith("data/evidence/") for problem in warm)


def test_other_rules_are_asked_about_every_file(project_with: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    root = project_with({})
    assert _told(root) == [] and _shown(root) == set()
    monkeypatch.setattr(passed, "program", lambda: b"another")
    assert len(_shown(root)) > 15


def test_choices_that_cannot_be_read_keep_nothing(project_with: Copy) -> None:
    root = project_with({"data/method.yml": "levels: [\n"})
    assert _told(root) != []
    assert not (root / PLACE).exists()


def test_a_file_whose_name_cannot_be_shown_does_not_pass_with_a_problem(project_with: Copy) -> None:
    root = project_with({})
    odd = "data/suppliers/kit\u200bano.yml"
    (root / BAD).rename(root / odd)
    found = _told(root)
    assert any("U+200B" in problem for problem in found)
    assert _shown(root) == {odd, "data/index.yml"} and _told(root) == found


EDITED_WHILE_SERVING = """
from macros.check import passed
from macros.publish import Publisher
passed.program()
assert passed.program.cache_info().currsize == 1
Publisher().forget(["macros/check/figures.py"])
from macros.check import passed
assert passed.program.cache_info().currsize == 0, "the program counts as the same"
"""


def test_rules_that_are_edited_while_serving_are_other_rules() -> None:
    run = subprocess.run([sys.executable, "-c", EDITED_WHILE_SERVING], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr


def _judged_for_shape(root: Path, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Return the files that are judged for their shape now."""
    project = load(root)
    made: list[dict] = []
    real = checked_shape.trusted
    with monkeypatch.context() as patch:
        patch.setattr(checked_shape, "trusted", lambda model, data: made.append(deepcopy(data)) or real(model, data))
        shape(project)
    return {path for path, document in project.documents.items() if document.kept and document.data not in made}


def test_the_shape_of_a_file_is_judged_once(project_with: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    root = project_with({})
    assert _judged_for_shape(root, monkeypatch) == set(load(root).documents)
    assert _told(root) == []
    assert _judged_for_shape(root, monkeypatch) == set()
    edit(root, BAD, ("country: JP", 'country: "<b>"'))
    assert _judged_for_shape(root, monkeypatch) == {BAD}
    assert _told(root) != []
    # One with a problem is judged again, and so is all when the program is another.
    assert _judged_for_shape(root, monkeypatch) == {BAD}
    monkeypatch.setattr(passed, "program", lambda: b"another")
    assert _judged_for_shape(root, monkeypatch) == set(load(root).documents)


def test_texts_that_are_only_tried_are_always_shown(project_with: Copy) -> None:
    root = project_with({})
    project = load(root)
    assert problems_of(project)[1] == []
    tried, _ = parse((root / BAD).read_text(encoding="utf-8").replace("country: JP", 'country: "<b>"'), BAD)
    assert problems_of(replace(project, documents={**project.documents, BAD: tried}))[1] != []


@pytest.fixture(scope="module")
def passing(miniature: Path) -> Path:
    """The miniature after a check: all of its files have passed."""
    assert problems_of(load(miniature))[1] == []
    assert (miniature / PLACE).exists()
    return miniature


@pytest.mark.parametrize("name", CASES)
def test_a_slip_is_told_when_all_other_files_have_passed(
    name: str, passing: Path, project_with: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = yaml.safe_load((BAD_DATA / f"{name}.yml").read_text(encoding="utf-8"))
    root = project_with({})
    (root / PLACE.parent).mkdir(exist_ok=True)
    shutil.copy(passing / PLACE, root / PLACE)
    assert _shown(root) == set()
    for part in (case, *case.get("also", ())):
        _apply(root, part, monkeypatch)
    assert _told(root) == [line for line in case["expect"].splitlines() if not line.startswith("content/")]
