"""What the command line says: formats for programs, explanations of rules, help of every command."""

from __future__ import annotations

import argparse
import errno
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from macros.check.explain import rules
from macros.cli.main import _parser, main
from macros.problems import Problem, as_github, as_json, name_invisible_signs, suggest
from macros.publish.progress import say
from macros.render.validation import problems_in
from site_tests.conftest import REPOSITORY, Change
from site_tests.support.rules import reported_rules, rules_in_code

Copy = Callable[[dict[str, Change]], Path]
SLIP: dict[str, Change] = {"data/stages.yml": ("name: Sägen", 'name: ""')}
SAID = "data/stages.yml:4: stages[0].name: is an empty text; write a text (Name shown) [right-length]"


def test_text_names_where_to_read_more(project_with: Copy, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(project_with(SLIP)), "check"]) == 1
    out, error = capsys.readouterr()
    assert out == ""
    assert error.splitlines() == [
        SAID,
        "What a rule asks, with an example: python -m macros explain right-length",
        "1 problem in 1 file. Nothing was published. Field reference: data/README.md",
    ]


def test_json_holds_each_part_of_a_problem(project_with: Copy, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(project_with(SLIP)), "check", "--format", "json"]) == 1
    out, error = capsys.readouterr()
    assert error == ""
    assert json.loads(out) == [
        {
            "path": "data/stages.yml",
            "line": 4,
            "where": "stages[0].name",
            "wrong": "is an empty text",
            "right": "write a text (Name shown)",
            "rule": "right-length",
            "see": "python -m macros explain right-length",
        }
    ]


def test_json_of_a_clean_project_is_an_empty_list(miniature: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(miniature), "check", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_slip_in_a_page_is_in_every_format(project_with: Copy, capsys: pytest.CaptureFixture[str]) -> None:
    root = project_with({"content/abstand.md": "---\ntitle: Abstand\n---\n\nAbout 40 of them.\n"})
    for form, begins in (
        ("text", ""),
        ("json", "["),
        ("github", "::error file=content/abstand.md,line=5,title=figure-from-macro::"),
    ):
        assert main(["--root", str(root), "check", "--format", form]) == 1
        assert capsys.readouterr().out.startswith(begins)


def test_github_annotation_stands_beside_the_line(project_with: Copy, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(project_with(SLIP)), "check", "--format", "github"]) == 1
    out, error = capsys.readouterr()
    assert out == (
        "::error file=data/stages.yml,line=4,title=right-length::stages[0].name: is an empty text; write a text "
        "(Name shown) (python -m macros explain right-length)\n"
    )
    assert SAID in error, "the log has the list as well"


def test_github_annotation_escapes_what_would_end_it() -> None:
    problem = Problem("data/a,b:c%.yml", 3, "x", "share of 50 %::set-env", "", "in-bounds")
    assert as_github([problem]) == (
        "::error file=data/a%2Cb%3Ac%25.yml,line=3,title=in-bounds::x: share of 50 %25::set-env"
        " (python -m macros explain in-bounds)"
    )


def test_message_is_one_line_whatever_the_data_holds() -> None:
    problem = Problem("data/a\n::error::b.yml", 1, "x\ry", "a\x1b[31mb\u202ec\u00a0d\udcffe", "z" * 400, "r-r")
    assert str(problem) == (
        "data/a<U+000A>::error::b.yml:1: x<U+000D>y: a<U+001B>[31mb<U+202E>c<U+00A0>d<U+DCFF>e; "
        + "z" * 300
        + "… [r-r]"
    )
    assert len(as_github([problem]).splitlines()) == 1
    assert json.loads(as_json([problem]))[0]["where"] == "x<U+000D>y"


def test_letters_of_any_script_are_visible() -> None:
    assert name_invisible_signs("狭缝 ±µm “x” – é") == "狭缝 ±µm “x” – é"


@pytest.mark.parametrize(
    ("word", "known", "said"),
    [
        ("slite", ["slitter", "winder"], 'did you mean "slitter"?'),
        ("Slitter", ["slitter", "splitter"], 'did you mean "slitter"?'),
        ("um", ["m", "µm", "mm"], 'did you mean "µm"?'),
        ("μm", ["m", "µm"], 'did you mean "µm"?'),  # the Greek letter for the sign
        ("fe-0o4", ["fe-004", "fe-014", "fe-104"], 'did you mean "fe-004"?'),
        ("fe-94", ["fe-194", "fe-294", "fe-394", *(f"xx-{n}" for n in range(100, 120))], ""),
        ("kitano", ["kitano-works", "elbe-guides"], 'did you mean "kitano-works"?'),
        # Another publisher, number or year is another record: a hint would lead to evidence that says something else.
        ("essence-2023-manst", ["guosen-2023-manst", *(f"x-{n}" for n in range(20))], ""),
        ("furlongs", ["filings", *(f"x-{n}" for n in range(20))], ""),
        ("fe-9999", ["fe-099", *(f"xx-{n}" for n in range(100, 120))], ""),
        ("fe-56", ["fe-056", "fe-057"], 'did you mean "fe-056"?'),
        ("2025", ["2019", "2026"], "choose one of 2019, 2026"),
        ("x", ["b", "a"], "choose one of a, b"),
        ("x", [], ""),
    ],
)
def test_suggestion_is_a_word_that_was_meant(word: str, known: list[str], said: str) -> None:
    assert suggest(word, known) == said


