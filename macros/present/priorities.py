"""Blocks of the priorities page: the ranking, the order under other weights, the roadmap, gaps against feasibility."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from macros.charts.figure import Figure
from macros.derive.acceptability import scaled_weights
from macros.derive.priority import Scored, Step
from macros.model.method import Criterion, Horizon, Preset
from macros.model.priority import Priority
from macros.present import lab
from macros.present.book import Book
from macros.present.pagination import WHOLE, ListPart, long_list
from macros.present.priority_figures import map_figure, scores_figure, severity
from macros.present.scores import POINTS, ScoreView, score_view


class PriorityRanking(NamedTuple):
    figure: Figure
    rows: Sequence[RankedPriority]


def priority_ranking(book: Book) -> PriorityRanking:
    """Every priority by the first preset: rank and how it spreads, score with interval, what each criterion adds."""
    ranking = book.results.ranked
    return PriorityRanking(scores_figure(book, ranking), [_ranked_priority(book, scored) for scored in ranking])


class RankedPriority(NamedTuple):
    """A priority in the ranking: its score, the points of each criterion and the values behind them."""

    priority: Priority
    scored: ScoreView
    values: lab.Values
    parts: Sequence[str]


def _ranked_priority(book: Book, scored: Scored) -> RankedPriority:
    return RankedPriority(
        priority=book.landscape.priorities[scored.priority],
        scored=score_view(scored),
        values=lab.values(book.results.criteria[scored.priority]),
        parts=[book.wording.number(item.middle * POINTS, 1) for item in scored.contributions],
    )


def _by_score(book: Book) -> Sequence[Scored]:
    return book.results.ranked


# What the page of the priorities shows of each, beside the ranking itself: that stays whole, for readers to weigh.
_SHOWN = 90


class PresetTable(NamedTuple):
    """A preset with its scaled weights and its order of priorities."""

    preset: Preset
    weights: Sequence[tuple[Criterion, float]]
    rows: Sequence[tuple[Priority, ScoreView]]


class PresetTables(NamedTuple):
    """The ranks of the priorities under every preset, and a table for each preset."""

    presets: Sequence[PresetTable]
    rows: Sequence[tuple[Priority, Sequence[int]]]


@long_list(_SHOWN, _by_score)
def preset_tables(book: Book, part: ListPart = WHOLE) -> PresetTables:
    """The rank of every priority under every preset, and for each preset its view, weights and order."""
    method, ranking = book.landscape.method, book.results.ranking
    weights = {preset.id: scaled_weights(preset.weights) for preset in method.presets}
    ranks = [{scored.priority: scored.rank for scored in ranking[preset.id]} for preset in method.presets]
    return PresetTables(
        presets=[
            PresetTable(
                preset=preset,
                weights=[(criterion, weights[preset.id].get(criterion.id, 0.0)) for criterion in method.criteria],
                rows=[
                    (book.landscape.priorities[scored.priority], score_view(scored))
                    for scored in part.of(ranking[preset.id])
                ],
            )
            for preset in method.presets
        ],
        rows=[(book.landscape.priorities[name], [found[name] for found in ranks]) for name in part.of(list(ranks[0]))],
    )


class RoadmapRow(NamedTuple):
    """A priority with the priorities whose parts its machines need."""

    priority: Priority
    rank: int
    steps: Sequence[Step]
    builds_on: Sequence[tuple[Priority, int]]


class PartMaker(NamedTuple):
    """A priority that makes parts, with those of them that stand in machines of others."""

    priority: Priority
    rank: int
    components: Sequence[str]


class LinkRow(NamedTuple):
    """For each maker of parts, how many machines of a priority contain one of its parts; None for itself."""

    priority: Priority
    rank: int
    counts: Sequence[int | None]


class Roadmap(NamedTuple):
    """The priorities by horizon; then which priorities make parts for which."""

    horizons: Sequence[tuple[Horizon, Sequence[RoadmapRow]]]
    makers: Sequence[PartMaker]
    links: Sequence[tuple[Horizon, Sequence[LinkRow]]]


@long_list(_SHOWN, _by_score)
def roadmap(book: Book, part: ListPart = WHOLE) -> Roadmap:
    """Priorities by horizon with the year of their goal and the classes they help; then which make parts for which."""
    ranks = {scored.priority: scored.rank for scored in book.entries("roadmap")}
    shown = [_roadmap_row(book, scored.priority, ranks) for scored in part.of(book.entries("roadmap"))]
    horizons = [
        (horizon, [row for row in shown if row.priority.horizon == horizon.id])
        for horizon in book.landscape.method.horizons
    ]
    makers = _part_makers(book, [row for _, rows in horizons for row in rows], ranks)
    links = [(horizon, [_links(row, makers) for row in rows]) for horizon, rows in horizons]
    return Roadmap(horizons, makers, links)


def _roadmap_row(book: Book, name: str, ranks: Mapping[str, int]) -> RoadmapRow:
    priorities, steps = book.landscape.priorities, book.results.steps[name]
    return RoadmapRow(
        priority=priorities[name],
        rank=ranks[name],
        steps=steps,
        builds_on=[(priorities[other], ranks[other]) for other in {step.priority: 0 for step in steps}],
    )


def _part_makers(book: Book, rows: Sequence[RoadmapRow], ranks: Mapping[str, int]) -> list[PartMaker]:
    """Return the priorities whose components stand in machines of those shown, best rank first, with those components."""
    components: dict[str, list[str]] = {}
    for step in (step for row in rows for step in row.steps):
        names = components.setdefault(step.priority, [])
        if step.component not in names:
            names.append(step.component)
    priorities = book.landscape.priorities
    found = [PartMaker(priorities[name], ranks[name], names) for name, names in components.items()]
    return sorted(found, key=lambda row: (row.rank, row.priority.id))


def _links(row: RoadmapRow, makers: Sequence[PartMaker]) -> LinkRow:
    name = row.priority.id
    counts: list[int | None] = []
    for maker in (maker.priority.id for maker in makers):
        machines = {machine for step in row.steps if step.priority == maker for machine in step.machines}
        counts.append(None if maker == name else len(machines))
    return LinkRow(row.priority, row.rank, counts)


class MapRow(NamedTuple):
    """A priority with the mean severity of the gaps it answers, 0 to 1; None where none of them is known."""

    priority: Priority
    rank: int
    severity: float | None


class FeasibilityMap(NamedTuple):
    figure: Figure
    numbers: Sequence[MapRow]


@long_list(_SHOWN, _by_score)
def gap_feasibility_map(book: Book, part: ListPart = WHOLE) -> FeasibilityMap:
    """Priorities by feasibility and severity of the gaps answered, as a map and in numbers."""
    shown = part.of(book.entries("gap_feasibility_map"))
    ranks = [(book.landscape.priorities[scored.priority], scored.rank) for scored in shown]
    numbers = [MapRow(priority, rank, severity(book, priority)) for priority, rank in ranks]
    return FeasibilityMap(map_figure(book, ranks, part), numbers)
