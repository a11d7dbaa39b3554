"""Make one view a block, shaped for its template. A macro is a function here and a template of the same name.

In: the book and the arguments of the page. Out: a view, or a text. A view is a record of the data, a list, or a named tuple
with what is worked out, defined above the function that makes it; words, links, the landscape (`land`), what is
derived from it (`results`) and the records that an id names are given to every template by `render/renderer.py`. May import derive and charts.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from inspect import isfunction
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


_PRINTED = {template.name.partition(".")[0] for template in TEMPLATES.glob("*.jinja")}
# What stands within a sentence; such a macro may return the text itself, and then has no template.
INLINE = _functions("inline")
MACROS = INLINE | {
    name: macro
    for _, module, _ in iter_modules(__path__)
    for name, macro in _functions(module).items()
    if name in _PRINTED
}


def prepare(book: Book) -> None:
    """Compute lazy values now, before workers fork, so that each is computed once."""
    book.results.prepare()
    _ = book.twins
    with suppress(MissingWord):  # the export of the tables reports it
        tables(book)
