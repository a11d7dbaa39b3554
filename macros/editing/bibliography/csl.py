"""CSL-JSON: the entries of a file, as Zotero and pandoc write it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from macros.editing.bibliography.item import Item, Read, date_of
from macros.model.names import ET_AL, Name


def csl_items(text: str) -> list[Item]:
    found = json.loads(text)
    found = found.get("items", [found]) if isinstance(found, dict) else found
    entries = found if isinstance(found, list) else []
    return [_item(entry, str(number)) for number, entry in enumerate(entries, start=1) if isinstance(entry, dict)]


def _item(entry: dict[str, object], number: str) -> Item:
    item = Item(str(entry.get("id") or number), _text(entry.get("type")))
    item.title, item.publisher = _text(entry.get("title")), _text(entry.get("publisher"))
    item.container, item.note = _text(entry.get("container-title")), _text(entry.get("note"))
    item.author = tuple(_names(entry.get("author") or ()))
    item.issued = item.read(_date(entry.get("issued")))
    item.accessed = item.read(_date(entry.get("accessed")))
    item.URL, item.DOI = _text(entry.get("URL")), _text(entry.get("DOI"))
    item.language = _text(entry.get("language"))
    own = entry.get("custom")
    if isinstance(own, dict):
        item.kind, item.reliability = _text(own.get("kind")), _text(own.get("reliability"))
    return item


def _text(value: object) -> str:
    value = value[0] if isinstance(value, list) and value else value
    return "" if value is None else str(value)


def _names(names: Any) -> Iterator[Name]:
    for name in names:
        if not isinstance(name, dict):
            yield Name(literal=str(name))
            continue
        particles = (name.get("dropping-particle"), name.get("non-dropping-particle"), name.get("family"))
        family, given = " ".join(map(str, filter(None, particles))), _text(name.get("given"))
        if family and given:
            yield Name(family=family, given=given, suffix=name.get("suffix"))
        elif whole := _text(name.get("literal")) or family or given:
            yield Name(literal=ET_AL if whole in ("others", ET_AL) else whole)


def _date(value: object) -> Read:
    if not isinstance(value, dict):
        return date_of(_text(value))
    spans = value.get("date-parts") or [[]]
    date = "-".join(str(part) for part in spans[0] if part)
    if not date:
        return date_of(_text(value.get("raw")) or _text(value.get("literal")))
    return date_of(date if len(spans) == 1 else f"{date}/{spans[1][0]}")
