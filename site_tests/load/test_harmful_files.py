"""Files that are meant to do harm - bombs, links, strange names, ids that are paths - are refused in plain words."""

from __future__ import annotations

import json
import shutil
import sys

import pytest

from macros.check import problems_of
from macros.load import LARGEST, load
from macros.load.pages import LARGEST as LARGEST_PAGE
from macros.load.pages import pages
from macros.load.parser import MOST, parse
from macros.problems import ProblemsFound
from site_tests.conftest import REPOSITORY, Copy
from site_tests.support.damage import are_messages
from site_tests.support.reading import landscape_of


def rules(text: str) -> set[str]:
    """Return the rules a text as a data file breaks; what its values mean is not looked at."""
    document, problems = parse(text, "data/stages.yml")
    are_messages(problems)
    return {problem.rule for problem in problems}


BOMBS = {
    "laughs": ("a0: &a0 [ha, ha]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 30)), {"yaml-anchor"}),
    "lists in lists": ("a: " + "[" * 300_000, {"yaml-depth"}),
    "entries in entries": ("- " * 300_000, {"yaml-depth"}),
    "mappings in mappings": ("{a: " * 200_000, {"yaml-depth"}),
    "questions": ("? " * 300_000, {"yaml-depth"}),
    "deeper and deeper": ("".join(f"{' ' * n}a:\n" for n in range(1000)), {"yaml-depth"}),
    "more entries than a person types": ("a:\n" + "- b\n" * (MOST + 1), {"file-size"}),
    "a scalar of a megabyte": (f"a: {'9' * 900_000}", set()),
    "a number with underscores": (f"a: {'1_' * 400_000}x", set()),
    "a date that does not end": (f"a: 2024-01-01{' ' * 800_000}x", set()),
    "a name of a megabyte": (f"{'k' * 900_000}: *x", {"yaml-syntax"}),
    "quotes that stay open": ('a: "x\nfoo\n' * 80_000, {"yaml-syntax"}),
    "names said twice": ("a: 1\n" * 15_000, {"duplicate-key"}),
    "blank values": ("".join(f"a{n}:\n" for n in range(15_000)), {"blank-value"}),
    "merge marks": ("<<<<<<< \n" * 100_000, {"merge-finished"}),
    "a document in a document": ("---\na: 1\n" * 20_000, {"one-document"}),
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_bomb_is_refused_and_nothing_grows(name: str) -> None:
    text, expected = BOMBS[name]
    found = rules(f"{text}\n...\n")
    assert found >= expected, found
    assert found <= expected | {"yaml-syntax", "yaml-key", "yaml-tag", "complete-file", "one-document", "yaml-depth"}, (
        found
    )


def test_many_wrong_values_are_all_told_and_the_check_ends(project_with: Copy) -> None:
    rows = "".join(f"  - {{id: ws-{n}, topik: spec}}\n" for n in range(300))
    root = project_with({"data/evidence/wire-saw.yml": f"equipment: wire-saw\nfacts:\n{rows}...\n"})
    found = problems_of(load(root))[1]
    assert sum(problem.rule == "known-field" for problem in found) == 300
    are_messages(found)


def test_links_and_names_that_leave_the_folder_are_refused_or_left_alone(project_with: Copy) -> None:
    root = project_with({})
    (root / "outside.yml").write_text("secret: true\n...\n", encoding="utf-8")
    (root / "data/notes.yml").unlink()
    (root / "data/notes.yml").symlink_to(root / "outside.yml")
    (root / "data/suppliers/loop.yml").symlink_to("loop.yml")
    (root / "data/evidence/up").symlink_to(root, target_is_directory=True)
    (root / "content/abstand.md").unlink()
    (root / "content/abstand.md").symlink_to("/etc/hostname")
    found = problems_of(load(root))[1]
    assert [str(problem) for problem in found if "link" in problem.wrong] == [
        "data/notes.yml:1: is a link that leaves data/; put the file itself here [file-name]"
    ]
    assert not any("secret" in str(problem) for problem in found)
    with pytest.raises(ProblemsFound) as caught:
        pages(root, landscape_of(project_with({})))
    assert [str(problem) for problem in caught.value.problems if problem.path == "content/abstand.md"] == [
        "content/abstand.md:1: is a link that leaves content/; put the file itself here [file-name]"
    ]


STRANGE = ["a\nb.yml", "a b.yml", "-rf.yml", "x" * 200 + ".yml", "ä.yml", "con.yml", "%s.yml", "{{x}}.yml"]
if sys.platform == "linux":  # elsewhere every name of a file is text
    STRANGE.append("\udcff.yml")


@pytest.mark.parametrize("name", STRANGE)
def test_file_of_a_strange_name_is_a_problem_in_one_line(name: str, project_with: Copy) -> None:
    root = project_with({})
    shutil.copyfile(root / "data/suppliers/kitano.yml", root / "data/suppliers" / name)
    found = problems_of(load(root))[1]
    is_id = name in ("con.yml", "x" * 200 + ".yml")
    expected = {"unique-id", "id-is-file-name", "file-listed"} if is_id else {"file-name"}
    assert {problem.rule for problem in found} == expected
    are_messages(found)


@pytest.mark.parametrize("name", ["../evil", "/etc/passwd", "a/b", "..", ".", "", "x\0y", "con:stream"])
def test_id_never_leads_out_of_the_folder(name: str, project_with: Copy) -> None:
    """Ids become paths of pages; only letters, digits and hyphens pass."""
    root = project_with({"data/dimensions.yml": ("{id: supply,", f"{{id: {json.dumps(name)},")})
    found = problems_of(load(root))[1]
    assert {problem.rule for problem in found if problem.path == "data/dimensions.yml"} & {"right-form", "yaml-syntax"}


def test_largest_real_file_is_far_from_the_limits() -> None:
    sizes = [path.stat().st_size for path in (REPOSITORY / "data").rglob("*.yml")]
    assert max(sizes) * 4 < LARGEST
    assert max(path.stat().st_size for path in (REPOSITORY / "content").rglob("*.md")) * 4 < LARGEST_PAGE
