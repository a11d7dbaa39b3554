"""Small constructed records for tests of derive: two editions, three dimensions, and what a test says of the rest."""

from __future__ import annotations

from typing import Any

from macros.derive.results import Results
from macros.load.landscape import Landscape
from macros.model.equipment import Assessment, Benchmark, Dimension, EquipmentClass, Industry, Question
from macros.model.evidence import Fact, Source
from macros.model.method import Method, Ranking
from macros.model.priority import Priority
from macros.model.report import Edition

THEN, NOW = "then", "now"
RANKING = {
    "draws": 10_000,
    "seed": 1,
    "concentration": 40,
    "spread": {"high": 0.05, "medium": 0.15, "low": 0.3, "unknown": 0.5, "judgement": 0.1},
    "interval": 0.9,
    "firm": 0.9,
    "depends": 0.5,
}
MEASURES = ("severity", "stake", "dependence", "reach", "persistence", "feasibility", "nearness")
CRITERIA = ("severity", "stake", "import-dependence", "reach", "persistence", "feasibility", "nearness")
METHOD = {
    "levels": tuple(
        {"id": name, "severity": severity, "sign": "x", "name": name, "meaning": "x"}
        for name, severity in {
            "ahead": -1,
            "parity": 0,
            "slightly": 1,
            "clearly": 2,
            "dependent": 3,
            "unknown": None,
        }.items()
    ),
    "unknown": "unknown",
    "gap_weights": {"precision": 1, "supply": 1, "core-components": 1},
    "dependence": ("supply", "core-components"),
    "coverage_minimum": 0.5,
    "reliability": {"A": 1.0, "B": 0.7, "C": 0.4, "D": 0.15},
    "self_reliability": "D",
    "fact_confidence": {"high": 1.0, "medium": 0.7, "low": 0.4},
    "recency": {"recent": {"years": 3, "weight": 1.0}, "middle": {"years": 6, "weight": 0.7}, "older": {"weight": 0.4}},
    "confidence": {
        "high": {"support": 2, "publishers": 3, "counter_ratio": "1/3"},
        "medium": {"support": 1, "publishers": 2, "counter_ratio": "2/3"},
    },
    "brief": 5,
    "source_kinds": (
        {"id": "press", "name": "press", "csl_type": "article", "speaks_for_itself": False},
        {"id": "company", "name": "company", "csl_type": "webpage", "speaks_for_itself": True},
    ),
    "topics": (
        {"id": "market", "name": "market", "years": 3, "of_machine": True},
        {"id": "company", "name": "company", "years": 3},
    ),
    "verdicts": (),
    "event_kinds": (),
    "actors": ({"id": "makers", "name": "makers"},),
    "horizons": ({"id": "near", "name": "near", "nearness": 1.0}, {"id": "mid", "name": "mid", "nearness": 0.5}),
    "criteria": tuple(
        {"id": name, "name": name, "measure": measure, "question": "x", "value_function": "x"}
        for name, measure in zip(CRITERIA, MEASURES, strict=True)
    ),
    "presets": (
        {"id": "even", "name": "even", "view": "x", "weights": {name: 1 for name in CRITERIA}},
        {"id": "reach", "name": "reach", "view": "x", "weights": {name: int(name == "reach") for name in CRITERIA}},
    ),
    "stake_full": 50,
    "top": 2,
    "ranking": RANKING,
    "units": ("%",),
}


def method(**changes: Any) -> Method:
    return Method.model_validate({**METHOD, **changes})


def ranking(**changes: Any) -> Ranking:
    return Ranking.model_validate({**RANKING, **changes})


def source(name: str = "s-1", **changes: Any) -> Source:
    fields = {
        "id": name,
        "title": "x",
        "publisher": name,
        "issued": "2026",
        "accessed": "2026-06",
        "URL": None,
        "kind": "press",
        "language": "en",
        "reliability": "B",
    }
    return Source.model_validate({**fields, **changes})


def fact(name: str = "f-1", **changes: Any) -> Fact:
    fields = dict.fromkeys(("origin", "entity", "metric", "value", "unit", "year"))
    fields |= {"id": name, "topic": "market", "statement": "x", "source": "s-1", "confidence": "high"}
    return Fact.model_validate({**fields, **changes})


