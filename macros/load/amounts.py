"""Amounts: figures of a translated record, in the power of ten by which its language names their unit.

Of 3.2 billion in a language that counts in hundred millions are 32. Every figure beside the unit, or in records below it, is
counted anew, so that charts, tables and sentences agree.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import cache
from operator import is_
from typing import Any

from macros.model.base import Record, holders_of, types_in

# Returns by what the figures in a unit are to be multiplied.
Factor = Callable[[Any], Decimal]


def counted_anew(record: Record, factor_of: Factor) -> Any:
    """Return a record with its figures in the power of ten that the name of their unit says."""
    unit = getattr(record, "unit", None)
    factor = factor_of(unit)
    if factor == 1:
        return _with_held(record, lambda held: counted_anew(held, factor_of))
    if any(isinstance(getattr(record, name), str) for name in _figures(type(record))):
        # A figure in words stays what it is, and so does its power of ten.
        return record.model_copy(update={"unit": f"×\u00a0{factor:f}\u00a0{unit}"})
    return _times(record, factor)


def _times(record: Record, factor: Decimal) -> Record:
    found = {name: _product(getattr(record, name), factor) for name in _figures(type(record))}
    return _with_held(record.model_copy(update=found), lambda held: _times(held, factor))


def _product(value: Any, factor: Decimal) -> Any:
    if isinstance(value, tuple):
        return tuple(_product(one, factor) for one in value)
    if value is None:
        return None
    found = Decimal(str(value)) * factor
    return int(found) if found == int(found) else float(found)


def _with_held(record: Record, change: Callable[[Record], Record]) -> Record:
    """Return a record with each record that it holds, alone or in a list, as `change` returns it."""
    found: dict[str, Any] = {}
    for name in holders_of(type(record)):
        held = getattr(record, name)
        told = change(held) if isinstance(held, Record) else held
        if isinstance(held, tuple):
            parts = tuple(change(one) if isinstance(one, Record) else one for one in held)
            told = held if all(map(is_, held, parts)) else parts
        if told is not held:
            found[name] = told
    return record.model_copy(update=found) if found else record


@cache
def _figures(model: type[Record]) -> tuple[str, ...]:
    """Return the fields of a model that may hold a number with decimals."""
    return tuple(name for name, info in model.model_fields.items() if float in types_in(info.annotation))
