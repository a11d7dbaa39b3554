"""History: read the data of the project as they were at a revision of git, without touching the working tree."""

from __future__ import annotations

import shutil
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

from macros.check import problems_of
from macros.git import NoGit, ask, unpack
from macros.load import load
from macros.load.landscape import Landscape
from macros.model import FILES
from macros.problems import ProblemsFound

# Words are compared in their present form; phrases that later blocks ask for need not have been there.
_WORDS = ("phrase-exists", "name-listed")


class NoState(Exception):
    """A state that cannot be compared; says why in plain words."""


def landscapes(root: Path, old: str, new: str | None, internal: bool = False) -> tuple[Landscape, Landscape, list[str]]:
    """Return the landscapes of two revisions (None: the working tree), and notes on what was lent to them.

    Without `internal` they are those of the public: what is told of them may be told to everybody.
    Raises NoState, or ProblemsFound when a state does not check.
    """
    notes: list[str] = []
    return _landscape(root, old, notes, internal), _landscape(root, new, notes, internal), notes


def _landscape(root: Path, revision: str | None, notes: list[str], internal: bool) -> Landscape:
    if revision is None:
        return _checked(root, "the working tree", is_now=True, internal=internal)
    with TemporaryDirectory(prefix="report-") as folder:
        there = Path(folder).resolve()
        _unpack(root, revision, there)
        is_same_schema = _schemas(there) == _schemas(root)
        notes.extend(f"{revision} had no {path}; the present one stands in" for path in _lend(root, there))
        return _checked(there, revision, is_same_schema, internal)


def _checked(root: Path, name: str, is_now: bool, internal: bool) -> Landscape:
    """Return the landscape at a root. Raises NoState where its data have another schema."""
    draft, found = problems_of(load(root), _WORDS)
    if found and not is_now:
        examples = "".join(f"\n  {problem}" for problem in found[:3])
        raise NoState(
            f"{name} was written for another version of the program: its data/schema differs, and today's program "
            f"finds {len(found)} problem{'s' * (len(found) != 1)} in its data. Name a later revision. For example:{examples}"
        )
    if found:
        raise StateProblems(name, found)
    return Landscape.of(draft if internal else draft.public())


class StateProblems(ProblemsFound):
    """The problems of a state that does not check, with its name."""

    def __init__(self, name: str, problems: list):
        super().__init__(problems)
        self.name = name

    def __str__(self) -> str:
        return f"{self.name} does not check:\n{super().__str__()}"


def _unpack(root: Path, revision: str, folder: Path) -> None:
    """Write `data/` as it was at a revision below a folder."""
    try:
        found = ask(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        if found.returncode:
            if ask(root, "rev-parse", "--git-dir").returncode:
                raise NoState(f"{root} is not in a git repository, so it has no other state")
            raise NoState(f'git knows no revision "{revision}"; git log --oneline lists them')
        if not unpack(root, found.stdout.decode().strip(), folder, "data"):
            raise NoState(f"{revision} has no folder data/")
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
