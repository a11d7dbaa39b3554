"""Blocks on what the report offers for reuse: files, the interface, the bibliography, and the file of one table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from macros.present.book import Book, UnknownRecord
from macros.present.collections import INDEX, SCHEMA, Collection, all_collections
from macros.present.columns import DataTable, language_notes
from macros.present.tables import tables
from macros.problems import suggest

# A phrase that names a file, and its place within the site.
Offer = tuple[str, str]
# What is offered whole, with the phrases that name and explain it.
WHOLE: tuple[Offer, ...] = (
    ("file-xlsx", "downloads/report.xlsx"),
    ("file-json", "downloads/report.json"),
    ("file-package", "downloads/datapackage.json"),
)
BIBLIOGRAPHY: tuple[Offer, ...] = (
    ("file-bibtex", "downloads/sources.bib"),
    ("file-ris", "downloads/sources.ris"),
    ("file-csl", "downloads/sources.csl.json"),
)


class Downloads(NamedTuple):
    """Files and tables; `notes` say for each further language where its texts are in them."""

    files: tuple[Offer, ...]
    tables: Sequence[DataTable]
    notes: list[str]


def downloads(book: Book) -> Downloads:
    """The files that hold everything, and each table with its size."""
    return Downloads(WHOLE, list(tables(book).values()), language_notes(book))


class Interface(NamedTuple):
    """The collections, and the files that list and describe them."""

    index_file: str
    schema: str
    collections: list[Collection]


def interface(book: Book) -> Interface:
    """The collections of the JSON interface with the addresses of their files."""
    return Interface(INDEX, SCHEMA, all_collections(book))


def bibliography(book: Book) -> tuple[Offer, ...]:
    """The sources in the formats of citation managers."""
    return BIBLIOGRAPHY


def table_file(book: Book, *names: str) -> Sequence[DataTable]:
    """Links to the CSV of the tables behind a block."""
    known = tables(book)
    for name in names:
        if name not in known:
            hint = suggest(name, known)
            raise UnknownRecord(f'no table "{name}"' + (f"; {hint}" if hint else ""))
    return [known[name] for name in names]
