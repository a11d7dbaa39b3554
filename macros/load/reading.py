"""Reading: the text of a file that people edit, or the reason why there is none. Knows neither YAML nor pages."""

from __future__ import annotations

from os.path import realpath
from pathlib import Path

from macros.problems import Problem


def text_of(path: Path, name: str, folder: Path, largest: int) -> tuple[str, Problem | None]:
    """Return the text of a file below a folder, or why it cannot be had. The line ends of any system become one."""
    if path.is_symlink() and not Path(realpath(path)).is_relative_to(realpath(folder)):
        wrong = f"is a link that leaves {folder.name}/"
        return "", Problem(name, 1, "", wrong, "put the file itself here", "file-name")
    try:
        if path.stat().st_size > largest:
            return "", Problem(name, 1, "", "is too large", f"at most {largest} bytes", "file-size")
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return "", Problem(name, line, "", "is not UTF-8 text", "save the file as UTF-8", "utf-8")
    except OSError as error:
        right = "a file of text stands here that you may read"
        return "", Problem(name, 1, "", f"cannot be read ({error.strerror})", right, "file-readable")
    return text.replace("\r\n", "\n").replace("\r", "\n"), None
