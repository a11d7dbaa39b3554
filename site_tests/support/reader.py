"""A reader in Chromium: opens pages, uses what they offer, and notes what the browser refused, missed or asked elsewhere."""

from __future__ import annotations

from collections.abc import Iterable

from playwright.sync_api import Browser, Page

_WATCH = """
window.refused = [];
addEventListener("securitypolicyviolation", event => refused.push(`${event.effectiveDirective} ${event.blockedURI}`));
"""


def watched(browser: Browser, offline: bool = False) -> Page:
    """Return a page whose `window.refused` lists what the policy of the site did not let pass."""
    context = browser.new_context(offline=offline)
    context.add_init_script(_WATCH)
    return context.new_page()


def faults(page: Page, address: str, names: Iterable[str]) -> list[str]:
    """Open each page below an address and use it; return what went wrong, and requests that left the site."""
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    # A picture that is still on its way when the reader goes on is no fault.
    page.on("requestfailed", lambda asked: None if "ABORTED" in asked.failure else wrong.append(f"failed: {asked.url}"))
    page.on("response", lambda answer: wrong.append(f"{answer.status}: {answer.url}") if answer.status >= 400 else None)
    page.on("request", lambda asked: None if asked.url.startswith(address) else wrong.append(f"left: {asked.url}"))
    searched = set()
    for name in names:
        page.goto(address + name)
        # The search loads all that can be found: once from each depth of folders.
        use(page, with_search=name.count("/") not in searched)
        searched.add(name.count("/"))
        wrong += [f"{name}: refused {refused}" for refused in page.evaluate("refused")]
    return wrong


def use(page: Page, with_search: bool) -> None:
    """Use what a page offers once: search, light and dark, editions, sorting, facets, sliders, disclosures."""
    if with_search:
        page.locator(".md-search__input").fill("a")
        page.locator(".md-search-result__link").first.wait_for()
        page.keyboard.press("Escape")
    page.locator("[data-md-component=palette] label:visible").click()
    page.evaluate("document.querySelectorAll('main details').forEach(part => { part.open = true; })")
    for selector in (".switch input", ".sort", "[data-preset]", "[data-copy]"):
        for found in page.locator(selector).all()[-1:]:
            if found.is_visible():
                found.click(force=True)
    for field in page.locator(".facets input:not([type=checkbox]), .lab input[type=range]").all()[:1]:
        if field.is_visible():
            field.press("ArrowRight") if field.get_attribute("type") == "range" else field.fill("zz")
