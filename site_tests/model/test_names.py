"""Names of authors: as a reader says them, and as one line of text that gives them back."""

from __future__ import annotations

import pytest

from macros.model.names import Name, in_reading_order, names_of, names_text

NAMES = (
    Name(family="van Dam", given="Ada"),
    Name(family="King", given="Martin", suffix="Jr."),
    Name(family="张", given="三"),
    Name(literal="ACME, Inc."),
)


def test_names_are_said_as_their_script_has_them() -> None:
    assert in_reading_order(NAMES) == "Ada van Dam; Martin King Jr.; 张三; ACME, Inc."
    assert in_reading_order(()) == ""


def test_names_come_back_from_one_line() -> None:
    assert names_text(NAMES) == "van Dam, Ada; King, Martin, Jr.; 张, 三; ACME,, Inc."
    assert names_of(names_text(NAMES)) == NAMES


@pytest.mark.parametrize("text", ["Ministry,", "Ministry", " Ministry ; "])
def test_a_name_in_one_piece_is_a_body(text: str) -> None:
    assert names_of(text) == (Name(literal="Ministry"),)
