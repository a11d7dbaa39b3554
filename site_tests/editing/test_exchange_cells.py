"""Cells: read as the value they mean, refused where that may be two, and the same again where nothing changed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from macros.editing.cells import BadCell, as_cell, is_same, value_of
from macros.editing.exchange import KINDS, table_of
from macros.model.fields import Leaf
from macros.spreadsheets import with_apostrophe, without_apostrophe
from site_tests.support.tables import HOSTILE_CELLS, NUMBER

YEAR = Leaf(("year",), {"type": ["integer", "null"]}, True)
IDS = Leaf(("evidence",), {"type": "array", "items": {"pattern": "^[a-z0-9]+$"}}, True)
TEXTS = Leaf(("aliases",), {"type": "array", "items": {"pattern": r"\S"}}, True)


@pytest.mark.parametrize(
    ("leaf", "cell", "expected"),
    [
        (NUMBER, 21, 21),
        (NUMBER, 21.0, 21),
        (NUMBER, "21", 21),
        (NUMBER, "4.70", 4.7),
        (NUMBER, "[30, 40.5]", (30, 40.5)),
        (NUMBER, "", None),
        (NUMBER, "five firms", "five firms"),
        (YEAR, 2024.0, 2024),
        (IDS, "a1; b2", ("a1", "b2")),
        (IDS, "a1, b2;", ("a1", "b2")),
        (IDS, "", ()),
        (TEXTS, "One, Two; Three", ("One, Two", "Three")),
    ],
)
def test_a_cell_is_read_as_the_value_it_means(leaf: Leaf, cell: Any, expected: Any) -> None:
    found = value_of(leaf, cell)
    assert found == expected and type(found) is type(expected)


@pytest.mark.parametrize(
    ("leaf", "cell", "before"),
    [
        (NUMBER, "1,234", None),
        (NUMBER, "about 21", 21),
        (NUMBER, "15. Mai", 15.5),
        (NUMBER, "30-40", (30, 40)),
        (YEAR, "2024.5", None),
        (YEAR, "soon", None),
        (TEXTS, "One; Two", ("One; and more",)),
        (replace(YEAR, node={"type": "integer"}), "", None),
    ],
)
def test_a_cell_that_may_mean_two_things_is_refused(leaf: Leaf, cell: Any, before: Any) -> None:
    with pytest.raises(BadCell):
        value_of(leaf, cell, before)


def test_a_number_keeps_its_spelling_where_it_did_not_change() -> None:
    assert is_same(19, 19.0) and is_same("19", 19.0) and is_same("19.00", 19)
    assert is_same(470, "00470") and not is_same(471, "00470") and not is_same("470 A", "00470")
    assert not is_same("19.1", 19.0) and not is_same("", 0)


@pytest.mark.parametrize("text", [*HOSTILE_CELLS, "\t=1", "''=1", "", "plain"])
def test_defusing_is_undone_exactly(text: str) -> None:
    assert without_apostrophe(with_apostrophe(text)) == text
    assert as_cell(("a", "b")) == "a; b" and as_cell((30, 40)) == "[30, 40]"


def test_every_column_of_every_table_can_be_read_and_written(loaded: Any) -> None:
    for kind in KINDS:
        for leaf in table_of(loaded, kind).columns:
            assert leaf.is_list or leaf.is_figure or leaf.may_be_text, leaf.name
