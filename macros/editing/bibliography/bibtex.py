"""BibTeX: the entries of a file, their LaTeX as plain text.

pybtex joins strings, knows macros and takes names apart, as BibTeX itself does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from macros.editing.bibliography.item import Item, Read, date_of, year_of
from macros.model.names import ET_AL, Name, is_wide

_TYPES = {
    "article": "article-journal", "inproceedings": "paper-conference", "conference": "paper-conference",
    "techreport": "report", "report": "report", "online": "webpage", "electronic": "webpage", "www": "webpage",
    "misc": "document", "book": "book", "incollection": "chapter", "inbook": "chapter", "phdthesis": "thesis",
    "mastersthesis": "thesis", "thesis": "thesis", "standard": "standard", "patent": "patent",
}  # fmt: skip
_COMMAND = re.compile(r"\\(?:url|href|path)\s*\{([^{}]*)\}")
_OF_ENTRY = re.compile(r"entry(?: with key|:) (\S+)")
_START = re.compile(r"^[ \t]*@\w+\s*[{(]\s*([^\s,]+)\s*,", re.MULTILINE)


def bibtex_items(text: str) -> list[Item]:
    """Return the entries of a BibTeX file; one that cannot be read says why, the others are not touched by it."""
    from pybtex import errors
    from pybtex.database.input.bibtex import Parser

    with errors.capture() as slips:
        found = Parser(person_fields=()).parse_string(text).entries
        items = [_item(key, entry) for key, entry in found.items()]
    broken, told = _sort_notes(text, [item.id for item in items], slips)
    for item in items:
        item.why_not = broken.pop(item.id, "")
        item.notes += [note for key, note in told if key in (item.id, "")]
    return items or [Item("", why_not=why) for why in broken.values()]


def _sort_notes(text: str, keys: list[str], slips: Iterable[Any]) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Return why entries cannot be read, by key, and the notes on those that can: key ("" for all) and note."""
    from pybtex.database import BibliographyDataError
    from pybtex.database.input.bibtex import UndefinedMacro

    starts = [(text.count("\n", 0, at.start()) + 1, at[1]) for at in _START.finditer(text) if at[1] in keys]
    broken: dict[str, str] = {}
    told: list[tuple[str, str]] = []
    for slip in slips:
        said = str(slip)
        line = getattr(slip, "lineno", None) or 1
        start, key = next((known for known in reversed(starts) if known[0] <= line), (line, ""))
        if isinstance(slip, UndefinedMacro):
            told.append((key, f"{said}; nothing was put in its place"))
        elif isinstance(slip, BibliographyDataError):
            told += [(found[1], f"{said}; the first was read") for found in [_OF_ENTRY.search(said)] if found]
        else:
            broken.setdefault(key, f"the entry in line {start} is not BibTeX that can be read ({said})")
    return broken, told


def _item(key: str, entry: Any) -> Item:
    raw = {name.lower(): value for name, value in entry.fields.items()}
    item = Item(key, _TYPES.get(entry.type.lower(), ""))
    text = {name: _plain(item, value) for name, value in raw.items() if name in _READ}
    item.author = tuple(_names(item, raw.get("author", "")))
    item.title = text.get("title", "")
    if "subtitle" in text:
        item.title += f": {text['subtitle']}"
    item.issued = item.read(_issued(text))
    item.accessed = item.read(date_of(text.get("urldate", "")))
    item.language = text.get("langid") or text.get("language", "")
    item.note = text.get("note", "")
    item.kind, item.reliability = raw.get("kind", ""), raw.get("reliability", "")
    item.DOI = raw.get("doi", "").replace("\\", "")
    howpublished = _address(raw.get("howpublished", ""))
    item.URL = _address(raw.get("url", "")) or raw.get("url", "") or howpublished
    item.publisher = next(
        (text[name] for name in ("publisher", "institution", "organization", "school") if name in text), ""
    )
    containers = ("journal", "journaltitle", "booktitle", *(() if howpublished else ("howpublished",)))
    item.container = next((text[name] for name in containers if name in text), "")
    _settle_publisher(item, raw.get("author", ""), entry.type.lower() == "article")
    return item


_READ = frozenset(
    "title subtitle date year month day urldate langid language note publisher institution organization school journal"
    " journaltitle booktitle howpublished".split()
)


