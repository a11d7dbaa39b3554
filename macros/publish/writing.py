"""Write files of the site."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from macros.cache import write_whole


def write_files(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write files by their path within a folder, and the folders they need.

    Each is put into its place whole: while serving, a browser may ask for it at any moment.
    """
    for path, content in files:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, content)
