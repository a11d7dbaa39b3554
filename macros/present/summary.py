"""Blocks of the summary: findings written from the data, top priorities, how sure all of it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from macros.derive.gap import GapIndex
from macros.derive.levels import Cell
from macros.derive.questions import BASES, Answer, answer, furthest_behind
from macros.derive.tally import GRADES, class_cells, known_cells, usual_grade
from macros.model.base import Grade
from macros.model.equipment import Question
from macros.model.priority import Priority
from macros.present.book import Book
from macros.present.scores import ScoreView, score_view


class Finding(NamedTuple):
    """A finding in a sentence, the page it rests on with the words of the link, and its usual confidence, if any."""

    id: str
    text: str
    page: str
    link: str
    grade: Grade | None


def findings(book: Book) -> Sequence[Finding]:
    """The findings as sentences, each computed, with its usual confidence and a link to what it rests on."""
    makers = (_leading_and_lagging, _components_finding, _movement_finding, _unknown_finding, _claims_finding)
    questions = book.landscape.questions
    by_question = [_of_question(book, question)._replace(id=f"finding-{question.id}") for question in questions]
    return [*by_question, *(found for make in makers if (found := make(book)))]


def _finding(book: Book, phrase: str, page: str, cells: list[Cell], **values: object) -> Finding:
    return Finding(
        id=phrase,
        text=book.wording.word(phrase, **values),
        page=page,
        link=book.wording.word(f"{phrase}-link"),
        grade=usual_grade(book.results, cells) if cells else None,
    )


def _of_question(book: Book, question: Question) -> Finding:
    """Which classes are furthest behind on a question, and at what level."""
    land, edition = book.landscape, book.landscape.current.id
    cells = [cell for cell in known_cells(book.results, edition) if cell[1] in question.dimensions]
    if not cells:
        asked = answer(book.results, question, edition).index.of
        return _finding(book, "finding-question-open", "measurement", [], question=question.name, of=asked)
    furthest = furthest_behind(book.results, cells)
    if not furthest:
        return _finding(book, "finding-question-level", "gap", cells, question=question.name)
    return _finding(
        book, "finding-question", "gap", cells,
        question=question.name, level=land.levels[land.cells[furthest[0]].level].name,
        classes=book.wording.row([book.title("equipment", owner) for owner in dict.fromkeys(cell[0] for cell in furthest)]),
    )  # fmt: skip


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


def _components_finding(book: Book) -> Finding | None:
    """How far components and everything else are behind, question by question where both are known."""
    land, edition = book.landscape, book.landscape.current.id
    parts = [name for name, record in land.equipment.items() if record.kind == "component"]
    others = [name for name in land.equipment if name not in parts]
    pairs, behind = [], 0
    for question in land.questions:
        of_parts, of_others = (answer(book.results, question, edition, owners).index for owners in (parts, others))
        if of_parts.known and of_others.known:
            values = {"parts": _index(book, of_parts), "others": _index(book, of_others)}
            pairs.append(book.wording.word("finding-components-part", question=question.short, **values))
            behind += (of_parts.value or 0) > (of_others.value or 0)
    if not pairs:
        return None
    cells = [cell for cell in known_cells(book.results, edition) if cell[0] in parts]
    joined = book.wording.mark("; ").join(pairs)
    return _finding(book, "finding-components", "gap", cells, behind=behind, of=len(pairs), pairs=joined)


def _movement_finding(book: Book) -> Finding | None:
    """How the points known then and now moved, question by question."""
    land, results = book.landscape, book.results
    ends = {
        pair: [results.severity(*pair, edition.id) or 0 for edition in (land.baseline, land.current)]
        for pair in _both(book)
    }
    if not ends or land.baseline == land.current:
        return None
    parts = [
        book.wording.word("finding-moved-part", question=question.short, toward=_net_direction(found), both=len(found))
        for question in land.questions
        if (found := [steps for pair, steps in ends.items() if pair[1] in question.dimensions])
    ]
    against = sum(now > before for before, now in ends.values())
    return _finding(
        book,
        "finding-moved",
        "gap",
        [(*pair, land.current.id) for pair in ends],
        both=len(ends),
        toward=_net_direction(ends.values()),
        parts=book.wording.row(parts),
        same=sum(now == before for before, now in ends.values()),
        against=book.wording.number(against) if against else book.wording.word("zero"),
        edition=land.baseline.id,
    )


def _net_direction(ends: Iterable[Sequence[int]]) -> int:
    return sum(now < before for before, now in ends)


def _both(book: Book) -> list[tuple[str, str]]:
    land = book.landscape
    pairs = [pair for pair in book.results.movement if pair[0] in land.equipment]
    return [
        pair
        for pair in pairs
        if all(book.results.severity(*pair, e.id) is not None for e in (land.baseline, land.current))
    ]


def _unknown_finding(book: Book) -> Finding | None:
    """The dimension in which most classes are recorded as unknown."""
    land, edition = book.landscape, book.landscape.current.id
    cells = class_cells(book.results, edition)
    unknown = Counter(cell[1] for cell in cells if book.results.severity(*cell) is None)
    if not unknown:
        return None
    dimension, count = max(unknown.items(), key=lambda pair: (pair[1], pair[0]))
    return _finding(
        book, "finding-unknown", "measurement", [],
        dimension=land.dimensions[dimension].name, count=count, classes=len(land.equipment),
    )  # fmt: skip


def _claims_finding(book: Book) -> Finding | None:
    land = book.landscape
    now = Counter(
        land.verdicts[v.verdict].tone for c in land.claims.values() for v in c.verdicts if v.edition == land.current.id
    )
    if not land.claims:
        return None
    return _finding(
        book, "finding-claims", "claims", [],
        claims=len(land.claims), good=now["good"], mixed=now["mixed"], bad=now["bad"], open=now["open"], edition=land.baseline.id,
    )  # fmt: skip


def _index(book: Book, found: GapIndex) -> str:
    return book.wording.number(found.value or 0.0, 1)


def top_priorities(book: Book) -> Sequence[tuple[Priority, ScoreView]]:
    """The first priorities by the first preset, with score, interval and reach."""
    land = book.landscape
    first = book.results.ranked[: land.method.top]
    return [(land.priorities[scored.priority], score_view(scored)) for scored in first]


class CertaintySummary(NamedTuple):
    """The questions with what is known of each; the bases and grades in their order."""

    rows: Sequence[tuple[Question, Answer]]
    bases: Sequence[str]
    grades: Sequence[Grade]
    recorded: int
    asked: int


def certainty_summary(book: Book) -> CertaintySummary:
    """How many points are known, on what basis and with what confidence, question by question."""
    land, results = book.landscape, book.results
    return CertaintySummary(
        rows=[(question, answer(results, question, land.current.id)) for question in land.questions],
        bases=BASES,
        grades=GRADES,
        recorded=len(class_cells(results, land.current.id)),
        asked=len(land.equipment) * len(land.class_dimensions),
    )
