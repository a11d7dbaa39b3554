"""Make the further pages of long lists from the page on which they begin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from macros.load.pages import Page
from macros.present.book import Book
from macros.present.pagination import LONG, numbered_name

# A call of a macro that stands alone on its line, and the headings above it.
_ALONE = re.compile(r"\{\{\s*(\w+)\(.*\)\s*\}\}\s*")
_TITLE, _SECTION = "# ", "## "


def with_parts(book: Book, pages: Iterable[Page]) -> Iterator[Page]:
    """Yield pages, each followed by those on which its lists go on."""
    lists: dict[str, list[str]] = {}
    for page in pages:
        if page.origin not in lists:
            lists[page.origin] = _lists(book, page)
        total = max((book.part(name, 1, _record(page)).total for name in lists[page.origin]), default=1)
        yield page
        for number in range(2, total + 1):
            yield _page_of_part(book, page, number, total)


def title_of(book: Book, page: Page) -> str:
    """Return the title of a page, with its part where lists go on on it."""
    if not page.begins:
        return page.name
    return book.wording.word("part-title", title=page.name, part=page.part, total=page.parts)


def _lists(book: Book, page: Page) -> list[str]:
    """Return the lists of a page that go on from it."""
    calls = (_ALONE.fullmatch(line) for line in page.text.split("\n"))
    return [call[1] for call in calls if call and call[1] in LONG and goes_on(book, call[1], page.path)]


def goes_on(book: Book, block: str, path: str) -> bool:
    """Return whether a long list goes on from a page; elsewhere it shows its first part alone."""
    if folder := LONG[block].folder:
        return path.startswith(f"{folder}/")
    return path.removesuffix(".md") == book.homes.get(block)


def _reaches(book: Book, page: Page, name: str, number: int) -> bool:
    """Return whether a block of a page is a list that reaches a part of this number."""
    is_home = name in LONG and goes_on(book, name, page.path)
    return is_home and book.part(name, 1, _record(page)).total >= number


def _record(page: Page) -> str | None:
    return page.record.id if page.record is not None else None


def _page_of_part(book: Book, page: Page, number: int, total: int) -> Page:
    """Return the page of a part: only the lists that reach it, with their headings, each on its original line."""
    kept = dict.fromkeys(range(page.text.count("\n") + 1), "")
    section: tuple[int, str] | None = None
    for at, line in enumerate(page.text.split("\n")):
        call = _ALONE.fullmatch(line)
        if line.startswith(_TITLE):
            kept[at] = "# {{ page_title }}"
        elif line.startswith(_SECTION):
            section = (at, line)
        elif call and _reaches(book, page, call[1], number):
            kept[at] = line
            kept.update([section] if section else [])
    parent = page.parent or page.path
    return replace(
        page,
        path=f"{numbered_name(page.path.removesuffix('.md'), number)}.md",
        text="\n".join(kept.values()),
        meta={**page.meta, "parent": parent},
        introduction=None,
        parent=parent,
        begins=page.path,
        part=number,
        parts=total,
    )
