"""`python -m macros new report`, with an option for every answer or questions in a terminal, and `renew`."""

from __future__ import annotations

import argparse
import re
import shlex
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from macros.editing.new_report import Wanted, renew_report, write_report
from macros.editing.words import has_words
from macros.git import NoGit, ask
from macros.model.locale import locale_of, names

_PROG = "python -m macros new report"
_EXAMPLE = f'{_PROG} ../wind --title "The Wind Report" --home DE,DK --language de --editions 2018,2026'


class _Asked(NamedTuple):
    """Something asked for: what it is, what it is without an answer, and what is wrong with one."""

    about: str
    default: str
    wrong: Callable[[str], str]


def report_command(root: Path, words: Sequence[str]) -> str:
    """Write a new report as the options say; in a terminal what they leave out is asked for."""
    parser = argparse.ArgumentParser(_PROG, description=f"Example: {_EXAMPLE}", allow_abbrev=False)
    parser.add_argument("folder", nargs="?", help=_FOLDER.about)
    for name, asked in _ASKED.items():
        default = f" (default: {asked.default})" if asked.default else ""
        parser.add_argument(f"--{name}", metavar="TEXT", help=asked.about + default)
    options = parser.parse_args(words)
    is_there = sys.stdin.isatty() and sys.stdout.isatty()
    given, wrong = {}, []
    for name, asked in {"folder": _FOLDER, **_ASKED}.items():
        text = getattr(options, name)
        if text is None and is_there:
            given[name] = _answer(name, asked)
            continue
        given[name] = " ".join((text or asked.default).split())
        if said := asked.wrong(given[name]):
            wrong.append(f"{'' if name == 'folder' else '--'}{name}: {said}")
    if wrong:
        raise SystemExit("\n".join([*wrong, f"Nothing was written. Example: {_EXAMPLE}"]))
    folder = Path.cwd() / given["folder"]
    place = shlex.quote(given["folder"])
    count = write_report(root, folder, _wanted(given))
    return "\n".join(
        [
            f"{count} files in {given['folder']}. Next: cd {place}, then make serve",
            *_left(root, given["language"]),
        ]
    )


def _left(root: Path, language: str) -> list[str]:
    """Say what is not yet in the language of the report."""
    if locale_of(language).language == "en":
        return []
    words = [] if has_words(root, language) else ["every word that blocks print (data/words/*.yml)"]
    left = [
        *words, "titles and sentences of pages (content/*.md)", "names of levels, topics and criteria (data/method.yml)",
        "navigation (data/report.yml)", "the examples",
    ]  # fmt: skip
    return [f"Still to be translated into {language}: {'; '.join(left)}. README.md says how."]


def _answer(name: str, asked: _Asked) -> str:
    """Ask in the terminal until the answer fits."""
    question = f"\n{asked.about}\n{name}{f' [{asked.default}]' if asked.default else ''}: "
    while True:
        try:
            text = " ".join((input(question) or asked.default).split())
        except (KeyboardInterrupt, EOFError) as error:
            raise SystemExit("\nNothing was written.") from error
        if not (wrong := asked.wrong(text)):
            return text
        question = f"{wrong}\n{name}: "


def _wanted(given: dict[str, str]) -> Wanted:
    publisher = given["publisher"] or f"{given['title']}, its editors"
    return Wanted(given["title"], _codes(given["home"]), given["language"], _parts(given["editions"]), publisher)


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _codes(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_parts(text.upper())))


def _wrong_folder(text: str) -> str:
    folder = Path.cwd() / text
    if not text:
        return "name a new folder"
    is_free = not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))
    return "" if is_free else f"{text} is there already and not empty; name a new folder"


def _wrong_home(text: str) -> str:
    known = names(locale_of("en"), "countries")
    wrong = [code for code in _codes(text) if code not in known]
    return (
        f'"{wrong[0]}" is not the code of a country; write two letters, such as DE'
        if wrong
        else ""
        if _codes(text)
        else "is needed, such as DE,DK"
    )


def _wrong_language(text: str) -> str:
    try:
        locale_of(text)
    except ValueError:
        return f'"{text}" is not a language that is known; write its code, such as de or en-GB'
    return ""


def _wrong_editions(text: str) -> str:
    years = _parts(text)
    is_right = years and all(re.fullmatch(r"(19|20)\d\d", year) for year in years) and list(years) == sorted(set(years))
    return "" if is_right else f'"{text}" are not years in order, oldest first; write them like 2018,2026'


_FOLDER = _Asked("Folder to write; it must not exist, or be empty", "", _wrong_folder)
_ASKED = {
    "title": _Asked("Title of the report", "", lambda text: "" if text else "is needed"),
    "home": _Asked(
        "Countries whose machines are called domestic, by their codes of two letters: DE,DK", "", _wrong_home
    ),
    "language": _Asked("Language of the report by its code: en, de, zh-Hans", "en", _wrong_language),
    "editions": _Asked(
        "Years of the editions, oldest first: 2018,2026; one will do", str(date.today().year), _wrong_editions
    ),
    "publisher": _Asked("Who publishes it; may be left out", "", lambda text: ""),
}


def renew_command(options: argparse.Namespace) -> str:
    """Give another report the generator of this one."""
    folder = Path.cwd() / options.folder
    is_report = (folder / "data/report.yml").is_file() and (folder / "macros/__main__.py").is_file()
    if not is_report or folder.resolve() == options.root.resolve():
        raise SystemExit(f"{options.folder} is no other report with a generator; nothing was written.")
    if changed := _uncommitted(folder):
        raise SystemExit(
            f"{changed} in {options.folder} is not committed and would be lost; commit it first, nothing was written."
        )
    added = renew_report(options.root, folder)
    words = (
        f"Words it has now more, to be translated where they are not in its language: {', '.join(added)}.\n"
        if added
        else ""
    )
    return f"The generator in {options.folder} is that of this project.\n{words}Next: cd {shlex.quote(str(options.folder))}, make schemas, make check; git diff shows what changed"


def _uncommitted(folder: Path) -> str:
    """Return a file of the generator of a report that is not as committed; nothing where git does not know."""
    try:
        found = ask(
            folder, "-c", "core.quotePath=false", "status", "--porcelain", "--", "macros", "site_tests", "Makefile"
        )
    except NoGit:
        return ""
    return found.stdout.decode("utf-8", "replace").partition("\n")[0][3:]
