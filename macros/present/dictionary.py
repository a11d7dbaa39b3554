"""The data dictionary: every field of every kind of file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from macros.model import FILES, LANGUAGE, FileKind
from macros.model.base import DATE_FORM, ID_FORM
from macros.model.json_schema import Field, Group, Node, groups
from macros.model.locale import locale_of
from macros.present.book import Book

# What a field holds, one of it and several, in the language of the models, which say the rest of each field.
_TYPES = {
    "text": ("text", "texts"), "id": ("id", "ids"), "date": ("date in quotes", "dates"),
    "address": ("web address", "web addresses"), "integer": ("whole number", "whole numbers"),
    "number": ("number", "numbers"), "boolean": ("true or false", "values true or false"),
    "range": ("[low, high]", "ranges [low, high]"), "choice": ("one of", "words from"),
    "array": ("list of {}", "lists of {}"), "object": ("{} by name", "groups of {} by name"),
    "record": ("fields below", "entries as below"),
}  # fmt: skip


class Dictionary(NamedTuple):
    """All kinds of files, each with its fields and those of the records within, and the language of what is said of them."""

    kinds: Sequence[tuple[FileKind, Sequence[Group]]]
    lang: str


def dictionary(book: Book) -> Dictionary:
    """Every kind of data file with its fields, from the descriptions in the models."""
    is_own = locale_of(book.landscape.report.language).language == LANGUAGE
    return Dictionary([(kind, groups(kind.model)) for kind in FILES], "" if is_own else LANGUAGE)


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
    return {ID_FORM: "id", DATE_FORM: "date"}.get(node.get("pattern", ""), "text")


def required_in_words(field: Field) -> str:
    """Return whether a field must be written, and whether null may stand there."""
    if not field.is_required:
        return "may be left out"
    return "yes, or null" if field.is_nullable else "yes"
