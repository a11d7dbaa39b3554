"""Every number that is a choice: levels, weights, thresholds, presets, and the lists of allowed words."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from macros.model.base import Id, Ids, Number, Record, Shown, Text


def fraction(text: str) -> str:
    """Return the text if it is a fraction such as 1/3."""
    try:
        Fraction(text)
    except (ValueError, ZeroDivisionError) as error:
        raise ValueError('is not a fraction; write one such as "1/3"') from error
    return text


FractionText = Annotated[str, AfterValidator(fraction)]
Weight = Annotated[Number, Field(ge=0)]
Unit = Annotated[Number, Field(ge=0, le=1)]


class Level(Record):
    """A step of the scale on which the domestic side is set against imports."""

    id: Id = Field(description="Name in the data.")
    severity: int | None = Field(description="Steps behind imports; negative is ahead; null for unknown.")
    sign: Text = Field(description="Sign shown beside the colour.")
    name: Shown = Field(description="Name shown.")
    meaning: Shown = Field(description="What it means, in a sentence.")


class Recent(Record):
    """A span of years and what a fact within it weighs."""

    years: int = Field(ge=0, description="Distance to the edition, in years, up to which it holds.")
    weight: Unit = Field(description="Weight of a fact within the span.")


class Older(Record):
    """What any older or undated fact weighs."""

    weight: Unit = Field(description="Weight.")


class Recency(Record):
    """How much a fact weighs by its distance in years to the edition."""

    recent: Recent = Field(description="Facts near the edition.")
    middle: Recent = Field(description="Facts at some distance.")
    older: Older = Field(description="All others, and undated ones.")


class Threshold(Record):
    """What an assessment needs for a grade of confidence."""

    support: Number = Field(ge=0, description="Least sum of weights in support.")
    publishers: int = Field(ge=1, description="Least number of publishers in support.")
    counter_ratio: FractionText = Field(description="Counter-support, at most, as a fraction of support.")


class Thresholds(Record):
    """The grades of confidence; anything else is low."""

    high: Threshold = Field(description="For high.")
    medium: Threshold = Field(description="For medium.")


class Named(Record):
    """A word of the data with its name shown."""

    id: Id = Field(description="Name in the data.")
    name: Shown = Field(description="Name shown.")


class SourceKind(Named):
    """A kind of source."""

    csl_type: Text = Field(description="Type in CSL.")
    speaks_for_itself: bool = Field(description="true where the publisher speaks about itself.")


class Verdict(Named):
    """How a claim stands."""

    tone: Literal["good", "mixed", "bad", "open"] = Field(description="Colour: good holds, bad does not.")


class Topic(Named):
    """A topic of facts with its shelf life."""

    years: int = Field(ge=0, description="Years after which a fact on it is marked as stale.")
    is_share: bool = Field(
        False, description="true: a percentage is a share of the domestic side, and says how it was counted."
    )
    looks_ahead: bool = Field(
        False, description="true: a fact may be of a year after its source and after the edition."
    )
    of_machine: bool = Field(
        False,
        description="true: a fact describes the machine, not a company or the trade; only such open a class's page.",
    )


class Horizon(Named):
    """How far away the effect is."""

    nearness: Unit = Field(description="Value of nearness, 0-1.")


Measure = Literal["severity", "stake", "dependence", "reach", "persistence", "feasibility", "nearness", "rating"]


class Criterion(Named):
    """A criterion of the ranking."""

    measure: Measure = Field(
        description="What gives it its value of 0 to 1: severity of the answered points; stake, the largest value share of a helped class; dependence on imports; reach over the classes; persistence of gaps since the baseline; feasibility; nearness of the horizon; or the rating that each priority has under its id.",
    )
    question: Shown = Field(description="What it asks.")
    value_function: Shown = Field(description="How it is mapped to 0-1, in words.")


class Preset(Named):
    """A set of weights, and whose view it is."""

    view: Shown = Field(description="Whose view it is.")
    weights: dict[Id, Weight] = Field(description="Weight of each criterion; they are scaled to sum to 1.")


class Ranking(Record):
    """How the ranking is tried with other weights and values (SMAA-2)."""

    draws: int = Field(ge=1, le=100_000, description="How often weights and values are drawn.")
    seed: int = Field(ge=0, description="Start of the random numbers; another one shows what is chance.")
    concentration: Annotated[Number, Field(ge=1)] = Field(
        description="How closely drawn weights keep to those of a preset; the higher, the closer."
    )
    spread: dict[Literal["high", "medium", "low", "unknown", "judgement"], Unit] = Field(
        min_length=5,
        description="By how much a value of 0 to 1 may be off to either side: by the confidence of the assessment it rests on, for a point that is not known, and for our own judgement (feasibility).",
    )
    interval: Annotated[Number, Field(gt=0, lt=1)] = Field(description="Share of the draws within the rank interval.")
    firm: Unit = Field(
        description="Least share of draws among the top, around every preset, that makes a priority firm."
    )
    depends: Unit = Field(
        description="Least share of draws among the top, around one preset at least, that makes it depend on the view."
    )


class Method(Record):
    """Every number that is a choice."""

    levels: tuple[Level, ...] = Field(description="The scale, best first, unknown last.")
    unknown: Id = Field(description="The level that says that nobody can say.")
    gap_weights: dict[Id, Weight] = Field(description="Weight of each class dimension in the gap index.")
    dependence: Ids = Field(description="Class dimensions that say how far a class depends on imports.")
    coverage_minimum: Unit = Field(description="Least share of weight known for which an index is shown.")
    reliability: dict[Literal["A", "B", "C", "D"], Unit] = Field(
        min_length=4, description="Weight of a source by reliability."
    )
    self_reliability: Literal["A", "B", "C", "D"] = Field(description="Reliability a company has on itself.")
    fact_confidence: dict[Literal["high", "medium", "low"], Unit] = Field(
        min_length=3, description="Weight of a fact by its confidence."
    )
    recency: Recency = Field(description="Weight of a fact by age.")
    confidence: Thresholds = Field(description="Thresholds of confidence.")
    brief: int = Field(ge=1, description="How many facts, those of the greatest weight, open the page of a class.")
    source_kinds: tuple[SourceKind, ...] = Field(description="Kinds of source.")
    topics: tuple[Topic, ...] = Field(description="Topics of facts with their shelf lives.")
    verdicts: tuple[Verdict, ...] = Field(description="Verdicts on claims.")
    headline_figure: Id | None = Field(
        None, description="The figure of companies that their table shows, such as revenue; none without it."
    )
    event_kinds: tuple[Named, ...] = Field(description="Kinds of event.")
    horizons: tuple[Horizon, ...] = Field(description="Horizons of priorities, nearest first.")
    actors: tuple[Named, ...] = Field(description="Who can act on a priority.")
    criteria: tuple[Criterion, ...] = Field(description="Criteria of the ranking.")
    presets: tuple[Preset, ...] = Field(description="Sets of weights; the first is the one shown.")
    stake_full: Annotated[Number, Field(gt=0)] | None = Field(
        None, description="Value share, in %, that counts as full stake; needed where a criterion measures stake."
    )
    top: int = Field(ge=1, description="How many priorities count as the top.")
    ranking: Ranking = Field(description="How the ranking is tried with other weights and values.")
    units: tuple[Shown, ...] = Field(description="Units allowed in the data.")
