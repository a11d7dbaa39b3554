"""Bibliography: the fields of a source from a BibTeX, RIS or CSL-JSON file. All three become CSL first."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

LARGEST = 5_000_000
Item = dict[str, Any]

_RIS_TYPES = {
    "JOUR": "article-journal", "EJOUR": "article-journal", "MGZN": "article-magazine", "NEWS": "article-newspaper",
    "CONF": "paper-conference", "CPAPER": "paper-conference", "RPRT": "report", "STAND": "standard",
    "ELEC": "webpage", "BLOG": "post-weblog", "BOOK": "book", "CHAP": "chapter", "THES": "thesis", "GOVDOC": "document",
}  # fmt: skip
_BIBTEX_TYPES = {
    "article": "article-journal", "inproceedings": "paper-conference", "techreport": "report", "report": "report",
    "online": "webpage", "misc": "document", "book": "book", "phdthesis": "thesis", "mastersthesis": "thesis",
}  # fmt: skip
_MARKUP = re.compile(r"</?[A-Za-z][^>]*>")


class NoSource(Exception):
    """Raised when a file gives no source; says why."""


def source_fields(path: Path, kinds: Mapping[str, str], entry: str | None = None) -> dict[str, str]:
    """Return the fields of a source that a file gives, by their names in the data.

    `kinds` gives the CSL type of each kind of source, `entry` names one of several. Raises NoSource.
    """
    items = _items(path)
    if entry is not None:
        items = [item for item in items if str(item.get("id")) == entry]
    if len(items) != 1:
        names = ", ".join(str(item.get("id")) for item in items[:10])
        why = f"holds {len(items)} entries; choose one with --entry: {names}" if items else "holds no such entry"
        raise NoSource(f"{path}: {why}")
    return _fields(items[0], kinds)


def _items(path: Path) -> list[Item]:
    readers = {".json": _csl, ".bib": _bibtex, ".ris": _ris}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise NoSource(f"{path}: ends in none of {', '.join(readers)}")
    try:
        if path.stat().st_size > LARGEST:
            raise NoSource(f"{path}: is too large, at most {LARGEST} bytes")
        items = reader(path.read_text("utf-8-sig"))
    except NoSource:
        raise
    except OSError as error:
        raise NoSource(f"{path}: cannot be read ({error.strerror})") from error
    except Exception as error:  # whatever a parser makes of a broken file
        raise NoSource(f"{path}: is no {path.suffix[1:]} file that can be read ({error})") from error
    if not items:
        raise NoSource(f"{path}: holds no entry")
    return items


def _csl(text: str) -> list[Item]:
    found = json.loads(text)
    return [item for item in (found if isinstance(found, list) else [found]) if isinstance(item, dict)]


def _ris(text: str) -> list[Item]:
    import rispy

    return [
        {
            "id": row.get("id") or row.get("label") or str(number),
            "type": _RIS_TYPES.get(row.get("type_of_reference", ""), ""),
            "title": row.get("title") or row.get("primary_title"),
            "author": row.get("authors") or row.get("first_authors"),
            "publisher": row.get("publisher"),
            "container-title": row.get("journal_name") or row.get("secondary_title"),
            "issued": row.get("date") or row.get("year") or row.get("publication_year"),
            "accessed": row.get("access_date"),
            "URL": next(iter(row.get("urls", ())), None),
            "DOI": row.get("doi"),
            "language": row.get("language"),
        }
        for number, row in enumerate(rispy.loads(text), start=1)
    ]


def _bibtex(text: str) -> list[Item]:
    import bibtexparser
    from bibtexparser.middlewares import MonthIntMiddleware

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    library = bibtexparser.parse_string(text, append_middleware=[MonthIntMiddleware()])
    if library.failed_blocks:
        raise NoSource(f"the entry in line {library.failed_blocks[0].start_line + 1} is no BibTeX")
    return [_from_bibtex(entry.key, entry.entry_type, _values(entry)) for entry in library.entries]


def _values(entry: Any) -> dict[str, str]:
    return {name.lower(): str(field.value) for name, field in entry.fields_dict.items()}


def _from_bibtex(key: str, sort: str, raw: dict[str, str]) -> Item:
    text = {name: _unlatex(value) for name, value in raw.items()}
    date = text.get("date") or "-".join(part.zfill(2) for part in (text.get("year"), text.get("month")) if part)
    container = text.get("journal") or text.get("journaltitle") or text.get("booktitle")
    return {
        "id": key,
        "type": _BIBTEX_TYPES.get(sort.lower(), ""),
        "title": text.get("title"),
        "author": text["author"].split(" and ") if "author" in text else None,
        "publisher": text.get("publisher") or text.get("institution") or text.get("organization"),
        "container-title": container,
        "issued": date,
        "accessed": text.get("urldate"),
        "URL": raw.get("url", "").replace("\\", "") or None,
        "DOI": raw.get("doi"),
        "language": text.get("langid") or text.get("language"),
    }


def _unlatex(value: str) -> str:
    from pylatexenc.latex2text import LatexNodes2Text

    # Bare & and % are common in exported files, and would be a column and a comment to LaTeX.
    return LatexNodes2Text().latex_to_text(re.sub(r"(?<!\\)([&%])", r"\\\1", value))


def _fields(item: Item, kinds: Mapping[str, str]) -> dict[str, str]:
    doi = str(item.get("DOI") or "").removeprefix("https://doi.org/")
    fitting = [kind for kind, sort in kinds.items() if sort == item.get("type")]
    container = _clean(item.get("container-title"))
    found = {
        "title": _clean(item.get("title")),
        "publisher": _clean(item.get("publisher")) or container or _names(item.get("author") or ()),
        "issued": _date(item.get("issued")),
        "accessed": _date(item.get("accessed")),
        "URL": str(item.get("URL") or "") or (f"https://doi.org/{doi}" if doi else ""),
        "kind": fitting[0] if len(fitting) == 1 else "",
        "language": str(item.get("language") or "").partition("-")[0].lower(),
    }
    if container and container != found["publisher"]:
        found["container-title"] = container
    return {name: value for name, value in found.items() if value}


def _clean(value: Any) -> str:
    value = value[0] if isinstance(value, list) and value else value
    return " ".join(_MARKUP.sub("", str(value or "")).split())


def _names(authors: Iterable[Any]) -> str:
    names = [
        author.get("literal") or author.get("family", "") if isinstance(author, dict) else str(author).partition(",")[0]
        for author in authors
    ]
    return f"{names[0]} et al." if len(names) > 2 else " and ".join(names)


def _date(value: Any) -> str:
    """Return a date as 2024, 2024-05 or 2024-05-13; nothing for what is none."""
    if isinstance(value, dict):
        parts = (value.get("date-parts") or [[]])[0]
        value = "-".join(str(part) for part in parts) or value.get("raw") or value.get("literal")
    numbers = re.findall(r"\d+", str(value or ""))[:3]
    if not numbers or len(numbers[0]) != 4:
        return ""
    return "-".join([numbers[0], *(number.zfill(2) for number in numbers[1:] if int(number) and len(number) <= 2)])
