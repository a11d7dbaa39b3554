"""RIS, and the tagged forms of EndNote (Refer) and RefWorks, which are put into its tags first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from macros.editing.bibliography.item import Item, Read, date_of, year_of
from macros.model.names import ET_AL, Name, is_wide, name_of

_TYPES = {
    "JOUR": "article-journal", "EJOUR": "article-journal", "JFULL": "article-journal", "MGZN": "article-magazine",
    "NEWS": "article-newspaper", "CONF": "paper-conference", "CPAPER": "paper-conference", "RPRT": "report",
    "STAND": "standard", "ELEC": "webpage", "BLOG": "post-weblog", "BOOK": "book", "EBOOK": "book", "CHAP": "chapter",
    "THES": "thesis", "PAT": "patent", "GOVDOC": "document", "GEN": "document",
}  # fmt: skip
_NAMED_TYPES = {
    "journal article": "JOUR", "journal": "JOUR", "newspaper article": "NEWS", "magazine article": "MGZN",
    "conference proceedings": "CONF", "conference proceeding": "CONF", "conference paper": "CPAPER", "report": "RPRT",
    "standard": "STAND", "web page": "ELEC", "blog": "BLOG", "book": "BOOK", "book section": "CHAP", "thesis": "THES",
    "dissertation/thesis": "THES", "dissertation": "THES", "patent": "PAT",
}  # fmt: skip
_REFER = {
    "%0": "TY", "%F": "ID", "%A": "AU", "%T": "TI", "%J": "JO", "%B": "T2", "%D": "PY", "%8": "DA", "%I": "PB",
    "%U": "UR", "%R": "DO", "%G": "LA", "%[": "Y2", "%Z": "N1",
}  # fmt: skip
_REFWORKS = {
    "RT": "TY", "ID": "ID", "A1": "AU", "T1": "TI", "JF": "JF", "JO": "JO", "T2": "T2", "YR": "PY", "FD": "DA",
    "PB": "PB", "LK": "UR", "UL": "UR", "DO": "DO", "LA": "LA", "NO": "N1",
}  # fmt: skip
# A line that begins with no tag goes on with the one before.
_WRAPPED = re.compile(r"(\S)[ \t]*\n[ \t]*(?![A-Z][A-Z0-9]  -)(?=(\S))")
_OTHERS = {"others", "et al", "et al.", "等"}


def ris_items(text: str) -> list[Item]:
    """Return the entries of a file of tagged lines, of whichever of the three forms it is."""
    import rispy

    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if re.search(r"^%0 ", text, re.MULTILINE):
        text = "".join(_as_ris(text, _REFER))
    elif re.search(r"^RT ", text, re.MULTILINE):
        text = "".join(_as_ris(text, _REFWORKS))
    # rispy would put a blank where a title of wide letters was wrapped, make two of a wrapped author, and cut an address at ";".
    text = _WRAPPED.sub(lambda found: found[1] + ("" if is_wide(found[1] + found[2]) else " "), text)
    rows = rispy.loads(text, delimiter_tags_mapping={})
    return [_item(row, str(number)) for number, row in enumerate(rows, start=1)]


def _as_ris(text: str, tags: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines of another tagged form as lines of RIS; an entry begins with its type."""
    is_open = False
    for line in text.split("\n"):
        tag, value = tags.get(line[:2]), line[3:].strip()
        if tag == "TY":
            yield "ER  - \n" if is_open else ""
            value, is_open = _NAMED_TYPES.get(value.casefold(), "GEN"), True
        if tag:
            yield f"{tag}  - {value}\n"
        elif line.strip() and line[2:3] not in (" ", ""):
            yield f"{line}\n"
    yield "ER  - \n" if is_open else ""


def _item(row: Mapping[str, Any], number: str) -> Item:
    item = Item(str(row.get("id") or row.get("label") or number), _TYPES.get(row.get("type_of_reference", ""), ""))
    item.title = _first(row, "title", "primary_title")
    item.author = tuple(_names([*row.get("authors", ()), *row.get("first_authors", ())]))
    item.publisher = _first(row, "publisher")
    journal = ("journal_name", "alternate_title3", "secondary_title", "alternate_title2", "alternate_title1")
    item.container = _first(row, *journal)
    item.issued = item.read(_issued(row))
    item.accessed = item.read(date_of(_first(row, "access_date")))
    item.URL = next((address for address in row.get("urls", ()) if address), "")
    item.DOI, item.language = _first(row, "doi"), _first(row, "language")
    item.note = " ".join(row.get("notes", ()))
    item.kind, item.reliability = _first(row, "custom1"), _first(row, "custom2")
    return item


def _first(row: Mapping[str, object], *names: str) -> str:
    return next((str(row[name]) for name in names if row.get(name)), "")


def _names(lines: list[str]) -> Iterator[Name]:
    for line in lines:
        for part in re.split("[;；，]", line):
            if part.strip().casefold() in _OTHERS:
                yield Name(literal=ET_AL)
            elif part.strip():
                yield name_of(part)


def _issued(row: Mapping[str, object]) -> Read:
    """Return the date: the whole one where there is one, else the year."""
    year = year_of(_first(row, "year"))
    for text in filter(None, (_first(row, "date"), _first(row, "publication_year"))):
        date, note = date_of(text, year[0])
        if date and not note:
            return date, note
    whole = date_of(_first(row, "year"))
    return whole if whole[0] and not whole[1] else year
