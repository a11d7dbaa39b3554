"""Names of authors, as CSL has them and as one line of text. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from pydantic import Field

from macros.model.base import Record, Text

ET_AL = "et al."
# A family name, a given name and what follows it; a comma doubled or at the end keeps a body in one piece.
_PARTS = re.compile(r"([^,]+),\s*([^,]+?)(?:,\s*([^,]+))?")


class Name(Record):
    """Name of an author: family and given name of a person, or literal for a body."""

    family: Text | None = Field(
        default=None, description="Family name of a person, with what belongs to it.", examples=["van Dam"]
    )
    given: Text | None = Field(default=None, description="Given name, or its initials.", examples=["Ada"])
    suffix: Text | None = Field(default=None, description="What stands behind the name of a person.", examples=["Jr."])
    literal: Text | None = Field(
        default=None, description="Name of a body, or a name that is not to be taken apart.", examples=["ACME, Inc."]
    )


def index_form(name: Name) -> str:
    """Return a name as in RIS: family name first. A comma in the name of a body is doubled, as EndNote requires."""
    if name.literal:
        return name.literal.replace(",", ",,")
    return ", ".join(part for part in (name.family, name.given, name.suffix) if part)


def name_of(text: str) -> Name:
    """Parse a name in that form."""
    text = " ".join(text.split())
    found = _PARTS.fullmatch(text)
    if not found:
        return Name(literal=text.rstrip(", ").replace(",,", ","))
    family, given, suffix = found.groups()
    return Name(family=family, given=given, suffix=suffix)


def names_of(text: str) -> tuple[Name, ...]:
    """Return the names in a text, between semicolons."""
    return tuple(name_of(part) for part in re.split("[;；]", text) if part.strip())


def names_text(names: Iterable[Name]) -> str:
    return "; ".join(map(index_form, names))


def in_reading_order(names: Iterable[Name]) -> str:
    """Return names as a reader says them, Ada Roe; ACME, Inc.: family name first where the script has no blanks."""
    return "; ".join(map(_spoken_name, names))


def _spoken_name(name: Name) -> str:
    if name.literal:
        return name.literal
    if is_wide(name.family or "") and is_wide(name.given or ""):
        return f"{name.family}{name.given}"
    return " ".join(part for part in (name.given, name.family, name.suffix) if part)


def is_wide(text: str) -> bool:
    """Return whether all letters of a text are full-width, as in scripts without blanks between words."""
    letters = [letter for letter in text if not letter.isspace()]
    return bool(letters) and all(unicodedata.east_asian_width(letter) in "WF" for letter in letters)
