"""The glossary: terms that a reader may not know, and the words in texts that open their definitions."""

from __future__ import annotations

from pydantic import Field

from macros.model.base import Id, Ids, Record, Shown, Text


class Term(Record):
    """A term with its definition. Texts mark the first use of one of its forms on a page."""

    id: Id = Field(description="Address of the term on the glossary page.")
    term: Shown = Field(description="The term as the glossary shows it.")
    name_local: Text | None = Field(
        description="Name in the language of the home market; null when there is no usual one."
    )
    aliases: tuple[Shown, ...] = Field(description="Other names of the same thing; shown, and found by search.")
    forms: tuple[Shown, ...] = Field(
        description="Words that open the definition where a text uses them, plurals too. A first small letter may also be a capital; "
        "capitals match as typed. Of several that fit the longest wins; an empty list marks nothing."
    )
    definition: Shown = Field(description="What it means, in one or two sentences.")
    evidence: Ids = Field((), description="Facts that show the term in use, where one is worth showing.")


class GlossaryFile(Record):
    """The terms that texts explain on the spot."""

    terms: tuple[Term, ...] = Field(description="The terms; the page sorts them by name.")


def form_key(text: str) -> str:
    """Return a form as it is looked up: its first letter small unless the second is a capital, blanks single."""
    words = " ".join(text.split())
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]
