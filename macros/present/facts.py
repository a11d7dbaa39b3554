"""Block of the facts of one file: each with its source, its doubts, and what rests on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from macros.derive.tally import Tally, is_weak, tally
from macros.derive.uses import Use, uses
from macros.load.landscape import INDUSTRY
from macros.load.pages import FactsFile
from macros.model.base import Origin
from macros.model.evidence import Fact
from macros.present.book import HOME, Book
from macros.present.facets import Facet, Property, facets, named
from macros.present.pagination import WHOLE, ListPart, long_list
from macros.present.references import GROUNDS, weak_ground

ORIGINS: tuple[Origin | None, ...] = ("domestic", "imported", "both", None)
MARKS = ("weak", "stale", *GROUNDS, "conflict", "unused")
_KINDS = {"level": "equipment", "figure": "equipment", "class": "equipment"}


def marks_of(book: Book, fact: Fact) -> list[str]:
    """Return what a reader must be warned of at a fact."""
    land = book.landscape
    holds = {
        "weak": is_weak(fact, land),
        "stale": fact.id in book.results.stale,
        **dict.fromkeys(GROUNDS, False),
        **dict.fromkeys(weak_ground(land, fact), True),
        "conflict": bool(land.conflicts_of[fact.id]),
        "unused": not uses(land)[fact.id],
    }
    return [mark for mark in MARKS if holds[mark]]


class FactList(NamedTuple):
    facts: Sequence[FactCard]
    facets: Sequence[Facet]
    tally: Tally


@long_list(400, lambda book, home: book.landscape.facts_at[home], is_filtered=True, folder="evidence")
def fact_list(book: Book, record: FactsFile, part: ListPart = WHOLE) -> FactList:
    """The facts of one file: what each says, who says it, how sure it is, and what rests on it."""
    land, word = book.landscape, book.wording.word
    cards = [_card(book, fact) for fact in part.of(record.facts)]
    topics = {name: topic.name for name, topic in land.topics.items()}
    grades = named(book, "grades", land.method.fact_confidence)
    sides = named(book, "origins", ("domestic", "imported", "both"))
    marks = {mark: word(f"fact-mark-{mark}") for mark in MARKS}
    return FactList(
        facts=cards,
        facets=facets(
            cards,
            Property("confidence", word("filter-confidence"), "boxes", lambda card: [card.fact.confidence], grades),
            Property("origin", word("filter-origin"), "boxes", lambda card: [card.fact.origin], sides),
            Property("topic", word("filter-topic"), "menu", lambda card: [card.fact.topic], topics),
            Property("mark", word("filter-mark"), "menu", lambda card: card.marks, marks),
        ),
        tally=tally(record.facts, book.results),
    )


class FactCard(NamedTuple):
    """A fact with its marks, and what rests on it."""

    fact: Fact
    marks: Sequence[str]
    grounds: Sequence[str]
    uses: Sequence[tuple[str, Sequence[UseLink]]]


def _card(book: Book, fact: Fact) -> FactCard:
    land = book.landscape
    return FactCard(
        fact=fact,
        marks=marks_of(book, fact),
        grounds=weak_ground(land, fact),
        uses=_use_groups(book, uses(land)[fact.id], land.subject(fact.id)),
    )


def _use_groups(book: Book, found: Iterable[Use], owner: str) -> list[tuple[str, Sequence[UseLink]]]:
    """Return what rests on a fact, sort by sort, the class whose page this is first."""
    return [
        (sort, [use_link(book, use, owner) for use in sorted(places, key=lambda use: use.id != owner)])
        for sort, places in groupby(found, key=lambda use: use.sort)
    ]


class UseLink(NamedTuple):
    """A link to what rests on a fact: its words, and kind, id and anchor of the page."""

    text: str
    place: tuple[str, str, str]
    is_against: bool


def use_link(book: Book, use: Use, owner: str = "") -> UseLink:
    """Return address parts and words of one use; levels of the class (or industry) whose page this is need no name."""
    kind = _KINDS.get(use.sort, use.sort)
    text = book.wording.word(f"fact-page-{use.id}") if kind == "page" else book.title(kind, use.id)
    place = (kind, (book.page(use.id) or HOME) if kind == "page" else use.id, "")
    if use.sort == "level":
        dimension = book.landscape.dimensions[use.part].name
        text = dimension if use.id == owner else f"{text}{book.wording.mark(': ')}{dimension}"
        place = ("dimension", use.part, "") if use.id == INDUSTRY else ("equipment", use.id, use.part)
    return UseLink(text, place, use.is_against)
