"""Equipment classes with what belongs to them: assessments, benchmarks, figures of one side."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from macros.model.base import (
    Audience,
    Bound,
    Figure,
    Id,
    Ids,
    Number,
    Origin,
    Range,
    Record,
    Shown,
    Text,
    UnitName,
    Year,
)


class Stage(Record):
    """A stage of production, or a group of components."""

    id: Id = Field(description="Address of the stage.")
    name: Shown = Field(description="Name shown.")
    summary: Shown = Field(description="What happens here, in a sentence.")


class StageFile(Record):
    """The stages in process order."""

    stages: tuple[Stage, ...] = Field(description="The stages, in process order.")


class Dimension(Record):
    """What is compared between the two sides."""

    id: Id = Field(description="Address of the dimension.")
    name: Shown = Field(description="Name shown.")
    short: Shown = Field(description="Name for narrow columns.")
    scope: Literal["class", "industry"] = Field(
        description="class: assessed for each equipment class; industry: only for the industry as a whole."
    )
    question: Shown = Field(description="The question it answers.")


class Question(Record):
    """What a reader asks of a machine, and the dimensions that answer it together."""

    id: Id = Field(description="Name in the data.")
    name: Shown = Field(description="The question, as a reader asks it.")
    short: Shown = Field(description="Name for narrow places.")
    dimensions: Ids = Field(
        min_length=1,
        description="The dimensions of a class that answer it, in the order of the matrix; each answers one question.",
    )


class DimensionFile(Record):
    """The questions of readers, and the dimensions that answer them."""

    questions: tuple[Question, ...] = Field(
        min_length=1, description="The questions, in reading order. Nothing is summed up over them without its parts."
    )
    dimensions: tuple[Dimension, ...] = Field(description="The dimensions, in reading order.")


class Metric(Record):
    """A usual performance figure of a class; the figures themselves are facts."""

    id: Id = Field(description="Address of the metric.")
    name: Shown = Field(description="Name shown.")
    unit: UnitName = Field(description="Unit, one of `units` in method.yml.")
    better: Literal["higher", "lower"] = Field(description="Which direction is better.")


class ValueShare(Record):
    """Share of a line's investment."""

    low: Number = Field(description="Lower end, in %.")
    high: Number = Field(description="Upper end, in %.")
    of: Shown = Field(description="The whole it is a share of.")
    scope: Literal["class", "stage", "machine"] = Field(
        description="class: of this class alone; stage: of its whole stage; machine: of the machine it is part of, which says nothing of the line."
    )
    evidence: Ids = Field(description="Facts that give it.")

    @property
    def figure(self) -> Number | Range:
        return self.low if self.low == self.high else (self.low, self.high)


class Assessment(Record):
    """How the domestic side stands in one dimension at one edition."""

    dimension: Id = Field(description="What is compared.")
    edition: Text = Field(description="State of knowledge, an id of `editions` in report.yml.")
    level: Id = Field(
        description="One of `levels` in method.yml, seen from the domestic side; unknown when nobody can say."
    )
    basis: Literal["measured", "judged", "inferred"] | None = Field(
        description="measured: a figure for both sides or a share; judged: a named source says so; inferred: read from orders, prices or one side. null for unknown."
    )
    evidence: Ids = Field(
        description="Facts that carry the level; for unknown, facts that touch the question without settling it."
    )
    counter_evidence: Ids = Field(description="Facts that speak against the level.")
    looks_back: Ids = Field((), description="Those of the facts that are later than the edition and look back to it.")
    reason: Shown = Field(description="Why this level, in two or three sentences.")
    moved_because: Shown | None = Field(None, description="Why the level differs from the edition before.")
    would_settle: Shown | None = Field(
        None, description="The measurement that is missing: for unknown, and where a level is judged or inferred."
    )


class Side(Record):
    """One side of a benchmark."""

    value: Number | Range = Field(description="The figure or its range [low, high].")
    entity: Shown = Field(description="Whose machine.")
    year: Year | None = Field(description="Year the figure is true for; null when undated.")
    mode: Shown | None = Field(None, description="Operating mode, where speeds compare only within one.")
    evidence: Ids = Field(description="Facts that give it.")


class Benchmark(Record):
    """The same metric, unit and mode for both sides: the measured gap."""

    id: Id = Field(description="Address of the benchmark.")
    metric: Shown = Field(description="What is measured.")
    unit: UnitName = Field(description="Unit of both sides, one of `units` in method.yml.")
    better: Literal["higher", "lower"] = Field(description="Which direction is better.")
    dimension: Id = Field(description="Dimension it bears on.")
    edition: Text = Field(description="Edition it belongs to.")
    domestic: Side = Field(description="The domestic figure.")
    imported: Side = Field(description="The imported figure.")
    comparable: Literal["yes", "partly"] = Field(
        description="yes: same source or same definition; partly: read the caveat first, never used in a computed figure."
    )
    caveat: Shown | None = Field(description="What limits the comparison.")
    audience: Audience = Field("public", description="internal keeps it out of public builds.")


class Spec(Record):
    """A figure of one side only, worth showing."""

    metric: Shown = Field(description="What is measured.")
    unit: UnitName = Field(description="Unit, one of `units` in method.yml.")
    origin: Origin = Field(description="Whose figure.")
    entity: Shown | None = Field(description="Maker or body; null where none is named.")
    value: Figure = Field(description="The figure.")
    bound: Bound | None = Field(None, description="Set where the value is not exact.")
    year: Year | None = Field(description="Year; null when undated.")
    evidence: Ids = Field(description="Facts that give it.")
    note: Shown | None = Field(None, description="What limits it.")


class Assessed(Record):
    """What equipment classes and the industry as a whole have in common."""

    assessments: tuple[Assessment, ...] = Field(description="One per dimension and edition.")
    benchmarks: tuple[Benchmark, ...] = Field(description="Figures for both sides; empty when none was found.")
    specs: tuple[Spec, ...] = Field(description="Figures for one side; empty when none was found.")


class EquipmentClass(Assessed):
    """A kind of machine, component or line."""

    id: Id = Field(description="Address of the class; equal to the file name.")
    name: Shown = Field(description="Name shown.")
    name_local: Text | None = Field(description="Name in the home market's language.")
    aliases: tuple[Text, ...] = Field((), description="Other names of it, in any language or writing, for the search.")
    stage: Id = Field(description="Stage it works in.")
    kind: Literal["machine", "component", "system", "line"] = Field(description="What it is.")
    generation: Literal["current", "next"] = Field(
        description="In use now, or for the next generation of cells or products."
    )
    summary: Shown = Field(description="What it does and why it matters, without figures.")
    key_metrics: tuple[Metric, ...] = Field(description="The usual performance figures of the class.")
    typical_failures: tuple[Shown, ...] = Field(description="What usually goes wrong.")
    feeds: Ids = Field(description="Next classes on the main material route.")
    components: Ids = Field(description="Classes of kind component that it contains.")
    value_share: ValueShare | None = Field(description="Share of investment; null when no source gives it.")
    evidence: Ids = Field(description="Facts that describe the class.")


class Industry(Assessed):
    """The industry as a whole."""

    name: Shown = Field(description="Name shown.")
    summary: Shown = Field(description="What is meant by it.")
