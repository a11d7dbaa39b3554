"""Write plain data as YAML in the style of the data files. Pure; every spelling is read back before it is used."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from yaml.reader import Reader

from macros.load.parser import END, parse
from macros.load.scalars import HIDDEN

WIDTH = 120
_LINE_BREAKS = re.compile("[\x85\u2028\u2029\ufeff\x7f]")


@dataclass(frozen=True)
class Layout:
    """The place of a value in its line: the column it begins at, the columns used behind it, and what is around it."""

    column: int = 0
    behind: int = 0
    indent: int = 2
    in_flow: bool = False
    newline: str = "\n"

    def holds(self, text: str) -> bool:
        return self.column + len(text) + self.behind <= WIDTH


def value_text(value: object, layout: Layout, style: str | None = None, before: str = "") -> str:
    """Return a value as YAML: text, number, true, false, null, a list `[a, b]` or fields `{a: 1}`.

    `style` is the quoting to keep (', ", >, | or None for none), `before` the text that stood there; lines of it
    that need no change are kept. Raises ValueError for what YAML cannot hold.
    """
    if isinstance(value, (tuple, list)):
        tokens = [_in_flow(part, layout) for part in value]
        return flow_text(tokens, layout, _lines_of_flow(before) if before.startswith("[") else [])
    if isinstance(value, dict):
        tokens = [f"{key}: {_in_flow(part, layout)}" for key, part in value.items()]
        return flow_text(tokens, layout, [], "{}")
    if isinstance(value, str):
        return _text(value, layout, style, before)
    return plain_text(value)


def plain_text(value: object) -> str:
    """Return null, true, false or a number as YAML."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    # Never an exponent: the loader reads plain decimals only.
    return str(value) if isinstance(value, int) else format(Decimal(repr(value)), "f")


def flow_text(tokens: Sequence[str], layout: Layout, old: list[list[str]], marks: str = "[]") -> str:
    """Return tokens as a list in brackets, broken into lines where it is too long."""
    lines = rewrap(old, list(tokens), ", ", layout, len(marks))
    return marks[0] + f",{layout.newline}{' ' * layout.indent}".join(", ".join(line) for line in lines) + marks[1]


def rewrap(old: list[list[str]], new: list[str], joint: str, layout: Layout, extra: int = 0) -> list[list[str]]:
    """Return new tokens in lines, keeping the old lines at the beginning and the end that need no change."""
    first = _equal_lines(old, new)
    start = sum(map(len, old[:first]))
    left = old[first:]
    last = _equal_lines([line[::-1] for line in left[::-1]], new[start:][::-1])
    tail = left[len(left) - last :]
    middle = new[start : len(new) - sum(map(len, tail))]
    head = old[:first]
    if head and middle and len(left) == len(tail):
        # No old token gave way to the new ones: they may continue the line before.
        together = _wrap(head[-1] + middle, joint, layout, extra, at_start=first == 1)
        if len(together) <= len(_wrap(middle, joint, layout, extra, at_start=False)):
            head, middle_lines = head[:-1], together
            return [*head, *middle_lines, *tail]
    return [*head, *_wrap(middle, joint, layout, extra, at_start=not head), *tail] or [[]]


def _equal_lines(old: list[list[str]], new: list[str]) -> int:
    count = at = 0
    for line in old:
        if new[at : at + len(line)] != line:
            break
        at += len(line)
        count += 1
    return count


def _wrap(tokens: list[str], joint: str, layout: Layout, extra: int, at_start: bool) -> list[list[str]]:
    lines: list[list[str]] = []
    used = 0
    for token in tokens:
        if lines and used + len(joint) + len(token) <= WIDTH - 2:
            lines[-1].append(token)
            used += len(joint) + len(token)
        else:
            used = (layout.column + extra if at_start and not lines else layout.indent) + len(token)
            lines.append([token])
    return lines


def _lines_of_flow(before: str) -> list[list[str]]:
    """Return the items of a list of plain words line by line; nothing when it holds more than that."""
    inner = before.strip()[1:-1]
    if re.search(r"[\"'#\[\]{}]", inner):
        return []
    lines = [[word.strip() for word in line.split(",") if word.strip()] for line in inner.split("\n")]
    return [line for line in lines if line]


def _in_flow(value: object, layout: Layout) -> str:
    return value_text(value, Layout(in_flow=True, newline=layout.newline, indent=layout.indent))


def _text(value: str, layout: Layout, style: str | None, before: str) -> str:
    for candidate in _candidates(value, layout, style, before):
        if _reads_as(candidate, value, layout):
            return candidate
    if hidden := HIDDEN.search(value):
        raise ValueError(f"holds a character that cannot be seen (U+{ord(hidden.group()):04X}); type the value anew")
    raise ValueError(f"cannot be written as YAML: {value[:60]!r}")


def _candidates(value: str, layout: Layout, style: str | None, before: str) -> Iterator[str]:
    one_line = {None: value, "'": "'" + value.replace("'", "''") + "'", '"': double_quoted(value)}
    if style in (">", "|"):
        yield from _blocks(value, layout, before)
    quotes = "'\"" if re.search(r'["\\\n]', value) else "\"'"
    # A date or a number that is meant as text is quoted, whether YAML needs it or not.
    rest = [*quotes, None] if re.fullmatch(r"[\d.:-]+", value) else [None, *quotes]
    order = [style, *rest] if style in ("'", '"') else rest
    for one in order:
        if layout.in_flow or layout.holds(one_line[one]):
            yield one_line[one]
    yield from _blocks(value, layout, "")
    yield from (one_line[one] for one in order)


def double_quoted(value: str) -> str:
    """Return a text in double quotes, which can hold anything."""
    text = json.dumps(value, ensure_ascii=False)
    escape = lambda match: f"\\u{ord(match.group()):04x}"  # noqa: E731
    return _LINE_BREAKS.sub(escape, Reader.NON_PRINTABLE.sub(escape, text))


def _blocks(value: str, layout: Layout, before: str) -> Iterator[str]:
    """Yield the text folded under `>-`, and with its own line breaks under `|-`; needs the rest of the line."""
    if layout.in_flow or (layout.behind and not before):
        return
    gap = layout.newline + " " * layout.indent
    header, _, body = before.partition("\n")
    comment = header[header.index(" #") :].rstrip() if " #" in header else ""
    if "\n" not in value:
        old = [line.split() for line in body.split("\n") if line.strip()] if header.startswith(">") else []
        lines = rewrap(old, value.split(" "), " ", Layout(layout.indent, 0, layout.indent))
        yield f">-{comment}{gap}" + gap.join(" ".join(line) for line in lines)
    yield f"|-{comment}{gap}" + gap.join(value.split("\n"))


def _reads_as(candidate: str, value: str, layout: Layout) -> bool:
    """Return whether the loader reads the spelling as the value, at that depth."""
    nest = max(layout.indent - 2, 0)
    inner = f"k: [{candidate}, x]" if layout.in_flow else f"{' ' * nest}k: {candidate}"
    document, problems = parse(f"{inner}\n{END}\n".replace("\r\n", "\n"), "")
    expected = (value, "x") if layout.in_flow else value
    return not problems and document.data == {"k": expected}
