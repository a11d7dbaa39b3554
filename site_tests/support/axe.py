"""axe-core in a page: which rules are asked in which scheme, and how its findings come back."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from site_tests.support.browser import until

# The scheme changes colours and nothing else. Targets are those of WCAG 2.2, which axe leaves out unless asked.
RULES = {
    "light": {"rules": {"target-size": {"enabled": True}}},
    "dark": {"runOnly": ["color-contrast", "link-in-text-block"]},
}
# Style sheets and sound are not read beforehand: what asks for the first is off in axe, the policy of the site allows none of the other.
OPTIONS = {"resultTypes": ["violations"], "preload": False}
# Of a whole page unless parts of it are named; once what watches sizes has seen the one that was set last.
VIOLATIONS = """
async ([rules, parts]) => {
    await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    return (await axe.run(parts ?? document, rules)).violations.map(rule =>
        `${rule.id}: ${rule.help}: ` + rule.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(" | "));
}
"""


def switch(page: Page, scheme: str) -> None:
    """Let the system of a page ask for a scheme, and wait for the page to follow."""
    page.emulate_media(color_scheme=scheme)
    until(page, "wanted => getComputedStyle(document.documentElement).colorScheme === wanted", scheme)


def violations(page: Page, scheme: str, parts: Any = None) -> list[str]:
    """Return what axe finds wrong in a page, or in parts of it, in a scheme."""
    switch(page, scheme)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return list(page.evaluate(VIOLATIONS, [OPTIONS | RULES[scheme], parts]))
