"""New records in a terminal: what is not given is asked for, until it fits."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from macros.editing.asking import NotGiven
from macros.editing.new_records import MAKERS, Form
from macros.editing.workspace import Workspace
from macros.load import load
from site_tests.conftest import Copy, Find


def asked(root: Path, record: str, answers: dict[str, list[str]]) -> Workspace:
    """Return the workspace after a person answered; a field without answers is left empty."""
    left = {name: list(texts) for name, texts in answers.items()}

    def answer(question: str) -> str:
        name = re.split(r"[ :]", question.rsplit("\n", 1)[-1])[0]
        if name in left and left[name]:
            return left[name].pop(0)
        return ""

    workspace = Workspace(root)
    MAKERS[record](Form(workspace, record, {}, date(2024, 10, 2), answer, every=True))
    assert not any(left.values()), f"not asked for: {left}"
    return workspace


def test_a_person_is_asked_again_until_the_answer_fits(project_with: Copy) -> None:
    root = project_with({})
    answers = {
        "name": ["", "Wire Works"],
        "status": ["suplier", "supplier"],
        "country": ["Germany", "DE"],
        "country_basis": ["general"],
        "founded": ["long ago", "1991"],
        "parent": ["y"],
        "parent.name": ["Wire Holding"],
        "parent.since": ["5/6/2024", "2024-05-13"],
    }
    workspace = asked(root, "supplier", answers)
    assert workspace.problems() == []
    text = workspace.texts["data/suppliers/wire-works.yml"]
    assert "founded: 1991" in text and '  since: "2024-05-13"' in text and "  evidence: []" in text


def test_a_person_with_a_source_writes_its_first_fact_at_once(project_with: Copy, problems: Find) -> None:
    root = project_with({})
    answers = {
        "title": ["Whose wire?"], "publisher": ["Sägeblatt"], "kind": ["trade-press"], "language": ["de"],
        "reliability": ["B"], "A": ["wire-guide"], "topic": ["urteil"], "statement": ["It is so."],
        "confidence": ["low"],
    }  # fmt: skip
    workspace = asked(root, "source", answers)
    assert workspace.problems() == []
    workspace.write()
    assert problems(root) == []
    assert load(root).documents["data/evidence/wire-guide.yml"].data["facts"][-1]["source"] == "sageblatt-whose-wire"


def test_the_name_is_asked_first_and_the_place_last(project_with: Copy) -> None:
    asked_for: list[str] = []
    answers = iter(["Wire Works", "", "", "supplier", "general", "Wire Works", "kitano"])

    def answer(question: str) -> str:
        asked_for.append(question)
        return next(answers)

    workspace = Workspace(project_with({}))
    MAKERS["supplier"](Form(workspace, "supplier", {}, date(2024, 10, 2), answer))
    assert asked_for[0].strip().startswith("Name shown") and "comes behind" in asked_for[-2]
    # What is no name of the list is answered with what may be written.
    assert asked_for[-1].strip().startswith('"Wire Works"; choose one of ')
    assert "kitano, wire-works, alpen-wire" in workspace.texts["data/index.yml"]


def test_missing_answers_are_told_all_at_once(project_with: Copy) -> None:
    workspace = Workspace(project_with({}))
    with pytest.raises(NotGiven) as caught:
        MAKERS["supplier"](Form(workspace, "supplier", {"country": "Germany"}, date(2024, 10, 2)))
    told = str(caught.value).split("\n")
    assert [line.split()[0].rstrip(":") for line in told] == ["--name", "--status", "--country", "--country-basis"]
