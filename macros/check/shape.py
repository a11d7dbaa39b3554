"""Check the shape of every file: is each known, complete in its fields, and each value of the right type?"""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatch
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from macros.draft import Draft, Entry
from macros.load import Document, Project
from macros.model import FILES, FileKind
from macros.model.context import FEED_ID
from macros.problems import Keys, Problem, suggest


def shape(project: Project) -> tuple[Draft, list[Problem]]:
    """Return the well-shaped records and every problem of shape."""
    draft = Draft()
    problems = list(_unknown_files(project))
    misread = {(problem.path, problem.where) for problem in project.problems}
    for kind in FILES:
        documents = [document for path, document in project.documents.items() if fnmatch(path, kind.pattern)]
        if not documents:
            problems.append(Problem(kind.pattern, 1, "", "is missing", "put the file back", "file-missing"))
            draft.broken.add(kind.name)
        draft.files[kind.name] = documents
        for document in documents:
            problems.extend(
                p
                for p in _read_into(draft, kind, document)
                if (p.path, p.where) not in misread or p.rule != "right-type"
            )
    return draft, problems


def _unknown_files(project: Project) -> Iterator[Problem]:
    for path in project.documents:
        if not any(fnmatch(path, kind.pattern) and path.count("/") == kind.pattern.count("/") for kind in FILES):
            right = suggest(path, (kind.pattern for kind in FILES)) or "see data/README.md for the files there are"
            yield Problem(path, 1, "", "is no file the report knows", right, "file-name")


def _read_into(draft: Draft, kind: FileKind, document: Document) -> Iterator[Problem]:
    if document.data is None:
        draft.broken.add(kind.name)
        return
    _note_ids(draft, kind, document)
    try:
        record = kind.model.model_validate(document.data)
    except ValidationError as error:
        yield from _shape_problems(error, kind, document)
        _salvage(draft, kind, document)
        return
    _enter(draft, kind, document, record)


def _note_ids(draft: Draft, kind: FileKind, document: Document) -> None:
    """Remember ids as typed, of broken records too."""
    if not isinstance(document.data, dict):
        draft.broken.add(kind.name)
        return
    found = draft.raw_ids.setdefault(kind.name, {})
    places: list[tuple[Any, Keys]] = [(document.data, ())]
    if kind.listing:
        rows = document.data.get(kind.listing)
        if not isinstance(rows, tuple):
            draft.broken.add(kind.name)
            return
        places = [(row, (kind.listing, at)) for at, row in enumerate(rows)]
    for row, keys in places:
        if isinstance(row, dict) and isinstance(row.get("id"), str):
            found.setdefault(row["id"], []).append((document, keys))


def _enter(draft: Draft, kind: FileKind, document: Document, record: Any) -> None:
    if not kind.listing:
        draft.entries.setdefault(kind.name, []).append(Entry(kind.name, record, document))
        return
    draft.entries.setdefault(f"{kind.name}-file", []).append(Entry(kind.name, record, document))
    rows = draft.entries.setdefault(kind.name, [])
    for at, row in enumerate(getattr(record, kind.listing)):
        rows.append(Entry(kind.name, row, document, (kind.listing, at)))


def _salvage(draft: Draft, kind: FileKind, document: Document) -> None:
    """Enter those rows of a listing whose own shape is right, so that rules still see them."""
    rows = document.data.get(kind.listing) if kind.listing and isinstance(document.data, dict) else None
    if not isinstance(rows, tuple):
        draft.broken.add(f"{kind.name}-records")
        return
    model = get_args(kind.model.model_fields[kind.listing].annotation)[0]
    entries = draft.entries.setdefault(kind.name, [])
    for at, row in enumerate(rows):
        try:
            entries.append(Entry(kind.name, model.model_validate(row), document, (kind.listing, at)))
        except ValidationError:
            draft.broken.add(f"{kind.name}-records")


def _shape_problems(error: ValidationError, kind: FileKind, document: Document) -> Iterator[Problem]:
    found: dict[Keys, list[dict[str, Any]]] = {}
    for detail in error.errors(include_url=False):
        found.setdefault(_keys_in_file(detail, document.data), []).append(detail)
    for keys, details in found.items():
        # One problem for a value that fits none of several types; what is wrong inside the value says more.
        if any(other != keys and other[: len(keys)] == keys for other in found):
            continue
        wrong, right, rule = _in_words(_plainest(details), keys, kind)
        yield document.problem(keys, wrong, right, rule)


