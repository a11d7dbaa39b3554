"""Passed: a file in which nothing was wrong is neither judged again for its shape nor shown to the rules on single files.

What is said of its shape follows from the file and from our code, and what such a rule says from the choices of the report
as well. As long as these are the same, so is the answer; it is kept between runs, and may be deleted at any time.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from macros.draft import Draft
from macros.kept import read_values, write_values
from macros.load import Project
from macros.problems import Problem, visible
from macros.program import program, sign

PLACE = Path(".cache/passed.bin")
# The kinds of file that rules on single files look at beside the file they judge.
_CHOICES = ("report", "words", "method", "stages", "dimensions")


def well_shaped(root: Path) -> dict[str, bytes]:
    """Return the files of which this program has found the shape right, each by its path with what stands for its text."""
    kept = read_values(root / PLACE, tuple)
    return kept[2] if kept[:1] == (program(),) else {}


class Passed:
    """The files of a project that have passed, each by its path with what stands for its text."""

    def __init__(self, project: Project, draft: Draft):
        self._path = project.root / PLACE
        # A document keeps the record that it is the right shape for.
        self._files = {path: found.key for path, found in project.documents.items() if found.key and found.kept}
        self._choices = _choices(draft)
        kept = read_values(self._path, tuple)
        known = kept[2] if self._choices and kept[:2] == (program(), self._choices) else {}
        self._known = {path: key for path, key in self._files.items() if known.get(path) == key}

    def others(self, draft: Draft) -> Draft:
        """Return the draft without the records of files that have passed; the choices stay."""
        entries = {
            kind: rows
            if kind.removesuffix("-file") in _CHOICES
            else [entry for entry in rows if entry.document.path not in self._known]
            for kind, rows in draft.entries.items()
        }
        return Draft(entries, draft.raw_ids, draft.broken, draft.files)

    def keep(self, found: Iterable[Problem]) -> None:
        """Keep which files have passed now, after all rules found these problems."""
        wrong = {problem.path for problem in found}
        passed = {path: key for path, key in self._files.items() if visible(path) not in wrong}
        if self._choices and passed != self._known:
            write_values(self._path, (program(), self._choices, passed))


def _choices(draft: Draft) -> bytes:
    """Return what stands for the choices and our code; nothing when a file of choices was not read well."""
    documents = [document for kind in _CHOICES for document in draft.files[kind]]
    if not all(document.key for document in documents):
        return b""
    names = [document.path.encode("utf-8", "surrogatepass") for document in documents]
    return sign(program(), *names, *(document.key for document in documents))
