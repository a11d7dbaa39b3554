"""Calls: the macro calls that stand in prose, tried without a page being made.

What a call of an inline macro asks for is looked up; of a block only the name and the arguments are compared, since making
it takes its time. What only a page can tell, such as a call with a variable in it, is left to the build.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from inspect import signature
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.meta import find_undeclared_variables

from macros.pages import Page
from macros.present import MACROS
from macros.present.book import Book
from macros.present.inline import MACROS as INLINE
from macros.present.inline import TRIALS
from macros.problems import Problem, suggest

CALL = 'a call is {{ name("argument") }}, with every quote and bracket closed'
# What every page is given beside the macros.
_GIVEN = {"record", "introduction", "page_title"}
# Only reads: nothing is run.
_LANGUAGE = Environment()


def wrong_calls(book: Book, pages: Iterable[Page]) -> Iterator[Problem]:
    """Yield a problem for every call that no page could make, each text being read once for all pages made of it."""
    texts: dict[str, tuple[str, int]] = {}
    for page in pages:
        texts[page.origin] = (page.text, page.first_line)
        if page.introduction:
            texts[page.introduction[0]] = (page.introduction[1], 1)
    for origin, (text, first_line) in texts.items():
        yield from _wrong(book, text, origin, first_line - 1)


def leave_to_others(text: str) -> str:
    """Return a text in which calls that are not ours are marked as raw, for a plugin that answers them; lines stay."""
    found: list[str] = []
    call: list[tuple[str, str]] = []
    try:
        for _, kind, value in _LANGUAGE.lex(text):
            if kind == "variable_begin" or call:
                call.append((kind, value))
            else:
                found.append(value)
            if kind == "variable_end":
                found.append(_left(call))
                call = []
    except TemplateSyntaxError:
        return text  # the check tells of it
    return "".join([*found, *(value for _, value in call)])


def _left(call: list[tuple[str, str]]) -> str:
    text = "".join(value for _, value in call)
    first = next((value for kind, value in call if kind == "name"), "")
    is_ours = first in MACROS or first in _GIVEN or first in _LANGUAGE.globals
    return text if is_ours else "{% raw %}" + text + "{% endraw %}"


def _wrong(book: Book, text: str, origin: str, above: int) -> Iterator[Problem]:
    """Yield the problems of a text that has so many lines above it in its file."""
    try:
        tree = _LANGUAGE.parse(text)
        found = list(tree.find_all((nodes.Call, nodes.Name)))
    except TemplateSyntaxError as error:
        yield Problem(origin, above + error.lineno, "", f"template error: {error.message}", CALL, "page-syntax")
        return
    except RecursionError:
        return  # the build tells of it
    for node in found:
        if isinstance(node, nodes.Name):
            wrong = _unknown(node, tree)
        else:
            wrong = _tried(book, node)
        if wrong:
            yield Problem(origin, above + node.lineno, "", wrong, "", "page-macro")


def _unknown(word: nodes.Name, tree: nodes.Template) -> str:
    """Return what is wrong with a word that is no macro, if the page itself does not give it a meaning."""
    if word.ctx != "load" or word.name in MACROS or word.name in _GIVEN or word.name in _LANGUAGE.globals:
        return ""
    try:
        if word.name not in find_undeclared_variables(tree):
            return ""
    except TemplateSyntaxError:
        return ""  # the build tells of it
    hint = suggest(word.name, MACROS)
    return f"no macro or word {word.name}" + (f"; {hint}" if hint else "")


def _tried(book: Book, call: nodes.Call) -> str:
    """Return why a call of a macro fails, or nothing if it does not or cannot be told."""
    macro = MACROS.get(call.node.name) if isinstance(call.node, nodes.Name) else None
    if macro is None or call.dyn_args or call.dyn_kwargs:
        return ""
    try:
        words = [_plain(word) for word in call.args]
        named = {word.key: _plain(word.value) for word in call.kwargs}
    except _Unread:
        return ""
    try:
        if macro in INLINE:
            _try(macro, book, *words, **named)
        else:
            signature(macro).bind(book, *words, **named)
    except Exception as error:  # whatever a page asks for that cannot be done is its editor's slip
        return str(error) or type(error).__name__
    return ""


def _try(macro: Callable[..., Any], *words: Any, **named: Any) -> None:
    """Call an inline macro, or only its trial if that finds nothing wrong."""
    if macro in TRIALS:
        with suppress(Exception):
            TRIALS[macro](*words, **named)
            return
    macro(*words, **named)


class _Unread(Exception):
    """Raised for an argument that is known only when the page is made."""


def _plain(node: nodes.Expr) -> Any:
    """Return the value of an argument that is written out; nothing is computed. Raises _Unread."""
    if isinstance(node, nodes.Const):
        return node.value
    if isinstance(node, nodes.List):
        return [_plain(item) for item in node.items]
    raise _Unread
