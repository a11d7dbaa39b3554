"""Records of data that was judged before are those that judging makes, or there is no way to make them."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import Field

from macros.model.base import Ids, Number, Record, Text
from macros.model.trusted import trusted


class Inner(Record):
    """A record within others."""

    name: Text
    note: Text | None = None


class Outer(Record):
    """A record with others in all ways there are."""

    other_name: Text | None = Field(None, alias="other-name")
    ids: Ids = ()
    figure: Number | tuple[Number, Number] | Text
    one: Inner
    may_be: Inner | None = None
    text_or_one: Text | Inner = "x"
    many: tuple[Inner, ...] = ()
    named: dict[str, Inner] = {}
    words: dict[str, dict[str, str]] = {}


ONE = {"note": None, "name": "a"}
WHOLE = {
    "many": ({"name": "b"}, ONE),
    "named": {"x": {"name": "c"}},
    "one": ONE,
    "text_or_one": {"name": "d"},
    "may_be": {"name": "e", "note": "f"},
    "figure": (1, 2.0),
    "other-name": "g",
    "words": {"x": {"y": "z"}},
    "ids": ("h", "i"),
}


def _copy(value: Any) -> Any:
    """Return plain data as new: making a record of it takes it over."""
    if isinstance(value, dict):
        return {key: _copy(item) for key, item in value.items()}
    return tuple(map(_copy, value)) if isinstance(value, tuple) else value


@pytest.mark.parametrize(
    "data",
    [
        WHOLE,
        {"figure": 1, "one": ONE},
        {"figure": 1.0, "one": ONE, "may_be": None, "text_or_one": "y", "other-name": None},
        {"figure": "about one", "one": {"name": "b"}, "many": (), "named": {}},
    ],
    ids=["whole", "least", "nulls", "empty"],
)
def test_a_trusted_record_is_that_which_judging_makes(data: dict) -> None:
    judged, made = Outer.model_validate(_copy(data)), trusted(Outer, _copy(data))
    assert judged == made
    assert repr(judged) == repr(made)
    assert judged.model_dump_json() == made.model_dump_json()
    assert hash(judged.one) == hash(made.one)
    assert made.model_copy(update={"ids": ("z",)}) == judged.model_copy(update={"ids": ("z",)})
    with pytest.raises(ValueError, match="frozen"):
        made.ids = ()


class Converted(Record):
    """A whole number becomes a float."""

    number: float


class Unclear(Record):
    """A mapping may be either."""

    part: Inner | dict[str, str]


class Pair(Record):
    """Two records side by side."""

    pair: tuple[Inner, Text]


class Nested(Record):
    """The same deep within."""

    inner: tuple[Converted, ...] | None


@pytest.mark.parametrize("model", [Converted, Unclear, Pair, Nested])
def test_a_field_that_may_come_out_otherwise_is_refused(model: type[Record]) -> None:
    with pytest.raises(TypeError):
        trusted(model, {})
