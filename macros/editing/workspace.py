"""A workspace holds the files that a new record changes as texts, until all of them have been checked together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from macros.check.shape import shape
from macros.editing.change_set import NOTHING, UNUSED, must_be_clean, new_problems, raw_text, write_all
from macros.editing.edit import CannotEdit, data_of, with_item, with_values
from macros.editing.schema_files import allowed_words
from macros.load import load
from macros.load.draft import Draft
from macros.load.parser import END
from macros.model import FILES
from macros.model.base import Record
from macros.model.equipment import ValueShare
from macros.model.fields import Leaf, leaves
from macros.model.names import is_wide
from macros.model.references import fields_naming
from macros.model.supplier import Parent
from macros.problems import Keys, Problem, ProblemsFound

INDEX = "data/index.yml"
_NUMBERED = re.compile(r"([a-z]{2})-(\d+)\Z")


class Workspace:
    """A clean project, and the new texts of its files. Raises ProblemsFound for a project that is not clean."""

    def __init__(self, root: Path):
        self.root = root
        self.project = load(root)
        self.known = must_be_clean(self.project)
        self.draft: Draft = shape(self.project)[0]
        self.files = {file.name: file for file in FILES}
        self.texts: dict[str, str] = {}
        self.before: dict[str, str] = {}
        self.created: dict[str, set[str]] = {}

    def ids(self, kind: str) -> list[str]:
        """Return the ids of a kind of record, those on the workspace included."""
        return sorted({*self.draft.ids(kind), *self.created.get(kind, ())})

    def fields(self, kind: str, model: type[Record] | None = None) -> tuple[Leaf, ...]:
        """Return the fields of a new record, with the words that the data of this project allows."""
        file = self.files[kind]
        asked = model or file.model
        named = {
            (owner, field): self.ids(name)
            for name in ("sources", "suppliers", "facts")
            for owner in (asked, ValueShare, Parent)
            for field in fields_naming(owner, name)
        }
        return leaves(file, asked, {**allowed_words(self.draft, file), **named})

    def exists(self, path: str) -> bool:
        return path in self.texts or (self.root / path).exists()

    def text(self, path: str) -> str:
        if path not in self.texts:
            self.before[path] = raw_text(self.root, path)
        return self.texts.get(path, self.before.get(path, ""))

    def data(self, path: str) -> Any:
        return data_of(self.text(path))

    def create(self, path: str, schema: str, lines: Sequence[str]) -> None:
        """Add a file of its own."""
        if self.exists(path):
            raise ProblemsFound(
                [Problem(path, 1, "", "there is such a file already", "choose another id", "unique-id")], NOTHING
            )
        first = f"# yaml-language-server: $schema=../schema/{schema}.schema.json"
        self.before[path] = ""
        self.texts[path] = "\n".join([first, *lines, END, ""])

    def add(self, path: str, keys: Keys, lines: Sequence[str], at: int) -> None:
        """Add an entry to a list in a file."""
        try:
            self.texts[path] = with_item(self.text(path), keys, lines, at)
        except CannotEdit as error:
            raise ProblemsFound([Problem(path, 1, "", str(error), "", "can-edit")], NOTHING) from error

    def list_name(self, folder: str, name: str, after: str | None = None) -> None:
        """Name a new file in index.yml, behind another name or at the end."""
        names = self.data(INDEX)[folder]
        at = names.index(after) + 1 if after in names else len(names)
        self.texts[INDEX] = with_values(self.text(INDEX), {(folder,): (*names[:at], name, *names[at:])})

    def problems(self, unused: str | None = None) -> list[Problem]:
        """Return what would be wrong; a new source that nothing cites yet is let pass."""
        found = new_problems(self.project, self.texts, self.known)
        return [problem for problem in found if problem.rule != UNUSED or f'"{unused}"' not in problem.wrong]

    def write(self) -> None:
        write_all(self.root, self.texts, self.before)


def next_number(prefix: str, ids: Collection[str]) -> str:
    """Return the next free id of a dossier: fe-037 after fe-036."""
    numbers = [int(found[2]) for found in map(_NUMBERED.match, ids) if found and found[1] == prefix]
    return f"{prefix}-{max(numbers, default=0) + 1:03d}"


def usual_prefix(ids: Sequence[str]) -> str | None:
    """Return the dossier of most of the numbered ids, None when there are none."""
    found = Counter(match[1] for match in map(_NUMBERED.match, ids) if match)
    return found.most_common(1)[0][0] if found else None


def slug(text: str, words: int = 6) -> str:
    """Return a text as an id: lower-case Latin letters, digits and hyphens; empty when none are left."""
    from anyascii import anyascii

    # Letters as wide as high stand each for a word or a syllable: "xian dao", not "xiandao".
    spaced = "".join(f" {anyascii(letter)} " if is_wide(letter) else anyascii(letter) for letter in text)
    plain = spaced.replace("'", "").casefold()
    return "-".join(re.findall(r"[a-z0-9]+", plain)[:words])[:60].strip("-")


def free_id(name: str, ids: Collection[str]) -> str:
    """Return an id that is not taken: the name, or the name with a number."""
    numbers = ("", *(f"-{number}" for number in range(2, len(ids) + 3)))
    return next(f"{name}{number}" for number in numbers if f"{name}{number}" not in ids)
