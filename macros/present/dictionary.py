"""The data dictionary: every field of every kind of file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, get_args

from macros.model import FILES
from macros.model.base import DateText, Id
from macros.model.json_schema import Field, Group, Node, groups
from macros.present.book import Book
from macros.present.wording import Wording

_ID, _DATE = (get_args(annotation)[1].pattern for annotation in (Id, DateText))
_TYPES = {"integer": "whole", "number": "number", "boolean": "flag", "object": "mapping", "string": "text"}


class FieldView(NamedTuple):
    """A field in words. `about` comes in parts, each with whether it is code."""

    name: str
    type: str
    choices: Sequence[str]
    required: str
    about: Sequence[tuple[str, bool]]
    examples: Sequence[str]


class GroupView(NamedTuple):
    """The fields of a record within others, with the paths that lead to it."""

    paths: Sequence[str]
    about: str
    fields: Sequence[FieldView]


class FileFields(NamedTuple):
    """A kind of file with its own fields, those of the records within, and how many there are in all."""

    name: str
    pattern: str
    n: int
    about: str
    fields: Sequence[FieldView]
    inner: Sequence[GroupView]


class Dictionary(NamedTuple):
    kinds: Sequence[FileFields]


def dictionary(book: Book) -> Dictionary:
    """Every kind of data file with its fields, from the descriptions in the models."""
    kinds = []
    for kind in FILES:
        own, *inner = (_group(group, book.wording) for group in groups(kind.model))
        n = sum(len(group.fields) for group in (own, *inner))
        kinds.append(FileFields(kind.name, kind.pattern, n, own.about, own.fields, inner))
    return Dictionary(kinds)


def _group(group: Group, wording: Wording) -> GroupView:
    return GroupView(paths=group.paths, about=group.about, fields=[_field(field, wording) for field in group.fields])


def _field(field: Field, wording: Wording) -> FieldView:
    text, choices = type_in_words(field.node, wording)
    examples = [example for example in field.node.get("examples", ()) if isinstance(example, str)]
    return FieldView(
        name=field.name,
        type=text,
        choices=choices,
        required=required_in_words(field, wording),
        about=[(part, at % 2 == 1) for at, part in enumerate(field.about.split("`"))],
        examples=examples,
    )


def type_in_words(node: Node, wording: Wording) -> tuple[str, list[str]]:
    """Return the type of a field in words, and the words it is one of, if it is."""
    parts = [part for part in node.get("anyOf", [node]) if part.get("type") != "null"]
    said = [_part_in_words(part, wording, plural=False) for part in parts]
    text = said[0][0]
    for other, _ in said[1:]:
        text = wording.word("type-or", first=text, second=other)
    return text, [choice for _, choices in said for choice in choices]


def _part_in_words(node: Node, wording: Wording, plural: bool) -> tuple[str, list[str]]:
    name = "types" if plural else "type"
    if "$ref" in node or "allOf" in node:
        return wording.word(f"{name}-fields"), []
    sort = next(sort for sort in _as_list(node["type"]) if sort != "null")
    if sort == "array" and "maxItems" in node:
        return wording.word(f"{name}-range"), []
    if sort == "array":
        items, choices = _part_in_words(node["items"], wording, plural=True)
        return wording.word(f"{name}-list", items=items), choices
    if sort == "object":
        items, _ = type_in_words(node["additionalProperties"], wording)
        return wording.word(f"{name}-mapping", items=items), node["propertyNames"].get("enum", [])
    if "enum" in node:
        return wording.word(f"{name}-choice"), [choice for choice in node["enum"] if choice is not None]
    return wording.word(f"{name}-{_text_sort(node) if sort == 'string' else _TYPES[sort]}"), []


def _text_sort(node: Node) -> str:
    if node.get("format") == "uri":
        return "address"
    return {_ID: "id", _DATE: "date"}.get(node.get("pattern", ""), "text")


def _as_list(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def required_in_words(field: Field, wording: Wording) -> str:
    """Return whether a field must be written, and whether null may stand there."""
    parts = (field.node, *field.node.get("anyOf", ()))
    is_null_allowed = any("null" in _as_list(part.get("type", "")) for part in parts)
    if not field.is_required:
        return wording.word("dict-optional")
    return wording.word("dict-or-null" if is_null_allowed else "dict-yes")


MACROS = (dictionary,)
