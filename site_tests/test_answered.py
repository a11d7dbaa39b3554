"""A check that found nothing wrong is answered from what was kept, until one byte it rests on is another."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from macros import answered, load, program
from macros.__main__ import main
from macros.answered import PLACE, _read
from macros.problems import ProblemsFound
from site_tests.conftest import REPOSITORY, Copy, edit


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[str, bool]]:
    """Return a function that checks a project: what is said on either stream, and whether the data was read for it."""
    read: list[Path] = []
    monkeypatch.setattr(load, "load", lambda root, *args, load=load.load: (read.append(root), load(root, *args))[1])

    def check(root: Path, *options: str) -> tuple[str, bool]:
        read.clear()
        main(["--root", str(root), "check", *options])
        said = capsys.readouterr()
        return said.out + said.err, bool(read)

    return check


def test_second_check_says_the_same_without_reading(project_with: Copy, checks: Callable) -> None:
    root = project_with({})
    said, was_read = checks(root)
    assert said.startswith("No problems: ") and was_read
    assert checks(root) == (said, False)
    assert checks(root, "--format", "json") == ("[]\n", False)
    (root / PLACE).unlink()
    assert checks(root) == (said, True)


def test_a_check_of_shelf_lives_is_always_made(project_with: Copy, checks: Callable) -> None:
    root = project_with({})
    checks(root)
    assert checks(root, "--fresh", "--today", "2024-01-01")[1]


@pytest.mark.parametrize(
    ("name", "change", "rule"),
    [
        ("data/stages.yml", ("name: Slicing", 'name: ""'), "right-length"),
        ("content/gap.md", "---\ntitle: Distance\n---\n\nAbout 40 of them.\n", "figure-from-macro"),
        ("data/suppliers/kitano.yml", None, "file-listed"),
        ("data/new.yml", "x: 1\n...\n", "file-name"),
    ],
)
def test_a_slip_is_told_each_time_and_its_mending_brings_the_answer_back(
    name: str, change: object, rule: str, project_with: Copy, checks: Callable
) -> None:
    root = project_with({})
    clean = checks(root)[0]
    path = root / name
    before = path.read_bytes() if path.exists() else None
    edit(root, name, change)
    for _ in range(2):
        said, was_read = checks(root)
        assert f"[{rule}]" in said and was_read
    path.write_bytes(before) if before is not None else path.unlink()
    # The last answer without a problem still stands: every byte is as it was then.
    assert checks(root) == (clean, False)


def test_every_byte_of_data_and_content_counts(project_with: Copy) -> None:
    root = project_with({})
    key = _read(root)[1]
    paths = [path for folder in ("data", "content") for path in (root / folder).rglob("*") if path.is_file()]
    assert len(paths) > 40
    for path in paths:
        content = path.read_bytes()
        for changed in (content[:-1] + bytes([content[-1] ^ 1]), content + b"\n"):
            path.write_bytes(changed)
            assert _read(root)[1] != key, path
        path.write_bytes(content)
        moved = path.rename(path.with_name(f"x{path.name}"))
        assert _read(root)[1] != key, path
        moved.rename(path)
    (root / "content/empty.md").mkdir()
    assert _read(root)[1] != key
    (root / "content/empty.md").rmdir()
    assert _read(root)[1] == key


def test_every_byte_of_the_program_and_every_version_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ours/check").mkdir(parents=True)
    (tmp_path / "ours/check/rule.py").write_text("1")
    (tmp_path / "site/pydantic-2.0.dist-info").mkdir(parents=True)
    monkeypatch.setattr(program, "PACKAGE", tmp_path / "ours")
    monkeypatch.setattr(sys, "path", [str(tmp_path / "site")])
    found = {program.program.__wrapped__()}
    (tmp_path / "ours/check/rule.py").write_text("2")
    found.add(program.program.__wrapped__())
    (tmp_path / "site/pydantic-2.0.dist-info").rename(tmp_path / "site/pydantic-2.1.dist-info")
    found.add(program.program.__wrapped__())
    monkeypatch.setattr(sys, "version", "4")
    found.add(program.program.__wrapped__())
    assert len(found) == 4


def test_what_is_saved_while_a_check_is_at_work_keeps_its_answer_from_being_kept(project_with: Copy) -> None:
    root = project_with({})
    page = root / "content/gap.md"

    def check(_: Any) -> str:
        page.write_bytes(page.read_bytes())
        return "clean"

    assert answered.answered(root, check) == "clean"
    assert not (root / PLACE).exists()
    assert answered.answered(root, lambda _: "clean") == "clean" == answered.answered(root, lambda _: "never asked")


def test_a_link_is_looked_at_each_time(project_with: Copy) -> None:
    """Where it leads may change without a byte of the project changing."""
    root = project_with({})
    (root / "content/gap.md").rename(root / "gap.md")
    (root / "content/gap.md").symlink_to(root / "gap.md")
    answers = iter(["first", "second"])
    assert [answered.answered(root, lambda _: next(answers)) for _ in range(2)] == ["first", "second"]


def test_problems_are_not_kept(tmp_path: Path) -> None:
    def check(_: Any) -> str:
        raise ProblemsFound([])

    (tmp_path / "data").mkdir()
    (tmp_path / "content").mkdir()
    with pytest.raises(ProblemsFound):
        answered.answered(tmp_path, check)
    assert answered.answered(tmp_path, lambda _: "clean") == "clean"


@pytest.mark.parametrize("content", [b"", b"no such thing", b"(\x01\x00\x00\x00N", b"[\x00\x00\x00\x00"])
def test_a_damaged_answer_costs_time_only(content: bytes, project_with: Copy, checks: Callable) -> None:
    root = project_with({})
    said = checks(root)[0]
    (root / PLACE).write_bytes(content)
    assert checks(root) == (said, True)


def test_an_answer_loads_neither_models_nor_engine(project_with: Copy) -> None:
    root = project_with({})
    script = (
        "import sys; from macros.__main__ import main; main(['--root', sys.argv[1], 'check']); "
        "print(sorted({'pydantic', 'mkdocs', 'jinja2', 'yaml'} & set(sys.modules)))"
    )
    run = [sys.executable, "-c", script, str(root)]
    first, second = (subprocess.run(run, cwd=REPOSITORY, capture_output=True, text=True).stdout for _ in range(2))
    assert first.splitlines()[0] == second.splitlines()[0] and "pydantic" in first and second.endswith("[]\n")


def test_files_saved_as_they_had_been_are_read_beside_once(
    project_with: Copy, checks: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, asked = project_with({}), []
    said, _ = checks(root)
    monkeypatch.setattr(answered, "_read_beside", lambda root: (asked.append(root), _read(root))[1])
    (root / "data/stages.yml").touch()
    assert [checks(root) for _ in range(2)] == [(said, False)] * 2
    assert asked == [root]
