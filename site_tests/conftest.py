"""Fixtures: the real report and a small complete project of another industry (invented wafer saws), and copies of it.

A site costs seconds: each is built once in a run of the tests, whichever process asks for it first.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, Page

from macros.cache import FOLDER
from macros.check import RULES, problems_of
from macros.editing.words import words_for
from macros.load import Project, load
from macros.problems import Problem
from macros.render.validation import problems_in
from site_tests.support.browser import Tabs, chromium
from site_tests.support.built import Page as HtmlPage
from site_tests.support.built import build, kinds, read_pages, sample
from site_tests.support.hostile import poison
from site_tests.support.server import Served, serving

# Cases of a test that makes them up: some, always the same; with make test-long many, at random.
ALWAYS = {"deadline": None, "database": None, "suppress_health_check": list(HealthCheck)}
settings.register_profile("some", max_examples=60, derandomize=True, **ALWAYS)
settings.register_profile("many", max_examples=5000, **ALWAYS)
settings.load_profile("some")

REPOSITORY = Path(__file__).parents[1]
MINIATURE = Path(__file__).parent / "miniature"
# Where the miniature says it is published, in tests that publish it.
ADDRESS = "https://example.org/some/path/"

# What becomes of a file: its new content, (old, new) for a part of it, a list of such parts, or None to delete it.
Change = str | bytes | tuple[str, str] | list[tuple[str, str]] | None
# What `project_with` and `problems` give.
Copy = Callable[[dict[str, Change]], Path]
Find = Callable[[Path], list[Problem]]
# What `tab` and `opened` give.
Tab = Callable[..., Page]
Open = Callable[..., Page]
# What `once` gives.
Once = Callable[[str, Callable[[Path], object]], Path]
# Fixtures that build a site or start a browser; `folder` is that of test_report.py, which new reports have, too.
COSTLY = {"once", "chrome", "folder"}
# Rules that look into all files of words.
OF_WORDS = ("phrase-exists", "name-listed", "figure-named")


def complete(folder: Path) -> Path:
    """Copy the miniature, with the words that a new report in its language begins with."""
    shutil.copytree(MINIATURE, folder)
    for name, text in words_for(REPOSITORY, "de").items():
        edit(folder, f"data/words/{name}", text)
    edit(folder, "data/words/suppliers.yml", ("revenue: Umsatz", "umsatz: Umsatz"))
    return folder


def report_in(folder: Path) -> Path:
    """Copy data and pages of the real report, whose cache saves time there, too."""
    for name in ("data", "content"):
        shutil.copytree(REPOSITORY / name, folder / name)
    (folder / FOLDER).symlink_to(REPOSITORY / FOLDER)
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


def with_engine(root: Path, kept: Path | None = None) -> Path:
    """Make a project buildable: the engine's configuration and the generator of the real one, unchanged.

    `kept` is a project that was built before: its cache saves time, and is used from there.
    """
    shutil.copy(REPOSITORY / "mkdocs.yml", root)
    (root / "macros").symlink_to(REPOSITORY / "macros")
    if kept:
        (root / FOLDER).symlink_to(kept / FOLDER)
    return root


def built(root: Path, target: Path, **environment: str) -> Path:
    """Build the site of a project without a warning; return where it stands."""
    done = build(root, target, **environment)
    assert done.returncode == 0 and "WARNING" not in done.stderr, done.stdout + done.stderr
    return target


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that need a built site or a browser, which make test-fast leaves out."""
    for item in items:
        if COSTLY & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.site)


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Return a function that returns a folder that is made once in a run of the tests, and shared by its processes."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent

    def made(name: str, make: Callable[[Path], object]) -> Path:
        folder, mark = shared / name, shared / f"{name}.made"
        with FileLock(shared / f"{name}.lock"):
            if not mark.exists():
                shutil.rmtree(folder, ignore_errors=True)
                make(folder)
                mark.touch()
        return folder

    return made


@pytest.fixture(scope="session")
def site(once: Once) -> Path:
    """The real report, built. Tests must not change it."""
    return once("site", lambda folder: built(REPOSITORY, folder, TZ="UTC"))


@pytest.fixture(scope="session")
def site_pages(site: Path) -> dict[str, HtmlPage]:
    """Every page of the real report, those for frames included, read: which takes seconds."""
    return read_pages(site, framed_too=True)


@pytest.fixture(scope="session")
def served(site: Path) -> Iterator[Served]:
    """The real report on a web server of this machine."""
    with serving(site) as running:
        yield running


