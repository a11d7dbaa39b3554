"""Read the text of a file that people edit, or say why it cannot be read. Knows neither YAML nor pages."""

from __future__ import annotations

import os
from collections.abc import Iterator
from os.path import isfile, realpath
from pathlib import Path
from stat import S_ISLNK

from macros.problems import Problem


def files_below(folder: str | Path, above: str = "") -> Iterator[str]:
    """Yield the path of every file below a folder, relative to it. Folders that are links are not entered."""
    try:
        entries = list(os.scandir(folder))
    except (PermissionError, FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from files_below(entry.path, f"{above}{entry.name}/")
        elif entry.is_file(follow_symlinks=False) or isfile(entry.path):
            yield above + entry.name


def bytes_of(path: Path, name: str, folder: Path, largest: int) -> tuple[bytes, Problem | None]:
    """Return the bytes of a file below a folder, or why they cannot be had."""
    try:
        about = os.lstat(path)
        if S_ISLNK(about.st_mode):
            if not Path(realpath(path)).is_relative_to(realpath(folder)):
                wrong = f"is a link that leaves {folder.name}/"
                return b"", Problem(name, 1, "", wrong, "put the file itself here", "file-name")
            about = os.stat(path)
        if about.st_size > largest:
            right = f"divide it: a file has at most {largest} bytes"
            return b"", Problem(name, 1, "", f"is too large: {about.st_size} bytes", right, "file-size")
        return path.read_bytes(), None
    except OSError as error:
        right = "check that it is there, and that you may read it"
        return b"", Problem(name, 1, "", f"cannot be read ({error.strerror})", right, "file-readable")


def text_in(content: bytes, name: str) -> tuple[str, Problem | None]:
    """Return the text that stands in bytes, or why there is none. The line ends of any system become one."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return "", Problem(name, line, "", "is not UTF-8 text", "save the file as UTF-8", "utf-8")
    return text.replace("\r\n", "\n").replace("\r", "\n"), None


def text_of(path: Path, name: str, folder: Path, largest: int) -> tuple[str, Problem | None]:
    """Return the text of a file below a folder, or why it cannot be had."""
    content, problem = bytes_of(path, name, folder, largest)
    return ("", problem) if problem else text_in(content, name)
