"""Start a new edition of the report in the data, with every judgement of the current edition carried over.

Inserted records are copies from the same file; every other byte stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import yaml

from macros.check import validated
from macros.editing.change_set import NOTHING, raw_text, with_texts, write_all
from macros.editing.nodes import Splice, line_end, line_start, newline_of, node_end, with_splices
from macros.editing.values import double_quoted
from macros.load import Project, load
from macros.load.landscape import Landscape
from macros.load.parser import mapping_of
from macros.present.changes import carried_summary
from macros.present.wording import Wording
from macros.problems import ProblemsFound

REPORT, CLAIMS, INDUSTRY = "data/report.yml", "data/claims.yml", "data/industry.yml"
Kind = TypeVar("Kind", bound=yaml.Node)


@dataclass(frozen=True)
class NewEdition:
    """What is asked for: id and date of the edition, and the last year of its facts."""

    id: str
    date: str

    @property
    def evidence_until(self) -> int:
        return int(self.date[:4])


@dataclass(frozen=True)
class Carried:
    """What a new edition carries over: how many levels and verdicts, and from which edition."""

    levels: int
    verdicts: int
    source: str


def start_edition(root: Path, wanted: NewEdition) -> Carried:
    """Write a new edition into the data; return what it carries over.

    Raises ProblemsFound, with nothing written, where the data or what they would become do not check.
    """
    project = load(root)
    land = Landscape.of(validated(project))
    refuse(project, land, wanted)
    texts = {path: raw_text(root, path) for path in _paths(project)}
    changed = {path: text for path, old in texts.items() if (text := _with_edition(path, old, land, wanted)) != old}
    new = Landscape.of(validated(with_texts(project, changed)))
    write_all(root, changed, texts)
    cells = sum(edition == wanted.id for _, _, edition in new.cells)
    verdicts = sum(v.edition == wanted.id for claim in new.claims.values() for v in claim.verdicts)
    return Carried(cells, verdicts, land.current.id)


def refuse(project: Project, land: Landscape, wanted: NewEdition) -> None:
    """Raise ProblemsFound where the edition has a name or date that cannot be."""
    document = project.documents[REPORT]
    problems: list[tuple[str, str]] = []
    if not wanted.id.strip():
        problems.append(("the new edition has no name", "give it one, such as its year"))
    if wanted.id in land.editions:
        problems.append((f'there is an edition "{wanted.id}" already', "give the new one another name"))
    if wanted.date <= land.current.date:
        wrong = f"the date of the new edition, {wanted.date}, is not later than that of the current one, {land.current.date}"
        problems.append((wrong, "give it a later date"))
    if problems:
        raise ProblemsFound((document.problem(("editions",), *problem, "new-edition") for problem in problems), NOTHING)


def _paths(project: Project) -> list[str]:
    classes = sorted(path for path in project.documents if path.startswith("data/equipment/"))
    return [REPORT, CLAIMS, INDUSTRY, *classes]


def _with_edition(path: str, text: str, land: Landscape, wanted: NewEdition) -> str:
    """Return the text of a data file with the new edition in it."""
    root = mapping_of(text)
    if path == REPORT:
        splices = list(_report_splices(text, root, land, wanted))
    elif path == CLAIMS:
        claims = _value(root, "claims", yaml.SequenceNode).value
        listed = [_value(claim, "verdicts", yaml.SequenceNode) for claim in claims]
        splices = [splice for verdicts in listed for splice in _copies(text, verdicts, land, wanted)]
    else:
        splices = list(_copies(text, _value(root, "assessments", yaml.SequenceNode), land, wanted))
    return with_splices(text, splices)


def _value(mapping: yaml.MappingNode, name: str, kind: type[Kind]) -> Kind:
    return next(value for key, value in mapping.value if key.value == name and isinstance(value, kind))


def _report_splices(text: str, root: yaml.MappingNode, land: Landscape, wanted: NewEdition) -> Iterator[Splice]:
    """Make the current edition a past one, or the only one the baseline, and put the new one behind it."""
    editions = _value(root, "editions", yaml.SequenceNode)
    last = editions.value[-1]
    role = _value(last, "role", yaml.ScalarNode)
    yield Splice(role.start_mark.index, role.end_mark.index, "past" if len(editions.value) > 1 else "baseline")
    summary = carried_summary(Wording(land.report.language, land.words, land.method), land.current.id)
    fields = {
        "id": double_quoted(wanted.id),
        "role": "current",
        "date": double_quoted(wanted.date),
        "evidence_until": str(wanted.evidence_until),
        "summary": double_quoted(summary),
    }
    at = node_end(text, last)
    if editions.flow_style:
        yield Splice(at, at, ", {" + ", ".join(f"{name}: {value}" for name, value in fields.items()) + "}")
        return
    at = line_end(text, at)
    dash, brk = _dash(text, last), newline_of(text)
    lines = [
        f"{' ' * (dash if not number else dash + 2)}{'- ' if not number else ''}{name}: {value}"
        for number, (name, value) in enumerate(fields.items())
    ]
    yield Splice(at, at, brk + brk.join(lines))


def _copies(text: str, listed: yaml.SequenceNode, land: Landscape, wanted: NewEdition) -> Iterator[Splice]:
    """Carry each record of the current edition over: a copy for the new one behind it."""
    old = land.current.id
    years = {name: year or 0 for name, year in land.years.items()}
    for item in listed.value:
        if _value(item, "edition", yaml.ScalarNode).value != old:
            continue
        keeps_back = any(
            years[fact.value] > wanted.evidence_until
            for key, value in item.value
            if key.value == "looks_back"
            for fact in value.value
        )
        dropped = {"moved_because"} if keeps_back else {"moved_because", "looks_back"}
        note = f"  # carried over from {old}: look at it again"
        copy = _copy(text, item, dropped, wanted.id, "" if item.flow_style else note)
        end = node_end(text, item)
        if listed.flow_style:
            yield Splice(end, end, f", {copy}")
            continue
        at = line_end(text, end)
        trailing = note if item.flow_style else ""
        yield Splice(at, at, f"{newline_of(text)}{' ' * _dash(text, item)}- {copy}{trailing}")


def _copy(text: str, item: yaml.MappingNode, dropped: set[str], edition: str, comment: str) -> str:
    """Return the item's own text for another edition without some fields; the comment stands behind the name of the
    edition, where its line has no other."""
    name = _value(item, "edition", yaml.ScalarNode)
    start, end = name.start_mark.index, name.end_mark.index
    is_alone = not text[end : line_end(text, end)].strip()
    cuts = _merge_cuts(_field(text, item, at) for at, (key, _) in enumerate(item.value) if key.value in dropped)
    copy = with_splices(text, [*cuts, Splice(start, end, double_quoted(edition) + (comment if is_alone else ""))])
    return copy[item.start_mark.index : node_end(text, item) + len(copy) - len(text)].rstrip()


def _merge_cuts(cuts: Iterable[Splice]) -> list[Splice]:
    """Return cuts of which none overlaps another: of two neighbours both may claim what parts them."""
    merged: list[Splice] = []
    for cut in cuts:
        if merged and cut.start <= merged[-1].end:
            cut = Splice(merged.pop().start, cut.end, "")
        merged.append(cut)
    return merged


def _field(text: str, item: yaml.MappingNode, at: int) -> Splice:
    """Return the splice that takes out the field at a position, with the break or comma that parts it from another."""
    key, value = item.value[at]
    if at + 1 < len(item.value):
        return Splice(key.start_mark.index, item.value[at + 1][0].start_mark.index, "")
    before = node_end(text, item.value[at - 1][1])
    return Splice(before, node_end(text, value), "")


def _dash(text: str, item: yaml.Node) -> int:
    """Return the column of the dash before an item of a list."""
    line = text[line_start(text, item.start_mark.index) : item.start_mark.index]
    return len(line) - len(line.lstrip()) if "-" in line else item.start_mark.column - 2
