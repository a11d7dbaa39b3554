"""Writing: files of the site, put where they belong."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

# A file by its path within a folder, with its size and, in nanoseconds, the time of its last change.
Stand = tuple[str, int, int]
# Bytes that are compared in a go: nearly all files are smaller, and of the others there shall not be two in memory.
_BLOCK = 1_000_000


class Target:
    """The folder that a site is written into. What is as it was in `last`, the folder of the last site, is shared with it.

    What is shared need neither be written nor, once the last folder goes, be given back to the disk. So that the last site
    stays as it is, no file is ever written over.
    """

    def __init__(self, folder: Path, last: Path | None = None):
        self._folder, self._last = folder, last
        self._homes: set[str] = set()

    def write(self, files: Iterable[tuple[str, bytes]]) -> None:
        """Write files by their path within the folder, and the folders they need."""
        for _ in self.written(files):
            pass

    def written(self, files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
        """Yield files once they are written."""
        for path, content in files:
            if not (self._had(path, content) and self._share(path)):
                self._put(path, content)
            yield path, content

    def read(self, path: str) -> bytes:
        """Return the content of a file that was written."""
        return (self._folder / path).read_bytes()

    def stands(self, paths: Iterable[str]) -> tuple[Stand, ...]:
        """Return how files stand that were written."""
        return tuple(_stand(f"{self._folder}/{path}", path) for path in paths)

    def take(self, files: Iterable[Stand]) -> bool:
        """Share files with the last folder, if they stand there as they did; say whether all are shared."""
        return all(self._stands(file) and self._share(file[0]) for file in files)

    def _stands(self, file: Stand) -> bool:
        try:
            return self._last is not None and _stand(f"{self._last}/{file[0]}", file[0]) == file
        except OSError:
            return False

    def _had(self, path: str, content: bytes) -> bool:
        """Whether a file of the last folder has a content."""
        last = f"{self._last}/{path}"
        try:
            if self._last is None or os.stat(last).st_size != len(content):
                return False
            with open(last, "rb") as file:
                return all(file.read(_BLOCK) == content[at : at + _BLOCK] for at in range(0, len(content), _BLOCK))
        except OSError:
            return False

    def _share(self, path: str) -> bool:
        """Give a file of the last folder a second place; say whether it has it: not every file system can."""
        last, target = f"{self._last}/{path}", self._at(path)
        try:
            os.link(last, target)
        except FileExistsError:  # what stands on two pages is written for both
            return target.exists() and target.samefile(last)
        except OSError:
            return False
        return True

    def _put(self, path: str, content: bytes) -> None:
        """Write a file. What stands in its place may be shared, and stay as it is elsewhere."""
        target = self._at(path)
        while True:
            try:
                with open(target, "xb") as file:
                    file.write(content)
                return
            except FileExistsError:
                target.unlink(missing_ok=True)

    def _at(self, path: str) -> Path:
        home = path.rpartition("/")[0]
        if home not in self._homes:
            (self._folder / home).mkdir(parents=True, exist_ok=True)
            self._homes.add(home)
        return self._folder / path


def _stand(place: str, path: str) -> Stand:
    found = os.stat(place)
    return path, found.st_size, found.st_mtime_ns
