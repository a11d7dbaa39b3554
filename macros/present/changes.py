"""Blocks of the changes page: the log of changes of the report, and what moved between its editions."""

from __future__ import annotations

import re
from typing import Any

from macros.derive.tally import Move, move_counts, moves
from macros.landscape import INDUSTRY
from macros.model.context import Change
from macros.model.report import Edition
from macros.present.book import Book
from macros.present.landscape import MOVEMENT_SIGNS
from macros.present.wording import Wording

PAGE = "changes.html"


def report_log(book: Book) -> dict[str, Any]:
    """The changes of the report itself, newest first, and the feed that tells of them."""
    return {"changes": [_change(book, change) for change in reversed(book.landscape.changes.values())]}


def _change(book: Book, change: Change) -> dict[str, Any]:
    equipment = [{"id": name, "name": book.title("equipment", name)} for name in change.equipment]
    return {"change": change, "kind": book.wording.name("change-kinds", change.kind), "equipment": equipment}


def _headed(book: Book, change: Change) -> str:
    """Return the title of a change; one that is not for the public says so."""
    is_internal = ("change", change.id) in book.landscape.internal
    return f"{change.title} ({book.wording.word('internal-record')})" if is_internal else change.title


def feed_entries(book: Book) -> list[dict[str, str]]:
    """Return what the feed tells, newest first: id, date, title, text and address within the site of each change and edition."""
    changes = [
        {
            "id": change.id,
            "date": change.date,
            "title": _headed(book, change),
            "text": change.text,
            "address": f"{PAGE}#change-{change.id}",
        }
        for change in book.landscape.changes.values()
    ]
    editions = [
        {
            "id": f"edition {edition.id}",
            "date": edition.date,
            "title": book.wording.word("log-edition", edition=edition.id),
            "text": edition.summary,
            "address": f"{PAGE}#{edition_anchor(edition)}",
        }
        for edition in book.landscape.report.editions
    ]
    return sorted(editions + changes, key=lambda entry: entry["date"])[::-1]


def feed_title(book: Book) -> str:
    """Return the title of the feed."""
    return book.wording.word("feed-title", title=book.landscape.report.title)


def carried_summary(wording: Wording, before: str) -> str:
    """Return what a new edition says of itself until its editors have looked at what it carries over."""
    return wording.word("edition-carried", edition=before)


def edition_anchor(edition: Edition) -> str:
    """Return the id of an edition on the changes page."""
    return "edition-" + re.sub(r"[^\w.-]+", "-", edition.id)


def change_log(book: Book) -> dict[str, Any]:
    """The editions, newest first, each with its size and with what moved since the one before."""
    editions = book.landscape.report.editions
    befores = (None, *editions)
    entries = [_edition(book, before, edition) for before, edition in zip(befores, editions)]
    return {"editions": entries[::-1]}


def _edition(book: Book, before: Edition | None, edition: Edition) -> dict[str, Any]:
    found = moves(book.landscape, before.id, edition.id) if before else []
    counts = move_counts(found)
    return {
        "edition": edition,
        "anchor": edition_anchor(edition),
        "before": before,
        "counts": [
            {"kind": kind, "sign": MOVEMENT_SIGNS[kind], "n": counts[kind]} for kind in MOVEMENT_SIGNS if counts[kind]
        ],
        "moved": [_moved(book, move) for move in found if move.is_between_levels],
        "gained": _by_owner(book, found, "newly-known"),
        "lost": _by_owner(book, found, "no-longer-known"),
    }


def _moved(book: Book, move: Move) -> dict[str, Any]:
    levels = book.landscape.levels
    return {
        **_point(book, move),
        "kind": move.kind,
        "sign": MOVEMENT_SIGNS[move.kind],
        "ends": [levels[assessment.level] for assessment in (move.before, move.now) if assessment],
        "why": move.now.moved_because if move.now else None,
    }


def _point(book: Book, move: Move) -> dict[str, Any]:
    is_industry = move.owner == INDUSTRY
    return {
        "owner": book.title("equipment", move.owner),
        "dimension": book.landscape.dimensions[move.dimension].name,
        "link": ("dimension", move.dimension, "") if is_industry else ("equipment", move.owner, move.dimension),
    }


def _by_owner(book: Book, found: list[Move], kind: str) -> list[dict[str, Any]]:
    """Return the points that moved in one way, gathered by class."""
    owners: dict[str, list[dict[str, Any]]] = {}
    for move in found:
        if move.kind == kind:
            owners.setdefault(move.owner, []).append(_point(book, move))
    return [{"id": owner, "owner": points[0]["owner"], "points": points} for owner, points in owners.items()]


MACROS = (report_log, change_log)
