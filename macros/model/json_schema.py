"""The models as JSON Schema, and as groups of fields for people to read. Pure; knows no project."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import AfterValidator
from pydantic.fields import FieldInfo

from macros.model import FileKind
from macros.model.base import DATE_FORM, ID_FORM, UNFIT, Record, http_address
from macros.model.method import fraction

Node = dict[str, Any]
Words = Mapping[tuple[type[Record], str], Sequence[str]]
"""Words that data allows, by model and field; for a field of weights, the words its keys may be."""

DRAFT = "http://json-schema.org/draft-07/schema#"
_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}
_CHECKED = {
    http_address: {"format": "uri", "pattern": rf"^https?://[^\s<>\"'{UNFIT[1:]}+$"},
    fraction: {"pattern": r"^\d+(/[1-9]\d*)?$"},
}
_FORMS = {DATE_FORM: "date", _CHECKED[http_address]["pattern"]: "address"}
# Of forms that people often mistype: valid values, and invalid ones.
_EXAMPLES: dict[str, list[Any]] = {
    "date": ["2024", "2024-05", "2024-05-13"],
    "address": ["https://www.example.org/report"],
    "ids": [["first-id", "second-id"]],
    "year": [2024],
    "figure": [21, 4.7, [30, 40]],
    "figure or text": [21, 4.7, [30, 40]],
}
_WRONG: dict[str, list[Any]] = {
    "date": ["13/05/2024", "May 2024"],
    "address": ["www.example.org"],
    "ids": ["first-id, second-id"],
    "year": ["about 2024"],
    "figure": ["30-40", "4,7"],
}
_LIMITS = {"pattern": "pattern", "ge": "minimum", "le": "maximum", "gt": "exclusiveMinimum", "lt": "exclusiveMaximum"}


class Typed:
    """Something that a node of a schema describes."""

    node: Node

    @cached_property
    def types(self) -> frozenset[str]:
        """The JSON types it may have: string, number, integer, boolean, array, null."""
        return frozenset(_types(self.node))

    @property
    def is_nullable(self) -> bool:
        return "null" in self.types


def _types(node: Node) -> Iterator[str]:
    kinds = node.get("type", ())
    yield from [kinds] if isinstance(kinds, str) else kinds
    for choice in node.get("anyOf", ()):
        yield from _types(choice)


@dataclass(frozen=True)
class Field(Typed):
    """A field as an editor types it."""

    name: str
    node: Node
    is_required: bool
    about: str


@dataclass(frozen=True)
class Group:
    """The fields of one record within a file, under every path at which such a record stands; "" is the file."""

    paths: tuple[str, ...]
    about: str
    fields: tuple[Field, ...]


def json_schema(kind: FileKind, words: Words | None = None) -> Node:
    """Return the JSON Schema of a kind of file. Draft 7, which every YAML editor reads."""
    definitions: dict[str, Node] = {}
    root = _record(kind.model, words or {}, definitions)
    rest = {key: value for key, value in root.items() if key != "type"}
    parts = {"$defs": dict(sorted(definitions.items()))} if definitions else {}
    return {"$schema": DRAFT, "title": f"{kind.name}: {kind.pattern}", "type": "object", **rest, **parts}


def groups(model: type[Record]) -> list[Group]:
    """Return the fields of a file, record by record in reading order, each kind of record once."""
    found: dict[type[Record], list[str]] = {}
    _collect(model, "", found)
    return [Group(tuple(paths), _first_line(record), _fields(record)) for record, paths in found.items()]


def _collect(model: type[Record], path: str, found: dict[type[Record], list[str]]) -> None:
    found.setdefault(model, []).append(path)
    for name, annotation in _annotations(model).items():
        for inner, is_listed in _records_in(annotation):
            _collect(inner, f"{path}.{name}".lstrip(".") + ("[]" if is_listed else ""), found)


def _records_in(annotation: object, is_listed: bool = False) -> list[tuple[type[Record], bool]]:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return [(annotation, is_listed)]
    listed = is_listed or get_origin(annotation) in (tuple, dict)
    return [found for part in get_args(annotation) for found in _records_in(part, listed)]


def _fields(model: type[Record]) -> tuple[Field, ...]:
    record = _record(model, {}, {})
    return tuple(
        Field(name, node, name in record.get("required", ()), node["description"])
        for name, node in record["properties"].items()
    )


def _annotations(model: type[Record]) -> dict[str, Any]:
    hints = get_type_hints(model, include_extras=True)
    return {info.alias or name: hints[name] for name, info in model.model_fields.items()}


def _record(model: type[Record], words: Words, definitions: dict[str, Node]) -> Node:
    """Return the schema of one record; records within it are added to the definitions."""
    annotations = _annotations(model)
    properties, required = {}, []
    for name, info in sorted(model.model_fields.items(), key=lambda item: _is_list_of_records(item[1])):
        label = info.alias or name
        node = _limit(_node(annotations[label], words, definitions), info.metadata)
        node = _allow(node, words[model, name]) if (model, name) in words else node
        node = {"allOf": [node]} if "$ref" in node else node  # draft 7 ignores keys beside $ref
        about = {"description": info.description or ""}
        properties[label] = {**about, **node, **_examples(info, node)}
        if info.is_required():
            required.append(label)
    about = {"description": _first_line(model)}
    return {**about, "type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _is_list_of_records(info: FieldInfo) -> bool:
    """Return whether a field lists records: such fields come last, as in the files."""
    return any(is_listed for _, is_listed in _records_in(info.annotation))


def _examples(info: FieldInfo, node: Node) -> Node:
    """Return examples of a field: its own, else those of its form; and invalid values, so that editors see what is refused."""
    form = _form(node)
    own = [] if "enum" in node else info.examples or _EXAMPLES.get(form, [])
    wrong = {"x-wrong": _WRONG[form]} if form in _WRONG else {}
    return {"examples": own, **wrong} if own else wrong


def for_editors(node: Node) -> str:
    """Return the description of a field with its invalid values: YAML editors show descriptions, but no keys of our own."""
    wrong = node.get("x-wrong", ())
    warning = f"Not: {'; '.join(map(str, wrong))}." if wrong else ""
    return " ".join(filter(None, (node.get("description", ""), warning)))


def with_warnings(node: Any) -> Any:
    """Return a schema whose descriptions warn editors of invalid values."""
    if isinstance(node, list):
        return [with_warnings(part) for part in node]
    if not isinstance(node, dict):
        return node
    made = {name: with_warnings(part) for name, part in node.items()}
    return {**made, "description": for_editors(node)} if "x-wrong" in node else made


def _form(node: Node) -> str:
    """Return the name of a form that people often mistype, or nothing."""
    if "enum" in node:
        return ""
    if node.get("type") == "array":
        return "ids" if node["items"].get("pattern") == ID_FORM and "enum" not in node["items"] else ""
    if node.get("minimum") == 1800:
        return "year"
    parts = [str(part.get("type")) for part in node.get("anyOf", ())]
    if "number" in parts and "array" in parts:
        return "figure or text" if "string" in parts else "figure"
    return _FORMS.get(str(node.get("pattern")), "")


def _node(annotation: Any, words: Words, definitions: dict[str, Node]) -> Node:
    origin, parts = get_origin(annotation), get_args(annotation)
    if annotation in _PLAIN:
        return {"type": _PLAIN[annotation]}
    if origin is Annotated:
        return _limit(_node(parts[0], words, definitions), parts[1:])
    if origin is Literal:
        return {"type": "string", "enum": list(parts)}
    if origin in (Union, types.UnionType):
        return _either([_node(part, words, definitions) for part in parts])
    if origin is tuple:
        size = {} if parts[-1] is ... else {"minItems": len(parts), "maxItems": len(parts)}
        return {"type": "array", "items": _node(parts[0], words, definitions), **size}
    if origin is dict:
        keys, values = (_node(part, words, definitions) for part in parts)
        return {"type": "object", "propertyNames": keys, "additionalProperties": values}
    if annotation.__name__ not in definitions:
        definitions[annotation.__name__] = {}
        definitions[annotation.__name__] = _record(annotation, words, definitions)
    return {"$ref": f"#/$defs/{annotation.__name__}"}


def _either(nodes: list[Node]) -> Node:
    """Merge nodes: number types become one, null joins a plain type, all others stay alternatives."""
    flat = [part for node in nodes for part in node.get("anyOf", [node])]
    if {"type": "number"} in flat:
        flat = [node for node in flat if node != {"type": "integer"}]
    flat = [node for at, node in enumerate(flat) if node not in flat[:at]]
    nothing = {"type": "null"}
    others = [node for node in flat if node != nothing]
    if len(others) == len(flat):
        return others[0] if len(others) == 1 else {"anyOf": others}
    if len(others) == 1 and others[0].get("type", "array") != "array":
        enum = {"enum": [*others[0]["enum"], None]} if "enum" in others[0] else {}
        return {**others[0], "type": [others[0]["type"], "null"], **enum}
    return {"anyOf": [*others, nothing]}


def _limit(node: Node, metadata: Sequence[Any]) -> Node:
    """Return the node with the limits that annotations and fields set on it."""
    limits: Node = {}
    for item in metadata:
        if isinstance(item, FieldInfo):
            return _limit(_limit(node, item.metadata), [rest for rest in metadata if rest is not item])
        if isinstance(item, AfterValidator):
            limits.update(next((limit for check, limit in _CHECKED.items() if check is item.func), {}))
        for name, key in _LIMITS.items():
            if getattr(item, name, None) is not None:
                limits[key] = getattr(item, name)
        size = {"array": "Items", "object": "Properties"}.get(str(node.get("type")), "Length")
        for name, key in (("min_length", f"min{size}"), ("max_length", f"max{size}")):
            if getattr(item, name, None) is not None:
                limits[key] = getattr(item, name)
    return {**node, **limits}


def _allow(node: Node, words: Sequence[str]) -> Node:
    """Return the node with the words allowed: on the text itself, on the items of a list, on the keys of weights."""
    if node.get("type") == "array":
        return {**node, "items": _allow(node["items"], words)}
    if node.get("type") == "object":
        return {**node, "propertyNames": {"enum": list(words)}}
    is_null_allowed = "null" in node["type"]
    return {"type": node["type"], "enum": [*words, *([None] if is_null_allowed else [])]}


def _first_line(model: type[Record]) -> str:
    return (model.__doc__ or "").strip().splitlines()[0]
