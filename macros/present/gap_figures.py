"""Figures of the gap: classes by index, and levels that moved between the editions."""

from __future__ import annotations

from collections import Counter
from typing import Any

from macros.charts.figure import Figure, Key, Table
from macros.charts.rows import Axis, Part, Row, rows_drawing
from macros.charts.theme import NARROW, PAPER, TONES, WIDE
from macros.present.book import Book
from macros.present.figures import credit, own_sources, part_of_chart
from macros.present.parts import WHOLE, ListPart

RANKING_FIELDS = ("rank", "equipment", "name", "edition", "gap_index", "coverage", "known", "of")
MOVEMENT_FIELDS = (
    "equipment", "name", "dimension", "movement", "edition_before", "level_before", "severity_before", "edition_now", "level_now", "severity_now",
    "confidence",
)  # fmt: skip


def level_axis(book: Book) -> Axis:
    """Return the axis of severities, with the levels named above it."""
    steps = sorted(
        (level.severity, level.name) for level in book.landscape.levels.values() if level.severity is not None
    )
    return Axis((steps[0][0], steps[-1][0]), tuple(steps), on_top=True)


def ranking_figure(book: Book, view: dict[str, Any], part: ListPart = WHOLE) -> Figure:
    """Return the classes by gap index as bars from zero, each leading to its page."""
    word = book.wording.word
    rows = [
        Row(
            name=row["equipment"].name,
            number=str(row["number"]),
            value=row["value"],
            note=word("known-of", known=row["known"], of=row["of"]),
            link=book.address("equipment", row["equipment"].id),
            parts=(Part.of(*sorted((0, row["index"])), row["side"], "solid"),),
        )
        for row in view["rows"]
    ]
    shown = [*view["rows"], *view["unranked"]]
    return Figure(
        id=part.named("gap-ranking"),
        title=part_of_chart(book, word("chart-ranking-title"), part),
        subtitle=word("chart-ranking-unit", edition=view["edition"]),
        description=_ranking_in_words(book, view),
        drawings=tuple(rows_drawing(width, rows, level_axis(book)) for width in (WIDE, NARROW)) if rows else (),
        table=Table(RANKING_FIELDS, tuple(_ranked(row, view["edition"]) for row in shown)),
        keys=_sides(book),
        notes=(word("ranking-foot", edition=view["edition"], share=book.wording.percent(view["minimum"])),),
        foot=(credit(book),),
        home=f"{book.address('page', part.named('gap'))}#{part.named('gap-ranking')}",
        sources=own_sources(book),
    )


def _sides(book: Book) -> tuple[Key, ...]:
    return tuple(Key(book.wording.word(f"chart-leads-{side}"), TONES[side]) for side in ("imported", "domestic"))


def _ranking_in_words(book: Book, view: dict[str, Any]) -> str:
    if not view["rows"]:
        return book.wording.word("not-enough-evidence")
    first, last = view["rows"][0], view["rows"][-1]
    ends = {
        "first": first["equipment"].name,
        "high": first["value"],
        "last": last["equipment"].name,
        "low": last["value"],
    }
    return book.wording.word("chart-ranking", n=len(view["rows"]), **ends)


def _ranked(row: dict[str, Any], edition: str) -> tuple[Any, ...]:
    index = row.get("index")
    shown = None if index is None else round(float(index), 3)
    own = (row["equipment"].id, row["equipment"].name, edition)
    return (row.get("number"), *own, shown, round(float(row["coverage"]), 3), row["known"], row["of"])


def movement_figure(book: Book, view: dict[str, Any], part: ListPart = WHOLE) -> Figure:
    """Return the levels that moved as rings and dots on the axis of severities, each leading to its reason."""
    word = book.wording.word
    editions = {"before": view["before"], "now": view["now"]}
    rows = [_moved(book, row) for row in view["rows"]]
    return Figure(
        id=part.named("movement"),
        title=part_of_chart(book, word("chart-movement-title", **editions), part),
        subtitle=word("chart-movement-unit", **editions),
        description=_movement_in_words(book, view, editions),
        drawings=tuple(rows_drawing(width, rows, level_axis(book)) for width in (WIDE, NARROW)) if rows else (),
        table=Table(MOVEMENT_FIELDS, tuple(_movement(row, view) for row in view["rows"])),
        notes=(word("movement-foot", **editions),),
        foot=(credit(book),),
        home=f"{book.address('page', part.named('gap'))}#movement-chart",
        sources=own_sources(book),
    )


def _moved(book: Book, row: dict[str, Any]) -> Row:
    before, now = row["steps"]
    tone = TONES["domestic" if now < before else "imported"]
    levels = " → ".join(level.sign for level in row["levels"])
    return Row(
        name=f"{row['equipment'].name}: {row['dimension'].name}",
        value=f"{levels} {book.wording.name('movements', row['kind'])}",
        link=f"{book.address('equipment', row['equipment'].id)}#{row['dimension'].id}",
        span=(min(before, now), max(before, now)),
        points=((before, PAPER), (now, tone)),
    )


def _movement_in_words(book: Book, view: dict[str, Any], editions: dict[str, str]) -> str:
    if not view["rows"]:
        return book.wording.word("nothing-moved")
    kinds = Counter(row["kind"] for row in view["rows"])
    counts = ", ".join(
        book.wording.word("chart-counted", what=book.wording.name("movements", kind), n=n)
        for kind, n in kinds.most_common()
    )
    return book.wording.word("chart-movement", n=len(view["rows"]), counts=counts, **editions)


def _movement(row: dict[str, Any], view: dict[str, Any]) -> tuple[Any, ...]:
    (was, now), steps = row["levels"], row["steps"]
    own = (row["equipment"].id, row["equipment"].name, row["dimension"].id, row["kind"])
    return (*own, view["before"], was.id, steps[0], view["now"], now.id, steps[1], row["grade"])
