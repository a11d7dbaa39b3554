"""New sources from a file of a reference manager: BibTeX, RIS or CSL-JSON."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from macros.editing.bibliography.formats import source_fields
from macros.editing.bibliography.item import NoSource
from macros.load import load
from macros.model import FILES
from macros.model.evidence import Source
from macros.model.fields import leaves
from site_tests.conftest import Copy, Find
from site_tests.support.new_words import FACT, new

BIBTEX = r"""@article{wire24, title = {{W}ire of 35\,{\textmu}m \& more: 20% less}, author = {M{\"u}ller, J. and Li, K. and Orr, A.},
 journal = {Saw Letters}, publisher={Saw Society}, year = 2024, month = mar, url = {https://saw.example/a_b?x=1&y=%20}, language = {en-GB}}
"""
RIS = """TY  - JOUR
ID  - wire24
TI  - Wire and more
AU  - Müller, J.
JO  - Saw Letters
DA  - 2024/03/05
DO  - 10.1000/saw
LA  - de
ER  - 
"""
CSL = """[{"id": "wire24", "type": "article-journal", "title": "Wire <i>and</i> more", "container-title": "Saw Letters",
"publisher": "Saw Society", "issued": {"date-parts": [[2024, 3]]}, "DOI": "10.1000/saw", "language": "de-DE"},
{"id": "other", "type": "book", "title": "Other"}]"""
KINDS = {"academic": "article-journal", "company": "webpage", "web": "webpage"}


@pytest.mark.parametrize(
    ("name", "text", "entry", "expected"),
    [
        ("a.bib", BIBTEX, None, {
            "title": "Wire of 35\u2009\u00b5m & more: 20% less", "publisher": "Saw Society", "container-title": "Saw Letters",
            "issued": "2024-03", "URL": "https://saw.example/a_b?x=1&y=%20", "kind": "academic", "language": "en",
        }),
        ("a.ris", RIS, None, {
            "title": "Wire and more", "publisher": "Saw Letters", "container-title": "Saw Letters",
            "issued": "2024-03-05", "kind": "academic", "URL": "https://doi.org/10.1000/saw", "language": "de",
        }),
        ("a.json", CSL, "wire24", {
            "title": "Wire and more", "publisher": "Saw Society", "container-title": "Saw Letters", "issued": "2024-03",
            "kind": "academic", "URL": "https://doi.org/10.1000/saw", "language": "de",
        }),
        ("a.json", CSL, "other", {"title": "Other"}),
    ],
)  # fmt: skip
def test_a_source_comes_from_a_reference_manager(
    tmp_path: Path, name: str, text: str, entry: str | None, expected: dict[str, str]
) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    found = source_fields(tmp_path / name, KINDS, entry).fields
    assert {key: " ".join(value.split()) for key, value in found.items()} == {
        key: " ".join(value.split()) for key, value in expected.items()
    }
    assert set(found) <= {leaf.name for leaf in leaves(next(file for file in FILES if file.name == "sources"), Source)}


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("a.json", CSL, "has 2 entries; choose one with --entry: wire24, other"),
        ("a.json", "{", "is not a json file"),
        ("a.json", "[]", "has no entry"),
        ("a.bib", "@article{a, title=", "is not BibTeX"),
        ("a.bib", "", "has no entry"),
        ("a.ris", "nothing of the kind", "has no entry"),
        ("a.doc", "x", "must end in one of"),
        ("a.txt", "x", "has no entry"),
        ("a.bib", None, "cannot be read"),
    ],
)
def test_a_file_without_a_source_says_why(tmp_path: Path, name: str, text: str | None, why: str) -> None:
    if text is not None:
        (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(NoSource, match=re.escape(why)):
        source_fields(tmp_path / name, KINDS)


def test_a_source_from_a_file_needs_only_what_the_file_lacks(
    project_with: Copy, tmp_path: Path, problems: Find
) -> None:
    (tmp_path / "a.bib").write_text(BIBTEX.replace(r"\,{\textmu}m", " mm"), "utf-8")
    root = project_with({})
    words = ["--from", str(tmp_path / "a.bib"), "--source.reliability", "A", "--source.accessed", "2024-10-02"]
    assert new(root, "fact", *FACT, *words) == 0
    assert problems(root) == []
    row = next(row for row in load(root).documents["data/sources/academic.yml"].data["sources"] if "wire" in row["id"])
    assert row["title"] == "Wire of 35 mm & more: 20% less" and row["id"] == "saw-society-2024-wire-of-35"
