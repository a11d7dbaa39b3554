"""API: the records as JSON under stable addresses - that of the page, with `api/v1/` before it and `.json` at its end.

A file holds `meta`, and `record` with `computed`, or `records` with many of these. `record` is as its author wrote it;
`computed` is everything that is made of it. Addresses within a file are relative to that file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any, NamedTuple

from macros.export.meta import document, meta
from macros.export.schema import schema
from macros.export.tables import benchmark_gap, rounded
from macros.landscape import INDUSTRY
from macros.model.base import Record, fields_of
from macros.model.equipment import Assessed
from macros.present.book import Book, relative
from macros.present.parts import beginning

ROOT = "api/v1"
INDEX = f"{ROOT}/index.json"
SCHEMA = f"{ROOT}/schema.json"
WHOLE = "downloads/report.json"
Detail = dict[str, Any]
# Ends a document.
_END = b"}\n"


class Entry(NamedTuple):
    """A record as the interface has it: its id and title where it has them, and its JSON with what is computed of it."""

    id: str | None
    title: str | None
    text: bytes


def api_files(book: Book, address: str | None) -> Iterator[tuple[str, bytes]]:
    """Yield every file of the interface, then all records as one file."""
    about = meta(book, address)
    # Filled as the collections come, of which each is large: no two need be in memory.
    whole = BytesIO()
    whole.write(_head(about))
    for name in KINDS:
        entries = [_entry(record, computed) for record, computed in collection(book, name)]
        yield from _files(book, about, name, entries)
        whole.writelines(_list(name, [entry.text for entry in entries]))
    whole.write(_END)
    yield INDEX, document({"meta": _here(about, INDEX, "data.html", "index"), "collections": _collections(book)})
    yield SCHEMA, document(schema(book, ONE_EACH))
    yield WHOLE, whole.getvalue()


def _files(book: Book, about: Detail, name: str, entries: list[Entry]) -> Iterator[tuple[str, bytes]]:
    """Yield the files of one collection."""
    homes = _homes(book, name, entries)
    for path, (page, group) in homes.items():
        here = _here(about, path, page, name)
        if name in ONE_EACH:
            # The text of a record is a mapping; the head becomes the first of its entries.
            yield path, _document(here).removesuffix(_END) + b"," + group[0].text.removeprefix(b"{") + b"\n"
        else:
            yield path, _document(here, records=[entry.text for entry in group])
    if name in ONE_EACH or name in GROUPED:
        path = f"{ROOT}/{name}/index.json"
        listed = [_listed(book, name, path, home, entry) for home, (_, group) in homes.items() for entry in group]
        yield path, _document(_here(about, path, None, "list"), records=listed)


def _document(about: Detail, **lists: list[bytes]) -> bytes:
    """Return a JSON document of its head and of lists whose members are JSON already: each is written once."""
    return b"".join([_head(about), *(part for name, members in lists.items() for part in _list(name, members)), _END])


def _head(about: Detail) -> bytes:
    return _dumped({"meta": about}).removesuffix(b"}")


def _list(name: str, members: list[bytes]) -> Iterator[bytes]:
    yield f',"{name}":['.encode()
    for at, member in enumerate(members):
        yield from (b",", member) if at else (member,)
    yield b"]"


def api_path(page: str) -> str | None:
    """Return the file of the interface that says what a page of a record shows; None for other pages."""
    folder, _, name = page.rpartition("/")
    return f"{ROOT}/{folder}/{name.removesuffix('.html')}.json" if folder in (*ONE_EACH, *GROUPED) else None


def offered(book: Book) -> list[Detail]:
    """Return each collection with its size, its first file, and the pattern of its other files if it has any."""
    folders = (*ONE_EACH, *GROUPED)
    patterns = {"evidence": "<class>", "sources": "<kind>"}
    return [
        {
            "name": name,
            "path": f"{ROOT}/{name}/index.json" if name in folders else f"{ROOT}/{name}.json",
            "each": f"{ROOT}/{name}/{patterns.get(name, '<id>')}.json" if name in folders else None,
            "count": len(list(records(book))),
        }
        for name, (records, _) in KINDS.items()
    ]


def collection(book: Book, name: str) -> Iterator[tuple[Record, Detail]]:
    """Yield every record of a kind with what is computed of it."""
    records, make = KINDS[name]
    for record in records(book):
        yield record, make(book, record)


def _entry(record: Record, computed: Detail) -> Entry:
    fields = fields_of(type(record))
    titles = (getattr(record, name) for name in ("name", "title", "statement") if name in fields)
    return Entry(
        getattr(record, "id", None), next(filter(None, titles), None), _dumped({"record": record, "computed": computed})
    )


def _dumped(content: Detail) -> bytes:
    """Return plain data as JSON within a document."""
    return document(content).removesuffix(b"\n")


def _homes(book: Book, name: str, entries: list[Entry]) -> dict[str, tuple[str | None, list[Entry]]]:
    """Return the records by the file they stand in, with the page that shows them, if there is one."""
    if name not in ONE_EACH and name not in GROUPED:
        return {f"{ROOT}/{name}.json": (PAGES.get(name), entries)}
    homes: dict[str, tuple[str | None, list[Entry]]] = {}
    if name in GROUPED:  # a file without facts has a page, too
        pages = [f"{name}/{home}.html" for home in getattr(book.landscape.index, name)]
        homes = {str(api_path(page)): (page, []) for page in pages}
    for entry in entries:
        page = beginning(book.address(ADDRESSED[name], entry.id)).partition("#")[0]
        homes.setdefault(str(api_path(page)), (page, []))[1].append(entry)
    return homes


def _here(about: Detail, path: str, page: str | None, kind: str) -> Detail:
    links = {"schema": f"{relative(path, SCHEMA)}#/$defs/{kind}-file"} | (
        {"page": relative(path, page)} if page else {}
    )
    return {**about, "address": path, **links}


def _listed(book: Book, name: str, here: str, home: str, entry: Entry) -> bytes:
    page = relative(here, book.address(ADDRESSED[name], entry.id))
    return _dumped({"id": entry.id, "title": entry.title, "href": relative(here, home), "page": page})


def _collections(book: Book) -> list[Detail]:
    return [
        {"name": item["name"], "count": item["count"], "href": relative(INDEX, item["path"])} for item in offered(book)
    ]


def _nothing(book: Book, record: Any) -> Detail:
    return {}


def _assessed(book: Book, owner: str, record: Assessed) -> Detail:
    results, land = book.results, book.landscape
    levels: dict[str, Detail] = {}
    for item in record.assessments:
        found = results.confidence[owner, item.dimension, item.edition]
        levels.setdefault(item.dimension, {})[item.edition] = {
            "severity": land.severity(item),
            "confidence": found.grade,
            "support": float(found.support),
            "counter_support": float(found.counter),
            "publishers": found.publishers,
        }
    moved = {dimension: kind for (name, dimension), kind in results.movement.items() if name == owner}
    gaps = {item.id: _interval(benchmark_gap(item)) for item in record.benchmarks}
    return {"assessments": levels, "movement": moved, "benchmarks": gaps}


def _interval(ends: tuple[float | None, float | None]) -> Detail:
    return dict(zip(("low", "high"), ends))


def _index(book: Book, indices: dict[tuple[str, str], Any], name: str) -> Detail:
    return {
        edition.id: {
            "value": found.value if found.is_shown else None,
            "coverage": found.coverage,
            "known": found.known,
            "of": found.of,
        }
        for edition in book.landscape.report.editions
        if (found := indices.get((name, edition.id)))
    }


def _equipment(book: Book, record: Any) -> Detail:
    land = book.landscape
    return {
        **_assessed(book, record.id, record),
        "gap_index": _index(book, book.results.class_index, record.id),
        "contained_in": land.containers[record.id],
        "suppliers": list(dict.fromkeys(supplier.id for supplier, _ in land.makers[record.id])),
        "priorities": [item.id for item in land.helping[record.id]],
    }


def _priority(book: Book, record: Any) -> Detail:
    results = book.results
    criteria = {
        name: _interval((rounded(value[0]), rounded(value[1]))) if value else None
        for name, value in results.criteria[record.id].items()
    }
    ranks = {}
    for view, drawn in results.acceptability.items():
        scored = results.scores.get((view, record.id))
        fixed = {
            "rank": scored.rank if scored else None,
            "score": rounded(scored.score) if scored else None,
            "score_low": rounded(scored.low) if scored else None,
            "score_high": rounded(scored.high) if scored else None,
        }
        ranks[view] = fixed | {
            name: getattr(drawn, name)[record.id] for name in ("rank_low", "rank_high", "expected_rank", "top_share")
        }
    return {"standing": results.standing[record.id], "criteria": criteria, "ranks": ranks}


def _fact(book: Book, record: Any) -> Detail:
    home = book.landscape.fact_homes[record.id]
    return {
        "dated": book.landscape.years[record.id],
        "is_stale": record.id in book.results.stale,
        "equipment": home if home in book.landscape.equipment else INDUSTRY,
    }


def _source(book: Book, record: Any) -> Detail:
    kinds = {kind.id: kind.csl_type for kind in book.landscape.method.source_kinds}
    return {"csl_type": kinds[record.kind]}


Kind = tuple[Callable[[Book], Any], Callable[[Book, Any], Detail]]
KINDS: dict[str, Kind] = {
    "equipment": (lambda book: book.landscape.equipment.values(), _equipment),
    "dimensions": (
        lambda book: book.landscape.dimensions.values(),
        lambda book, record: {"gap_index": _index(book, book.results.dimension_index, record.id)},
    ),
    "priorities": (lambda book: book.landscape.priorities.values(), _priority),
    "suppliers": (
        lambda book: book.landscape.suppliers.values(),
        lambda book, record: {"side": book.landscape.side(record)},
    ),
    "evidence": (lambda book: book.landscape.facts.values(), _fact),
    "sources": (lambda book: book.landscape.sources.values(), _source),
    "industry": (
        lambda book: [book.landscape.industry],
        lambda book, record: _assessed(book, INDUSTRY, record),
    ),
    "claims": (lambda book: book.landscape.claims.values(), _nothing),
    "series": (lambda book: book.landscape.series.values(), _nothing),
    "events": (lambda book: book.landscape.events, _nothing),
    "standards": (lambda book: book.landscape.standards, _nothing),
    "conflicts": (lambda book: book.landscape.conflicts.values(), _nothing),
    "notes": (lambda book: book.landscape.notes.values(), _nothing),
    "measurement": (lambda book: [book.landscape.measurement], _nothing),
    "changes": (lambda book: book.landscape.changes.values(), _nothing),
    "stages": (lambda book: book.landscape.stages.values(), _nothing),
    "glossary": (lambda book: book.landscape.terms.values(), _nothing),
    "method": (lambda book: [book.landscape.method], _nothing),
}
# Kinds with a file for each record, and kinds whose records share files as they share pages.
ONE_EACH = ("equipment", "dimensions", "priorities", "suppliers")
GROUPED = ("evidence", "sources")
ADDRESSED = {
    "equipment": "equipment",
    "dimensions": "dimension",
    "priorities": "priority",
    "suppliers": "supplier",
    "evidence": "fact",
    "sources": "source",
}
PAGES = {
    "industry": "market.html",
    "claims": "claims.html",
    "series": "market.html",
    "events": "timeline.html",
    "standards": "standards.html",
    "conflicts": "evidence.html",
    "measurement": "measurement.html",
    "changes": "changes.html",
    "stages": "landscape.html",
    "glossary": "glossary.html",
    "method": "method.html",
}
