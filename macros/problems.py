"""Problems: what is wrong in the data or the pages, where, and what would be right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from unicodedata import normalize

_LOOK_ALIKE = str.maketrans("μol", "u01")
Keys = tuple[str | int, ...]
# Longest part of a message, in characters.
LONGEST = 300


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake of an editor: `path:line: where: what is wrong; what would be right [rule]`."""

    path: str
    line: int
    where: str
    wrong: str
    right: str
    rule: str

    def __post_init__(self) -> None:
        # A problem is one line on a terminal, whatever stands in the data: what cannot be seen is named.
        for name in ("path", "where", "wrong", "right"):
            object.__setattr__(self, name, visible(getattr(self, name)))

    def __str__(self) -> str:
        where = f"{self.where}: " if self.where else ""
        right = f"; {self.right}" if self.right else ""
        return f"{self.path}:{self.line}: {where}{self.wrong}{right} [{self.rule}]"


class ProblemsFound(Exception):
    """Raised at the end of a stage that met problems; carries all of them, sorted, and what came of it."""

    def __init__(self, problems: Iterable[Problem], outcome: str = "Nothing was published"):
        self.problems = sorted(set(problems))
        super().__init__(report(self.problems, outcome))


def report(problems: Sequence[Problem], outcome: str = "Nothing was published") -> str:
    """Return the list an editor reads: one line a problem, then the count and the outcome."""
    files = len({problem.path for problem in problems})
    lines = [str(problem) for problem in problems]
    if problems:
        lines.append(f"What a rule asks, with an example: {explained(problems[0].rule)}")
    count = f"{len(problems)} problem{'s' if len(problems) != 1 else ''}"
    lines.append(f"{count} in {files} file{'s' if files != 1 else ''}. {outcome}. Field reference: data/README.md")
    return "\n".join(lines)


def explained(rule: str) -> str:
    """Return the command that explains a rule."""
    return f"python -m macros explain {rule}"


def where(keys: Keys) -> str:
    """Return a key path as people write it: `assessments[3].evidence`."""
    text = ""
    for key in keys:
        text += f"[{key}]" if isinstance(key, int) else f".{key}" if text else str(key)
    return text


def visible(text: str) -> str:
    """Return a text with its controls, odd blanks and whatever else cannot be seen named as <U+...>, and not too long."""
    short = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    return short if short.isprintable() else "".join(c if c.isprintable() else f"<U+{ord(c):04X}>" for c in short)


def suggest(word: object, known: Iterable[object]) -> str:
    """Return 'did you mean "..."?' when known words are close, else the known words when they are few."""
    names = sorted({str(name) for name in known})
    alike = [name for name in names if _folded(name) == _folded(str(word))]
    close = alike[:1] or _closest(str(word), names)
    if close:
        return "did you mean " + " or ".join(f'"{name}"' for name in close) + "?"
    return f"one of {', '.join(names)}" if 0 < len(names) <= 16 else ""


def _closest(word: str, names: Sequence[str]) -> list[str]:
    """Return the names closest to a word: one, or two that are equally close; of more, none is a hint."""
    close = get_close_matches(word, names, n=3, cutoff=0.6)
    ratios = [SequenceMatcher(None, name, word).ratio() for name in close]
    best = sorted(name for name, ratio in zip(close, ratios) if ratio == ratios[0])
    return best if len(best) < 3 else []


def _folded(word: str) -> str:
    """Return a word without what differs only in typing: case, width, quotes, blanks, hyphens, u for µ, o for 0, l for 1."""
    plain = normalize("NFKC", word).casefold().translate(_LOOK_ALIKE)
    return "".join(part for part in re.split(r"[\s_\-–‐‑\"'“”‘’]+", plain) if part)
