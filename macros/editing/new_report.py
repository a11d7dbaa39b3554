"""Write a small complete project, with a copy of the generator beside its data, and renew that copy later.

What the project begins with stands in `start/`: templates of Jinja with @@names@@ and @% tags %@. Patterns of record pages,
words, settings and tests are those of the project that the command runs in.
"""

from __future__ import annotations

import re
import shlex
import shutil
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from babel.languages import get_official_languages
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from macros.editing.schema_files import write_schemas
from macros.editing.values import double_quoted
from macros.editing.words import WORDS, add_words, has_words, own_language, words_for
from macros.model.locale import Language, locale_of, names

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
_ABROAD = ("JP", "US", "DE", "FR")
# Their braces are those of the pages that the new report has.
_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "start"), undefined=StrictUndefined, keep_trailing_newline=True,
    trim_blocks=True, lstrip_blocks=True, variable_start_string="@@", variable_end_string="@@", block_start_string="@%",
    block_end_string="%@", comment_start_string="@#", comment_end_string="#@",
)  # fmt: skip


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
    values = {**_start_values(root, wanted, date.today()), "folder": shlex.quote(f"../{folder.name}")}
    for name in _TEMPLATES.list_templates():
        _write(folder / name, _TEMPLATES.get_template(name).render(values))
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


def _start_values(root: Path, wanted: Wanted, today: date) -> dict[str, object]:
    """Return what the files in `start/` are filled in with."""
    locale = locale_of(wanted.language)
    ends = {year: str(today) if int(year) == today.year else f"{year}-12-31" for year in wanted.editions}
    home = Language(wanted.language).enumeration(names(locale, "countries")[code] for code in wanted.home)
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
        "foreign": next(code for code in _ABROAD if code not in wanted.home),
        "editions": wanted.editions,
        "ends": ends,
        "first": wanted.editions[0],
        "last": wanted.editions[-1],
        "today": ends[wanted.editions[-1]],
        "feed": str(uuid.uuid4()),
        "has_words": has_words(root, wanted.language),
    }


def _local_language(wanted: Wanted) -> str:
    """Return the language in which machines have local names, that of the home country; nothing where it is not one."""
    spoken = get_official_languages(wanted.home[0]) if len(wanted.home) == 1 else ()
    found = [wanted.language] if locale_of(wanted.language).language in spoken else list(spoken)
    return _yaml_text(found[0].replace("_", "-")) if len(found) == 1 else ""


def _yaml_text(text: str) -> str:
    """Return a text for YAML, in quotes where it needs them."""
    plain = re.fullmatch(r"[^\W\d_][^:#\"'\\]*[^:#\"'\\\s]", text)
    return (
        text
        if plain and text.lower() not in ("yes", "no", "on", "off", "true", "false", "null")
        else double_quoted(text)
    )
