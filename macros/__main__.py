"""The command line: `python -m macros check | render DIR | schemas`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from macros.problems import ProblemsFound


def main(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit status: 0, or 1 when there are problems."""
    options = _parser().parse_args(arguments)
    try:
        print(options.run(options))
    except ProblemsFound as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m macros", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="folder of the project (default: this one)")
    commands = parser.add_subparsers(required=True, metavar="command")
    check = commands.add_parser(
        "check", help="check data and pages, publish nothing", description="Example: python -m macros check"
    )
    check.set_defaults(run=_check)
    render = commands.add_parser(
        "render",
        help="write the finished plain-Markdown tree",
        description="Example: python -m macros render build/plain",
    )
    render.add_argument("folder", type=Path, help="folder to write; replaced if it was written by this command")
    render.set_defaults(run=_render)
    schemas = commands.add_parser(
        "schemas",
        help="write data/schema and data/README.md from the models",
        description="Example: python -m macros schemas",
    )
    schemas.set_defaults(run=_schemas)
    return parser


def _check(options: argparse.Namespace) -> str:
    from macros.check import check
    from macros.load import load
    from macros.pages import pages

    landscape = check(load(options.root))
    found = pages(options.root, landscape)
    return f"No problems: {len(landscape.facts)} facts, {len(landscape.equipment)} equipment classes, {len(found)} pages. See them: make serve"


def _render(options: argparse.Namespace) -> str:
    from macros.plain import write_plain
    from macros.site import build_site

    count = write_plain(build_site(options.root), options.root, options.folder)
    return f"{count} pages in {options.folder}. Build them: mkdocs build --strict -f {options.folder / 'mkdocs.yml'}"


def _schemas(options: argparse.Namespace) -> str:
    from macros.schema import write_schemas

    count = write_schemas(options.root / "data")
    return f"{count} files written below data/. Check the data: make check"


if __name__ == "__main__":
    sys.exit(main())
