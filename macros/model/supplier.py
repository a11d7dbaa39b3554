"""Suppliers of both sides, makers for their own use, and companies that could not be placed."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from macros.model.base import (
    Address,
    Audience,
    Bound,
    DateText,
    ForEditors,
    Id,
    Ids,
    Number,
    Range,
    Record,
    Shown,
    Text,
    UnitName,
    Year,
)


class Makes(Record):
    """An equipment class that a company is named with."""

    id: Id = Field(description="Equipment class.")
    role: Literal["maker", "integrator", "component"] = Field(
        description="maker builds it; integrator sells whole lines; component supplies a part of it."
    )
    evidence: Ids = Field(description="Facts that name it.")
    note: Shown | None = Field(None, description="What limits it: announced, pilot scale, a claim.")


class Parent(Record):
    """The owner of a company."""

    id: Id | None = Field(description="Supplier id of the owner, if it has a record.")
    name: Shown = Field(description="Name of the owner.")
    since: DateText | None = Field(description="Date of the takeover; null when not found.")
    evidence: Ids = Field(description="Facts that say so.")


class CompanyFigure(Record):
    """A figure of a company."""

    metric: Id = Field(description="What is measured.", examples=["revenue", "revenue-h1"])
    value: Number | Range = Field(description="The figure.")
    bound: Bound | None = Field(None, description="Set where the value is not exact.")
    unit: UnitName = Field(description="Unit, one of `units` in method.yml.")
    year: Year | None = Field(description="Year; null when undated.")
    basis: Shown | None = Field(None, description="Scope or doubt.")
    evidence: Ids = Field(description="Facts that give it.")


class CompanyEvent(Record):
    """Something that happened to a company."""

    date: DateText = Field(description="When.")
    what: Shown = Field(description="What.")
    evidence: Ids = Field(description="Facts that say so.")


class Supplier(Record):
    """A company that builds or sells machines, components or lines."""

    id: Id = Field(description="Address of the company; equal to the file name.")
    name: Shown = Field(description="Name shown.")
    name_local: Text | None = Field(description="Name in its own script; null when not found.")
    aliases: tuple[Text, ...] = Field(description="Other spellings, for the search.")
    status: Literal["supplier", "in-house", "unplaced"] = Field(
        description="supplier sells; in-house builds for itself; unplaced: no fact names what it makes."
    )
    country: Text | None = Field(
        description="ISO 3166 alpha-2 code, by headquarters; null when unknown. Side follows from it.",
        examples=["CN", "DE"],
    )
    country_basis: Literal["fact", "general"] = Field(
        description="fact: the evidence shows it; general: common knowledge only."
    )
    parent: Parent | None = Field(description="Owner; null when none is known.")
    founded: Year | None = Field(description="Year; null when not found.")
    listing: Shown | None = Field(description="Stock exchange and code; null when not found.")
    website: Address | None = Field(description="Address; null when not found.")
    equipment: tuple[Makes, ...] = Field(description="What it is named with.")
    figures: tuple[CompanyFigure, ...] = Field(description="Figures; amounts of money in millions of the currency.")
    events: tuple[CompanyEvent, ...] = Field(description="Events by date.")
    evidence: Ids = Field((), description="Further facts about it.")
    sources: Ids = Field(description="Sources behind founding year, listing and website.")
    note: Shown | None = Field(description="What a reader must know.")
    editors: ForEditors = None
    audience: Audience = Field("public", description="internal keeps it out of public builds.")
