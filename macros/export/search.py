"""Write the search index from the records, and from the headings and prose of pages.

The index is a script rather than plain data, since a page opened from a file may load a script and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic_core import to_json

from macros.load.landscape import INDUSTRY
from macros.model.context import Event
from macros.model.names import in_reading_order
from macros.present.book import Book
from macros.present.suppliers import local_language
from macros.render.errors import PageProblem
from macros.render.site import Site

PATH = "assets/search-index.js"
_ALONE = re.compile(r"^\s*zq\d{5}qz\s*$", re.MULTILINE)
_SECTION = re.compile(r"^(#{1,3}) +(.+)$", re.MULTILINE)
_ID = re.compile(r"\{:[^}\n]*#([^\s}]+)[^}\n]*\}\s*$")
_MARKS = re.compile(r"\]\([^)\n]*\)|<[^>]*>|[*`\[\]]|\{:[^}\n]*\}|^(?:[#>|-]|\d+\.)+ ", re.MULTILINE)


@dataclass(frozen=True)
class Entry:
    """One result: what it is, where it stands, its title and other names, and the words it is found by.

    The language is that of the first of the other names.
    """

    kind: str
    address: str
    title: str
    text: str = ""
    names: tuple[str, ...] = ()
    language: str = ""


def search_files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of the index: the names of the kinds, the titles of pages with results, and the entries.

    Kinds come in the order of results, and entries in that of their kinds.
    """
    kinds = site.book.landscape.words.names["search-kinds"]
    order = list(kinds)
    entries = sorted(search_entries(site), key=lambda entry: order.index(entry.kind))
    rows = ",\n".join(to_json(_row(entry, order)).decode() for entry in entries)
    head = to_json(list(kinds.values())).decode(), to_json(_page_titles(site, entries)).decode()
    yield PATH, "reportIndex={{kinds:{},pages:{},entries:[\n{}\n]}};\n".format(*head, rows).encode()


def _row(entry: Entry, order: list[str]) -> list[object]:
    """Return an entry as the index has it: what most have not stands at the end, and is left out."""
    row = [order.index(entry.kind), entry.address, entry.title, entry.text]
    return [*row, " · ".join(entry.names), entry.language] if entry.names else row


def _page_titles(site: Site, entries: list[Entry]) -> dict[str, str]:
    """Return the titles of the pages that results stand on, by address: under them, results are grouped."""
    found = {entry.address.partition("#")[0] for entry in entries}
    return {page.address: _page_title(site, path) for path, page in site.pages.items() if page.address in found}


def _page_title(site: Site, path: str) -> str:
    """Return the title of a page, with that of the page above it: one name may have a page in each of two folders."""
    page = site.pages[path]
    above = page.parent or page.meta.get("parent")
    return _join_texts(site.title(path), site.title(above) if above in site.pages else None)


def search_entries(site: Site) -> Iterator[Entry]:
    """Yield everything that can be found."""
    book = site.book
    yield from _sections(site)
    yield from _classes(book)
    yield from _companies(book)
    yield from _evidence(book)
    yield from _context(book)


def _entry(
    book: Book, kind: str, name: str, *texts: object, names: tuple[str | None, ...] = (), language: str | None = None
) -> Entry:
    """Return the result that leads to a record, found by some texts and by other names."""
    title = _marked_title(book, kind, name, book.title(kind, name))
    known = tuple(filter(None, names))
    return Entry(kind, book.address(kind, name), title, _join_texts(*texts), known, language or "")


def _marked_title(book: Book, kind: str, name: str, title: str) -> str:
    """Return the title of a result; that of a record that is not for the public says so."""
    is_internal = (kind, name) in book.landscape.internal
    return book.wording.with_note(title, book.wording.word("internal-record")) if is_internal else title


