"""Change values in the text of one data file and leave every other byte as it is.

Finds where a value stands by the marks PyYAML gives. Knows nothing of models, rules or the disk.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

import yaml

from macros.editing.nodes import Splice, line_end, line_start, newline_of, node_at, node_end, value_at, with_splices
from macros.editing.values import Layout, value_text
from macros.load.parser import LOADER, parse
from macros.problems import Keys, where

ABSENT = object()
"""Stands for a key that is not there, or is to be removed."""


class CannotEdit(Exception):
    """Raised when a change would damage the text around it."""

    def __init__(self, keys: Keys, why: str):
        self.keys = keys
        super().__init__(f"{where(keys)}: {why}")


def with_values(text: str, changes: Mapping[Keys, Any], order: Sequence[str] = ()) -> str:
    """Return the text with the value at each key path replaced; a key that is not there is added, ABSENT removes it.

    `order` names the fields in their usual order, so that a new one finds its place. Raises CannotEdit.
    """
    page = _Page(text)
    expected = data_of(text)
    additions = {keys: value for keys, value in changes.items() if page.find(keys) is None}
    # Additions come last: the line before one of them may be removed first.
    for part in ({keys: changes[keys] for keys in changes if keys not in additions}, additions):
        page = _Page(text)
        part = {keys: page.null_if_line_stays(keys, value) for keys, value in part.items()}
        text = with_splices(text, [page.splice(keys, value, order) for keys, value in part.items()])
        for keys, value in part.items():
            expected = _with_change(expected, keys, value)
    if data_of(text) != expected:
        raise CannotEdit(next(iter(changes)), "the change would disturb what is around it; edit the file by hand")
    return text


def with_item(text: str, keys: Keys, lines: Sequence[str], at: int) -> str:
    """Return the text with an entry of the given lines in the list at `keys`, before position `at`. Raises CannotEdit."""
    page = _Page(text)
    node, parent = page.find(keys), page.find(keys[:-1])
    newline = page.newline
    if not isinstance(node, yaml.SequenceNode) or (node.flow_style and node.value):
        raise CannotEdit(keys, "the list is written in brackets; write it as one entry a line first")
    column = parent.start_mark.column + 2 if node.flow_style else node.start_mark.column
    entry = newline.join(_entry_lines(lines, column))
    if not node.value:
        start, end = page.span(node)
        rest = text[end : line_end(text, end)]
        head = text[:start].rstrip(" ") + rest.rstrip() + newline
        new = head + entry + text[line_end(text, end) :]
    elif at == 0:
        start = line_start(text, node.start_mark.index)
        new = text[:start] + entry + newline + page.gap(node) + text[start:]
    else:
        end = line_end(text, node_end(text, node.value[at - 1]))
        new = text[:end] + newline + page.gap(node) + entry + text[end:]
    before, after = value_at(data_of(text), keys), value_at(data_of(new), keys)
    if len(after) != len(before) + 1 or after[:at] != before[:at] or after[at + 1 :] != before[at:]:
        raise CannotEdit(keys, "an entry cannot be added here; edit the file by hand")
    return new


def data_of(text: str) -> Any:
    """Return the plain data of a text, None when it is no YAML."""
    return parse(text.replace("\r\n", "\n"), "")[0].data


def _entry_lines(lines: Sequence[str], column: int) -> Iterator[str]:
    for number, line in enumerate(lines):
        yield f"{' ' * column}{'  ' if number else '- '}{line}".rstrip()


class _Page:
    """A text with the tree of its nodes."""

    def __init__(self, text: str):
        self.text = text
        self.newline = newline_of(text)
        self.root = yaml.compose(text, Loader=LOADER)

    def find(self, keys: Keys) -> Any:
        return node_at(self.root, keys)

    def null_if_line_stays(self, keys: Keys, value: object) -> Any:
        """Return null for a key to be removed whose line holds something that must stay: a dash or a comment."""
        node, parent = self.find(keys), self.find(keys[:-1])
        if value is not ABSENT or node is None or parent.flow_style:
            return value
        name = next(name for name, _ in parent.value if name.value == keys[-1])
        end = node_end(self.text, node)
        before = self.text[line_start(self.text, name.start_mark.index) : name.start_mark.index]
        behind = self.text[end : line_end(self.text, end)]
        return None if before.strip() or behind.strip() or self._has_comment(node) else ABSENT

    def splice(self, keys: Keys, value: object, order: Sequence[str]) -> Splice:
        node, parent = self.find(keys), self.find(keys[:-1])
        if node is None and isinstance(parent, yaml.MappingNode) and value is not ABSENT:
            return self._addition(parent, keys, value, order)
        if node is None or parent is None:
            raise CannotEdit(keys, "is not in the file")
        if value is ABSENT:
            return self._removal(parent, keys, node)
        return self._replacement(parent, keys, node, value)

    def _replacement(self, parent: yaml.CollectionNode, keys: Keys, node: yaml.Node, value: object) -> Splice:
        start, end = self.span(node)
        before = self.text[start:end]
        if isinstance(node, yaml.SequenceNode) and not node.flow_style and value and isinstance(value, tuple):
            return self._block_list(keys, node, value)
        if isinstance(node, yaml.CollectionNode) and self._has_comment(node):
            raise CannotEdit(keys, "has comments inside, which a change would lose; edit the file by hand")
        if isinstance(node, yaml.CollectionNode) and not node.flow_style:
            start, before = self._after_colon(parent, keys), ""
        layout = self._layout(parent, start, end)
        style = node.style if isinstance(node, yaml.ScalarNode) else None
        blank = " " if start and self.text[start - 1] == ":" else ""
        return Splice(start, end, blank + self._value_as_text(value, layout, keys, style, before))

    def _block_list(self, keys: Keys, node: yaml.SequenceNode, value: tuple[object, ...]) -> Splice:
        """Keep the entries that stay, each with its lines and comments; write the others anew."""
        column = node.start_mark.column
        layout = Layout(column + 2, 0, column + 2, newline=self.newline)
        old, entries = self._entries(node), []
        for _, low, high, start, end in SequenceMatcher(None, [item[0] for item in old], value, False).get_opcodes():
            for at, new in zip_longest(range(low, high), range(start, end)):
                _, dash, text, rest = old[at] if at is not None else (None, "- ", "", "")
                if new is None and "#" in rest:
                    raise CannotEdit(keys, "an entry that goes has a comment; edit the file by hand")
                if new is not None:
                    is_same = at is not None and old[at][0] == value[new]
                    entries.append(dash + (text if is_same else self._value_as_text(value[new], layout, keys)) + rest)
        return Splice(node.start_mark.index, self._entries_end(node), f"{self.newline}{' ' * column}".join(entries))

    def _entries(self, node: yaml.SequenceNode) -> list[tuple[Any, str, str, str]]:
        """Return the value of each entry of a list, its dash, its text, and what stands between it and the next."""
        starts = [self.text.rindex("-", 0, item.start_mark.index) for item in node.value]
        ends = [line_end(self.text, self.text.rindex("\n", 0, start) - 1) for start in starts[1:]] + [
            self._entries_end(node)
        ]
        found = []
        for item, dash, stop in zip(node.value, starts, ends, strict=True):
            start, end = self.span(item)
            found.append(
                (getattr(item, "value", None), self.text[dash:start], self.text[start:end], self.text[end:stop])
            )
        return found

    def _entries_end(self, node: yaml.Node) -> int:
        return line_end(self.text, node_end(self.text, node))

    def _addition(self, parent: yaml.MappingNode, keys: Keys, value: object, order: Sequence[str]) -> Splice:
        names = [name.value for name, _ in parent.value]
        rank = {name: at for at, name in enumerate(order)}
        mine = rank.get(str(keys[-1]), len(order))
        before = [at for at, name in enumerate(names) if rank.get(name, len(order)) < mine]
        end = node_end(self.text, parent.value[before[-1] if before else -1][1])
        if parent.flow_style:
            return Splice(end, end, f", {keys[-1]}: {self._value_as_text(value, Layout(in_flow=True), keys)}")
        indent = parent.start_mark.column
        line = f"{' ' * indent}{keys[-1]}: "
        layout = Layout(len(line), 0, indent + 2, newline=self.newline)
        end = line_end(self.text, end)
        return Splice(end, end, self.newline + line + self._value_as_text(value, layout, keys))

    def _removal(self, parent: yaml.CollectionNode, keys: Keys, node: yaml.Node) -> Splice:
        at = next(at for at, (name, _) in enumerate(parent.value) if name.value == keys[-1])
        name = parent.value[at][0]
        end = node_end(self.text, node)
        if parent.flow_style:
            if at:
                return Splice(node_end(self.text, parent.value[at - 1][1]), end, "")
            raise CannotEdit(keys, "cannot be removed; edit the file by hand")
        return Splice(line_start(self.text, name.start_mark.index), line_end(self.text, end) + len(self.newline), "")

    def _layout(self, parent: yaml.CollectionNode, start: int, end: int) -> Layout:
        column = start - line_start(self.text, start)
        behind = len(self.text[end : line_end(self.text, end)].rstrip())
        in_flow = bool(parent.flow_style)
        is_item = isinstance(parent, yaml.SequenceNode)
        indent = column if is_item and not in_flow else parent.start_mark.column + 2
        if in_flow:
            indent = (
                len(self.text[line_start(self.text, start) :])
                - len(self.text[line_start(self.text, start) :].lstrip(" -"))
                + 2
            )
        return Layout(column, behind, indent, in_flow, self.newline)

    def _value_as_text(
        self, value: object, layout: Layout, keys: Keys, style: str | None = None, before: str = ""
    ) -> str:
        try:
            return value_text(value, layout, style, before.replace("\r\n", "\n"))
        except ValueError as error:
            raise CannotEdit(keys, str(error)) from error

    def _after_colon(self, parent: yaml.CollectionNode, keys: Keys) -> int:
        name: yaml.Node = next(name for name, _ in parent.value if name.value == keys[-1])
        return self.text.index(":", name.end_mark.index) + 1

    def span(self, node: yaml.Node) -> tuple[int, int]:
        """Return where a node begins and ends, without the blank lines behind a folded text."""
        return node.start_mark.index, node_end(self.text, node)

    def _has_comment(self, node: yaml.Node) -> bool:
        """Return whether a comment stands within a list or mapping."""
        start, end = self.span(node)
        left = self.text[start:end]
        for low, high in sorted(self._scalars(node), reverse=True):
            left = left[: low - start] + left[high - start :]
        return "#" in left

    def _scalars(self, node: yaml.Node) -> Iterator[tuple[int, int]]:
        if isinstance(node, yaml.ScalarNode):
            yield self.span(node)
        else:
            for part in node.value:
                for inner in part if isinstance(part, tuple) else (part,):
                    yield from self._scalars(inner)

    def gap(self, node: yaml.SequenceNode) -> str:
        """Return a blank line where the entries of a list have one between them."""
        starts = [line_start(self.text, item.start_mark.index) for item in node.value[:2]]
        between = (
            self.text[node_end(self.text, node.value[0]) : starts[1]] if starts[1:] else self.text[: starts[0]][-3:]
        )
        return self.newline if re.search(r"\n[ \t]*\r?\n", between) else ""


def _with_change(data: Any, keys: Keys, value: object) -> Any:
    """Return plain data with one value replaced, added or removed."""
    if not keys:
        return value
    key, rest = keys[0], keys[1:]
    if isinstance(data, tuple):
        return tuple(_with_change(part, rest, value) if at == key else part for at, part in enumerate(data))
    if not rest and value is ABSENT:
        return {name: part for name, part in data.items() if name != key}
    return {**data, key: _with_change(data.get(key), rest, value)}
