"""Calls: what programs read in a text of the report, and a translation keeps."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jinja2 import Environment, TemplateSyntaxError, nodes

_LANGUAGE = Environment()
_BRACES = re.compile(r"(?<!\{)\{[a-z_]+\}(?!\})")
_TARGET = re.compile(r"\]\(([^)\s]+)[^)]*\)")
_RAW = re.compile(r"\{% raw %\}(.*?)\{% endraw %\}", re.DOTALL)


def marks(text: str) -> list[str] | None:
    """Return what programs read in a text: calls without the words that they show, names in braces, targets of links."""
    targets = [f"({target})" for target in _TARGET.findall(text)]
    if "{" not in text:
        return targets
    try:
        tree = _LANGUAGE.parse(text)
    except TemplateSyntaxError:
        return None
    found = [_called(call, call.node.name) for call in tree.find_all(nodes.Call) if isinstance(call.node, nodes.Name)]
    found += [f"{{{{ {output.name} }}}}" for output in _names(tree)]
    return [*found, *_BRACES.findall(_RAW.sub("", text)), *targets]


def _names(tree: nodes.Template) -> Iterator[nodes.Name]:
    for output in tree.find_all(nodes.Output):
        yield from (part for part in output.nodes if isinstance(part, nodes.Name))


def _called(call: nodes.Call, name: str) -> str:
    # The third argument of a link is what it shows.
    given = [
        repr(one.value) if isinstance(one, nodes.Const) else "..." for one in call.args[: 2 if name == "link" else None]
    ]
    given += [f"{one.key}={_value(one.value)}" for one in call.kwargs if one.key != "text"]
    return f"{name}({', '.join(given)})"


def _value(node: nodes.Expr) -> str:
    try:
        return repr(node.as_const())
    except nodes.Impossible:
        return "..."
