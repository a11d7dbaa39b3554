"""Chromium for the tests: the one that prints the PDF, and how to wait in it."""

from __future__ import annotations

import time
from typing import Any

from playwright.sync_api import Locator, Page, expect

from macros.pdf.browser import NoChromium, chromium, executable, find

__all__ = ("NoChromium", "chromium", "executable", "find", "tab_to", "until")
PATIENCE = 30.0


def until(page: Page, expression: str, arg: Any = None) -> None:
    """Wait until an expression is true in the page. Raises AssertionError when it never is.

    Asked from outside each time: what `wait_for_function` leaves in the page to ask again is code made of text, which the
    policy of the site forbids, so that it fails whenever the first answer is no.
    """
    end = time.monotonic() + PATIENCE
    while not page.evaluate(expression, arg):
        assert time.monotonic() < end, f"never true: {expression}"
        page.wait_for_timeout(20)


def tab_to(page: Page, target: Locator) -> None:
    """Focus what stands before a control, and reach it with the Tab key."""
    target.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(target).to_be_focused()
