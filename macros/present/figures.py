"""Figures of the data: series and benchmarks as charts, with title, description, numbers and sources in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from macros.charts.columns import Slot, columns_drawing
from macros.charts.dumbbell import End, dumbbell_drawing
from macros.charts.figure import Figure, Key, Table
from macros.charts.rows import Axis, Part, Row, rows_drawing
from macros.charts.theme import NARROW, Drawing, filling
from macros.derive.axis import ticks
from macros.derive.gap import bounds
from macros.model.base import Number, Range
from macros.model.context import Series
from macros.model.equipment import Benchmark
from macros.present.book import Book
from macros.present.parts import ListPart
from macros.present.references import Piece

SERIES_FIELDS = (
    "series", "title", "unit", "year", "label", "entity", "origin", "bound", "low", "high",
    "forecast", "goal", "derived", "partial", "facts", "sources",
)  # fmt: skip
BENCHMARK_FIELDS = (
    "benchmark", "metric", "unit", "better", "edition", "comparable", "origin", "entity", "year", "mode", "low", "high", "facts", "sources",
)  # fmt: skip
# Length of the open end drawn beyond a lower bound, as a share of the axis.
_OPEN_END = 0.04


def series_figure(book: Book, series: Series, view: dict[str, Any]) -> Figure:
    """Return a series as a chart: columns for a run of years whose values fit, else rows."""
    return Figure(
        id=series.id,
        title=series.title,
        subtitle=book.wording.word("series-unit", unit=series.unit),
        description=_series_in_words(book, view),
        drawings=(_columns(book, view) or _rows(book, view),) if view["points"] else (),
        table=Table(SERIES_FIELDS, tuple(_series_row(series, point) for point in view["points"])),
        keys=(
            *(_key(book, key) for key in view["keys"]),
            *(Key(item["text"], sign=item["sign"]) for item in view["signs"]),
        ),
        notes=(plain(view["caveat"]), _basis(book, series, view)),
        foot=_foot(book, view),
        home=f"{book.address('equipment', series.equipment)}#{series.id}",
        sources=linked_sources(book, view["sources"]),
    )


def plain(caveat: Iterable[Piece]) -> str:
    """Return a text in pieces without its links."""
    return "".join(piece.text for piece in caveat)


def _series_in_words(book: Book, view: dict[str, Any]) -> str:
    said = []
    for point in view["points"]:
        name = ", ".join([point["main"], *point["details"]])
        said.append(book.wording.word("chart-point", what=name, value=point["in_full"]))
    return "; ".join(said) + "." if said else book.wording.word("none-recorded")


def labelled(book: Book, axis: tuple[float, float]) -> tuple[tuple[float, str], ...]:
    """Return the ticks of an axis with their labels."""
    return tuple((value, book.wording.number(value)) for value in ticks(axis))


def _columns(book: Book, view: dict[str, Any]) -> Drawing | None:
    if not view["is_columns"]:
        return None
    slots = []
    for slot in view["slots"]:
        point, year = slot["point"], book.wording.plain_year(slot["year"])
        slots.append(
            Slot(year, point["partial"] or "", _column_value(book, point), _parts(point, view["axis"]))
            if point
            else Slot(year)
        )
    return columns_drawing(NARROW, slots, view["axis"], labelled(book, view["axis"]), view["unit"])


def _column_value(book: Book, point: dict[str, Any]) -> str:
    signs = [book.wording.name("point-signs", mark) for mark in point["marks"]]
    return " ".join([*_sign(book, point), point["number"], *signs])


def _sign(book: Book, point: dict[str, Any]) -> list[str]:
    return [book.wording.name("bound-signs", point["bound"])] if point["bound"] else []


def _rows(book: Book, view: dict[str, Any]) -> Drawing:
    rows = [
        Row(
            name=", ".join([point["main"], *point["details"]]),
            value=" ".join([*_sign(book, point), point["value"]]),
            parts=_parts(point, view["axis"]),
        )
        for point in view["points"]
    ]
    return rows_drawing(NARROW, rows, Axis(view["axis"], labelled(book, view["axis"]), view["unit"]))


def _parts(point: dict[str, Any], axis: tuple[float, float]) -> tuple[Part, ...]:
    """Return the bar of a point: from zero to its value, or from end to end of its range; open beyond a lower bound."""
    low, high = bar(point["amount"])
    found = [Part.of(low, high, point["tone"], point["style"])]
    if point["is_open"]:
        found.append(Part.of(high, min(axis[1], high + (axis[1] - axis[0]) * _OPEN_END), point["tone"], "range"))
    return tuple(found)


def bar(value: Number | Range) -> tuple[Number, Number]:
    """Return where a bar starts and ends: at zero and the value, or at the ends of a range."""
    return value if isinstance(value, tuple) else (min(0, value), max(0, value))


def _key(book: Book, key: dict[str, str]) -> Key:
    return Key(book.wording.word(f"series-key-{key['key']}"), **filling(key["tone"], key["style"]))


def _series_row(series: Series, point: dict[str, Any]) -> tuple[Any, ...]:
    low, high = bounds(point["amount"])
    fields = (point[name] for name in ("year", "label", "entity", "origin", "bound"))
    marks = (mark in point["marks"] for mark in ("forecast", "goal", "derived"))
    said = [fact["id"] for fact in point["facts"]], cited(point["cited"])
    return (series.id, series.title, series.unit, *fields, low, high, *marks, point["partial"], *said)


def cited(sources: Iterable[dict[str, Any]]) -> list[str]:
    """Return sources as a file names them."""
    return [f"{source['publisher']}, {source['year']}" for source in sources]


def _basis(book: Book, series: Series, view: dict[str, Any]) -> str:
    return " ".join(
        [book.wording.word("series-basis", basis=series.basis), *([view["share"]] if view["share"] else [])]
    )


def _foot(book: Book, view: dict[str, Any]) -> tuple[str, ...]:
    return (*([sources_line(book, view["sources"])] if view["sources"] else []), credit(book))


def sources_line(book: Book, sources: Sequence[dict[str, Any]]) -> str:
    """Return the sources of a figure in one line of words."""
    return f"{book.wording.word('series-sources', n=len(sources))} {'; '.join(cited(sources))}"


def linked_sources(book: Book, sources: Sequence[dict[str, Any]]) -> tuple[tuple[str, str], ...]:
    """Return the sources of a figure as a file names them, each with its place within the site."""
    addresses = (book.address("source", source["source"]) for source in sources)
    return tuple(zip(cited(sources), addresses, strict=True))


def own_sources(book: Book) -> tuple[tuple[str, str], ...]:
    """Return what a figure rests on that the report has worked out itself."""
    facts = len(book.landscape.facts)
    return ((book.wording.word("embed-own", n=facts), book.address("page", "evidence")),)


def part_of_chart(book: Book, title: str, part: ListPart) -> str:
    """Return the title of a chart that shows a part of a long list; of the first part it is that of the whole."""
    return title if part.is_first else book.wording.word("part-title", title=title, part=part.number, total=part.total)


def credit(book: Book) -> str:
    """Return who made a figure, when, and under which licence: a file must say so by itself."""
    land = book.landscape
    return book.wording.word(
        "chart-credit", report=land.report.title, edition=land.current.id, licence=land.report.data_licence.name
    )


def benchmark_figure(book: Book, benchmark: Benchmark, view: dict[str, Any]) -> Figure:
    """Return a benchmark as a dumbbell on an axis from zero."""
    axis = Axis(view["axis"], labelled(book, view["axis"]), benchmark.unit)
    ends = [
        End(book.wording.name("origins", side["origin"]), side["origin"], side["figure"], *bounds(side["value"]))
        for side in view["sides"]
    ]
    better = book.wording.word(f"better-{benchmark.better}")
    return Figure(
        id=f"benchmark-{benchmark.id}",
        title=view["metric"],
        subtitle=f"{benchmark.unit}, {better}, {book.wording.word('bench-edition', edition=benchmark.edition)}",
        description=_benchmark_in_words(book, view, better),
        drawings=(dumbbell_drawing(NARROW, (ends[0], ends[1]), axis, view["is_partly"]),),
        table=Table(BENCHMARK_FIELDS, tuple(_benchmark_row(benchmark, side) for side in view["sides"])),
        notes=tuple(_benchmark_notes(book, benchmark, view)),
        foot=_foot(book, view),
        home=f"{_home(book, benchmark, view)}#{benchmark.id}",
        sources=linked_sources(book, view["sources"]),
    )


def _home(book: Book, benchmark: Benchmark, view: dict[str, Any]) -> str:
    """Return the page that shows a benchmark: that of its class, or of its dimension where it is the industry's."""
    owner = view["owner"]
    return book.address("equipment", owner) if owner else book.address("dimension", benchmark.dimension)


