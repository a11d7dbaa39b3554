"""Find values in a text of YAML by the marks that PyYAML gives, and put others in their place. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

import yaml

from macros.problems import Keys

_BLANK_LINES = re.compile(r"(?:\r?\n[ \t]*)+\Z")


class Splice(NamedTuple):
    """A text to replace the one from `start` to `end`."""

    start: int
    end: int
    text: str


def with_splices(text: str, splices: Iterable[Splice]) -> str:
    """Return the text with every splice made. None may overlap another; of two in one place the first stands first."""
    for start, end, new in reversed(sorted(splices, key=lambda splice: splice[:2])):
        text = text[:start] + new + text[end:]
    return text


def node_at(node: Any, keys: Keys) -> Any:
    """Return the node at a key path, None when it is not there."""
    for key in keys:
        if isinstance(node, yaml.MappingNode):
            node = next((value for name, value in node.value if name.value == key), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            node = node.value[key]
        else:
            return None
    return node


def value_at(data: Any, keys: Keys) -> Any:
    """Return the value at a key path in plain data."""
    for key in keys:
        data = data[key]
    return data


def node_end(text: str, node: yaml.Node) -> int:
    """Return where the text of a node ends. PyYAML counts blank lines and comments behind a block to it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        inner = node.value[-1]
        return node_end(text, inner[1] if isinstance(inner, tuple) else inner)
    start = node.start_mark.index
    # Blanks behind the last word of a block are part of it.
    return start + len(_BLANK_LINES.sub("", text[start : node.end_mark.index]))


def newline_of(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def line_end(text: str, at: int) -> int:
    """Return the end of the line of an offset, before its line break."""
    found = text.find("\n", at)
    end = len(text) if found < 0 else found
    return end - 1 if text[end - 1 : end] == "\r" else end
