"""Write robots.txt, and llms.txt, which tells language models what is worth reading."""

from __future__ import annotations

import re

from macros.export.api import WHOLE
from macros.export.bibliography import BIBTEX
from macros.export.package import PATH as PACKAGE
from macros.export.xlsx import PATH as WORKBOOK
from macros.present.collections import INDEX
from macros.render.site import Site


def robots(address: str | None) -> str:
    """Return robots.txt: all may read all. The map of the site is named where its address is known."""
    sitemap = f"\nSitemap: {address}sitemap.xml\n" if address else ""
    return f"User-agent: *\nAllow: /\n{sitemap}"


def llms(site: Site, address: str | None) -> str:
    """Return llms.txt (llmstxt.org): the report in a sentence, its main pages, its data."""
    book = site.book
    report, word = book.landscape.report, book.wording.word
    base = address or ""
    lines = [f"# {_plain(report.title)}", "", f"> {_plain(report.description)}", "", _plain(word("data-note")), ""]
    lines += [_plain(book.cited(address)), ""]
    for section in report.navigation:
        lines += [f"## {_plain(section.title)}", ""]
        lines += [_entry(site.title(p), base + site.pages[p].address, site.description(p)) for p in section.pages] + [
            ""
        ]
    lines += [f"## {_plain(word('llms-data'))}", ""]
    files = {
        WORKBOOK: "file-xlsx",
        WHOLE: "file-json",
        PACKAGE: "file-package",
        INDEX: "file-api",
        BIBTEX: "file-bibtex",
    }
    lines += [_entry(word(phrase), base + path, "") for path, phrase in files.items()]
    return "\n".join(lines) + "\n"


def _entry(title: str, address: str, about: str) -> str:
    return f"- [{_plain(title)}]({address})" + (f": {_plain(about)}" if about else "")


def _plain(text: str) -> str:
    """Return a text on one line in which Markdown finds no mark of its own."""
    return re.sub(r"([\\`*_\[\]<>])", r"\\\1", " ".join(text.split()))
