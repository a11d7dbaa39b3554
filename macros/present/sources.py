"""Blocks on the sources: their kinds, and those of one kind with the facts taken from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from macros.derive.uses import source_uses
from macros.load.pages import SourcesFile
from macros.model.evidence import Source
from macros.model.method import SourceKind
from macros.model.names import in_reading_order
from macros.present.book import Book
from macros.present.facets import Facet, Property, facets, named
from macros.present.facts import UseLink, use_link
from macros.present.pagination import WHOLE, ListPart, long_list


class KindRow(NamedTuple):
    """A kind of source: how many there are, how many of each grade, and how many facts are taken from them."""

    kind: SourceKind
    n: int
    cells: Sequence[int]
    facts: int


class SourceIndex(NamedTuple):
    kinds: Sequence[KindRow]
    totals: Sequence[int]
    languages: Sequence[tuple[str, int]]
    unlinked: int


def source_index(book: Book) -> SourceIndex:
    """The kinds of source with their numbers, grades and facts, and the languages they were read in."""
    land = book.landscape
    counts = Counter((source.kind, source.reliability) for source in land.sources.values())
    grades = list(land.method.reliability)
    rows = []
    for kind in land.method.source_kinds:
        sources = [source.id for source in land.sources.values() if source.kind == kind.id]
        if sources:
            cells = [counts[kind.id, grade] for grade in grades]
            taken = sum(len(land.facts_of[name]) for name in sources)
            rows.append(KindRow(kind, len(sources), cells, taken))
    languages = Counter(source.language for source in land.sources.values()).most_common()
    return SourceIndex(
        kinds=rows,
        totals=[sum(counts[row.kind.id, grade] for row in rows) for grade in grades],
        languages=languages,
        unlinked=sum(source.URL is None for source in land.sources.values()),
    )


def _by_publisher(book: Book, kind: str) -> list[Source]:
    found = (source for source in book.landscape.sources.values() if source.kind == kind)
    order = book.wording.order
    return sorted(found, key=lambda source: (order(source.publisher), order(source.title)))


class SourceRow(NamedTuple):
    """A source with its facts and what else names it.

    Its authors stand as they are said, its container where that is not the publisher, the day it was read where that
    is not the day of most.
    """

    source: Source
    author: str
    container: str | None
    read: str | None
    facts: Sequence[str]
    uses: Sequence[UseLink]


class SourceList(NamedTuple):
    sources: Sequence[SourceRow]
    read: str | None
    facets: Sequence[Facet]


@long_list(600, _by_publisher, is_filtered=True, folder="sources")
def source_list(book: Book, record: SourcesFile, part: ListPart = WHOLE) -> SourceList:
    """The sources of one kind, by publisher, with the facts taken from each."""
    land, word = book.landscape, book.wording.word
    days = Counter(source.accessed for source in record.sources).most_common(1)
    read = days[0][0] if days else None
    sources = part.of(book.entries("source_list", record.id))
    rows = [_source(book, source, read) for source in sources]
    grades = {grade: grade for grade in land.method.reliability}
    languages = [name for name, _ in Counter(source.language for source in sources).most_common()]
    return SourceList(
        sources=rows,
        read=read,
        facets=facets(
            rows,
            Property("reliability", word("filter-reliability"), "boxes", lambda row: [row.source.reliability], grades),
            Property(
                "language",
                word("filter-language"),
                "menu",
                lambda row: [row.source.language],
                named(book, "languages", languages),
            ),
        ),
    )


def _source(book: Book, source: Source, read: str | None) -> SourceRow:
    """Return a source with what was taken from it; the day of reading only where it is not that of most."""
    land = book.landscape
    return SourceRow(
        source=source,
        author=in_reading_order(source.author),
        container=source.container_title if source.container_title != source.publisher else None,
        read=source.accessed if source.accessed != read else None,
        facts=land.facts_of[source.id],
        uses=[use_link(book, use) for use in source_uses(land)[source.id]],
    )
