"""Blocks of the summary: key figures, findings written from the data, top priorities, how sure all of it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from macros.derive.gap import GAINS, LOSSES, GapIndex
from macros.derive.levels import Cell
from macros.derive.priority import rests_on_all_industries
from macros.derive.tally import (
    class_cells,
    class_movements,
    grade_counts,
    kind_index,
    known_cells,
    level_counts,
    usual_grade,
)
from macros.model.base import Grade
from macros.model.method import Level, Preset
from macros.model.priority import Priority
from macros.present.book import Book
from macros.present.inline import movement_base
from macros.present.scores import ScoreView, score_view


class KeyFigure(NamedTuple):
    """A number, out of how many if that matters, what it means, and the page where it is worked out."""

    value: int
    of: int | None
    text: str
    page: str


class KeyFigures(NamedTuple):
    figures: Sequence[KeyFigure]


def key_figures(book: Book) -> KeyFigures:
    """The four numbers of the cover, each with what it means and where it is worked out."""
    land, results = book.landscape, book.results
    edition = land.current.id
    known = known_cells(results, edition)
    good = sum((results.severity(*cell) or 0) <= 0 for cell in known)
    worst = max(level.severity or 0 for level in land.method.levels)
    clear = sum(2 * (results.severity(*cell) or 0) > worst for cell in known)
    unknown = level_counts(results, edition)[land.method.unknown]
    word = book.wording.word
    return KeyFigures(
        [
            KeyFigure(good, len(known), word("key-level-or-ahead", edition=edition), "gap"),
            KeyFigure(clear, None, word("key-clearly-behind"), "gap"),
            KeyFigure(unknown, None, word("key-unknown"), "measurement"),
            KeyFigure(len(land.priorities), None, word("key-priorities"), "priorities"),
        ]
    )


class Finding(NamedTuple):
    """A finding in a sentence, the page it rests on with the words of the link, and its usual confidence, if any."""

    id: str
    text: str
    page: str
    link: str
    grade: Grade | None


class Findings(NamedTuple):
    findings: Sequence[Finding]


def findings(book: Book) -> Findings:
    """The findings as sentences, each computed, with its usual confidence and a link to what it rests on."""
    makers = (_overall, _leading_and_lagging, _components, _moved, _unknown, _claims)
    return Findings([found for make in makers if (found := make(book))])


def _finding(book: Book, phrase: str, page: str, cells: list[Cell], **values: Any) -> Finding:
    return Finding(
        id=phrase,
        text=book.wording.word(phrase, **values),
        page=page,
        link=book.wording.word(f"{phrase}-link"),
        grade=usual_grade(book.results, cells) if cells else None,
    )


def _overall(book: Book) -> Finding:
    results, edition = book.results, book.landscape.current.id
    cells = known_cells(results, edition)
    good = sum((results.severity(*cell) or 0) <= 0 for cell in cells)
    ahead = sum((results.severity(*cell) or 0) < 0 for cell in cells)
    return _finding(
        book, "finding-overall", "landscape", cells, good=good, ahead=ahead, known=len(cells), behind=len(cells) - good
    )


def _leading_and_lagging(book: Book) -> Finding | None:
    """The dimensions in which the domestic side stands best and worst, among those with enough evidence."""
    land, edition = book.landscape, book.landscape.current.id
    shown = {d: found for d in land.class_dimensions if (found := book.results.dimension_index[d, edition]).is_shown}
    ordered = sorted(shown, key=lambda d: shown[d].value or 0)
    if len(ordered) < 2:
        return None
    best, worst = ordered[0], ordered[-1]
    cells = [cell for cell in known_cells(book.results, edition) if cell[1] in (best, worst)]
    return _finding(
        book, "finding-dimensions", "gap", cells,
        best=land.dimensions[best].name, best_index=_index(book, shown[best]),
        worst=land.dimensions[worst].name, worst_index=_index(book, shown[worst]), shown=len(shown), of=len(land.class_dimensions),
    )  # fmt: skip


def _components(book: Book) -> Finding | None:
    results, edition = book.results, book.landscape.current.id
    parts, machines = kind_index(results, edition, True), kind_index(results, edition, False)
    if parts.value is None or machines.value is None:
        return None
    classes = book.landscape.equipment
    cells = [cell for cell in known_cells(results, edition) if classes[cell[0]].kind == "component"]
    phrase = "finding-components" if parts.value > machines.value else "finding-machines"
    return _finding(book, phrase, "gap", cells, parts=_index(book, parts), machines=_index(book, machines))


def _moved(book: Book) -> Finding | None:
    land, results = book.landscape, book.results
    counts = class_movements(results)
    toward, against = (sum(counts[kind] for kind in kinds) for kinds in (GAINS, LOSSES))
    both = toward + against + counts["unchanged"]
    if not both or land.baseline == land.current:
        return None
    known = ("unchanged", *GAINS, *LOSSES)
    cells = [(*pair, land.current.id) for pair, kind in results.movement.items() if pair[0] in land.equipment and kind in known]
    return _finding(
        book,
        "finding-moved",
        "gap",
        cells,
        both=both,
        toward=toward,
        same=counts["unchanged"],
        against=book.wording.number(against) if against else book.wording.word("zero"),
        edition=land.baseline.id,
        base=movement_base(book),
    )


def _unknown(book: Book) -> Finding | None:
    """The dimension in which most classes are recorded as unknown."""
    land, edition = book.landscape, book.landscape.current.id
    cells = class_cells(book.results, edition)
    unknown = Counter(cell[1] for cell in cells if book.results.severity(*cell) is None)
    if not unknown:
        return None
    dimension, count = max(unknown.items(), key=lambda pair: (pair[1], pair[0]))
    return _finding(
        book, "finding-unknown", "measurement", [],
        dimension=land.dimensions[dimension].name, count=count, classes=len(land.equipment), all=sum(unknown.values()), recorded=len(cells),
    )  # fmt: skip


def _claims(book: Book) -> Finding | None:
    land = book.landscape
    tones = {verdict.id: verdict.tone for verdict in land.method.verdicts}
    now = Counter(
        tones[v.verdict] for claim in land.claims.values() for v in claim.verdicts if v.edition == land.current.id
    )
    if not land.claims:
        return None
    return _finding(
        book, "finding-claims", "claims", [],
        claims=len(land.claims), good=now["good"], mixed=now["mixed"], bad=now["bad"], open=now["open"], edition=land.baseline.id,
    )  # fmt: skip


def _index(book: Book, found: GapIndex) -> str:
    return book.wording.number(found.value or 0.0, 1)


class TopPriority(NamedTuple):
    """A first priority with its score; `is_general`: its severity is read from facts about all industries alone."""

    priority: Priority
    is_general: bool
    scored: ScoreView


class TopPriorities(NamedTuple):
    rows: Sequence[TopPriority]
    preset: Preset
    all: int


def top_priorities(book: Book) -> TopPriorities:
    """The first priorities by the first preset, with score, interval and reach."""
    land = book.landscape
    preset = land.method.presets[0]
    first = book.results.ranking[preset.id][: land.method.top]
    rows = []
    for scored in first:
        priority = land.priorities[scored.priority]
        rows.append(TopPriority(priority, rests_on_all_industries(priority, book.results), score_view(scored)))
    return TopPriorities(rows, preset, len(land.priorities))


class LevelBar(NamedTuple):
    """How many points have a level, and the part of the bar that shows it, in % of its width."""

    level: Level
    n: int
    x: float
    width: float


class CertaintySummary(NamedTuple):
    """The levels as a bar; of all points `asked` so many are `recorded`, and the known ones by grade."""

    bars: Sequence[LevelBar]
    grades: Sequence[tuple[Grade, int]]
    recorded: int
    asked: int
    facts: int
    sources: int
    stale: int


def certainty_summary(book: Book) -> CertaintySummary:
    """The levels of the current edition as shares of all that were asked, and the known ones by confidence."""
    land, results = book.landscape, book.results
    edition = land.current.id
    counts = level_counts(results, edition)
    total = sum(counts.values())
    bars, start = [], 0.0
    for level, count in counts.items():
        width = count / total * 100 if total else 0
        bars.append(LevelBar(land.levels[level], count, round(start, 2), round(width, 2)))
        start += width
    grades = grade_counts(results, known_cells(results, edition))
    asked = len(land.equipment) * len(land.class_dimensions)
    return CertaintySummary(
        bars=bars,
        grades=list(grades.items()),
        recorded=total,
        asked=asked,
        facts=len(land.facts),
        sources=len(land.sources),
        stale=len(results.stale),
    )


MACROS = (key_figures, findings, top_priorities, certainty_summary)
