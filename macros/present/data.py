"""Blocks on what the report offers for reuse: files, the interface, the bibliography, and the file of one table."""

from __future__ import annotations

from typing import Any

from macros.present.book import Book, UnknownRecord
from macros.problems import suggest

# What is offered whole, with the phrases that name and explain it.
WHOLE = (
    ("file-xlsx", "downloads/report.xlsx"),
    ("file-json", "downloads/report.json"),
    ("file-package", "downloads/datapackage.json"),
)
BIBLIOGRAPHY = (
    ("file-bibtex", "downloads/sources.bib"),
    ("file-ris", "downloads/sources.ris"),
    ("file-csl", "downloads/sources.csl.json"),
)


def downloads(book: Book) -> dict[str, Any]:
    """The files that hold everything, and each table with its size."""
    from macros.export.tables import path

    tables = [
        {
            "name": table.name,
            "title": table.title,
            "path": path(table.name),
            "rows": len(table.records),
            "columns": len(table.columns),
        }
        for table in book.tables.values()
    ]
    return {"files": WHOLE, "tables": tables}


def interface(book: Book) -> dict[str, Any]:
    """The collections of the JSON interface with the addresses of their files."""
    from macros.export.api import INDEX, SCHEMA, offered

    return {"index": INDEX, "schema": SCHEMA, "collections": offered(book)}


def bibliography(book: Book) -> dict[str, Any]:
    """The sources in the formats of citation managers."""
    return {"files": BIBLIOGRAPHY, "sources": len(book.landscape.sources)}


def table_file(book: Book, *names: str) -> dict[str, Any]:
    """Links to the CSV of the tables behind a block."""
    from macros.export.tables import path

    for name in names:
        if name not in book.tables:
            hint = suggest(name, book.tables)
            raise UnknownRecord(f'no table "{name}"' + (f"; {hint}" if hint else ""))
    return {"tables": [{"title": book.tables[name].title, "path": path(name)} for name in names]}


MACROS = (downloads, interface, bibliography, table_file)
