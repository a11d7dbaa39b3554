"""Figures of the gap: classes by index, and levels that moved between the editions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from macros.charts.figure import Figure, Key, Table
from macros.charts.rows import Axis, Part, Row, rows_drawing
from macros.charts.theme import INK, NARROW, PAPER, TONES, WIDE
from macros.derive.gap import GapIndex, Movement
from macros.model.base import Grade
from macros.model.equipment import Dimension, EquipmentClass
from macros.model.method import Level
from macros.present.book import Book
from macros.present.figures import credit, own_sources, part_of_chart
from macros.present.pagination import ListPart
from macros.present.questions import QuestionIndex

RANKING_FIELDS = ("rank", "equipment", "name", "edition", "gap_index", "coverage", "known", "of")
MOVEMENT_FIELDS = (
    "equipment", "name", "dimension", "movement", "edition_before", "level_before", "severity_before", "edition_now", "level_now", "severity_now",
    "confidence",
)  # fmt: skip


class IndexedClass(NamedTuple):
    """A class with its index, what it is made of, and its usual confidence; no rank and grade where too little is known."""

    equipment: EquipmentClass
    rank: int | None
    found: GapIndex
    parts: Sequence[QuestionIndex]
    grade: Grade | None


class MovedPoint(NamedTuple):
    """A point whose level moved: both levels and their severities, then and now, and why."""

    equipment: EquipmentClass
    dimension: Dimension
    kind: Movement
    levels: Sequence[Level]
    steps: Sequence[int]
    why: str
    basis: str | None
    grade: Grade


def level_axis(book: Book) -> Axis:
    """Return the axis of severities, with the levels named above it."""
    steps = sorted(
        (level.severity, level.name) for level in book.landscape.levels.values() if level.severity is not None
    )
    return Axis((steps[0][0], steps[-1][0]), tuple(steps), on_top=True)


def ranking_figure(book: Book, rows: Sequence[IndexedClass], part: ListPart) -> Figure:
    """Return the classes by gap index as bars from zero, each leading to its page."""
    word = book.wording.word
    edition, minimum = book.landscape.current.id, book.landscape.method.coverage_minimum
    ranked = [row for row in rows if row.rank]
    bars = [_ranking_bar(book, row) for row in ranked]
    return Figure(
        id=part.named("gap-ranking"),
        title=part_of_chart(book, word("chart-ranking-title"), part),
        subtitle=word("chart-ranking-unit", edition=edition, questions=_questions(book)),
        description=_ranking_in_words(book, ranked),
        drawings=tuple(rows_drawing(width, bars, level_axis(book)) for width in (WIDE, NARROW)) if ranked else (),
        table=Table(
            (*RANKING_FIELDS, *(question.id for question in book.landscape.questions)),
            tuple(_ranking_values(row, edition) for row in rows),
        ),
        keys=_sides(book),
        notes=(word("ranking-foot", edition=edition, share=book.wording.percent(minimum), questions=_questions(book)),),
        foot=(credit(book),),
        home=f"{book.list_address('gap_ranking', part)}#{part.named('gap-ranking')}",
        sources=own_sources(book),
    )


def _ranking_bar(book: Book, row: IndexedClass) -> Row:
    value = float(row.found.shown or 0.0)
    return Row(
        name=row.equipment.name,
        number=str(row.rank),
        value=_index_in_words(book, row),
        note=book.wording.word("parts-of-index", parts=_parts_in_words(book, row.parts)),
        link=book.address("equipment", row.equipment.id),
        parts=(Part.of(min(0, value), max(0, value), "imported" if value > 0 else "domestic", "solid"),),
    )


def _index_in_words(book: Book, row: IndexedClass) -> str:
    return book.wording.number(row.found.shown or 0.0, 1)


def _parts_in_words(book: Book, parts: Sequence[QuestionIndex]) -> str:
    shown = (part.gap_index.shown for part in parts)
    return " / ".join("?" if value is None else book.wording.number(value, 1) for value in shown)


def _questions(book: Book) -> str:
    return " / ".join(question.short for question in book.landscape.questions)


def _sides(book: Book) -> tuple[Key, ...]:
    return tuple(Key(book.wording.word(f"chart-leads-{side}"), TONES[side]) for side in ("imported", "domestic"))


def _ranking_in_words(book: Book, rows: Sequence[IndexedClass]) -> str:
    if not rows:
        return book.wording.word("not-enough-evidence")
    first, last = rows[0], rows[-1]
    ends = {
        "first": first.equipment.name,
        "high": _index_in_words(book, first),
        "last": last.equipment.name,
        "low": _index_in_words(book, last),
    }
    return book.wording.word("chart-ranking", n=len(rows), **ends)


def _ranking_values(row: IndexedClass, edition: str) -> tuple[object, ...]:
    found = row.found
    shown = None if found.shown is None else round(float(found.shown), 3)
    index = (row.rank, row.equipment.id, row.equipment.name, edition, shown)
    return (*index, round(float(found.coverage), 3), found.known, found.of, *(part.steps for part in row.parts))


def movement_figure(
    book: Book, rows: Sequence[MovedPoint], ends: tuple[str, str], suffix: str, part: ListPart
) -> Figure:
    """Return the levels that moved between two editions as rings and dots on the axis of severities, each leading to its reason."""
    word = book.wording.word
    before, now = ends
    editions = {"before": before, "now": now}
    dots = [_movement_row(book, row) for row in rows]
    return Figure(
        id=part.named(f"movement{suffix}"),
        title=part_of_chart(book, word("chart-movement-title", **editions), part),
        subtitle=word("chart-movement-unit", **editions),
        description=_movement_in_words(book, rows, editions),
        drawings=tuple(rows_drawing(width, dots, level_axis(book)) for width in (WIDE, NARROW)) if rows else (),
        table=Table(MOVEMENT_FIELDS, tuple(_movement_values(row, before, now) for row in rows)),
        notes=(word("movement-foot", **editions),),
        foot=(credit(book),),
        home=f"{book.list_address('movement', part)}#movement-chart{suffix}",
        sources=own_sources(book),
    )


def _movement_row(book: Book, row: MovedPoint) -> Row:
    before, now = row.steps
    levels = " → ".join(level.sign for level in row.levels)
    return Row(
        name=f"{row.equipment.name}{book.wording.mark(': ')}{row.dimension.name}",
        value=f"{levels} {book.wording.name('movements', row.kind)}",
        link=f"{book.address('equipment', row.equipment.id)}#{row.dimension.id}",
        span=(min(before, now), max(before, now)),
        points=((before, PAPER), (now, INK)),
    )


def _movement_in_words(book: Book, rows: Sequence[MovedPoint], editions: dict[str, str]) -> str:
    if not rows:
        return book.wording.word("nothing-moved")
    kinds = Counter(row.kind for row in rows)
    counts = book.wording.row(
        book.wording.word("chart-counted", what=book.wording.name("movements", kind), n=n)
        for kind, n in kinds.most_common()
    )
    return book.wording.word("chart-movement", n=len(rows), counts=counts, **editions)


def _movement_values(row: MovedPoint, before: str, now: str) -> tuple[object, ...]:
    was, level = row.levels
    own = (row.equipment.id, row.equipment.name, row.dimension.id, row.kind)
    return (*own, before, was.id, row.steps[0], now, level.id, row.steps[1], row.grade)