def _settle_publisher(item: Item, authors: str, is_article: bool) -> None:
    """Take an author in braces, which is a body, as the publisher where none is named.

    A journal or author that repeats the publisher is left out: older styles ask for one of each.
    """
    body = item.author[0].literal if len(item.author) == 1 and authors.startswith("{") else None
    if not item.publisher:
        item.publisher = "" if is_article and item.container else body or ""
        return
    if is_article and item.container == item.publisher:
        item.container = ""
    if body == item.publisher:
        item.author = ()


def _plain(item: Item, value: str) -> str:
    text, unknown = plain_text(value)
    if unknown:
        item.notes.append(f'of "{value}" {", ".join(unknown)} could not be read: "{text}"')
    return text


def _names(item: Item, value: str) -> Iterator[Name]:
    from pybtex.bibtex.utils import split_name_list
    from pybtex.database import Person

    for name in split_name_list(value) if value.strip() else ():
        # More commas than a name has, or no blank between its parts: not to be taken apart.
        if name.count(",") < 3 and not is_wide(name):
            person = Person(name)
            kinds = (("prelast", "last"), ("first", "middle"), ("lineage",))
            parts = [" ".join(part for kind in group for part in person.get_part(kind)) for group in kinds]
        else:
            parts = ["".join(name.split()) if is_wide(name) else name]
        family, given, suffix = (*(_plain(item, part) for part in parts), "", "")[:3]
        if family == "others" and not given:
            family = ET_AL
        yield Name(family=family, given=given, suffix=suffix or None) if given else Name(literal=family)


def _issued(text: Mapping[str, str]) -> Read:
    if text.get("date"):
        return date_of(text["date"])
    year, note = year_of(text.get("year", ""))
    month, day = text.get("month", ""), text.get("day", "")
    if note or not month or not year:
        return year, note
    if month.isdecimal():
        return date_of("-".join(filter(None, (year, month, day if day.isdecimal() else ""))))
    return date_of(f"{day} {month}" if day else month, year)


def _address(value: str) -> str:
    """Return the address in a value as BibTeX has it; empty when there is none."""
    found = _COMMAND.search(value)
    address = (found[1] if found else value).strip(" {}<>")
    return re.sub(r"\\(.)", r"\1", address) if re.match("https?:", address, re.IGNORECASE) else ""


# Signs whose loss would change what is said, and commands that only dress the text behind them: pylatexenc drops both.
_SIGNS = {"textless": "<", "textgreater": ">", "textbar": "|", "textquotesingle": "'", "textasciicircum": "^"}
_DRESS = ("textsubscript", "textsuperscript", "ce", "mathrm", "mathit", "mathsf", "uppercase", "lowercase", "url")
_BELOW = re.compile(r"\$_\{?(\d+)\}?\$")
_BELOW_LINE = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_BARE = re.compile(r"(?<!\\)([&%#])")


def plain_text(value: str) -> tuple[str, list[str]]:
    """Return the text of a value, and the commands in it that could not be read."""
    if not re.search(r"[\\{}$~^_&%#`'-]", value):
        return value, []
    reader, unknown = _reader()
    unknown.clear()
    value = _BELOW.sub(lambda found: found[1].translate(_BELOW_LINE), value)
    # A bare & or % is common in exported files, and would be a column or a comment to LaTeX.
    text = str(reader.latex_to_text(_BARE.sub(r"\\\1", value)))
    return " ".join(text.split()), list(dict.fromkeys(unknown))


@cache
def _reader() -> tuple[Any, list[str]]:
    """Return the reader, and the list in which it notes the commands it does not know."""
    from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

    unknown: list[str] = []

    def note(node: Any) -> str:
        unknown.append(f"\\{node.macroname}")
        return ""

    known = get_default_latex_context_db()
    specs = [MacroTextSpec(name, sign) for name, sign in _SIGNS.items()]
    specs += [MacroTextSpec(name, "%s" if name in ("mathrm", "mathit", "mathsf", "url") else "") for name in _DRESS]
    known.add_context_category("signs", prepend=True, macros=specs)
    known.set_unknown_macro_spec(MacroTextSpec("", note))
    return LatexNodes2Text(latex_context=known), unknown