def test_unit_like_none_is_answered_with_the_place_of_the_list(project_with: Copy) -> None:
    units = "".join(f"kilo{letter}, " for letter in "abcdefghijk")
    root = project_with({"data/method.yml": ("units: [", f"units: [{units}"),
                         "data/evidence/wire-saw.yml": ("unit: m/s\n    year: 2023", "unit: furlong\n    year: 2023")})  # fmt: skip
    (problem,) = problems_in(root)
    assert problem.right.startswith("use one of units in data/method.yml:") and problem.right.endswith(
        ", or add it there"
    )


def test_every_rule_of_the_program_can_be_explained(capsys: pytest.CaptureFixture[str]) -> None:
    on_pages = set(rules_in_code([REPOSITORY / "macros/render/errors.py", REPOSITORY / "macros/render/renderer.py"]))
    assert on_pages == {"page-macro", "page-syntax"}
    for rule in reported_rules() | on_pages:
        assert main(["explain", rule]) == 0
        first = capsys.readouterr().out.splitlines()[0]
        assert first.startswith(f"{rule}: ") and first.endswith("."), first
    assert reported_rules() <= set(rules())


def test_explanation_shows_wrong_message_and_right(capsys: pytest.CaptureFixture[str]) -> None:
    main(["explain", "known-field"])
    shown = capsys.readouterr().out
    assert [part for part in ("wrong:", "right:", "message:") if f"  {part}\n" not in shown] == []
    assert "[known-field]" in shown and shown.rstrip().endswith("python -m macros check")


def test_unknown_rule_is_answered_with_the_one_meant() -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["explain", "fact-exist"])
    assert stopped.value.code == 'There is no rule "fact-exist"; did you mean "fact-exists"?'


@pytest.mark.parametrize(
    ("code", "said"), [(errno.EACCES, "Permission denied"), (errno.ENOSPC, "No space left on device")]
)
def test_a_file_that_cannot_be_written_is_named(
    code: int, said: str, miniature: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(_: Path) -> int:
        raise OSError(code, os.strerror(code), "data/schema/facts.schema.json")

    monkeypatch.setattr("macros.editing.schema_files.write_schemas", refuse)
    assert main(["--root", str(miniature), "schemas"]) == 1
    told = f"data/schema/facts.schema.json: {said}; see that the disk has room and that you may write there\n"
    assert capsys.readouterr().err == told


@pytest.mark.parametrize("words", [["check"], ["build"], ["new", "fact"]])
def test_a_python_without_the_packages_is_told_how_to_have_them(words: list[str]) -> None:
    # Without `site` Python knows its own library alone, as in a terminal where the environment is not activated.
    done = subprocess.run(
        [sys.executable, "-S", "-m", "macros", *words], cwd=REPOSITORY, capture_output=True, encoding="utf-8"
    )
    (told,) = done.stderr.splitlines()
    assert done.returncode == 1 and "is not installed for this Python" in told
    assert "make check" in told and ". .venv/bin/activate" in told


def test_rule_may_be_copied_with_its_brackets(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "[fact-exists]"]) == 0
    assert capsys.readouterr().out.startswith("fact-exists: ")


def _commands() -> dict[str, argparse.ArgumentParser]:
    (commands,) = [action for action in _parser()._actions if isinstance(action, argparse._SubParsersAction)]
    return commands.choices


@pytest.mark.parametrize("name", sorted(_commands()))
def test_help_of_a_command_has_an_example_and_the_next_command(name: str) -> None:
    text = " ".join(_commands()[name].format_help().split())
    assert re.search(f"Examples?: python -m macros {name}", text), text
    assert re.search(r"Next: .*\b(make|mkdocs|python -m macros) ", text), text


def test_help_of_the_program_leads_to_that_of_a_command() -> None:
    assert "python -m macros check --help" in " ".join(_parser().format_help().split())


@pytest.mark.parametrize("command", [["check"], ["diff", "HEAD"], ["schemas"], ["new", "fact"]])
def test_a_folder_without_a_report_is_told_as_one(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--root", str(tmp_path / "nowhere"), *command])
    assert stopped.value.code == 2
    assert f"there is no data/ in {tmp_path / 'nowhere'}" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("is_terminal", "shown"), [(True, "Making pages ...\n"), (False, "")])
def test_progress_is_for_people_and_not_for_pipes(
    is_terminal: bool, shown: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: is_terminal)
    say("Making pages")
    assert capsys.readouterr() == ("", shown)
