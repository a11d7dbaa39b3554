"""Chromium is found, or got, on a machine that has none, or one that does not start."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from macros.pdf import browser


@pytest.fixture(autouse=True)
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A machine without any Chromium: the folder is all that its path names."""
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "none"))
    browser._starts.cache_clear()
    yield tmp_path
    browser._starts.cache_clear()


def apart(ask: Callable[[], str | None]) -> str | None:
    """Ask in a thread of its own: in this one other tests may drive a browser."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(ask).result()


def program(folder: Path, name: str, code: int) -> str:
    path = folder / name
    path.write_text(f"#!/bin/sh\nexit {code}\n")
    path.chmod(0o755)
    return str(path)


def test_one_that_does_not_start_is_passed_over(bare: Path) -> None:
    program(bare, "chromium", 127)  # what the loader says when a library is missing
    assert apart(browser.find) is None
    good = program(bare, "google-chrome", 0)
    assert apart(browser.find) == good


def ways(monkeypatch: pytest.MonkeyPatch, root: bool, last: str, folder: Path) -> list[str]:
    """Ask for a Chromium that is there once a command of a name has run, and return which commands ran."""
    said: list[str] = []

    def run(*command: str) -> None:
        said.append(" ".join(part for part in command[1:] if not part.startswith("-")))
        if last and last in said[-1]:
            program(folder, "chromium", 0)

    monkeypatch.setattr(browser, "run", run)
    monkeypatch.setattr(browser, "may_install", lambda: root)
    assert apart(browser.executable) == os.path.join(folder, "chromium")
    return said


def test_a_download_is_enough_where_its_libraries_are(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ways(monkeypatch, True, "playwright install", bare) == ["playwright install chromium"]


def test_root_gets_the_libraries_and_then_the_package(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ways(monkeypatch, True, "install DPkg", bare) == [
        "playwright install chromium",
        "playwright install-deps chromium",
        "update",
        "install DPkg::Lock::Timeout=300 chromium",
    ]


def test_others_are_told_what_to_do(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(browser.NoChromium, match="playwright install --with-deps chromium"):
        ways(monkeypatch, False, "", bare)
