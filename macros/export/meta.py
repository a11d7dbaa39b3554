"""The metadata of every download: title, edition, licence, citation, address."""

from __future__ import annotations

from typing import Any

from pydantic_core import to_json

from macros.present.book import Book


def meta(book: Book, address: str | None) -> dict[str, Any]:
    """Return title, edition, date, publisher, licence and citation; the address where the site has one."""
    report, current = book.landscape.report, book.landscape.current
    found = {
        "title": report.title,
        "subtitle": report.subtitle,
        "publisher": report.publisher,
        "edition": current.id,
        "date": current.date,
        "language": report.language,
        "licence": {"name": report.data_licence.name, "URL": report.data_licence.URL},
        "citation": book.cited(address),
    }
    return {**found, "URL": address} if address else found


def document(content: object) -> bytes:
    """Return plain data, and records in it by the names of the files, as JSON in one line."""
    return to_json(content, by_alias=True) + b"\n"
