"""Decide which files of `content/` and `data/` count and which are ignored, alike for reading and publishing.

Files that editors and office programs leave beside others are ignored: never read, published or reported. A page, a
picture or a file for readers is content. Anything else got there by mistake, and is reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from macros.load.files import files_below
from macros.problems import Problem

# Beginnings and ends of names: hidden files, backups, lock files, what a merge or a patch leaves.
_BEGINNINGS = (".", "#", "~$", "~WRL", "___jb_")
_ENDS = ("~", ".bak", ".orig", ".rej", ".swp", ".swo", ".tmp", ".part", ".crdownload", "___jb_tmp___", "___jb_old___")
_NAMES = frozenset(("Thumbs.db", "desktop.ini", "Icon\r", "4913"))
PAGE = ".md"
PICTURES = (".avif", ".gif", ".ico", ".jpeg", ".jpg", ".png", ".svg", ".webp")
_OFFERED = (
    ".css", ".csv", ".html", ".js", ".json", ".mp4", ".pdf", ".webm", ".webmanifest", ".woff", ".woff2", ".xlsx", ".xml", ".zip",
)  # fmt: skip
# Files without such an ending that hosts and search engines look for.
_FOR_HOSTS = frozenset(("CNAME", "_headers", "_redirects", "humans.txt", "robots.txt"))


def is_passed_over(path: str) -> bool:
    """Whether a file, or a folder above it, is one that an editor, an office program or a system made for itself."""
    return any(_is_left_behind(name) for name in PurePosixPath(path).parts)


def _is_left_behind(name: str) -> bool:
    return name in _NAMES or name.startswith(_BEGINNINGS) or name.endswith(_ENDS)


def is_content(path: str) -> bool:
    """Whether a file below content/, by its path there, is a page, a picture or a file for readers."""
    return path.lower().endswith((PAGE, *PICTURES, *_OFFERED)) or path in _FOR_HOSTS


def content_files(root: Path) -> list[str]:
    """Return the paths of all files below content/ that are not passed over, in order."""
    return sorted(path for path in files_below(root / "content") if not is_passed_over(path))


def unknown_files(paths: list[str]) -> Iterator[Problem]:
    """A file in content/ must be a page, a picture or a file for readers: all of them are published."""
    for path in paths:
        if not is_content(path):
            right = "move it out of content/, where everything is published"
            wrong = "is not a page (.md), a picture or a file for readers"
            yield Problem(f"content/{path}", 1, "", wrong, right, "content-file")
