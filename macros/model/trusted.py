"""Trusted: records made of data that was judged before, without judging it again."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from macros.model.base import TYPED, Record, fields_of, set_typed

Make = Callable[[Any], Any]
# What is in a record as it stands in the data. A float is not: of a whole number it would become another value.
_AS_IT_STANDS = {str, bool, int, NoneType}
_set_fields, _set_extra, _set_private = (
    BaseModel.__dict__[name].__set__ for name in ("__dict__", "__pydantic_extra__", "__pydantic_private__")
)


def trusted(model: type[Record], data: Any) -> Record:
    """Return the record that `model.model_validate` made of the same plain data, which is taken over.

    Raises TypeError for a model with a field whose values may not come out of judging as they went in.
    """
    return _maker(model)(data)


@cache
def _maker(model: type[Record]) -> Make:
    template = {name: info.get_default() for name, info in model.model_fields.items()}
    renamed = [(name, alias) for name, alias in fields_of(model).items() if name != alias]
    parts = {name: _part(info.annotation) for name, info in model.model_fields.items()}
    holding = [(name, make) for name, make in parts.items() if make]

    def make(data: dict[str, Any]) -> Record:
        for name, alias in renamed:
            if alias in data:
                data[name] = data.pop(alias)
        for name, make_part in holding:
            if name in data:
                data[name] = make_part(data[name])
        record = model.__new__(model)
        # The template brings what was left out, and the order of the fields.
        _set_fields(record, {**template, **data})
        set_typed(record, TYPED)
        _set_extra(record, None)
        _set_private(record, None)
        return record

    return make


def _part(annotation: Any) -> Make | None:
    """Return what makes a part of a record of its plain data; None where it is the data."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return _maker(annotation)
    origin, inner = get_origin(annotation), get_args(annotation)
    if annotation in _AS_IT_STANDS or origin is Literal:
        return None
    if origin is Annotated:
        return _part(inner[0])
    if origin in (Union, UnionType):
        return _choice(inner)
    if origin is tuple:
        return _each(inner)
    if origin is dict and not _part(inner[0]):
        make = _part(inner[1])
        return make and partial(_values, make)
    raise TypeError(f"{annotation} may not come out as it went in")


def _choice(inner: tuple[Any, ...]) -> Make | None:
    """Return the same for what may be of several types, one of them a record at most."""
    kinds = [kind for kind in inner if not (kind is float and int in inner)]
    makes = [make for make in map(_part, kinds) if make]
    if not makes:
        return None
    if len(makes) > 1 or any(get_origin(kind) is dict for kind in kinds):
        raise TypeError(f"of {inner} it cannot be told which it was")
    make = makes[0]
    return lambda value: make(value) if isinstance(value, dict) else value


def _values(make: Make, data: dict[str, Any]) -> dict[str, Any]:
    return {name: make(value) for name, value in data.items()}


def _each(inner: tuple[Any, ...]) -> Make | None:
    """Return the same for a tuple."""
    makes = {_part(kind) for kind in inner if kind is not ...}
    if makes == {None}:
        return None
    if len(makes) == 1 and len(inner) == 2 and inner[1] is ...:
        make = makes.pop()
        return lambda values: tuple(map(make, values))
    raise TypeError(f"{inner} may not come out as they went in")
