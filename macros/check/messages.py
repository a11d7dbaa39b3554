"""Translate the errors of pydantic into messages for editors, with what would be right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, get_args
from unicodedata import normalize

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from macros.model import FileKind
from macros.model.base import DATE_FORM, ID_FORM, types_in
from macros.model.context import FEED_ID
from macros.model.dates import iso_date
from macros.model.figure import meant_figure
from macros.problems import Keys, said_of, suggest, where

_FORMS = {
    r"\S": "more than spaces",
    ID_FORM: "lower-case letters, digits and single hyphens, such as slot-a-1",
    DATE_FORM: 'a date as "2024", "2024-05" or "2024-05-13", in quotes',
    FEED_ID: "a UUID; python3 -c 'import uuid; print(uuid.uuid4())' makes one",
    r"^[A-Z]{2}$": "two capital letters, such as DE",
}
_LIMITS = {"gt": "more than {}", "ge": "{} or more", "lt": "less than {}", "le": "{} or less"}
_WANTED = {
    "string_type": "write a text",
    "int_type": "write a whole number without quotes",
    "float_type": "write a number without quotes",
    "bool_type": "write true or false",
    "tuple_type": "write a list: [one, two], or one entry a line behind a dash and a space",
    "dict_type": "write fields, each on its own line as `name: value`",
    "model_type": "write fields, each on its own line as `name: value`",
    "no_type_fits": "write a text, a number or fields, as the others here have it",
}


def in_words(detail: ErrorDetails, keys: Keys, kind: FileKind) -> tuple[str, str, str]:
    """Return what is wrong, what would be right and the rule, for one pydantic error."""
    sort, context, value = detail["type"], detail.get("ctx", {}), detail.get("input")
    name = str(keys[-1]) if keys else kind.name
    if sort == "missing":
        hint = _about(_field_at(kind, keys))
        return f'"{name}" is missing', f"add `{name}: ...`{_in_brackets(hint)}", "required-field"
    if sort == "extra_forbidden":
        return f'"{name}" is not a field here', where_field_belongs(kind, keys), "known-field"
    if sort == "literal_error":
        allowed = [word.strip(" '") for word in context["expected"].replace(" or ", ",").split(",")]
        right = suggest(value, allowed) or f"choose one of {', '.join(allowed)}"
        return f"{_quote(value)} is not allowed", right, "allowed-value"
    if sort == "string_pattern_mismatch":
        return f"{_quote(value)} has the wrong form", _form(context["pattern"], str(value), keys), "right-form"
    if sort == "value_error":
        wrong, right = said_of(_quote(value), context["error"])
        return wrong, right, "right-form"
    if sort == "string_too_short" and not value:
        return "is an empty text", _wanted_text(kind, keys), "right-length"
    if missed := _missed_limit(sort, context, value):
        return missed
    return _sort_of(value), _wanted_type(kind, keys, sort, value), "right-type"


def _sort_of(value: object) -> str:
    """Return what a value is, to say that it is not what its field holds."""
    if value is None:
        return "is empty (null)"
    if isinstance(value, (dict, tuple)):
        return f"here is {_quote(value)}"
    if isinstance(value, bool):
        return f"{_quote(value)} is neither a text nor a number"
    return f"{_quote(value)} is a {'text' if isinstance(value, str) else 'number'}"


def _wanted_text(kind: FileKind, keys: Keys) -> str:
    """Return what would be right where a text is empty."""
    field = _field_at(kind, keys)
    or_null = ", or null where nothing was found" if field and type(None) in get_args(field.annotation) else ""
    return f"write a text{or_null}{_in_brackets(_about(field))}"


def _missed_limit(sort: str, context: dict[str, Any], value: Any) -> tuple[str, str, str] | None:
    """Return the same for an error that is about a length or a bound."""
    if sort in {"too_short", "string_too_short"}:
        return f"has only {_counted(value)}", f"write at least {context['min_length']}", "right-length"
    if sort in {"too_long", "string_too_long"}:
        return f"has {_counted(value)}", _at_most(context["max_length"], value), "right-length"
    if sort in {"greater_than", "greater_than_equal", "less_than", "less_than_equal"}:
        limit = next(words.format(context[name]) for name, words in _LIMITS.items() if name in context)
        return (
            f"{_quote(value)} is too {'small' if sort.startswith('greater') else 'large'}",
            f"write {limit}",
            "in-bounds",
        )
    return None


def _counted(value: Any) -> str:
    """Return how many entries or characters a value has."""
    one, many = ("entry", "entries") if isinstance(value, (tuple, dict)) else ("character", "characters")
    return f"{len(value)} {one if len(value) == 1 else many}"


def plainest_error(details: list[ErrorDetails]) -> ErrorDetails:
    """Return the error to report for a value that fits none of several types: a missed limit, else that no type fits."""
    sorts = {detail["type"] for detail in details}
    missed = [detail for detail in details if not detail["type"].endswith("_type") and detail["type"] != "missing"]
    if missed or len(sorts) == 1 or sorts <= {"int_type", "float_type"}:
        return missed[0] if missed else max(details, key=lambda detail: detail["type"] == "float_type")
    return {**details[0], "type": "no_type_fits"}


def where_field_belongs(kind: FileKind, keys: Keys) -> str:
    """Return where a field belongs: under a neighbour, in the record around, or by another name."""
    name, place = keys[-1], keys[:-1]
    model = _model_at(kind.model, place)
    for field, inner in _inner(model):
        if name in _names(inner):
            return f"it belongs under {field}: indent it two spaces deeper than `{field}:`"
    while place:
        place = tuple(place[:-1])
        around = _model_at(kind.model, place)
        if around and around is not model and name in _names(around):
            return f"it belongs {f'to {where(place)}' if place else 'to the file itself'}: indent it less"
    known = _names(model) if model else []
    return suggest(name, known) or (f"choose one of {', '.join(known)}" if known else "remove it")


def _form(pattern: str, text: str, keys: Keys) -> str:
    """Return the form that a field asks for, with the value that was probably meant if that is clear."""
    form = _FORMS.get(pattern, pattern)
    parts = [part for part in re.split(r"[\s,，、;；]+", text) if part]
    if (
        pattern == ID_FORM
        and keys
        and isinstance(keys[-1], int)
        and len(parts) > 1
        and all(re.match(ID_FORM, p) for p in parts)
    ):
        ids = [part for part in parts if "-" in part] or parts
        return f"put a comma and a space between two entries: {', '.join(ids)}"
    for meant in _probable_ids_or_dates(pattern, text):
        if re.match(pattern, meant) and meant != text:
            quoted = f'"{meant}"' if pattern == DATE_FORM else meant
            return f"write {quoted} ({form})"
    return f"write {form}"


def meant_id(text: str) -> str:
    """Return a text as an id, as it was probably meant; empty if it has no letter or digit."""
    return text if re.match(ID_FORM, text) else re.sub(r"[^a-z0-9]+", "-", normalize("NFKC", text).lower()).strip("-")


def _probable_ids_or_dates(pattern: str, text: str) -> Iterator[str]:
    plain = normalize("NFKC", text).strip(" \t\"'“”‘’")
    yield plain
    if pattern == ID_FORM and plain.isascii():
        yield meant_id(plain)
    elif pattern == DATE_FORM:
        yield iso_date(plain)
    else:
        yield plain.upper()


def _at_most(limit: int, value: object) -> str:
    if not isinstance(value, tuple):
        return f"write at most {limit}"
    if limit == 2:
        return "a range is two numbers, [low, high]; decimals have a point, [30.5, 40]"
    return f"keep at most {limit}"


def _wanted_type(kind: FileKind, keys: Keys, sort: str, value: object) -> str:
    field = _field_at(kind, keys)
    hint, wanted = _about(field), _WANTED.get(sort, "")
    text = value.strip() if isinstance(value, str) else ""
    if sort == "string_type" and ID_FORM in repr(field):
        wanted = "write an id"
    elif sort == "string_type" and isinstance(value, (int, float)) and not isinstance(value, bool):
        wanted = f'put it in quotes: "{value}"'
    elif sort == "string_type" and isinstance(value, dict):
        wanted = "write a text, in quotes if it has a colon"
    elif text.isdecimal() and sort in {"int_type", "float_type", "no_type_fits"}:
        wanted = f"write {int(text)} without quotes"
    elif figure := _figure(field, text):
        wanted = f"write {figure}"
    elif text and sort in {"int_type", "float_type"}:
        wanted = f"write one {'whole ' if sort == 'int_type' else ''}number, and nothing else"
    elif sort == "no_type_fits" and hint:
        return f"write {hint[:1].lower()}{hint[1:]}"
    elif sort == "tuple_type" and value is None:
        wanted = "write [] for an empty list"
    return f"{wanted}{_in_brackets(hint)}" if wanted else hint


def _in_brackets(hint: str) -> str:
    return f" ({hint})" if hint else ""


def _figure(field: FieldInfo | None, text: str) -> str:
    """Return the figure that a text was meant as, where the field can hold it."""
    found, types = meant_figure(text), str(field.annotation) if field else ""
    if found is None:
        return ""
    fits = "float" in types or "int" in types and found.text.lstrip("-").isdigit()
    return found.text if fits and ("tuple" in types or not found.text.startswith("[")) else ""


def _field_at(kind: FileKind, keys: Keys) -> FieldInfo | None:
    """Return the field that a key path leads to."""
    model = _model_at(kind.model, keys[:-1])
    fields = model.model_fields.items() if model and keys else ()
    return next((info for name, info in fields if keys[-1] in (name, info.alias)), None)


def _about(field: FieldInfo | None) -> str:
    return (field.description or "").rstrip(".") if field else ""


def _names(model: type[BaseModel] | None) -> list[str]:
    return [field.alias or key for key, field in model.model_fields.items()] if model else []


def _inner(model: type[BaseModel] | None) -> Iterator[tuple[str, type[BaseModel]]]:
    """Yield each field that holds one record, with its model."""
    for key, info in model.model_fields.items() if model else ():
        for inner in _models_in(info.annotation):
            if not str(info.annotation).startswith(("tuple", "dict")):
                yield info.alias or key, inner


def _model_at(model: type[BaseModel] | None, keys: Keys) -> type[BaseModel] | None:
    """Return the model of the record that a key path leads to."""
    for key in keys:
        if model is None:
            return None
        if isinstance(key, int):
            continue
        info = next((info for name, info in model.model_fields.items() if key in (name, info.alias)), None)
        model = next(_models_in(info.annotation), None) if info else None
    return model


def _models_in(annotation: object) -> Iterator[type[BaseModel]]:
    return (found for found in types_in(annotation) if issubclass(found, BaseModel))


def _quote(value: object) -> str:
    if isinstance(value, (dict, tuple)):
        return "a list" if isinstance(value, tuple) else "a group of fields"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, (int, float)):
        return str(value)
    text = str(value).replace("\n", " ")
    return f'"{text[:60]}{"…" if len(text) > 60 else ""}"'
