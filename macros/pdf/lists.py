"""List every fact and every source in a few lines each, for the end of the book."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from macros import THEME
from macros.model.evidence import Fact, Source
from macros.model.names import in_reading_order
from macros.present.book import Book, relative
from macros.render.language_spans import with_language_spans

INDEX = "index.html"
"""Name of a list in the folder of its records: where links between chapters take it to lie."""
_TEMPLATES = (Path(__file__).parent, THEME / "partials", THEME / ".icons/report")
_PARTS = re.compile(r"(\d+)")


@cache
def environment() -> Environment:
    """Return the templates of the book; they print texts escaped and know no word."""
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def facts_list(book: Book) -> tuple[str, str]:
    """Return title and HTML of the facts in the order of their ids, as a reader looks them up."""
    facts = sorted(book.landscape.facts.values(), key=lambda fact: _reading_order(fact.id))
    return _list(book, "facts", [_fact(book, fact) for fact in facts])


def sources_list(book: Book) -> tuple[str, str]:
    """Return title and HTML of the sources in the order of their publishers."""
    found = book.landscape.sources.values()
    ordered = sorted(found, key=lambda source: (book.wording.order(source.publisher), source.issued or "", source.id))
    return _list(book, "sources", [_source(book, source) for source in ordered])


def _list(book: Book, kind: str, entries: list[dict[str, object]]) -> tuple[str, str]:
    word, mark = book.wording.word, book.wording.mark
    title = word(f"pdf-{kind}")
    lead = word(f"pdf-{kind}-lead", n=len(entries))
    view = {"kind": kind, "title": title, "lead": lead, "entries": entries, "comma": mark(", "), "stop": mark(".")}
    html = Markup(environment().get_template("list.html.jinja").render(view=view))
    land = book.landscape
    return title, with_language_spans(html, land.report.language, land.translated_from)


def _fact(book: Book, fact: Fact) -> dict[str, object]:
    source = book.landscape.sources[fact.source]
    figure = book.wording.figure(fact.value, fact.unit, fact.bound) if fact.value is not None else None
    comma = book.wording.mark(", ")
    return {
        "id": fact.id,
        "text": fact.statement,
        "figure": comma.join(filter(None, (figure, str(fact.year or "")))) if figure else None,
        "href": relative(f"evidence/{INDEX}", book.address("source", source.id)),
        "link": source.publisher,
        "about": f"{book.wording.date(source.issued)}{comma}{source.reliability}",
    }


def _source(book: Book, source: Source) -> dict[str, object]:
    """Return a source as it is cited; its address in full, since paper has no links."""
    wording = book.wording
    known = (
        in_reading_order(source.author),
        source.container_title if source.container_title != source.publisher else None,
        wording.date(source.issued),
        wording.name("languages", source.language),
        source.reliability,
    )
    return {
        "id": source.id,
        "publisher": source.publisher,
        "title": source.title,
        "about": wording.mark(", ").join(part for part in known if part),
        "note": source.note,
        "URL": source.URL,
    }


def _reading_order(name: str) -> list[tuple[int, str]]:
    """Return a sort key that puts fe-9 before fe-10."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in _PARTS.split(name)]
