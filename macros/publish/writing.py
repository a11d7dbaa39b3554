"""Writing: files of the site, put where they belong."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

# A file by its path within a folder, with its size and, in nanoseconds, the time of its last change.
Stand = tuple[str, int, int]


def write(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write files by their path within a folder, and the folders they need."""
    for _ in written(folder, files):
        pass


def written(folder: Path, files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Yield files once they are written."""
    for path, content in files:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        _put(target, content)
        yield path, content


def _put(target: Path, content: bytes) -> None:
    """Write a file. What stands in its place may have a second one, where it has to stay as it is."""
    while True:
        try:
            with open(target, "xb") as file:
                file.write(content)
            return
        except FileExistsError:
            target.unlink(missing_ok=True)


def stands(folder: Path, paths: Iterable[str]) -> tuple[Stand, ...]:
    """Return how files of a folder stand."""
    return tuple(_stand(folder, path) for path in paths)


def _stand(folder: Path, path: str) -> Stand:
    found = os.stat(folder / path)
    return path, found.st_size, found.st_mtime_ns


def linked(files: Iterable[Stand], source: Path, target: Path) -> bool:
    """Give files a second place in another folder, if they stand as they did; say whether all have one."""
    try:
        for file in files:
            if _stand(source, file[0]) != file:
                return False
            (target / file[0]).parent.mkdir(parents=True, exist_ok=True)
            os.link(source / file[0], target / file[0])
    except OSError:  # they are gone, the file system has no links, or another page was faster: they can be made anew
        return False
    return True
