"""Sources (bibliography, CSL names) and facts (one sourced statement each)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from macros.model.base import (
    Address,
    Audience,
    Bound,
    DateText,
    Figure,
    ForEditors,
    Grade,
    Id,
    Ids,
    Origin,
    Record,
    Shown,
    Text,
    UnitName,
    Year,
)
from macros.model.names import Name


class Source(Record):
    """A bibliographic record of one page or document; field names follow CSL."""

    id: Id = Field(description="Address of the record; never reused.", examples=["eu-2024-study"])
    title: Text = Field(
        description="Title of the page or document; an English rendering where it is in another language."
    )
    author: tuple[Name, ...] = Field(
        (), description="Who wrote it, where a person or another body than the publisher is named."
    )
    publisher: Text = Field(
        description="The body that speaks. One body, one spelling: facts of one publisher count once."
    )
    container_title: Text | None = Field(
        None, alias="container-title", description="Where it was read, if not with the publisher: portal, repost, copy."
    )
    issued: DateText | None = Field(
        description="Date of publication; null when the page shows none.", examples=["2024-05", "2024-05-13"]
    )
    accessed: DateText = Field(description="Date on which it was read.")
    URL: Address | None = Field(description="Address; null when only a copy that must not be linked was seen.")
    lost: DateText | None = Field(
        None, description="Day on which the page could not be found again; readers are told wherever it is cited."
    )
    kind: Id = Field(description="Kind of source, one of `source_kinds` in method.yml.")
    language: Text = Field(description="Language code of the text.", examples=["en", "zh"])
    reliability: Literal["A", "B", "C", "D"] = Field(
        description="A filing, standard, government, peer-reviewed; B trade press, research house, association; C a company on itself; D unsigned or a copy."
    )
    note: Shown | None = Field(None, description="What a reader must know before using it.")
    editors: ForEditors = None


class SourceFile(Record):
    """Sources of one kind."""

    sources: tuple[Source, ...] = Field(description="The records, in alphabetical order of their ids.")


class Share(Record):
    """What a domestic or imported share is a share of."""

    measure: Literal["value", "units", "orders", "not-stated"] = Field(description="What was added up.")
    counted_by: Literal["headquarters", "production", "core-parts", "not-stated"] = Field(
        description="What makes a machine domestic in this figure."
    )


class Fact(Record):
    """One statement with its source, and with figure, unit, year and origin where it has them."""

    id: Id = Field(description="Two letters of the dossier and a number; never reused.", examples=["fe-036"])
    topic: Id = Field(description="What it is about, one of `topics` in method.yml.")
    origin: Origin | None = Field(description="Side the statement is about; null where it is about neither.")
    entity: Shown | None = Field(description="Who or what the figure belongs to; null where the statement names none.")
    metric: Shown | None = Field(description="What is measured; null for a statement without a figure.")
    value: Figure | None = Field(
        description="The figure: a number, a range [low, high], or a text where it is no single figure.",
        examples=[21, [30, 40]],
    )
    bound: Bound | None = Field(None, description="Set where the value is not exact.")
    unit: UnitName | None = Field(description="Unit, one of `units` in method.yml; null for a text without a unit.")
    unit_note: Shown | None = Field(None, description="What the unit leaves open.")
    year: Year | None = Field(description="Year the figure is true for; null when undated.")
    share: Share | None = Field(None, description="For a domestic or imported share: its definition.")
    scope: Literal["this-industry", "all-industries"] = Field(
        "this-industry",
        description="all-industries: it speaks of a part or of machines wherever they are used; facts like that alone carry a level that is at most inferred, with low confidence.",
    )
    distinct_from: Ids = Field(
        (), description="Facts of the same source that only happen to have the same figure, unit, year and entity."
    )
    statement: Shown = Field(description="What the source says, in one or two sentences of our own.")
    source: Id = Field(description="Id of the source.")
    confidence: Grade = Field(description="How sure it is that the source says exactly this.")
    audience: Audience = Field("public", description="internal keeps it out of public builds.")


class FactFile(Record):
    """Facts about one equipment class, or about the industry under one topic."""

    equipment: Id = Field(description="Equipment class the facts are about, or `industry`.")
    facts: tuple[Fact, ...] = Field(description="The facts.")
