"""The JSON Schema (draft 7) of the files of the interface: records by their models, the rest by hand."""

from __future__ import annotations

import json
from typing import Any

from macros.derive.questions import BASES
from macros.model import FILES, FileKind
from macros.model.json_schema import DRAFT, json_schema
from macros.present.book import Book
from macros.present.collections import KINDS, ONE_EACH

Node = dict[str, Any]
_TEXT: Node = {"type": "string"}
_TEXTS: Node = {"type": "array", "items": _TEXT}
_META = ("title", "subtitle", "publisher", "edition", "date", "language", "citation", "address", "schema")
_TYPES = {
    "severity": ["integer", "null"], "confidence": ["string", "null"], "support": "number", "counter_support": "number",
    "publishers": "integer", "coverage": "number", "known": "integer", "of": "integer", "rank": ["integer", "null"],
    "score": ["number", "null"], "score_low": ["number", "null"], "score_high": ["number", "null"],
    "rank_low": "integer", "rank_high": "integer", "expected_rank": "number", "top_share": "number",
    "standing": "string", "side": ["string", "null"], "dated": ["integer", "null"], "is_stale": "boolean",
    "equipment": "string", "csl_type": "string", "level_or_ahead": "integer", **dict.fromkeys(BASES, "integer"),
}  # fmt: skip


def schema(book: Book) -> Node:
    """Return the schema: under `$defs` each kind of record, and each kind of file as `<kind>-file`."""
    definitions: Node = {"meta": _meta(), "listed": _object(id=_TEXT, title=_TEXT, href=_TEXT, page=_TEXT)}
    computed = _computed(book)
    languages = book.landscape.report.languages
    told = {"translations": _object(**{one.id: _map(_TEXT) for one in languages})} if languages else {}
    for name, kind in KINDS.items():
        definitions[name] = _as_definition(json_schema(FileKind(name, _pattern(name), kind.model)), name)
        entry = _object(record=_ref(name), computed=computed.get(name, _object()), **told)
        definitions[f"{name}-entry"] = entry
        parts = entry["properties"] if name in ONE_EACH else {"records": _list(_ref(f"{name}-entry"))}
        definitions[f"{name}-file"] = _object(meta=_ref("meta"), **parts)
    definitions["list-file"] = _object(meta=_ref("meta"), records=_list(_ref("listed")))
    collection = _object(name=_TEXT, count={"type": "integer"}, href=_TEXT)
    definitions["index-file"] = _object(meta=_ref("meta"), collections=_list(collection))
    files = [_ref(name) for name in definitions if name.endswith("-file")]
    return {"$schema": DRAFT, "title": book.landscape.report.title, "anyOf": files, "$defs": definitions}


def _pattern(name: str) -> str:
    return next((kind.pattern for kind in FILES if kind.name == name), name)


def _as_definition(node: Node, name: str) -> Node:
    """Return the schema of a record as it stands under `$defs`: its references lead to its own definitions."""
    rest = {key: value for key, value in node.items() if key != "$schema"}
    return dict(json.loads(json.dumps(rest).replace('"#/$defs/', f'"#/$defs/{name}/$defs/')))


def _meta() -> Node:
    node = _object(**{name: _TEXT for name in _META}, licence=_object(name=_TEXT, URL=_TEXT))
    return {**node, "properties": {**node["properties"], "URL": _TEXT, "page": _TEXT}}


def _computed(book: Book) -> dict[str, Node]:
    """Return what is computed of each kind of record that has any."""
    known = book.landscape.words.phrases

    def of(*names: str) -> Node:
        abouts = {name: known.get(f"column-{name.replace('_', '-')}") for name in names}
        return _object(
            **{name: {"type": _TYPES[name], **({"description": about} if about else {})} for name, about in abouts.items()}
        )  # fmt: skip

    interval = _object(low={"type": ["number", "null"]}, high={"type": ["number", "null"]})
    value = {"type": ["number", "null"], "description": known["column-gap-index"]}
    index = _map(_merged_objects(_object(value=value), of("coverage", "known", "of")))
    answered = _map(_merged_objects(_object(value=value), of("known", "of", "level_or_ahead", *BASES, "confidence")))
    level = of("severity", "confidence", "support", "counter_support", "publishers")
    moved = _map({**_TEXT, "description": known["column-movement"]})
    assessed = {"assessments": _map(_map(level)), "movement": moved, "benchmarks": _map(interval)}
    lists = {name: _TEXTS for name in ("contained_in", "suppliers", "priorities")}
    drawn = of("rank", "score", "score_low", "score_high", "rank_low", "rank_high", "expected_rank", "top_share")
    criteria = _map({"anyOf": [interval, {"type": "null"}]})
    return {
        "equipment": _object(**assessed, gap_index=index, answers=_map(answered), **lists),
        "industry": _object(**assessed),
        "dimensions": _object(gap_index=index),
        "questions": _object(answers=answered),
        "suppliers": of("side"),
        "priorities": _merged_objects(of("standing"), _object(criteria=criteria, ranks=_map(drawn))),
        "evidence": of("dated", "is_stale", "equipment"),
        "sources": of("csl_type"),
    }


def _object(**properties: Node) -> Node:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _merged_objects(one: Node, other: Node) -> Node:
    return _object(**one["properties"], **other["properties"])


def _map(values: Node) -> Node:
    return {"type": "object", "additionalProperties": values}


def _list(items: Node) -> Node:
    return {"type": "array", "items": items}


def _ref(name: str) -> Node:
    return {"$ref": f"#/$defs/{name}"}
