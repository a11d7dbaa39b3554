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


# Where classes are named: the kind of record and the field. In the first, `industry` may stand for all of them.
_CLASSES_OR_INDUSTRY = (
    ("claims", "equipment"),
    ("series", "equipment"),
    ("events", "equipment"),
    ("facts-file", "equipment"),
)
_CLASSES = (
    ("priorities", "equipment"),
    ("notes", "equipment"),
    ("changes", "equipment"),
    ("equipment", "feeds"),
    ("equipment", "components"),
)


@rule
def equipment_exists(draft: Draft) -> Iterator[Finding]:
    """Every equipment class named must exist; `industry` stands for all of them where the field allows it."""
    if not draft.is_whole("equipment"):
        return
    classes, what = draft.ids("equipment"), "equipment class"
    for kind, field in _CLASSES_OR_INDUSTRY:
        for entry in draft.all(kind):
            yield from missing_records(entry, (field,), getattr(entry.record, field), classes | {INDUSTRY}, what)
    for kind, field in _CLASSES:
        for entry in draft.all(kind):
            yield from missing_records(entry, (field,), getattr(entry.record, field), classes, what)
    for entry, keys, names in _classes_within(draft):
        yield from missing_records(entry, keys, names, classes, what)


def _classes_within(draft: Draft) -> Iterator[tuple[Entry, Keys, str | tuple[str, ...]]]:
    """Yield the classes that are named in a list within a record, with their place."""
    for entry in draft.all("suppliers"):
        for at, makes in enumerate(entry.record.equipment):
            yield entry, ("equipment", at, "id"), makes.id
    for entry in draft.all("measurement"):
        for at, gap in enumerate(entry.record.unpublished):
            yield entry, ("unpublished", at, "matters_for"), gap.matters_for
        for at, part in enumerate(entry.record.wear_parts):
            yield entry, ("wear_parts", at, "equipment"), part.equipment or ()


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
    for owner, entry in draft.assessed():
        allowed, what = (known, "dimension") if owner == INDUSTRY else (class_only, "class dimension")
        for field in ("assessments", "benchmarks"):
            for at, record in enumerate(getattr(entry.record, field)):
                yield from missing_records(entry, (field, at, "dimension"), record.dimension, allowed, what)
    for entry in draft.all("priorities"):
        yield from missing_records(entry, ("dimensions",), entry.record.dimensions, known, "dimension")
    for entry in draft.all("claims"):
        if entry.record.dimension:
            yield from missing_records(entry, ("dimension",), entry.record.dimension, known, "dimension")
    yield from _dimensions_of_method(draft, class_only, class_only & set(scopes))


def _dimensions_of_method(draft: Draft, known: set[str], weighted: set[str]) -> Iterator[Finding]:
    """Yield each dimension that method.yml names and that is none of a class, and each that it gives no weight."""
    method = draft.one("method")
    if not method:
        return
    weights = set(method.record.gap_weights)
    for name in sorted(weights):
        yield from missing_records(method, ("gap_weights", name), name, known, "class dimension")
    for at, name in enumerate(method.record.dependence):
        yield from missing_records(method, ("dependence", at), name, known, "class dimension")
    for name in sorted(weighted - weights):
        yield method.finding("gap_weights", f'no weight for dimension "{name}"', f"add `{name}: 1`")


@rule
def stage_exists(draft: Draft) -> Iterator[Finding]:
    """The stage of a class must exist."""
    for entry in draft.all("equipment") if draft.is_whole("stages") else ():
        yield from missing_records(entry, ("stage",), entry.record.stage, draft.ids("stages"), "stage")


@rule
def edition_exists(draft: Draft) -> Iterator[Finding]:
    """Every edition named must be one of report.yml."""
    report = draft.one("report")
    if not report:
        return
    known = {edition.id for edition in report.record.editions}
    for _, entry in draft.assessed():
        for field in ("assessments", "benchmarks"):
            for at, record in enumerate(getattr(entry.record, field)):
                yield from missing_records(entry, (field, at, "edition"), record.edition, known, "edition")
    for entry in draft.all("claims"):
        for at, verdict in enumerate(entry.record.verdicts):
            yield from missing_records(entry, ("verdicts", at, "edition"), verdict.edition, known, "edition")


@rule
def word_exists(draft: Draft) -> Iterator[Finding]:
    """Every word that method.yml lists must be one of its list: levels, kinds, topics, verdicts, horizons, actors, units."""
    entry = draft.one("method")
    if not entry:
        return
    method = entry.record
    lists = {
        name: {word.id for word in getattr(method, name)}
        for name in ("levels", "source_kinds", "topics", "verdicts", "event_kinds", "horizons", "actors", "criteria")
    }
    yield from missing_records(entry, ("unknown",), method.unknown, lists["levels"], "level")
    for at, preset in enumerate(method.presets):
        for name in sorted(preset.weights):
            yield from missing_records(entry, ("presets", at, "weights", name), name, lists["criteria"], "criterion")
    for kind, field, words, what in (
        ("sources", "kind", "source_kinds", "kind of source"),
        ("facts", "topic", "topics", "topic"),
        ("events", "kind", "event_kinds", "kind of event"),
        ("priorities", "horizon", "horizons", "horizon"),
        ("priorities", "who_acts", "actors", "actor"),
    ):
        for row in draft.all(kind):
            yield from missing_records(row, (field,), getattr(row.record, field), lists[words], what)
    for _, owner in draft.assessed():
        for at, record in enumerate(owner.record.assessments):
            yield from missing_records(owner, ("assessments", at, "level"), record.level, lists["levels"], "level")
    for row in draft.all("claims"):
        for at, verdict in enumerate(row.record.verdicts):
            yield from missing_records(row, ("verdicts", at, "verdict"), verdict.verdict, lists["verdicts"], "verdict")


@rule
def rating_exists(draft: Draft) -> Iterator[Finding]:
    """A priority must be rated by criteria of method.yml that measure a rating."""
    method = draft.one("method")
    rated = {criterion.id for criterion in method.record.criteria if criterion.measure == "rating"} if method else set()
    for entry in draft.all("priorities") if method else ():
        for name in entry.record.ratings:
            yield from missing_records(entry, ("ratings", name), name, rated, "criterion with a rating")
