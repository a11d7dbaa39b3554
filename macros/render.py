"""Render: pages through Jinja. Every printed value becomes a slot, so that no data ever passes through Markdown.

`compose` gives Markdown with slots; `fill` puts the finished HTML into what a Markdown engine made of it.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from types import FunctionType, MethodType
from typing import Any

from jinja2 import (
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateSyntaxError,
    Undefined,
    UndefinedError,
    pass_context,
)
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment, SecurityError
from markupsafe import Markup, escape

from macros.calls import CALL
from macros.charts.figure import Figure
from macros.charts.gallery import Gallery
from macros.continued import title_of
from macros.model.glossary import Term
from macros.pages import Page
from macros.present import MACROS
from macros.present.book import GLOSSARY, Book, UnknownRecord, relative
from macros.present.inline import MACROS as INLINE_MACROS
from macros.present.parts import LONG, numbered
from macros.present.wording import MissingWord
from macros.problems import Problem
from macros.scripts import marked
from macros.terms import Marker, free

TEMPLATES = Path(__file__).parent / "templates"
_SLOT = re.compile(r"zq(\d{5})qz")
_ALONE = re.compile(r"<p>\s*zq(\d{5})qz\s*</p>")
INLINE = frozenset(macro.__name__ for macro in INLINE_MACROS)
_IN_TAG = re.compile(r"<[^<>]*zq\d{5}qz[^<>]*>")
_COMMENT = re.compile(r"^[ \t]*<!--.*?-->[ \t]*\n?", re.DOTALL | re.MULTILINE)
# The page that is being composed, and its address: what templates ask for is noted there, and seen from there.
_HERE: ContextVar[str] = ContextVar("here")
_NOW: ContextVar[Composed] = ContextVar("now")
_BLANK_LINES = re.compile(r"\n\s*\n")


class Prose(str):
    """Markdown that has been composed already and passes as it is."""


@dataclass(frozen=True)
class Block:
    """A block to be printed: the template and what it shows; of a list over several pages, the way to the others.

    It is printed once its page is drafted, or when the page does something with it as a text.
    """

    name: str
    view: Any
    print: Callable[[Block], Markup] = field(repr=False, compare=False)
    around: dict[str, Any] | None = None

    def __html__(self) -> Markup:
        return self.print(self)

    def __str__(self) -> str:
        return str(self.print(self))


@dataclass
class Composed:
    """Markdown with slots, and the HTML of each slot in order; in a draft, blocks still to be printed.

    `titles` and `figures` are those that blocks asked for when they were printed.
    """

    markdown: str = ""
    slots: list[Any] = field(default_factory=list)
    titles: dict[tuple[str, str], str] = field(default_factory=dict)
    figures: set[str] = field(default_factory=set)

    def fill(self, html: str) -> str:
        """Return the HTML with every slot filled: alone in a paragraph as a block, in a tag as plain words."""
        html = _IN_TAG.sub(lambda tag: self.slug(tag.group()), html)
        html = _ALONE.sub(self._slot, html)
        return _SLOT.sub(self._slot, html)

    def words(self, text: str) -> str:
        """Return a text, such as a heading of a table of contents, with its slots as plain words."""
        return _SLOT.sub(lambda slot: self._slot(slot).striptags(), text)

    def slug(self, text: str) -> str:
        """Return an id with its slots as plain words, as `fill` writes it."""
        return _SLOT.sub(lambda slot: _slug(self._slot(slot)), text)

    def _slot(self, match: re.Match[str]) -> Markup:
        return self.slots[int(match.group(1))]


def _slug(html: Markup) -> str:
    return re.sub(r"[^\w]+", "-", html.striptags().casefold()).strip("-")


class PageProblem(Exception):
    """A page that cannot be made; carries its one problem."""

    def __init__(self, problem: Problem):
        self.problem = problem
        super().__init__(str(problem))


class Renderer:
    """Composes the pages of a book. Templates are compiled once and kept."""

    def __init__(
        self, book: Book, gallery: Gallery | None = None, cache: Path | None = None, address: str | None = None
    ):
        self.book = book
        self.gallery = gallery or Gallery()
        self._blocks = _Quick(
            loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, auto_reload=False,
            bytecode_cache=_compiled_in(cache) if cache else None,
        )  # fmt: skip
        self._blocks.filters.update(_filters(book))
        self._blocks.globals.update(
            internal=self._internal,
            word=book.wording.word,
            name=book.wording.name,
            method_name=book.wording.method_name,
            title=self._title,
            site_address=address,
            href=self._href,
            file=self._file,
            chart=self._chart,
        )
        self._marker = Marker(book.landscape.terms.values())
        self._pages = _Sandbox(
            undefined=StrictUndefined, autoescape=False, finalize=_finalize, keep_trailing_newline=True
        )
        self._macros = {name: partial(self._block, macro, name) for name, macro in MACROS.items()}
        self._compiled: dict[tuple[str, str], Template] = {}

    def compose(self, page: Page) -> Composed:
        """Return the Markdown of a page with its slots. Raises PageProblem with page and line."""
        return self.finish(page, self.draft(page))

    def draft(self, page: Page) -> Composed:
        """Return a page with its blocks still to be printed: all it takes from the data but titles. Raises PageProblem."""
        long = {name: partial(self._long, page, MACROS[name], name) for name in LONG}
        return self._drafted(page, {**self._macros, **long})

    def finish(self, page: Page, draft: Composed) -> Composed:
        """Print the blocks of a draft, mark its terms, and return it. Raises PageProblem."""
        self._print_blocks(page, draft)
        draft.markdown = self._marked(page.address, draft.markdown, draft.slots)
        return draft

    def prose(self, page: Page) -> Composed:
        """Return a page with nothing in place of blocks, and no term marked: what it says in sentences."""
        words = {name: macro if name in INLINE else _nothing for name, macro in self._macros.items()}
        return self._print_blocks(page, self._drafted(page, words))

    def _drafted(self, page: Page, macros: dict[str, Callable[..., Any]]) -> Composed:
        draft = self._begin(page, Composed())
        title = title_of(self.book, page)
        context = {**macros, "record": page.record, "page_title": title, "_slots": draft.slots}
        introduction = ""
        if page.introduction:
            origin, text = page.introduction
            introduction = self._render(origin, text, 1, context)
        draft.markdown = self._render(
            page.origin, page.text, page.first_line, {**context, "introduction": Prose(introduction)}
        )
        return draft

    def _print_blocks(self, page: Page, draft: Composed) -> Composed:
        self._begin(page, draft)
        with _told(page.origin):
            draft.slots[:] = [self._print(slot) if isinstance(slot, Block) else slot for slot in draft.slots]
        return draft

    def _begin(self, page: Page, draft: Composed) -> Composed:
        _HERE.set(page.address)
        _NOW.set(draft)
        return draft

    def _marked(self, here: str, markdown: str, slots: list[Markup]) -> str:
        """Return the Markdown with its terms marked; the page that defines them marks none."""
        template = self._blocks.get_template("term.html.jinja")

        def mark(term: Term, text: str) -> Markup:
            return Markup(template.render(term=term, text=text, address=self._href("term", term.id)))

        return self._marker.mark(markdown, slots, mark if here != GLOSSARY else None)

    def _render(self, origin: str, text: str, first_line: int, context: dict[str, Any]) -> str:
        mark = _SLOT.search(text)
        if mark:
            line = first_line + text.count("\n", 0, mark.start())
            raise PageProblem(
                _problem(
                    origin, line, f'"{mark.group()}" is a mark of the program', "write it otherwise", "page-syntax"
                )
            )
        with _told(origin):
            if (origin, text) not in self._compiled:
                # Leading newlines keep Jinja's line numbers those of the file; comments tell editors, not readers.
                source = "\n" * (first_line - 1) + text
                self._compiled[origin, text] = Template.from_code(
                    self._pages, self._pages.compile(source, name=origin, filename=origin), self._pages.globals
                )
            return _COMMENT.sub("", self._compiled[origin, text].render(context).lstrip("\n"))

    def _long(self, page: Page, macro: Callable[..., Any], name: str, /, *args: Any, **kwargs: Any) -> Any:
        """Make a block that may grow long: the part of this page, between what it is and the ways to the others."""
        record = next((argument.id for argument in (*args, *kwargs.values()) if hasattr(argument, "id")), None)
        part = self.book.part(name, page.part, record)
        block = self._block(macro, name, *args, part=part, **kwargs)
        if part.total == 1:
            return block
        home = page.begins or page.path
        pages = [
            {"number": number, "address": relative(page.address, f"{numbered(home.removesuffix('.md'), number)}.html")}
            for number in range(1, part.total + 1)
        ]
        around = {
            "id": f"part-{name.replace('_', '-')}",
            "part": part,
            "pages": pages if LONG[name].is_home(home) else [],
            "is_filtered": LONG[name].is_filtered and not kwargs,
            "whole": relative(page.address, f"{LONG[name].home}.html"),
        }
        return replace(block, around=around)

    def _block(self, macro: Callable[..., Any], name: str, /, *args: Any, **kwargs: Any) -> Block | Markup:
        """Make one block: the view by the present stage, to be printed by the template of the same name."""
        view = macro(self.book, *args, **kwargs)
        return escape(view) if isinstance(view, str) else Block(name, view, self._print)

    def _print(self, block: Block) -> Markup:
        html = self._blocks.get_template(f"{block.name}.html.jinja").render(view=block.view)
        html = Markup(_BLANK_LINES.sub("\n", html).strip())
        if block.around:
            html = self._blocks.get_template("_long.html.jinja").render(view={**block.around, "block": html}).strip()
        html.encode("utf-8")  # raises where a text cannot be written
        return marked(Markup(html))

    def _internal(self, kind: str, name: str) -> Markup:
        """Return the mark of a record that is not for the public; nothing for others."""
        if (kind, name) not in self.book.landscape.internal:
            return Markup()
        return Markup(' <span class="tag tag-warn">{}</span>').format(self.book.wording.word("internal-record"))

    def _title(self, kind: str, name: str) -> str:
        _NOW.get().titles[kind, name] = title = self.book.title(kind, name)
        return title

    def _chart(self, figure: Figure) -> Markup:
        _NOW.get().figures.add(figure.id)
        return self.gallery.html(figure, partial(relative, _HERE.get()))

    def _file(self, figure: Figure, kind: str) -> str:
        _NOW.get().figures.add(figure.id)
        return relative(_HERE.get(), self.gallery.path(figure, kind))

    def _href(self, kind: str, name: str) -> str:
        return relative(_HERE.get(), self.book.address(kind, name))


class _Context(Context):
    """Calls what templates of blocks call, nearly always a function of ours, without asking first what it may want."""

    def call(self, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        if type(called) not in _PLAIN:
            return super().call(called, *args, **kwargs)
        if kwargs:  # two of them are for functions that ask for the context
            kwargs.pop("_loop_vars", None)
            kwargs.pop("_block_vars", None)
        return called(*args, **kwargs)


_PLAIN = (partial, FunctionType, MethodType)


class _Quick(Environment):
    """Prints blocks. Views are plain dictionaries, whose keys come before methods: most look-ups are of one."""

    context_class = _Context

    def getattr(self, obj: Any, attribute: str) -> Any:
        try:
            return obj[attribute] if type(obj) is dict else getattr(obj, attribute)
        except (KeyError, AttributeError):
            return super().getattr(obj, attribute)


class _Sandbox(ImmutableSandboxedEnvironment):
    """What a page may do: call macros. It reaches nothing of the program, and computes nothing that fills the memory."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        return not isinstance(obj, Block) and super().is_safe_attribute(obj, attr, value)

    intercepted_binops = frozenset({"*", "**", "%"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if operator != "*" or not (isinstance(left, (int, float)) and isinstance(right, (int, float))):
            raise SecurityError(f"{operator} is not for pages; numbers come from macros")
        return super().call_binop(context, operator, left, right)


def _compiled_in(folder: Path) -> FileSystemBytecodeCache:
    """Return a cache of compiled templates, known by their text: it may be deleted at any time."""
    folder.mkdir(parents=True, exist_ok=True)
    return FileSystemBytecodeCache(str(folder))


@pass_context
def _finalize(context: Any, value: Any) -> str:
    if isinstance(value, Prose):
        return value
    if callable(value) and not isinstance(value, Undefined):
        raise TypeError("a macro is called with brackets, {{ name() }}")
    if value is None:
        raise ValueError("there is no value to print here")
    if isinstance(value, Block):
        context["_slots"].append(value)
        return f"zq{len(context['_slots']) - 1:05d}qz"
    str(value).encode("utf-8")  # raises where a text cannot be written
    context["_slots"].append(marked(escape(value)))
    return f"zq{len(context['_slots']) - 1:05d}qz"


def _nothing(*_: Any, **__: Any) -> Markup:
    return Markup()


@contextmanager
def _told(origin: str) -> Iterator[None]:
    """Tell of what cannot be done as a problem of the page's text, or of the template that failed."""
    try:
        yield
    except TemplateSyntaxError as error:
        where = origin if error.filename in (None, origin) else _in_project(str(error.filename))
        raise PageProblem(
            _problem(where, error.lineno, f"template error: {error.message}", CALL, "page-syntax")
        ) from error
    except Exception as error:  # whatever a page asks for that cannot be done is its editor's slip
        raise PageProblem(_problem(*_place_of(error, origin), _explain(error), "", "page-macro")) from error


def _filters(book: Book) -> dict[str, Callable[..., Any]]:
    wording = book.wording
    return {
        "number": wording.number,
        "percent": wording.percent,
        "year": wording.plain_year,
        "date": wording.date,
        "terms": free,
    }


def _problem(path: str, line: int | None, wrong: str, right: str, rule: str) -> Problem:
    return Problem(path, line or 1, "", wrong, right, rule)


def _place_of(error: BaseException, origin: str) -> tuple[str, int | None]:
    """Return file and line of an error: in a block's template if it arose there, else in the page that was composed."""
    frames = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    blocks = [(_in_project(name), line) for name, line in frames if name.startswith(str(TEMPLATES))]
    pages = [line for name, line in frames if name == origin]
    return blocks[-1] if blocks else (origin, pages[-1] if pages else None)


def _in_project(path: str) -> str:
    return path.replace(f"{TEMPLATES.parent.parent}/", "")


def _explain(error: BaseException) -> str:
    if isinstance(error, (UnknownRecord, MissingWord)):
        return str(error)
    if isinstance(error, UndefinedError):
        from macros.problems import suggest

        match = re.match(r"'(\w+)' is undefined", str(error))
        hint = suggest(match.group(1), MACROS) if match else ""
        return f"no macro or word {match.group(1)}" + (f"; {hint}" if hint else "") if match else str(error)
    return str(error) or type(error).__name__