def benchmark(domestic: Any, imported: Any, better: str = "higher") -> Benchmark:
    sides = {
        name: {"value": value, "entity": "x", "year": None, "evidence": ("f-1",)}
        for name, value in {"domestic": domestic, "imported": imported}.items()
    }
    fields = {
        "id": "b-1",
        "metric": "x",
        "unit": "%",
        "dimension": "precision",
        "edition": NOW,
        "comparable": "yes",
        "caveat": None,
    }
    return Benchmark.model_validate({**fields, **sides, "better": better})


def assessments(**levels: str) -> tuple[Assessment, ...]:
    """Return assessments written as `precision="slightly clearly"`: the level then and the level now; "-" for none."""
    return tuple(
        assessment(dimension.replace("_", "-"), edition, level)
        for dimension, pair in levels.items()
        for edition, level in zip((THEN, NOW), pair.split(), strict=True)
        if level != "-"
    )


def assessment(dimension: str, edition: str, level: str, evidence: tuple[str, ...] = ()) -> Assessment:
    fields = {"dimension": dimension, "edition": edition, "level": level, "basis": None, "evidence": evidence}
    return Assessment.model_validate({**fields, "counter_evidence": (), "reason": "x"})


def machine(name: str, judged: tuple[Assessment, ...] = (), **changes: Any) -> EquipmentClass:
    fields = {
        "id": name,
        "name": name,
        "name_local": None,
        "stage": "x",
        "kind": "machine",
        "generation": "current",
        "summary": "x",
    }
    fields |= dict.fromkeys(
        ("key_metrics", "typical_failures", "feeds", "components", "evidence", "benchmarks", "specs"), ()
    )
    return EquipmentClass.model_validate({**fields, "value_share": None, "assessments": judged, **changes})


def share(low: float, high: float) -> dict[str, Any]:
    return {"low": low, "high": high, "of": "x", "scope": "class", "evidence": ()}


def priority(
    name: str,
    equipment: tuple[str, ...],
    dimensions: tuple[str, ...],
    feasibility: int = 3,
    horizon: str = "near",
    **changes: Any,
) -> Priority:
    target = {"metric": "x", "test": "x", "current": None, "goal": "x", "unit": None, "by_year": None, "proposed": True}
    fields = {
        "id": name,
        "title": name,
        "equipment": equipment,
        "dimensions": dimensions,
        "problem": "x",
        "target": target,
    }
    fields |= {
        "actions": (),
        "who_acts": ("makers",),
        "horizon": horizon,
        "trl_now": None,
        "feasibility": {"score": feasibility, "reason": "x"},
    }
    return Priority.model_validate({**fields, "evidence": (), "who_says": (), "reasoning": "x", **changes})


class SmallReport:
    """As much of a report as derive reads."""

    editions = (
        Edition(id=THEN, role="baseline", date="2019-05-22", evidence_until=2019, summary="x"),
        Edition(id=NOW, role="current", date="2026-06", evidence_until=2026, summary="x"),
    )


def results(
    machines: tuple[EquipmentClass, ...] = (),
    priorities: tuple[Priority, ...] = (),
    facts: tuple[Fact, ...] = (),
    sources: tuple[Source, ...] = (),
    whole: tuple[Assessment, ...] = (),
    **changes: Any,
) -> Results:
    """Return the results of a landscape of these records; `whole` is assessed for the industry, changes are the method's."""
    scopes = {"precision": "class", "supply": "class", "core-components": "class", "standards": "industry"}
    dimensions = {
        name: Dimension(id=name, name=name, short=name, scope=scope, question="x") for name, scope in scopes.items()
    }
    asked = {"works": ("precision",), "bought": ("supply", "core-components")}
    questions = tuple(Question(id=name, name=name, short=name, dimensions=ids) for name, ids in asked.items())
    unread: dict[str, Any] = dict.fromkeys(Landscape.__dataclass_fields__)
    known = {
        "report": SmallReport(),
        "method": method(**changes),
        "dimensions": dimensions,
        "questions": questions,
        "industry": Industry(name="x", summary="x", assessments=whole, benchmarks=(), specs=()),
        "equipment": {item.id: item for item in machines},
        "priorities": {item.id: item for item in priorities},
        "facts": {item.id: item for item in facts},
        "sources": {item.id: item for item in sources},
    }
    return Results(Landscape(**{**unread, **known}))
