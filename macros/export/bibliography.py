"""Write the sources for citation managers, as BibTeX, RIS and CSL-JSON.

Kind and reliability, for which the formats have no field, go where programs ignore them, so that each file is complete.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic_core import to_json

from macros.load.landscape import Landscape
from macros.model.evidence import Source
from macros.model.names import ET_AL, Name, index_form

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

# Between signs that TeX would draw as one: dashes, quotation marks, turned question marks.
_LIGATURE = re.compile(r"(?<=-)(?=-)|(?<=')(?=')|(?<=`)(?=`)|(?<=[?!])(?=`)")


def bibliography_files(land: Landscape) -> Iterator[tuple[str, bytes]]:
    """Yield the sources in each format, in the order of the data."""
    listed = [(source, land.source_kinds[source.kind].csl_type) for source in land.sources.values()]
    yield BIBTEX, "\n".join(bibtex(*entry) for entry in listed).encode()
    yield RIS, "".join(ris(*entry) for entry in listed).encode()
    records = b",\n".join(to_json(csl(*entry)) for entry in listed)
    yield CSL, b"[\n%b\n]\n" % records


def bibtex(source: Source, csl_type: str) -> str:
    """Return one entry. Fields that older styles know (year, month) stand beside those of biblatex (date, urldate)."""
    kind, outlet = _BIBTEX_TYPES.get(csl_type, ("misc", "publisher"))
    parts = (source.issued or "").split("-")
    fields = {
        "author": " and ".join(map(_tex_name, source.author)),
        "title": f"{{{_tex(source.title)}}}",
        **_tex_bodies(source, outlet),
        "date": source.issued,
        "year": parts[0],
        "month": str(int(parts[1])) if len(parts) > 1 else None,
        "url": _tex_address(source.URL) if source.URL else None,
        "urldate": source.accessed,
        "langid": source.language,
        "note": _tex(source.note) if source.note else None,
        "kind": source.kind,
        "reliability": source.reliability,
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{kind}{{{source.id},\n{lines}}}\n"


def _tex_bodies(source: Source, outlet: str) -> Mapping[str, str]:
    """Return who speaks and where. Older styles ask every entry for an author, and an article for a journal.

    Where the data name none, the publisher stands there as well; where they name it there, it stands there only. So
    a reader can tell the two apart.
    """
    publisher, container = f"{{{_tex(source.publisher)}}}", _tex(source.container_title or "")
    said = {"journal": container} if container else {}
    is_said = outlet == "journal" and source.container_title == source.publisher
    is_author = source.author == (Name(literal=source.publisher),) and not (outlet == "journal" and container)
    if is_said or is_author:
        return said
    if outlet == "journal":
        said = {"journal": publisher, **said, "publisher": publisher}
    else:
        said = {outlet: publisher, **said}
    return said if source.author else {"author": publisher, **said}


def _tex_name(name: Name) -> str:
    """Return a name as BibTeX takes it apart; a body stands in braces, since "and" and commas would divide it."""
    if name.literal:
        return "others" if name.literal == ET_AL else f"{{{_tex(name.literal)}}}"
    family = _tex(name.family or "")
    return ", ".join(filter(None, (f"{{{family}}}" if " " in family else family, name.suffix, _tex(name.given or ""))))


def ris(source: Source, csl_type: str) -> str:
    """Return one record, a line a field."""
    fields = [
        ("TY", _RIS_TYPES.get(csl_type, "GEN")),
        ("ID", source.id),
        ("TI", source.title),
        *(("AU", index_form(name)) for name in source.author),
        ("T2", source.container_title),
        ("PB", source.publisher),
        ("PY", source.issued[:4] if source.issued else None),
        ("DA", _slashed_date(source.issued)),
        ("UR", source.URL),
        ("Y2", _slashed_date(source.accessed)),
        ("LA", source.language),
        ("N1", source.note),
        ("C1", source.kind),
        ("C2", source.reliability),
    ]
    lines = "".join(f"{tag}  - {_one_line(value)}\r\n" for tag, value in fields if value)
    return f"{lines}ER  - \r\n\r\n"


def csl(source: Source, csl_type: str) -> dict[str, Any]:
    """Return one item, its fields named as in the data."""
    fields = {
        "id": source.id,
        "type": csl_type,
        "title": source.title,
        "author": [name.model_dump(exclude_none=True) for name in source.author],
        "container-title": source.container_title,
        "publisher": source.publisher,
        "issued": _parts(source.issued),
        "accessed": _parts(source.accessed),
        "URL": source.URL,
        "language": source.language,
        "note": source.note,
        "custom": {"kind": source.kind, "reliability": source.reliability},
    }
    return {name: value for name, value in fields.items() if value}


def _parts(date: str | None) -> dict[str, list[list[int]]] | None:
    return {"date-parts": [[int(part) for part in date.split("-")]]} if date else None


def _slashed_date(date: str | None) -> str | None:
    """Return a date as RIS writes it: year/month/day/, empty where not known."""
    return "/".join((date.split("-") + ["", ""])[:3]) + "/" if date else None


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _tex(text: str) -> str:
    text = _one_line(text)
    if not _is_balanced(text):
        # BibTeX counts braces, escaped or not, and no command for one is known to all readers.
        text = text.translate(str.maketrans("{}", "()"))
    return _LIGATURE.sub("{}", text.translate(_TEX))


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
