"""Flat tables of every record of the landscape, with computed values, in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from math import isfinite
from operator import itemgetter
from typing import Any

from macros.derive.gap import measured_gap
from macros.derive.questions import BASES, answer
from macros.derive.results import ANY, Results
from macros.load.landscape import INDUSTRY
from macros.model.context import (
    Change,
    Claim,
    Conflict,
    Event,
    Note,
    Point,
    Series,
    Standard,
    Unpublished,
    Verdict,
    WearPart,
)
from macros.model.equipment import (
    Assessment,
    Benchmark,
    Dimension,
    EquipmentClass,
    Metric,
    Question,
    Side,
    Spec,
    Stage,
    ValueShare,
)
from macros.model.evidence import Fact, Share, Source
from macros.model.glossary import Term
from macros.model.method import Level
from macros.model.names import names_text
from macros.model.priority import Feasibility, Priority, Target
from macros.model.supplier import CompanyEvent, CompanyFigure, Makes, Parent, Supplier
from macros.present.book import Book
from macros.present.columns import Computed, DataTable, Fields, Written, data_table


def tables(book: Book) -> dict[str, DataTable]:
    """Return every table that is offered as a file, by name; they are made once."""
    return book.once(_tables)


def _tables(book: Book) -> dict[str, DataTable]:
    made = partial(data_table, book)
    parts = (_classes, _companies, _evidence, _priorities, _frame)
    return {table.name: table for part in parts for table in part(book, made)}


def _columns(**kinds: str) -> list[Computed]:
    """Return the columns of rows that are plain tuples, by name, each with its type."""
    return [Computed(name, kind, itemgetter(at)) for at, (name, kind) in enumerate(kinds.items())]


# Rows of records within others are the id of the owner and the record itself.
_ITEM = itemgetter(1)
OWNER = Computed("equipment", "string", itemgetter(0))


def _classes(book: Book, made: Any) -> Iterator[DataTable]:
    land, results = book.landscape, book.results
    classes = land.equipment.values()
    owners = [(owner, land.assessed(owner)) for owner in (*land.equipment, INDUSTRY)]
    share = Fields(ValueShare, get=lambda row: row.value_share, prefix="value_share_")
    named = Fields(
        EquipmentClass,
        "id name name_local stage kind generation summary typical_failures feeds components evidence",
    )
    yield made("equipment", [named, share], classes, key="id", stage="stages")
    metrics = [(owner.id, metric) for owner in classes for metric in owner.key_metrics]
    yield made(
        "metrics",
        [OWNER, Fields(Metric, get=_ITEM)],
        metrics,
        "equipment id",
        equipment="equipment",
    )
    yield made(
        "assessments", _assessment_parts(results), land.cells, "equipment dimension edition", dimension="dimensions"
    )
    yield made("gap-indices", _INDEX_COLUMNS, _indices(results), "subject_kind subject edition")
    yield made("benchmarks", _benchmark_parts(), land.benchmarks.values(), "id", dimension="dimensions")
    yield made("questions", [Fields(Question)], land.questions, "id")
    yield made(
        "answers", _ANSWER_COLUMNS, _answers(results), "subject_kind subject question edition", question="questions"
    )
    specs = [(owner, spec) for owner, record in owners for spec in record.specs]
    fields = Fields(Spec, get=_ITEM)
    yield made("specs", [OWNER, fields], specs)
    yield made("stages", [Fields(Stage)], land.stages.values(), "id")
    weight = Computed("gap_weight", "number", lambda row: land.method.gap_weights.get(row.id))
    yield made("dimensions", [Fields(Dimension), weight], land.dimensions.values(), "id")
    yield made("levels", [Fields(Level)], land.method.levels, "id")


def _assessment_parts(results: Results) -> list[Any]:
    land = results.landscape
    place = _columns(equipment="string", dimension="string", edition="string")
    record = land.cells.__getitem__
    computed = [
        Computed("severity", "integer", lambda cell: results.severity(*cell)),
        Computed("movement", "string", lambda cell: results.movement[cell[:2]] if cell[2] == land.current.id else None),
        Computed("confidence", "string", lambda cell: results.confidence[cell].grade),
        Computed("support", "number", lambda cell: float(results.confidence[cell].support)),
        Computed("counter_support", "number", lambda cell: float(results.confidence[cell].counter)),
        Computed("publishers", "integer", lambda cell: results.confidence[cell].publishers),
    ]
    cited = Fields(Assessment, "evidence counter_evidence looks_back reason moved_because would_settle", record)
    return [*place, Fields(Assessment, "level basis", record), *computed, cited]


def _indices(results: Results) -> Iterator[tuple[object, ...]]:
    for kind, indices in (("equipment", results.class_index), ("dimension", results.dimension_index)):
        for (subject, edition), index in indices.items():
            yield kind, subject, edition, index.shown, index.coverage, index.known, index.of


_INDEX_COLUMNS = _columns(
    subject_kind="string", subject="string", edition="string", gap_index="number", coverage="number", known="integer", of="integer",
)  # fmt: skip


def _answers(results: Results) -> Iterator[tuple[Any, ...]]:
    """Yield what is known of each question: over all classes, and of each of them."""
    land = results.landscape
    subjects = [("all", "all", None), *(("equipment", owner, (owner,)) for owner in land.equipment)]
    for kind, subject, owners in subjects:
        for question in land.questions:
            for edition in land.report.editions:
                found = answer(results, question, edition.id, owners)
                bases = [found.bases[basis] for basis in BASES]
                counts = (found.index.known, found.index.of, found.led, *bases)
                yield kind, subject, question.id, edition.id, found.index.shown, *counts, found.grade


_ANSWER_COLUMNS = _columns(
    subject_kind="string", subject="string", question="string", edition="string", gap_index="number", known="integer", of="integer",
    level_or_ahead="integer", **dict.fromkeys(BASES, "integer"), confidence="string",
)  # fmt: skip


def _benchmark_parts() -> list[Any]:
    sides = [
        Fields(Side, get=get, prefix=f"{side}_")
        for side, get in (("domestic", lambda row: row[1].domestic), ("imported", lambda row: row[1].imported))
    ]
    gaps = [
        Computed("gap_low", "number", lambda row: benchmark_gap(row[1])[0]),
        Computed("gap_high", "number", lambda row: benchmark_gap(row[1])[1]),
    ]
    head = Fields(Benchmark, "id metric unit better dimension edition", _ITEM)
    return [head, OWNER, *sides, *gaps, Fields(Benchmark, "comparable caveat audience", _ITEM)]


def benchmark_gap(benchmark: Benchmark) -> tuple[float | None, float | None]:
    """Return the measured gap; None for an end without bound, and for both where the sides compare only partly."""
    if benchmark.comparable != "yes":
        return None, None
    low, high = measured_gap(benchmark)
    return (low if isfinite(low) else None), (high if isfinite(high) else None)


def _companies(book: Book, made: Any) -> Iterator[DataTable]:
    land = book.landscape
    companies = land.suppliers.values()
    side = Computed("side", "string", land.side)
    makes = Computed("makes", "string", lambda row: [item.id for item in row.equipment])
    parent = Fields(Parent, get=lambda row: row.parent, prefix="parent_")
    head, tail = (
        "id name name_local aliases status country country_basis",
        "founded listing website evidence sources note audience",
    )
    parts = [Fields(Supplier, head), side, makes, parent, Fields(Supplier, tail)]
    yield made("suppliers", parts, companies, "id")
    owner = Computed("supplier", "string", itemgetter(0))
    listed = {
        name: [(company.id, item) for company in companies for item in getattr(company, name)]
        for name in ("equipment", "figures", "events")
    }
    equipment = Computed("equipment", "string", lambda row: row[1].id)
    parts = [owner, equipment, Fields(Makes, "role evidence note", _ITEM)]
    yield made("supplier-equipment", parts, listed["equipment"], supplier="suppliers", equipment="equipment")
    parts = [owner, Fields(CompanyFigure, get=_ITEM)]
    yield made("supplier-figures", parts, listed["figures"], supplier="suppliers")
    parts = [owner, Fields(CompanyEvent, get=_ITEM)]
    yield made("supplier-events", parts, listed["events"], supplier="suppliers")


def _evidence(book: Book, made: Any) -> Iterator[DataTable]:
    land, results = book.landscape, book.results
    homes = [
        Computed("equipment", "string", lambda row: land.subject(row.id)),
        Computed("page", "string", lambda row: book.address("fact", row.id)),
    ]
    share = Fields(Share, get=lambda row: row.share, prefix="share_")
    dated = [
        Computed("dated", "integer", lambda row: land.years[row.id]),
        Computed("is_stale", "boolean", lambda row: row.id in results.stale),
    ]
    head = "id topic origin entity metric value bound unit unit_note year"
    parts = [
        Fields(Fact, head),
        share,
        Fields(Fact, "scope statement source confidence"),
        *dated,
        *homes,
    ]
    yield made("facts", [*parts, Fields(Fact, "audience")], land.facts.values(), "id", source="sources")
    fields = "publisher container-title issued accessed lost URL kind language reliability note"
    author = Written(Source, "author", names_text)
    csl = Computed("csl_type", "string", lambda row: land.source_kinds[row.kind].csl_type)
    yield made(
        "sources", [Fields(Source, "id title"), author, Fields(Source, fields), csl], land.sources.values(), "id"
    )
    yield made("conflicts", [Fields(Conflict)], land.conflicts.values(), "id")
    yield made("notes", [Fields(Note)], land.notes.values(), "id")


def _priorities(book: Book, made: Any) -> Iterator[DataTable]:
    land, results = book.landscape, book.results
    first = land.preset.id
    target = Fields(Target, get=lambda row: row.target, prefix="target_")
    feasible = Fields(Feasibility, get=lambda row: row.feasibility, prefix="feasibility_")
    ranks = {row.priority: row for row in results.ranked}
    shown = results.acceptability[first]
    scores = [
        Computed("rank", "integer", lambda row: ranks[row.id].rank),
        Computed("rank_low", "integer", lambda row: shown.rank_low[row.id]),
        Computed("rank_high", "integer", lambda row: shown.rank_high[row.id]),
        Computed("score", "number", lambda row: rounded_share(ranks[row.id].score)),
        Computed("score_low", "number", lambda row: rounded_share(ranks[row.id].low)),
        Computed("score_high", "number", lambda row: rounded_share(ranks[row.id].high)),
        Computed("standing", "string", lambda row: results.standing[row.id]),
    ]
    head = Fields(Priority, "id title equipment dimensions problem")
    tail = Fields(Priority, "actions who_acts horizon trl_now evidence who_says reasoning")
    yield made("priorities", [head, *scores, target, feasible, tail], land.priorities.values(), "id")
    yield made("priority-ranks", _RANK_COLUMNS, _ranks(results), "priority preset", priority="priorities")
    parts = _columns(priority="string", criterion="string", value_low="number", value_high="number")
    rows = [
        (name, criterion, *(map(rounded_share, value) if value else (None, None)))
        for name, values in results.criteria.items()
        for criterion, value in values.items()
    ]
    yield made("priority-criteria", parts, rows, "priority criterion", priority="priorities")
    weights = [(p.id, criterion, weight) for p in land.method.presets for criterion, weight in p.weights.items()]
    yield made(
        "preset-weights", _columns(preset="string", criterion="string", weight="number"), weights, "preset criterion"
    )


def _ranks(results: Results) -> Iterator[tuple[object, ...]]:
    """Yield each priority under each set of weights; any weights alike draw ranks, and have no score."""
    for view, found in results.acceptability.items():
        scored = {row.priority: row for row in results.ranking.get(view, ())} if view != ANY else {}
        for name in results.landscape.priorities:
            row = scored.get(name)
            score = (row.rank, *map(rounded_share, (row.score, row.low, row.high))) if row else (None,) * 4
            drawn = found.rank_low[name], found.rank_high[name], found.expected_rank[name], found.top_share[name]
            yield name, view, *score, *drawn


_RANK_COLUMNS = _columns(
    priority="string", preset="string", rank="integer", score="number", score_low="number", score_high="number",
    rank_low="integer", rank_high="integer", expected_rank="number", top_share="number",
)  # fmt: skip


def _frame(book: Book, made: Any) -> Iterator[DataTable]:
    land = book.landscape
    claims = land.claims.values()
    yield made("claims", [Fields(Claim)], claims, "id")
    verdicts = [(claim.id, verdict) for claim in claims for verdict in claim.verdicts]
    claim = Computed("claim", "string", itemgetter(0))
    parts = [claim, Fields(Verdict, get=_ITEM)]
    yield made("claim-verdicts", parts, verdicts, "claim edition", claim="claims")
    share = Fields(Share, get=lambda row: row.share, prefix="share_")
    parts = [Fields(Series, "id title unit equipment kind basis"), share, Fields(Series, "caveat")]
    yield made("series", parts, land.series.values(), "id")
    points = [(series.id, point) for series in land.series.values() for point in series.points]
    fields = "year label value bound origin entity forecast goal derived partial evidence"
    parts = [Computed("series", "string", itemgetter(0)), Fields(Point, fields, _ITEM)]
    yield made("series-points", parts, points, series="series")
    yield made("events", [Fields(Event)], land.events)
    yield made("standards", [Fields(Standard)], land.standards)
    yield made("unpublished", [Fields(Unpublished)], land.measurement.unpublished, "id")
    yield made("wear-parts", [Fields(WearPart)], land.measurement.wear_parts)
    yield made("changes", [Fields(Change)], land.changes.values(), "id")
    yield made("glossary", [Fields(Term, "id term name_local aliases definition evidence")], land.terms.values(), "id")


def rounded_share(value: float) -> float:
    """Return a computed share without the noise of binary fractions."""
    return round(value, 6)
