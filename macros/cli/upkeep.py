"""The commands `diff`, `edition`, `rename`, `remove` and `links`; each returns its output and exit status."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from macros.problems import counted
from macros.publish.progress import say


def compare_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `diff`."""
    parser = commands.add_parser(
        "diff",
        help="show which facts, levels, confidences, gap indices, ranks and findings differ between two states",
        description="Examples: python -m macros diff HEAD; python -m macros diff main my-branch --format markdown",
    )
    parser.add_argument("old", metavar="REV", help="git revision to compare with")
    parser.add_argument(
        "new", metavar="REV2", nargs="?", help="git revision to compare (default: the files as they are)"
    )
    parser.add_argument("--format", choices=("text", "markdown", "json"), default="text", help="markdown: for a review")
    parser.add_argument("--internal", action="store_true", help="compare the records with `audience: internal`, too")
    parser.set_defaults(run=_compare)


def edition_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `edition`."""
    parser = commands.add_parser(
        "edition",
        help="start a new edition: every level and verdict of the current one is carried over, to be looked at again",
        description="Example: python -m macros edition 2027 --date 2027-06-30",
    )
    parser.add_argument(
        "id", metavar="NAME", help="name of the edition, shown and used in assessments, such as its year"
    )
    parser.add_argument("--date", required=True, type=day, help="date of the state of knowledge, YYYY-MM-DD")
    parser.set_defaults(run=_edition)


def naming_parsers(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `rename` and `remove`."""
    kinds = ("equipment", "supplier", "priority", "fact", "source", "dimension", "stage", "claim", "series")
    for name, about, example in (
        ("rename", "give a record another id, everywhere or nowhere; its address on the site changes with it", "supplier acme acme-tools"),
        ("remove", "take a record away, and its id out of every list; refused while something else needs it", "fact fe-036 --dry-run"),
    ):  # fmt: skip
        parser = commands.add_parser(name, help=about, description=f"Example: python -m macros {name} {example}")
        parser.add_argument("kind", choices=kinds)
        parser.add_argument("id", metavar="ID")
        if name == "rename":
            parser.add_argument("new", metavar="NEW", help="the id it is to have")
        parser.add_argument("--dry-run", action="store_true", help="show what would change, write nothing")
        parser.set_defaults(run=_rename if name == "rename" else _remove)


def links_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `links`."""
    parser = commands.add_parser(
        "links",
        help="ask every address in the data whether it still answers (uses the network; takes minutes)",
        description="Example: python -m macros links --only eu-2024-study",
    )
    parser.add_argument(
        "--only", metavar="ID", nargs="+", default=(), help="ids of sources or companies (default: all)"
    )
    parser.add_argument(
        "--pause", type=_seconds, default=1.0, help="seconds between two requests to a host (default: 1)"
    )
    parser.add_argument("--timeout", type=_seconds, default=20.0, help="seconds to wait for an answer (default: 20)")
    parser.add_argument(
        "--contact",
        default=os.environ.get("SITE_URL") or None,
        help="address that hosts see beside our name (default: SITE_URL)",
    )
    parser.set_defaults(run=_links)


def translate_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `translate`."""
    parser = commands.add_parser(
        "translate",
        help="bring the catalogues of a language up to date with data and prose, and say what is left to translate",
        description="Example: python -m macros translate zh-Hans",
    )
    parser.add_argument("language", type=_language, help="code of a language, such as de or zh-Hans")
    parser.set_defaults(run=_translate)


def day(text: str) -> str:
    """Return a full date as it was typed. Raises ArgumentTypeError."""
    from macros.model.base import existing_date  # not at the top: every command imports this module, few ask for a day

    parts = text.split("-")
    if [len(part) for part in parts] != [4, 2, 2] or not all(part.isascii() and part.isdigit() for part in parts):
        raise argparse.ArgumentTypeError(f'"{text}" is not a date such as 2027-06-30')
    try:
        return existing_date(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text}: {error}") from error


def _language(text: str) -> str:
    from macros.model.report import known_language

    try:
        return known_language(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f'"{text}" {error}') from error


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= 600:
        raise argparse.ArgumentTypeError(f'"{text}" is not a number of seconds from 0 to 600')
    return seconds


