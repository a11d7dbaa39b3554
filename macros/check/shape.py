"""Validate the shape of every file: is it known, are its fields complete, has each value the right type?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatch, translate
from typing import Any, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from macros.check.messages import in_words, meant_id, plainest_error, where_field_belongs
from macros.load import Project
from macros.load.document import Document
from macros.load.draft import Draft, Entry, Lost
from macros.model import FILES, FileKind
from macros.model.base import Record, fields_of
from macros.model.references import INDEXED, NAMED
from macros.problems import Keys, Problem, suggest, where

# Folders of records that may be empty: a report begins without.
MAY_LACK = ("equipment", "suppliers", "priorities", "facts", "sources")


def shape(project: Project) -> tuple[Draft, list[Problem]]:
    """Return the well-shaped records and every problem of shape."""
    draft = Draft()
    problems: list[Problem] = []
    misread = {(p.path, p.where): p.rule for p in project.problems if p.rule != "complete-file"}
    # A list whose entries lack their commas is no range either.
    misread.update({(p.path, p.where.rpartition("[")[0]): p.rule for p in project.problems if p.rule == "plain-comma"})
    places: dict[str, list[Document]] = {}
    for path, document in project.documents.items():
        places.setdefault(_place(path), []).append(document)
    unknown = set(project.documents)
    for kind in FILES:
        matches, depth = re.compile(translate(kind.pattern)).match, kind.pattern.count("/")
        documents = [d for d in places.get(_place(kind.pattern), ()) if matches(d.path) and d.path.count("/") == depth]
        unknown.difference_update(document.path for document in documents)
        if kind.name in INDEXED.values():
            problems.extend(_misnamed_files(draft, kind, documents))
            documents = [document for document in documents if meant_id(document.stem) == document.stem]
        if not documents and kind.name not in MAY_LACK:
            problems.append(Problem(kind.pattern, 1, "", "the file is missing", "put it back", "file-missing"))
            draft.broken.add(kind.name)
        draft.files[kind.name] = documents
        for document in documents:
            problems.extend(p for p in _read_into(draft, kind, document) if not _is_reported(p, misread))
    _note_missing_files(draft)
    problems.extend(_unknown_file(path) for path in project.documents if path in unknown)
    return draft, problems


def _misnamed_files(draft: Draft, kind: FileKind, documents: list[Document]) -> Iterator[Problem]:
    """Yield the files whose name is no id; one that is not a copy of another holds records that others name."""
    stems = {document.stem for document in documents}
    for document in documents:
        meant = meant_id(document.stem)
        if meant == document.stem:
            continue
        typed = document.data.get("id") if isinstance(document.data, dict) else None
        meant = typed if isinstance(typed, str) and meant_id(typed) == typed else meant
        right = f'name it "{meant}.yml"' if meant else "name it for the id of its record"
        if meant in stems:
            right = f'"{meant}.yml" is there already: delete this one, or give it a name and an id of its own'
        else:
            draft.broken.add(kind.name)
            draft.lost.append(Lost(document.path, "", kind.name))
        wrong = "a file of records has a name of lower-case letters, digits and single hyphens"
        yield Problem(document.path, 1, "", wrong, right, "file-name")


def _note_missing_files(draft: Draft) -> None:
    """Remember the records of each file that index.yml names and that is not there."""
    index = draft.one("index")
    if index is None:
        return
    for folder, kind in INDEXED.items():
        files = {document.stem for document in draft.files.get(kind, ())}
        for at, name in enumerate(getattr(index.record, folder)):
            if name in files:
                continue
            lost = name if folder == kind and folder != "sources" else None
            if lost is None:
                draft.broken.add(kind)
            elif name not in draft.ids(kind):
                draft.note_id(kind, name, index.document, (folder, at))
            draft.lost.append(Lost(index.path, where((folder, at)), kind, lost))


def _place(path: str) -> str:
    """Return the file or folder below data/ that a path begins with, to compare a path only with the kinds there."""
    return path.split("/", 2)[1]


def _is_reported(problem: Problem, misread: Mapping[tuple[str, str], str]) -> bool:
    """Whether reading has reported the error already; for a word such as yes, or for 1e3, the model knows more."""
    rule = misread.get((problem.path, problem.where))
    return (
        problem.rule == "right-type"
        and rule not in (None, "yaml-ambiguous")
        or rule in ("hidden-character", "plain-comma")
    )


def _unknown_file(path: str) -> Problem:
    place = next((kind.pattern for kind in FILES if fnmatch(path.casefold(), kind.pattern)), None)
    # Without what all have in common, by which any two would be alike.
    near = suggest(path.removeprefix("data/"), (kind.pattern.removeprefix("data/") for kind in FILES))
    right = f"move it: its place is {place}" if place else near or "data/README.md lists the files there are"
    return Problem(path, 1, "", "is not a file that the report knows", right, "file-name")


def _read_into(draft: Draft, kind: FileKind, document: Document) -> Iterator[Problem]:
    """Enter the record of a file into the draft, or yield what is wrong with its shape."""
    data = document.data
    try:
        record = kind.model.model_validate(data)
    except ValidationError as error:
        if data is None:
            draft.broken.add(kind.name)
            draft.lost.append(Lost(document.path, "", kind.name))
            return
        _note_typed(draft, kind, document, data)
        yield from _shape_problems(error, kind, document, data)
        _salvage(draft, kind, document, data)
    else:
        _enter(draft, kind, document, record)


def _note_typed(draft: Draft, kind: FileKind, document: Document, data: Any) -> None:
    """Remember ids as typed in a file that is not well-shaped."""
    rows = data.get(kind.listing) if kind.listing and isinstance(data, dict) else (data,)
    if not isinstance(data, dict) or not isinstance(rows, tuple):
        draft.broken.add(kind.name)
        return
    for at, row in enumerate(rows):
        if isinstance(row, dict):
            _note_id(draft, kind, document, (kind.listing, at) if kind.listing else (), row.get("id"))


def _note_id(draft: Draft, kind: FileKind, document: Document, keys: Keys, typed: Any) -> None:
    """Remember the id that a record was meant to have: references to it are not wrong because its id is."""
    meant = meant_id(typed) if isinstance(typed, str) else ""
    if not kind.listing and kind.pattern.endswith("/*.yml"):
        meant = meant or document.stem
    if meant:
        draft.note_id(kind.name, meant, document, keys)
    elif kind.name in NAMED:
        draft.broken.add(kind.name)
    if meant != typed and kind.name in NAMED:
        draft.lost.append(Lost(document.path, where((*keys, "id")), kind.name, meant or None))


def _enter(draft: Draft, kind: FileKind, document: Document, record: Any) -> None:
    if kind.listing:
        draft.entries.setdefault(f"{kind.name}-file", []).append(Entry(kind.name, record, document))
    rows: tuple[Record, ...] = getattr(record, kind.listing) if kind.listing else (record,)
    entries = draft.entries.setdefault(kind.name, [])
    has_id = bool(rows) and "id" in fields_of(type(rows[0]))
    for at, row in enumerate(rows):
        keys = (kind.listing, at) if kind.listing else ()
        entry = Entry(kind.name, row, document, keys)
        entries.append(entry)
        if has_id:
            draft.note_id(kind.name, entry.record.id, document, keys)


def _salvage(draft: Draft, kind: FileKind, document: Document, data: Any) -> None:
    """Enter the well-shaped rows of a listing, so that rules still check them."""
    listing = kind.listing or ""
    rows = data.get(listing) if isinstance(data, dict) else None
    if not isinstance(rows, tuple):
        draft.broken.add(f"{kind.name}-records")
        return
    model = get_args(kind.model.model_fields[listing].annotation)[0]
    entries = draft.entries.setdefault(kind.name, [])
    for at, row in enumerate(rows):
        try:
            entries.append(Entry(kind.name, model.model_validate(row), document, (listing, at)))
        except ValidationError:
            draft.broken.add(f"{kind.name}-records")


def _shape_problems(error: ValidationError, kind: FileKind, document: Document, data: Any) -> Iterator[Problem]:
    found: dict[Keys, list[ErrorDetails]] = {}
    for detail in error.errors(include_url=False):
        found.setdefault(_keys_in_file(detail, data), []).append(detail)
    extra: dict[Keys, list[str]] = {}
    for keys, details in found.items():
        if details[0]["type"] == "extra_forbidden":
            extra.setdefault(keys[:-1], []).append(where_field_belongs(kind, keys))
    around = {keys[:size] for keys in found for size in range(len(keys))}
    for keys, details in found.items():
        # Report one problem for a value that fits none of several types, unless an error inside the value is more precise.
        if keys in around:
            continue
        # A field that is mistyped is not missing as well.
        if details[0]["type"] == "missing" and any(f'"{keys[-1]}"' in other for other in extra.get(keys[:-1], ())):
            continue
        wrong, right, rule = in_words(plainest_error(details), keys, kind)
        yield document.problem(keys, wrong, right, rule)


def _keys_in_file(detail: ErrorDetails, data: Any) -> Keys:
    """Drop from pydantic's path the names of the union members it tried: keep what leads through the data."""
    keys: list[str | int] = []
    loc = detail["loc"]
    for at, key in enumerate(loc):
        if isinstance(data, dict) and (key in data or (detail["type"] == "missing" and at == len(loc) - 1)):
            keys.append(key)
            data = data.get(key)
        elif isinstance(data, tuple) and isinstance(key, int) and key < len(data):
            keys.append(key)
            data = data[key]
    return tuple(keys)
