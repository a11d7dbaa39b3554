"""Writing: files of the site, put where they belong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path


def write(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write files by their path within a folder, and the folders they need."""
    for _ in written(folder, files):
        pass


def written(folder: Path, files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Yield files once they are written."""
    for path, content in files:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        yield path, content
