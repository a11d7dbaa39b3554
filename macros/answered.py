"""Answered: a check that found nothing wrong is not made again as long as every byte it rests on is the same.

Its answer is kept with what stands for the data, the pages and this program. A check that found a problem is always made.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from macros import program
from macros.kept import read_values, write_values
from macros.program import below, contents, sign, sign_all

PLACE = Path(".cache/check.bin")
# Every file with what changes when it is saved.
Stand = list[tuple[str, int, int]]


class Answer(NamedTuple):
    """What a check said, with what stands for all that it read, and how the files stood."""

    key: bytes
    said: str
    stand: Stand


def answered(root: Path, check: Callable[[Mapping[str, bytes]], str]) -> str:
    """Return what the last check said of the same project, else what `check` says of it. Raises what `check` raises.

    `check` is told what stands for the bytes of each data file, so that it need not read again what it knows.
    """
    before = _stand(root)
    known = Answer(*found) if len(found := read_values(root / PLACE, tuple)) == len(Answer._fields) else None
    signs, key = _read(root) if known and known.stand == before else _read_beside(root)
    is_known = bool(known and key and known.key == key)
    if is_known and known.stand == before:
        return known.said
    # Files that were saved as they had been say the same: it is noted how they stand now, for the next time.
    said = known.said if is_known else check(signs)
    # What was saved while the check was at work may be in the answer or not.
    if key and before == _stand(root):
        write_values(root / PLACE, tuple(Answer(key, said, before)))
    return said


def _read_beside(root: Path) -> tuple[dict[str, bytes], bytes]:
    """Return the same as `_read`: while files are read that were saved, what is to check them is loaded."""
    from macros.cores import beside

    with beside(partial(_read, root)) as read:
        import_module("macros.check")
        return read()


def _read(root: Path) -> tuple[dict[str, bytes], bytes]:
    """Return what stands for each data file, and for all that a check reads; nothing where links keep that from being said."""
    try:
        signs = {name: sign(content) for name, content in contents(root / "data")}
        names = (f"{name}\0".encode("utf-8", "surrogateescape") + found for name, found in signs.items())
        return signs, sign(program.program(), _settings(root), sign_all(names), sign_all(below(root / "content")))
    except OSError:
        return {}, b""


def _settings(root: Path) -> bytes:
    """Return the settings of the engine, which say how pages are read."""
    path = root / "mkdocs.yml"
    return path.read_bytes() if path.exists() else b""


def _stand(root: Path) -> Stand:
    """Return every file that a check reads with the time of its last change, and what the engine is set to."""
    settings = root / "mkdocs.yml"
    known = [
        (str(settings), found.st_ino, found.st_ctime_ns) for found in ([settings.stat()] if settings.exists() else [])
    ]
    return known + [row for folder in (root / "data", root / "content", program.PACKAGE) for row in _changed(folder)]


def _changed(folder: str | Path) -> Iterator[tuple[str, int, int]]:
    try:
        entries = list(os.scandir(folder))
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _changed(entry.path)
            else:
                found = entry.stat(follow_symlinks=False)
                yield entry.path, found.st_ino, found.st_ctime_ns
    except OSError:
        return
