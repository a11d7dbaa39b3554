"""Twins: what two languages of a page must have in common - ids, blocks and figures - read from the HTML alone.

Figures are compared block by block, as values: languages have their own words for powers of ten, months and small numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

_WITHIN = {"a", "abbr", "b", "br", "dfn", "em", "i", "img", "input", "small", "span", "strong", "sub", "sup", "time"}
# Where two elements meet within a block: what stands on either side is no one word.
_JOINT = "\u200b"
_SILENT = re.compile(r"<(script|style|pre|code|template|svg)\b.*?</\1>", re.DOTALL)
_ID = re.compile(r'<[^<>]*\sid="([^"]*)"')
# Digits that are joined to letters are parts of names, but for decades: 2D, G7, 1990s.
_NUMBER = re.compile(
    r"(?<![A-Za-z\d])(?<![A-Za-z]-)(?<!\d[.,])(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)(?!(?!s\b)[A-Za-z\d])"
)
_DOTTED = re.compile(r"\d{1,3}\.\d{3}")
_POWERS = {
    "ten thousand": 4, "hundred million": 8, "thousand": 3, "million": 6, "billion": 9, "trillion": 12,
    "万亿": 12, "亿": 8, "十亿": 9, "百万": 6, "千万": 7, "万": 4,
    "Mio": 6, "Mrd": 9,
    "ألف": 3, "مليون": 6, "مليار": 9,
}  # fmt: skip
_POWER = re.compile("|".join(sorted(_POWERS, key=len, reverse=True)))
_WORDS = {
    word: at
    for words in (
        "zero one two three four five six seven eight nine ten eleven twelve",
        "零 一 二 三 四 五 六 七 八 九 十",
    )
    for at, word in enumerate(words.split())
} | {"两": 2, "twice": 2, "double": 2, "both": 2, "once": 1, "single": 1, "half": 2, "third": 3}
# What may be a cell of a table, whose head has the unit: a figure in a few words.
_CELL = re.compile(r"\D{0,20}[\d.,–]+\D{0,20}")
_WORD = re.compile("[a-z]+|[零一二两三四五六七八九十]")
# Addresses, months in figures, and what a part is one of: 5月 but not 5个月, 1/5.
_PASSED = re.compile(r"https?://\S+|(?<!\d)\d{1,2}\s*月|(?<!\d)1/(?=\d)")


@dataclass
class Twin(HTMLParser):
    """The ids of a page, and the text of each block of its main part, by the id above it; what is drawn or code is passed over."""

    path: Path
    ids: list[str] = field(default_factory=list)
    # By id, the blocks from there to the next id.
    parts: dict[str, list[str]] = field(default_factory=lambda: {"": [""]})

    def __post_init__(self) -> None:
        super().__init__()
        html = self.path.read_text(encoding="utf-8")
        self.ids = sorted(_ID.findall(html))
        self.feed(_SILENT.sub(_JOINT, html[html.index("<main") : html.index("</main>")]))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if name := dict(attrs).get("id"):
            self.parts[name] = [""]
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        self.handle_data(_JOINT)
        if tag not in _WITHIN:
            self._blocks.append("")

    def handle_data(self, data: str) -> None:
        self._blocks[-1] += data

    @property
    def _blocks(self) -> list[str]:
        return self.parts[next(reversed(self.parts))]

    def blocks(self, name: str) -> list[str]:
        """Return the blocks from an id to the next that have words or figures."""
        return [text for text in self.parts[name] if text.strip(f" \n{_JOINT}")]


Values = frozenset[Decimal]


def figures(text: str, around: str = "") -> list[Values]:
    """Return the values that each figure of a text may have: with the power of ten behind it, or one further on or around.

    Units have powers that differ from language to language, and a table names its unit once.
    """
    # A comma before one or two digits, or many, stands before decimals.
    text = re.sub(r"(?<=\d),(?=\d{1,2}(?!\d)|\d{4,})|(?<=\b0),(?=\d)", ".", _PASSED.sub(" ", text))
    powers = {_POWERS[word] for word in _POWER.findall(text + around)}
    found = []
    for match in _NUMBER.finditer(text):
        number = Decimal(match.group().replace(",", ""))
        rest = text[match.end() :].lstrip(" -")
        own, is_apart = _POWER.match(rest.lstrip(f" {_JOINT}")), rest.startswith(_JOINT)
        exponents = {_POWERS[own.group()]} if own and not is_apart else {0, *powers}
        # In some languages a dot stands between thousands.
        numbers = {number, Decimal(match.group().replace(".", ""))} if _DOTTED.fullmatch(match.group()) else {number}
        found.append(frozenset(one.scaleb(exponent).normalize() for one in numbers for exponent in exponents))
    return found


def unlike(one: Twin, other: Twin) -> Iterator[str]:
    """Yield what two languages of a page have not in common."""
    if one.ids != other.ids:
        yield f"ids: {sorted(set(one.ids) ^ set(other.ids))[:5]}"
    for name in [name for name in one.parts if name in other.parts]:
        ours, theirs = one.blocks(name), other.blocks(name)
        if len(ours) != len(theirs):  # a language may have a name more, or put words and code in another order
            ours, theirs = [" ".join(ours)], [" ".join(theirs)]
        units = [" ".join(ours), " ".join(theirs)]
        for text, said in zip(ours, theirs, strict=True):
            around = units if _CELL.fullmatch(text) else ("", "")
            missing, added = _without_equals(figures(text, around[0]), figures(said, around[1]))
            missing, added = list(_unspoken(missing, said)), list(_unspoken(added, text))
            if missing or added:
                shown = [str(min(values)) for values in (*missing, *added)]
                yield f"#{name}: {', '.join(shown)}: {' '.join(text.split())[:200]} | {' '.join(said.split())[:200]}"


def _without_equals(ours: list[Values], theirs: list[Values]) -> tuple[list[Values], list[Values]]:
    left, rest = [], list(theirs)
    for values in sorted(ours, key=len):
        twin = min((other for other in rest if values & other), key=len, default=None)
        if twin is None:
            left.append(values)
        else:
            rest.remove(twin)
    return left, rest


def _unspoken(found: Iterable[Values], said: str) -> Iterator[Values]:
    """Yield the figures that the other language says neither in words, nor joined to letters, nor as a year said once."""
    known = {Decimal(_WORDS[word]) for word in _WORD.findall(said.lower()) if word in _WORDS}
    known |= {Decimal(10) ** _POWERS[word] for word in _POWER.findall(said)}
    known |= {Decimal(digits) for digits in re.findall(r"\d+", said)}
    yield from (values for values in found if not {value.normalize() for value in known} & values)
