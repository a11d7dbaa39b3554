"""Rules on references: whatever a record names must exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from macros.check.rule import rule
from macros.load.draft import Draft, Entry
from macros.load.landscape import INDUSTRY
from macros.problems import Finding, Keys, suggest


def missing_records(entry: Entry, at: Keys, names: Iterable[str], known: set[str], what: str) -> Iterator[Finding]:
    """Yield each name that is not known; `at` leads to the list or, for one name, to the field."""
    single = isinstance(names, str)
    for position, name in enumerate([names] if single else names):
        if name not in known:
            place = at if single else (*at, position)
            right = suggest(name, known) or f"mend the id, or add the {what} first"
            yield entry.finding(place, f'no {what} "{name}"', right)


def unknown_names(draft: Draft, kind: str, known: set[str], what: str) -> Iterator[Finding]:
    """Yield each name of a kind that is not known, wherever the data have it."""
    for entry, keys, name in draft.pointers(kind):
        if name not in known:
            yield from missing_records(entry, keys, name, known, what)


@rule
def equipment_exists(draft: Draft) -> Iterator[Finding]:
    """Every equipment class named must exist; `industry` stands for all of them where the field allows it."""
    if draft.is_whole("equipment"):
        classes = draft.ids("equipment")
        yield from unknown_names(draft, "classes", classes, "equipment class")
        yield from unknown_names(draft, "classes_or_industry", classes | {INDUSTRY}, "equipment class")


@rule
def component_is_component(draft: Draft) -> Iterator[Finding]:
    """What a machine contains must be a class of kind component, and no class contains or feeds itself."""
    kinds = {entry.record.id: entry.record.kind for entry in draft.all("equipment")}
    for entry in draft.all("equipment"):
        for at, name in enumerate(entry.record.components):
            if kinds.get(name, "component") != "component":
                wrong = f'"{name}" is a {kinds[name]}, not a component'
                yield entry.finding(("components", at), wrong, "set its kind to component, or name it under feeds")
        for field in ("components", "feeds"):
            if entry.record.id in getattr(entry.record, field):
                yield entry.finding(field, f'"{entry.record.id}" names itself', "remove it")


@rule
def route_has_no_loop(draft: Draft) -> Iterator[Finding]:
    """The route of the material must not come back to a class that it left: neither by `feeds` nor by `components`."""
    entries = {entry.record.id: entry for entry in draft.all("equipment")}
    for field in ("feeds", "components"):
        onward = {name: getattr(entry.record, field) for name, entry in entries.items()}
        for loop in _loops(onward):
            entry, to = entries[loop[-1]], loop[0]
            wrong = f"the route runs in a loop: {' > '.join((*loop, to))}"
            yield entry.finding((field, onward[loop[-1]].index(to)), wrong, "remove the step that leads back")


def _loops(onward: Mapping[str, tuple[str, ...]]) -> Iterator[list[str]]:
    """Yield a loop for each step that leads back to where a walk has been; a class that names itself is none here."""
    done: set[str] = set()

    def walk(name: str, path: list[str]) -> Iterator[list[str]]:
        if name in path:
            yield path[path.index(name) :]
        elif name not in done:
            for following in onward.get(name, ()):
                if following != name:
                    yield from walk(following, [*path, name])
            done.add(name)

    for name in onward:
        yield from walk(name, [])


@rule
def supplier_exists(draft: Draft) -> Iterator[Finding]:
    """An owner given by id must have a record, and be another company."""
    if not draft.is_whole("suppliers"):
        return
    known = draft.ids("suppliers")
    for entry in draft.all("suppliers"):
        parent = entry.record.parent
        if parent and parent.id:
            yield from missing_records(entry, ("parent", "id"), parent.id, known, "supplier")
            if parent.id == entry.record.id:
                yield entry.finding(
                    ("parent", "id"), f'"{parent.id}" names itself', "name its owner, or write parent: null"
                )


@rule
def dimension_exists(draft: Draft) -> Iterator[Finding]:
    """Every dimension named must exist, and fit what it is used for."""
    if not draft.is_whole("dimensions"):
        return
    scopes = {entry.record.id: entry.record.scope for entry in draft.all("dimensions")}
    known = draft.ids("dimensions")
    class_only = {name for name in known if scopes.get(name, "class") == "class"}
    for entry, keys, name in draft.pointers("own_dimensions"):
        allowed, what = (known, "dimension") if entry.kind == "industry" else (class_only, "class dimension")
        if name not in allowed:
            yield from missing_records(entry, keys, name, allowed, what)
    yield from unknown_names(draft, "any_dimensions", known, "dimension")
    yield from unknown_names(draft, "class_dimensions", class_only, "class dimension")
    if method := draft.one("method"):
        for name in sorted((class_only & set(scopes)) - set(method.record.gap_weights)):
            yield method.finding("gap_weights", f'no weight for dimension "{name}"', f"add `{name}: 1`")


@rule
def stage_exists(draft: Draft) -> Iterator[Finding]:
    """The stage of a class must exist."""
    if draft.is_whole("stages"):
        yield from unknown_names(draft, "stages", draft.ids("stages"), "stage")


@rule
def edition_exists(draft: Draft, report: Entry) -> Iterator[Finding]:
    """Every edition named must be one of report.yml."""
    yield from unknown_names(draft, "editions", {edition.id for edition in report.record.editions}, "edition")


# The lists of method.yml, and what one of their words is called.
_WORDS = {
    "levels": "level", "source_kinds": "kind of source", "topics": "topic", "verdicts": "verdict",
    "event_kinds": "kind of event", "horizons": "horizon", "actors": "actor", "criteria": "criterion",
}  # fmt: skip


@rule
def word_exists(draft: Draft, method: Entry) -> Iterator[Finding]:
    """Every word that method.yml lists must be one of its list: levels, kinds, topics, verdicts, horizons, actors, units."""
    for name, what in _WORDS.items():
        yield from unknown_names(draft, name, {word.id for word in getattr(method.record, name)}, what)


@rule
def rating_exists(draft: Draft, method: Entry) -> Iterator[Finding]:
    """A priority must be rated by criteria of method.yml that measure a rating."""
    rated = {criterion.id for criterion in method.record.criteria if criterion.measure == "rating"}
    for entry in draft.all("priorities"):
        for name in entry.record.ratings:
            yield from missing_records(entry, ("ratings", name), name, rated, "criterion with a rating")
