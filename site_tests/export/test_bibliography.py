"""Bibliography: what other programs read in the files is what the data say; and CITATION.cff agrees with the report."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import bibtexparser
import pypandoc
import pytest
import rispy
import yaml
from bibtexparser.middlewares import LatexDecodingMiddleware

from macros.editing.bibliography.formats import Found, sources_in
from macros.export.bibliography import BIBTEX, CSL, RIS, bibliography_files, bibtex, csl, ris
from macros.export.package import licence_id
from macros.load.landscape import Landscape
from macros.model.evidence import Source
from macros.model.names import Name
from macros.present.book import Book
from macros.render.site import open_site
from site_tests.support.built import ROOT
from site_tests.support.hostile import HOSTILE
from site_tests.support.reading import landscape_of

KERF = r"""@article{freiberg-2018-kerf,
  author = {{Institute of Sawing, Freiberg}},
  title = {{Kerf loss of wire saws, measured}},
  journal = {Journal of Invented Results},
  publisher = {{Institute of Sawing, Freiberg}},
  date = {2018-06},
  year = {2018},
  month = {6},
  url = {https://journal.example/kerf?volume=1&page=2},
  urldate = {2024-10-02},
  langid = {en},
  kind = {academic},
  reliability = {A},
}
"""
MARKET = [
    "TY  - RPRT",
    "ID  - vdsm-2020-market",
    "TI  - Säge und Markt",
    "PB  - VDSM",
    "PY  - 2020",
    "DA  - 2020/03/15/",
    "UR  - https://vdsm.example/markt",
    "Y2  - 2024/10/02/",
    "LA  - de",
    "C1  - association",
    "C2  - B",
    "ER  - ",
    "",
    "",
]


@pytest.fixture(scope="module")
def real() -> Book:
    return open_site(ROOT).book


@pytest.fixture(scope="module")
def small(miniature: Path) -> Landscape:
    return landscape_of(miniature)


def source(**changes: Any) -> Source:
    known = {
        "id": "a-source", "title": "A title", "publisher": "A body", "issued": None, "accessed": "2024-10-02",
        "URL": None, "kind": "company", "language": "en", "reliability": "C",
    }  # fmt: skip
    return Source.model_validate({**known, **changes})


def read_by_pandoc(text: str, form: str) -> list[dict[str, Any]]:
    pandoc = pypandoc.get_pandoc_path()
    done = subprocess.run([pandoc, "-f", form, "-t", "csljson"], input=text, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return json.loads(done.stdout)


def test_bibtex_of_a_paper(small: Landscape) -> None:
    assert bibtex(small.sources["freiberg-2018-kerf"], "article-journal") == KERF


def test_ris_of_a_report(small: Landscape) -> None:
    assert ris(small.sources["vdsm-2020-market"], "report").split("\r\n") == MARKET


def test_csl_leaves_out_what_is_not_known(small: Landscape) -> None:
    assert csl(small.sources["saxon-saws-brochure"], "webpage") == {
        "id": "saxon-saws-brochure",
        "type": "webpage",
        "title": "The saw that never stops",
        "publisher": "Saxon Saws",
        "accessed": {"date-parts": [[2024, 10, 3]]},
        "URL": "https://saxon.example/brochure",
        "language": "en",
        "custom": {"kind": "company", "reliability": "C"},
    }


def test_every_source_is_read_by_public_readers(real: Book) -> None:
    files = {path: content.decode() for path, content in bibliography_files(real.landscape)}
    names = list(real.landscape.sources)
    parsed = bibtexparser.parse_string(files[BIBTEX])
    assert parsed.failed_blocks == [] and [entry.key for entry in parsed.entries] == names
    assert [entry["id"] for entry in rispy.loads(files[RIS])] == names
    assert [item["id"] for item in json.loads(files[CSL])] == names


@pytest.mark.parametrize("form", ["bibtex", "biblatex", "csljson"])
def test_pandoc_reads_every_source_as_it_is(real: Book, form: str) -> None:
    files = {path: content.decode() for path, content in bibliography_files(real.landscape)}
    read = {item["id"]: item for item in read_by_pandoc(files[CSL if form == "csljson" else BIBTEX], form)}
    sources = real.landscape.sources
    assert set(read) == set(sources)
    different = [
        (name, read[name].get("title"), read[name].get("URL"))
        for name, item in sources.items()
        if _text(read[name]["title"]) != _text(item.title) or read[name].get("URL") != item.URL
    ]
    assert different == []
    years = [name for name, item in sources.items() if _year(read[name]) != (item.issued or "")[:4]]
    assert years == []
    unlike = [name for name, item in sources.items() if form != "csljson" and not _agrees(read[name], item)]
    assert unlike == []


def _agrees(item: dict[str, Any], source: Source) -> bool:
    """Return whether another reader took the language, the container and the publisher, once each."""
    said = (item.get("language"), item.get("publisher"), item.get("container-title"))
    publisher, container = _text(source.publisher), _text(source.container_title or "")
    found = [_text(text or "") for text in said[1:]]
    journal = container or (publisher if item["type"] == "article-journal" else "")
    return said[0] == source.language and found == [publisher, journal]


TYPES = {
    "academic": "article-journal",
    "report": "report",
    "web": "webpage",
    "book": "book",
    "press": "article-magazine",
}
WRITER, BODY = Name(family="van Dam", given="Ada"), Name(literal="Saws & Sons, Inc. and Friends")
AUTHORS = [
    (), (WRITER,), (BODY,), (WRITER, BODY), (Name(family="张", given="三"), Name(literal="et al.")),
    (Name(literal="某大学"),), (Name(family="King", given="Martin", suffix="Jr."),), (Name(literal="Who speaks, Ltd"),),
]  # fmt: skip


def read_back(tmp_path: Path, files: dict[str, str], kinds: dict[str, str]) -> list[dict[str, Found]]:
    found = []
    for name, text in files.items():
        (tmp_path / name).write_bytes(text.encode())
        found.append(sources_in(tmp_path / name, kinds))
    return found


def as_found(source: Source) -> tuple[dict[str, str], tuple[Name, ...]]:
    # What the report notes for itself is no part of a citation.
    fields = source.model_dump(by_alias=True, exclude={"id", "author", "lost", "editors"})
    return {name: value for name, value in fields.items() if value}, source.author


def test_our_own_files_give_back_every_source_field_by_field(real: Book, tmp_path: Path) -> None:
    texts = {path: content.decode() for path, content in bibliography_files(real.landscape)}
    files = {"sources.bib": texts[BIBTEX], "sources.ris": texts[RIS], "sources.json": texts[CSL]}
    kinds = {kind.id: kind.csl_type for kind in real.landscape.method.source_kinds}
    sources = real.landscape.sources
    for read in read_back(tmp_path, files, kinds):
        assert list(read) == list(sources)
        different = [name for name, item in sources.items() if (read[name].fields, read[name].author) != as_found(item)]
        assert different == []


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("author", AUTHORS, ids=lambda names: names[0].family or "body" if names else "none")
@pytest.mark.parametrize("container", [None, "Who speaks, Ltd", "Journal of J & K {x}"])
def test_a_source_with_authors_comes_back(
    tmp_path: Path, kind: str, author: tuple[Name, ...], container: str | None
) -> None:
    publisher = "Who speaks, Ltd"
    title = "A -- \"b\" ''c'' <5 µm > 3 | 50 % ~ ^_# $5 \\ ?`d`"
    record = source(kind=kind, author=author, publisher=publisher, title=title, **{"container-title": container})
    if (
        author == (Name(literal=publisher),)
        and TYPES[kind].startswith("article")
        and container not in (None, publisher)
    ):
        author = ()  # in BibTeX an author that only repeats the publisher of an article is not told from none
    files = {
        "a.bib": bibtex(record, TYPES[kind]),
        "a.ris": ris(record, TYPES[kind]),
        "a.json": json.dumps(csl(record, TYPES[kind])),
    }
    for name, read in zip(files, read_back(tmp_path, files, TYPES), strict=True):
        fields, names = as_found(record)
        assert (read["a-source"].fields, read["a-source"].author) == (fields, author if name == "a.bib" else names), (
            name
        )


def test_pandoc_reads_authors_as_they_are() -> None:
    record = source(author=(WRITER, BODY, Name(family="张", given="三")))
    (read,) = read_by_pandoc(bibtex(record, "webpage"), "biblatex")
    assert read["author"] == [
        {"non-dropping-particle": "van", "family": "Dam", "given": "Ada"},
        {"literal": "Saws & Sons, Inc. and Friends"},
        {"family": "张", "given": "三"},
    ]


def _text(text: str) -> str:
    """Return a title without what readers do to quotation marks, dashes and blanks."""
    plain = re.sub(r"<[^>]*>", "", text).replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"')
    return re.sub(r"\s+", " ", plain.replace("\u2013", "-").replace("--", "-")).strip()


def _year(item: dict[str, Any]) -> str:
    return str(item["issued"]["date-parts"][0][0]) if "issued" in item else ""


@pytest.mark.parametrize("text", [HOSTILE, r"50 % of {A} & B_1 #2 ~ $x$ \alpha", "a\\"])
def test_hostile_titles_come_back_as_they_were(text: str) -> None:
    record = source(title=text, note=text)
    after = source(id="after")
    entries = "\n".join((bibtex(record, "webpage"), bibtex(after, "webpage")))
    parsed = bibtexparser.parse_string(entries, append_middleware=[LatexDecodingMiddleware()])
    assert parsed.failed_blocks == [] and [entry.key for entry in parsed.entries] == ["a-source", "after"]
    assert _unspaced(parsed.entries[0]["note"]) == _unspaced(text)
    read = rispy.loads(ris(record, "webpage") + ris(after, "webpage"))
    assert [entry["title"] for entry in read] == [text, "A title"]


@pytest.mark.parametrize("text", [r"50 % of {A} & B_1 #2", "a\\", "x ~ y ^ z"])
def test_pandoc_reads_hostile_titles(text: str) -> None:
    read = read_by_pandoc(
        bibtex(source(title=text), "webpage") + "\n" + bibtex(source(id="after"), "webpage"), "biblatex"
    )
    assert {item["id"]: item["title"] for item in read} == {"a-source": text, "after": "A title"}


@pytest.mark.parametrize("text, written", [("an } alone", "an ) alone"), ("a { alone", "a ( alone"), ("}{", ")(")])
def test_braces_that_would_break_the_file_become_brackets(text: str, written: str) -> None:
    assert f"title = {{{{{written}}}}}," in bibtex(source(title=text), "webpage")


def _unspaced(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_an_address_cannot_end_its_field() -> None:
    """The check refuses such an address; the file must hold even so."""
    entry = bibtex(source().model_copy(update={"URL": "https://a.example/x}y"}), "webpage")
    assert "url = {https://a.example/x%7Dy}," in entry


def test_citation_file_agrees_with_the_report(real: Book) -> None:
    report = real.landscape.report
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert cited["title"].split(":")[0] == report.title
    assert cited["version"] == real.landscape.current.id
    assert str(cited["date-released"]) == real.landscape.current.date
    assert [author["name"] for author in cited["authors"]] == [report.publisher]
    assert cited["license"] == [licence_id(report.data_licence.name), licence_id(report.code_licence.name)]


def test_citation_file_has_what_the_format_asks_for() -> None:
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert cited["cff-version"] == "1.2.0"
    assert {"message", "title", "authors"} <= set(cited)
    assert cited["type"] in ("software", "dataset")
