"""Cache values that take long to make, in files named by the fingerprint of their input.

The folder may be deleted at any time, and several builds may use it at once. Values are bytes, so that reading one runs no
code: diskcache and joblib unpickle what they read, and hold a database or locks that forked workers would share.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from macros import PACKAGE

# The folder of a project for everything that only saves time.
FOLDER = Path(".cache")
# Most bytes that the values of one kind may take.
LIMIT = 100_000_000
# Seconds after which a value that is read again counts as used anew.
_DAY = 86_400
_DIGEST = hashlib.sha256().digest_size


def fingerprint(*parts: str | bytes) -> str:
    """Return the SHA-256 of some parts, each with its length: ("ab", "c") is not ("a", "bc")."""
    found = hashlib.sha256()
    for part in parts:
        content = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        found.update(len(content).to_bytes(8, "big"))
        found.update(content)
    return found.hexdigest()


def tree_fingerprint(folder: Path) -> str:
    """Return the fingerprint of every file below a folder by its path and content, compiled Python aside."""
    return fingerprint(*_names_and_contents(folder))


def _names_and_contents(folder: Path) -> Iterator[str | bytes]:
    for above, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for path in (Path(above, name) for name in sorted(names)):
            yield path.relative_to(folder).as_posix()
            yield path.read_bytes()


@cache
def code_fingerprint(*packages: str) -> str:
    """Return the fingerprint of the running code: Python, the installed libraries, and our named packages, by default all."""
    return fingerprint(environment_fingerprint(), *(tree_fingerprint(PACKAGE / name) for name in packages or ("",)))


@cache
def environment_fingerprint() -> str:
    """Return the fingerprint of the versions of Python and of all libraries installed."""
    return fingerprint(sys.version, *sorted(name for folder in sys.path for name in _distributions(folder)))


def _distributions(folder: str) -> list[str]:
    try:
        return [name for name in os.listdir(folder or ".") if name.endswith((".dist-info", ".egg-info"))]
    except OSError:
        return []


class Cache:
    """Values by their kind and input; without a folder nothing is cached.

    `maker` is the version or fingerprint of the code that makes the values: other code does not find them. When the
    values of a kind take more than `limit` bytes, the least recently used are deleted.
    """

    def __init__(self, folder: Path | None, maker: str, limit: int = LIMIT):
        self._folder, self._maker, self._limit = folder, maker, limit
        self._pruned: set[str] = set()

    def get(self, kind: str, content: str | bytes, make: Callable[[], bytes]) -> bytes:
        """Return the cached value of an input; `make` makes it if there is none."""
        found = self.read(kind, content)
        if found is None:
            found = make()
            self.write(kind, content, found)
        return found

    def read(self, kind: str, content: str | bytes) -> bytes | None:
        """Return the cached value of an input, None if there is none or its file is damaged."""
        if self._folder is None:
            return None
        try:
            with open(self._path(self._folder, kind, content), "rb") as file:
                found = file.read()
                if time.time() - os.fstat(file.fileno()).st_mtime > _DAY:
                    os.utime(file.fileno())
        except OSError:
            return None
        digest, value = found[:_DIGEST], found[_DIGEST:]
        return value if digest == hashlib.sha256(value).digest() else None

    def write(self, kind: str, content: str | bytes, value: bytes) -> None:
        """Cache a value. If the disk refuses, the next run makes it again."""
        if self._folder is None:
            return
        with contextlib.suppress(OSError):
            (self._folder / kind).mkdir(parents=True, exist_ok=True)
            if kind not in self._pruned:
                self._pruned.add(kind)
                prune(self._folder / kind, self._limit)
            write_whole(self._path(self._folder, kind, content), hashlib.sha256(value).digest() + value)

    def _path(self, folder: Path, kind: str, content: str | bytes) -> Path:
        return folder / kind / fingerprint(self._maker, content)


def prune(folder: Path, limit: int) -> None:
    """Delete the least recently used files of a folder until the others take at most `limit` bytes."""
    files = [(about.st_mtime, about.st_size, path) for path in folder.iterdir() if (about := _about(path))]
    total = 0
    for _, size, path in sorted(files, reverse=True):
        total += size
        if total > limit:
            path.unlink(missing_ok=True)


def _about(path: Path) -> os.stat_result | None:
    """Return the status of a file, None if another build has just deleted it."""
    with contextlib.suppress(FileNotFoundError):
        return path.stat()
    return None


def write_whole(path: Path, content: bytes) -> None:
    """Write a file atomically, even if another process writes the same one."""
    part = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}.part")
    part.write_bytes(content)
    part.replace(path)
