"""`python -m macros new report`, with an option for every answer, or questions in a terminal."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from macros.editing.new_report import Wanted, write_report
from macros.model.locale import locale_of, names


def report_command(root: Path, words: Sequence[str]) -> str:
    """Write a new report as the options say; in a terminal what they leave out is asked for."""
    prog = "python -m macros new report"
    example = f'{prog} ../wind --title "The Wind Report" --home DE,DK --language de --editions 2018,2026'
    parser = argparse.ArgumentParser(prog, description=f"Example: {example}", allow_abbrev=False)
    parser.add_argument("folder", type=Path, help="folder to write; it must not exist, or be empty")
    for name, about in _ASKED.items():
        parser.add_argument(f"--{name}", metavar="TEXT", help=about)
    options = parser.parse_args(words)
    ask = sys.stdin.isatty() and sys.stdout.isatty()
    given = {
        name: getattr(options, name) or (input(f"\n{about}\n{name}: ") if ask else "") for name, about in _ASKED.items()
    }
    wanted, wrong = _wanted_report(given)
    folder = options.folder if options.folder.is_absolute() else Path.cwd() / options.folder
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        wrong.append(f"{options.folder} is there already and not empty; name a new folder")
    if wrong or wanted is None:
        raise SystemExit("\n".join([*wrong, f"Nothing was written. Example: {example}"]))
    count = write_report(root, folder, wanted)
    return f"{count} files in {options.folder}. Next: cd {options.folder}, then make serve"


_ASKED = {
    "title": "Title of the report",
    "home": "Countries whose machines are called domestic, by their codes of two letters: DE,DK",
    "language": "Language of the report by its code: en, de, zh-Hans",
    "editions": "Years of the editions, oldest first: 2018,2026; one will do",
    "publisher": "Who publishes it; may be left out",
}


def _wanted_report(given: dict[str, str]) -> tuple[Wanted | None, list[str]]:
    """Return what was asked for, and what in it is missing or wrong."""
    wrong = [
        f"--{name} is needed: {about}"
        for name, about in _ASKED.items()
        if name != "publisher" and not given[name].strip()
    ]
    if wrong:
        return None, wrong
    try:
        locale_of(given["language"])
    except ValueError:
        wrong.append(
            f'--language: "{given["language"]}" is not a language that is known; write its code, such as de or en-GB'
        )
    home = tuple(code.strip().upper() for code in given["home"].split(","))
    known = names(locale_of("en"), "countries")
    wrong += [
        f'--home: "{code}" is not the code of a country; write two letters, such as DE'
        for code in home
        if code not in known
    ]
    editions = tuple(year.strip() for year in given["editions"].split(","))
    if not all(re.fullmatch(r"(19|20)\d\d", year) for year in editions) or list(editions) != sorted(set(editions)):
        wrong.append(
            f'--editions: "{given["editions"]}" are not years in order, oldest first; write them like 2018,2026'
        )
    title = " ".join(given["title"].split())
    return Wanted(
        title, home, given["language"], editions, given["publisher"].strip() or f"{title}, its editors"
    ), wrong
