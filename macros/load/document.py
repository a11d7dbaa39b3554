"""One data file as plain data with the line of every key, both in a compact form."""

from __future__ import annotations

import marshal
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise, zip_longest
from typing import Any

from macros.problems import Finding, Keys, Problem, where

# Plain data, and the line of every key: as differences of one byte each where they fit.
Packed = tuple[bytes, bytes | dict[Keys, int]]
_NOTHING: Packed = marshal.dumps(None), {}


@dataclass(frozen=True, eq=False)
class Document:
    """One data file: its path relative to the project, its plain data and the line of every key, both packed.

    Records are made from the data once, and lines are needed only for problems: unpacked, both would waste memory.
    """

    path: str
    packed: Packed = _NOTHING

    def __eq__(self, other: object) -> bool:
        # The same values may be packed in more than one way.
        return isinstance(other, Document) and (self.path, self.data, self.lines) == (
            other.path,
            other.data,
            other.lines,
        )

    @cached_property
    def stem(self) -> str:
        """The name of the file without its ending."""
        return self.path.rpartition("/")[2].removesuffix(".yml")

    @property
    def data(self) -> Any:
        """The plain data, unpacked anew each time."""
        return marshal.loads(self.packed[0])

    @cached_property
    def lines(self) -> dict[Keys, int]:
        """The line of every key."""
        return dict(self._each_line())

    def line(self, keys: Keys) -> int:
        """Return the line of a key path, or of its nearest ancestor in the file."""
        lines = self.packed[1]
        if not keys:  # the whole file, which comes first
            return next(iter(lines.values() if isinstance(lines, dict) else lines), 1)
        while keys and keys not in self.lines:
            keys = keys[:-1]
        return self.lines.get(keys, 1)

    def _each_line(self) -> Iterator[tuple[Keys, int]]:
        lines = self.packed[1]
        return iter(
            lines.items() if isinstance(lines, dict) else zip(_places(self.data), accumulate(lines), strict=True)
        )

    def finding(self, keys: Keys, wrong: str, right: str) -> Finding:
        """Return what is wrong at a key path."""
        return Finding(self.path, self.line(keys), where(keys), wrong, right)

    def problem(self, keys: Keys, wrong: str, right: str, rule: str) -> Problem:
        """Return the same with the rule that it breaks."""
        return Problem(*self.finding(keys, wrong, right), rule)


def pack(data: Any, lines: dict[Keys, int]) -> Packed:
    """Return plain data with its lines in the compact form: for each key one byte, the difference to the line before."""
    steps = [line - before for before, line in pairwise((0, *lines.values()))]
    is_plain = all(0 <= step < 256 for step in steps) and all(a == b for a, b in zip_longest(_places(data), lines))
    return marshal.dumps(data), bytes(steps) if is_plain else lines


def _places(data: Any, keys: Keys = ()) -> Iterator[Keys]:
    """Yield the keys of everything in plain data, in the order in which it stands in the file."""
    yield keys
    for key, part in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, tuple) else ():
        yield from _places(part, (*keys, key))
