"""Make the sites of published editions from git: the tag `edition-<name>` marks the commit of an edition.

The code of that commit makes the pages, once, and they are cached: today's code need not read the data of then.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from macros.cache import FOLDER, environment_fingerprint, fingerprint
from macros.git import NoGit, ask, unpack
from macros.publish.progress import say
from macros.publish.swap import replacing

TAG = "edition-"
CACHED = FOLDER / "editions"
# Asks the command `build` for the newest edition alone, at the root; every commit that is to be tagged knows it.
ALONE = "REPORT_ALONE"
# Variables about the newest edition and this build must not reach the build of an older one.
_OURS = ("SITE_URL", "CI_PAGES_URL", "READTHEDOCS_CANONICAL_URL", "REPORT_PDF", "SOURCE_DATE_EPOCH", ALONE)
_LINES = 20


class NotMade(Exception):
    """An edition could not be made from its tag; the text says why."""


def tags(root: Path) -> tuple[dict[str, str], str]:
    """Return the commit of every tagged edition by name; and why there may be others, where that cannot be known."""
    try:
        asked = f"refs/tags/{TAG}*"
        found = ask(root, "for-each-ref", "--format=%(refname:strip=2) %(*objectname) %(objectname)", asked)
        if found.returncode:
            return {}, "git says: " + found.stderr.decode(errors="replace").partition("\n")[0]
        # A tag with a message names its commit before itself.
        rows = [line.split() for line in found.stdout.decode().splitlines()]
        if not rows and ask(root, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true":
            return {}, "this clone is shallow (git fetch --unshallow --tags)"
    except NoGit as error:
        return {}, str(error)
    return {row[0].removeprefix(TAG): row[1] for row in rows}, ""


def site_of_edition(root: Path, name: str, commit: str, address: str) -> Path:
    """Return the folder with the site of an edition for an address ("": none), made by its own code unless it is cached.

    Raises NotMade, NoGit, Busy, and OSError when the disk refuses.
    """
    cached = root / CACHED / f"{commit}-{_key(address)}"
    if not cached.exists():
        say(f"Building edition {name} by its own code")
        with TemporaryDirectory(prefix="report-") as folder:
            there = Path(folder).resolve()
            _take_out(root, name, commit, there)
            _build(there, name, commit, address)
            with replacing(cached) as fresh:
                shutil.copytree(there / "site", fresh, dirs_exist_ok=True)
    return cached


def _key(address: str) -> str:
    """Return a short name for what an edition's pages depend on beside its commit: the address, Python, its packages."""
    return fingerprint(address, environment_fingerprint())[:12]


def _take_out(root: Path, name: str, commit: str, there: Path) -> None:
    try:
        has_it = unpack(root, commit, there)
    except tarfile.FilterError as error:
        raise NotMade(f"Edition {name}: commit {commit[:10]} holds a link that leaves the project: {error}") from error
    if not has_it:
        raise NotMade(
            f"Edition {name}: git does not have the commit {commit[:10]} here; run git fetch --unshallow --tags"
        )
    current = _current(there / "data/report.yml")
    if current not in (None, name):
        wrong = f'the tag {TAG}{name} is on commit {commit[:10]}, whose current edition is "{current}"'
        raise NotMade(f"Edition {name}: {wrong}; tag the last commit before that edition was started")


def _current(path: Path) -> str | None:
    """Return the name of the current edition in a file of another time, if it says so the way it does today."""
    try:
        editions = yaml.safe_load(path.read_text(encoding="utf-8"))["editions"]
        return next(str(edition["id"]) for edition in editions if edition["role"] == "current")
    except (OSError, ValueError, yaml.YAMLError, LookupError, TypeError, StopIteration):
        return None


def _build(there: Path, name: str, commit: str, address: str) -> None:
    """Let the code of a commit build its site, in `there`."""
    environ = {key: value for key, value in os.environ.items() if key not in _OURS}
    command = [sys.executable, "-m", "macros", "build"]
    done = subprocess.run(
        command,
        cwd=there,
        env={**environ, ALONE: "1", **({"SITE_URL": address} if address else {})},
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode or not (there / "site/index.html").is_file():
        said = "\n".join((done.stderr or done.stdout).strip().splitlines()[-_LINES:])
        raise NotMade(
            f"Edition {name} could not be built from {TAG}{name}, commit {commit[:10]}. Its own code says:\n{said}"
        )
