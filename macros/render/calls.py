"""Check the macro calls in prose without making a page.

An inline macro is called; for a block only the name and the arguments are compared, since making it is slow. A call that
only a page can decide, such as one with a variable, is left to the build.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from inspect import signature
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.meta import find_undeclared_variables

from macros.check.prose.links import Known
from macros.load.pages import PageText
from macros.present import INLINE, MACROS
from macros.present.book import Book, UnknownRecord
from macros.present.inline import link
from macros.problems import Problem, suggest

CALL = 'write a call as {{ name("argument") }}, with every quote and bracket closed'
ANCHOR = "{# begins a comment for editors, which ends in #}; the id of a heading has a colon before it: {: #name }"
# Names that every page has beside the macros.
_GIVEN = {"record", "introduction", "page_title"}
# Two names without a comma between, which Jinja reads as one.
_STUCK = re.compile(r"""["']([^"']+)["']\s+["']([^"']+)["']""")
# Quotes that word processors and input methods put for plain ones.
_CURLY = re.compile("[“”‘’＂＇]")
_WIDE = re.compile("[（），]")
# An id that is an argument as it stands, which Jinja reads as a subtraction.
_BARE = re.compile(r"[(,]\s*([A-Za-z][\w.]*(?:-\w+)+)\s*(?=[,)])")
_ONE_BRACE = re.compile(r"\{\{[^{}]*\}(?!\})")
# Only parses: nothing runs.
_LANGUAGE = Environment()


def wrong_calls(
    book: Book | None, texts: Iterable[PageText], known: Known | None = None, is_sound: bool = True
) -> Iterator[Problem]:
    """Yield a problem for every call that no page could make.

    Without a book, or if the data have problems, only problems that do not follow from the data are reported.
    """
    for text in texts:
        # Each word of an id without quotes gives the same problem.
        yield from dict.fromkeys(_problems_of(book, text, known, is_sound))


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
                found.append(_as_raw(call))
                call = []
    except TemplateSyntaxError:
        return text  # the check reports it
    return "".join([*found, *(value for _, value in call)])


def _as_raw(call: list[tuple[str, str]]) -> str:
    text = "".join(value for _, value in call)
    first = next((value for kind, value in call if kind == "name"), "")
    is_ours = first in MACROS or first in _GIVEN or first in _LANGUAGE.globals
    return text if is_ours else "{% raw %}" + text + "{% endraw %}"


def _problems_of(book: Book | None, text: PageText, known: Known | None, is_sound: bool) -> Iterator[Problem]:
    """Yield the problems of a text."""
    above = text.first_line - 1
    try:
        tree = _LANGUAGE.parse(text.text)
        found = list(tree.find_all((nodes.Call, nodes.Name)))
    except TemplateSyntaxError as error:
        line = text.text.split("\n")[error.lineno - 1]
        yield Problem(text.origin, above + error.lineno, "", *_why_unread(str(error.message), line), "page-syntax")
        return
    except RecursionError:
        return  # the build reports it
    for node in found:
        line = text.text.split("\n")[node.lineno - 1]
        if isinstance(node, nodes.Name):
            wrong = _why_unknown(node, tree)
            bare = next((name for name in _BARE.findall(line) if node.name in name.split("-")), None)
            if wrong and bare:
                yield Problem(text.origin, above + node.lineno, "", *_without_quotes(bare), "page-syntax")
                continue
        else:
            wrong = _why_it_fails(book, node, known, is_sound) if book and isinstance(node, nodes.Call) else ""
        if wrong:
            stuck = [pair for pair in _STUCK.findall(line) if "".join(pair) in wrong]
            right = f'put a comma between two names: "{stuck[0][0]}", "{stuck[0][1]}"' if stuck else ""
            yield Problem(text.origin, above + node.lineno, "", wrong, right, "page-macro")


def _why_unread(said: str, line: str) -> tuple[str, str]:
    """Return what is wrong and what would be right in a line that Jinja cannot parse, from what it says of it."""
    if _CURLY.search(line) and "unexpected char" in said:
        return "a call has curly quotes", 'write plain ones: {{ name("argument") }}'
    if _WIDE.search(line) and "unexpected char" in said:
        return "a call has full-width brackets or commas", 'write plain ones: {{ name("argument") }}'
    if (bare := _BARE.search(line)) and "expected token" in said:
        return _without_quotes(bare[1])
    if _ONE_BRACE.search(line):
        return "a call ends in one brace }", 'write two: {{ name("argument") }}'
    return f"a call or its braces cannot be read ({said})", ANCHOR if "comment tag" in said else CALL


def _without_quotes(name: str) -> tuple[str, str]:
    return f"a call has the id {name} without quotes", f'write "{name}"'


def _why_unknown(word: nodes.Name, tree: nodes.Template) -> str:
    """Return why a word is no macro, or nothing if the page itself defines it."""
    if word.ctx != "load" or word.name in MACROS or word.name in _GIVEN or word.name in _LANGUAGE.globals:
        return ""
    try:
        if word.name not in find_undeclared_variables(tree):
            return ""
    except TemplateSyntaxError:
        return ""  # the build reports it
    hint = suggest(word.name, MACROS)
    return f'no macro "{word.name}"' + (f"; {hint}" if hint else "")


def _why_it_fails(book: Book, call: nodes.Call, known: Known | None, is_sound: bool) -> str:
    """Return why a call of a macro fails, or nothing if it succeeds or only the build can tell."""
    macro = MACROS.get(call.node.name) if isinstance(call.node, nodes.Name) else None
    if macro is None or call.dyn_args or call.dyn_kwargs:
        return ""
    try:
        words = [_plain(word) for word in call.args]
        named = {word.key: _plain(word.value) for word in call.kwargs}
    except _Unread:
        return ""
    try:
        if macro.__name__ in INLINE:
            macro(book, *words, **named)
        else:
            signature(macro).bind(book, *words, **named)
    except UnknownRecord as error:
        return str(error)
    except TypeError as error:
        return f"{macro.__name__} is not called like this ({error}); write {_form_of(macro)}"
    except Exception as error:  # anything that a page asks for and that fails is a mistake of its editor
        return (str(error) or type(error).__name__) if is_sound else ""
    return _leads_nowhere(known, *words[:2]) if known and macro is link else ""


def _form_of(macro: Callable[..., object]) -> str:
    """Return how a macro is called: a text in quotes, what may be left out by its name."""
    words = []
    for one in list(signature(macro).parameters.values())[1:]:
        name = f'"{one.name}"' if one.annotation == "str" else one.name
        if one.kind is one.VAR_KEYWORD:
            words.append("field=...")
        elif one.kind is one.VAR_POSITIONAL:
            words.append(f"{name}, ...")
        else:
            words.append(name if one.default is one.empty else f"{one.name}=...")
    return f"{{{{ {macro.__name__}({', '.join(words)}) }}}}"


def _leads_nowhere(known: Known, kind: object = "", name: object = "") -> str:
    """Return why the link to a page or a file is dead, or nothing. Links to records are looked up by the macro itself."""
    if kind == "page" and not known.has_page(f"{name}.md"):
        hint = suggest(name, {path.removesuffix(".md") for path in known.pages if "/" not in path})
        return f'no page "{name}"' + (f"; {hint}" if hint else "")
    if kind == "file" and not known.has_file(str(name).partition("#")[0]):
        hint = suggest(name, known.files)
        return f'no file "{name}"' + (f"; {hint}" if hint else "")
    return ""


class _Unread(Exception):
    """Raised for an argument that is known only when the page is made."""


def _plain(node: nodes.Expr) -> Any:
    """Return the value of an argument that is written out; nothing is computed. Raises _Unread."""
    if isinstance(node, nodes.Const):
        return node.value
    if isinstance(node, nodes.List):
        return [_plain(item) for item in node.items]
    raise _Unread
