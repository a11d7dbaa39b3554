"""Catalogues: the texts of a report as gettext has them, and what `data/locale/<language>/*.po` says in another language.

A catalogue holds the texts of one file of data, or of the files of one folder where those are short. The context of an entry
is the place of its text: record and field, or page.
"""

from __future__ import annotations

import marshal
import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from macros.cache import FOLDER, Cache, environment_fingerprint
from macros.load.blocks import HEAD, blocks
from macros.load.draft import Draft, Entry
from macros.load.files import files_below, text_in
from macros.load.pages import PageText
from macros.load.syntax import merge_problem
from macros.model import FILES, FileKind
from macros.model.report import Plural
from macros.model.texts import UNITS, Translate, place_of, translated
from macros.problems import Problem, ProblemsFound

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

LOCALE = "data/locale"
PROSE = "content"
# Kinds whose files say so much that each has its catalogue.
_LONG = ("equipment", "facts")
# One text, or those for one and for more.
Id = str | tuple[str, str]


class MessageKey(NamedTuple):
    """A text of the report with its place."""

    context: str
    id: Id


# What catalogues say, by the name of the catalogue: a text, or one for each form of counting.
Texts = Mapping[str, Mapping[MessageKey, str | tuple[str, ...]]]


class Sources:
    """Where the catalogues of a language have the texts of a draft."""

    def __init__(self, draft: Draft, language: str) -> None:
        report = draft.one("report")
        market = report.record.home_market if report else None
        self.is_home = market is not None and market.language == language
        # Names of machines, companies and terms as the home market has them, if that is the language.
        self.agreed: dict[object, str] = {}
        if self.is_home and market:
            rows = [(e.record.name, e.record.name_local) for e in draft.all("equipment")]
            rows += [
                (e.record.name, e.record.name_local)
                for e in draft.all("suppliers")
                if e.record.country in market.countries
            ]
            rows += [(e.record.term, e.record.name_local) for e in draft.all("glossary")]
            self.agreed = {name: local for name, local in rows if local}
        self._companies = {e.record.name: e.record.id for e in draft.all("suppliers")}
        self._units = next((catalogue_of(kind, e) for kind, e in records(draft) if kind.name == "method"), "")
        self._suppliers = next((catalogue_of(kind, e) for kind, e in records(draft) if kind.name == "suppliers"), "")

    def entry(self, catalogue: str, place: str, text: object) -> tuple[str, MessageKey] | None:
        """Return the catalogue and the entry that has a text; None for one that has no words, or an agreed name.

        A company is called everywhere what its own record calls it, and a unit what the list of units does.
        """
        name = (text.one or text.other, text.other) if isinstance(text, Plural) else str(text)
        if text in self.agreed or not has_words(name):
            return None
        if place == UNITS:
            return self._units, MessageKey(place, name)
        if isinstance(text, str) and text in self._companies:
            return self._suppliers, MessageKey(f"{self._companies[text]}.name", name)
        return catalogue, MessageKey(place, name)


def texts_of(draft: Draft, pages: Mapping[str, PageText], language: str) -> dict[str, list[MessageKey]]:
    """Return what is to be translated, by catalogue and in the order of the files, each text once a place."""
    sources = Sources(draft, language)
    found: dict[str, dict[MessageKey, None]] = {}
    for kind, entry in records(draft):
        catalogue = catalogue_of(kind, entry)

        def note(place: str, text: Any, catalogue: str = catalogue) -> Any:
            if (listed := sources.entry(catalogue, place, text)) and listed[0] == catalogue:
                found.setdefault(catalogue, {})[listed[1]] = None
            return text

        translated_record(kind, entry, note)
    for path, page in pages.items():
        heads = [(f"{path}:{key}", page.meta[key]) for key in HEAD if isinstance(page.meta.get(key), str)]
        parts = [(path, page.text[start:end]) for start, end in blocks(page.text)]
        for one in (*heads, *parts):
            found.setdefault(catalogue_of_page(path), {})[MessageKey(*one)] = None
    return {name: list(texts) for name, texts in found.items()}


def records(draft: Draft) -> Iterator[tuple[FileKind, Entry]]:
    """Yield every record that may have texts, in the order of the files; a file says some beside what it lists."""
    for kind in FILES:
        for name in entries_of(kind):
            for entry in draft.all(name):
                yield kind, entry


def entries_of(kind: FileKind) -> tuple[str, ...]:
    """Return the names under which a draft has the records of a kind, and their files."""
    return (f"{kind.name}-file", kind.name) if kind.listing else (kind.name,)


