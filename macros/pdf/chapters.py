"""Choose the pages of the book, their order, and the sections to leave out.

The pages of the navigation come whole, each with the pages of its records behind it. Facts and sources come as lists,
suppliers as the table of their page: their own pages would fill as many sheets again and say little that is new.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from xml.etree.ElementTree import Element

from markdown import Markdown
from mkdocs.config import load_config

from macros.load.pages import Page
from macros.pdf.lists import INDEX, facts_list, sources_list
from macros.pdf.markup import for_paper, parse
from macros.present.book import Book
from macros.render.renderer import Renderer

# Records whose pages are chapters, and records that stand in a list instead.
RECORDS = ("equipment", "dimensions", "priorities")
LISTS = {"evidence": facts_list, "sources": sources_list}
# A section that prints nothing but these is left out: the book has each fact once, in its list.
LEFT_OUT = frozenset({"class_facts"})
_CALL = re.compile(r"\{\{\s*(\w+)\(")
_SECTION = re.compile(r"^(?=## )", re.MULTILINE)


@dataclass(frozen=True)
class Chapter:
    """A page of the report as a part of the book. `level` is 1 for pages of the navigation, 2 for what belongs to one."""

    address: str
    title: str
    level: int
    tree: Element

    @property
    def key(self) -> str:
        """Return the start of every id in this chapter."""
        return self.address.removesuffix(".html").replace("/", "-")


def chapters(book: Book, found: Mapping[str, Page], engine: Markdown) -> Iterator[Chapter]:
    """Yield the chapters in the order of the navigation. Raises PageProblem."""
    renderer = Renderer(book)
    for section in book.landscape.report.navigation:
        for path in section.pages:
            belonging = [page for page in found.values() if page.parent == path]
            folders = {page.path.split("/")[0] for page in belonging}
            if found[path].meta.get("book", True):
                yield _chapter(found[path], renderer, engine)
            yield from (_chapter(page, renderer, engine) for page in belonging if page.path.startswith(RECORDS))
            for folder in sorted(folders & LISTS.keys()):
                title, html = LISTS[folder](book)
                tree = parse(html)
                for_paper(tree)
                yield Chapter(f"{folder}/{INDEX}", title, 2, tree)


def parents(found: Mapping[str, Page]) -> dict[str, str]:
    """Return, for each folder of records, the address of the page it belongs to."""
    return {
        path.split("/")[0]: page.parent.removesuffix(".md") + ".html" for path, page in found.items() if page.parent
    }


def _chapter(page: Page, renderer: Renderer, engine: Markdown) -> Chapter:
    made = renderer.compose(replace(page, text=without_left_out_sections(page.text)))
    tree = parse(made.fill(engine.reset().convert(made.markdown)))
    for_paper(tree)
    if page.record is None:
        return Chapter(page.address, str(page.meta["title"]), 1, tree)
    return Chapter(page.address, str(getattr(page.record, "title", None) or page.record.name), 2, tree)


def without_left_out_sections(text: str) -> str:
    """Return the text of a page without the sections left out; empty lines keep the others on their lines."""
    parts = _SECTION.split(text)
    return "".join("\n" * part.count("\n") if _is_left_out(part) else part for part in parts)


def _is_left_out(section: str) -> bool:
    called = set(_CALL.findall(section))
    return bool(called) and section.startswith("## ") and called <= LEFT_OUT


def engine_of(root: Path) -> Markdown:
    """Return Markdown as the site's engine sets it up."""
    config = load_config(str(root / "mkdocs.yml"))
    return Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs)
