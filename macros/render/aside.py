"""Put large values aside, in a file without a name, until their turn comes: memory is for what is at work."""

from __future__ import annotations

import pickle
from tempfile import TemporaryFile
from typing import Any, NamedTuple


class Place(NamedTuple):
    """Where a value lies."""

    start: int
    size: int


class Aside:
    """A file of values, which is gone with this object. Forked processes must not use it: they would move each other's place.

    Raises OSError when the disk refuses.
    """

    def __init__(self) -> None:
        self._file, self._end = TemporaryFile(buffering=0), 0  # noqa: SIM115 - open as long as there is this object

    def put(self, packed: bytes) -> Place:
        """Put a packed value aside and return where it lies."""
        place = Place(self._end, len(packed))
        self._file.seek(place.start)
        left = memoryview(packed)
        while left:
            left = left[self._file.write(left) :]
        self._end += place.size
        return place

    def get(self, place: Place) -> Any:
        """Return the value at a place."""
        self._file.seek(place.start)
        return pickle.loads(self._file.read(place.size))


def packed(value: object) -> bytes:
    """Return a value as it is put aside. Texts take the bytes of UTF-8."""
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
