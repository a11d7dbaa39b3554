"""Load reads YAML strictly: what an editor sees is what the report gets, and each surprise is a problem at its line."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from macros.load import load
from macros.load.files import files_below
from macros.load.parser import END, parse
from site_tests.conftest import Change

Copy = Callable[[dict[str, Change]], Path]


def read(text: str) -> Any:
    """Return the data of a file whose text, with the end added, has no problem."""
    document, problems = parse(f"{text}\n{END}\n", "data/x.yml")
    assert problems == []
    return document.data


def rules(text: str) -> list[tuple[int, str]]:
    """Return line and rule of every problem of a text, with the end added."""
    return [(problem.line, problem.rule) for problem in parse(f"{text}\n{END}\n", "data/x.yml")[1]]


def test_plain_values_are_read_as_they_look() -> None:
    text = "a: 12\nb: -3\nc: 0.5\nd: true\ne: false\nf: null\ng: ~\ni: some text\nj: [1, x]\nk: {l: 2.50}"
    assert read(text) == {
        "a": 12, "b": -3, "c": 0.5, "d": True, "e": False, "f": None, "g": None, "i": "some text", "j": (1, "x"), "k": {"l": 2.5},
    }  # fmt: skip


def test_types_are_kept_apart() -> None:
    data = read("a: 1\nb: 1.0\nc: true\nd: '1'")
    assert [type(value) for value in data.values()] == [int, float, bool, str]


def test_texts_of_several_lines_are_read() -> None:
    assert read("a: >-\n  one\n  two\nb: |\n  one\n  two") == {"a": "one two", "b": "one\ntwo\n"}


AMBIGUOUS = (
    "no yes on off y n No YES On OFF Y N True FALSE Null NULL 010 -017 00 0x1F 0o17 0b101 1:30 190:20:30 2024-05-13 2024-5-3 "
    "1_000 1_000.5 .inf -.INF .nan 1e3 1.5e-3 +5 .5 5. -.5 1234567890123456789"
)


@pytest.mark.parametrize("value", AMBIGUOUS.split())
def test_ambiguous_value_is_refused_plain_and_read_in_quotes(value: str) -> None:
    assert rules(f"a:\n  - first\n  - {value}") == [(3, "yaml-ambiguous")]
    assert read(f'a: "{value}"') == {"a": value}
    assert read(f"a: '{value}'") == {"a": value}


@pytest.mark.parametrize(
    "value",
    ["nothing", "yesterday", "1-2", "2024-05", "10 %", "1:30 h", "v1.0", "NOR", "-", "A_1", "3D", "1,000", "e5"],
)
def test_text_that_only_begins_like_a_number_is_text(value: str) -> None:
    assert read(f"a: {value}") == {"a": value} if value != "-" else True


def test_ambiguous_date_with_time_is_refused() -> None:
    assert rules("a: 2024-05-13 10:00:00") == [(1, "yaml-ambiguous")]


def test_second_of_two_equal_keys_is_reported_and_the_first_kept() -> None:
    document, problems = parse("a: 1\nb:\n  c: 2\n  c: 3\na: 4\n...\n", "data/x.yml")
    assert [str(problem) for problem in problems] == [
        'data/x.yml:4: b: "c" is here twice (first in line 3); keep one of the two [duplicate-key]',
        'data/x.yml:5: "a" is here twice (first in line 1); keep one of the two [duplicate-key]',
    ]
    assert document.data == {"a": 1, "b": {"c": 2}}


def test_every_dash_that_is_missing_is_reported() -> None:
    text = "rows:\n  - id: a\n    one: 1\n    two: 2\n" + "".join(
        f"    id: {name}\n    one: 1\n    two: [1, 2]\n" for name in "bcdef"
    )
    assert rules(text) == [(line, "duplicate-key") for line in (5, 8, 11, 14, 17)]


def test_equal_keys_in_other_quotes_are_equal() -> None:
    assert rules("a: 1\n\"a\": 2\n'a': 3") == [(2, "duplicate-key"), (3, "duplicate-key")]


def test_key_that_yaml_reads_as_something_else_stays_text() -> None:
    assert read("no: 1\n2019: 2\nnull: 3\n<<: 4") == {"no": 1, "2019": 2, "null": 3, "<<": 4}


def test_merge_key_merges_nothing() -> None:
    assert read("<<: {a: 1}\nb: 2") == {"<<": {"a": 1}, "b": 2}


def test_anchor_and_alias_are_refused_and_nothing_expands() -> None:
    document, problems = parse("a: &x [1, 2]\nb: *x\nc: *nobody\n...\n", "data/x.yml")
    assert [str(problem) for problem in problems] == [
        "data/x.yml:1: a: &x is an anchor of YAML, which is not used here; put quotes around a text that begins with &; else write the value out wherever it is used [yaml-anchor]",
        "data/x.yml:2: b: *x is an alias of YAML, which is not used here; put quotes around a text that begins with *; else write the value out [yaml-anchor]",
        "data/x.yml:3: c: *nobody is an alias of YAML, which is not used here; put quotes around a text that begins with *; else write the value out [yaml-anchor]",
    ]
    assert document.data == {"a": (1, 2), "b": None, "c": None}


def test_billion_laughs_stay_small() -> None:
    lines = ["a0: &a0 [ha, ha]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    document, problems = parse("\n".join([*lines, END, ""]), "data/x.yml")
    assert {problem.rule for problem in problems} == {"yaml-anchor"}
    assert document.data["a29"] == (None,) * 10


def test_alias_as_key_is_refused() -> None:
    assert rules("a: 1\n*x : 2") == [(2, "yaml-anchor")]


@pytest.mark.parametrize("tag", ["!!str 12", "!!python/object:os.system x", "!custom {a: 1}", "!!binary aGk=", "! 12"])
def test_tag_is_refused_and_constructs_nothing(tag: str) -> None:
    assert rules(f"a: 1\nb: {tag}") == [(2, "yaml-tag")]


@pytest.mark.parametrize("key", ["[a, b]: 1", "{a: 1}: 2", "? [a, b]\n: 1", "? - a\n  - b\n: 1"])
def test_list_or_mapping_as_key_is_refused_and_left_out(key: str) -> None:
    document, problems = parse(f"z: 1\n{key}\n...\n", "data/x.yml")
    assert [(problem.line, problem.rule) for problem in problems] == [(2, "yaml-key")]
    assert document.data == {"z": 1}


def test_twelve_levels_are_read_and_thirteen_refused() -> None:
    assert rules("[" * 12 + "]" * 12) == []
    assert rules("[" * 13 + "]" * 13) == [(1, "yaml-depth")]
    assert rules("\n".join(f"{' ' * n}a:" for n in range(14))) == [(13, "yaml-depth")]


@pytest.mark.parametrize("text", ["[" * 200_000, "{a: " * 200_000, "- " * 50_000, "? " * 50_000])
def test_deepest_nesting_is_refused_at_once(text: str) -> None:
    start = time.perf_counter()
    assert "yaml-depth" in [rule for _, rule in rules(text)]
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize(
    "text", ["", "\n\n", "# only words\n", "---\n", "null\n...\n", "# a\n~ # b\n...\n", "---\n...\n", "\ufeff"]
)
def test_file_without_data_is_empty(text: str) -> None:
    document, problems = parse(text.removeprefix("\ufeff"), "data/x.yml")
    assert (document.data, [(problem.line, problem.rule) for problem in problems]) == (None, [(1, "empty-file")])


@pytest.mark.parametrize("end", ["", "\n", "\n...", "\n... \n", "\n...\n# more\n"])
def test_file_without_its_end_is_not_complete(end: str) -> None:
    assert [problem.rule for problem in parse(f"a: 1{end}", "data/x.yml")[1]] == ["complete-file"]


def test_empty_lines_below_the_end_do_no_harm() -> None:
    assert parse("a: 1\n...\n\n\n", "data/x.yml")[1] == []


def test_end_without_a_line_break_says_that_it_is_missing() -> None:
    (problem,) = parse("a: 1\n...", "data/x.yml")[1]
    assert str(problem).startswith('data/x.yml:2: there is no line break after the closing "..."; press Enter')


@pytest.mark.parametrize(
    "text", ["a: 1  # why", "a: 1 # why", "a: text  # why", "a: 1\t# why", "# a\na: 1", "a:\n  # why\n  b: 1"]
)
def test_comment_apart_is_a_comment(text: str) -> None:
    found = [] if text != "a: 1 # why" else [(1, "comment-apart")]
    assert rules(text) == found


def test_file_of_windows_is_read_as_any_other(project_with: Copy) -> None:
    """Line ends and the mark at the head of a file are the editor's program's choice, not a slip."""
    root = project_with({})
    path = root / "data/stages.yml"
    before = load(root).documents["data/stages.yml"].data
    plain = path.read_bytes()
    for content in (plain.replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + plain, plain.replace(b"\n", b"\r")):
        path.write_bytes(content)
        project = load(root)
        assert project.problems == () and project.documents["data/stages.yml"].data == before


def test_end_within_a_text_is_no_end() -> None:
    assert [problem.rule for problem in parse("a: |\n  one\n  ...\n", "data/x.yml")[1]] == ["complete-file"]


def test_second_document_is_reported_once_and_neither_is_read() -> None:
    document, problems = parse("a: 1\n---\nb: 2\n---\nc: 3\n...\n", "data/x.yml")
    assert ([(problem.line, problem.rule) for problem in problems], document.data) == ([(2, "one-document")], None)


def test_text_below_the_end_is_reported_as_such() -> None:
    assert [str(problem) for problem in parse("a: 1\n...\nb: 2\n", "data/x.yml")[1]] == [
        'data/x.yml:3: there is text below the closing "..."; move it above the "...", which is the last line of a file [one-document]'
    ]


def test_first_document_may_be_marked() -> None:
    assert read("---\na: 1") == {"a": 1}


@pytest.mark.parametrize("text", ["a:\n\t- 1", "a:\n\tb: 1", "\ta: 1"])
def test_tab_as_indentation_is_no_yaml(text: str) -> None:
    assert [rule for _, rule in rules(text)] == ["yaml-syntax"]


@pytest.mark.parametrize("letter", ["\x00", "\x01", "\x1b", "\x7f", "\x9f", "\ufffe"])
def test_invisible_character_is_named_at_its_line(letter: str) -> None:
    document, problems = parse(f"狭缝: ä\nb: x{letter}y\n...\n", "data/x.yml")
    assert [str(problem) for problem in problems] == [
        f"data/x.yml:2: not YAML: a character that cannot be seen (U+{ord(letter):04X}); delete it, or type the line anew [yaml-syntax]"
    ]
    assert document.data is None


def test_lines_of_keys_and_places_are_known() -> None:
    text = "# comment\na: 1\nb:\n  - c: 2\n    d: [x,\n        y]\n  -\n    c: 3\ne: >-\n  long\n  text\nf: {g: 1,\n    h: 2}\n...\n"
    document = parse(text, "data/x.yml")[0]
    lines = {
        (): 2,
        ("a",): 2,
        ("b",): 3,
        ("b", 0): 4,
        ("b", 0, "c"): 4,
        ("b", 0, "d"): 5,
        ("b", 0, "d", 1): 6,
        ("b", 1, "c"): 8,
    }
    lines |= {("e",): 9, ("f",): 12, ("f", "g"): 12, ("f", "h"): 13}
    assert {keys: document.line(keys) for keys in lines} == lines
    assert document.line(("b", 0, "nothing", 3)) == 4


def test_byte_order_mark_and_line_ends_of_windows_change_nothing(project_with: Copy, miniature: Path) -> None:
    path = "data/suppliers/kitano.yml"
    text = (miniature / path).read_text(encoding="utf-8")
    root = project_with({path: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()})
    project, plain = load(root), load(miniature)
    assert project.problems == ()
    assert project.documents[path] == plain.documents[path]


def test_file_that_is_not_utf_8_is_reported_at_its_line(project_with: Copy) -> None:
    for content in ("title: ok\nname: Säge\n...\n".encode("latin-1"), b"a: ok\n\xff\xfe\n", b"a: 1\n\xed\xa0\x80\n"):
        project = load(project_with({"data/notes.yml": content}))
        assert [(problem.path, problem.line, problem.rule) for problem in project.problems] == [
            ("data/notes.yml", 2, "utf-8")
        ]


def test_link_that_leaves_data_is_refused(project_with: Copy, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.yml").write_text("secret: 1\n...\n")
    root = project_with({"data/notes.yml": None})
    (root / "data/notes.yml").symlink_to(tmp_path / "elsewhere.yml")
    project = load(root)
    assert [str(problem) for problem in project.problems] == [
        "data/notes.yml:1: is a link that leaves data/; put the file itself here [file-name]"
    ]
    assert project.documents["data/notes.yml"].data is None


def test_link_within_data_is_read(project_with: Copy) -> None:
    root = project_with({"data/notes.yml": None, "data/kept.md": "notes: []\n...\n"})
    (root / "data/notes.yml").symlink_to("kept.md")
    assert load(root).documents["data/notes.yml"].data == {"notes": ()}


def test_link_to_nothing_and_folder_named_like_a_file_are_left_out(project_with: Copy) -> None:
    root = project_with({"data/notes.yml": None})
    (root / "data/notes.yml").symlink_to("nowhere.yml")
    (root / "data/odd.yml").mkdir()
    project = load(root)
    assert (
        project.problems == () and "data/notes.yml" not in project.documents and "data/odd.yml" not in project.documents
    )


def test_other_endings_are_reported_and_helpers_left_out(project_with: Copy) -> None:
    names = ["a.yaml", "b.txt", "c.YML", "stages.yml~", "README.md", "x.schema.json", ".hidden.yml", ".notes.yml.swp"]
    project = load(project_with({f"data/{name}": "a: 1\n" for name in names}))
    assert [problem.path for problem in project.problems] == [
        "data/a.yaml",
        "data/b.txt",
        "data/c.YML",
    ]


def test_file_that_vanishes_while_it_is_read_is_a_problem(project_with: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor saves by deleting and writing anew while the server looks."""
    root = project_with({})

    def seen_then_gone(folder: Path) -> list[str]:
        found = list(files_below(folder))
        (folder / "notes.yml").unlink()
        return found

    monkeypatch.setattr("macros.load.files_below", seen_then_gone)
    assert [str(problem) for problem in load(root).problems] == [
        "data/notes.yml:1: cannot be read (No such file or directory); check that it is there, and that you may read it [file-readable]"
    ]


