"""Inline macros: figures and links within sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, get_args

from macros.derive import tally
from macros.derive.gap import measured_gap
from macros.load.landscape import INDUSTRY
from macros.model.base import Grade, Origin
from macros.model.evidence import Fact
from macros.model.method import Level
from macros.model.translated import source_of
from macros.present.book import Book, UnknownRecord
from macros.present.counted import RecordCounts, counted_records
from macros.present.references import weak_ground
from macros.problems import suggest


def count(book: Book, kind: str, /, **where: object) -> str:
    """The number of records of a kind whose fields have the values asked for."""
    return book.wording.number(_count(book, kind, where))


def words_count(book: Book, kind: str, /, **where: object) -> str:
    """The same number, as a word when it is ten or less."""
    number = _count(book, kind, where)
    return book.wording.word(_SMALL[number]) if number < len(_SMALL) else book.wording.number(number)


_SMALL = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


class LinkedFigure(NamedTuple):
    """A figure with bound and unit, linked to the record that it is from."""

    kind: str
    name: str
    text: str
    statement: str


def figure(book: Book, name: str) -> LinkedFigure:
    """The figure of a fact with bound and unit, linked to the fact."""
    fact = book.get("fact", name)
    if fact.value is None:
        raise UnknownRecord(f'fact "{name}" has no figure; cite it with cite("{name}")')
    return LinkedFigure(
        kind="fact",
        name=fact.id,
        text=book.wording.figure(fact.value, fact.unit, fact.bound),
        statement=fact.statement,
    )


class GroundedFigure(NamedTuple):
    """A figure with what it stands on: grade of the source, how surely it says so, and what makes its ground weak."""

    figure: LinkedFigure
    reliability: str
    grade: Grade
    marks: Sequence[str]


def grounded(book: Book, name: str) -> GroundedFigure:
    """The figure of a fact, linked, and in brackets how sure it is and what makes it weak."""
    fact = book.get("fact", name)
    source = book.landscape.sources[fact.source]
    return GroundedFigure(figure(book, name), source.reliability, fact.confidence, weak_ground(book.landscape, fact))


def cite(book: Book, *names: str) -> Sequence[Fact]:
    """Superscript links to facts."""
    return [book.get("fact", name) for name in names]


def dated(book: Book, name: str) -> str:
    """The year a fact is from."""
    year = book.landscape.years[book.get("fact", name).id]
    if year is None:
        raise UnknownRecord(f'fact "{name}" has no year, and neither has its source; say in words what is known of it')
    return book.wording.plain_year(year)


class LinkedLevel(NamedTuple):
    """A level, linked to the assessment."""

    level: Level
    equipment: str
    dimension: str


def level(book: Book, equipment: str, dimension: str, edition: str | None = None) -> LinkedLevel:
    """The level word of a class in a dimension, coloured, with its sign."""
    land = book.landscape
    edition = _edition_id(book, edition or "current")
    assessment = land.cells.get((equipment, dimension, edition))
    if assessment is None:
        known = [f"{d} {e}" for owner, d, e in land.cells if owner == equipment]
        raise UnknownRecord(
            f'no assessment of "{equipment}" in "{dimension}" for {edition}; there are {", ".join(known) or "none"}'
        )
    return LinkedLevel(land.levels[assessment.level], equipment, dimension)


def index(book: Book, name: str, edition: str | None = None) -> str:
    """The gap index of a class with one decimal, or the words for not enough evidence."""
    equipment = book.get("equipment", name)
    value = book.results.class_index[equipment.id, _edition_id(book, edition or "current")].shown
    return book.wording.word("not-enough-evidence") if value is None else book.wording.number(value, 1)


class Link(NamedTuple):
    """A link to a record or page, with its words."""

    kind: str
    name: str
    text: str


def link(book: Book, kind: str, name: str, text: str | None = None) -> Link:
    """A link to a record or page."""
    book.address(kind, name)
    if kind == "page" and text is None:
        raise UnknownRecord(f'link("page", "{name}") has no text; write link("page", "{name}", "text to show")')
    return Link(kind, name, text or book.title(kind, name))


def edition(book: Book, role: str, date: bool = False) -> str:
    """The name of the baseline or current edition, or its date."""
    found = book.landscape.editions[_edition_id(book, role)]
    return book.wording.date(found.date) if date else found.id


def movement_base(book: Book) -> str:
    """How many points could have moved since the baseline, in a sentence: what a statement that nothing moved is worth."""
    land, word = book.landscape, book.wording.word
    found = tally.movement_base(book.results, land.class_dimensions)
    return word("movement-base", edition=land.baseline.id, known=found.known, lost=found.lost, led=found.led)


def note(book: Book, name: str) -> str:
    """The text of a note on the evidence, such as how a thing was searched for."""
    return str(book.get("note", name).text)


# Numbers of method.yml that readers see as percentages.
_SHARES = ("coverage_minimum", "ranking.interval", "ranking.firm", "ranking.depends")


def method(book: Book, path: str) -> str:
    """A number of method.yml by its dotted path."""
    value: Any = book.landscape.method.model_dump()
    for key in path.split("."):
        known = value if isinstance(value, dict) else {}
        if key not in known:
            raise UnknownRecord(f'no "{path}" in data/method.yml; {suggest(key, known)}')
        value = known[key]
    if path in _SHARES:
        return book.wording.percent(value)
    return book.wording.number(value) if isinstance(value, (int, float)) else str(value)


def benchmark(book: Book, name: str) -> str:
    """The measured gap of a benchmark in words."""
    benchmarks = book.landscape.benchmarks
    if ("benchmark", name) in book.landscape.hidden:
        raise UnknownRecord(f'benchmark "{name}" is internal, so no page for the public can name it')
    if name not in benchmarks:
        raise UnknownRecord(f'no benchmark "{name}"; {suggest(name, benchmarks)}')
    if benchmarks[name][1].comparable != "yes":
        raise UnknownRecord(
            f'benchmark "{name}" is only partly comparable, so no gap is computed from it; say it in words'
        )
    return book.wording.word("times", ratio=book.wording.multiple(*measured_gap(benchmarks[name][1])))


def supplier_figure(book: Book, name: str, metric: str, year: int | None = None) -> LinkedFigure:
    """A figure of a company with its unit, linked to the company."""
    company = book.get("supplier", name)
    figures = [found for found in company.figures if found.metric == metric and year in (None, found.year)]
    found = _only(figures, f'figure "{metric}" of "{name}"', year)
    return LinkedFigure(
        kind="supplier",
        name=name,
        text=book.wording.figure(found.value, found.unit, found.bound),
        statement=f"{company.name}{book.wording.mark(': ')}{metric}",
    )


def series_value(book: Book, name: str, year: int | None = None, label: str | None = None) -> LinkedFigure:
    """A value of a series with its unit, linked to the series."""
    series = book.get("series", name)
    points = [p for p in series.points if year in (None, p.year) and label in (None, source_of(p.label))]
    found = _only(points, f'point of series "{name}"', label or year)
    return LinkedFigure(
        kind="series",
        name=name,
        text=book.wording.figure(found.value, series.unit, found.bound),
        statement=series.title,
    )


def _only(found: list[Any], what: str, asked: object) -> Any:
    """Return the only record found. Raises UnknownRecord for several, since a sentence must not pick one by chance."""
    if not found:
        raise UnknownRecord(f"no {what}{f' for {asked}' if asked else ''}; name one that its record has")
    if len(found) > 1:
        raise UnknownRecord(f"there is more than one {what}; add the year of the one that is meant")
    return found[0]


def rank(book: Book, name: str) -> str:
    """The rank of a priority by the first preset."""
    priority = book.get("priority", name)
    return str(book.results.scores[book.landscape.preset.id, priority.id].rank)


def _edition_id(book: Book, name: str) -> str:
    land = book.landscape
    editions = {"baseline": land.baseline.id, "current": land.current.id, **{name: name for name in land.editions}}
    if name not in editions:
        raise UnknownRecord(f'no edition "{name}"; {suggest(name, editions)}')
    return editions[name]


def _count(book: Book, kind: str, where: dict[str, Any]) -> int:
    return _record_counts(book, kind).count(_wanted_by_field(book, kind, where))


def _record_counts(book: Book, kind: str) -> RecordCounts:
    try:
        return book.once(counted_records, kind)
    except LookupError as error:
        raise UnknownRecord(str(error)) from error


def _wanted_by_field(book: Book, kind: str, where: dict[str, Any]) -> dict[str, list[Any]]:
    """Return for each field the values asked for. Raises UnknownRecord for a field or value that there is not."""
    records = _record_counts(book, kind)
    for field in where:
        if records.rows and field not in records.fields:
            raise UnknownRecord(f'{kind} have no "{field}"; {suggest(field, records.fields)}')
    return {field: _wanted_values(book, field, value, records) for field, value in where.items()}


def _wanted_values(book: Book, field: str, value: Any, records: RecordCounts) -> list[Any]:
    """Return the values asked for as a list, editions by id. Raises UnknownRecord for one that no record could have."""
    values = list(value) if isinstance(value, (list, tuple)) else [value]
    if field == "edition":
        return [_edition_id(book, name) for name in values]
    land = book.landscape
    possible: Mapping[str, Sequence[Any] | Mapping[str, Any]] = {
        "level": land.levels, "dimension": land.dimensions, "equipment": (*land.equipment, INDUSTRY),
        "confidence": get_args(Grade), "origin": get_args(Origin), "basis": ("measured", "judged", "inferred"), "known": (True, False),
        "horizon": [horizon.id for horizon in land.method.horizons], "stage": land.stages,
    }  # fmt: skip
    words = (
        [verdict.id for verdict in land.method.verdicts]
        if field.startswith("verdict_")
        else list(possible.get(field, ()))
    )
    for name in values:
        if name not in words and name not in records.plain_values(field):
            known = {*records.plain_values(field), *words}
            raise UnknownRecord(f'no {field} "{name}"; {suggest(name, [word for word in known if word is not None])}')
    return values