def _compare(options: argparse.Namespace) -> str:
    from macros.upkeep.compare import compare
    from macros.upkeep.compare_text import FORMATS
    from macros.upkeep.history import NoState, states
    from macros.upkeep.left import texts_left

    say(f"Deriving {options.old} and {options.new or 'the working tree'}")
    try:
        old, new, notes = states(options.root, options.old, options.new, options.internal)
    except NoState as error:
        raise SystemExit(str(error)) from error
    if old.land.hidden or new.land.hidden:
        print("Internal records are left out; --internal compares them, too.", file=sys.stderr)
    changes = compare(old.land, new.land)
    left = texts_left(changes, new, old)
    return FORMATS[options.format](changes, new.land, (options.old, options.new), notes, left)


def _edition(options: argparse.Namespace) -> str:
    from macros.editing.edition import NewEdition, start_edition

    say("Carrying every level and verdict over")
    carried = start_edition(options.root, NewEdition(options.id, options.date))
    return (
        f"Edition {options.id}: {carried.levels} levels and {carried.verdicts} verdicts carried over; in data/ each is "
        'marked "look at it again". Say in data/report.yml what the edition is. See: make serve\n'
        "CITATION.cff and what editors' programs complete follow with: make schemas\n"
        f"The last commit of edition {carried.source} keeps its pages; before you commit: git tag edition-{carried.source}\n"
        "To undo it, and every other edit that is not committed: git checkout -- data"
    )


def _translate(options: argparse.Namespace) -> str:
    from macros.load.catalogues import LOCALE
    from macros.upkeep.translate import translate

    say(f"Writing the catalogues of {options.language}")
    work = translate(options.root, options.language)
    head = f"{'catalogue':40} {'texts':>6} {'missing':>8} {'fuzzy':>6} {'gone':>5} {'words left':>11} {'of':>6}"
    lines = [
        f"{one.name:40} {one.texts:6} {one.missing:8} {one.fuzzy:6} {one.gone:5} {one.words:11} {one.all_words:6}"
        for one in work
    ]
    left, of = sum(one.words for one in work), sum(one.all_words for one in work)
    return "\n".join([head, *lines, f"{left} of {of} words left to translate in {LOCALE}/{options.language}/"])


def _rename(options: argparse.Namespace) -> str:
    from macros.editing.naming import rename
    from macros.render.validation import problems_in

    places = rename(options.root, options.kind, options.id, options.new, problems_in, options.dry_run)
    undo = f"To undo it: python -m macros rename {options.kind} {options.new} {options.id}"
    return _change_report(places, f"{options.kind} {options.id} is {options.new}", undo, options.dry_run)


def _remove(options: argparse.Namespace) -> str:
    from macros.editing.naming import remove
    from macros.render.validation import problems_in

    places = remove(options.root, options.kind, options.id, problems_in, options.dry_run)
    undo = "To undo it, and every other edit that is not committed: git checkout -- data content"
    return _change_report(places, f"{options.kind} {options.id} is gone", undo, options.dry_run)


def _change_report(places: Sequence[object], said: str, undo: str, is_trial: bool) -> str:
    """Return what a change of an id touched, and what can be done next."""
    count = f"{counted(len(places), 'place')} named it"
    done = f"Nothing was written: {count}." if is_trial else f"{said}; {count}. {undo}"
    hint = "Let editors' programs know the ids there are: python -m macros schemas"
    return "\n".join([*map(str, places), done, *([] if is_trial else [hint])])


def _links(options: argparse.Namespace) -> str:
    from macros.upkeep.links import check_links, link_report
    from macros.upkeep.polite import Manners

    manners = Manners(options.pause, options.timeout, options.contact)
    try:
        found = check_links(options.root, options.only, manners, _show if sys.stderr.isatty() else None)
    except KeyboardInterrupt as error:
        raise SystemExit("Stopped before the end; for some addresses: python -m macros links --only ID ...") from error
    text, is_dead = link_report(found)
    if is_dead:
        raise SystemExit(text)
    return text


def _show(done: int, of: int, address: str) -> None:
    end = "\n" if done == of else ""
    print(f"\r\033[K{done} of {of}  {address[:60]}", end=end, file=sys.stderr, flush=True)
