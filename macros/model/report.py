"""The report itself: title, editions, home market, navigation, licence, and the words shown."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from macros.model.base import Address, DateText, Id, Ids, Record, Shown, Text, Year
from macros.model.locale import locale_of


def known_language(tag: str) -> str:
    """Return the tag of a language if there is such a language."""
    try:
        locale_of(tag)
    except ValueError as error:
        raise ValueError("is not a language that is known; write its code, such as de, en-GB or zh-Hans") from error
    return tag


Language = Annotated[str, AfterValidator(known_language)]


class Edition(Record):
    """A dated state of knowledge."""

    id: Text = Field(description="Short name, shown and used in assessments.", examples=["2019"])
    role: Literal["baseline", "past", "current"] = Field(description="baseline: what is compared with; current: now.")
    date: DateText = Field(description="Date of the state of knowledge.")
    evidence_until: Year = Field(description="Last year a fact may have without looking back.")
    summary: Shown = Field(description="What this edition is.")


def slug(edition: str) -> str:
    """Return the id of an edition as it stands in addresses and in names of files."""
    return re.sub(r"[^\w.-]+", "-", edition)


class HomeMarket(Record):
    """The market whose machines are called domestic."""

    name: Shown = Field(description="Name shown.")
    countries: tuple[Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")], ...] = Field(
        description="ISO 3166 alpha-2 codes."
    )
    language: Text | None = Field(None, description="Language code of local names; left out where they are in several.")


class NavigationSection(Record):
    """An entry of the navigation."""

    title: Shown = Field(description="Words shown.")
    pages: tuple[Text, ...] = Field(description="Pages below content/, in order.")


class Licence(Record):
    """Terms of reuse."""

    name: Text = Field(description="Name of the licence.")
    URL: Address = Field(description="Its text.")


class OtherLanguage(Record):
    """A language into which the report is translated, by the catalogues in data/locale."""

    id: Language = Field(description="Code of the language; its pages lie below it.", examples=["de", "zh-Hans"])
    name: Text = Field(description="Name of the language in itself, for the switch.", examples=["Deutsch"])


class Report(Record):
    """The report."""

    title: Shown = Field(description="Title.")
    subtitle: Shown = Field(description="Second line of the title.")
    description: Shown = Field(description="One sentence for search engines and cards.")
    publisher: Shown = Field(description="Who publishes it.")
    language: Language = Field(description="Language code of the text.", examples=["en", "zh-Hans"])
    locale: Language | None = Field(
        None,
        description="Language with its country, where dates, numbers and lists follow the customs of one; without it those of the language.",
        examples=["en-GB", "de-CH"],
    )
    languages: tuple[OtherLanguage, ...] = Field((), description="Languages into which it is translated.")
    home_market: HomeMarket = Field(description="Whose machines are domestic.")
    editions: tuple[Edition, ...] = Field(min_length=1, description="Editions by date.")
    navigation: tuple[NavigationSection, ...] = Field(description="The navigation.")
    data_licence: Licence = Field(description="Terms for text and data.")
    code_licence: Licence = Field(description="Terms for code.")
    never_link: tuple[Text, ...] = Field(description="Hosts that no page may link to.")
    instructions: tuple[Text, ...] = Field(
        (),
        description="How sentences, or parts of them behind a mark, begin that speak to editors; no text that is shown may have one.",
    )
    figures_allowed: tuple[Text, ...] = Field(description="Names with digits that prose may contain without a macro.")


class Plural(Record):
    """A phrase with a number; {n} stands for it. A language needs the forms that it counts in."""

    zero: Shown | None = Field(None, description="For none.")
    one: Shown | None = Field(None, description="For one, and what is counted like it.")
    two: Shown | None = Field(None, description="For two.")
    few: Shown | None = Field(None, description="For a few.")
    many: Shown | None = Field(None, description="For many.")
    other: Shown = Field(description="For any other number.")

    def of(self, form: str) -> str:
        """Return the phrase for a form of counting."""
        return getattr(self, form) or self.other


class Words(Record):
    """Words shown by generated blocks. {name} in braces is filled in."""

    phrases: dict[Id, Shown | Plural] = Field(description="Phrases by name.")
    names: dict[Id, dict[Text, Shown]] = Field(description="Names of the words that data files use, by kind.")


class Index(Record):
    """Every record that has a file of its own, in reading order."""

    equipment: Ids = Field(description="Equipment classes in process order.")
    suppliers: Ids = Field(description="Companies.")
    priorities: Ids = Field(description="Priorities.")
    evidence: Ids = Field(description="Files of facts.")
    sources: Ids = Field(description="Files of sources.")
