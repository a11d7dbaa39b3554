"""Blocks of the page of one priority: summary, target, actions, score with its grounds, gaps answered, evidence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from macros.derive.priority import (
    Point,
    cells_answered,
    classes_containing,
    classes_fed,
    points_behind_before,
    points_of_dependence,
    rests_on_all_industries,
    share_at_stake,
    steps_before,
)
from macros.landscape import INDUSTRY
from macros.model.base import Figure
from macros.model.priority import Priority
from macros.present.assessment import moved, newest_first, standing
from macros.present.book import Book
from macros.present.references import references
from macros.present.scores import POINTS, percent_of, ranked


def priority_summary(book: Book, record: Priority) -> dict[str, Any]:
    """The problem, the rank under every view, what it helps, how feasible and how ready it is."""
    land, found = book.landscape, book.results.acceptability
    first = land.method.presets[0]
    return {
        "priority": record,
        "preset": first,
        "ranks": [(preset, ranked(book, preset.id, record.id).rank) for preset in land.method.presets],
        "of": len(land.priorities),
        "rank_low": found[first.id].rank_low[record.id],
        "rank_high": found[first.id].rank_high[record.id],
        "top_share": found[first.id].top_share[record.id],
        "interval": land.method.ranking.interval,
        "top": land.method.top,
        "standing": book.results.standing[record.id],
        "is_general": rests_on_all_industries(record, book.results),
        "readiness": book.wording.figure(record.trl_now, None),
        "containing": classes_containing(record, book.results),
        "before": list(dict.fromkeys(step.priority for step in steps_before(record, book.results))),
        "after": book.results.steps_after[record.id],
    }


def priority_target(book: Book, record: Priority) -> dict[str, Any]:
    """The figure now and the figure to reach, and what in it is ours."""
    target = record.target
    ends = {"now": _figure(book, target.current), "goal": _figure(book, target.goal)}
    return {"target": target, **ends, "reasoning": record.reasoning}


def _figure(book: Book, value: Figure | None) -> dict[str, Any] | None:
    """Return a figure to be set large, or a text to be set as text."""
    return None if value is None else {"text": book.wording.figure(value, None), "is_text": isinstance(value, str)}


def priority_actions(book: Book, record: Priority) -> dict[str, Any]:
    """What to do, and who must act."""
    return {"actions": record.actions, "actors": record.who_acts}


def priority_score(book: Book, record: Priority) -> dict[str, Any]:
    """Each criterion with its value, weight and contribution, and what the value was read from."""
    preset = book.landscape.method.presets[0]
    scored = ranked(book, preset.id, record.id)
    criteria = {criterion.id: criterion for criterion in book.landscape.method.criteria}
    longest = max(item.high for item in scored.contributions) or 1
    rows = [
        {
            "number": number,
            "criterion": criteria[item.criterion],
            "value": None if item.value is None else _span(book, *item.value, digits=2),
            "weight": item.weight,
            "points": _span(book, item.low * POINTS, item.high * POINTS, digits=1),
            "sure": percent_of(item.low / longest),
            "open": percent_of((item.high - item.low) / longest),
            "ground": _GROUNDS.get(item.criterion, _no_ground)(book, record),
        }
        for number, item in enumerate(scored.contributions, start=1)
    ]
    return {
        "preset": preset,
        "rows": rows,
        "points": _span(book, scored.low * POINTS, scored.high * POINTS, digits=1),
        "middle": book.wording.number(scored.score * POINTS, 1),
        "rank": scored.rank,
    }


def _span(book: Book, low: float, high: float, digits: int) -> str:
    """Return both ends of an interval, or one number where they read the same."""
    ends = [book.wording.number(end, digits) for end in (low, high)]
    return ends[0] if ends[0] == ends[1] else "–".join(ends)


def _ground(text: str, points: list[dict[str, Any]] | None = None, **more: Any) -> dict[str, Any]:
    """Return what a value was read from: a sentence, and the points, classes and facts it names."""
    nothing = {"lead": [], "helped": [], "containing": [], "fed": [], "facts": [], "is_change": False}
    return {**nothing, "text": text, "points": points or [], **more}


def _no_ground(book: Book, record: Priority) -> dict[str, Any]:
    return _ground(book.wording.word("prio-ground-record"))


def _severity_ground(book: Book, record: Priority) -> dict[str, Any]:
    return _mean_ground(book, cells_answered(record, book.results))


def _dependence_ground(book: Book, record: Priority) -> dict[str, Any]:
    return _mean_ground(book, points_of_dependence(record, book.results))


def _mean_ground(book: Book, asked: list[Point]) -> dict[str, Any]:
    """Return the points a mean was taken over: those known now, out of all asked."""
    now = book.landscape.current.id
    known = [point for point in asked if book.results.severity(*point, now) is not None]
    if known:
        text = book.wording.word("prio-ground-mean", n=len(known), of=len(asked))
    else:
        text = book.wording.word("prio-ground-none-known" if asked else "prio-ground-no-point", n=len(asked))
    return _ground(text, [_point(book, *point) for point in known or asked])


def _persistence_ground(book: Book, record: Priority) -> dict[str, Any]:
    behind = points_behind_before(record, book.results)
    if not behind:
        return _ground(book.wording.word("prio-ground-none-before", edition=book.landscape.baseline.id))
    now = book.landscape.current.id
    still = sum((book.results.severity(*point, now) or 0) > 0 for point in behind)
    text = book.wording.word("prio-ground-persistence", n=len(behind), still=still, edition=book.landscape.baseline.id)
    return _ground(text, [_point(book, *point) for point in behind], is_change=True)


def _stake_ground(book: Book, record: Priority) -> dict[str, Any]:
    name = share_at_stake(record, book.results)
    if name is None:
        return _ground(book.wording.word("prio-ground-no-share"), helped=record.equipment)
    share = book.landscape.equipment[name].value_share
    value = share.low if share.low == share.high else (share.low, share.high)
    text = book.wording.word(f"prio-ground-share-{share.scope}", share=book.wording.figure(value, "%"), of=share.of)
    return _ground(text, lead=[name], facts=references(book, share.evidence))


def _reach_ground(book: Book, record: Priority) -> dict[str, Any]:
    containing = classes_containing(record, book.results)
    fed = classes_fed(record, book.results)
    reached = len(record.equipment) + len(containing) + len(fed)
    text = book.wording.word("prio-ground-reach", n=reached, of=len(book.landscape.equipment))
    return _ground(text, helped=record.equipment, containing=containing, fed=fed)


def _feasibility_ground(book: Book, record: Priority) -> dict[str, Any]:
    given = record.feasibility
    return _ground(book.wording.word("prio-ground-feasibility", score=given.score, reason=given.reason))


def _nearness_ground(book: Book, record: Priority) -> dict[str, Any]:
    horizon = book.wording.method_name("horizons", record.horizon)
    return _ground(book.wording.word("prio-ground-nearness", horizon=horizon))


_GROUNDS: dict[str, Callable[[Book, Priority], dict[str, Any]]] = {
    "severity": _severity_ground,
    "stake": _stake_ground,
    "import-dependence": _dependence_ground,
    "reach": _reach_ground,
    "persistence": _persistence_ground,
    "feasibility": _feasibility_ground,
    "nearness": _nearness_ground,
}


def _point(book: Book, owner: str, dimension: str) -> dict[str, Any]:
    """Return a point with its level at every edition, oldest first, and how it moved."""
    standings = [standing(book, (owner, dimension, edition.id)) for edition in reversed(newest_first(book))]
    return {
        "owner": owner,
        "name": book.title("equipment", owner),
        "is_industry": owner == INDUSTRY,
        "is_recorded": any(standings),
        "dimension": book.landscape.dimensions[dimension],
        "standings": standings,
        "movement": moved(book, owner, dimension),
    }


def priority_gaps(book: Book, record: Priority) -> dict[str, Any]:
    """The points it answers: level at every edition, movement, and for an unknown one what would settle it."""
    land = book.landscape
    rows = []
    for owner, dimension in cells_answered(record, book.results):
        point, now = _point(book, owner, dimension), land.cells.get((owner, dimension, land.current.id))
        is_open = now is not None and now.level == land.method.unknown
        test = now.would_settle if is_open else None
        rows.append({**point, "is_open": is_open, "test": test})
    return {"editions": list(reversed(newest_first(book))), "rows": rows}


def priority_evidence(book: Book, record: Priority) -> dict[str, Any]:
    """The sources that ask for it, and the facts behind it."""
    sources = [book.get("source", name) for name in record.who_says]
    return {"sources": sources, "facts": references(book, record.evidence)}


MACROS = (priority_summary, priority_target, priority_actions, priority_score, priority_gaps, priority_evidence)
