"""Make one view a block, shaped for its template. A macro is a template, and a function here of the same name.

In: the book and the arguments of the page. Out: a view, or a text. A view is a list, or a named tuple with what is worked
out, defined above the function that makes it. The `record` that a page is about, words, links, the landscape (`land`), what
is derived from it (`results`) and the records that an id names are given to every template by `render/renderer.py`; one that
needs no more has no function. May import derive and charts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from inspect import isfunction
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

from macros import TEMPLATES
from macros.present.book import Book
from macros.present.tables import tables
from macros.present.wording import MissingWord


def _functions(module: str) -> dict[str, Callable[..., Any]]:
    """Return the functions that a module here defines for others, by name."""
    found = import_module(f"{__name__}.{module}")
    return {
        name: item
        for name, item in vars(found).items()
        if isfunction(item) and item.__module__ == found.__name__ and not name.startswith("_")
    }


def _without_view(template: Path) -> Callable[..., Any]:
    """Return the macro of a template that needs no function: it prints the record it is given, or asks for none."""

    def of_record(book: Book, record: Any) -> None:
        return None

    def of_report(book: Book) -> None:
        return None

    macro = of_record if re.search(r"\brecord\b", template.read_text(encoding="utf-8")) else of_report
    macro.__name__ = template.name.partition(".")[0]
    return macro


# What stands within a sentence; such a macro may return the text itself, and then has no template.
INLINE = _functions("inline")
_VIEWS = {name: view for _, module, _ in iter_modules(__path__) for name, view in _functions(module).items()}
MACROS = INLINE | {
    name: _VIEWS.get(name) or _without_view(template)
    for template in sorted(TEMPLATES.glob("[!_]*.jinja"))
    for name in [template.name.partition(".")[0]]
}


def prepare(book: Book) -> None:
    """Compute lazy values now, before workers fork, so that each is computed once."""
    book.results.prepare()
    _ = book.translated_records
    with suppress(MissingWord):  # the export of the tables reports it
        tables(book)
