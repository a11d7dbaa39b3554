"""Program: what stands for this program and for the folders it reads, byte for byte."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent


@cache
def program() -> bytes:
    """Return what stands for this program: every byte of it, and the versions of Python and of what is installed."""
    versions = [sys.version, *sorted(name for folder in sys.path for name in _distributions(folder))]
    return sign("\0".join(versions).encode("utf-8", "surrogateescape"), sign_all(below(PACKAGE, skip="__pycache__")))


def _distributions(folder: str) -> list[str]:
    try:
        return [name for name in os.listdir(folder or ".") if name.endswith((".dist-info", ".egg-info"))]
    except OSError:
        return []


def below(folder: str | Path, skip: str = "") -> Iterator[bytes]:
    """Yield name, length and bytes of everything below a folder. Raises OSError as `contents` does."""
    for name, content in contents(folder, skip=skip):
        yield f"{name}\0{len(content)}\0".encode("utf-8", "surrogateescape")
        yield content


def contents(folder: str | Path, above: str = "", skip: str = "") -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of every file below a folder, and of every folder its path, with a slash, and none.

    Raises OSError, also for what is neither file nor folder.
    """
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        name = f"{above}{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            if entry.name != skip:
                yield f"{name}/", b""
                yield from contents(entry.path, f"{name}/", skip)
        elif entry.is_file(follow_symlinks=False):
            with open(entry.path, "rb") as file:
                yield name, file.read()
        else:
            raise OSError(f"{entry.path} is neither a file nor a folder")


def sign(*parts: bytes) -> bytes:
    """Return what stands for some bytes."""
    return sign_all(parts)


def sign_all(parts: Iterable[bytes]) -> bytes:
    """Return what stands for some bytes, of which no more than one part need be in memory."""
    found = hashlib.sha256()
    for part in parts:
        found.update(part)
    return found.digest()
