"""Figures of the priorities: scores with their intervals, and gaps against feasibility."""

from __future__ import annotations

from collections.abc import Sequence

from macros.charts.figure import Figure, Key, Table
from macros.charts.rows import Axis, Part, Row, rows_drawing
from macros.charts.scatter import Dot, Lane, scatter_drawing
from macros.charts.theme import INK, NARROW, PAPER, RULE_DARK, WIDE, hatch
from macros.derive.priority import Scored
from macros.derive.priority import severity as severity_of
from macros.model.priority import Priority
from macros.present.book import Book
from macros.present.figures import credit, own_sources, part_of_chart
from macros.present.pagination import ListPart
from macros.present.scores import POINTS, middle, points, shade

SCORE_FIELDS = (
    "rank", "priority", "title", "preset", "score", "low", "high", "rank_low", "rank_high", "top_share",
)  # fmt: skip
MAP_FIELDS = ("rank", "priority", "title", "severity", "feasibility")
_UNKNOWN_FILL = hatch("unknown")


def scores_figure(book: Book, ranking: Sequence[Scored]) -> Figure:
    """Return the scores under the first preset as stacked bars, with the interval that unknown criteria leave."""
    method, word = book.landscape.method, book.wording.word
    preset = book.landscape.preset
    ticks = tuple((value, book.wording.number(value)) for value in range(0, POINTS + 1, POINTS // 5))
    keys = [Key(criterion.name, f"var(--c{shade(at)})") for at, criterion in enumerate(method.criteria, start=1)]
    return Figure(
        id="priority-scores",
        title=word("chart-scores-title", preset=preset.name),
        subtitle=word("chart-scores-unit"),
        description=_scores_in_words(book, ranking),
        drawings=tuple(
            rows_drawing(
                width,
                [_score_row(book, scored) for scored in ranking],
                Axis((0, POINTS), ticks, word("chart-scores-axis")),
            )
            for width in (WIDE, NARROW)
        ),
        table=_score_table(book, ranking, preset.id),
        keys=(*keys, Key(word("prio-unknown-half"), _UNKNOWN_FILL, stroke=RULE_DARK)),
        notes=(
            word(
                "prio-ranking-foot",
                preset=preset.name,
                view=preset.view,
                share=book.wording.percent(method.ranking.interval),
            ),
        ),
        foot=(credit(book),),
        home=f"{book.page_address('priorities')}#prios",
        sources=own_sources(book),
    )


def _score_row(book: Book, scored: Scored) -> Row:
    parts, end = [], 0.0
    for at, item in enumerate(scored.contributions, start=1):
        fill, stroke = (f"var(--c{shade(at)})", PAPER) if item.value is not None else (_UNKNOWN_FILL, RULE_DARK)
        parts.append(Part(round(end * POINTS, 3), round((end + item.middle) * POINTS, 3), fill, stroke=stroke))
        end += item.middle
    low, high = points(scored.low), points(scored.high)
    return Row(
        name=book.title("priority", scored.priority),
        number=str(scored.rank),
        value=str(points(scored.score)),
        note=f"{low}–{high}",
        parts=tuple(parts),
        span=(scored.low * POINTS, scored.high * POINTS),
        points=((scored.score * POINTS, INK),),
    )


def _scores_in_words(book: Book, ranking: Sequence[Scored]) -> str:
    if not ranking:
        return book.wording.word("none-recorded")
    first, last = ranking[0], ranking[-1]
    return book.wording.word(
        "chart-scores", n=len(ranking), first=book.title("priority", first.priority), high=points(first.score),
        last=book.title("priority", last.priority), low=points(last.score),
    )  # fmt: skip


def _score_table(book: Book, ranking: Sequence[Scored], preset: str) -> Table:
    criteria = [criterion.id for criterion in book.landscape.method.criteria]
    found = book.results.acceptability[preset]

    def row(scored: Scored) -> tuple[object, ...]:
        name = scored.priority
        spread = (found.rank_low[name], found.rank_high[name], round(found.top_share[name], 3))
        shares = (scored.score, scored.low, scored.high)
        added = (None if item.value is None else round(item.middle * POINTS, 2) for item in scored.contributions)
        return (
            scored.rank,
            name,
            book.title("priority", name),
            preset,
            *(round(share * POINTS, 2) for share in shares),
            *spread,
            *added,
        )

    return Table((*SCORE_FIELDS, *criteria), tuple(row(scored) for scored in ranking))


def map_figure(book: Book, ranks: Sequence[tuple[Priority, int]], part: ListPart) -> Figure:
    """Return the priorities by feasibility (rows, best on top) and severity of the gaps answered (across)."""
    word = book.wording.word
    rows, steps = map_rows(book, ranks), tuple(_levels(book))
    across = Axis((0, steps[-1][0]), steps, word("chart-map-across"))
    unknown = book.landscape.levels[book.landscape.method.unknown].name
    return Figure(
        id=part.named("gap-feasibility"),
        title=part_of_chart(book, word("prio-map-title"), part),
        subtitle=word("prio-map-axes"),
        description=book.wording.mark(" ").join(_row_in_words(book, row) for row in rows),
        drawings=tuple(scatter_drawing(width, rows, across, unknown, word("chart-map-up")) for width in (WIDE, NARROW)),
        table=Table(
            MAP_FIELDS, tuple((rank, p.id, p.title, severity(book, p), p.feasibility.score) for p, rank in ranks)
        ),
        notes=(book.wording.mark("; ").join(f"{rank} {p.title}" for p, rank in ranks), word("prio-map-foot")),
        foot=(credit(book),),
        home=f"{book.list_address('gap_feasibility_map', part)}#{part.named('gap-feasibility')}",
        sources=own_sources(book),
    )


def severity(book: Book, priority: Priority) -> float | None:
    """Return how severe the gaps are that a priority answers, from 0 to 1; None where none of them is known."""
    value = severity_of(priority, book.results)
    return None if value is None else middle(value)


def map_rows(book: Book, ranks: Sequence[tuple[Priority, int]]) -> list[Lane]:
    """Return the rows of the map: most feasible first, every dot at its severity on the scale of levels."""
    worst = _levels(book)[-1][0]

    def dot(priority: Priority, rank: int) -> Dot:
        share = severity(book, priority)
        value = None if share is None else round(share * worst, 4)
        return Dot(str(rank), priority.title, book.address("priority", priority.id), value)

    scores = sorted({priority.feasibility.score for priority, _ in ranks}, reverse=True)
    return [
        Lane(str(score), tuple(dot(*pair) for pair in ranks if pair[0].feasibility.score == score)) for score in scores
    ]


def _levels(book: Book) -> list[tuple[int, str]]:
    """Return severity and name of the levels that are not ahead, from the mildest."""
    return sorted(
        (level.severity, level.name)
        for level in book.landscape.levels.values()
        if level.severity is not None and level.severity >= 0
    )


def _row_in_words(book: Book, row: Lane) -> str:
    word, number = book.wording.word, book.wording.number
    unknown = word("prio-unknown")
    said = (
        word("chart-map-proposal", rank=dot.number, severity=unknown if dot.value is None else number(dot.value, 1))
        for dot in row.dots
    )
    return word("chart-map", score=row.label, proposals=book.wording.row(said))
