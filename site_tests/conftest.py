"""Fixtures: the real report, built once; a small complete project of another industry (invented wafer saws), and copies of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from macros.check import RULES, problems_of
from macros.load import Project, load
from macros.problems import Problem
from site_tests.support.browser import chromium
from site_tests.support.built import build
from site_tests.support.server import Served, serving

REPOSITORY = Path(__file__).parents[1]
MINIATURE = Path(__file__).parent / "miniature"
# Where the miniature says it is published, in tests that publish it.
ADDRESS = "https://example.org/saws/"

# What becomes of a file: its new content, (old, new) for a part of it, a list of such parts, or None to delete it.
Change = str | bytes | tuple[str, str] | list[tuple[str, str]] | None
# What `project_with` and `problems` give.
Copy = Callable[[dict[str, Change]], Path]
Find = Callable[[Path], list[Problem]]
# What `opened` gives.
Open = Callable[..., Page]


def complete(folder: Path) -> Path:
    """Copy the miniature, with what it shares with the real report: phrases of blocks and patterns of record pages."""
    shutil.copytree(MINIATURE, folder)
    shared = [path for path in (REPOSITORY / "data/words").glob("*.yml") if path.name != "names.yml"]
    shared += (REPOSITORY / "content").glob("*/_each.md")
    for path in shared:
        copy = folder / path.relative_to(REPOSITORY)
        if not copy.exists():
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
    return folder


def edit(root: Path, name: str, change: Change) -> None:
    """Apply one change to a file of a project. An old text must stand in the file exactly once."""
    path = root / name
    if change is None:
        path.unlink()
        return
    if isinstance(change, (tuple, list)):
        text = path.read_text(encoding="utf-8")
        for old, new in [change] if isinstance(change, tuple) else change:
            assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
            text = text.replace(old, new)
        change = text
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(change.encode("utf-8") if isinstance(change, str) else change)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real report, built. Tests must not change it."""
    target = tmp_path_factory.mktemp("site")
    done = build(REPOSITORY, target, TZ="UTC")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARNING" not in done.stderr
    return target


@pytest.fixture(scope="session")
def served(site: Path) -> Iterator[Served]:
    """The real report on a web server of this machine."""
    with serving(site) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium a module: two cannot be driven at a time."""
    with chromium() as running:
        yield running


@pytest.fixture
def opened(browser: Browser, served: Served) -> Iterator[Open]:
    """Return a function that opens a page of the report in a browser of its own; it must throw no error."""
    contexts, failures = [], []

    def go(address: str, script: bool = True, **options: Any) -> Page:
        contexts.append(browser.new_context(java_script_enabled=script, **options))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: failures.append(str(error)))
        page.goto(served.address + address)
        return page

    yield go
    for context in contexts:
        context.close()
    assert failures == []


@pytest.fixture(scope="session")
def miniature(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The complete miniature project. Tests must not change it; see `project_with`."""
    return complete(tmp_path_factory.mktemp("miniature") / "project")


@pytest.fixture(scope="session")
def addressed(miniature: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the miniature, built for an address."""
    from site_tests.publish.test_miniature import with_engine

    root = with_engine(shutil.copytree(miniature, tmp_path_factory.mktemp("addressed") / "project"))
    done = build(root, root / "site", SITE_URL=ADDRESS)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site"


@pytest.fixture(scope="session")
def wafer_site(miniature: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the miniature. Tests must not change it."""
    from site_tests.publish.test_miniature import with_engine

    root = with_engine(shutil.copytree(miniature, tmp_path_factory.mktemp("wafers") / "project"))
    done = build(root, root / "site")
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site"


@pytest.fixture(scope="session")
def loaded(miniature: Path) -> Project:
    """The miniature, loaded."""
    return load(miniature)


@pytest.fixture(scope="module")
def plain(loaded: Project) -> Iterator[Project]:
    """The miniature without phrases and, as long as a module runs, their rule, so that hundreds of checks are quick."""
    documents = {
        path: document
        for path, document in loaded.documents.items()
        if not path.startswith("data/words/") or path.endswith("/names.yml")
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("macros.check.RULES", tuple(rule for rule in RULES if rule.id != "phrase-exists"))
        yield replace(loaded, documents=documents)


@pytest.fixture
def project_with(tmp_path: Path, miniature: Path) -> Copy:
    """Return a function that copies the miniature, applies changes to files by path, and returns the copy's root."""
    numbers = count(1)

    def copy(changes: dict[str, Change]) -> Path:
        root = tmp_path / f"project-{next(numbers)}"
        shutil.copytree(miniature, root)
        for name, change in changes.items():
            edit(root, name, change)
        return root

    return copy


@pytest.fixture
def problems() -> Find:
    """Return a function that returns every problem of the project at a root."""
    return lambda root: problems_of(load(root))[1]
