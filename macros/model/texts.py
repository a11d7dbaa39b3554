"""Texts: what a record says to readers, each text with its place in the record, so that it can be translated.

A place is stable when records and lists are put into another order: it names ids, and no numbers of lines or entries.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, get_args

from macros.model.base import Record

# Given the place of a text and the text, returns what stands there in another language. The place of a unit is that of
# its list.
Translate = Callable[[str, Any], Any]
UNITS = "units"
# What tells apart records in a list that have no id.
_KEYS = ("dimension", "edition", "date", "year", "number")
# Names that are codes of languages, for programs.
COUNTRY_LANGUAGES = "country-languages"


def translated(record: Any, translate: Translate, place: str = "", skip: str | None = None) -> Any:
    """Return a record with each of its texts as `translate` has it; what the field `skip` lists is left as it is."""
    changed = {}
    model: type[Record] = type(record)
    for name, kind in text_fields(model).items():
        if name == skip:
            continue
        value = getattr(record, name)
        alias = model.model_fields[name].alias or name
        text = _translated_value(value, kind, translate, f"{place}.{alias}" if place else alias)
        if text is not value:
            changed[name] = text
    return record.model_copy(update=changed) if changed else record


def place_of(record: Any) -> str:
    """Return what a record is called among those of its kind: its id, or what stands for it; nothing if it is the only one."""
    fields = type(record).model_fields
    if "id" in fields:
        return str(record.id)
    return ",".join(str(value) for key in _KEYS if key in fields and (value := getattr(record, key)) is not None)


def _translated_value(value: Any, kind: str, translate: Translate, place: str) -> Any:
    if isinstance(value, str):
        return translate(UNITS, value) if kind == "unit" else translate(place, value)
    if isinstance(value, Record):
        return translate(place, value) if _is_counted(value) else translated(value, translate, place)
    if isinstance(value, tuple):
        text = tuple(_translated_value(one, kind, translate, _within(place, one)) for one in value)
        return text if any(a is not b for a, b in zip(text, value, strict=True)) else value
    if isinstance(value, dict):
        return {
            key: part if key == COUNTRY_LANGUAGES else _translated_value(part, kind, translate, f"{place}.{key}")
            for key, part in value.items()
        }
    return value


def _within(place: str, part: Any) -> str:
    name = place_of(part) if isinstance(part, Record) else ""
    return f"{place}[{name}]" if name else place


def _is_counted(record: Record) -> bool:
    return type(record).__name__ == "Plural"


@cache
def text_fields(model: type[Record]) -> dict[str, str]:
    """Return the fields of a model that hold texts, each with what they are: words, unit, or records that have some."""
    found = {}
    for name, info in model.model_fields.items():
        kind = _kind(info.annotation, model, info.metadata)
        if kind:
            found[name] = kind
    return found


def _kind(annotation: Any, model: type[Record], metadata: Any = ()) -> str:
    for mark in (*metadata, *getattr(annotation, "__metadata__", ())):
        if mark in ("words", "unit"):
            return str(mark)
    if isinstance(annotation, type) and not get_args(annotation):
        return (
            "records" if issubclass(annotation, Record) and annotation is not model and text_fields(annotation) else ""
        )
    return next(filter(None, (_kind(part, model) for part in get_args(annotation))), "")