def test_project_without_data_has_no_documents(tmp_path: Path) -> None:
    assert load(tmp_path).documents == {}


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**9), 10**9)
    | st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=12)
)
DATA = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.from_regex(r"[a-z_]{1,6}", fullmatch=True), inner, max_size=3)
    ),
    max_leaves=12,
)


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_frozen(item) for item in value)
    return {key: _frozen(item) for key, item in value.items()} if isinstance(value, dict) else value


@given(DATA)
def test_what_a_careful_writer_writes_is_what_is_read(data: Any) -> None:
    import json

    text = re.sub("[\ufeff\ufffe\uffff]", "", json.dumps({"a": data}, ensure_ascii=False))
    document, problems = parse(f"{text}\n{END}\n", "data/x.yml")
    assert {problem.rule for problem in problems} <= {"hidden-character"}
    assert document.data == _frozen(json.loads(text))


@given(st.text(st.sampled_from("ab: -[]{}\"'#&*!|>?%@`,\n\t\r\ufeff\x00ä1.~<"), max_size=60))
@example("1\r1")
@example('a: "x\u2028\u2028\u2028"\nb: 1\n  2\n...\n')
def test_no_text_makes_the_reader_fail(text: str) -> None:
    document, problems = parse(text, "data/x.yml")
    assert problems or text.endswith(f"\n{END}\n") or text == f"{END}\n"
    assert all(1 <= problem.line <= text.count("\n") + text.count("\r") + 2 for problem in problems)
