"""Blocks of the changes page: the log of changes of the report, and what moved between its editions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from macros.derive.gap import Movement
from macros.derive.tally import Move, moves
from macros.model.context import Change
from macros.model.report import Edition, slug
from macros.present.book import Book
from macros.present.look import MOVEMENT_SIGNS
from macros.present.wording import Wording

SUBJECT = "changes"


def report_log(book: Book) -> Sequence[Change]:
    """The changes of the report itself, newest first, and the feed that tells of them."""
    return list(reversed(book.landscape.changes.values()))


def _title_of(book: Book, change: Change) -> str:
    """Return the title of a change; one that is not for the public says so."""
    is_internal = ("change", change.id) in book.landscape.internal
    wording = book.wording
    return wording.with_note(change.title, wording.word("internal-record")) if is_internal else change.title


class FeedEntry(NamedTuple):
    """A change or an edition in the feed, with its address within the site."""

    id: str
    date: str
    title: str
    text: str
    address: str


def feed_entries(book: Book) -> list[FeedEntry]:
    """Return the entries of the feed, newest first: each change and edition."""
    changes = [
        FeedEntry(
            change.id,
            change.date,
            _title_of(book, change),
            change.text,
            f"{book.page_address(SUBJECT)}#change-{change.id}",
        )
        for change in book.landscape.changes.values()
    ]
    editions = [
        FeedEntry(
            id=f"edition {edition.id}",
            date=edition.date,
            title=book.wording.word("log-edition", edition=edition.id),
            text=edition.summary,
            address=f"{book.page_address(SUBJECT)}#{edition_anchor(edition)}",
        )
        for edition in book.landscape.report.editions
    ]
    return sorted(editions + changes, key=lambda entry: entry.date)[::-1]


def feed_title(book: Book) -> str:
    """Return the title of the feed."""
    return book.wording.word("feed-title", title=book.landscape.report.title)


def carried_summary(wording: Wording, before: str) -> str:
    """Return what a new edition says of itself until its editors have looked at what it carries over."""
    return wording.word("edition-carried", edition=before)


def edition_anchor(edition: Edition) -> str:
    """Return the id of an edition on the changes page."""
    return f"edition-{slug(edition.id)}"


def change_log(book: Book) -> Sequence[EditionLog]:
    """The editions, newest first, each with its size and with what moved since the one before."""
    editions = book.landscape.report.editions
    befores = (None, *editions)
    entries = [_edition(book, before, edition) for before, edition in zip(befores, editions, strict=False)]
    return entries[::-1]


class EditionLog(NamedTuple):
    """An edition with what moved since the one before, and by class what was newly or no longer known; nothing before the first."""

    edition: Edition
    anchor: str
    before: Edition | None
    counts: Sequence[tuple[Movement, int]]
    moved: Sequence[Move]
    gained: Sequence[tuple[str, Sequence[Move]]]
    lost: Sequence[tuple[str, Sequence[Move]]]


def _edition(book: Book, before: Edition | None, edition: Edition) -> EditionLog:
    found = moves(book.landscape, before.id, edition.id) if before else []
    counts = Counter(move.kind for move in found)
    return EditionLog(
        edition=edition,
        anchor=edition_anchor(edition),
        before=before,
        counts=[(kind, counts[kind]) for kind in MOVEMENT_SIGNS if counts[kind]],
        moved=[move for move in found if move.is_between_levels],
        gained=_by_owner(found, "newly-known"),
        lost=_by_owner(found, "no-longer-known"),
    )


def _by_owner(found: list[Move], kind: Movement) -> list[tuple[str, list[Move]]]:
    """Return the points that moved in one way, gathered by class."""
    moved = (move for move in found if move.kind == kind)
    return [(owner, list(points)) for owner, points in groupby(moved, key=lambda move: move.owner)]
