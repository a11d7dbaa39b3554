"""`python -m macros new KIND`, with an option for every field, or questions in a terminal."""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Sequence
from datetime import date
from os.path import commonprefix
from pathlib import Path

from macros.editing.asking import NotGiven, option
from macros.editing.bibliography.formats import TRIED, source_fields
from macros.editing.bibliography.item import NoSource
from macros.editing.change_set import NOTHING
from macros.editing.new_records import AUTHOR, MAKERS, Form
from macros.editing.workspace import Workspace
from macros.model import FILES, FileKind
from macros.model.base import Record
from macros.model.equipment import Assessment, EquipmentClass
from macros.model.evidence import Fact, Source
from macros.model.fields import leaves
from macros.model.names import names_text
from macros.model.priority import Priority
from macros.model.supplier import Supplier
from macros.problems import ProblemsFound

_MODELS: dict[str, tuple[str, type[Record]]] = {
    "equipment": ("equipment", EquipmentClass),
    "supplier": ("suppliers", Supplier),
    "fact": ("facts", Fact),
    "source": ("sources", Source),
    "priority": ("priorities", Priority),
    "assessment": ("equipment", Assessment),
}
_EXAMPLES = {
    "equipment": '--name "Edge trimmer" --stage cutting --kind machine --generation current --summary "Trims edges."',
    "supplier": '--name "Example Machines" --status supplier --country DE --country-basis general',
    "fact": '--in press --topic spec --metric speed --value 21 --unit m/min --year 2024 --statement "..." --source ID --confidence high',
    "source": "--from reference.bib --kind academic --reliability A",
    "priority": "(in a terminal, it asks for every field)",
    "assessment": '--equipment press --dimension precision --level parity --basis judged --evidence "aa-001" --reason "..."',
}
_EXTRA = {
    "equipment": {"after": "name it comes behind in index.yml; default: the end"},
    "supplier": {"after": "name it comes behind in index.yml; default: the end"},
    "priority": {"after": "name it comes behind in index.yml; default: the end"},
    "fact": {
        "in": "equipment class it is about, or industry-<topic>",
        "dossier": "two letters its id begins with; default: those of the last fact in the file",
    },
    "source": {"author": AUTHOR},
    "assessment": {"equipment": "equipment class it is about, or industry"},
}


def new_command(root: Path, record: str, words: Sequence[str]) -> str:
    """Run `new` for a kind of record with the words that follow it on the command line."""
    if record == "report":
        from macros.cli.new_report import report_command

        return report_command(root, words)
    return new_record(root, record, _parser(record).parse_args(words))


def _parser(name: str) -> argparse.ArgumentParser:
    prog = f"python -m macros new {name}"
    parser = argparse.ArgumentParser(prog, description=f"Example: {prog} {_EXAMPLES[name]}", allow_abbrev=False)
    for extra, about in _EXTRA[name].items():
        parser.add_argument(f"--{extra}", dest=f"field:{extra}", metavar="TEXT", help=about)
    _add_fields(parser, name)
    if name in ("fact", "source"):
        parser.add_argument("--from", dest="file", type=Path, help=f"file that gives the source. Tried: {TRIED}")
        parser.add_argument("--entry", help="which entry of that file, by its key, where it holds several")
    if name == "fact":
        _add_fields(parser, "source", prefix="source.")
        parser.add_argument("--source.author", dest="field:source.author", metavar="TEXT", help=AUTHOR)
    parser.add_argument("--no-comments", action="store_true", help="write the fields without their meaning")
    parser.add_argument("--dry-run", action="store_true", help="show what would be written, write nothing")
    return parser


def _model(name: str) -> tuple[FileKind, type[Record]]:
    kind, model = _MODELS[name]
    return next(file for file in FILES if file.name == kind), model


def _add_fields(parser: argparse.ArgumentParser, name: str, prefix: str = "") -> None:
    for leaf in leaves(*_model(name)):
        words = f" ({', '.join(leaf.allowed)})" if leaf.allowed else ""
        about = (leaf.about + words + (" Several: one; two." if leaf.is_list else "")).replace("%", "%%")
        parser.add_argument(option(leaf, prefix), dest=f"field:{prefix}{leaf.name}", metavar="TEXT", help=about)


def new_record(root: Path, record: str, options: argparse.Namespace) -> str:
    """Write a new record. Nothing is written when it would bring problems."""
    given = {
        name.removeprefix("field:"): value
        for name, value in vars(options).items()
        if name.startswith("field:") and value is not None
    }
    is_there = sys.stdin.isatty() and sys.stdout.isatty()
    try:
        workspace = Workspace(root)
        given = {**_from_file(record, options, workspace), **given}
        every = is_there and not given
        form = Form(workspace, record, given, date.today(), input if is_there else None, every, not options.no_comments)
        following = MAKERS[record](form)
    except NotGiven as error:
        raise SystemExit(f"{error}\n{NOTHING}. All options: python -m macros new {record} --help") from error
    except NoSource as error:
        raise SystemExit(f"{error}\n{NOTHING}.") from error
    except (KeyboardInterrupt, EOFError) as error:
        raise SystemExit(f"\n{NOTHING}.") from error
    found = workspace.problems(form.unused)
    if found:
        if every:
            print(f"What you said, to mend and to run again:\n{_as_command(form)}\n", file=sys.stderr)
        raise ProblemsFound(found, NOTHING)
    if options.dry_run:
        return "\n".join(_added_lines(workspace)) + "\nNo problems. Write it: the same command without --dry-run"
    workspace.write()
    return f"Written: {', '.join(sorted(workspace.texts))}. {following}"


def _as_command(form: Form) -> str:
    """Return what was given as a command with options."""
    words = [word for name, text in form.said.items() for word in (f"--{name.replace('_', '-').lower()}", text)]
    return shlex.join(["python", "-m", "macros", "new", form.record, *words])


def _from_file(record: str, options: argparse.Namespace, workspace: Workspace) -> dict[str, str]:
    """Return the fields of a source that a bibliography file gives, by the names of options."""
    path = getattr(options, "file", None)
    if path is None:
        return {}
    method = workspace.draft.only("method")
    found = source_fields(path, {kind.id: kind.csl_type for kind in method.source_kinds}, options.entry)
    for note in found.notes:
        print(f"{path}: {note}", file=sys.stderr)
    prefix = "source." if record == "fact" else ""
    fields = {**found.fields, **({"author": names_text(found.author)} if found.author else {})}
    return {f"{prefix}{name}": value for name, value in fields.items()}


def _added_lines(workspace: Workspace) -> list[str]:
    """Return the lines that would stand between those there are, file by file."""
    lines: list[str] = []
    for path, text in sorted(workspace.texts.items()):
        before, after = workspace.before[path].split("\n"), text.split("\n")
        start = len(commonprefix([before, after]))
        rest = len(commonprefix([before[start:][::-1], after[start:][::-1]]))
        lines.append(f"{path}:")
        lines.extend(f"+ {line}" for line in "\n".join(after[start : len(after) - rest]).strip("\n").split("\n"))
    return lines
