"""Translate the errors of pydantic into messages for editors, with what would be right."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from typing import Any, get_args
from unicodedata import normalize

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from macros.model import FileKind
from macros.model.context import FEED_ID
from macros.model.figure import meant_figure
from macros.problems import Keys, suggest, where

_ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"
_FORMS = {
    r"\S": "some text",
    _ID: "lower-case letters, digits and single hyphens, such as slot-a-1",
    _DATE: 'a date as "2024", "2024-05" or "2024-05-13", in quotes',
    FEED_ID: "a UUID; python3 -c 'import uuid; print(uuid.uuid4())' makes one",
    r"^[A-Z]{2}$": "two capital letters",
}
_LIMITS = {"gt": "more than", "ge": "at least", "lt": "less than", "le": "at most"}
_WANTED = {
    "string_type": "a text; put quotes around a number or date that is meant as text",
    "int_type": "a whole number without quotes",
    "float_type": "a number without quotes",
    "bool_type": "true or false",
    "tuple_type": "a list: [one, two], or one entry a line with a leading dash",
    "dict_type": "fields, each on its own line as `name: value`",
    "model_type": "fields, each on its own line as `name: value`",
    "no_type_fits": "a text, a number or fields, as the others here have it",
}


def in_words(detail: ErrorDetails, keys: Keys, kind: FileKind) -> tuple[str, str, str]:
    """Return what is wrong, what would be right and the rule, for one pydantic error."""
    sort, context, value = detail["type"], detail.get("ctx", {}), detail.get("input")
    name = str(keys[-1]) if keys else kind.name
    if sort == "missing":
        model = _model_at(kind.model, keys[:-1])
        hint = _about(model, name) if model else ""
        return f'"{name}" is missing', f"add it ({hint})" if hint else "add it", "required-field"
    if sort == "extra_forbidden":
        return f'"{name}" is not a field here', where_field_belongs(kind, keys), "known-field"
    if sort == "literal_error":
        allowed = [word.strip(" '") for word in context["expected"].replace(" or ", ",").split(",")]
        right = suggest(value, allowed) or f"one of {', '.join(allowed)}"
        return f"{_quote(value)} is not allowed", right, "allowed-value"
    if sort == "string_pattern_mismatch":
        return f"{_quote(value)} has the wrong form", _form(context["pattern"], str(value), keys), "right-form"
    if sort == "value_error":
        wrong, _, right = str(context["error"]).partition("; ")
        return f"{_quote(value)}{'' if wrong.startswith('is ') else ':'} {wrong}", right, "right-form"
    if missed := _missed_limit(sort, context, value):
        return missed
    wrong = "is empty (null)" if value is None else f"{_quote(value)} is of the wrong type"
    return wrong, _wanted_type(kind, keys, sort, value), "right-type"


def _missed_limit(sort: str, context: dict[str, Any], value: object) -> tuple[str, str, str] | None:
    """Return the same for an error that is about a length or a bound."""
    if sort == "string_too_short" and not value:
        return "is an empty text", "write one, or null where nothing was found", "right-length"
    if sort in {"too_short", "string_too_short"}:
        unit = "entries" if sort == "too_short" else "characters"
        return f"{_quote(value)} is too short", f"at least {context['min_length']} {unit}", "right-length"
    if sort in {"too_long", "string_too_long"}:
        return "is too long", _at_most(context["max_length"], value), "right-length"
    if sort in {"greater_than", "greater_than_equal", "less_than", "less_than_equal"}:
        limit = next(f"{words} {context[name]}" for name, words in _LIMITS.items() if name in context)
        return f"{_quote(value)} is out of bounds", limit, "in-bounds"
    return None


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
            return f"it belongs under {field}: indent it two blanks deeper than `{field}:`"
    while place:
        place = tuple(place[:-1])
        around = _model_at(kind.model, place)
        if around and around is not model and name in _names(around):
            return f"it belongs {f'to {where(place)}' if place else 'to the file itself'}: indent it less"
    known = _names(model) if model else []
    return suggest(name, known) or (f"one of {', '.join(known)}" if known else "remove it")


def _form(pattern: str, text: str, keys: Keys) -> str:
    """Return the form that a field asks for, with the value that was probably meant if that is clear."""
    form = _FORMS.get(pattern, pattern)
    parts = [part for part in re.split(r"[\s,，、;；]+", text) if part]
    if (
        pattern == _ID
        and keys
        and isinstance(keys[-1], int)
        and len(parts) > 1
        and all(re.match(_ID, p) for p in parts)
    ):
        return f"a comma and a blank between two entries: {', '.join(parts)}"
    for meant in _probable_ids_or_dates(pattern, text):
        if re.match(pattern, meant) and meant != text:
            quoted = f'"{meant}"' if pattern == _DATE else meant
            return f"write {quoted} ({form})"
    return form


def meant_id(text: str) -> str:
    """Return a text as an id, as it was probably meant; empty if it has no letter or digit."""
    return text if re.match(_ID, text) else re.sub(r"[^a-z0-9]+", "-", normalize("NFKC", text).lower()).strip("-")


def _probable_ids_or_dates(pattern: str, text: str) -> Iterator[str]:
    plain = normalize("NFKC", text).strip(" \t\"'“”‘’")
    yield plain
    if pattern == _ID:
        yield meant_id(plain)
    elif pattern == _DATE:
        yield from _dates(plain)
    else:
        yield plain.upper()


def _dates(text: str) -> Iterator[str]:
    """Yield the date that a text in another order must mean; 5/6/2024 may mean two, so it yields none."""
    found = re.fullmatch(r"(\d{1,4})([./年-])(\d{1,2})[./月-](\d{1,4})日?", text)
    if not found:
        return
    first, mark, second, third = int(found[1]), found[2], int(found[3]), int(found[4])
    orders = [(first, second, third)] if len(found[1]) == 4 else [(third, second, first)]
    if len(found[1]) < 4 and mark != ".":
        orders.append((third, first, second))
    real = {(y, m, d) for y, m, d in orders if y >= 1000 and 1 <= m <= 12 and 1 <= d <= monthrange(y, m)[1]}
    if len(real) == 1:
        year, month, day = real.pop()
        yield f"{year}-{month:02}-{day:02}"


def _at_most(limit: int, value: object) -> str:
    if not isinstance(value, tuple):
        return f"at most {limit} characters"
    if limit == 2:
        return "a range is two numbers, [low, high]; decimals have a point, [30.5, 40]"
    return f"at most {limit} entries"


def _wanted_type(kind: FileKind, keys: Keys, sort: str, value: object) -> str:
    model = _model_at(kind.model, keys[:-1])
    hint = _about(model, str(keys[-1])) if model and keys else ""
    wanted = _WANTED.get(sort, "")
    if sort == "string_type" and isinstance(value, (int, float)) and not isinstance(value, bool):
        wanted = f'put it in quotes: "{value}"'
    elif sort == "string_type":
        wanted = "a text"
    elif isinstance(value, str) and not value.strip().isdecimal() and (figure := _figure(model, keys, value)):
        return f"write {figure}" + (f" ({hint})" if hint else "")
    elif sort in {"int_type", "float_type"} and isinstance(value, str) and not value.strip().isdecimal():
        wanted = "one number, and nothing else" if sort == "float_type" else "one whole number, and nothing else"
    elif sort == "tuple_type" and value is None:
        wanted = "write [] for an empty list"
    return f"{wanted} ({hint})" if wanted and hint and sort != "no_type_fits" else hint or wanted


def _figure(model: type[BaseModel] | None, keys: Keys, text: str) -> str:
    """Return the figure that a text was meant as, where the field can hold it."""
    found, name = meant_figure(text), keys[-1] if keys else ""
    fields = model.model_fields.items() if model else ()
    types = next((str(info.annotation) for key, info in fields if name in (key, info.alias)), "")
    if found is None:
        return ""
    fits = "float" in types or "int" in types and found.text.lstrip("-").isdigit()
    return found.text if fits and ("tuple" in types or not found.text.startswith("[")) else ""


def _about(model: type[BaseModel], name: str) -> str:
    for key, info in model.model_fields.items():
        if name in (key, info.alias):
            return (info.description or "").rstrip(".")
    return ""


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
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)


def _quote(value: object) -> str:
    if isinstance(value, (dict, tuple)):
        return "a list" if isinstance(value, tuple) else "a group of fields"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, (int, float)):
        return str(value)
    text = str(value).replace("\n", " ")
    return f'"{text[:60]}{"…" if len(text) > 60 else ""}"'
