"""Chromium for the tests: the one that prints the PDF, and how to wait in it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize, expect

from macros.pdf.browser import NoChromium, chromium, executable, find

__all__ = ("NoChromium", "Tabs", "chromium", "executable", "find", "tab_to", "until")
PATIENCE = 30.0
# What Playwright gives a page unless asked otherwise.
SCREEN: ViewportSize = {"width": 1280, "height": 720}


@dataclass
class Tabs:
    """A tab with scripts and one without, for one test after another: to open a new one costs more than most tests in it."""

    browser: Browser
    errors: list[str] = field(default_factory=list)
    _kept: dict[bool, Page] = field(default_factory=dict)
    _used: set[bool] = field(default_factory=set)

    @property
    def contexts(self) -> list[BrowserContext]:
        return [page.context for page in self._kept.values()]

    def tab(self, script: bool = True, viewport: ViewportSize = SCREEN, color_scheme: Any = "light") -> Page:
        """Return a tab, which shows the page of the test before until it is sent to another."""
        if script not in self._kept:
            page = self._kept[script] = self.browser.new_context(java_script_enabled=script).new_page()
            page.on("pageerror", lambda error: self.errors.append(str(error)))
        page = self._kept[script]
        page.set_viewport_size(viewport)
        page.emulate_media(media="null", color_scheme=color_scheme)
        self._used.add(script)
        return page

    def clear(self) -> list[str]:
        """Take away what a test left in the tabs but their page; return what scripts threw in them.

        To leave the page as well, for an empty one, would have Chromium start the next in a new process.
        """
        for page in [self._kept[script] for script in self._used]:
            for other in page.context.pages:
                if other is not page:
                    other.close()
            if page.url != "about:blank":
                page.evaluate("localStorage.clear(); sessionStorage.clear()")
            page.context.clear_permissions()
            page.unroute_all()
            page.mouse.move(0, 0)
        thrown = [*self.errors]
        self.errors.clear()
        self._used.clear()
        return thrown


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
