"""Store: what clean data files were read as, kept between runs by their text and the version of this reader.

It may be deleted at any time. Kept as plain values only, which nothing runs when it is read back.
"""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import os
from functools import cache
from pathlib import Path
from typing import Any

import yaml

PLACE = Path(".cache/data.bin")
Found = tuple[Any, dict[Any, int]]


# New files that are worth writing all anew for, after the first time.
_FEW = 10


class Store:
    """Data and lines of files by their text. What the first reading did not ask for is forgotten."""

    def __init__(self, root: Path):
        self._path = root / PLACE
        self._known: dict[bytes, Found] = _read(self._path)
        self._asked: dict[bytes, Found] = {}
        self._new, self._enough = 0, 1

    def get(self, text: str) -> Found | None:
        """Return what a text was read as, if that is known."""
        key = _key(text)
        found = self._asked.get(key) or self._known.get(key)
        if found is not None:
            self._asked[key] = found
        return found

    def put(self, text: str, data: Any, lines: dict[Any, int]) -> None:
        self._asked[_key(text)] = (data, lines)
        self._new += 1

    def save(self) -> None:
        """Write what was asked for, if enough of it is new. A disk that refuses costs time at the next run only."""
        if self._new >= self._enough or len(self._asked) < len(self._known):
            self._write()
            self._new = 0
        self._known, self._enough = {}, _FEW

    def _write(self) -> None:
        part = self._path.with_suffix(f".{os.getpid()}.part")
        try:
            part.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(marshal.dumps(self._asked))
            part.replace(self._path)
        except OSError:
            with contextlib.suppress(OSError):
                part.unlink()


@cache
def store_of(root: Path) -> Store:
    """Return the store of a project: one for all readings of this process."""
    return Store(root)


def _read(path: Path) -> dict[bytes, Found]:
    try:
        found = marshal.loads(path.read_bytes())
    except (OSError, EOFError, ValueError, TypeError):
        return {}
    return found if isinstance(found, dict) else {}


def _key(text: str) -> bytes:
    return hashlib.sha256(_reader() + text.encode("utf-8", "surrogatepass")).digest()


@cache
def _reader() -> bytes:
    """Return what another reader would not share: its own text, and the version of the parser."""
    sources = sorted(Path(__file__).parent.glob("*.py"))
    parts = [yaml.__version__.encode(), str(marshal.version).encode(), *(path.read_bytes() for path in sources)]
    return hashlib.sha256(b"\0".join(parts)).digest()
