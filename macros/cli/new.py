"""`new` and `renew` on the command line. Imports little, since every command imports it."""

from __future__ import annotations

import argparse
from pathlib import Path

RECORDS = ("report", "equipment", "supplier", "fact", "source", "priority", "assessment")


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `new` and `renew` to the command line; the options of each kind of record are made when they are needed."""
    parser = commands.add_parser(
        "new",
        help="write a new record, with every field explained, or a new report",
        description="Example: python -m macros new supplier. In a terminal it asks for what is not given; "
        "python -m macros new supplier --help lists the options.",
    )
    parser.add_argument("record", choices=RECORDS)
    parser.add_argument(
        "words", nargs=argparse.REMAINDER, metavar="options", help="see: python -m macros new KIND --help"
    )
    parser.set_defaults(run=_run)
    renew = commands.add_parser(
        "renew",
        help="give another report the generator of this one: macros/, Makefile, requirements, and the words that are new",
        description="Example: python -m macros renew ../wind",
    )
    renew.add_argument("folder", type=Path, help="folder of the other report")
    renew.set_defaults(run=_renew)


def _run(options: argparse.Namespace) -> str:
    from macros.cli.new_record import new_command

    return new_command(options.root, options.record, options.words)


def _renew(options: argparse.Namespace) -> str:
    from macros.cli.new_report import renew_command

    return renew_command(options)
