"""Ask git about the repository of a project, and read files as of a commit without touching the working tree."""

from __future__ import annotations

import io
import subprocess
import tarfile
from pathlib import Path


class NoGit(Exception):
    """Git is not installed."""


def ask(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run a git command in the folder of a project and return the finished process. Raises NoGit."""
    try:
        return subprocess.run(["git", *arguments], cwd=root, capture_output=True, timeout=120)
    except FileNotFoundError as error:
        raise NoGit("git is not installed") from error


def unpack(root: Path, commit: str, folder: Path, *paths: str) -> bool:
    """Write the files of a commit (only those `paths`, if any) below a folder, and say whether git had them.

    Raises NoGit, and tarfile.FilterError where a link would lead out of the folder.
    """
    done = ask(root, "archive", "--format=tar", commit, *paths)
    if done.returncode == 0:
        with tarfile.open(fileobj=io.BytesIO(done.stdout)) as tar:
            tar.extractall(folder, filter="data")
    return done.returncode == 0
