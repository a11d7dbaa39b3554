"""Flatten fields of records into typed columns, and make tables of them.

A list becomes one cell, joined when it is written. A figure that may be a range becomes its two ends, `_low` and
`_high` (equal for a single number), and `_text` where it may be words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from macros.model.base import Record, fields_of, holders_of
from macros.model.json_schema import Field, groups
from macros.model.report import OtherLanguage
from macros.model.texts import text_fields
from macros.model.translated import translation_in
from macros.present.book import Book
from macros.present.wording import Wording

NUMBERS = ("integer", "number")
FOLDER = "downloads/tables"


@dataclass(frozen=True)
class Column:
    """A column: its name, its type in Table Schema, its meaning, and what its values keep to."""

    name: str
    type: str
    about: str
    is_required: bool = False
    choices: tuple[str, ...] = ()
    # Of a column that has the texts of another: their language.
    language: str | None = None


@dataclass(frozen=True)
class DataTable:
    """A table of records. `key` names the columns that tell rows apart; `refers` the table whose id a column holds.

    Pages that describe a table need no cells: `cells` makes `rows` from `records` on first access.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    records: tuple[Any, ...]
    cells: Callable[[Any], Iterable[Any]]
    key: tuple[str, ...] = ()
    refers: Mapping[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """The place of its CSV within the site."""
        return f"{FOLDER}/{self.name}.csv"

    @cached_property
    def rows(self) -> tuple[tuple[object, ...], ...]:
        """The cells of every record."""
        return tuple(tuple(self.cells(record)) for record in self.records)


@dataclass(frozen=True)
class Fields:
    """Fields of a model as columns: those named, else all that hold no records and are not for editors alone.

    `get` finds the record in a row (None leaves its cells empty).
    """

    model: type[Record]
    names: str = ""
    get: Callable[[Any], Any] = lambda row: row
    prefix: str = ""

    @cached_property
    def _fields(self) -> tuple[Field, ...]:
        known = _known(self.model)
        return tuple(known[name] for name in self.names.split() or _plain_fields(self.model))

    @cached_property
    def _attributes(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        aliases = {info.alias or name: name for name, info in self.model.model_fields.items()}
        return tuple((aliases[item.name], _endings(item)) for item in self._fields)

    def columns(self, wording: Wording) -> Iterable[Column]:
        for item in self._fields:
            for ending in _endings(item):
                yield _column(item, ending, self.prefix)

    @cached_property
    def _translated(self) -> dict[str, Column]:
        """The columns with words, by attribute."""
        words = {name for name, kind in text_fields(self.model).items() if kind == "words"}
        fields = zip(self._fields, self._attributes, strict=True)
        return {name: _column(item, ends[-1], self.prefix) for item, (name, ends) in fields if name in words}

    def translated_columns(self, wording: Wording, language: OtherLanguage) -> Iterable[Column]:
        """Yield a column for each that has words: their translation."""
        for column in self._translated.values():
            about = wording.word("column-told", about=column.about, language=language.name)
            yield Column(f"{column.name}{language_ending(language.id)}", "string", about, language=language.id)

    def translated_cells(self, row: object, translated: Mapping[int, Any]) -> Iterable[Any]:
        found = translated.get(id(self.get(row)))
        yield from (translation_in(getattr(found, name, None)) for name in self._translated)

    def cells(self, row: object) -> Iterable[Any]:
        record = self.get(row)
        for name, endings in self._attributes:
            value = getattr(record, name) if record is not None else None
            yield from [value] if endings == ("",) else _spread(value)[: len(endings)]


@dataclass(frozen=True)
class Computed:
    """A column that is computed, or that says where a record stands; its meaning is the phrase `column-<name>`."""

    name: str
    type: str
    get: Callable[[Any], Any]

    def columns(self, wording: Wording) -> Iterable[Column]:
        yield Column(self.name, self.type, wording.word(f"column-{self.name.replace('_', '-')}"))

    def cells(self, row: object) -> Iterable[Any]:
        yield self.get(row)


@dataclass(frozen=True)
class Written:
    """A field of a model that holds records, as one text."""

    model: type[Record]
    name: str
    text: Callable[[Any], str]

    def columns(self, wording: Wording) -> Iterable[Column]:
        yield Column(self.name, "string", _known(self.model)[self.name].about)

    def cells(self, row: object) -> Iterable[Any]:
        yield self.text(getattr(row, self.name)) or None


Part = Fields | Computed | Written


def language_ending(language: str) -> str:
    """Return what is added to the name of a column for that of its texts in another language."""
    return "_" + language.lower().replace("-", "_")


def language_notes(book: Book) -> list[str]:
    """Return for each further language where files have the texts in it."""
    languages = book.landscape.report.languages
    return [book.wording.word("data-told", language=one.name, ending=language_ending(one.id)) for one in languages]


def data_table(
    book: Book, name: str, parts: Iterable[Part], rows: Iterable[Any], key: str = "", **refers: str
) -> DataTable:
    """Return a table; its title is the phrase `table-<name>`. `key` names columns, blank between them.

    Columns of words follow at the end once more for each further language of the report.
    """
    parts, wording, languages = tuple(parts), book.wording, book.landscape.report.languages
    translated = [part for part in parts if isinstance(part, Fields)]
    own = [column for part in parts for column in part.columns(wording)]
    further = [column for one in languages for part in translated for column in part.translated_columns(wording, one)]

    def cells(row: object) -> Iterator[object]:
        yield from (cell for part in parts for cell in part.cells(row))
        for one in languages:
            records = book.translated_records.get(one.id, {})
            yield from (cell for part in translated for cell in part.translated_cells(row, records))

    title = wording.word(f"table-{name}")
    return DataTable(name, title, (*own, *further), tuple(rows), cells, tuple(key.split()), refers)


def _plain_fields(model: type[Record]) -> list[str]:
    fields, held = model.model_fields, holders_of(model)
    return [alias for name, alias in fields_of(model).items() if name not in held and not fields[name].exclude]


@cache
def _known(model: type[Record]) -> dict[str, Field]:
    return {item.name: item for item in groups(model)[0].fields}


def _endings(item: Field) -> tuple[str, ...]:
    """Return what is added to a name for each of its columns; one empty ending for a plain field."""
    if not any(part.get("maxItems") == 2 for part in item.node.get("anyOf", [item.node])):
        return ("",)
    return ("_low", "_high", "_text") if "string" in item.types else ("_low", "_high")


def _column(item: Field, ending: str, prefix: str) -> Column:
    types = item.types - {"null"}
    if ending in ("_low", "_high"):
        return Column(f"{prefix}{item.name}{ending}", "number" if "number" in types else "integer", item.about)
    kind = next(iter(types)) if len(types) == 1 and types <= {*NUMBERS, "boolean"} else "string"
    is_list = "array" in types or ending == "_text"
    required = not (prefix or item.is_nullable or is_list) and item.is_required
    choices = tuple(choice for choice in item.node.get("enum", ()) if choice is not None)
    return Column(f"{prefix}{item.name.replace('-', '_')}{ending}", kind, item.about, required, choices)


def _spread(value: object) -> tuple[Any, Any, Any]:
    """Return the ends of a figure and, where it is no number, its words."""
    if value is None or isinstance(value, str):
        return None, None, value
    low, high = value if isinstance(value, tuple) else (value, value)
    return low, high, None
