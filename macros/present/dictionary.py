"""The data dictionary: every field of every kind of file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, get_args

from macros.model import FILES, LANGUAGE
from macros.model.base import DateText, Id
from macros.model.json_schema import Field, Group, Node, groups
from macros.model.locale import locale_of
from macros.present.book import Book

_ID, _DATE = (get_args(annotation)[1].pattern for annotation in (Id, DateText))
# What a field holds, one of it and several, in the language of the models, which say the rest of each field.
_TYPES = {
    "text": ("text", "texts"), "id": ("id", "ids"), "date": ("date in quotes", "dates"),
    "address": ("web address", "web addresses"), "integer": ("whole number", "whole numbers"),
    "number": ("number", "numbers"), "boolean": ("true or false", "values true or false"),
    "range": ("[low, high]", "ranges [low, high]"), "choice": ("one of", "words from"),
    "array": ("list of {}", "lists of {}"), "object": ("{} by name", "groups of {} by name"),
    "record": ("fields below", "entries as below"),
}  # fmt: skip


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
    """All kinds of files, and the language of what is said of their fields where it is not that of the report."""

    kinds: Sequence[FileFields]
    lang: str


def dictionary(book: Book) -> Dictionary:
    """Every kind of data file with its fields, from the descriptions in the models."""
    kinds = []
    for kind in FILES:
        own, *inner = (_group(group) for group in groups(kind.model))
        n = sum(len(group.fields) for group in (own, *inner))
        kinds.append(FileFields(kind.name, kind.pattern, n, own.about, own.fields, inner))
    is_own = locale_of(book.landscape.report.language).language == LANGUAGE
    return Dictionary(kinds, "" if is_own else LANGUAGE)


def _group(group: Group) -> GroupView:
    return GroupView(paths=group.paths, about=group.about, fields=[_field(field) for field in group.fields])


def _field(field: Field) -> FieldView:
    text, choices = type_in_words(field.node)
    examples = [example for example in field.node.get("examples", ()) if isinstance(example, str)]
    return FieldView(
        name=field.name,
        type=text,
        choices=choices,
        required=required_in_words(field),
        about=[(part, at % 2 == 1) for at, part in enumerate(field.about.split("`"))],
        examples=examples,
    )


def type_in_words(node: Node) -> tuple[str, list[str]]:
    """Return the type of a field in words, and the words it is one of, if it is."""
    parts = [part for part in node.get("anyOf", [node]) if part.get("type") != "null"]
    said = [_part_in_words(part, plural=False) for part in parts]
    return " or ".join(text for text, _ in said), [choice for _, choices in said for choice in choices]


def _part_in_words(node: Node, plural: bool) -> tuple[str, list[str]]:
    if "$ref" in node or "allOf" in node:
        return _TYPES["record"][plural], []
    sorts = [node["type"]] if isinstance(node["type"], str) else node["type"]
    sort = next(sort for sort in sorts if sort != "null")
    if sort == "array" and "maxItems" in node:
        return _TYPES["range"][plural], []
    if sort == "array":
        items, choices = _part_in_words(node["items"], plural=True)
        return _TYPES[sort][plural].format(items), choices
    if sort == "object":
        items, _ = type_in_words(node["additionalProperties"])
        return _TYPES[sort][plural].format(items), node["propertyNames"].get("enum", [])
    if "enum" in node:
        return _TYPES["choice"][plural], [choice for choice in node["enum"] if choice is not None]
    return _TYPES[_text_sort(node) if sort == "string" else sort][plural], []


def _text_sort(node: Node) -> str:
    if node.get("format") == "uri":
        return "address"
    return {_ID: "id", _DATE: "date"}.get(node.get("pattern", ""), "text")


def required_in_words(field: Field) -> str:
    """Return whether a field must be written, and whether null may stand there."""
    if not field.is_required:
        return "may be left out"
    return "yes, or null" if field.is_nullable else "yes"
