"""Store: what clean data files were read as, kept between runs by their bytes and the version of this reader.

It may be deleted at any time. Kept as plain values only, which nothing runs when it is read back.
"""

from __future__ import annotations

import marshal
from functools import cache
from pathlib import Path

import yaml

from macros.kept import read_values, write_values
from macros.load.document import Document, Packed
from macros.problems import Problem
from macros.program import sign

PLACE = Path(".cache/data.bin")
# What is new since the whole was written: it is written by itself, as long as it is little.
LATE = Path(".cache/data-late.bin")
_LITTLE = 10

Read = tuple[Document, list[Problem]]


class Store:
    """What files were read as: on the disk those without a problem, in this process all of the last reading."""

    def __init__(self, root: Path):
        self._path, self._late_path = root / PLACE, root / LATE
        whole = read_values(self._path, dict)
        self._kept: dict[bytes, Packed] = {**whole, **read_values(self._late_path, dict)}
        # What stands for the files that are kept in the whole.
        self._whole = frozenset(whole)
        self._last: dict[str, tuple[bytes, Read]] = {}
        self._now: dict[str, tuple[bytes, Read]] = {}
        self._is_new = False

    def get(self, name: str, key: bytes) -> Read | None:
        """Return what the file of this name was read as, if it had this key or is known from an earlier run."""
        last, read = self._last.get(name, (None, None))
        if last != key:
            packed = self._kept.get(key)
            read = (Document(name, packed, key), []) if packed else None
        if read:
            self._now[name] = key, read
        return read

    def put(self, key: bytes, document: Document, problems: list[Problem]) -> None:
        self._now[document.path] = key, (document, problems)
        self._is_new |= not problems

    def save(self) -> None:
        """Write what was read if there is anything new. A disk that refuses costs time at the next run only."""
        found = {key: document.packed for key, (document, problems) in self._now.values() if not problems}
        late = {key: packed for key, packed in found.items() if key not in self._whole}
        if max(len(late), len(self._whole) + len(late) - len(found)) > _LITTLE:
            write_values(self._path, found)
            write_values(self._late_path, {})
            self._whole = frozenset(found)
        elif self._is_new:
            write_values(self._late_path, late)
        self._kept, self._is_new = {}, False
        self._last, self._now = self._now, {}


@cache
def store_of(root: Path) -> Store:
    """Return the store of a project: one for all readings of this process."""
    return Store(root)


def key_of(signed: bytes) -> bytes:
    """Return what stands for a file, as this reader reads it, by what stands for its bytes."""
    return sign(_reader(), signed)


@cache
def _reader() -> bytes:
    """Return what another reader would not share: its own text, and the version of the parser."""
    sources = sorted(Path(__file__).parent.glob("*.py"))
    parts = [yaml.__version__.encode(), str(marshal.version).encode(), *(path.read_bytes() for path in sources)]
    return sign(*parts)
