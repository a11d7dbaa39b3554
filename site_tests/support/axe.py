"""axe-core in a page: which rules are asked in which scheme, and how its findings come back."""

from __future__ import annotations

from playwright.sync_api import Page

from site_tests.support.browser import until

# The scheme changes colours and nothing else. Targets are those of WCAG 2.2, which axe leaves out unless asked.
RULES = {
    "light": {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}},
    "dark": {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]},
}


# Of a whole page unless parts of it are named.
START_AXE = "([rules, parts]) => { window.found = axe.run(parts ?? document, rules); }"


VIOLATIONS = """
async () => (await window.found).violations.map(rule =>
    `${rule.id}: ${rule.help}: ` + rule.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(" | "))
"""


def switch(page: Page, scheme: str) -> None:
    """Let the system of a page ask for a scheme, and wait for the page to follow."""
    page.emulate_media(color_scheme=scheme)
    until(page, "wanted => getComputedStyle(document.documentElement).colorScheme === wanted", scheme)
