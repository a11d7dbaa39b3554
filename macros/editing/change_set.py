"""A change set: new texts of data files, checked with the whole project and written all together or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

from macros.check import problems_of
from macros.load import Project
from macros.load.landscape import Landscape
from macros.load.pages import pages
from macros.load.parser import parse
from macros.problems import Problem, ProblemsFound

NOTHING = "Nothing was written"
UNUSED = "source-used"
_MARK = b"\xef\xbb\xbf"


def raw_text(root: Path, name: str) -> str:
    """Return the text of a data file as it is, line ends included, without a byte order mark."""
    return (root / name).read_bytes().decode("utf-8-sig")


def with_texts(project: Project, texts: Mapping[str, str]) -> Project:
    """Return the project as if these texts were in its files."""
    parsed = {name: parse(text.replace("\r\n", "\n"), name) for name, text in texts.items()}
    documents = {**project.documents, **{name: document for name, (document, _) in parsed.items()}}
    kept = [problem for problem in project.problems if problem.path not in texts]
    found = [problem for _, problems in parsed.values() for problem in problems]
    return replace(project, documents=dict(sorted(documents.items())), problems=(*kept, *found))


def problems_with(project: Project, texts: Mapping[str, str]) -> list[Problem]:
    """Return every problem of data and pages that the project would have with these texts."""
    draft, found = problems_of(with_texts(project, texts))
    if found:
        return found
    try:
        pages(project.root, Landscape.of(draft.public()))
    except ProblemsFound as error:
        return error.problems
    return []


def must_be_clean(project: Project) -> list[Problem]:
    """Raise ProblemsFound when the project has problems already: they would hide those of a change.

    A source that nothing cites yet is let pass and returned: a new record may be about to cite it.
    """
    found = problems_with(project, {})
    if any(problem.rule != UNUSED for problem in found):
        raise ProblemsFound(found, f"{NOTHING}: mend these first")
    return found


def new_problems(project: Project, texts: Mapping[str, str], before: Collection[Problem]) -> list[Problem]:
    """Return the problems that the texts would bring, beside those there were before."""
    known = {(problem.rule, problem.wrong) for problem in before}
    return [problem for problem in problems_with(project, texts) if (problem.rule, problem.wrong) not in known]


def write_all(root: Path, texts: Mapping[str, str | None], before: Mapping[str, str]) -> None:
    """Write every text, None for a file that goes, or none; `before` are the texts they were made from, "" for a new file.

    Raises ProblemsFound when a file changed meanwhile or cannot be written.
    """
    changed = [name for name in texts if _now(root, name) != before.get(name, "")]
    if changed:
        raise ProblemsFound(
            [_refusal(name, "was changed meanwhile", "run the command again") for name in changed], NOTHING
        )
    waiting: dict[str, Path] = {}
    old: dict[str, bytes | None] = {}
    name = ""
    try:
        for name, text in texts.items():
            if text is not None:
                waiting[name] = _temporary(root / name, text)
        for name in texts:
            target = (root / name).resolve()
            old[name] = target.read_bytes() if target.exists() else None
            if name in waiting:
                os.replace(waiting[name], target)
            else:
                target.unlink()
    except OSError as error:
        _undo(root, old)
        right = "see that the disk has room and that you may write there"
        raise ProblemsFound([_refusal(name, f"cannot be written ({error.strerror})", right)], NOTHING) from error
    finally:
        for path in waiting.values():
            path.unlink(missing_ok=True)


def _now(root: Path, name: str) -> str:
    return raw_text(root, name) if (root / name).exists() else ""


def _temporary(path: Path, text: str) -> Path:
    """Write a text into a hidden file beside its place, which the loader passes over."""
    path.parent.mkdir(parents=True, exist_ok=True)
    target = path.resolve()
    marked = target.exists() and target.read_bytes().startswith(_MARK)
    handle, name = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)
    with os.fdopen(handle, "wb") as file:
        file.write((_MARK if marked else b"") + text.encode("utf-8"))
    if target.exists():
        shutil.copymode(target, name)
    else:
        Path(name).chmod(0o666 & ~_umask())
    return Path(name)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _undo(root: Path, old: Mapping[str, bytes | None]) -> None:
    for name, content in old.items():
        target = (root / name).resolve()
        if content is None:
            target.unlink(missing_ok=True)
        else:
            target.write_bytes(content)


def _refusal(name: str, wrong: str, right: str) -> Problem:
    return Problem(name, 1, "", wrong, right, "file-writable")
