"""The book: the input of every block, that is landscape, results, wording and the address of every record."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TypeVar, cast

from macros.charts.figure import FOLDER
from macros.derive.results import Results
from macros.load.landscape import INDUSTRY, Landscape
from macros.load.translation import Translation
from macros.model.method import Level
from macros.present.look import Look, tones
from macros.present.pagination import LONG, WHOLE, ListPart, ceiling, numbered_name
from macros.present.wording import Wording
from macros.problems import suggest

Made = TypeVar("Made")


class UnknownRecord(LookupError):
    """A page asks for a record that does not exist."""


# By language, each record in it by the identity of the record in the language of the data.
TranslatedRecords = Mapping[str, Mapping[int, Any]]


@dataclass(frozen=True)
class Book:
    """Landscape, results and wording, with look-ups whose errors suggest what would be right."""

    landscape: Landscape
    # Where in the site this edition stays when it is no longer the newest, its name with a slash; "" where nothing keeps it.
    place: str = ""
    # Where in the site the pages of this language lie, with a slash; "" for the language of the data.
    folder: str = ""
    # Whether lists are divided over several pages.
    has_parts: bool = True
    # A folder for what takes long and may be deleted at any time, if there is one.
    cache: Path | None = None
    # For each block the page that shows it.
    homes: Mapping[str, str] = field(default_factory=dict)
    # Translates the report into one of its other languages; None for what is a translation, or needs none.
    translate: Callable[[str], Translation] | None = None
    look: Look = Look()

    def page(self, subject: str) -> str | None:
        """Return the name of the page on a subject: the one that shows its block; None where none does."""
        return next((self.homes[block] for block in SHOWN[subject] if block in self.homes), None)

    def page_address(self, subject: str) -> str:
        """Return the address of the page on a subject, that of the home page where there is none."""
        return f"{self.page(subject) or HOME}.html"

    def list_home(self, block: str) -> str:
        """Return the page on which a long list begins, or the folder of the records whose pages have it."""
        return LONG[block].folder or self.homes.get(block, HOME)

    def list_address(self, block: str, part: ListPart) -> str:
        """Return the address of the page with a part of a long list."""
        return f"{part.named(self.list_home(block))}.html"

    @cached_property
    def results(self) -> Results:
        return Results(self.landscape, self.cache)

    @cached_property
    def wording(self) -> Wording:
        report = self.landscape.report
        return Wording(report.locale or report.language, self.landscape.words, self.landscape.method)

    @cached_property
    def translated_records(self) -> TranslatedRecords:
        """The records in the report's other languages, for files that have the texts of all."""
        languages = self.landscape.report.languages if self.translate else ()
        return {one.id: self.translation(one.id).records() for one in languages}

    def translation(self, language: str) -> Translation:
        """Return the report in one of its other languages."""
        return self.once(_translated, language)

    def tone(self, level: Level) -> str:
        """Return the name of the colour of a level."""
        return self._tones[level.id]

    @cached_property
    def _tones(self) -> dict[str, str]:
        return tones(self.landscape.method.levels)

    @cached_property
    def citation(self) -> str:
        """How the report is cited, without an address."""
        land = self.landscape
        report = land.report
        said = {"publisher": report.publisher, "title": report.title, "subtitle": report.subtitle}
        return self.wording.word("citation", **said, year=land.current.date[:4], edition=land.current.id)

    def cited(self, address: str | None) -> str:
        """Return how the report is cited, with the lasting address of this edition on a site that has an address."""
        return f"{self.citation} {self.lasting(address)}" if address else self.citation

    def lasting(self, address: str, page: str = "") -> str:
        """Return the address at which a page of this edition stays, on a site whose pages of this language begin at `address`."""
        return f"{address.removesuffix(self.folder)}{self.place}{self.folder}{page}"

    def once(self, make: Callable[..., Made], *args: Hashable) -> Made:
        """Return the result of a function on the book and its arguments, computed once."""
        if (make, *args) not in self._made_once:
            self._made_once[make, *args] = make(self, *args)
        return cast(Made, self._made_once[make, *args])

    @cached_property
    def _made_once(self) -> dict[tuple[Hashable, ...], Any]:
        return {}

    def get(self, kind: str, name: str) -> Any:
        """Return a record by kind and id. Raises UnknownRecord with a suggestion."""
        records = self._records(kind)
        if name not in records and (kind, name) in self.landscape.hidden:
            raise UnknownRecord(f'{kind} "{name}" is internal, so no page for the public can name it')
        return _look_up(records, name, _SINGULAR.get(kind, kind))

    def addresses(self) -> list[tuple[str, str, str]]:
        """Return kind, id and address of every record."""
        return [(kind, name, self.address(kind, name)) for kind, records in self._kinds.items() for name in records]

    def _records(self, kind: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = _look_up(self._kinds, kind, "kind of record")
        return found

    @cached_property
    def _kinds(self) -> dict[str, Mapping[str, Any]]:
        land = self.landscape
        return {
            "equipment": land.equipment,
            "dimension": land.dimensions,
            "priority": land.priorities,
            "supplier": land.suppliers,
            "fact": land.facts,
            "source": land.sources,
            "claim": land.claims,
            "series": land.series,
            "stage": land.stages,
            "term": land.terms,
            "conflict": land.conflicts,
            "note": land.notes,
        }

    def title(self, kind: str, name: str) -> str:
        """Return the name of a record as a link shows it."""
        if kind == "equipment" and name == INDUSTRY:
            return self.landscape.industry.name
        record = self.get(kind, name)
        named = (getattr(record, field) for field in ("name", "title", "claim", "term", "id") if hasattr(record, field))
        return str(next(named))

    def address(self, kind: str, name: str) -> str:
        """Return the address of a record, page or file within the site. Raises UnknownRecord."""
        if kind == "page":
            return f"{name}.html"
        if kind == "file":
            return self.shared(name)
        if kind == "equipment" and name == INDUSTRY:
            return self.page_address("industry")
        record = self.get(kind, name)
        if kind in _FOLDERS:
            return f"{_FOLDERS[kind]}/{name}.html"
        return f"{self._list_page(kind, name, record)}#{'note-' if kind == 'note' else ''}{name}"

    def shared(self, path: str) -> str:
        """Return the address of a file, which for data is one for all languages, as seen from the pages of this one."""
        is_data = path.startswith(DATA) and not path.startswith(FOLDER)
        return "../" * self.folder.count("/") + path if is_data else path

    def _list_page(self, kind: str, name: str, record: Any) -> str:
        """Return the page that lists a record without a page of its own."""
        match kind:
            case "fact":
                return self.entry_page("fact_list", name, self.landscape.fact_homes[name])
            case "source":
                return self.entry_page("source_list", name, record.kind)
            case "note":
                return self.entry_page("not_found" if record.kind == "not-found" else "traps", name)
            case "series" if record.equipment != INDUSTRY:
                return self.address("equipment", record.equipment)
            case "claim" | "conflict" | "series":
                return self.entry_page(_LISTED[kind], name)
            case _:
                return self.page_address(_SUBJECTS[kind])

    def entry_page(self, block: str, key: Any, record: str | None = None) -> str:
        """Return the address of the page on which an entry of a long list stands."""
        home = self.list_home(block) if record is None else f"{self.list_home(block)}/{record}"
        return f"{numbered_name(home, self.once(_part_numbers, block, record).get(key, 1))}.html"

    def part(self, block: str, number: int, record: str | None = None) -> ListPart:
        """Return a part of a long list."""
        if not self.has_parts:
            return WHOLE
        size, count = LONG[block].size, len(self.entries(block, record))
        return ListPart(number, size, ceiling(count, size), count)

    def entries(self, block: str, record: str | None = None) -> Sequence[Any]:
        """Return the entries of a long list, in order."""
        return self.once(LONG[block].entries, *(() if record is None else (record,)))


def _translated(book: Book, language: str) -> Translation:
    assert book.translate, "it is in the language of the data"
    return book.translate(language)


# Data for programs, of which there is one set.
DATA = ("api/", "downloads/")
HOME = "index"
# The blocks by which the page on a subject is known, the first found of them.
SHOWN = {
    "landscape": ("gap_matrix", "process_chain"),
    "stages": ("process_chain",),
    "gap": ("gap_ranking", "movement"),
    "industry": ("industry_levels",),
    "market": ("series_list",),
    "measurement": ("unknown_by_dimension", "unpublished"),
    "priorities": ("priority_ranking", "roadmap", "preset_tables"),
    "suppliers": ("supplier_table",),
    "claims": ("claim_ledger",),
    "timeline": ("timeline",),
    "standards": ("standards_table",),
    "evidence": ("evidence_index",),
    "conflicts": ("conflicts",),
    "sources": ("source_index",),
    "method": ("level_scale", "confidence_weights", "criteria"),
    "glossary": ("glossary",),
    "data": ("downloads", "interface", "dictionary"),
    "changes": ("report_log", "change_log"),
    "maintenance": ("upkeep_summary", "stale_facts"),
}
_FOLDERS = {"equipment": "equipment", "dimension": "dimensions", "priority": "priorities", "supplier": "suppliers"}
_LISTED = {"claim": "claim_ledger", "conflict": "conflicts", "series": "series_list"}
_SUBJECTS = {"stage": "stages", "term": "glossary"}
_SINGULAR = {"equipment": "equipment class"}


def _look_up(records: Mapping[str, Any], name: str, what: str) -> Any:
    if name not in records:
        right = suggest(name, records) or "mend the id, or add what it names"
        raise UnknownRecord(f'no {what} "{name}"; {right}')
    return records[name]


def _part_numbers(book: Book, block: str, record: str | None) -> dict[Any, int]:
    """Return in which part the entries of a long list stand; of one that is not divided nothing."""
    part, key = book.part(block, 1, record), LONG[block].key
    found = enumerate(book.entries(block, record)) if part.total > 1 else ()
    return {key(entry): at // part.size + 1 for at, entry in found}


def relative(here: str, address: str) -> str:
    """Return the address as seen from the page at `here`; both within the site."""
    path, mark, anchor = address.partition("#")
    if path == here:
        return mark + anchor or posixpath.basename(path)
    return _seen_from(posixpath.dirname(here), path) + mark + anchor


@cache
def _seen_from(folder: str, path: str) -> str:
    # Not relpath, which asks for the working directory and drops the slash of a folder.
    folders, parts = folder.split("/") if folder else [], path.split("/")
    shared = len(posixpath.commonprefix([folders, parts[:-1]]))
    return "../" * (len(folders) - shared) + "/".join(parts[shared:])
