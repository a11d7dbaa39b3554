"""`new` on the command line. Imports little, since every command imports it."""

from __future__ import annotations

import argparse

RECORDS = ("report", "equipment", "supplier", "fact", "source", "priority", "assessment")


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `new` to the command line; the options of each kind of record are made when they are needed."""
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


def _run(options: argparse.Namespace) -> str:
    from macros.cli.new_record import new_command

    return new_command(options.root, options.record, options.words)
