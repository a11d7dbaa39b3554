"""Read the files of `data/` and `content/` as plain data, and remember the line of every key.

In: a folder. Out: a Project of documents; from it a `draft` of its records, the `landscape` of those that are clean, and
the `pages` of prose. It judges only whether a file is strict YAML; what values mean is left to `check`. May import model.
"""

from __future__ import annotations

import marshal
from dataclasses import dataclass
from pathlib import Path

from macros.cache import FOLDER, Cache, code_fingerprint
from macros.load.content import is_passed_over
from macros.load.document import Document
from macros.load.files import bytes_of, files_below, text_in
from macros.load.parser import parse
from macros.problems import Problem

LARGEST = 4_000_000


@dataclass(frozen=True)
class Project:
    """All data files of a project, with what could not be read."""

    root: Path
    documents: dict[str, Document]
    problems: tuple[Problem, ...]


def load(root: Path) -> Project:
    """Read every YAML file below `root/data`. Unreadable files become problems, never exceptions."""
    documents: dict[str, Document] = {}
    problems: list[Problem] = []
    folder, cache = root / "data", Cache(root / FOLDER, code_fingerprint("load"))
    for path in sorted(files_below(folder), key=lambda path: path.split("/")):
        if path.endswith((".md", ".json")) or path.startswith("locale/") or is_passed_over(path):
            continue
        name = f"data/{path}"
        if not path.endswith(".yml"):
            right = 'give it a name that ends in ".yml", or move it out of data/'
            problems.append(Problem(name, 1, "", "is not a data file", right, "file-name"))
            continue
        documents[name], found = read(folder / path, name, folder, cache)
        problems.extend(found)
    return Project(root, documents, tuple(problems))


def read(path: Path, name: str, folder: Path, cache: Cache) -> tuple[Document, list[Problem]]:
    """Read one file: its document (data None when it could not be read) and its problems.

    Parsing takes nearly all the time of a command, so the parsed data of files without problems is cached.
    """
    content, problem = bytes_of(path, name, folder, LARGEST)
    if problem:
        return Document(name), [problem]
    cached = cache.read("parsed", content)
    if cached is not None:
        return Document(name, marshal.loads(cached)), []
    text, problem = text_in(content, name)
    if problem:
        return Document(name), [problem]
    document, problems = parse(text, name)
    if not problems:
        cache.write("parsed", content, marshal.dumps(document.packed))
    return document, problems