def _plainest(details: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the error to tell of a value that fits none of several types: a limit missed, else that no type fits."""
    sorts = {detail["type"] for detail in details}
    missed = [detail for detail in details if not detail["type"].endswith("_type") and detail["type"] != "missing"]
    if missed or len(sorts) == 1 or sorts <= {"int_type", "float_type"}:
        return (missed or details)[0]
    return {**details[0], "type": "no_type_fits"}


def _keys_in_file(detail: dict[str, Any], data: Any) -> Keys:
    """Drop from pydantic's path the names of the union members it tried: keep what leads through the data."""
    keys: list[str | int] = []
    loc = detail["loc"]
    for at, key in enumerate(loc):
        if isinstance(data, dict) and (key in data or (detail["type"] == "missing" and at == len(loc) - 1)):
            keys.append(key)
            data = data.get(key)
        elif isinstance(data, tuple) and isinstance(key, int) and key < len(data):
            keys.append(key)
            data = data[key]
    return tuple(keys)


def _in_words(detail: dict[str, Any], keys: Keys, kind: FileKind) -> tuple[str, str, str]:
    """Return what is wrong, what would be right and the rule, for one pydantic error."""
    sort, context, value = detail["type"], detail.get("ctx", {}), detail.get("input")
    name = str(keys[-1]) if keys else kind.name
    if sort == "missing":
        model = _model_at(kind.model, keys[:-1])
        hint = _about(model, name) if model else ""
        return f'"{name}" is missing', f"add it ({hint})" if hint else "add it", "required-field"
    if sort == "extra_forbidden":
        model = _model_at(kind.model, keys[:-1])
        known = [field.alias or key for key, field in model.model_fields.items()] if model else []
        return f'"{name}" is not a field here', suggest(name, known), "known-field"
    if sort == "literal_error":
        allowed = [word.strip(" '") for word in context["expected"].replace(" or ", ",").split(",")]
        return (
            f"{_quoted(value)} is not allowed",
            suggest(value, allowed) or f"one of {', '.join(allowed)}",
            "allowed-value",
        )
    if sort == "string_pattern_mismatch":
        return f"{_quoted(value)} has the wrong form", _form(context["pattern"]), "right-form"
    if sort == "value_error":
        return f"{_quoted(value)}: {context['error']}", "", "right-form"
    if sort in {"too_short", "string_too_short"}:
        return f"{_quoted(value)} is too short", f"at least {context['min_length']}", "right-length"
    if sort in {"too_long", "string_too_long"}:
        return "is too long", f"at most {context['max_length']}", "right-length"
    if sort in {"greater_than", "greater_than_equal", "less_than", "less_than_equal"}:
        limit = next(f"{words} {context[name]}" for name, words in _LIMITS.items() if name in context)
        return f"{_quoted(value)} is out of bounds", limit, "in-bounds"
    return f"{_quoted(value)} is of the wrong type", _wanted(kind, keys, sort), "right-type"


_LIMITS = {"gt": "more than", "ge": "at least", "lt": "less than", "le": "at most"}
_WANTED = {
    "string_type": "a text; put quotes around a number or date that is meant as text",
    "int_type": "a number without quotes",
    "float_type": "a number without quotes",
    "bool_type": "true or false",
    "tuple_type": "a list: [one, two], or one entry a line with a leading dash",
    "dict_type": "fields, each on its own line as `name: value`",
    "model_type": "fields, each on its own line as `name: value`",
    "no_type_fits": "a text, a number or fields, as the others here have it",
}


def _wanted(kind: FileKind, keys: Keys, sort: str) -> str:
    model = _model_at(kind.model, keys[:-1])
    hint = _about(model, str(keys[-1])) if model and keys else ""
    wanted = _WANTED.get(sort, "")
    return f"{wanted} ({hint})" if wanted and hint and sort != "no_type_fits" else hint or wanted


def _about(model: type[BaseModel], name: str) -> str:
    for key, info in model.model_fields.items():
        if name in (key, info.alias):
            return (info.description or "").rstrip(".")
    return ""


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


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)


_FORMS = {
    r"\S": "some text",
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "lower-case letters, digits and single hyphens, such as slot-a-1",
    r"^\d{4}(-\d{2}(-\d{2})?)?$": 'a date as "2024", "2024-05" or "2024-05-13", in quotes',
    FEED_ID: "a UUID; python3 -c 'import uuid; print(uuid.uuid4())' makes one",
    r"^[A-Z]{2}$": "two capital letters",
}


def _form(pattern: str) -> str:
    return _FORMS.get(pattern, pattern)


_AS_TYPED = {None: "null", True: "true", False: "false"}


def _quoted(value: Any) -> str:
    if isinstance(value, (dict, tuple)):
        return "a list" if isinstance(value, tuple) else "a group of fields"
    text = _AS_TYPED.get(value) if value is None or isinstance(value, bool) else " ".join(str(value).split())
    return f'"{text[:60]}{"…" if len(text) > 60 else ""}"'
