"""What frames the comparison: claims of the baseline text, series, events, standards, conflicts, what is not measured."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from macros.model.base import (
    Audience,
    Bound,
    DateText,
    ForEditors,
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
from macros.model.evidence import Share

FEED_ID = r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"


class Verdict(Record):
    """Whether a claim held at one edition."""

    edition: Text = Field(description="Edition it is judged for.")
    verdict: Id = Field(description="One of `verdicts` in method.yml.")


class Claim(Record):
    """Something the baseline text said, with its verdict then and now. The text is no evidence for itself."""

    id: Id = Field(description="Address of the claim.")
    claim: Shown = Field(description="The claim in our words.")
    kind: Literal["fact", "forecast", "prescription"] = Field(description="What sort of claim it is.")
    dimension: Id | None = Field(description="Dimension; null where it spans all of them.")
    equipment: Id = Field(description="Equipment class, or `industry`.")
    verdicts: tuple[Verdict, ...] = Field(description="One per edition.")
    evidence: Ids = Field(description="Facts for it, of any edition.")
    counter_evidence: Ids = Field(description="Facts against it, of any edition.")
    reasoning: Shown = Field(description="Why these verdicts.")


class ClaimFile(Record):
    """The ledger of claims."""

    source: Id | None = Field(description="The text that made the claims; null where none is tested.")
    claims: tuple[Claim, ...] = Field(description="The claims in the order of the text.")


class Point(Record):
    """One value of a series."""

    year: Year | None = Field(description="Year; null when the source is undated.")
    value: Number | Range = Field(description="The figure or its range.")
    label: Shown | None = Field(None, description="What the point is, where the year does not say it.")
    origin: Origin | None = Field(description="Side the figure describes; null where it describes none.")
    entity: Shown = Field(description="Whose figure it is.")
    evidence: Ids = Field(description="Facts that give it.")
    bound: Bound | None = Field(None, description="Set where the value is not exact.")
    forecast: bool = Field(False, description="true for a forecast.")
    goal: bool = Field(False, description="true for a goal.")
    derived: bool = Field(False, description="true where it is our arithmetic on the facts cited.")
    partial: Shown | None = Field(None, description="Part of a year, in words.")


class Series(Record):
    """Values on one basis that may be shown together."""

    id: Id = Field(description="Address of the series.")
    title: Shown = Field(description="What is shown.")
    unit: UnitName = Field(description="Unit, one of `units` in method.yml.")
    equipment: Id = Field(description="Equipment class, or `industry`.")
    kind: Literal["time", "share", "cross-section"] = Field(
        description="time: one thing over the years; share: parts of a whole; cross-section: several things beside each other."
    )
    basis: Shown = Field(description="What is counted and by whom; never join two bases.")
    share: Share | None = Field(None, description="For shares by side or maker: their definition.")
    points: tuple[Point, ...] = Field(description="The values in order.")
    caveat: Shown = Field(description="What limits it.")
    editors: ForEditors = None


class SeriesFile(Record):
    """The series behind the charts."""

    series: tuple[Series, ...] = Field(description="The series in reading order.")


class Event(Record):
    """A dated event."""

    date: DateText = Field(description="Year, month or day of the event or, where the title says so, of the report.")
    title: Shown = Field(description="What happened, and who says so where it is disputed.")
    kind: Id = Field(description="Kind of event, one of `event_kinds` in method.yml.")
    origin: Origin = Field(description="Side whose machine, maker or rule it is about.")
    equipment: Id = Field(description="Equipment class, or `industry`.")
    evidence: Ids = Field(description="Facts that say so.")


class EventFile(Record):
    """The timeline."""

    events: tuple[Event, ...] = Field(description="Events in order of date.")


class Standard(Record):
    """A standard, norm or standards programme."""

    number: Text | None = Field(description="Number; null for a text without one.")
    title: Shown | None = Field(description="Title; null when not seen.")
    kind: Literal["standard", "norm-conditions", "programme", "method"] = Field(description="What it is.")
    issuer: Shown | None = Field(description="Who issued it; null when not seen.")
    issued: DateText | None = Field(description="Date; null when not seen.")
    in_force: DateText | None = Field(description="Date of effect; null when not seen.")
    scope: Shown = Field(description="What it covers, and what it does not.")
    status: Shown = Field(description="Where it stands.")
    evidence: Ids = Field(description="Facts that say so.")


class StandardFile(Record):
    """Standards as far as sourced."""

    standards: tuple[Standard, ...] = Field(description="The standards.")


class Conflict(Record):
    """Facts that disagree, kept side by side."""

    id: Id = Field(description="Address of the conflict.")
    title: Shown = Field(description="What they disagree about.")
    facts: Ids = Field(min_length=2, description="The facts.")
    note: Shown = Field(description="Why they differ, and which one the report uses.")
    editors: ForEditors = None


class ConflictFile(Record):
    """The conflicts."""

    conflicts: tuple[Conflict, ...] = Field(description="The conflicts.")


class Unpublished(Record):
    """A quantity that nobody publishes."""

    id: Id = Field(description="Address.")
    quantity: Shown = Field(description="What is not published.")
    matters_for: Ids = Field(description="Equipment classes for which it matters most.")
    matters_note: Shown = Field(description="The same in words, with parts and exceptions.")
    test: Shown = Field(description="Test that would measure it.")
    evidence: Ids = Field(description="Facts that come nearest.")


class WearPart(Record):
    """A wear part of which a life is known."""

    part: Shown = Field(description="The part.")
    equipment: Id | None = Field(description="Class it belongs to; null for none.")
    life: Shown = Field(description="The life, as the source gives it.")
    says: Shown = Field(description="Who says so, and when.")
    evidence: Ids = Field(description="Facts that give it.")


class Nearest(Record):
    """What comes nearest to a measurement, and why it does not serve."""

    text: Shown = Field(description="The finding.")
    evidence: Ids = Field(description="Facts behind it.")


class GapFile(Record):
    """What is not measured in public, and what would measure it."""

    unpublished: tuple[Unpublished, ...] = Field(description="Quantities nobody publishes.")
    wear_parts: tuple[WearPart, ...] = Field(description="Lives of wear parts known so far.")
    nearest: tuple[Nearest, ...] = Field(description="What comes nearest.")
    order_of_use: tuple[Shown, ...] = Field(description="In which order to measure.")
    standards_note: Shown = Field(description="Which document could carry the tests.")


class Note(Record):
    """A search that found nothing, or a trap in the evidence."""

    id: Id = Field(description="Address.")
    kind: Literal["not-found", "trap"] = Field(description="not-found: searched without result; trap: easily misread.")
    title: Shown = Field(description="Short title.")
    text: Shown = Field(description="What a reader must know.")
    editors: ForEditors = None
    equipment: Ids = Field(description="Classes it concerns; empty for the industry.")
    facts: Ids = Field(description="Facts it concerns.")


class NoteFile(Record):
    """Notes on the evidence."""

    notes: tuple[Note, ...] = Field(description="The notes.")


class Change(Record):
    """A change of the report that readers are told of."""

    id: Id = Field(description="Address on the changes page; never reused, since readers' programs know it.")
    date: DateText = Field(description="Day of the change.", examples=["2026-11-22"])
    kind: Literal["correction", "evidence", "method", "report"] = Field(
        description="correction: something was wrong; evidence: new or newer facts; method: numbers that are a choice; report: pages and reading aids."
    )
    title: Shown = Field(description="What changed, in a few words.")
    text: Shown = Field(description="What it was, what it is now, and why.")
    equipment: Ids = Field((), description="Classes it concerns.")
    audience: Audience = Field("public", description="internal keeps it out of public builds.")


class ChangeFile(Record):
    """The log of changes, told on the changes page and in the feed."""

    feed: Annotated[str, StringConstraints(pattern=FEED_ID)] = Field(
        description="Permanent name of the feed, a random UUID; made once and never changed.",
    )
    changes: tuple[Change, ...] = Field(description="The changes in order of date, newest last.")
