"""The records as JSON under stable addresses: that of the page, with `api/v1/` before it and `.json` at its end.

A file holds `meta`, and `record` with `computed`, or `records` with many of these. `record` is as its author wrote it;
`computed` is everything that is made of it; `translations` has its texts in the report's other languages, each by its place
in `record` (JSON Pointer, RFC 6901). Addresses within a file are relative to that file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from macros.export.api_schema import schema
from macros.export.meta import document, meta
from macros.model.base import Record, fields_of
from macros.model.texts import text_fields
from macros.model.translated import TranslatedText
from macros.present.book import Book, TranslatedRecords, relative
from macros.present.collections import GROUPED, INDEX, KINDS, ONE_EACH, ROOT, SCHEMA, Detail, all_collections
from macros.present.pagination import list_beginning

WHOLE = "downloads/report.json"


class Entry(NamedTuple):
    """A record as the interface has it: its id and title where it has them; the record with what is computed of it."""

    id: str
    title: str | None
    content: Detail


def api_files(book: Book, address: str | None) -> Iterator[tuple[str, bytes]]:
    """Yield every file of the interface, then all records as one file."""
    about = meta(book, address)
    whole: Detail = {"meta": about}
    for name in KINDS:
        entries = [_entry(record, computed, book.translated_records) for record, computed in collection(book, name)]
        yield from _files(book, about, name, entries)
        whole[name] = [entry.content for entry in entries]
    head = _here(about, INDEX, book.page_address("data"), "index")
    yield INDEX, document({"meta": head, "collections": _collections(book)})
    yield SCHEMA, document(schema(book))
    yield WHOLE, document(whole)


def _files(book: Book, about: Detail, name: str, entries: list[Entry]) -> Iterator[tuple[str, bytes]]:
    """Yield the files of one collection."""
    homes = _homes(book, name, entries)
    for path, (page, group) in homes.items():
        here = _here(about, path, page, name)
        content = group[0].content if name in ONE_EACH else {"records": [entry.content for entry in group]}
        yield path, document({"meta": here, **content})
    if name in ONE_EACH or name in GROUPED:
        path = f"{ROOT}/{name}/index.json"
        listed = [_list_entry(book, name, path, home, entry) for home, (_, group) in homes.items() for entry in group]
        yield path, document({"meta": _here(about, path, None, "list"), "records": listed})


def api_path(page: str) -> str | None:
    """Return the file of the interface that says what a page of a record shows; None for other pages."""
    folder, _, name = page.rpartition("/")
    return f"{ROOT}/{folder}/{name.removesuffix('.html')}.json" if folder in (*ONE_EACH, *GROUPED) else None


def collection(book: Book, name: str) -> Iterator[tuple[Record, Detail]]:
    """Yield every record of a kind with what is computed of it."""
    kind = KINDS[name]
    for record in kind.records(book):
        yield record, kind.compute(book, record) if kind.compute else {}


def _entry(record: Record, computed: Detail, translated: TranslatedRecords) -> Entry:
    fields = fields_of(type(record))
    titles = (getattr(record, name) for name in ("name", "title", "statement") if name in fields)
    return Entry(
        getattr(record, "id", ""),
        next(filter(None, titles), None),
        {"record": record, "computed": computed, **_translations(record, translated)},
    )


def _translations(record: Record, translated: TranslatedRecords) -> Detail:
    if not translated:
        return {}
    return {"translations": {tag: dict(_translated(records[id(record)])) for tag, records in translated.items()}}


def _translated(record: Record, place: str = "") -> Iterator[tuple[str, str]]:
    """Yield each text of a translated record that is translated, with its place in the record. Units are names for programs."""
    for name, kind in text_fields(type(record)).items():
        if kind != "unit":
            yield from _translated_at(getattr(record, name), f"{place}/{fields_of(type(record))[name]}")


def _translated_at(value: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, TranslatedText):
        yield place, str(value)
    elif isinstance(value, Record):
        yield from _translated(value, place)
    elif isinstance(value, (tuple, Mapping)):
        parts = value.items() if isinstance(value, Mapping) else enumerate(value)
        for key, part in parts:
            yield from _translated_at(part, f"{place}/{str(key).replace('~', '~0').replace('/', '~1')}")


def _homes(book: Book, name: str, entries: list[Entry]) -> dict[str, tuple[str | None, list[Entry]]]:
    """Return the records by the file they stand in, with the page that shows them, if there is one."""
    if name not in ONE_EACH and name not in GROUPED:
        return {f"{ROOT}/{name}.json": (_page(book, name), entries)}
    homes: dict[str, tuple[str | None, list[Entry]]] = {}
    if name in GROUPED:  # a file without facts has a page, too
        pages = [f"{name}/{home}.html" for home in getattr(book.landscape.index, name)]
        homes = {str(api_path(page)): (page, []) for page in pages}
    for entry in entries:
        page = list_beginning(book.address(KINDS[name].one, entry.id)).partition("#")[0]
        homes.setdefault(str(api_path(page)), (page, []))[1].append(entry)
    return homes


def _here(about: Detail, path: str, page: str | None, kind: str) -> Detail:
    links = {"schema": f"{relative(path, SCHEMA)}#/$defs/{kind}-file"} | (
        {"page": relative(path, page)} if page else {}
    )
    return {**about, "address": path, **links}


def _list_entry(book: Book, name: str, here: str, home: str, entry: Entry) -> Detail:
    page = relative(here, book.address(KINDS[name].one, entry.id))
    return {"id": entry.id, "title": entry.title, "href": relative(here, home), "page": page}


def _collections(book: Book) -> list[Detail]:
    return [{"name": item.name, "count": item.n, "href": relative(INDEX, item.path)} for item in all_collections(book)]


def _page(book: Book, name: str) -> str | None:
    """Return the address of the page that shows the records of a kind, if there is one."""
    subject = KINDS[name].subject
    return f"{page}.html" if subject and (page := book.page(subject)) else None
