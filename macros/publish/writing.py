"""Writing: files of the site, put where they belong."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


def write_files(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write files by their path within a folder, and the folders they need."""
    for path, content in files:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
