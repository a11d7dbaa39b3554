"""Blocks on how firm the ranking is: how often each priority takes each rank, and which stay on top in every view."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from macros.derive.acceptability import Acceptability
from macros.derive.priority import Scored
from macros.derive.ranks import Standing
from macros.derive.results import ANY
from macros.model.method import Preset
from macros.model.priority import Priority
from macros.present.book import Book
from macros.present.pagination import WHOLE, ListPart, ceiling, long_list
from macros.present.scores import Places, percent_of

# A cell is shaded by as many steps as its share of draws reaches: for one rank, and for all ranks of the top together.
SHADES = (0.01, 0.05, 0.1, 0.2, 0.4)
TOP_SHADES = (0.05, 0.2, 0.5, 0.75, 0.9)
# A table has at most so many columns of ranks.
COLUMNS = 24
STANDINGS: tuple[Standing, ...] = ("firm", "depends", "outside")


def shade(share: float, shades: tuple[float, ...] = SHADES) -> int:
    """Return the step of the shade of a share, none being 0."""
    return sum(share >= least for least in shades)


def _names(book: Book) -> list[str]:
    return [scored.priority for scored in book.results.ranked]


def bins(ranks: int) -> list[tuple[int, int]]:
    """Return the first and last rank of each column: one rank a column while they are few, else as many as it takes."""
    width = ceiling(ranks, COLUMNS)
    return [(first, min(first + width - 1, ranks)) for first in range(1, ranks + 1, width)]


class CentralWeights(NamedTuple):
    """How often a priority comes first under all weights alike, and the mean weights where it does; None where never."""

    priority: Priority
    first: float
    weights: Sequence[float] | None


class RankAcceptability(NamedTuple):
    """The priorities by mean rank under each preset, and under all weights alike (None)."""

    weightings: Sequence[tuple[Preset | None, Sequence[RankRow]]]
    ranks: Sequence[tuple[int, int]]
    shades: Sequence[tuple[int, float]]
    central: Sequence[CentralWeights]


@long_list(90, _names)
def rank_acceptability(book: Book, part: ListPart = WHOLE) -> RankAcceptability:
    """How often each priority takes each rank, for every preset and for all weights alike; which weights favour it."""
    method, land = book.landscape.method, book.landscape
    found = book.results.acceptability
    firsts = {name: shares[0] for name, shares in found[ANY].rank_acceptability.items()}
    return RankAcceptability(
        weightings=[
            *((preset, _rank_rows(book, found[preset.id], part)) for preset in method.presets),
            (None, _rank_rows(book, found[ANY], part)),
        ],
        ranks=bins(len(land.priorities)),
        shades=list(enumerate(SHADES, start=1)),
        central=[
            CentralWeights(land.priorities[name], firsts[name], _central(book, name))
            for name in part.of(sorted(firsts, key=lambda name: (-firsts[name], name)))
        ],
    )


@long_list(90, _names)
def rank_intervals(book: Book, part: ListPart = WHOLE) -> Sequence[tuple[Priority, Sequence[RankInterval]]]:
    """Rank of each priority by every preset, and the ranks between which most draws put it; for any weights the latter."""
    found, scores = book.results.acceptability, book.results.scores
    return [
        (
            book.landscape.priorities[name],
            [_interval(drawn, scores.get((view, name)), name) for view, drawn in found.items()],
        )
        for name in part.of(book.entries("rank_intervals"))
    ]


class RankInterval(NamedTuple):
    """A rank, which any weights alike do not give, and the ranks between which most draws lie."""

    rank: int | None
    low: int
    high: int
    x: Places


def _interval(found: Acceptability, scored: Scored | None, name: str) -> RankInterval:
    low, high, last = found.rank_low[name], found.rank_high[name], max(len(found.rank_low) - 1, 1)

    def place(rank: int) -> float:
        return percent_of((rank - 1) / last)

    rank = scored.rank if scored else None
    return RankInterval(rank, low, high, Places(None if rank is None else place(rank), place(low), place(high)))


class RankRow(NamedTuple):
    """A priority with its mean rank and the shares of draws that give it each rank, each with the step of its shade."""

    priority: Priority
    expected: float
    cells: Sequence[tuple[float, int]]


def _rank_rows(book: Book, found: Acceptability, part: ListPart) -> list[RankRow]:
    """Return the priorities by mean rank, each with its shares of draws."""
    names = part.of(sorted(found.expected_rank, key=lambda name: (found.expected_rank[name], name)))
    columns = bins(len(found.expected_rank))
    return [
        RankRow(
            priority=book.landscape.priorities[name],
            expected=found.expected_rank[name],
            cells=[_cell(sum(found.rank_acceptability[name][low - 1 : high])) for low, high in columns],
        )
        for name in names
    ]


def _cell(share: float) -> tuple[float, int]:
    return (share, shade(share))


def _central(book: Book, name: str) -> list[float] | None:
    weights = book.results.acceptability[ANY].central_weights[name]
    return [weights[criterion.id] for criterion in book.landscape.method.criteria] if weights else None


# Priorities, each with its chance of being among the top in each view, and the shade of that.
Chances = list[tuple[Priority, Sequence[tuple[float, int]]]]


class FirmOrNot(NamedTuple):
    """The priorities by how firmly they are among the top; `by_score` are outside of it in draws, but not by their scores."""

    groups: Sequence[tuple[Standing, Chances]]
    by_score: Sequence[Priority]


def firm_or_not(book: Book) -> FirmOrNot:
    """Priorities among the top by every preset, by some, by none; with the chance of it under each."""
    groups: dict[Standing, Chances] = {standing: [] for standing in STANDINGS}
    for name in _names(book):
        chances = [view.top_share[name] for view in book.results.acceptability.values()]
        shaded = [(chance, shade(chance, TOP_SHADES)) for chance in chances]
        groups[book.results.standing[name]].append((book.landscape.priorities[name], shaded))
    return FirmOrNot(
        groups=list(groups.items()),
        by_score=[priority for priority, _ in groups["outside"] if _is_top_by_score(book, priority.id)],
    )


class FirmLine(NamedTuple):
    """The priorities that stay among the top in every view, the one that comes nearest to it, and how many others there are."""

    firm: Sequence[Priority]
    nearest: Priority
    share: float
    rest: int


def firm_line(book: Book) -> FirmLine:
    """What is firm in the ranking, in one line: who is among the top in every view, and that the rest is not separated."""
    priorities, results = book.landscape.priorities, book.results
    firm = [priorities[name] for name in _names(book) if results.standing[name] == "firm"]
    views = [results.acceptability[preset] for preset in results.ranking]
    worst = {name: min(view.top_share[name] for view in views) for name in _names(book)}
    nearest = max(worst, key=worst.__getitem__)
    return FirmLine(firm, priorities[nearest], worst[nearest], rest=len(priorities) - max(len(firm), 1))


def _is_top_by_score(book: Book, name: str) -> bool:
    """Return whether the score of a priority puts it among the top by every preset."""
    results = book.results
    return all(results.scores[preset, name].rank <= book.landscape.method.top for preset in results.ranking)
