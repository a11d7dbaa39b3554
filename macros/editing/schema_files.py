"""Write what helps an editor while typing: `data/schema/*.schema.json` and the tables in `data/README.md`; and CITATION.cff.

Made from the models, and from the words that the project's own data allows (topics, units, levels, ...).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

from macros.check.rules import RULES
from macros.check.shape import shape
from macros.editing.edit import CannotEdit, with_values
from macros.load import load
from macros.load.draft import Draft
from macros.load.landscape import INDUSTRY
from macros.model import FILES, FileKind
from macros.model.json_schema import Field, Group, Words, for_editors, groups, json_schema, with_warnings
from macros.model.locale import codes
from macros.model.references import LISTED
from macros.model.report import Report
from macros.present.dictionary import required_in_words, type_in_words
from macros.problems import Keys, Problem, ProblemsFound

NEEDED = ("report", "method", "stages", "dimensions", "words")
_REGION = re.compile(r"<!-- (?P<name>fields: [a-z]+|rules) -->\n.*?<!-- end -->", re.DOTALL)


def write_schemas(data: Path) -> int:
    """Write the schemas and refresh README.md below `data`, and CITATION.cff beside it; return how many files that is.

    Raises ProblemsFound when the data that the words are taken from cannot be read.
    """
    draft = _draft(data.parent)
    folder = data / "schema"
    folder.mkdir(exist_ok=True)
    texts = {f"{kind.name}.schema.json": _json(kind, draft) for kind in FILES}
    for old in folder.glob("*.schema.json"):
        if old.name not in texts:
            old.unlink()
    for name, text in texts.items():
        _write(folder / name, text)
    readme = data / "README.md"
    before = readme.read_text("utf-8") if readme.exists() else f"# {data.name}\n"
    _write(readme, with_new_tables(before))
    citation = data.parent / "CITATION.cff"
    if citation.is_file():
        _write(citation, _cited(citation.read_text("utf-8"), draft.only("report")))
    return len(texts) + 1 + citation.is_file()


def _cited(text: str, report: Report) -> str:
    """Return the text of CITATION.cff with what the report is called now, its edition and its publisher."""
    current = report.editions[-1]
    said: dict[Keys, str] = {
        ("title",): f"{report.title}: {report.subtitle}",
        ("version",): current.id,
        ("date-released",): current.date,
        ("authors", 0, "name"): report.publisher,
    }
    try:
        return with_values(text, said)
    except CannotEdit as error:
        right = "it needs title, version, date-released, and authors with a name"
        raise ProblemsFound([Problem("CITATION.cff", 1, "", str(error), right, "right-form")]) from error


def allowed_words(draft: Draft, kind: FileKind) -> Words:
    """Return the words that the data allows in the fields of a kind of file."""
    method, report = draft.only("method"), draft.only("report")
    dimensions = [entry.record for entry in draft.all("dimensions")]
    in_classes = [dimension.id for dimension in dimensions if dimension.scope == "class"]
    equipment = sorted(draft.ids("equipment"))
    names = ("topics", "source_kinds", "levels", "verdicts", "event_kinds", "horizons", "actors", "criteria")
    lists = {
        **{name: [word.id for word in getattr(method, name)] for name in names},
        "units": method.units,
        "editions": [edition.id for edition in report.editions],
        "stages": [entry.record.id for entry in draft.all("stages")],
        "any_dimensions": [dimension.id for dimension in dimensions],
        "class_dimensions": in_classes,
        "own_dimensions": in_classes if kind.name == "equipment" else [dimension.id for dimension in dimensions],
        "classes": equipment,
        "classes_or_industry": [*equipment, INDUSTRY],
        **{name: codes(name, _names(draft).get(name, ())) for name in ("countries", "languages")},
    }
    return {field: lists[name] for name, fields in LISTED.items() for field in fields}


def with_new_tables(text: str) -> str:
    """Return the text of README.md with its tables made anew; tables that it lacks are added at the end."""
    regions = {**{f"fields: {kind.name}": _fields_table(kind) for kind in FILES}, "rules": _rules()}
    patterns = {f"fields: {kind.name}": f" (`{kind.pattern}`)" for kind in FILES}
    for name in regions:
        if f"<!-- {name} -->\n" not in text:
            title = name.removeprefix("fields: ") + patterns.get(name, "")
            text += f"\n## {title}\n\n<!-- {name} -->\n<!-- end -->\n"
    return _REGION.sub(lambda old: f"<!-- {old['name']} -->\n{regions.get(old['name'], '')}\n<!-- end -->", text)


def _draft(root: Path) -> Draft:
    project = load(root)
    draft, problems = shape(project)
    broken = [kind for kind in NEEDED if not draft.all(kind) or {kind, f"{kind}-records"} & draft.broken]
    if broken:
        paths = {document.path for document in project.documents.values()}
        mine = {path for path in paths if Path(path).stem in broken or Path(path).parent.name in broken}
        found = [*project.problems, *problems]
        raise ProblemsFound([problem for problem in found if problem.path in mine or problem.path not in paths])
    return draft


def _json(kind: FileKind, draft: Draft) -> str:
    return json.dumps(with_warnings(json_schema(kind, allowed_words(draft, kind))), indent=1, ensure_ascii=False) + "\n"


def _names(draft: Draft) -> dict[str, dict[str, str]]:
    return {group: words for entry in draft.all("words") for group, words in entry.record.names.items()}


def _fields_table(kind: FileKind) -> str:
    return "\n\n".join(map(_group_table, groups(kind.model)))


def _group_table(group: Group) -> str:
    place = ", ".join(f"`{path}`" for path in group.paths if path)
    rows = [("Field", "Type", "Required", "Meaning"), ("---",) * 4, *map(_row, group.fields)]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f"{place}: {group.about}\n\n{table}" if place else table


def _row(field: Field) -> Iterable[str]:
    text, choices = type_in_words(field.node)
    text = " ".join((text, *(f"`{choice}`" for choice in choices)))
    about = for_editors(field.node).replace("|", "\\|")
    return f"`{field.name}`", text, required_in_words(field), about


def _rules() -> str:
    return "\n".join(f"- `{rule.id}` {rule.asks.splitlines()[0]}" for rule in RULES)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