@pytest.fixture(scope="module", params=["miniature", "report", pytest.param("all of it", marks=pytest.mark.long)])
def shown(request: pytest.FixtureRequest) -> tuple[Served, list[str]]:
    """A site and pages to look at: every kind of page of the miniature, which are short, and a few long ones of the report."""
    running = request.getfixturevalue("hosted" if request.param == "miniature" else "served")
    return running, (sample if request.param == "report" else kinds)(running.folder)


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    """One Chromium a process: to start it takes seconds, and two cannot be driven at a time."""
    with chromium() as running:
        yield running


@pytest.fixture(scope="session")
def tabs(chrome: Browser) -> Tabs:
    """The tabs of a process, of which `tab` gives one."""
    return Tabs(chrome)


@pytest.fixture(scope="module")
def browser(chrome: Browser, tabs: Tabs) -> Iterator[Browser]:
    """Chromium; what a module leaves open is closed at its end, but those tabs."""
    yield chrome
    for context in chrome.contexts:
        if context not in tabs.contexts:
            context.close()


@pytest.fixture
def tab(tabs: Tabs) -> Iterator[Tab]:
    """Return a function that returns a tab, in which no script may throw an error."""
    yield tabs.tab
    assert tabs.clear() == []


@pytest.fixture
def opened(tab: Tab, served: Served) -> Open:
    """Return a function that opens a page of the report in a tab."""

    def go(address: str, **options: Any) -> Page:
        page = tab(**options)
        page.goto(served.address + address)
        return page

    return go


@pytest.fixture(scope="session")
def miniature(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The complete miniature project. Tests must not change it; see `project_with`."""
    root = complete(tmp_path_factory.mktemp("miniature") / "project")
    problems_in(root)  # what that keeps saves time in every copy
    return root


@pytest.fixture(scope="session")
def wafers(once: Once) -> Path:
    """The miniature with its site, and what a build keeps. Tests must not change it; see `another`."""

    def make(folder: Path) -> None:
        built(with_engine(complete(folder)), folder / "site")

    return once("wafers", make)


def another(wafers: Path, folder: Path) -> Path:
    """Return a copy of the miniature in a folder that is not there yet, ready to be built."""
    return with_engine(complete(folder), kept=wafers)


@pytest.fixture(scope="session")
def wafer_site(wafers: Path) -> Path:
    """The site of the miniature. Tests must not change it."""
    return wafers / "site"


@pytest.fixture(scope="session")
def hosted(wafer_site: Path) -> Iterator[Served]:
    """The site of the miniature on a web server of this machine."""
    with serving(wafer_site) as running:
        yield running


@pytest.fixture(scope="session")
def addressed(once: Once, wafers: Path) -> Path:
    """The site of the miniature, built for an address, and lying where that says on a host: see ADDRESS."""
    place = f"host/{ADDRESS.partition('.org/')[2]}"

    def make(root: Path) -> None:
        # Without the last slash, as people write an address.
        built(another(wafers, root), root / place, SITE_URL=ADDRESS.rstrip("/"))
        # What a host shows for a page that is missing.
        shutil.copy(root / place / "404.html", root / "host")

    return once("addressed", make) / place


@pytest.fixture(scope="session")
def hostile_site(once: Once, wafers: Path) -> Path:
    """The site of the miniature with hostile texts everywhere."""

    def make(root: Path) -> None:
        another(wafers, root)
        hook = Path(__file__).parent / "support/reading.py"
        edit(root, "mkdocs.yml", ("hooks: [macros/hook.py]", f"hooks: [macros/hook.py, {hook}]"))
        assert poison(root) > 300
        built(root, root / "site")

    return once("hostile", make) / "site"


@pytest.fixture(scope="session")
def loaded(miniature: Path) -> Project:
    """The miniature, loaded."""
    return load(miniature)


@pytest.fixture(scope="module")
def plain(loaded: Project) -> Iterator[Project]:
    """The miniature without phrases and, as long as a module runs, the rules that miss them: hundreds of checks are quick."""
    documents = {
        path: document
        for path, document in loaded.documents.items()
        if not path.startswith("data/words/") or path.endswith("/names.yml")
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("macros.check.RULES", tuple(rule for rule in RULES if rule.id not in OF_WORDS))
        yield replace(loaded, documents=documents)


@pytest.fixture
def project_with(tmp_path: Path, miniature: Path) -> Copy:
    """Return a function that copies the miniature, applies changes to files by path, and returns the copy's root.

    All copies have one cache, since most of their files would be those of the cache.
    """
    numbers = count(1)

    def copy(changes: dict[str, Change]) -> Path:
        root = tmp_path / f"project-{next(numbers)}"
        shutil.copytree(miniature, root, ignore=shutil.ignore_patterns(FOLDER.name))
        (root / FOLDER).symlink_to(miniature / FOLDER)
        for name, change in changes.items():
            edit(root, name, change)
        return root

    return copy


@pytest.fixture
def problems() -> Find:
    """Return a function that returns every problem of the project at a root."""
    return lambda root: problems_of(load(root))[1]
