"""Kept: what takes long to make, as files known by what they were made of. They may be deleted at any time: it costs time only."""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import os
from collections.abc import Callable, Iterable
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

# Bytes from which a file is read where it lies: of a copy that large, once it is freed, the C library learns to take no such
# piece of memory from the system any more, and what grows later is copied on and on.
_LARGE = 1_000_000


class Kept:
    """Things of several kinds in a folder; with no folder everything is made anew.

    `maker` names what makes them and its version: another one makes all of them anew.
    """

    def __init__(self, folder: Path | None, maker: str):
        self._folder, self._maker = folder, maker
        self._asked_for: set[str] = set()

    def get(self, kind: str, content: str, make: Callable[[], bytes]) -> bytes:
        """Return what `make` makes of a content, as it was made the last time."""
        return self._found(f"{self._key(kind, content)}.{kind}", make)

    def last(self, kind: str, content: str, make: Callable[[], bytes]) -> bytes:
        """Return the same, and forget what was not asked for here: for what is large."""
        made = self.get(kind, content, make)
        self.forget(kind)
        return made

    def forget(self, kind: str) -> None:
        """Delete what is kept of a kind and was not asked for here."""
        for path in self._folder.glob(f"*.{kind}") if self._folder else ():
            if path.name not in self._asked_for:
                path.unlink(missing_ok=True)

    def _key(self, kind: str, content: str) -> str:
        return hashlib.sha256(f"{self._maker}\n{kind}\n{content}".encode("utf-8", "surrogatepass")).hexdigest()

    def _found(self, name: str, make: Callable[[], bytes]) -> bytes:
        self._asked_for.add(name)
        if self._folder is None:
            return make()
        path = self._folder / name
        try:
            return path.read_bytes()
        except OSError:
            made = make()
            # A disk that refuses costs time at the next run only.
            with contextlib.suppress(OSError):
                write_whole(path, made)
            return made


def digest(paths: Iterable[Path]) -> str:
    """Return a sign of the text of some files, such as the modules that make something."""
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in sorted(paths))).hexdigest()


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, whoever else does the same."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    part.write_bytes(content)
    part.replace(path)


def read_values(path: Path, kind: type) -> Any:
    """Return the plain values kept in a file, or none where they cannot be had."""
    try:
        with open(path, "rb") as file:
            if os.fstat(file.fileno()).st_size < _LARGE:
                found = marshal.loads(file.read())
            else:
                with mmap(file.fileno(), 0, access=ACCESS_READ) as content:
                    found = marshal.loads(content)
    except (OSError, EOFError, ValueError, TypeError):
        return kind()
    return found if isinstance(found, kind) else kind()


def write_values(path: Path, values: Any) -> None:
    """Keep plain values in a file, of which nothing runs when it is read. A disk that refuses costs time only."""
    with contextlib.suppress(OSError):
        write_whole(path, marshal.dumps(values))
