"""The command line: the parser of every command, and those that need no module of their own."""

from __future__ import annotations

import argparse
import errno
import io
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from macros.cli.upkeep import compare_parser, day, edition_parser, links_parser, naming_parsers, translate_parser
from macros.problems import FORMATS, ProblemsFound
from macros.publish.progress import say

if TYPE_CHECKING:
    from macros.load.draft import Draft
    from macros.load.landscape import Landscape


# What a folder or a disk says that takes no more files.
_NO_WRITING = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT)


def main(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit status: 0, 1 when there are problems, or 130 when it was stopped."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if not (options.root / "data").is_dir():
        parser.error(f"there is no data/ in {options.root}: run this in the folder of a report, or name that by --root")
    _write_what_the_terminal_can()
    try:
        print(options.run(options), flush=True)
    except ProblemsFound as error:
        _report(error, getattr(options, "format", "text"))
        return 1
    except (KeyboardInterrupt, RuntimeError) as error:
        # Python turns Ctrl-C into this error if it comes while a class is being defined.
        if not any(isinstance(one, KeyboardInterrupt) for one in (error, error.__cause__)):
            raise
        print("Stopped.", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader, such as `| head`, closed the pipe
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        if error.errno not in _NO_WRITING:
            raise
        right = "see that the disk has room and that you may write there"
        print(f"{error.filename or options.root}: {error.strerror}; {right}", file=sys.stderr)
        return 1
    return 0


def _write_what_the_terminal_can() -> None:
    """Print a question mark for a letter that the output cannot encode: the work itself is done."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


# What is useful after each command; its help ends with it.
_NEXT = {
    "check": "make serve shows the pages; python -m macros explain RULE says more of a message",
    "explain": "python -m macros check",
    "build": "make serve shows it while you edit; python3 -m http.server --directory site shows what was built",
    "render": "mkdocs build --strict -f DIR/mkdocs.yml",
    "pdf": "REPORT_PDF=FILE make build offers the file on the site",
    "export": "python -m macros import takes the edited file back",
    "diff": "make serve shows what moved on the pages",
}

_OF_LANGUAGES = "one of the languages in data/report.yml (default: that of the data)"


def _parser() -> argparse.ArgumentParser:
    from macros.cli.exchange import add_commands as add_exchange
    from macros.cli.new import add_commands as add_new

    parser = argparse.ArgumentParser(
        prog="python -m macros",
        description="Check, build and look after a report. Help of a command: python -m macros check --help",
    )
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="folder of the project (default: this one)")
    commands = parser.add_subparsers(required=True, metavar="command")

    def add(name: str, run: Callable[[argparse.Namespace], str], about: str, example: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=about, description=f"Example: {example}")
        command.set_defaults(run=run)
        return command

    check = add("check", _check, "check data and pages, publish nothing", "python -m macros check")
    check.add_argument(
        "--fresh",
        action="store_true",
        help="also refuse facts past their shelf life that levels of the current edition or priorities rest on",
    )
    check.add_argument("--today", type=day, help="with --fresh: the day to reckon from, YYYY-MM-DD (default: today)")
    check.add_argument(
        "--format",
        choices=("text", "json", "github"),
        default="text",
        help="text for people, json: a list of path, line, where, wrong, right, rule and see (what to run to read more), github: annotations of a pull request",
    )
    build = add(
        "build",
        _build,
        "build the site into site/, whole or not at all (make build sets up what that needs)",
        "python -m macros build, or SITE_URL=https://example.org/report/ python -m macros build",
    )
    _add_internal(build, "into build/internal/ rather than site/")
    rule = add(
        "explain",
        _explain,
        "say what a rule asks, with a wrong and a right example",
        "python -m macros explain fact-exists",
    )
    rule.add_argument("rule", help="name of the rule, as it stands in brackets at the end of a message")
    render = add("render", _render, "write the finished plain-Markdown tree", "python -m macros render build/plain")
    render.add_argument("folder", type=Path, help="folder to write; replaced if it was written by this command")
    render.add_argument("--language", help=_OF_LANGUAGES)
    _add_internal(render)
    add_new(commands)
    add_exchange(commands)
    pdf = add(
        "pdf",
        _pdf,
        "print the report as one PDF (make pdf sets up what that needs, and offers the file on the site)",
        "python -m macros pdf build/report.pdf --site https://example.org/report/",
    )
    pdf.add_argument("file", type=Path, help="file to write")
    pdf.add_argument(
        "--site",
        default=os.environ.get("SITE_URL") or None,
        help="address of the site, for what the PDF leaves out (default: SITE_URL)",
    )
    pdf.add_argument("--language", help=_OF_LANGUAGES)
    _add_internal(pdf)
    compare_parser(commands)
    edition_parser(commands)
    naming_parsers(commands)
    links_parser(commands)
    translate_parser(commands)
    add(
        "schemas",
        _schemas,
        "write data/schema and data/README.md from the models, and CITATION.cff from data/report.yml",
        "python -m macros schemas",
    )
    for name, command in commands.choices.items():
        command.epilog = f"Next: {_NEXT.get(name, 'make check')}."
    return parser


def _add_internal(command: argparse.ArgumentParser, where: str = "") -> None:
    """Let a command make the report with the records that are not for the public."""
    what = "keep the records with `audience: internal`, each marked as such"
    command.add_argument("--internal", action="store_true", help=f"{what}{', ' if where else ''}{where}")


def _report(error: ProblemsFound, form: str) -> None:
    """Print problems: for people and the log on the error stream, for programs on the output."""
    if form in FORMATS:
        print(FORMATS[form](error.problems))
    if form != "json":
        print(error, file=sys.stderr)


def _explain(options: argparse.Namespace) -> str:
    from macros.check.explain import explain

    try:
        return explain(options.rule.strip("[]"))
    except LookupError as error:
        raise SystemExit(str(error.args[0])) from error


def _check(options: argparse.Namespace) -> str:
    from macros.load import load
    from macros.load.landscape import Landscape
    from macros.present.book import Book
    from macros.render.validation import left_in_languages, validated_report

    draft, book, found = validated_report(load(options.root), lambda draft: Book(Landscape.of(draft.public())))
    landscape = book.landscape
    said = f"No problems: {len(landscape.facts)} facts, {len(landscape.equipment)} equipment classes, {len(found)} pages. See them: make serve"
    left = left_in_languages(options.root, draft)
    if options.fresh:
        said = _freshness(draft.public(), landscape, options.today or date.today().isoformat(), left)
    for language, catalogues in left.items():
        missing, stale = (sum(counts) for counts in zip(*catalogues.values(), strict=True)) if catalogues else (0, 0)
        said += f"\n{language}: texts without a translation: {missing}; changed since they were translated: {stale}"
    return "[]" if options.format == "json" else said


def _freshness(draft: Draft, landscape: Landscape, today: str, left: Any) -> str:
    from macros.upkeep.fresh import check_fresh

    count = check_fresh(draft, landscape, today, left)
    return f"No problems: {count} facts behind the current edition, all fresh on {today}. Publish: make build"


def _build(options: argparse.Namespace) -> str:
    from macros.publish.building import run

    return run(options.root, options.internal)


def _render(options: argparse.Namespace) -> str:
    from macros.export.plain import write_plain
    from macros.render.site import build_site

    site = build_site(options.root, internal=options.internal, language=options.language)
    count = write_plain(site, options.root, options.folder)
    return f"{count} pages in {options.folder}. Build them: mkdocs build --strict -f {options.folder / 'mkdocs.yml'}"


def _pdf(options: argparse.Namespace) -> str:
    try:
        from macros.pdf.browser import NoChromium
        from macros.pdf.printing import PrintingFailed
        from macros.pdf.write import write_pdf
    except ModuleNotFoundError as error:
        raise SystemExit(
            f"The PDF needs {error.name}: make pdf installs it, and so does pip install -r requirements-pdf.txt"
        ) from error
    try:
        written = write_pdf(
            options.root, options.file, options.site, say, internal=options.internal, language=options.language
        )
    except (NoChromium, PrintingFailed) as error:
        raise SystemExit(str(error)) from error
    return f"{written.pages} pages, {written.megabytes:.1f} MB in {written.file}. Offer it on the site: REPORT_PDF={written.file} make build"


def _schemas(options: argparse.Namespace) -> str:
    from macros.editing.schema_files import write_schemas

    count = write_schemas(options.root / "data")
    return f"{count} files written: those below data/ for editors, and CITATION.cff. Check the data: make check"
