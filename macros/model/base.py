"""What all records share: strictness, and the types of their fields."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, Any, Literal, Self, TypeGuard, get_args
from unicodedata import normalize
from urllib.parse import quote, urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints


class Record(BaseModel):
    """A record of the data: unknown fields are refused, nothing is converted, nothing changes after reading."""

    # Validators are built when first asked for: those of records within others never are.
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)

    def model_post_init(self, _: Any) -> None:
        _forget_what_was_given(self)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        copied = super().model_copy(update=update, deep=deep)
        _forget_what_was_given(copied)
        return copied


# Pydantic notes for every record which fields were given, in a set larger than the record itself. Nobody asks.
_NOTHING: set[str] = set()


def _forget_what_was_given(record: Record) -> None:
    object.__setattr__(record, "__pydantic_fields_set__", _NOTHING)


@cache
def fields_of(model: type[Record]) -> dict[str, str]:
    """Return the fields of a model, each with its name in the files. Cached: pydantic looks them up anew each time."""
    return {name: info.alias or name for name, info in model.model_fields.items()}


@cache
def holders_of(model: type[Record]) -> dict[str, str]:
    """Return the fields of a model that may hold records, each with its name in the files."""
    fields = model.model_fields
    return {
        name: alias
        for name, alias in fields_of(model).items()
        if any(issubclass(found, Record) for found in types_in(fields[name].annotation))
    }


def types_in(annotation: object) -> Iterator[type]:
    """Yield every class that the annotation of a field names."""
    parts = get_args(annotation)
    if isinstance(annotation, type) and not parts:
        yield annotation
    for part in parts:
        yield from types_in(part)


def records_within(value: object, keys: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Record]]:
    """Yield every record in a value, itself first, with the keys that lead to it in the files."""
    if isinstance(value, Record):
        yield keys, value
        for name, alias in holders_of(type(value)).items():
            yield from records_within(getattr(value, name), (*keys, alias))
    elif isinstance(value, (tuple, dict)):
        for at, part in enumerate(value) if isinstance(value, tuple) else value.items():
            yield from records_within(part, (*keys, at))


@cache
def existing_date(text: str) -> str:
    """Return the date if it exists: a year, year-month or year-month-day."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) > 1 and not 1 <= parts[1] <= 12:
        raise ValueError(f"there is no month {parts[1]}; write year, month and day in this order")
    if len(parts) > 2 and not 1 <= parts[2] <= monthrange(parts[0], parts[1])[1]:
        raise ValueError(f"there is no day {parts[2]} in that month; mend the day or the month")
    return text


def first_day(date: str) -> str:
    """Return a date of the data as a day: the first one of a month or a year."""
    return f"{date}-01-01"[:10]


# Signs that an address must have as %xx. Letters of any script may stand as they are: browsers encode them.
UNFIT = r"[\[\]{}|\\^`]"


# Most addresses: nothing but letters, digits and signs that stand anywhere in one.
_PLAIN_ADDRESS = re.compile(r"https?://(?!https?/)[a-z0-9][a-z0-9.-]*(/[\w./~%?=&#+,;:@!$()*-]*)?", re.ASCII)

_DOI = re.compile(r"(?:doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_BARE_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/[^\s<>\"']*)?", re.IGNORECASE)
_TWICE = re.compile(r"https?:/{0,2}(https?):?//(.*)", re.IGNORECASE)


def http_address(text: str) -> str:
    if _PLAIN_ADDRESS.fullmatch(text):
        return text
    try:
        host = urlsplit(text).hostname
    except ValueError:
        host = None
    plain = normalize("NFKC", text)
    if plain != text and _PLAIN_ADDRESS.fullmatch(plain):
        raise ValueError(f"has full-width signs; write {plain}")
    if doi := _DOI.fullmatch(text):
        raise ValueError(f"is a DOI, not an address; write https://doi.org/{doi[1]}")
    if twice := _TWICE.fullmatch(text):
        raise ValueError(f"begins twice; write {twice[1]}://{twice[2]}")
    if not host or not re.fullmatch(r"https?://[^\s<>\"']+", text):
        right = (
            f"write https://{text}"
            if _BARE_HOST.fullmatch(text)
            else "write one without spaces, such as https://example.org/page"
        )
        raise ValueError(f"is not a web address; {right}")
    if found := re.search(UNFIT, text):
        raise ValueError(f"has {found.group()}, which no address may have; write {quote(found.group())} instead")
    return text


ID_FORM = r"^[a-z0-9]+(-[a-z0-9]+)*$"
DATE_FORM = r"^\d{4}(-\d{2}(-\d{2})?)?$"
# An id within a text. In ASCII: in a text without blanks a word of another script ends where an id begins.
ID_IN_TEXT = re.compile(r"\b[a-z0-9]+(?:-[a-z0-9]+)+\b", re.ASCII)

Text = Annotated[str, StringConstraints(min_length=1, max_length=2000, pattern=r"\S")]
# What a text is to readers: words of a language, or the name of a unit. All others are names that data and programs use.
Shown = Annotated[Text, "words"]
UnitName = Annotated[Text, "unit"]
Id = Annotated[str, StringConstraints(pattern=ID_FORM, max_length=60)]
Year = Annotated[int, Field(ge=1800, le=2100)]
DateText = Annotated[str, StringConstraints(pattern=DATE_FORM), AfterValidator(existing_date)]
Address = Annotated[str, AfterValidator(http_address)]
Number = int | float
Range = tuple[Number, Number]
Figure = Number | Range | Shown
Origin = Literal["domestic", "imported", "both"]
Grade = Literal["high", "medium", "low"]
Bound = Literal["about", "almost", "at-least", "less-than", "more-than", "possibly-more-than", "up-to", "within"]
Audience = Literal["public", "internal"]
Ids = tuple[Id, ...]
ForEditors = Annotated[
    Text | None, Field(exclude=True, description="For those who edit the record: what to look at, and what not to do.")
]
"""A note that no build shows. Excluded, so that no copy of a record carries it."""


def is_figure(value: object) -> TypeGuard[Number | Range]:
    """Return whether a value is a number or a range, not a text."""
    return isinstance(value, (int, float, tuple)) and not isinstance(value, bool)


def bounds(value: Number | Range) -> tuple[float, float]:
    """Return the lower and upper end of a value or range."""
    return (float(value[0]), float(value[1])) if isinstance(value, tuple) else (float(value), float(value))
