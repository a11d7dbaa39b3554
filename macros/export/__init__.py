"""Export: the data for reuse - tables, workbook, data package, JSON interface, bibliography, and notices for programs.

All is made from a site by pure functions. `address` is that of the site, with a slash at its end, or None.
"""

from __future__ import annotations

from collections.abc import Iterator

from macros.export.api import api_files
from macros.export.bibliography import bibliography_files
from macros.export.notices import llms, robots
from macros.export.package import package_files
from macros.export.xlsx import PATH, workbook
from macros.present.wording import MissingWord
from macros.problems import Problem, ProblemsFound
from macros.site import Site


def export_files(site: Site, address: str | None) -> Iterator[tuple[str, bytes]]:
    """Yield path within the site, and content, of every file. Raises ProblemsFound where a word is missing."""
    try:
        yield from _files(site, address)
    except MissingWord as error:
        place, _, wrong = str(error).partition(": ")
        raise ProblemsFound([Problem(place, 1, "", wrong, "the downloads need it", "page-macro")]) from error


def _files(site: Site, address: str | None) -> Iterator[tuple[str, bytes]]:
    book = site.book
    yield from package_files(book, address)
    yield PATH, workbook(book, book.tables.values(), address)
    yield from api_files(book, address)
    yield from bibliography_files(book.landscape)
    yield "robots.txt", robots(address).encode()
    yield "llms.txt", llms(site, address).encode()
