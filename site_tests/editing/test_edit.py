"""Edits in place: what is not meant to change stays byte for byte, and what cannot be done is refused."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from macros.editing.edit import ABSENT, CannotEdit, data_of, with_item, with_values
from macros.editing.values import Layout, value_text
from macros.load.scalars import HIDDEN

TEXT = """\
# head
name: Saw  # shown
parent: null # none yet
aliases:
  - One   # first
  - 'Two, three'
note: >-
  A long text that
  stands in lines.

  # no comment, part of the text
codes: [a-1, a-2,
  a-3]
rows:

  # about the first
  - id: r-1
    value: 19.0
    bound: about  # kept
    side: {value: 1, mode: slow}

  - id: r-2
    value: [30, 40]
    bound: about
...
"""


def lines_changed(before: str, after: str) -> list[tuple[str, str]]:
    """Return pairs of lines that differ; the two texts must have as many lines."""
    old, new = before.split("\n"), after.split("\n")
    assert len(old) == len(new)
    return [(one, two) for one, two in zip(old, new, strict=False) if one != two]


@pytest.mark.parametrize(
    ("keys", "value", "expected"),
    [
        (("name",), "Big saw", [("name: Saw  # shown", "name: Big saw  # shown")]),
        (("name",), "Saw: big", [("name: Saw  # shown", 'name: "Saw: big"  # shown')]),
        (("name",), "yes", [("name: Saw  # shown", 'name: "yes"  # shown')]),
        (("aliases", 1), "Two", [("  - 'Two, three'", "  - 'Two'")]),
        (("aliases",), ("One", "Two"), [("  - 'Two, three'", "  - Two")]),
        (("codes",), ("a-1", "a-2", "a-4"), [("  a-3]", "  a-4]")]),
        (("rows", 0, "value"), 20, [("    value: 19.0", "    value: 20")]),
        (("rows", 0, "side", "mode"), "a, b", [("mode: slow}", 'mode: "a, b"}')]),
        (("rows", 1, "value"), (30, 45), [("    value: [30, 40]", "    value: [30, 45]")]),
        (("rows", 1, "value"), 35, [("    value: [30, 40]", "    value: 35")]),
        (("parent",), {"id": None, "name": "A, B"}, [("null # none yet", '{id: null, name: "A, B"} # none yet')]),
    ],
)
def test_only_the_value_changes(keys: tuple[str | int, ...], value: object, expected: list[tuple[str, str]]) -> None:
    after = with_values(TEXT, {keys: value})
    found = lines_changed(TEXT, after)
    assert len(found) == len(expected)
    for (old, new), (old_end, new_end) in zip(found, expected, strict=False):
        assert old.endswith(old_end) and new.endswith(new_end)


def test_a_folded_text_keeps_the_lines_that_stay() -> None:
    after = with_values(TEXT, {("note",): "A long text that\nstands in two lines.\n# no comment, part of the text"})
    assert data_of(after)["note"] == "A long text that\nstands in two lines.\n# no comment, part of the text"
    one = "note: >-\n  Words of the first line\n  words of the second line\n  words of the third line\n...\n"
    after = with_values(one, {("note",): "Words of the first line words of the 2nd line words of the third line"})
    assert lines_changed(one, after) == [("  words of the second line", "  words of the 2nd line")]


def test_a_field_is_added_in_its_place_and_removed_with_its_line() -> None:
    order = ("id", "value", "bound", "unit", "side")
    after = with_values(
        TEXT, {("rows", 1, "bound"): ABSENT, ("rows", 1, "unit"): "%", ("rows", 0, "unit"): "mm"}, order
    )
    assert "    bound: about  # kept\n    unit: mm\n    side:" in after
    assert after.endswith('  - id: r-2\n    value: [30, 40]\n    unit: "%"\n...\n')


def test_a_field_whose_line_has_a_comment_is_emptied_not_removed() -> None:
    assert "    bound: null  # kept\n" in with_values(TEXT, {("rows", 0, "bound"): ABSENT})


def test_comments_inside_a_list_are_not_lost() -> None:
    text = "codes: [a, # why\n  b]\n...\n"
    with pytest.raises(CannotEdit, match="comments inside"):
        with_values(text, {("codes",): ("a", "c")})
    assert with_values(text, {("codes", 1): "c"}) == "codes: [a, # why\n  c]\n...\n"


def test_line_ends_of_windows_stay() -> None:
    text = TEXT.replace("\n", "\r\n")
    after = with_values(
        text, {("rows", 1, "bound"): "exact: no", ("rows", 1, "unit"): "%", ("aliases",): ("One", "Two")}
    )
    assert after.count("\n") == after.count("\r\n") == text.count("\n") + 1


def test_an_entry_is_added_with_the_blank_line_between_entries() -> None:
    assert with_item(TEXT, ("rows",), ["id: r-3", "value: 1"], 2).endswith(
        "    bound: about\n\n  - id: r-3\n    value: 1\n...\n"
    )
    assert "slow}\n\n  - id: r-3\n    value: 1\n\n  - id: r-2" in with_item(TEXT, ("rows",), ["id: r-3", "value: 1"], 1)
    assert with_item("rows: [] # none\n...\n", ("rows",), ["id: a"], 0) == "rows: # none\n  - id: a\n...\n"


@pytest.mark.parametrize(
    "text",
    ["yes", "2019", "1:30", "0x1f", "null", "a: b", "a #b", "- a", "[x]", "{{ x }}", "'", '"', "\\", "*a", "&a", "!a",
     "%", "@", "`", "=1+1", "+1", "-1", "\ttab", "two\nlines", " blank ", "\u2028", "\x85", "\x07", "中文：值", "🂡", "---",
     "...", "w " * 80 + "w", "a  b " * 40 + "c", "x" * 300],
)  # fmt: skip
@pytest.mark.parametrize("room", [Layout(6, 0, 4), Layout(6, 12, 4), Layout(6, 0, 4, in_flow=True)])
def test_any_text_is_read_back_as_it_was_written(text: str, room: Layout) -> None:
    written = value_text(text, room)
    page = f"k: [{written}]\n...\n" if room.in_flow else f"k:\n  f: {written}\n...\n"
    assert data_of(page) == {"k": (text,)} if room.in_flow else {"k": {"f": text}}


# Characters that YAML takes for something, beside any others there are.
TEXTS = st.text(
    st.one_of(st.sampled_from(" :#-,[]{}'\"\\\n\t&*!|>%@`=~."), st.characters(exclude_categories=["Cs"])), min_size=1
)


@given(TEXTS)
@example("0 ")
def test_whatever_is_put_into_a_field_is_read_back_and_nothing_else_moves(text: str) -> None:
    assume(not HIDDEN.search(text))
    keys: list[tuple[str | int, ...]] = [
        ("name",),
        ("note",),
        ("aliases", 0),
        ("rows", 0, "side", "mode"),
        ("rows", 1, "bound"),
    ]
    for at in keys:
        after = with_values(TEXT, {at: text})
        found = data_of(after)
        for key in at:
            found = found[key]
        assert found == text
        assert data_of(with_values(after, {at: "x"})) == data_of(with_values(TEXT, {at: "x"}))
        comments = {"# head", "# shown", "# none yet", "# first", "# about the first", "# kept"}
        assert all(comment in after for comment in comments)


def test_a_character_that_cannot_be_seen_is_named() -> None:
    with pytest.raises(CannotEdit, match=r"cannot be seen \(U\+00A0\)"):
        with_values(TEXT, {("name",): "\u00a05 kg"})
