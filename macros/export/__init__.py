"""Make every file beside the pages: tables, workbook, data package, JSON interface, bibliography, feed, search, cards.

In: a site, and its address with a slash at its end or None. Out: paths and contents, by pure functions.
`share` draws what others show of the report; `plain` is the tree for other engines. May import render and what it may.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from macros.export.api import api_files
from macros.export.bibliography import bibliography_files
from macros.export.notices import llms, robots
from macros.export.package import package_files
from macros.export.xlsx import PATH, workbook
from macros.present.tables import tables
from macros.present.wording import MissingWord
from macros.problems import Problem, ProblemsFound
from macros.render.site import Site

Files = Iterator[tuple[str, bytes]]


def export_files(site: Site, address: str | None) -> Files:
    """Yield path within the site, and content, of every file. Raises ProblemsFound where a word is missing."""
    for part in export_parts(site, address):
        yield from part()


def export_parts(site: Site, address: str | None) -> list[Callable[[], Files]]:
    """Return the work of `export_files` as independent parts, the longest first."""
    return [partial(_reporting_missing_words, part, site, address) for part in (_tables, _api, _bibliography, _notices)]


def _reporting_missing_words(part: Callable[[Site, str | None], Files], site: Site, address: str | None) -> Files:
    try:
        yield from part(site, address)
    except MissingWord as error:
        place, _, wrong = str(error).partition(": ")
        raise ProblemsFound([Problem(place, 1, "", wrong, "the downloads need it", "page-macro")]) from error


def _tables(site: Site, address: str | None) -> Files:
    """Yield the files made from all tables, whose cells are computed once."""
    yield PATH, workbook(site.book, tables(site.book).values(), address)
    yield from package_files(site.book, address)


def _api(site: Site, address: str | None) -> Files:
    yield from api_files(site.book, address)


def _bibliography(site: Site, _: str | None) -> Files:
    yield from bibliography_files(site.book.landscape)


def _notices(site: Site, address: str | None) -> Files:
    yield "robots.txt", robots(address).encode()
    yield "llms.txt", llms(site, address).encode()
