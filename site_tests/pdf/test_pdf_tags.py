"""The PDF as those hear it who do not see it: its tags, names and languages (PDF/UA)."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import page as validator
from pikepdf import Array, Dictionary, Name, Pdf, parse_content_stream
from playwright.sync_api import Browser
from pypdf import PdfReader

from macros.pdf.book import Document
from macros.pdf.chapters import Chapter
from macros.pdf.markup import for_paper, parse
from macros.pdf.printing import to_pdf
from macros.pdf.tags import mend_tags
from site_tests.support.pdf_pages import nodes_of


def test_tags_name_headings_tables_lists_links_and_figures(nodes: list[Any]) -> None:
    kinds = {node.get("/S") for node in nodes}
    assert kinds >= {"/H1", "/H2", "/H3", "/Table", "/TH", "/TD", "/Caption", "/L", "/LI", "/P", "/Link", "/Figure"}


def test_figures_have_words_for_those_who_cannot_see_them(nodes: list[Any]) -> None:
    alternatives = [node.get("/Alt", "") for node in nodes if node.get("/S") == "/Figure"]
    assert "" not in alternatives
    assert (
        "Stufen, die sich bewegt haben, 2021 bis 2024: 3 Stufen haben sich von 2021 auf 2024 bewegt: verringert 1, "
        "Vorsprung jetzt heimisch 1, vergrößert 1." in alternatives
    )


def test_roles_are_of_pdf_1_7_or_stand_for_one(pdf: PdfReader, nodes: list[Any]) -> None:
    roles = pdf.trailer["/Root"]["/StructTreeRoot"]["/RoleMap"]
    known = set(
        "Document Part Art Div Sect Caption P H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot"
        " Span Quote Note Link Code Figure Form BlockQuote NonStruct".split()
    )
    used = {node["/S"] for node in nodes if "/S" in node}
    assert {str(roles.get(kind, kind))[1:] for kind in used} <= known


def test_texts_in_other_scripts_have_their_language(nodes: list[Any]) -> None:
    assert {node["/Lang"] for node in nodes if "/Lang" in node} == {"de", "ja", "zh"}


def test_items_of_lists_have_a_body(nodes: list[Any]) -> None:
    items = [node for node in nodes if node.get("/S") == "/LI"]
    kinds = {child.get("/S") for item in items for child in _children(item)}
    assert {"/LBody"} <= kinds <= {"/LBody", "/Lbl", None}


def test_all_rows_of_a_table_have_as_many_cells(nodes: list[Any]) -> None:
    tables = [node for node in nodes if node.get("/S") == "/Table"]
    assert len(tables) > 5
    for table in tables:
        rows = [node for node in nodes_of(table) if node.get("/S") == "/TR"]
        cells = [cell for row in rows for cell in _children(row) if cell.get("/S") in ("/TH", "/TD")]
        assert sum(_span(cell, "/ColSpan") * _span(cell, "/RowSpan") for cell in cells) % len(rows) == 0


def _span(cell: Any, name: str) -> int:
    return max((part.get(name, 1) for part in cell.get("/A", [])), default=1)


def _children(node: Any) -> list[Any]:
    below = node.get("/K", [])
    below = below if isinstance(below, list) else [below]
    return [child.get_object() for child in below if isinstance(child.get_object(), dict)]


def test_links_have_the_names_they_have_on_the_page(pdf: PdfReader) -> None:
    notes = [note.get_object() for page in pdf.pages for note in page.get("/Annots", [])]
    assert "" not in [note["/Contents"] for note in notes]
    assert {note["/Contents"] for note in notes if note.get("/Dest") == "/firmen--saxon-saws"} == {"Saxon Saws"}


def test_links_of_the_contents_are_named_with_the_page_that_is_seen(pdf: PdfReader) -> None:
    notes = [note.get_object() for page in pdf.pages for note in page.get("/Annots", [])]
    names = {note["/Contents"] for note in notes if note.get("/Dest") == "/maschinen"}
    assert [name for name in names if re.fullmatch(r"Maschinen \d+", name)] != []


def test_it_says_that_it_is_pdf_ua(pdf: PdfReader) -> None:
    metadata = pdf.trailer["/Root"]["/Metadata"].get_data().decode()
    assert re.search(r"<pdfuaid:part[^>]*>1<", metadata)
    assert '<rdf:li xml:lang="x-default">Der Sägebericht (erfunden)' in metadata


def test_a_validator_of_others_finds_that_it_keeps_pdf_ua(printed: Path) -> None:
    found = validator.validate_pdf(printed / "build/report.pdf", profile="ua1")
    assert [(fault.rule_id, fault.message) for fault in found.failures] == []
    assert found.rules.total > 100


def test_the_validator_would_find_a_link_without_a_name(printed: Path, tmp_path: Path) -> None:
    with Pdf.open(printed / "build/report.pdf") as file:
        del next(note for page in file.pages for note in page.get("/Annots", [])).Contents
        file.save(tmp_path / "wrong.pdf")
    assert not validator.is_pdf_compliant(tmp_path / "wrong.pdf", profile="ua1")


def test_all_that_is_painted_is_tagged_or_decoration(printed: Path) -> None:
    with Pdf.open(printed / "build/report.pdf") as file:
        assert [number for number, page in enumerate(file.pages, 1) if _unmarked(page)] == []


def _unmarked(page: Any) -> list[str]:
    found, within = [], []
    for instruction in parse_content_stream(page):
        operator = str(instruction.operator)
        if operator in ("BDC", "BMC"):
            within.append(instruction.operands[0] == Name.Artifact or "/MCID" in str(list(instruction.operands)))
        elif operator == "EMC":
            within.pop()
        if not any(within) and operator in ("f", "f*", "S", "B", "Tj", "TJ", "sh"):
            found.append(operator)
    return found


def test_letters_that_stand_for_others_are_no_tag_by_themselves() -> None:
    """Chromium brackets a letter whose sign is not that of its text, also where nothing tags it."""
    with Pdf.new() as file:
        page = file.add_blank_page()
        page.Contents = file.make_stream(b"/Span <</ActualText (x)>> BDC BT (a) Tj ET EMC BT (b) Tj ET")
        file.Root.StructTreeRoot = Dictionary(K=Array())
        assert _unmarked(page) == ["Tj", "Tj"]
        mend_tags(file, {})
        assert _unmarked(page) == []
        assert b"ActualText" in page.Contents.read_bytes()


def test_a_cell_with_a_drawing_alone_stands_among_the_tags(
    document: Document, browser: Browser, tmp_path: Path
) -> None:
    drawing = '<svg class="meter" height="10" aria-hidden="true"><rect width="40%" height="10"/></svg>'
    row = f'<tr><th scope="row">a</th><td class="barcell">{drawing}</td><td></td><td>1</td></tr>'
    tree = parse(f'<table class="data"><tbody>{row * 30}</tbody></table>')
    for_paper(tree)
    data = to_pdf(browser, replace(document, chapters=(Chapter("x.html", "x", 1, tree),)).html({}))
    (tmp_path / "made.pdf").write_bytes(data)
    found = list(nodes_of(PdfReader(tmp_path / "made.pdf").trailer["/Root"]["/StructTreeRoot"]["/K"]))
    assert [len(_children(node)) for node in found if node.get("/S") == "/TR"] == [4] * 30
