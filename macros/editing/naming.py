"""Rename or remove a record together with every reference to it, all or nothing.

A copy of the project is checked with the change first; comments, order and every other line stay as they are.
"""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import yaml

from macros.check.shape import shape
from macros.editing.change_set import NOTHING, UNUSED, raw_text, write_all
from macros.editing.edit import CannotEdit, data_of
from macros.editing.nodes import Splice, line_start, node_at, node_end, value_at, with_splices
from macros.load import load
from macros.load.files import files_below
from macros.load.parser import LOADER
from macros.problems import Keys, Problem, ProblemsFound, suggest, where

# What a person calls a kind of record, and where such records stand.
KINDS = {
    "equipment": "equipment", "supplier": "suppliers", "priority": "priorities", "fact": "facts", "source": "sources",
    "dimension": "dimensions", "stage": "stages", "claim": "claims", "series": "series",
}  # fmt: skip
# The ids of these are no words of a language: they mean the record wherever they stand.
_UNLIKE_WORDS = ("facts", "sources")
Span = tuple[int, int]
# What finds every problem of the project in a folder, its pages and their calls included.
Check = Callable[[Path], list[Problem]]


class Place(NamedTuple):
    """A place that names a record: file, line, and the field; no field where it is a page or a text."""

    path: str
    line: int
    field: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}{f': {self.field}' if self.field else ''}"


class _Record:
    """A record of a project that checks, and all that names it. Raises ProblemsFound."""

    def __init__(self, root: Path, kind: str, name: str, check: Check):
        self.root, self.kind, self.name, self.check = root, KINDS[kind], name, check
        project = load(root)
        _refuse(check(root), ": mend these first")
        draft, _ = shape(project)
        self.known = draft.raw_ids.get(self.kind, {})
        if name not in self.known:
            right = suggest(name, self.known) or "mend the id"
            _refuse([Problem("data", 1, "", f'no {kind} "{name}"', right, "record-exists")])
        document, self.keys = self.known[name][0]
        self.path = document.path
        self.documents = project.documents
        self.before: dict[str, str] = {}
        self.fields: dict[str, list[Keys]] = defaultdict(list)
        for entry, keys, other in draft.pointers(self.kind):
            if other == name:
                self.fields[entry.path].append((*entry.keys, *keys))
        self.words = {path: spans for path in self._texts() if (spans := list(self._mentions(path)))}

    def text(self, path: str) -> str:
        """Return the text of a file as it is; nothing for one that is not there."""
        if path not in self.before:
            self.before[path] = raw_text(self.root, path) if (self.root / path).exists() else ""
        return self.before[path]

    def spans(self, path: str) -> list[Span]:
        """Return where the fields of a file that name the record hold its id."""
        root = yaml.compose(self.text(path), Loader=LOADER)
        own = [(*self.keys, "id")] if path == self.path else []
        return [_span(root, keys) for keys in (*self.fields.get(path, ()), *own)]

    def _texts(self) -> Iterator[str]:
        """Yield the files whose texts may name the record beside their fields."""
        yield from (f"content/{path}" for path in files_below(self.root / "content") if path.endswith(".md"))
        if self.kind in _UNLIKE_WORDS:
            yield from self.documents

    def _mentions(self, path: str) -> Iterator[Span]:
        name, text = re.escape(self.name), self.text(path)
        bare = rf"(?<![\w-]){name}(?![\w-])"
        quoted = rf"""(?<=["'/#]){name}(?=["')#\s]|\.md|\.html)"""
        found = (
            [m.span() for m in re.finditer(bare if self.kind in _UNLIKE_WORDS else quoted, text)]
            if self.name in text
            else []
        )
        taken = self.spans(path) if found and path.startswith("data/") else []
        yield from (span for span in found if not any(start <= span[0] < end for start, end in taken))

    def places(self) -> list[Place]:
        """Return every place that names the record."""
        fields = [
            Place(path, self.documents[path].line(keys), where(keys))
            for path, each in self.fields.items()
            for keys in each
        ]
        return sorted([*fields, *self.in_words()])

    def in_words(self) -> list[Place]:
        """Return the places that name the record in pages and texts."""
        return [
            Place(path, self.text(path).count("\n", 0, start) + 1, "")
            for path, spans in self.words.items()
            for start, _ in spans
        ]

    def files(self, new: str) -> dict[str, str]:
        """Return the files that are named for the record, each with the name it would have."""
        folders = [f"content/{self.kind}"]
        if not self.keys:
            folders.append(f"data/{self.kind}")
        if self.kind == "equipment":
            folders += ["data/evidence", "content/evidence"]
        names = [
            (f"{folder}/{self.name}{end}", f"{folder}/{new}{end}") for folder in folders for end in (".yml", ".md")
        ]
        return {old: other for old, other in names if (self.root / old).is_file()}


