"""Write the tables as CSV with a description of each column (Data Package, version 2)."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any

from macros.editing.workspace import slug
from macros.export.croissant import PATH as CROISSANT
from macros.export.croissant import croissant
from macros.export.meta import meta
from macros.model.base import first_day
from macros.model.evidence import Source
from macros.present.book import Book
from macros.present.columns import Column, DataTable, language_notes
from macros.present.tables import tables
from macros.spreadsheets import csv_bytes

PATH = "downloads/datapackage.json"
_PROFILE = "https://datapackage.org/profiles/2.0/{}.json"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def package_files(book: Book, address: str | None) -> Iterator[tuple[str, bytes]]:
    """Yield the CSV of every table, then the descriptions of all."""
    resources = []
    for table in tables(book).values():
        content = csv_bytes([[column.name for column in table.columns], *table.rows], mark=False)
        resources.append(_resource(table, content))
        yield table.path, content
    report = book.landscape.report
    package = _package(book, resources, address)
    yield PATH, json.dumps(package, ensure_ascii=False, indent=1).encode() + b"\n"
    yield CROISSANT, croissant(package, address, [report.language, *(one.id for one in report.languages)])


def licence_id(name: str) -> str:
    """Return the name of a licence as lists of licences write it: CC BY 4.0 as CC-BY-4.0."""
    return re.sub(r"[^-A-Za-z0-9._]+", "-", name).strip("-")


def package_name(title: str) -> str:
    return slug(title) or "report"


def _package(book: Book, resources: list[dict[str, Any]], address: str | None) -> dict[str, Any]:
    land, about = book.landscape, meta(book, address)
    report = land.report
    licence = {
        "name": licence_id(report.data_licence.name),
        "title": report.data_licence.name,
        "path": report.data_licence.URL,
    }
    return {
        "$schema": _PROFILE.format("datapackage"),
        "name": package_name(report.title),
        "title": report.title,
        "description": "\n\n".join((report.description, book.wording.word("data-note"), *language_notes(book))),
        "version": land.current.id,
        "created": f"{first_day(land.current.date)}T00:00:00Z",
        **({"homepage": address} if address else {}),
        "citation": about["citation"],
        "licenses": [licence],
        "contributors": [{"title": report.publisher, "roles": ["publisher"]}],
        "sources": [_source(source) for source in land.sources.values()],
        "resources": resources,
    }


def _source(source: Source) -> dict[str, str]:
    title = f"{source.publisher}: {source.title}"
    return {"title": title, "path": source.URL} if source.URL else {"title": title}


def _resource(table: DataTable, content: bytes) -> dict[str, Any]:
    values = zip(*table.rows, strict=True) if table.rows else ((),) * len(table.columns)
    fields = [_field(column, found) for column, found in zip(table.columns, values, strict=True)]
    schema: dict[str, Any] = {"$schema": _PROFILE.format("tableschema"), "fields": fields, "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    if table.refers:
        schema["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": other, "fields": ["id"]}}
            for column, other in table.refers.items()
        ]
    return {
        "$schema": _PROFILE.format("dataresource"),
        "name": table.name,
        "type": "table",
        "profile": "tabular-data-resource",  # so says version 1: its readers take it for a table by this alone
        "title": table.title,
        "path": table.path.removeprefix("downloads/"),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {
            "$schema": _PROFILE.format("tabledialect"),
            **{"header": True, "delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\r\n"},
        },
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": schema,
    }


def _field(column: Column, values: tuple[Any, ...]) -> dict[str, Any]:
    language = {"language": column.language} if column.language else {}
    limits: dict[str, Any] = {"required": True} if column.is_required else {}
    if column.choices:
        limits["enum"] = list(column.choices)
    days = [value for value in values if value is not None]
    is_day = bool(days) and all(isinstance(value, str) and _DAY.fullmatch(value) for value in days)
    described = {
        "name": column.name,
        "type": "date" if is_day else column.type,
        "description": column.about,
        **language,
    }
    return {**described, "constraints": limits} if limits else described
