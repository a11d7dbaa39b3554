"""Make one view a block, shaped for its template. A macro is a function here and a template of the same name.

In: the book and the arguments of the page. Out: a view, or a text. A view is a record of the data, a list, or a named tuple
with what is worked out, defined above the function that makes it; words, links, the method and the facts that an id names
are given to every template by `render/renderer.py`. May import derive and charts.
"""

from __future__ import annotations

from contextlib import suppress

from macros.present import (
    brief, changes, claims, components, context, data, dictionary, dimensions, equipment, evidence, facts, gap, inline,
    landscape, maintenance, market, measurement, method, priorities, questions, sources, summary, suppliers,
)  # fmt: skip
from macros.present.book import Book
from macros.present.tables import tables
from macros.present.wording import MissingWord

_MODULES = (
    brief, changes, claims, components, context, data, dictionary, dimensions, equipment, evidence, facts, gap, inline,
    landscape, maintenance, market, measurement, method, priorities, questions, sources, summary, suppliers,
)  # fmt: skip
MACROS = {function.__name__: function for module in _MODULES for function in module.MACROS}


def prepare(book: Book) -> None:
    """Compute lazy values now, before workers fork, so that each is computed once."""
    book.results.prepare()
    with suppress(MissingWord):  # the export of the tables reports it
        tables(book)
