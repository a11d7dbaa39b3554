"""Describe pages for search engines: in a sentence or two, each its own."""

from __future__ import annotations

import re

from macros.load.pages import FactsFile, Page, SourcesFile
from macros.model.equipment import Dimension
from macros.model.supplier import Supplier
from macros.present.book import Book

# Letters: search engines show no more, most of them less.
_LONGEST = 200
_SENTENCE = re.compile(r"[.!?](?=\s)|[。！？]")
_LAST_WORD = re.compile(r"[\s,;:、，；：]+[^\s,;:、，；：]*$")


def description(book: Book, page: Page, title: str) -> str:
    """Return what the front matter or the record of a page says, or what it holds; with a title, that comes first."""
    record, wording = page.record, book.wording
    if record is None:
        said = str(page.meta.get("description") or book.landscape.report.description)
    elif isinstance(record, Supplier):
        said = _supplier(book, record)
    elif isinstance(record, Dimension):
        editions = wording.row(book.landscape.editions)
        said = wording.word("about-dimension", question=record.question, editions=editions)
    else:
        said = getattr(record, "summary", None) or getattr(record, "problem", None) or _collection(book, record)
    return _in_brief(f"{title}{wording.mark('. ')}{said}" if title else said)


def _supplier(book: Book, supplier: Supplier) -> str:
    land, wording = book.landscape, book.wording
    country = wording.name("countries", supplier.country) if supplier.country else None
    about = wording.mark(", ").join(filter(None, (supplier.name, country)))
    makes = wording.row(land.equipment[item.id].name for item in supplier.equipment)
    said = wording.word("about-supplier" if makes else "about-supplier-none", about=about, makes=makes)
    return wording.mark(" ").join(filter(None, (said, supplier.note)))


def _collection(book: Book, record: FactsFile | SourcesFile) -> str:
    if isinstance(record, SourcesFile):
        return book.wording.word("about-sources", n=len(record.sources), subject=record.name)
    return book.wording.word("about-facts", n=len(record.facts), subject=record.name)


def _in_brief(text: str) -> str:
    """Return a text whole if it is short, else as many of its sentences as fit, or of its words where they are few."""
    if len(text) <= _LONGEST:
        return text
    ends = [found.end() for found in _SENTENCE.finditer(text[:_LONGEST])]
    if ends and ends[-1] > _LONGEST / 2:
        return text[: ends[-1]]
    return _LAST_WORD.sub("", text[: _LONGEST - 1]) + "…"