def _benchmark_in_words(book: Book, view: dict[str, Any], better: str) -> str:
    word, name = book.wording.word, book.wording.name
    sides = [
        word("chart-side", side=name("origins", side["origin"]), value=side["figure"], entity=side["entity"])
        for side in view["sides"]
    ]
    gap = (
        word("bench-partly")
        if view["is_partly"]
        else f"{view['gap']} {word('bench-gap')}"
        if view["gap"]
        else word("bench-no-ratio")
    )
    return "; ".join([*sides, better, gap]) + "."


def _benchmark_row(benchmark: Benchmark, side: dict[str, Any]) -> tuple[Any, ...]:
    shared = (benchmark.id, benchmark.metric, benchmark.unit, benchmark.better, benchmark.edition, benchmark.comparable)
    own = (side["origin"], side["entity"], side["year"], side["mode"], *bounds(side["value"]))
    return (*shared, *own, [fact["id"] for fact in side["facts"]], cited(side["sources"]))


def _benchmark_notes(book: Book, benchmark: Benchmark, view: dict[str, Any]) -> Iterable[str]:
    year = book.wording.plain_year
    for side in view["sides"]:
        who = ", ".join(str(part) for part in (side["entity"], side["mode"], year(side["year"])) if part)
        yield book.wording.word(
            "chart-side", side=book.wording.name("origins", side["origin"]), value=side["figure"], entity=who
        )
    if ("benchmark", benchmark.id) in book.landscape.internal:
        yield book.wording.word("internal-record")
    if view["is_partly"]:
        yield f"{book.wording.word('bench-partly')}, {book.wording.word('bench-no-gap')}"
    if view["caveat"]:
        yield plain(view["caveat"])
