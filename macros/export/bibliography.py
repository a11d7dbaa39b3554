"""Bibliography: the sources for citation managers, as BibTeX, RIS and CSL-JSON.

A source has a publisher and no authors: the body that speaks. Where a format asks for an institution, that is it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pydantic_core import to_json

from macros.landscape import Landscape
from macros.model.evidence import Source

FOLDER = "downloads"
BIBTEX, RIS, CSL = (f"{FOLDER}/sources.{ending}" for ending in ("bib", "ris", "csl.json"))
_BIBTEX_TYPES = {
    "article-journal": ("article", "journal"),
    "article-magazine": ("article", "journal"),
    "article-newspaper": ("article", "journal"),
    "book": ("book", "publisher"),
    "report": ("techreport", "institution"),
}
_RIS_TYPES = {
    "article-journal": "JOUR", "article-magazine": "MGZN", "article-newspaper": "NEWS", "book": "BOOK",
    "post-weblog": "BLOG", "report": "RPRT", "standard": "STAND", "webpage": "ELEC",
}  # fmt: skip
# What TeX would read as a command.
_TEX = str.maketrans({
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    **{letter: f"\\{letter}" for letter in "{}$&%#_"},
})  # fmt: skip


def bibliography_files(land: Landscape) -> Iterator[tuple[str, bytes]]:
    """Yield the sources in each format, in the order of the data."""
    types = {kind.id: kind.csl_type for kind in land.method.source_kinds}
    listed = [(source, types[source.kind]) for source in land.sources.values()]
    yield BIBTEX, "\n".join(bibtex(*entry) for entry in listed).encode()
    yield RIS, "".join(ris(*entry) for entry in listed).encode()
    records = b",\n".join(to_json(csl(*entry)) for entry in listed)
    yield CSL, b"[\n%b\n]\n" % records


def bibtex(source: Source, csl_type: str) -> str:
    """Return one entry. Fields that older styles know (year, month) stand beside those of biblatex (date, urldate)."""
    kind, outlet = _BIBTEX_TYPES.get(csl_type, ("misc", "publisher"))
    parts = (source.issued or "").split("-")
    inside = source.container_title if outlet == "journal" else None
    fields = {
        "title": f"{{{_tex(source.title)}}}",
        outlet: _tex(inside or source.publisher),
        "publisher": _tex(source.publisher) if outlet != "publisher" else None,
        "howpublished": _tex(source.container_title) if source.container_title and not inside else None,
        "date": source.issued,
        "year": parts[0],
        "month": str(int(parts[1])) if len(parts) > 1 else None,
        "url": _tex_address(source.URL) if source.URL else None,
        "urldate": source.accessed,
        "language": source.language,
        "note": _tex(source.note) if source.note else None,
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{kind}{{{source.id},\n{lines}}}\n"


def ris(source: Source, csl_type: str) -> str:
    """Return one record, a line a field."""
    fields = [
        ("TY", _RIS_TYPES.get(csl_type, "GEN")),
        ("ID", source.id),
        ("TI", source.title),
        ("T2", source.container_title),
        ("PB", source.publisher),
        ("PY", source.issued[:4] if source.issued else None),
        ("DA", _slashed(source.issued)),
        ("UR", source.URL),
        ("Y2", _slashed(source.accessed)),
        ("LA", source.language),
        ("N1", source.note),
    ]
    lines = "".join(f"{tag}  - {_one_line(value)}\r\n" for tag, value in fields if value)
    return f"{lines}ER  - \r\n\r\n"


def csl(source: Source, csl_type: str) -> dict[str, Any]:
    """Return one item, its fields named as in the data."""
    fields = {
        "id": source.id,
        "type": csl_type,
        "title": source.title,
        "container-title": source.container_title,
        "publisher": source.publisher,
        "issued": _parts(source.issued),
        "accessed": _parts(source.accessed),
        "URL": source.URL,
        "language": source.language,
        "note": source.note,
    }
    return {name: value for name, value in fields.items() if value}


def _parts(date: str | None) -> dict[str, list[list[int]]] | None:
    return {"date-parts": [[int(part) for part in date.split("-")]]} if date else None


def _slashed(date: str | None) -> str | None:
    """Return a date as RIS writes it: year/month/day/, empty where not known."""
    return "/".join((date.split("-") + ["", ""])[:3]) + "/" if date else None


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _tex(text: str) -> str:
    text = _one_line(text)
    if not _is_balanced(text):
        # BibTeX counts braces, escaped or not, and no command for one is known to all readers.
        text = text.translate(str.maketrans("{}", "()"))
    return text.translate(_TEX)


def _is_balanced(text: str) -> bool:
    depth = 0
    for letter in re.findall("[{}]", text):
        depth += (letter == "{") - (letter == "}")
        if depth < 0:
            return False
    return depth == 0


def _tex_address(address: str) -> str:
    """Return an address as a field may hold it: what TeX would count or read is written as in addresses."""
    return re.sub(r"[{}\\]", lambda match: f"%{ord(match.group()):02X}", address)