def translated_record(kind: FileKind, entry: Entry, translate: Translate) -> Any:
    """Return the record of an entry with each of its texts as `translate` has it."""
    is_file = kind.listing and isinstance(entry.record, kind.model)
    if is_file:
        return translated(entry.record, translate, skip=kind.listing)
    return translated(entry.record, translate, place_of(entry.record))


def catalogue_of(kind: FileKind, entry: Entry) -> str:
    """Return the name of the catalogue that has the texts of a record."""
    folder = entry.path.removeprefix("data/").rpartition("/")[0]
    if kind.name in _LONG:
        return f"{folder}/{entry.home}"
    return folder or entry.home


def catalogue_of_page(path: str) -> str:
    folder = path.rpartition("/")[0]
    return f"{PROSE}/{folder}" if folder else PROSE


def has_words(text: Id) -> bool:
    """Whether a text says anything beside numbers and signs, or puts marks of its language between what is filled in."""
    whole = text if isinstance(text, str) else "".join(text)
    own = _FILLED_IN.sub("", whole)
    return any(map(str.isalpha, own)) or (own != whole and any(mark in own for mark in ",;:.("))


_FILLED_IN = re.compile(r"\{[^{}]*\}")


class Row(NamedTuple):
    """An entry of a catalogue with its line; what it says may be nothing, or of a source that has changed since."""

    context: str
    id: Id
    string: str | tuple[str, ...]
    line: int
    is_fuzzy: bool
    note: str = ""

    @property
    def is_certain(self) -> bool:
        return not self.is_fuzzy and is_translated(self.string)


def read_rows(root: Path, language: str, only: str = "*") -> dict[str, list[Row]]:
    """Return the entries of all catalogues of a language, or of those whose name is like `only`. Raises ProblemsFound.

    What a catalogue says is cached: to parse all takes longer than to read the data.
    """
    folder = root / LOCALE / language
    cache = Cache(root / FOLDER, environment_fingerprint())
    found, problems = {}, []
    for path in sorted(path for path in files_below(folder) if fnmatch(path, f"{only}.po")):
        content = (folder / path).read_bytes()
        kept = cache.read("rows", content)
        try:
            rows = marshal.loads(kept) if kept is not None else _rows(read_catalogue(folder / path, root))
        except ProblemsFound as error:
            problems += error.problems
            continue
        if kept is None:
            cache.write("rows", content, marshal.dumps(rows))
        found[path.removesuffix(".po")] = [Row(*row) for row in rows]
    if problems:
        raise ProblemsFound(problems)
    return found


def certain(rows: Mapping[str, list[Row]]) -> Texts:
    """Return what catalogues say for certain: neither what is missing nor what is fuzzy."""
    return {
        name: {MessageKey(row.context, row.id): row.string for row in found if row.is_certain}
        for name, found in rows.items()
    }


def _rows(catalogue: Catalog) -> list[tuple[Any, ...]]:
    return [
        (
            message.context or "",
            message.id,
            message.string,
            message.lineno or 1,
            message.fuzzy,
            " ".join(message.user_comments),
        )
        for message in catalogue
        if message.id
    ]


_LINE = re.compile(r'\s*(?:#.*|(?:msg(?:ctxt|id|id_plural|str|str\[\d+\])\s+)?"(?:[^"\\]|\\.)*"\s*)?')


def is_translated(string: Any) -> bool:
    """Whether a translation is whole: one that counts needs every form."""
    return all(string) if isinstance(string, (tuple, list)) else bool(string)


def read_catalogue(path: Path, root: Path) -> Catalog:
    """Return the catalogue in a file. Raises ProblemsFound."""
    from babel.messages.pofile import PoFileError, read_po

    name = path.relative_to(root).as_posix()

    def unreadable(line: int, wrong: str, right: str) -> ProblemsFound:
        wrong = f"is not a catalogue that can be read: {wrong}"
        return ProblemsFound([Problem(name, line, "", wrong, right, "catalogue")])

    text, problem = text_in(path.read_bytes(), name)
    if problem := problem or merge_problem(name, text):
        raise ProblemsFound([problem])
    for number, line in enumerate(text.split("\n"), 1):
        # The library passes over a text without quotes, and takes the last letter for one that is missing.
        if not _LINE.fullmatch(line):
            right = 'write the text between two plain quotes, and \\" for one within it'
            raise unreadable(number, "this line is neither a comment nor a text in quotes", right)
    try:
        return read_po(BytesIO(text.encode()), abort_invalid=True)
    except (PoFileError, ValueError) as error:
        right = "save it with an editor of gettext catalogues, such as Poedit"
        raise unreadable(getattr(error, "lineno", 0) + 1, str(error), right) from error
