"""Passed: a file that the rules on single files found nothing wrong with is not shown to them again.

What such a rule says follows from the file, from the choices of the report and from our code. As long as these three are
the same, so is the answer; it is kept between runs, and may be deleted at any time.
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


class Passed:
    """The files of a project that have passed, each by its path with what stands for its text."""

    def __init__(self, project: Project, draft: Draft):
        self._path = project.root / PLACE
        self._files = {path: document.key for path, document in project.documents.items() if document.key}
        self._choices = _choices(draft)
        kept = read_values(self._path, tuple)
        known = kept[1] if self._choices and kept[:1] == (self._choices,) else {}
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
            write_values(self._path, (self._choices, passed))


def _choices(draft: Draft) -> bytes:
    """Return what stands for the choices and our code; nothing when a file of choices was not read well."""
    documents = [document for kind in _CHOICES for document in draft.files[kind]]
    if not all(document.key for document in documents):
        return b""
    names = [document.path.encode("utf-8", "surrogatepass") for document in documents]
    return sign(program(), *names, *(document.key for document in documents))
