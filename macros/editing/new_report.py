"""Write a small complete project, with a copy of the generator beside its data, and renew that copy later.

What the project begins with stands in `start/`, with @@names@@ where it depends on what was asked for. Patterns of record
pages, words, settings and tests are those of the project that the command runs in.
"""

from __future__ import annotations

import re
import shutil
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from babel.languages import get_official_languages

from macros.editing.schema_files import write_schemas
from macros.editing.values import double_quoted
from macros.editing.words import WORDS, add_words, has_words, own_language, words_for
from macros.model.locale import enumeration, locale_of, names

_START = Path(__file__).parent / "start"
# What is the generator's in every project, file for file.
_GENERATOR = (
    "LICENSES.md", "Makefile", "requirements*.txt", "site_tests/__init__.py", "site_tests/support/__init__.py",
    "site_tests/support/built.py", "site_tests/test_report.py",
)  # fmt: skip
# What a project begins with, and then changes as it likes.
_BEGINNING = (
    "data/README.md",
    ".gitignore",
    ".github/workflows/site.yml",
    "LICENSE",
    "content/*/_each.md",
    "mkdocs.yml",
    "pyproject.toml",
)
# Parts of those that stay behind: examples of data, and what tests the generator (site_tests/generator.mk).
_NOT_SHARED = {
    "data/README.md": r"(?s)\n## facts\n.*",
    ".github/workflows/site.yml": r"      - run: (sudo apt-get|make test-).*\n",
}
_ABROAD = ("JP", "US", "DE")


@dataclass(frozen=True)
class Wanted:
    """What a new report is asked to be."""

    title: str
    home: tuple[str, ...]
    language: str
    editions: tuple[str, ...]
    publisher: str


def write_report(root: Path, folder: Path, wanted: Wanted) -> int:
    """Write the project and return how many files it has. `root` is the project that it takes the generator from."""
    _copy_generator(root, folder)
    _copy(root, folder, _BEGINNING)
    for name, text in words_for(root, wanted.language).items():
        _write(folder / WORDS / name, text)
    filled = {**_start_values(root, wanted, date.today()), "folder": folder.name}
    for path in sorted(_START.rglob("*")):
        if path.is_file():
            text = re.sub(r"@@(\w+)@@", lambda found: filled[found[1]], path.read_text(encoding="utf-8"))
            _write(folder / path.relative_to(_START), text)
    write_schemas(folder / "data")
    return sum(path.is_file() for path in folder.rglob("*"))


def renew_report(root: Path, folder: Path) -> list[str]:
    """Replace the generator of a project by that of the project at `root`, and return the words that it now has more."""
    shutil.rmtree(folder / "macros")
    _copy_generator(root, folder)
    return add_words(root, folder, own_language(folder))


def _copy_generator(root: Path, folder: Path) -> None:
    ignored = shutil.ignore_patterns("__pycache__", ".*cache")
    shutil.copytree(root / "macros", folder / "macros", ignore=ignored)
    _copy(root, folder, _GENERATOR)


def _copy(root: Path, folder: Path, patterns: Sequence[str]) -> None:
    for path in (path for pattern in patterns for path in root.glob(pattern)):
        name = path.relative_to(root).as_posix()
        text = path.read_text(encoding="utf-8")
        _write(folder / name, re.sub(_NOT_SHARED[name], "", text) if name in _NOT_SHARED else text)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _start_values(root: Path, wanted: Wanted, today: date) -> dict[str, str]:
    """Return the value of each @@name@@ of the files in `start/`."""
    locale = locale_of(wanted.language)
    first, last = wanted.editions[0], wanted.editions[-1]
    ends = {year: str(today) if int(year) == today.year else f"{year}-12-31" for year in wanted.editions}
    countries = [names(locale, "countries")[code] for code in wanted.home]
    home = enumeration(locale, countries)
    return {
        "title": _yaml_text(wanted.title),
        "heading": wanted.title,
        "countriesnamed": home,
        "cited": double_quoted(f"{wanted.title}: {home}"),
        "subtitle": _yaml_text(home),
        "publisher": _yaml_text(wanted.publisher),
        "language": _yaml_text(wanted.language),
        "short": _yaml_text(locale.language),
        "home": _yaml_text(home),
        "countries": ", ".join(map(_yaml_text, wanted.home)),
        "local": _local_language(wanted),
        "country": _yaml_text(wanted.home[0]),
        "foreign": next(code for code in (*_ABROAD, "FR") if code not in wanted.home),
        "firstyear": first,
        "lastyear": last,
        "last": last,
        "today": ends[last],
        "feed": str(uuid.uuid4()),
        "editions": "\n".join(_edition(year, at, len(wanted.editions), ends[year]) for at, year in enumerate(wanted.editions)),
        "performance": "\n".join(_performance(wanted.editions)),
        "supply": "\n".join(_open("supply", year, "Nobody counts what is bought.", "A count of the orders of one year.") for year in wanted.editions),
        "research": "\n".join(_open("research", year, "Nobody has looked yet.", "A count of papers and patents.") for year in wanted.editions),
        "facts": "\n\n".join(_facts(first, last)),
        "sources": "\n\n".join(dict.fromkeys(_source(year, ends[last], _yaml_text(locale.language)) for year in (first, last))),
        "words": _SAID_OF_WORDS[has_words(root, wanted.language)],
    }  # fmt: skip


