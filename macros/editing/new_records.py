"""Say what each kind of new record needs, where it belongs, and which command is useful next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from macros.editing.asking import Ask, NotGiven, values
from macros.editing.edit import ABSENT
from macros.editing.lines import record_lines
from macros.editing.nodes import value_at
from macros.editing.workspace import Workspace, free_id, next_number, slug, usual_prefix
from macros.load.landscape import INDUSTRY
from macros.model.equipment import Assessment
from macros.model.evidence import Fact, Source
from macros.model.fields import Leaf, lists_of_records
from macros.model.names import names_of
from macros.problems import suggest

COMMAND = "python -m macros new"
AUTHOR = "Who wrote it, family name first. Several: Roe, Ada; ACME; a comma within a name is doubled: ACME,, Inc."
_PLACE = f"Class it is about, or {INDUSTRY}-<topic>"


@dataclass
class Form:
    """What a person gave for a new record, and how to ask for the rest."""

    workspace: Workspace
    record: str
    given: dict[str, str]
    today: date
    ask: Ask | None = None
    every: bool = False
    comments: bool = True
    unused: str | None = None
    said: dict[str, str] = field(default_factory=dict)

    def take(self, name: str, question: str, known: Sequence[str] = (), default: str | None = None) -> str:
        """Return an answer that is no field of the record: as given, asked for, or the default. Raises NotGiven."""
        value = self.given.pop(name, None)
        while value is None or (known and value not in known):
            if value is not None and (not self.ask or name in self.given):
                raise NotGiven([f'--{name}: "{value}"; {suggest(value, known) or "one of " + ", ".join(known)}'])
            if value is not None and self.ask:
                right = suggest(value, filter(None, known)) or "write one that there is"
                question = f'"{value}"; {right}\n{name}'
            if not self.ask:
                if default is None:
                    raise NotGiven([f"--{name} is needed: {question}"])
                return default
            hint = f" [{default}]" if default else ""
            value = self.ask(f"\n{question}{hint}: ").strip() or default
        if value:
            self.said[name] = value
        return value

    def values(self, fields: Sequence[Leaf], prefix: str = "") -> dict[str, Any]:
        given = {name.removeprefix(prefix): value for name, value in self.given.items() if name.startswith(prefix)}
        found = values(fields, given, self.ask, self.every, prefix)
        self.said.update({f"{prefix}{name}": text for name, text in given.items() if text})
        return found

    def lines(
        self, fields: Sequence[Leaf], found: Mapping[str, Any], sibling: Mapping[str, Any] | None, indent: int
    ) -> list[str]:
        return record_lines(fields, found, list(sibling or ()), indent, self.comments)


def new_equipment(form: Form) -> str:
    name = _own_file(form, "equipment", "equipment", "name")
    return (
        f"Say where it stands: {COMMAND} assessment --equipment {name}. "
        "Let other files name it while typing: python -m macros schemas"
    )


def new_supplier(form: Form) -> str:
    name = _own_file(form, "suppliers", "suppliers", "name")
    return f"Say what it makes, under equipment in data/suppliers/{name}.yml (form: data/README.md), then: make check"


def new_priority(form: Form) -> str:
    _own_file(form, "priorities", "priorities", "title")
    return "See where it ranks: make serve"


def new_fact(form: Form) -> str:
    home = form.take("in", f"{_PLACE} ({', '.join(_industry_files(form.workspace))})", _homes(form.workspace))
    is_source_new = any(name.startswith("source.") for name in form.given)
    return _fact_in(form, home, add_source(form, "source.") if is_source_new else None)


def new_source(form: Form) -> str:
    name = add_source(form)
    question = f"A source is kept once a fact cites it. Where does the first one belong? {_PLACE}; empty: later"
    home = form.take("in", question, ["", *_homes(form.workspace)], "") if form.ask else ""
    if home:
        # From here on it is a new fact with its source.
        form.record, form.given = "fact", {}
        form.said = {name if name == "in" else f"source.{name}": text for name, text in form.said.items()}
        return _fact_in(form, home, name)
    form.unused = name
    return (
        "Nothing cites it yet, and `make check` says so until something does. "
        f"Write what it says: {COMMAND} fact --source {name} --in CLASS"
    )


def _fact_in(form: Form, home: str, source: str | None) -> str:
    is_of_class = home in form.workspace.draft.ids("equipment")
    if source:
        form.given["source"] = source
    if not is_of_class:
        form.given.setdefault("topic", home.removeprefix(f"{INDUSTRY}-"))
    name = add_fact(form, form.workspace.fields("facts", Fact), home)
    if source:
        form.said.pop("source")
    example = f", for example: {COMMAND} assessment --equipment {home} --evidence {name}" if is_of_class else ""
    return f"Cite {name} under evidence where it carries a judgement{example}"


def new_assessment(form: Form) -> str:
    workspace = form.workspace
    owners = [*sorted(workspace.draft.ids("equipment")), INDUSTRY]
    owner = form.take("equipment", f"Class it is about, or {INDUSTRY}", owners)
    kind, path = (
        ("industry", "data/industry.yml") if owner == INDUSTRY else ("equipment", f"data/equipment/{owner}.yml")
    )
    editions = [edition.id for edition in workspace.draft.only("report").editions]
    if not form.every:
        form.given.setdefault("edition", editions[-1])
    fields = workspace.fields(kind, Assessment)
    found = form.values(fields)
    rows = workspace.data(path)["assessments"]
    order = [entry.record.id for entry in workspace.draft.all("dimensions")]

    def place(row: Mapping[str, object]) -> tuple[int, int]:
        return order.index(row["dimension"]), editions.index(row["edition"])

    at = next((at for at in range(len(rows), 0, -1) if place(rows[at - 1]) <= place(found)), 0)
    workspace.add(path, ("assessments",), form.lines(fields, found, rows[0] if rows else None, 4), at)
    return "See the page: make serve"


def add_fact(form: Form, fields: Sequence[Leaf], home: str) -> str:
    """Add a fact to the file of a class or industry topic; return its id."""
    workspace = form.workspace
    path = f"data/evidence/{home}.yml"
    rows = workspace.data(path)["facts"] if workspace.exists(path) else ()
    dossier = (
        form.given.pop("dossier", None)
        or usual_prefix([row["id"] for row in rows])
        or usual_prefix(sorted(workspace.draft.ids("facts")))
        or "aa"
    )
    form.given.setdefault("id", next_number(dossier, workspace.draft.ids("facts")))
    found = form.values(fields)
    lines = form.lines(fields, found, _sibling(workspace, "facts"), 4)
    if workspace.exists(path):
        workspace.add(path, ("facts",), lines, len(rows))
    else:
        owner = INDUSTRY if home.startswith(f"{INDUSTRY}-") else home
        workspace.create(path, "facts", [f"equipment: {owner}", "facts:", "", *_as_item(lines)])
        classes = workspace.data("data/index.yml")["equipment"]
        workspace.list_name("evidence", home, classes[classes.index(home) - 1] if home in classes[1:] else None)
    return str(found["id"])


def add_source(form: Form, prefix: str = "") -> str:
    """Add a source to the file of its kind, in the order of ids; return its id."""
    workspace = form.workspace
    fields = workspace.fields("sources", Source)
    _set_accessed(form, prefix)
    has_id = f"{prefix}id" in form.given
    author = names_of(_authors(form, f"{prefix}author"))
    found = form.values([leaf for leaf in fields if has_id or leaf.name != "id"], prefix)
    found["author"] = tuple(name.model_dump(exclude_none=True) for name in author) or ABSENT
    if not has_id:
        name = "-".join(
            filter(None, (slug(found["publisher"], 2), str(found["issued"] or "")[:4], slug(found["title"], 3)))
        )
        found["id"] = free_id(name[:56].strip("-") or str(found["kind"]), workspace.draft.ids("sources"))
    path = f"data/sources/{found['kind']}.yml"
    lines = form.lines([*fields, _author(workspace)], found, _sibling(workspace, "sources"), 4)
    if workspace.exists(path):
        names = [row["id"] for row in workspace.data(path)["sources"]]
        at = next((at for at, name in enumerate(names) if name > found["id"]), len(names))
        workspace.add(path, ("sources",), lines, at)
    else:
        workspace.create(path, "sources", ["sources:", "", *_as_item(lines)])
        workspace.list_name("sources", found["kind"])
    workspace.created["sources"] = {found["id"]}
    return str(found["id"])


def _authors(form: Form, name: str) -> str:
    """Return the authors as given; asked for only where every field is."""
    if not form.every:
        form.given.setdefault(name, "")
    return form.take(name, AUTHOR, default="")


def _author(workspace: Workspace) -> Leaf:
    return next(leaf for leaf in lists_of_records(workspace.files["sources"], Source) if leaf.name == "author")


def _set_accessed(form: Form, prefix: str) -> None:
    """Take today for the day on which the source was read, where the edition allows that."""
    edition = form.workspace.draft.only("report").editions[-1].date
    today = form.today.isoformat()
    if today[: len(edition)] <= edition:
        form.given.setdefault(f"{prefix}accessed", today)
    elif f"{prefix}accessed" not in form.given and not form.ask:
        why = f"today lies after the edition of {edition}: give the day it was read, or move the edition's date in data/report.yml"
        raise NotGiven([f"--{prefix}accessed is needed: {why}"])


def _own_file(form: Form, kind: str, folder: str, named_by: str) -> str:
    """Add a record with a file of its own, and its name to index.yml; return its id."""
    workspace = form.workspace
    known = workspace.data("data/index.yml")[folder]
    fields = workspace.fields(kind)
    has_id = "id" in form.given
    found = form.values([leaf for leaf in fields if has_id or leaf.name != "id"])
    if not has_id:
        found["id"] = free_id(slug(found[named_by]) or kind, workspace.draft.ids(kind))
    after = form.take("after", "Id it comes behind in the reading order (empty: at the end)", ["", *known], "")
    lists = lists_of_records(workspace.files[kind], workspace.files[kind].model)
    found.update({leaf.name: () for leaf in lists})
    order = list(_sibling(workspace, kind) or ())
    workspace.create(
        f"data/{folder}/{found['id']}.yml", kind, record_lines([*fields, *lists], found, order, 0, form.comments)
    )
    workspace.list_name(folder, found["id"], after)
    return str(found["id"])


def _sibling(workspace: Workspace, kind: str) -> Mapping[str, Any] | None:
    """Return the first record of a kind, whose fields stand in the usual order."""
    entry = next(iter(workspace.draft.all(kind)), None)
    return value_at(entry.document.data, entry.keys) if entry else None


def _homes(workspace: Workspace) -> list[str]:
    return [*sorted(workspace.draft.ids("equipment")), *_industry_files(workspace)]


def _industry_files(workspace: Workspace) -> list[str]:
    topics = [topic.id for topic in workspace.draft.only("method").topics]
    return [f"{INDUSTRY}-{topic}" for topic in topics]


def _as_item(lines: Sequence[str]) -> list[str]:
    return [f"{'    ' if at else '  - '}{line}".rstrip() for at, line in enumerate(lines)]


MAKERS = {
    "equipment": new_equipment,
    "supplier": new_supplier,
    "fact": new_fact,
    "source": new_source,
    "priority": new_priority,
    "assessment": new_assessment,
}
