"""R&D priorities: proposals to close a gap."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from macros.model.base import Figure, Id, Ids, Record, Shown, UnitName, Year

TechnologyLevel = Annotated[int, Field(ge=1, le=9)]


class Target(Record):
    """The figure that would prove progress."""

    metric: Shown = Field(description="What is measured.")
    test: Shown = Field(description="How it is measured, in one sentence; our proposal.")
    current: Figure | None = Field(description="Value now; null when unknown.")
    goal: Figure = Field(description="Value to reach.")
    unit: UnitName | None = Field(description="Unit, one of `units` in method.yml; null for texts.")
    better: Literal["higher", "lower"] | None = Field(
        None, description="Which direction is better; needed where `current` and `goal` are figures."
    )
    by_year: Year | None = Field(description="Year of the goal; null when open.")
    proposed: bool = Field(description="true: proposed by this report; false: a roadmap states it.")


class Feasibility(Record):
    """How soon it could be started and how hard it is."""

    score: int = Field(ge=1, le=5, description="1 hard and long, 5 could start now; our judgement.")
    reason: Shown = Field(description="Why.")


class Rating(Record):
    """How a priority stands by a criterion of the report's own."""

    score: int = Field(ge=1, le=5, description="1 least, 5 most; our judgement.")
    reason: Shown = Field(description="Why.")


class Priority(Record):
    """An R&D proposal."""

    id: Id = Field(description="Address of the priority; equal to the file name.")
    title: Shown = Field(description="What should be developed.")
    equipment: Ids = Field(description="Equipment classes it helps.")
    dimensions: Ids = Field(description="Dimensions in which it closes a gap.")
    problem: Shown = Field(description="What is wrong now.")
    target: Target = Field(description="What would prove progress.")
    actions: tuple[Shown, ...] = Field(description="What to do.")
    who_acts: Ids = Field(min_length=1, description="Who must act, of `actors` in method.yml; our proposal.")
    horizon: Id = Field(description="One of `horizons` in method.yml.")
    trl_now: TechnologyLevel | tuple[TechnologyLevel, TechnologyLevel] | None = Field(
        description="Technology readiness level now, 1 to 9, or a range; null when no source states one."
    )
    feasibility: Feasibility = Field(description="How soon and how hard.")
    ratings: dict[Id, Rating] = Field(
        {}, description="Its rating by each criterion of method.yml that measures one; what is left out is unknown."
    )
    evidence: Ids = Field(description="Facts behind it.")
    who_says: Ids = Field(description="Sources that ask for it.")
    reasoning: Shown = Field(description="Why this target, and what in it is ours.")
