"""Replace a folder atomically: the new one is made beside it, and they change places in one step of the file system."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Of Linux's renameat2(2): paths count from the working directory; the two change places.
_FROM_HERE, _EXCHANGE = -100, 2


class Busy(Exception):
    """Another process is replacing a folder in the same place."""


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """Yield an empty folder that takes the place of `folder` once the block ends well, and vanishes otherwise.

    Killed at any moment, `folder` is whole, as it was or new; the next call removes what was left beside it. Where the
    system cannot exchange two folders, a kill between two renames leaves none: the next call brings the last one back.
    Raises Busy, and OSError when the disk refuses.
    """
    folder = folder.resolve()
    fresh, aside = (folder.with_name(f".{folder.name}.{end}") for end in ("new", "old"))
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _alone(folder.parent):
        _recover(folder, fresh, aside)
        fresh.mkdir()
        try:
            yield fresh
            _put(fresh, folder, aside)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)


@contextmanager
def _alone(parent: Path) -> Iterator[None]:
    """Hold the folder in which things are replaced; the system lets go of it when this process ends, however it ends."""
    handle = os.open(parent, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy(str(parent)) from error
        except OSError:
            pass  # some network disks lock no folders: nobody else is taken to be at work
        yield
    finally:
        os.close(handle)


def _recover(folder: Path, fresh: Path, aside: Path) -> None:
    """Clear what a killed process left behind."""
    if aside.exists() and not folder.exists():
        aside.rename(folder)
    for left in (fresh, aside):
        if left.exists():
            shutil.rmtree(left)


def _put(fresh: Path, folder: Path, aside: Path) -> None:
    """Put the fresh folder into its place; where it was lies the old one then, if anything."""
    if not folder.exists():
        fresh.rename(folder)
    elif not exchange(fresh, folder):
        folder.rename(aside)
        fresh.rename(folder)
        shutil.rmtree(aside, ignore_errors=True)


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step, and say whether system and file system can. Raises OSError."""
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    if call(_FROM_HERE, os.fsencode(one), _FROM_HERE, os.fsencode(other), _EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL):
        return False
    raise OSError(code, os.strerror(code), str(other))
