"""Find Chromium, or install it, for printing the PDF and for the browser tests; if it is missing, say so."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
OFFLINE = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
# What Chromium does for people at its window: its address bar would run two pages of its own for every one that is opened,
# half a second of a processor. Chromium obeys only the last list of such features, so Playwright's own stands here as well.
FOR_PEOPLE = (
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup",
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled",
    "PreconnectToSearch",
)  # fmt: skip

FONT = "fonts-noto-cjk"
"""Debian's package of letters that Chromium brings no font for, and reports on other countries are likely to need."""


class NoChromium(RuntimeError):
    """Chromium is not on this machine and cannot be installed."""


@cache
def _starts(path: str) -> bool:
    """Return whether a Chromium runs here: one that was only downloaded may lack libraries of the system."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def find() -> str | None:
    """Return the path of a Chromium that starts: named by CHROMIUM, on the path, or Playwright's own."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    found = next((path for name in NAMES if (path := shutil.which(name)) and _starts(path)), None)
    if found:
        return found
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if own and _starts(own) else None


def may_install() -> bool:
    """Return whether packages of the system can be installed: on Debian and its kin, by root."""
    return bool(shutil.which("apt-get")) and hasattr(os, "geteuid") and os.geteuid() == 0


def run(*command: str) -> None:
    """Run a command that may fail, quietly: what counts is what is there afterwards."""
    with contextlib.suppress(OSError, subprocess.TimeoutExpired):
        subprocess.run(command, check=False, timeout=600, capture_output=True)


def apt_get(*packages: str) -> None:
    """Install packages of the system, after whoever else does so right now."""
    run("apt-get", "update", "-qq")
    run("apt-get", "install", "-y", "-qq", "-o", "DPkg::Lock::Timeout=300", *packages)


def install() -> None:
    """Try the ways to get a Chromium until one starts: Playwright's download, the libraries it needs, Debian's package."""
    run(sys.executable, "-m", "playwright", "install", "chromium")
    _starts.cache_clear()
    if not find() and may_install():
        run(sys.executable, "-m", "playwright", "install-deps", "chromium")
        _starts.cache_clear()
        if not find():
            apt_get("chromium")
            _starts.cache_clear()


def install_letters() -> None:
    """Get letters for names of other countries, where none are and packages can be installed."""
    if may_install() and not any(Path("/usr/share/fonts").rglob("*CJK*")):
        apt_get(FONT)


def executable() -> str:
    """Return the path of a Chromium, installing one if need be. Raises NoChromium."""
    if not find():
        install()
    found = find()
    if not found:
        raise NoChromium(
            "Chromium is needed here and could not be installed: install it, with the libraries it needs "
            "(sudo .venv/bin/python -m playwright install --with-deps chromium), or name it in the variable CHROMIUM."
        )
    return found


@contextmanager
def chromium(*options: str) -> Iterator[Browser]:
    """Give a headless Chromium that asks nothing of the network by itself."""
    path = executable()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=[*OFFLINE, f"--disable-features={','.join(FOR_PEOPLE)}", *options]
        )
        try:
            yield browser
        finally:
            browser.close()


if __name__ == "__main__":
    install_letters()
    try:
        print(f"Chromium: {executable()}")
    except NoChromium as error:
        raise SystemExit(str(error)) from error
