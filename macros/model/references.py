"""The fields that name other records, or words that files list, by the kind of what they name."""

from __future__ import annotations

from functools import cache

from macros.model.base import Record, fields_of
from macros.model.context import Change, Claim, ClaimFile, Event, Note, Series, Unpublished, WearPart
from macros.model.context import Verdict as ClaimVerdict
from macros.model.equipment import Assessment, Benchmark, EquipmentClass, Metric, Question, Spec
from macros.model.evidence import Fact, FactFile, Source
from macros.model.method import Method, Preset
from macros.model.priority import Priority, Target
from macros.model.report import Index
from macros.model.supplier import CompanyFigure, Makes, Parent, Supplier

FACT_FIELDS = frozenset(("evidence", "counter_evidence", "looks_back", "facts", "distinct_from"))
Fields = tuple[tuple[type[Record], str], ...]
# Of classes, apart from those where all of them may be meant.
_CLASSES: Fields = (
    (EquipmentClass, "feeds"), (EquipmentClass, "components"), (Makes, "id"), (Priority, "equipment"),
    (Note, "equipment"), (Change, "equipment"), (Unpublished, "matters_for"), (WearPart, "equipment"),
)  # fmt: skip
_CLASSES_OR_ALL: Fields = tuple((model, "equipment") for model in (FactFile, Claim, Series, Event))
# Words that method.yml, report.yml and other files list.
LISTED: dict[str, Fields] = {
    "topics": ((Fact, "topic"),),
    "source_kinds": ((Source, "kind"),),
    "levels": ((Assessment, "level"), (Method, "unknown")),
    "verdicts": ((ClaimVerdict, "verdict"),),
    "event_kinds": ((Event, "kind"),),
    "horizons": ((Priority, "horizon"),),
    "actors": ((Priority, "who_acts"),),
    "criteria": ((Preset, "weights"),),
    "units": tuple((model, "unit") for model in (Fact, Metric, Benchmark, Spec, Series, CompanyFigure, Target)),
    "editions": tuple((model, "edition") for model in (Assessment, Benchmark, ClaimVerdict)),
    "stages": ((EquipmentClass, "stage"),),
    "any_dimensions": ((Priority, "dimensions"), (Claim, "dimension")),
    "class_dimensions": ((Method, "gap_weights"), (Method, "dependence")),
    "own_dimensions": ((Assessment, "dimension"), (Benchmark, "dimension")),
    "classes": _CLASSES,
    "classes_or_industry": _CLASSES_OR_ALL,
    "countries": ((Supplier, "country"),),
    "languages": ((Source, "language"),),
}
# Records, by kind of file. Facts are named in fields of the same names everywhere.
RECORDS: dict[str, Fields] = {
    "equipment": (*_CLASSES, *_CLASSES_OR_ALL, (Index, "equipment"), (Index, "evidence")),
    "suppliers": ((Parent, "id"), (Index, "suppliers")),
    "priorities": ((Index, "priorities"),),
    "sources": ((Fact, "source"), (Supplier, "sources"), (Priority, "who_says"), (ClaimFile, "source")),
    "stages": LISTED["stages"],
    "dimensions": (
        *LISTED["any_dimensions"],
        *LISTED["own_dimensions"],
        *LISTED["class_dimensions"],
        (Question, "dimensions"),
    ),
}
# The folders whose files index.yml lists, with the kind of record that they hold.
INDEXED = {
    "equipment": "equipment",
    "suppliers": "suppliers",
    "priorities": "priorities",
    "evidence": "facts",
    "sources": "sources",
}
NAMED = frozenset(("facts", *RECORDS))


@cache
def fields_naming(model: type[Record], kind: str) -> tuple[str, ...]:
    """Return the fields of a model that name records or words of a kind, a key of RECORDS or LISTED."""
    if kind == "facts":
        return () if model in (Index, FactFile) else tuple(name for name in fields_of(model) if name in FACT_FIELDS)
    return tuple(name for owner, name in (RECORDS | LISTED).get(kind, ()) if owner is model)