def _sections(site: Site) -> Iterator[Entry]:
    for path, page in site.pages.items():
        if page.record is not None or page.begins:
            continue
        try:
            made = site.composed.renderer.prose(page)
        except PageProblem:
            continue  # the build reports it when it makes the page
        head, *parts = _SECTION.split(_ALONE.sub("", made.markdown))
        yield Entry(
            "page", page.address, site.title(path), _plain(made.words(head)), (str(page.meta.get("description", "")),)
        )
        for level, heading, text in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
            title = _plain(made.words(heading))
            given = _ID.search(heading)
            place = (
                page.address
                if level == "#"
                else f"{page.address}#{given[1] if given else made.slug(site.anchor(_plain(heading)))}"
            )
            yield Entry("page", place, title, _plain(made.words(text)), (site.title(path),))


def _plain(markdown: str) -> str:
    return " ".join(_MARKS.sub(" ", markdown).split())


def _classes(book: Book) -> Iterator[Entry]:
    land = book.landscape
    for item in land.equipment.values():
        language = land.report.home_market.language
        yield _entry(
            book, "equipment", item.id, item.summary, names=(item.name_local, *item.aliases), language=language
        )
    for dimension in land.dimensions.values():
        yield _entry(book, "dimension", dimension.id, dimension.question)
    for priority in land.priorities.values():
        yield _entry(book, "priority", priority.id, priority.problem)
    for (owner, name, edition), assessment in land.cells.items():
        if edition == land.current.id and owner != INDUSTRY:
            title = f"{book.title('equipment', owner)}{book.wording.mark(': ')}{land.dimensions[name].name}"
            yield Entry("assessment", f"{book.address('equipment', owner)}#{name}", title, assessment.reason)
    for name, (owner, benchmark) in land.benchmarks.items():
        if owner == INDUSTRY:
            continue  # no page shows it in a place of its own
        title = f"{book.title('equipment', owner)}{book.wording.mark(': ')}{benchmark.metric}"
        ends = _join_texts(benchmark.domestic.entity, benchmark.imported.entity)
        marked = _marked_title(book, "benchmark", name, title)
        yield Entry("benchmark", f"{book.address('equipment', owner)}#{name}", marked, ends)


def _companies(book: Book) -> Iterator[Entry]:
    for item in book.landscape.suppliers.values():
        texts = (
            book.wording.name("countries", item.country) if item.country else None,
            item.parent.name if item.parent else None,
            item.note,
        )
        names = (item.name_local, *item.aliases)
        language = local_language(book, item) if item.name_local else None
        yield _entry(book, "supplier", item.id, *texts, names=names, language=language)


def _evidence(book: Book) -> Iterator[Entry]:
    land = book.landscape
    for claim in land.claims.values():
        yield _entry(book, "claim", claim.id, claim.reasoning)
    for fact in land.facts.values():
        yield _entry(book, "fact", fact.id, fact.statement, fact.entity)
    for conflict in land.conflicts.values():
        yield _entry(book, "conflict", conflict.id, conflict.note)
    for source in land.sources.values():
        author = in_reading_order(source.author)
        yield _entry(book, "source", source.id, source.publisher, author, source.container_title, source.id)


def _context(book: Book) -> Iterator[Entry]:
    land = book.landscape
    for term in land.terms.values():
        language = land.report.home_market.language if term.name_local else None
        names = (term.name_local, *term.aliases)
        yield _entry(book, "term", term.id, term.definition, names=names, language=language)
    for series in land.series.values():
        yield _entry(book, "series", series.id, series.basis)
    for event in land.events:
        yield Entry("event", _year(book, event), event.title, book.wording.date(event.date))
    for standard in land.standards:
        title = _join_texts(standard.number, standard.title) or standard.scope
        yield Entry("standard", book.page_address("standards"), title, _join_texts(standard.scope, standard.issuer))


def _year(book: Book, event: Event) -> str:
    return f"{book.entry_page('timeline', id(event))}#year-{event.date[:4]}"


def _join_texts(*texts: object) -> str:
    return " · ".join(str(text) for text in texts if text)
