"""The fields of a record that hold one value or a plain list, with their paths. Pure; knows no project.

A table has a column, and the form of a new record a question, for each of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from macros.model import FileKind
from macros.model.base import Record
from macros.model.json_schema import Node, Typed, Words, for_editors, json_schema


@dataclass(frozen=True)
class Leaf(Typed):
    """A field as a table or a form has it; `owner` is the group of fields it belongs to that may be null or left out."""

    keys: tuple[str, ...]
    node: Node
    is_required: bool
    owner: tuple[str, ...] = ()
    is_owner_required: bool = False
    owner_about: str = ""

    @property
    def name(self) -> str:
        return ".".join(self.keys)

    @property
    def about(self) -> str:
        return for_editors(self.node)

    @property
    def short(self) -> str:
        """The description up to its first full stop or semicolon."""
        return self.about.split("; ")[0].split(". ")[0].rstrip(".")

    @cached_property
    def allowed(self) -> tuple[str, ...]:
        """The words allowed; empty when it is free."""
        words = self.node.get("enum") or self.node.get("items", {}).get("enum") or ()
        return tuple(str(word) for word in words if word is not None)

    @property
    def is_list(self) -> bool:
        """Whether it is a list of words; a range of two numbers is a figure."""
        return "array" in self.types and self.node.get("type") == "array"

    @property
    def is_figure(self) -> bool:
        return bool({"number", "integer"} & self.types)

    @property
    def is_date(self) -> bool:
        return str(self.node.get("pattern", "")).startswith(r"^\d{4}")

    @property
    def lists_ids(self) -> bool:
        """Whether it lists ids, which hold no comma."""
        return self.is_list and ("enum" in self.node["items"] or self.node["items"].get("pattern", r"\S") != r"\S")

    @property
    def may_be_text(self) -> bool:
        return "string" in self.types


def leaves(kind: FileKind, model: type[Record], words: Words | None = None) -> tuple[Leaf, ...]:
    """Return the leaves of a record of a kind of file, in the order of the model; lists of records are left out."""
    schema = json_schema(kind, words)
    definitions = schema.get("$defs", {})
    node = schema if model is kind.model else definitions[model.__name__]
    return tuple(_leaves(node, definitions, (), ((), False, "")))


def lists_of_records(kind: FileKind, model: type[Record]) -> tuple[Leaf, ...]:
    """Return the fields of a record that list records, described with the fields of one of them."""
    schema = json_schema(kind)
    definitions = schema.get("$defs", {})
    node = schema if model is kind.model else definitions[model.__name__]
    found = []
    for name, part in node["properties"].items():
        inner = definitions.get(part.get("items", {}).get("$ref", "").rpartition("/")[2])
        if inner:
            about = f"{part['description']} Each has {', '.join(inner['properties'])}."
            found.append(Leaf((name,), {**part, "description": about}, name in node["required"]))
    return tuple(found)


def _leaves(
    node: Node, definitions: dict[str, Node], keys: tuple[str, ...], owner: tuple[tuple[str, ...], bool, str]
) -> Iterator[Leaf]:
    for name, part in node["properties"].items():
        path, is_required = (*keys, name), name in node["required"]
        inner = _record_in(part)
        if inner:
            around = (path, is_required, part["description"]) if "anyOf" in part else owner
            yield from _leaves(definitions[inner], definitions, path, around)
        elif "$ref" not in part.get("items", {}):
            yield Leaf(path, part, is_required, *owner)


def _record_in(part: Node) -> str | None:
    for choice in (*part.get("allOf", ()), *part.get("anyOf", ())):
        if "$ref" in choice:
            return str(choice["$ref"]).rpartition("/")[2]
    return None
