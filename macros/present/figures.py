"""What all charts of the report share: labels of ticks, sources, credit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from macros.charts.axis import ticks
from macros.present.book import Book
from macros.present.pagination import ListPart
from macros.present.references import Publication


def labelled_ticks(book: Book, axis: tuple[float, float]) -> tuple[tuple[float, str], ...]:
    """Return the ticks of an axis with their labels."""
    return tuple((value, book.wording.number(value)) for value in ticks(axis))


def source_names(sources: Iterable[Publication], comma: str = ", ") -> list[str]:
    """Return sources as a file names them."""
    return [f"{source.publisher}{comma}{year}" for source, year, _ in sources]


def sources_line(book: Book, sources: Sequence[Publication]) -> str:
    """Return the sources of a figure in one line of words."""
    mark = book.wording.mark
    names = mark("; ").join(source_names(sources, mark(", ")))
    return f"{book.wording.word('series-sources', n=len(sources))}{mark(' ')}{names}"


def linked_sources(book: Book, sources: Sequence[Publication]) -> tuple[tuple[str, str], ...]:
    """Return the sources of a figure as a file names them, each with its place within the site."""
    addresses = (book.address("source", item.source.id) for item in sources)
    return tuple(zip(source_names(sources, book.wording.mark(", ")), addresses, strict=True))


def own_sources(book: Book) -> tuple[tuple[str, str], ...]:
    """Return what a figure rests on that the report has worked out itself."""
    facts = len(book.landscape.facts)
    return ((book.wording.word("embed-own", n=facts), book.page_address("evidence")),)


def part_of_chart(book: Book, title: str, part: ListPart) -> str:
    """Return the title of a chart that shows a part of a long list; of the first part it is that of the whole."""
    return title if part.is_first else book.wording.word("part-title", title=title, part=part.number, total=part.total)


def credit(book: Book) -> str:
    """Return who made a figure, when, and under which licence: a file must say so by itself."""
    land = book.landscape
    return book.wording.word(
        "chart-credit", report=land.report.title, edition=land.current.id, licence=land.report.data_licence.name
    )


def foot(book: Book, sources: Sequence[Publication]) -> tuple[str, ...]:
    """Return the lines under a figure: its sources, if any, and who made it."""
    return (*([sources_line(book, sources)] if sources else []), credit(book))
