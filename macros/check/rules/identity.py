"""Rules on identity: ids and names are unique, files are named for their records, and none is lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from macros.check.rule import repeated, rule
from macros.load.draft import Draft, Entry
from macros.load.landscape import INDUSTRY
from macros.model.locale import locale_of, names
from macros.model.references import INDEXED
from macros.problems import Finding, Keys, suggest


@rule
def name_exists(draft: Draft) -> Iterator[Finding]:
    """Codes shown to readers, of countries and languages, must be known, or have a name in data/words."""
    files, report = draft.all("words"), draft.one("report")
    locale = locale_of(report.record.language if report else "en")
    for kind, field, group in (("suppliers", "country", "countries"), ("sources", "language", "languages")):
        own = {code: name for file in files for code, name in file.record.names.get(group, {}).items()}
        known = {**names(locale, group), **own}
        codes = {name.casefold(): code for code, name in known.items()}
        for entry in draft.all(kind):
            value = getattr(entry.record, field)
            if files and value is not None and value not in known:
                plain = value.strip(" '\"“”‘’")
                code = codes.get(plain.casefold()) or (plain.upper() if plain.upper() in known else None)
                right = (
                    f'write "{code}"'
                    if code
                    else f"mend it, or add `{value}: ...` with its name under names.{group} in data/words/names.yml"
                )
                yield entry.finding(field, f'"{value}" is not a code that is known', right)


@rule
def word_once(draft: Draft) -> Iterator[Finding]:
    """A phrase, and a group of names, must stand in one file of words only."""
    fields = [(entry, field) for entry in draft.all("words") for field in ("phrases", "names")]
    places = [((field, name), (entry, field, name)) for entry, field in fields for name in getattr(entry.record, field)]
    for (entry, field, name), (first, *_) in repeated(places):
        yield entry.finding((field, name), f'"{name}" is already in {first.path}', "keep it in one file")


_LISTS = (
    ("report", "editions"),
    *(
        ("method", name)
        for name in ("levels", "source_kinds", "topics", "verdicts", "event_kinds", "horizons", "actors")
    ),
    ("method", "criteria"),
    ("method", "presets"),
    ("measurement", "unpublished"),
    ("dimensions-file", "questions"),
)


@rule
def unique_id(draft: Draft) -> Iterator[Finding]:
    """An id must be used once: among records of its kind, in a list within a file, a benchmark's in all files."""
    for document, keys in draft.raw_ids.get("equipment", {}).get(INDUSTRY, ()):
        wrong = f'"{INDUSTRY}" stands for all classes together'
        yield document.finding((*keys, "id"), wrong, "give the class another id")
    for ids in draft.raw_ids.values():
        for name, places in ids.items():
            for document, keys in places[1:]:
                first, first_keys = places[0]
                wrong = f'id "{name}" is used already in {first.path}:{first.line((*first_keys, "id"))}'
                yield document.finding((*keys, "id"), wrong, "give the copy an id of its own")
    for kind, field in _LISTS:
        yield from _repeated_ids(_listed_records(draft, kind, field))
    yield from _repeated_ids(
        _listed_records(draft, "equipment", "benchmarks") + _listed_records(draft, "industry", "benchmarks")
    )
    for entry in draft.all("equipment"):
        yield from _repeated_ids([(entry, ("key_metrics", at), row) for at, row in enumerate(entry.record.key_metrics)])


def _listed_records(draft: Draft, kind: str, field: str) -> list[tuple[Entry, Keys, Any]]:
    return [
        (entry, (field, at), row) for entry in draft.all(kind) for at, row in enumerate(getattr(entry.record, field))
    ]


def _repeated_ids(rows: list[tuple[Entry, Keys, Any]]) -> Iterator[Finding]:
    for (entry, keys, row), (first, first_keys, _) in repeated((row[2].id, row) for row in rows):
        wrong = f'id "{row.id}" is used already in {first.path}:{first.document.line((*first_keys, "id"))}'
        yield entry.finding((*keys, "id"), wrong, "give it an id of its own")


@rule
def id_is_file_name(draft: Draft) -> Iterator[Finding]:
    """The id of a record with a file of its own must equal the file's name; a file of sources is named for their kind."""
    for kind in ("equipment", "suppliers", "priorities"):
        for entry in draft.all(kind):
            if entry.record.id != entry.home:
                right = f'name the file "{entry.record.id}.yml" or write `id: {entry.home}`'
                yield entry.finding("id", f'"{entry.record.id}" is not the name of the file', right)
    for entry in draft.all("sources"):
        if entry.record.kind != entry.home:
            wrong = f'a source of kind "{entry.record.kind}" is in the file of another kind'
            yield entry.finding("kind", wrong, f"move it to data/sources/{entry.record.kind}.yml, or mend the kind")
    for entry in draft.all("facts-file"):
        owner = entry.record.equipment
        if entry.home != owner and not (owner == INDUSTRY and entry.home.startswith(f"{INDUSTRY}-")):
            right = f'name the file "{owner}.yml"' + (f' or "{INDUSTRY}-<topic>.yml"' if owner == INDUSTRY else "")
            yield entry.finding("equipment", f'"{owner}" is not the name of the file', right)


@rule
def file_listed(draft: Draft, index: Entry) -> Iterator[Finding]:
    """Every file of a folder must stand in index.yml, and every name there must have its file."""
    for folder, kind in INDEXED.items():
        listed = getattr(index.record, folder)
        files = {document.stem: document for document in draft.files.get(kind, ())}
        seen: set[str] = set()
        for at, name in enumerate(listed):
            if name not in files:
                near = suggest(name, set(files) - set(listed))
                right = near if near.startswith("did") else "put the file back, or remove the name"
                yield index.finding((folder, at), f"there is no file data/{folder}/{name}.yml", right)
            if name in seen:
                yield index.finding((folder, at), f'"{name}" is listed twice', "keep one")
            seen.add(name)
        for name, document in files.items():
            if name not in seen:
                right = f"add `{name}` under {folder} there, at its place in reading order"
                yield document.finding((), "the file is not named in data/index.yml", right)
