"""Blocks of the priorities page: the ranking, the order under other weights, the roadmap, gaps against feasibility."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from macros.derive.priority import Scored, classes_containing, rests_on_all_industries, scaled, steps_before
from macros.model.priority import Priority
from macros.present import firmness, lab, priority_page
from macros.present.book import Book
from macros.present.parts import WHOLE, ListPart, long_list
from macros.present.priority_figures import map_figure, scores_figure, severity
from macros.present.scores import POINTS, score_view

if TYPE_CHECKING:
    from macros.derive.ranks import Acceptability


def priority_ranking(book: Book) -> dict[str, Any]:
    """Every priority by the first preset: rank and how it spreads, score with interval, what each criterion adds."""
    method = book.landscape.method
    preset = method.presets[0]
    ranking = book.results.ranking[preset.id]
    return {
        "figure": scores_figure(book, ranking),
        "preset": preset,
        "criteria": method.criteria,
        "top": method.top,
        "interval": method.ranking.interval,
        "rows": [
            {**_ranked(book, preset.id, scored), "drawn": _drawn_under(book, scored.priority)} for scored in ranking
        ],
    }


def _drawn_under(book: Book, name: str) -> list[tuple[str, dict[str, Any]]]:
    """Return for each preset by its id what the draws around it say of a priority."""
    return [
        (preset.id, _drawn(book.results.acceptability[preset.id], name)) for preset in book.landscape.method.presets
    ]


def _ranked(book: Book, preset: str, scored: Scored) -> dict[str, Any]:
    priority = book.landscape.priorities[scored.priority]
    found = book.results.acceptability[preset]
    return {
        "priority": priority,
        "is_general": rests_on_all_industries(priority, book.results),
        **lab.values(book.results.criteria[priority.id]),
        "parts": [book.wording.number(item.middle * POINTS, 1) for item in scored.contributions],
        **_drawn(found, priority.id),
        **score_view(scored),
    }


def _drawn(found: Acceptability, name: str) -> dict[str, Any]:
    """Return between which ranks the draws put a priority, and how often among the top."""
    return {"rank_low": found.rank_low[name], "rank_high": found.rank_high[name], "top_share": found.top_share[name]}


def _by_score(book: Book) -> list[Scored]:
    return list(book.results.ranking[book.landscape.method.presets[0].id])


# What the page of the priorities shows of each, beside the ranking itself: that stays whole, for readers to weigh.
_SHOWN = 90


@long_list("priorities", _SHOWN, _by_score)
def preset_tables(book: Book, part: ListPart = WHOLE) -> dict[str, Any]:
    """The rank of every priority under every preset, and for each preset its view, weights and order."""
    method, ranking = book.landscape.method, book.results.ranking
    weights = {preset.id: scaled(preset.weights) for preset in method.presets}
    ranks = [{scored.priority: scored.rank for scored in ranking[preset.id]} for preset in method.presets]
    return {
        "presets": [
            {
                "preset": preset,
                "weights": [(criterion, weights[preset.id].get(criterion.id, 0.0)) for criterion in method.criteria],
                "rows": [_ranked(book, preset.id, scored) for scored in part.of(ranking[preset.id])],
            }
            for preset in method.presets
        ],
        "rows": [
            {"priority": book.landscape.priorities[name], "ranks": [found[name] for found in ranks]}
            for name in part.of(list(ranks[0]))
        ],
        "top": method.top,
    }


@long_list("priorities", _SHOWN, _by_score)
def roadmap(book: Book, part: ListPart = WHOLE) -> dict[str, Any]:
    """Priorities by horizon with the year of their goal and the classes they help; then which make parts for which."""
    horizons: list[dict[str, Any]] = [{"horizon": horizon, "rows": []} for horizon in book.landscape.method.horizons]
    ranks = {scored.priority: scored.rank for scored in book.entries("roadmap")}
    for scored in part.of(book.entries("roadmap")):
        priority = book.landscape.priorities[scored.priority]
        column = next(column for column in horizons if column["horizon"].id == priority.horizon)
        column["rows"].append(_on_the_road(book, priority, scored.rank))
    rows = [row for column in horizons for row in column["rows"]]
    for row in rows:
        row["builds_on"] = [_ranked_only(book, name, ranks) for name in {step.priority: 0 for step in row["steps"]}]
    makers = _part_makers(book, rows, ranks)
    links = [{**column, "rows": [_links(row, makers) for row in column["rows"]]} for column in horizons]
    return {"horizons": horizons, "makers": makers, "links": links}


def _on_the_road(book: Book, priority: Priority, rank: int) -> dict[str, Any]:
    return {
        "priority": priority,
        "rank": rank,
        "containing": classes_containing(priority, book.results),
        "steps": steps_before(priority, book.results),
    }


def _ranked_only(book: Book, name: str, ranks: Mapping[str, int]) -> dict[str, Any]:
    return {"priority": book.landscape.priorities[name], "rank": ranks[name]}


def _part_makers(book: Book, rows: list[dict[str, Any]], ranks: Mapping[str, int]) -> list[dict[str, Any]]:
    """Return the priorities whose components stand in machines of those shown, best rank first, with those components."""
    components: dict[str, list[str]] = {}
    for step in (step for row in rows for step in row["steps"]):
        names = components.setdefault(step.priority, [])
        if step.component not in names:
            names.append(step.component)
    found = [{**_ranked_only(book, name, ranks), "components": names} for name, names in components.items()]
    return sorted(found, key=lambda row: (row["rank"], row["priority"].id))


def _links(row: dict[str, Any], makers: list[dict[str, Any]]) -> dict[str, Any]:
    """Return, for each maker of parts, how many machines of a priority contain one of its parts; None for itself."""
    name, counts = row["priority"].id, []
    for maker in (maker["priority"].id for maker in makers):
        machines = {machine for step in row["steps"] if step.priority == maker for machine in step.machines}
        counts.append(None if maker == name else len(machines))
    return {"priority": row["priority"], "rank": row["rank"], "counts": counts}


@long_list("priorities", _SHOWN, _by_score)
def gap_feasibility_map(book: Book, part: ListPart = WHOLE) -> dict[str, Any]:
    """Priorities by feasibility and severity of the gaps answered, as a map and in numbers."""
    shown = part.of(book.entries("gap_feasibility_map"))
    ranks = [(book.landscape.priorities[scored.priority], scored.rank) for scored in shown]
    return {"figure": map_figure(book, ranks, part), "numbers": [_gap_numbers(book, *pair) for pair in ranks]}


def _gap_numbers(book: Book, priority: Priority, rank: int) -> dict[str, Any]:
    return {"priority": priority, "rank": rank, "severity": severity(book, priority)}


MACROS = (
    priority_ranking,
    preset_tables,
    roadmap,
    gap_feasibility_map,
    *lab.MACROS,
    *firmness.MACROS,
    *priority_page.MACROS,
)
