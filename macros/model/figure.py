"""Find the figure in a text: the number or range that its editor meant. Pure."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple
from unicodedata import normalize

# Words and signs before a number that say how exact it is.
_ABOUT = r"(?:(?:about|almost|around|ca\.?|at least|at most|below|less than|more than|over|up to|[~≈<>≤≥=])\s*)?"
_DIGITS = r"\d[\dlO]*(?:[ _'’]\d{3})*(?:[.,][\dlO]*)*(?:[eE][-+]?\d{1,2})?|\.\d+"
_NUMBER = re.compile(rf"(?i:{_ABOUT})(?P<number>[-+]?(?:{_DIGITS}))\s*%?")
_RANGE = re.compile(r"(\d+(?:[.,]\d+)?)\s*%?\s*(?:-|–|—|~|\.\.|\.\.\.|…|,(?=\s))\s*(\d+(?:[.,]\d+)?)\s*%?")
_TOLERANCE = re.compile(rf"(?P<number>[-+]?(?:{_DIGITS}))\s*%?\s*(?:±|\+/-|\+-)\s*(?P<more>{_DIGITS})\s*%?")
_GROUPED_BY_POINTS = re.compile(r"[-+]?[1-9]\d{0,2}(\.\d{3}){2,}")
_GROUPED = re.compile(r"[-+]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?")
# The loader reads plain decimals of so many signs.
LONGEST = 18


class Meant(NamedTuple):
    """A figure as it is to be typed, and the tolerance that stood beside it."""

    text: str
    tolerance: str = ""


def meant_figure(text: str) -> Meant | None:
    """Return the figure of a text that is one number or range with little else; None for any other text."""
    plain = normalize("NFKC", text).replace("−", "-").replace("\u2009", " ").strip()
    if found := _TOLERANCE.fullmatch(plain):
        number, more = _decimal(found["number"]), _decimal(found["more"])
        return Meant(plain_decimal(number), plain_decimal(more)) if number is not None and more is not None else None
    if found := _RANGE.fullmatch(plain):
        ends = [_decimal(end) for end in found.groups()]
        return Meant(f"[{', '.join(plain_decimal(end) for end in ends if end is not None)}]")
    found = _NUMBER.fullmatch(plain)
    number = _decimal(found["number"]) if found else None
    return Meant(plain_decimal(number)) if number is not None else None


def plain_decimal(number: Decimal) -> str:
    """Return a number without an exponent or zeros behind its decimals."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _decimal(text: str) -> Decimal | None:
    """Return the number of digits that may be grouped or have a comma for a point."""
    text = re.sub(r"[ _'’]", "", text.replace("l", "1").replace("O", "0"))
    text = text.replace(".", "") if _GROUPED_BY_POINTS.fullmatch(text) else text
    text = text.replace(",", "") if _GROUPED.fullmatch(text) else text.replace(",", ".")
    try:
        number = Decimal(text)
    except ArithmeticError:
        return None
    return number if len(plain_decimal(number)) <= LONGEST else None