def rename(root: Path, kind: str, name: str, new: str, check: Check, is_trial: bool = False) -> list[Place]:
    """Give a record another id; return the places that named it. Raises ProblemsFound, and nothing is written."""
    record = _Record(root, kind, name, check)
    files = record.files(new)
    if new in record.known or any((root / other).exists() for other in files.values()):
        _refuse([Problem(record.path, 1, "id", f'"{new}" is used already', "choose another id", "unique-id")])
    texts: dict[str, str | None] = {}
    for path in {*record.fields, *record.words, record.path}:
        spans = {*(record.spans(path) if path.startswith("data/") else ()), *record.words.get(path, ())}
        text = record.text(path)
        texts[path] = with_splices(
            text, (Splice(start, end, text[start:end].replace(name, new)) for start, end in spans)
        )
    for old, other in files.items():
        texts[other], texts[old] = texts.get(old) or record.text(old), None
    _write(record, texts, is_trial)
    return record.places()


def remove(root: Path, kind: str, name: str, check: Check, is_trial: bool = False) -> list[Place]:
    """Take a record away, and its id out of lists; return the places. Raises ProblemsFound where something needs it."""
    record = _Record(root, kind, name, check)
    files = record.files(name)
    alone = [
        Place(path, record.documents[path].line(keys), where(keys))
        for path, each in record.fields.items()
        for keys in each
        if not isinstance(keys[-1], int) and path not in files
    ]
    needed = [*alone, *(place for place in record.in_words() if place.path not in files)]
    right = "name another one here, or remove this place first"
    _refuse([Problem(*place, f'names {kind} "{name}"', right, "still-named") for place in needed])
    texts: dict[str, str | None] = {}
    own = [(record.path, record.keys)] if record.keys else []
    for path, keys in (*((path, keys) for path, each in record.fields.items() for keys in each[::-1]), *own):
        try:
            texts[path] = without_item(texts.get(path) or record.text(path), keys)
        except CannotEdit as error:
            _refuse([Problem(path, record.documents[path].line(keys), "", str(error), "", "can-edit")])
    _write(record, {**texts, **dict.fromkeys(files)}, is_trial)
    return record.places()


def without_item(text: str, keys: Keys) -> str:
    """Return a text without an entry of a list, given by the list's keys and its number; comments around it stay."""
    at = int(keys[-1])
    new = _cut(text, node_at(yaml.compose(text, Loader=LOADER), keys[:-1]), at)
    before, after = (value_at(data_of(each), keys[:-1]) for each in (text, new))
    if after != before[:at] + before[at + 1 :]:
        raise CannotEdit(keys, "cannot be taken out of its list; edit the file by hand")
    return new


def _cut(text: str, node: Any, at: int) -> str:
    items = node.value
    if node.flow_style:
        first, last = items[at].start_mark.index, items[at].end_mark.index
        if at + 1 < len(items):
            last = items[at + 1].start_mark.index
        elif at:
            first = items[at - 1].end_mark.index
        return text[:first] + text[last:]
    start, end = line_start(text, items[at].start_mark.index), text.index("\n", node_end(text, items[at])) + 1
    if len(items) == 1:
        colon = text.rindex(":", 0, start)
        return f"{text[:colon]}: []{text[end - 1 :]}"
    is_parted = text[:start].endswith("\n\n") and text[end : end + 1] == "\n"
    return text[:start] + text[end + is_parted :]


def _span(root: Any, keys: Keys) -> Span:
    """Return where the id at a place stands; where the place is the name of a weight, where that name does."""
    inner = node_at(root, keys[:-1])
    found = (
        inner.value[keys[-1]]
        if isinstance(keys[-1], int)
        else next(pair for pair in inner.value if pair[0].value == keys[-1])
    )
    node = found if not isinstance(found, tuple) else found[0] if keys[-2:-1] == ("gap_weights",) else found[1]
    return node.start_mark.index, node.end_mark.index


def _write(record: _Record, texts: dict[str, str | None], is_trial: bool) -> None:
    """Write the new texts, None for a file that goes, if the project checks with them. Raises ProblemsFound."""
    before = {path: record.text(path) for path in texts}
    with TemporaryDirectory(prefix="report-") as folder:
        copy = Path(folder)
        for part in ("data", "content"):
            shutil.copytree(record.root / part, copy / part)
        if (record.root / "mkdocs.yml").exists():
            shutil.copy(record.root / "mkdocs.yml", copy)
        write_all(copy, texts, before)
        _refuse(record.check(copy))
    if not is_trial:
        write_all(record.root, texts, before)


def _refuse(problems: Iterable[Problem], why: str = "") -> None:
    """Raise ProblemsFound if there are any, apart from sources that nothing cites any more: those can go next."""
    if found := [problem for problem in problems if problem.rule != UNUSED]:
        raise ProblemsFound(found, f"{NOTHING}{why}")
