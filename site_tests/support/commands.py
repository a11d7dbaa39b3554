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
