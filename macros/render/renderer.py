"""Run pages through Jinja. Every printed value becomes a slot, so that no data ever passes through Markdown.

`compose` gives Markdown with slots; `fill` puts the finished HTML into what a Markdown engine made of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from functools import partial
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from macros.charts.figure import Figure
from macros.charts.gallery import Gallery
from macros.charts.svg import colours_of, picture_frame
from macros.load.landscape import INDUSTRY
from macros.load.pages import Page
from macros.model.glossary import Term
from macros.present import INLINE, MACROS
from macros.present.benchmarks import headline
from macros.present.book import Book, relative
from macros.present.claims import verdict_facet
from macros.present.dictionary import required_in_words, type_in_words
from macros.present.look import MOVEMENT_SIGNS
from macros.present.pagination import LONG, numbered_name
from macros.present.references import pieces, publications, references
from macros.present.scores import shade
from macros.present.suppliers import local_language
from macros.render.composed import SLOT, Composed, Prose
from macros.render.environments import Pages, for_blocks
from macros.render.errors import PageProblem, as_page_problem, problem
from macros.render.glossary_links import Marker, as_free_text
from macros.render.language_spans import with_language_spans
from macros.render.list_pages import goes_on, title_of

_COMMENT = re.compile(r"^[ \t]*<!--.*?-->[ \t]*\n?", re.DOTALL | re.MULTILINE)
_BLANK_LINES = re.compile(r"\n\s*\n")
# A wide mark has its blank within, also where the end of an element stands between the two.
_WIDE_AND_BLANK = re.compile("([、。，：；）](?:</[a-z]+>)*) ")
# The address of the page in work, to which templates make links relative. Not an argument, since imported templates get
# none; a context variable, since several browsers may ask for pages at once.
_HERE: ContextVar[str] = ContextVar("here")


class Renderer:
    """Composes the pages of a book. Templates are compiled once."""

    def __init__(
        self, book: Book, gallery: Gallery | None = None, cache: Path | None = None, address: str | None = None
    ):
        self.book = book
        self.gallery = gallery or Gallery(book.look.colours)
        self._blocks = for_blocks(cache, book.wording)
        self._blocks.filters.update(_filters(book))
        self._blocks.globals.update(
            internal=self._internal,
            word=book.wording.word,
            name=book.wording.name,
            method_name=book.wording.method_name,
            title=book.title,
            get=book.get,
            site_address=address,
            href=self._href,
            point_href=self._point_href,
            land=book.landscape,
            results=book.results,
            local_language=partial(local_language, book),
            levels=book.landscape.levels,
            method=book.landscape.method,
            current=book.landscape.current,
            home_language=book.landscape.report.home_market.language,
            mark=book.wording.mark,
            to_page=self._to_page,
            tone=book.tone,
            movement_signs=MOVEMENT_SIGNS,
            file=self._file,
            chart=self._chart,
            colours=partial(colours_of, colours=book.look.colours),
            picture_frame=partial(picture_frame, colours=book.look.colours),
        )
        self._marker = Marker(book.landscape.terms.values())
        self._pages = Pages(self._with_spans)
        self._macros = {name: partial(self._block, macro, name) for name, macro in MACROS.items()}

    def compose(self, page: Page) -> Composed:
        """Return the Markdown of a page with its slots. Raises PageProblem with page and line."""
        long = {name: partial(self._long, page, MACROS[name], name) for name in LONG}
        made = self._compose_page(page, {**self._macros, **long})
        made.markdown = self._with_terms_marked(page.address, made.markdown, made.slots)
        return made

    def prose(self, page: Page) -> Composed:
        """Return a page with nothing in place of blocks, and no term marked: what it says in sentences."""
        words = {name: macro if name in INLINE else _nothing for name, macro in self._macros.items()}
        return self._compose_page(page, words)

    def _compose_page(self, page: Page, macros: dict[str, Callable[..., Any]]) -> Composed:
        _HERE.set(page.address)
        made = Composed()
        title = title_of(self.book, page)
        context = {**macros, "record": page.record, "page_title": title, "_slots": made.slots}
        introduction = ""
        if page.introduction:
            origin, text = page.introduction
            introduction = self._render(origin, text, 1, context)
        made.markdown = self._render(
            page.origin, page.text, page.first_line, {**context, "introduction": Prose(introduction)}
        )
        return made

    def _with_terms_marked(self, here: str, markdown: str, slots: list[Markup]) -> str:
        """Return the Markdown with its terms marked; the page that defines them marks none."""
        template = self._blocks.get_template("_term.html.jinja")

        def mark(term: Term, text: str) -> Markup:
            return Markup(template.render(term=term, text=text, address=self._href("term", term.id)))

        return self._marker.mark(markdown, slots, mark if here != self.book.page_address("glossary") else None)

    def _render(self, origin: str, text: str, first_line: int, context: dict[str, Any]) -> str:
        mark = SLOT.search(text)
        if mark:
            line = first_line + text.count("\n", 0, mark.start())
            wrong = f'"{mark.group()}" has a meaning for the program'
            raise PageProblem(problem(origin, line, wrong, "write it in another way", "page-syntax"))
        with as_page_problem(origin):
            # Comments tell editors, not readers.
            return _COMMENT.sub("", self._pages.run(origin, text, first_line, context))

    def _long(self, page: Page, macro: Callable[..., Any], name: str, /, *args: Any, **kwargs: Any) -> Markup:
        """Make a block that may grow long: the part of this page, between what it is and the ways to the others."""
        record = _record_in(args, kwargs)
        part = self.book.part(name, page.part, record.id if record else None)
        block = self._block(macro, name, *args, part=part, **kwargs)
        if part.total == 1:
            return block
        home = page.begins or page.path
        pages = [
            {
                "number": number,
                "address": relative(page.address, f"{numbered_name(home.removesuffix('.md'), number)}.html"),
            }
            for number in range(1, part.total + 1)
        ]
        around = {
            "id": f"part-{name.replace('_', '-')}",
            "part": part,
            "pages": pages if goes_on(self.book, name, home) else [],
            "is_filtered": LONG[name].is_filtered and not kwargs,
            "whole": relative(page.address, f"{self.book.list_home(name)}.html"),
            "block": block,
        }
        return self._print("_long", around)

    def _block(self, macro: Callable[..., Any], name: str, /, *args: Any, **kwargs: Any) -> Markup:
        """Make one block: the view by the present stage, printed by the template of the same name."""
        view = macro(self.book, *args, **kwargs)
        return (
            self._with_spans(escape(view))
            if isinstance(view, str)
            else self._print(name, view, _record_in(args, kwargs))
        )

    def _print(self, template: str, view: Any, record: Any = None) -> Markup:
        html = self._blocks.get_template(f"{template}.html.jinja").render(view=view, record=record)
        html = _BLANK_LINES.sub("\n", html).strip()
        if self.book.wording.has_own_marks:
            html = _WIDE_AND_BLANK.sub(r"\1", html)
        return self._with_spans(Markup(html))

    def _with_spans(self, html: Markup) -> Markup:
        land = self.book.landscape
        return with_language_spans(html, land.report.language, land.translated_from)

    def _internal(self, kind: str, name: str) -> Markup:
        """Return the mark of a record that is not for the public; nothing for others."""
        if (kind, name) not in self.book.landscape.internal:
            return Markup()
        return Markup(' <span class="tag tag-warn">{}</span>').format(self.book.wording.word("internal-record"))

    def _chart(self, figure: Figure) -> Markup:
        return self.gallery.html(figure, partial(relative, _HERE.get()))

    def _file(self, figure: Figure, kind: str) -> str:
        return relative(_HERE.get(), self.gallery.path(figure, kind))

    def _to_page(self, subject: str, text: str, keep: bool = False, css: str = "", anchor: str = "") -> Markup:
        """Return a link to the page on a subject; where there is none nothing, or with `keep` the text alone."""
        page = self.book.page(subject)
        if page is None:
            return escape(text) if keep else Markup()
        kind = Markup(' class="{}"').format(css) if css else ""
        return Markup('<a{} href="{}">{}</a>').format(kind, self._href("page", page) + anchor, text)

    def _href(self, kind: str, name: str) -> str:
        return relative(_HERE.get(), self.book.address(kind, name))

    def _point_href(self, owner: str, dimension: str) -> str:
        """Return the address at which a dimension of a class is assessed, or one of the industry."""
        if owner == INDUSTRY:
            return self._href("dimension", dimension)
        return f"{self._href('equipment', owner)}#{dimension}"


def _record_in(args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
    """Return the record that a block is asked about; None where it is about the whole report."""
    return next((argument for argument in (*args, *kwargs.values()) if hasattr(argument, "id")), None)


def _nothing(*_: object, **__: object) -> Markup:
    return Markup()


def _filters(book: Book) -> dict[str, Callable[..., object]]:
    wording = book.wording
    return {
        "number": wording.number,
        "percent": wording.percent,
        "year": wording.plain_year,
        "date": wording.date,
        "day_of_year": wording.day_of_year,
        "row": wording.row,
        "enumeration": wording.enumeration,
        "shade": shade,
        "terms": as_free_text,
        "figure": wording.figure,
        "verdict_facet": verdict_facet,
        "headline": headline,
        "type_in_words": type_in_words,
        "required_in_words": required_in_words,
        "pieces": partial(pieces, book),
        "references": partial(references, book),
        "publications": partial(publications, book),
    }
