"""Problems: what is wrong in the data or the pages, where, and what would be right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

Keys = tuple[str | int, ...]


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake of an editor: `path:line: where: what is wrong; what would be right [rule]`."""

    path: str
    line: int
    where: str
    wrong: str
    right: str
    rule: str

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
    count = f"{len(problems)} problem{'s' if len(problems) != 1 else ''}"
    lines.append(f"{count} in {files} file{'s' if files != 1 else ''}. {outcome}. Field reference: data/README.md")
    return "\n".join(lines)


def where(keys: Keys) -> str:
    """Return a key path as people write it: `assessments[3].evidence`."""
    text = ""
    for key in keys:
        text += f"[{key}]" if isinstance(key, int) else f".{key}" if text else str(key)
    return text


def suggest(word: object, known: Iterable[object]) -> str:
    """Return 'did you mean "..."?' when a known word is close, else the known words when they are few."""
    names = sorted(str(name) for name in known)
    close = get_close_matches(str(word), names, n=1, cutoff=0.6)
    if close:
        return f'did you mean "{close[0]}"?'
    return f"one of {', '.join(names)}" if 0 < len(names) <= 16 else ""
