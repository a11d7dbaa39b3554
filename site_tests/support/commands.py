"""The report's own command of building, run as a process on a project."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

from site_tests.support.built import ADDRESSES


def command(root: Path, **environment: str) -> dict:
    """Return what a process needs to build the site of a project by the project's own command."""
    environ = {key: value for key, value in os.environ.items() if key not in (*ADDRESSES, "SOURCE_DATE_EPOCH")}
    return {
        "args": [sys.executable, "-m", "macros", "build"],
        "cwd": root,
        "env": {**environ, **environment},
        "stdout": subprocess.PIPE,
        "stderr": subprocess.PIPE,
    }


def build(root: Path, limit: int | None = None, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Build; with a `limit` no file may grow beyond so many bytes, as on a disk that is full."""
    limited = limit and (lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
    return subprocess.run(**command(root, **environment), preexec_fn=limited, timeout=300)


def beside(root: Path) -> list[str]:
    return sorted(path.name for path in root.iterdir() if path.name.startswith(".site"))


# Moves the clock of a process by 400 days.
_LATER = """
import datetime, time
from time import time as now
AHEAD = 400 * 86400
time.time = lambda: now() + AHEAD
class Later(datetime.datetime):
    @classmethod
    def now(cls, tz=None): return cls.fromtimestamp(time.time(), tz)
    @classmethod
    def today(cls): return cls.now()
    @classmethod
    def utcnow(cls): return cls.fromtimestamp(time.time(), datetime.UTC).replace(tzinfo=None)
datetime.datetime = Later
"""


def later(folder: Path) -> str:
    """Return the PYTHONPATH of processes that run 400 days later; `folder` is made for it."""
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(_LATER, encoding="utf-8")
    return str(folder)
