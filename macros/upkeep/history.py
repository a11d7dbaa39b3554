"""Read the data of the project as of a revision of git, without touching the working tree."""

from __future__ import annotations

import shutil
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from macros.check import problems_of
from macros.check.rules import RULES
from macros.git import NoGit, ask, unpack
from macros.load import load
from macros.load.draft import Draft
from macros.load.landscape import Landscape
from macros.model import FILES
from macros.problems import Problem, ProblemsFound, counted

# Words are compared in their present form; phrases that later blocks ask for need not have been there.
_WORDS = ("phrase-exists", "name-listed")
# Rules on content rather than on shape or names: a state that breaks one, since it is older, can still be compared.
_LATER = frozenset(
    rule.id
    for rule in RULES
    if not rule.id.endswith("-exists") and rule.id not in ("unique-id", "edition-roles", "file-listed")
)


class NoState(Exception):
    """A state that cannot be compared; says why in plain words."""


class State(NamedTuple):
    """The project at one time: what its data say, the places they stand at, and the texts of its pages by path."""

    land: Landscape
    draft: Draft
    pages: dict[str, str]


def states(root: Path, old: str, new: str | None, internal: bool) -> tuple[State, State, list[str]]:
    """Return two revisions (None: the working tree), and notes on what was lent to them or passed over.

    Without `internal` they are the public ones, so that a report on them may be published.
    Raises NoState, or ProblemsFound when a state does not check.
    """
    notes: list[str] = []
    return _state(root, old, notes, internal), _state(root, new, notes, internal), notes


def _state(root: Path, revision: str | None, notes: list[str], internal: bool) -> State:
    if revision is None:
        return _checked(root, "the working tree", *_read(root), internal)
    with TemporaryDirectory(prefix="report-") as folder:
        there = Path(folder).resolve()
        _unpack(root, revision, there)
        notes.extend(f"{revision} had no {path}; the present one stands in" for path in _lend(root, there))
        draft, found = _read(there)
        kept = [problem for problem in found if problem.rule not in _LATER]
        if passed := len(found) - len(kept):
            notes.append(f"{revision} breaks {passed} times a rule of today, which is passed over")
        if kept and _schemas(there) != _schemas(root):
            examples = "".join(f"\n  {problem}" for problem in kept[:3])
            raise NoState(
                f"{revision} was written for another version of the program: its data/schema differs, and today's program "
                f"finds {counted(len(kept), 'problem')} in its data. Name a later revision. For example:{examples}"
            )
        return _checked(there, revision, draft, kept, internal)


def _read(root: Path) -> tuple[Draft, list[Problem]]:
    draft, found = problems_of(load(root))
    return draft, [problem for problem in found if problem.rule not in _WORDS]


def _checked(root: Path, name: str, draft: Draft, found: list[Problem], internal: bool) -> State:
    """Return the state at a root. Raises ProblemsFound."""
    if found:
        raise StateProblems(name, found)
    shown = draft if internal else draft.public()
    pages = {path.relative_to(root).as_posix(): path for path in sorted((root / "content").rglob("*.md"))}
    texts = {name: path.read_text(encoding="utf-8", errors="replace") for name, path in pages.items()}
    return State(Landscape.of(shown), shown, texts)


class StateProblems(ProblemsFound):
    """The problems of a state that does not check, with its name."""

    def __init__(self, name: str, problems: list[Problem]):
        super().__init__(problems)
        self.name = name

    def __str__(self) -> str:
        return f"{self.name} does not check:\n{super().__str__()}"


def _unpack(root: Path, revision: str, folder: Path) -> None:
    """Write `data/` and `content/` as they were at a revision below a folder."""
    try:
        found = ask(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        if found.returncode:
            if ask(root, "rev-parse", "--git-dir").returncode:
                raise NoState(f"{root} is not in a git repository, so it has no other state")
            raise NoState(f'git knows no revision "{revision}"; git log --oneline lists them')
        if not unpack(root, found.stdout.decode().strip(), folder, "data"):
            raise NoState(f"{revision} has no folder data/")
        unpack(root, found.stdout.decode().strip(), folder, "content")
    except NoGit as error:
        raise NoState(f"{error}, and without it there is no other state") from error
    except tarfile.FilterError as error:
        raise NoState(f"{revision} holds a link that leaves data/: {error}") from error


def _schemas(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / "data/schema").glob("*.json")}


def _lend(root: Path, there: Path) -> list[str]:
    """Copy files that the state did not know yet from the working tree, and return their paths."""
    single = [kind.pattern for kind in FILES if "*" not in kind.pattern]
    missing = [path for path in single if not (there / path).exists() and (root / path).is_file()]
    for path in missing:
        shutil.copyfile(root / path, there / path)
    return missing
