"""A problem says what is wrong in the data or the pages, where, and what would be right."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher, get_close_matches
from typing import NamedTuple
from unicodedata import normalize

_LOOK_ALIKE = str.maketrans("μol", "u01")
Keys = tuple[str | int, ...]
# How many problems of one rule people read at most, so that none hides another.
SHOWN = 20
# How much a name must be like a word to be what was meant: a source that is gone must not be said to be another one.
_CLOSE = 0.66
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
        # A problem must stay one line on a terminal, whatever the data hold: invisible characters are named.
        for name in ("path", "where", "wrong", "right"):
            object.__setattr__(self, name, name_invisible_signs(getattr(self, name)))

    def __str__(self) -> str:
        where = f"{self.where}: " if self.where else ""
        right = f"; {self.right}" if self.right else ""
        return f"{self.path}:{self.line}: {where}{self.wrong}{right} [{self.rule}]"


class Finding(NamedTuple):
    """A place that breaks a rule: what is wrong there, and what would be right. The rule makes it a problem."""

    path: str
    line: int
    where: str
    wrong: str
    right: str


class ProblemsFound(Exception):
    """Raised at the end of a stage that found problems; carries all of them, sorted, and the outcome.

    Those of pages come last, since pages are made from the data.
    """

    def __init__(self, problems: Iterable[Problem], outcome: str = "Nothing was published"):
        self.problems = sorted(set(problems), key=lambda problem: (problem.path.startswith("content/"), problem))
        super().__init__(report(self.problems, outcome))


def report(problems: Sequence[Problem], outcome: str = "Nothing was published") -> str:
    """Return the list an editor reads: one line a problem, then the count and the outcome.

    If one rule has many problems, the first are shown and the others counted: usually they have one cause.
    """
    files = len({problem.path for problem in problems})
    shown, left = in_brief(problems)
    lines = [*map(str, shown), *(f"... and {count} more of [{rule}]" for rule, count in left.items())]
    if problems:
        lines.append(f"What a rule asks, with an example: {explain_command(problems[0].rule)}")
    count = f"{counted(len(problems), 'problem')} in {counted(files, 'file')}"
    lines.append(f"{count}. {outcome}. Field reference: data/README.md")
    return "\n".join(lines)


def counted(number: int, what: str) -> str:
    """Return a number of things in words: 1 file, 2 files."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def in_brief(problems: Iterable[Problem]) -> tuple[list[Problem], dict[str, int]]:
    """Return at most a few problems of each rule, and how many more there are of it."""
    counts: Counter[str] = Counter()
    shown = []
    for problem in problems:
        counts[problem.rule] += 1
        if counts[problem.rule] <= SHOWN:
            shown.append(problem)
    return shown, {rule: count - SHOWN for rule, count in counts.items() if count > SHOWN}


def explain_command(rule: str) -> str:
    """Return the command that explains a rule."""
    return f"python -m macros explain {rule}"


def where(keys: Keys) -> str:
    """Return a key path as people write it: `assessments[3].evidence`."""
    text = ""
    for key in keys:
        text += f"[{key}]" if isinstance(key, int) else f".{key}" if text else str(key)
    return text


def name_invisible_signs(text: str) -> str:
    """Return a text, shortened if too long, with control characters, odd blanks and other invisible ones named as <U+...>."""
    short = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    return short if short.isprintable() else "".join(c if c.isprintable() else f"<U+{ord(c):04X}>" for c in short)


def suggest(word: object, known: Iterable[object]) -> str:
    """Return 'did you mean "..."?' when known words are close, else the known words when they are few."""
    names = sorted({str(name) for name in known})
    alike = [name for name in names if _fold_typing(name) == _fold_typing(str(word))]
    close = alike[:1] or _closest(str(word), names)
    if close:
        return "did you mean " + " or ".join(f'"{name}"' for name in close) + "?"
    return f"choose one of {', '.join(names)}" if 0 < len(names) <= 16 else ""


def said_of(value: str, error: object) -> tuple[str, str]:
    """Return what is wrong with a value and what would be right, from an error that says both, parted by a semicolon."""
    wrong, _, right = str(error).partition("; ")
    return f"{value} {wrong}" if wrong.startswith(("is ", "has ", "begins ")) else f"{value}: {wrong}", right


def _closest(word: str, names: Sequence[str]) -> list[str]:
    """Return the name closest to a word, or two that are equally close; nothing if more are, since they would be no hint.

    Another number is another name: fe-057 is not meant by fe-056, nor a source of 2024 by one of 2023.
    """
    likely = [name for name in names if _numbers(name) <= _numbers(word)]
    close = get_close_matches(word, likely, n=3, cutoff=_CLOSE)
    ratios = [SequenceMatcher(None, name, word).ratio() for name in close]
    best = sorted(name for name, ratio in zip(close, ratios, strict=True) if ratio == ratios[0])
    return [name for name in best if _replaced(name, word) <= (1 if len(name) < 8 else 2)] if len(best) < 3 else []


def _numbers(word: str) -> set[int]:
    return {int(digits) for digits in re.findall(r"[0-9]+", word)}


def _replaced(name: str, word: str) -> int:
    """Return how many letters of a name are others in a word, letters left out or added not counted."""
    same = sum(block.size for block in SequenceMatcher(None, name, word).get_matching_blocks())
    return min(len(name), len(word)) - same


def _fold_typing(word: str) -> str:
    """Return a word without differences of typing: case, width, quotes, blanks, hyphens, u for µ, o for 0, l for 1."""
    plain = normalize("NFKC", word).casefold().translate(_LOOK_ALIKE)
    return "".join(part for part in re.split(r"[\s_\-–‐‑\"'“”‘’]+", plain) if part)


def as_json(problems: Sequence[Problem]) -> str:
    """Return problems as a JSON list of objects; `see` holds the command that explains the rule."""
    rows = [{**asdict(problem), "see": explain_command(problem.rule)} for problem in problems]
    return json.dumps(rows, ensure_ascii=False, indent=1)


def as_github(problems: Sequence[Problem]) -> str:
    """Return problems as commands of GitHub Actions, which show each beside its line in a pull request."""
    return "\n".join(_annotation(problem) for problem in problems)


def _annotation(problem: Problem) -> str:
    where = f"{problem.where}: " if problem.where else ""
    right = f"; {problem.right}" if problem.right else ""
    place = f"file={_property(problem.path)},line={problem.line},title={_property(problem.rule)}"
    return f"::error {place}::{_message(f'{where}{problem.wrong}{right} ({explain_command(problem.rule)})')}"


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: dict[str, Callable[[Sequence[Problem]], str]] = {"json": as_json, "github": as_github}
