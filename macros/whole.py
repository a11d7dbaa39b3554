"""Whole: everything that is wrong with a project - its data, what its pages say, their links and macro calls - in one list.

`make check` and the build ask here, so that both say the same words.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from macros.calls import wrong_calls
from macros.check import made_of_clean
from macros.check.shape import shape
from macros.draft import Draft
from macros.landscape import Landscape
from macros.load import Project
from macros.load.files import PAGE, content_files
from macros.pages import Page, PageText, pages_of, read_texts, record_folders
from macros.present.book import Book
from macros.problems import Problem, ProblemsFound
from macros.prose import wrong_prose
from macros.prose.engine import outlines
from macros.prose.links import Known

Made = TypeVar("Made")
# What is published beside the pages and their files: that of the theme.
_THEME = Path(__file__).parent / "theme"
# Rules on where records stand and what they are called. Where one is broken, no call that names a record is judged.
_OF_NAMES = frozenset(
    ("unique-id", "id-is-file-name", "file-listed", "file-name", "hidden-character", "right-form", "internal-not-cited")
)


class WrongPages(ProblemsFound):
    """Raised for pages with problems on data that have none of their own."""


def made_of_whole(
    project: Project, make: Callable[[Draft, Book, list[Page]], Made], book: Callable[[Draft], Book],
    skip: Collection[str] = (),
) -> Made:  # fmt: skip
    """Return what `make` makes of a clean project with clean pages. Raises ProblemsFound with the complete list otherwise.

    `book` makes the book of the draft that is to be published.
    """

    def looked_at(draft: Draft) -> Made:
        made = book(draft)
        found, problems = look_through(project.root, made, skip)
        if problems:
            raise WrongPages(problems)
        return make(draft, made, found)

    try:
        return made_of_clean(project, looked_at, skip)
    except WrongPages:
        raise
    except ProblemsFound as error:
        raise ProblemsFound([*error.problems, *_beside(project, error.problems)]) from None


def problems_of_whole(project: Project) -> list[Problem]:
    """Return every problem of a project, sorted."""
    try:
        made_of_whole(project, lambda *_: None, lambda draft: Book(Landscape.of(draft.public())))
    except ProblemsFound as error:
        return error.problems
    return []


def look_through(root: Path, book: Book, skip: Collection[str] = ()) -> tuple[list[Page], list[Problem]]:
    """Return every page of a project whose data are clean, and what is wrong with pages."""
    texts, problems = read_texts(root)
    found, wrong = pages_of(texts, book.landscape)
    records = [f"{home}/{name}.md" for home, names in record_folders(book.landscape).items() for name in names]
    known = _known(root, texts, records, ids_in_pages(book))
    allowed = book.landscape.report.figures_allowed
    problems += [*wrong, *wrong_prose(texts, outlines(root, texts, allowed), known, skip)]
    problems += wrong_calls(book, texts.values(), known)
    return found, problems


def ids_in_pages(book: Book) -> set[str]:
    """Return the ids of records that blocks put into pages as anchors."""
    land = book.landscape
    names = {name for _, name, _ in book.addresses()}
    return {*names, *land.benchmarks, *(row.id for row in land.measurement.unpublished)}


def _beside(project: Project, found: Collection[Problem]) -> Iterator[Problem]:
    """Yield the problems of pages that do not follow from those found in the data."""
    draft, _ = shape(project)
    texts, problems = read_texts(project.root)
    yield from problems
    folders = tuple({f"{name.partition('/')[0]}/" for name in texts if "/" in name})
    ids = {name for names in draft.raw_ids.values() for name in names}
    known = _known(project.root, texts, (), ids, folders)
    report = draft.one("report")
    allowed, skip = (report.record.figures_allowed, ()) if report else ((), ("figure-from-macro",))
    yield from wrong_prose(texts, outlines(project.root, texts, allowed), known, skip)
    book = None if draft.broken or project.problems or any(p.rule in _OF_NAMES for p in found) else _book(draft)
    yield from wrong_calls(book, texts.values(), known, is_sound=False)


def _book(draft: Draft) -> Book | None:
    """Return the book of data with problems, as far as there can be one."""
    try:
        return Book(Landscape.of(draft.public()))
    except Exception:  # noqa: BLE001 - a landscape is only sure to come of clean data
        return None


def _known(
    root: Path, texts: Mapping[str, PageText], records: Collection[str], ids: Collection[str],
    unsure: tuple[str, ...] = (),
) -> Known:  # fmt: skip
    """Return what links can lead to."""
    written = {name for name in texts if "/" not in name}
    files = {path for path in content_files(root) if not path.endswith(PAGE)}
    theme = {path.relative_to(_THEME).as_posix() for path in _THEME.glob("assets/**/*") if path.is_file()}
    return Known(frozenset({*written, *records}), frozenset(files | theme), frozenset(ids), unsure)