_FOLLOW = (
    "Dates, numbers, countries, languages and alphabetical order follow `language` in `data/report.yml` by themselves."
)
_SAID_OF_WORDS = {
    True: f"Every word that blocks print stands in `data/words`. {_FOLLOW}",
    False: "The words that blocks print are still those of the project this one was made from. Translate `data/words/*.yml`, each\n"
    "phrase and name behind its colon, `{names}` in braces as they are; then titles and sentences in `content/*.md`, and the\n"
    f"names in `data/method.yml`, `data/dimensions.yml`, `data/stages.yml` and `data/report.yml`.\n\n{_FOLLOW}",
}


def _local_language(wanted: Wanted) -> str:
    """Return the line that says in which language machines have local names: that of the home country, where it is one."""
    spoken = get_official_languages(wanted.home[0]) if len(wanted.home) == 1 else ()
    found = [wanted.language] if locale_of(wanted.language).language in spoken else list(spoken)
    return f"\n  language: {_yaml_text(found[0].replace('_', '-'))}" if len(found) == 1 else ""


def _yaml_text(text: str) -> str:
    """Return a text for YAML, in quotes where it needs them."""
    plain = re.fullmatch(r"[^\W\d_][^:#\"'\\]*[^:#\"'\\\s]", text)
    return (
        text
        if plain and text.lower() not in ("yes", "no", "on", "off", "true", "false", "null")
        else double_quoted(text)
    )


def _edition(year: str, at: int, of: int, end: str) -> str:
    role = "current" if at == of - 1 else "baseline" if at == 0 else "past"
    return (
        f'  - id: "{year}"\n    role: {role}\n    date: "{end}"\n    evidence_until: {year}\n'
        f"    summary: The state of knowledge at the end of that time."
    )


def _performance(editions: tuple[str, ...]) -> list[str]:
    """Return a level for each edition: behind, and level at the last of several."""
    found = []
    for at, year in enumerate(editions):
        is_last = at == len(editions) - 1
        level, facts = ("level", "ex-003, ex-004") if is_last else ("behind", "ex-001, ex-002")
        moved = "\n    moved_because: Invented, like the figures." if is_last and at else ""
        found.append(
            f'  - dimension: performance\n    edition: "{year}"\n    level: {level}\n    basis: judged\n'
            f"    evidence: [{facts}]\n    counter_evidence: []\n    reason: One invented trade paper says so.{moved}"
        )
    return found


def _open(dimension: str, year: str, reason: str, test: str) -> str:
    return (
        f'  - dimension: {dimension}\n    edition: "{year}"\n    level: unknown\n    basis: null\n    evidence: []\n'
        f"    counter_evidence: []\n    reason: {reason}\n    would_settle: {test}"
    )


def _facts(first: str, last: str) -> list[str]:
    rows = (
        ("ex-001", "domestic", "home", 60, first), ("ex-002", "imported", "foreign", 90, first),
        ("ex-003", "domestic", "home", 95, last), ("ex-004", "imported", "foreign", 100, last),
    )  # fmt: skip
    found = [
        f"  - id: {name}\n    topic: performance\n    origin: {side}\n    entity: Example {maker} maker\n"
        f"    metric: parts made per minute\n    value: {value}\n    unit: parts/min\n    year: {year}\n"
        f"    statement: An invented paper counts {value} parts a minute on a machine of the {maker} maker in {year}.\n"
        f"    source: example-{year}\n    confidence: medium"
        for name, side, maker, value, year in rows
    ]
    brochure = (
        "  - id: ex-005\n    topic: performance\n    origin: domestic\n    entity: Example home maker\n    metric: null\n"
        "    value: null\n    unit: null\n    year: null\n"
        "    statement: The home maker says of itself that its machine is the fastest (invented).\n"
        "    source: example-brochure\n    confidence: high"
    )
    revenue = (
        "  - id: ex-006\n    topic: market\n    origin: domestic\n    entity: Example home maker\n    metric: revenue\n"
        f"    value: 10\n    unit: million EUR\n    year: {last}\n"
        f"    statement: An invented paper puts the revenue of the home maker at 10 million EUR in {last}.\n"
        f"    source: example-{last}\n    confidence: medium"
    )
    return [*found, brochure, revenue]


def _source(year: str, read: str, language: str) -> str:
    return (
        f"  - id: example-{year}\n    title: An invented comparison of {year}\n    publisher: Example Paper\n"
        f'    issued: "{year}"\n    accessed: "{read}"\n    URL: null\n    kind: trade-press\n    language: {language}\n'
        f"    reliability: B"
    )
