"""Chromium: found on this machine, or installed; never quietly missing. Prints the PDF and runs the browser tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
OFFLINE = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip

FONT = "fonts-noto-cjk"
"""Debian's package of letters that Chromium brings no font for, and reports on other countries are likely to need."""


class NoChromium(RuntimeError):
    """Chromium is not on this machine and cannot be installed."""


def find() -> str | None:
    """Return the path of a Chromium: named by CHROMIUM, on the path, or Playwright's own."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found:
        return found
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if own and Path(own).exists() else None


def install() -> None:
    """Try the ways to get a Chromium: Playwright's download, then Debian's package where we may install one."""
    commands = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        commands += [["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium", FONT]]
    for command in commands:
        subprocess.run(command, check=False, timeout=600, capture_output=True)
        if find():
            return


def executable() -> str:
    """Return the path of a Chromium, installing one if need be. Raises NoChromium."""
    if not find():
        install()
    found = find()
    if not found:
        raise NoChromium("Chromium is needed here: install it, or name it in the variable CHROMIUM.")
    return found


@contextmanager
def chromium() -> Iterator[Browser]:
    """Give a headless Chromium that asks nothing of the network by itself."""
    path = executable()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(OFFLINE))
        try:
            yield browser
        finally:
            browser.close()
