"""Print HTML to PDF in headless Chromium, with JavaScript off and every request refused."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Browser, Route

from macros.pdf.book import Document
from macros.pdf.browser import chromium
from macros.pdf.finish import first_pages, page_count

LEAST_TYPE = "--blink-settings=minimumFontSize=11"
"""In pixels: 8.25 points. Sizes of the site are for screens; this leaves out drawings, which have their own."""
_MOST_TURNS = 3
_PATIENCE = 300_000
"""Milliseconds that laying out the book may take."""


class PrintingFailed(RuntimeError):
    """The book cannot be printed as it is meant to be."""


def print_document(document: Document, say: Callable[[str], None]) -> tuple[bytes, bytes]:
    """Return the PDF of a document, with the pages of its chapters in the contents, and the PDF of its running heads.

    The first printing finds the pages and is thrown away, hence without tags, which take half the time; the second is
    kept if it has the chapters where the first had them.
    """
    with chromium(LEAST_TYPE) as browser:
        say("printing to find the pages")
        numbers = first_pages(to_pdf(browser, document.html({}), final=False), document.keys)
        for _ in range(_MOST_TURNS):
            say(f"printing {max(numbers.values())} pages and more with tags and numbered contents")
            data = to_pdf(browser, document.html(numbers))
            found = first_pages(data, document.keys)
            if found == numbers:
                say("printing running heads")
                return data, to_pdf(browser, document.heads(numbers, page_count(data)), final=False)
            numbers = found
    raise PrintingFailed(f"the pages of the chapters had not settled after {_MOST_TURNS} printings")


def to_pdf(browser: Browser, html: str, final: bool = True) -> bytes:
    """Return HTML as a PDF, tagged and with an outline if it is final. Raises PrintingFailed when HTML asks for other files."""
    asked: list[str] = []

    def refuse(route: Route) -> None:
        asked.append(route.request.url)
        route.abort()

    context = browser.new_context(java_script_enabled=False, offline=True)
    try:
        context.route("**/*", refuse)
        page = context.new_page()
        page.set_content(html, wait_until="load", timeout=_PATIENCE)
        data = page.pdf(prefer_css_page_size=True, print_background=True, tagged=final, outline=final)
    finally:
        context.close()
    if asked:
        raise PrintingFailed(f"the document asks for {', '.join(sorted(set(asked)))}")
    return data
