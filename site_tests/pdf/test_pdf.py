"""The report as one PDF, on the miniature: what it holds, that it stands alone, and that it is fit for screen readers."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import page as validator
import pytest
from pikepdf import Array, Dictionary, Matrix, Name, Pdf, parse_content_stream
from playwright.sync_api import Browser
from pypdf import PdfReader

from macros.cli.main import main
from macros.load import load
from macros.pdf.book import Document, read_document
from macros.pdf.browser import FONT, chromium, install_letters
from macros.pdf.chapters import Chapter, without_left_out_sections
from macros.pdf.finish import finished_pdf, first_pages, page_count
from macros.pdf.markup import for_paper, parse, serialize
from macros.pdf.printing import LEAST_TYPE, PrintingFailed, to_pdf
from macros.pdf.tags import mend_tags
from site_tests.conftest import another, edit
from site_tests.support.built import ROOT, Page, build, read_pages
from site_tests.support.hostile import HOSTILE, poison
from site_tests.support.pdf_pages import end_of_text, scale_and_least_type
from site_tests.support.records import read

LANGUAGES = [None, *(one["id"] for one in read("report.yml").get("languages", []))]
"""Those of the report: that of the data, and those it is translated into."""
LOCAL = "线锯机"
"""A name in another script, put into the miniature."""


@pytest.fixture(scope="module")
def project(wafers: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = another(wafers, tmp_path_factory.mktemp("book") / "project")
    edit(root, "data/equipment/wire-saw.yml", ("name_local: Drahtsäge", f"name_local: {LOCAL}"))
    fact = "Heimische Monteure kommen binnen eines Tages"
    edit(root, "data/evidence/industry-assessment.yml", (f"{fact}.", f"{fact} ({LOCAL})."))
    return root


@pytest.fixture(scope="module")
def document(project: Path) -> Document:
    return read_document(project)


@pytest.fixture(scope="module")
def html(document: Document) -> Page:
    page = Page()
    page.feed(document.html({}))
    return page


@pytest.fixture(scope="module")
def made(project: Path) -> subprocess.CompletedProcess[str]:
    """What the command said that wrote build/report.pdf."""
    install_letters()
    command = [sys.executable, "-m", "macros", "pdf", "build/report.pdf"]
    return subprocess.run(command, cwd=project, capture_output=True, text=True, timeout=300)


@pytest.fixture(scope="module")
def pdf(project: Path, made: subprocess.CompletedProcess[str]) -> PdfReader:
    assert made.returncode == 0, made.stderr
    return PdfReader(project / "build/report.pdf")


@pytest.fixture(scope="module")
def texts(pdf: PdfReader) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in pdf.pages]


@pytest.fixture(scope="module")
def nodes(pdf: PdfReader) -> list[Any]:
    """The elements of the tree of tags, and what they hold."""
    return list(_nodes(pdf.trailer["/Root"]["/StructTreeRoot"]["/K"]))


# What the document holds.


def test_chapters_follow_the_navigation_with_records_after_their_page(document: Document) -> None:
    assert document.keys[:3] == ["index", "maschinen", "equipment-wire-saw"]
    assert (
        document.keys.index("vorhaben")
        < document.keys.index("priorities-thin-wire")
        < document.keys.index("ungemessen")
    )


def test_pages_that_say_so_and_pages_of_suppliers_are_no_chapters(document: Document) -> None:
    assert not {"daten", "mitmachen"} & set(document.keys)
    assert [key for key in document.keys if key.startswith("suppliers-")] == []


def test_every_fact_and_source_stands_in_its_list_once(project: Path, html: Page) -> None:
    data = load(project)
    facts = [
        fact["id"]
        for path, file in data.documents.items()
        if path.startswith("data/evidence/")
        for fact in file.data["facts"]
        if fact.get("audience") != "internal"
    ]
    sources = [
        source["id"]
        for path, file in data.documents.items()
        if path.startswith("data/sources/")
        for source in file.data["sources"]
    ]
    ids = [attrs["id"] for _, attrs in html.tags if "id" in attrs]
    assert sorted(name for name in ids if name.startswith("evidence-index--")) == sorted(
        f"evidence-index--{name}" for name in facts
    )
    assert sorted(name for name in ids if name.startswith("sources-index--")) == sorted(
        f"sources-index--{name}" for name in sources
    )


def test_ids_are_unique_in_the_whole_document(html: Page) -> None:
    assert [
        name for name, times in Counter(attrs["id"] for _, attrs in html.tags if "id" in attrs).items() if times > 1
    ] == []


def test_links_stay_in_the_document_or_lead_to_the_web(html: Page) -> None:
    inside = [link.removeprefix("#") for link in html.links if link.startswith("#")]
    assert len(inside) > 200
    assert [link for link in html.links if not link.startswith(("#", "https://", "http://"))] == []
    assert [name for name in inside if name not in html.ids] == []


def test_links_to_a_supplier_lead_to_its_row(html: Page) -> None:
    assert "#firmen--saxon-saws" in html.links


def test_what_the_document_lacks_is_linked_on_the_site_when_its_address_is_known(project: Path) -> None:
    page = Page()
    page.feed(read_document(project, "https://example.org/saws/").html({}))
    assert any(link.startswith("https://example.org/saws/2024/") for link in page.links)  # what is printed lasts


def test_names_of_ids_in_attributes_exist(html: Page) -> None:
    named = [
        name
        for _, attrs in html.tags
        for key in ("aria-labelledby", "aria-describedby")
        for name in attrs.get(key, "").split()
    ]
    named += [
        name for _, attrs in html.tags for value in attrs.values() for name in re.findall(r"url\(#([^)]+)\)", value)
    ]
    assert [name for name in named if name not in html.ids] == []


def test_nothing_is_left_that_only_works_on_a_screen(html: Page) -> None:
    tags = Counter(tag for tag, _ in html.tags)
    assert {
        tag: tags[tag] for tag in ("script", "button", "form", "input", "select", "details", "iframe", "img", "link")
    } == dict.fromkeys(("script", "button", "form", "input", "select", "details", "iframe", "img", "link"), 0)


def test_a_section_of_nothing_but_facts_is_left_out_and_lines_stay() -> None:
    text = "# A\n\n## Kept\n\n{{ class_facts(record) }} and {{ other() }}\n\n## Gone\n\n{{ class_facts(record) }}\n\n## Last\n\nWords.\n"
    shorter = without_left_out_sections(text)
    assert "## Gone" not in shorter and "## Kept" in shorter
    assert shorter.count("\n") == text.count("\n")


def test_evidence_keeps_sign_and_link_on_paper_and_opens() -> None:
    tree = parse(
        '<details><summary>Evidence</summary><ul class="evi"><li><span class="evi__sign">+</span><span class="vh">supports:</span> It was 5.'
        ' <a class="evi__link" href="#f-1">f-1</a> <span class="evi__src">Press</span></li></ul></details><details class="numbers">1</details>after'
    )
    for_paper(tree)
    assert serialize(tree) == (
        '<div><div class="opened"><div class="opened__title">Evidence</div><ul class="evi evi-ids"><li><span class="evi__sign">+</span> '
        '<span class="vh">supports:</span> <a class="evi__link" href="#f-1">f-1</a> </li></ul></div>after</div>'
    )


def test_a_chart_says_its_title_and_what_it_shows_and_one_with_links_is_a_picture_around_them() -> None:
    words = '<title id="t">Sales</title><desc id="d">2024: 5 saws.</desc>'
    tree = parse(
        f'<svg data-chart="a" role="img" aria-labelledby="t" aria-describedby="d">{words}</svg>'
        f'<svg data-chart="b" role="group" aria-labelledby="t">{words}<a href="x"></a></svg>'
    )
    for_paper(tree)
    assert [(element.tag, element.attrib) for element in tree] == [
        ("svg", {"data-chart": "a", "role": "img", "aria-label": "Sales: 2024: 5 saws."}),
        ("div", {"role": "img", "aria-label": "Sales: 2024: 5 saws."}),
    ]
    assert tree[1][0].attrib == {"data-chart": "b", "role": "group"}


# What the PDF is.


def test_the_command_says_one_line_and_shows_no_progress_in_a_pipe(made: subprocess.CompletedProcess[str]) -> None:
    assert made.stderr == ""
    assert re.fullmatch(r"\d+ pages, \d+\.\d MB in build/report\.pdf\. Offer it .*\n", made.stdout)


def test_help_has_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["pdf", "--help"])
    assert "python -m macros pdf build/report.pdf" in " ".join(capsys.readouterr().out.split())


def test_problems_of_data_are_told_as_everywhere(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = shutil.copytree(project, tmp_path / "broken", symlinks=True)
    edit(root, "content/abstand.md", ("\n# ", "\n# {{ nonsense() }} "))
    assert main(["--root", str(root), "pdf", str(tmp_path / "no.pdf")]) == 1
    assert "content/abstand.md" in capsys.readouterr().err
    assert not (tmp_path / "no.pdf").exists()


def test_it_is_tagged_and_says_title_language_and_day_of_the_edition(pdf: PdfReader) -> None:
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "de"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata["/Title"] == "Der Sägebericht (erfunden): Heimische und importierte Wafersägen"
    assert pdf.metadata["/CreationDate"] == "D:20241031000000Z"
    assert "/Producer" not in pdf.metadata and "/Creator" not in pdf.metadata


def test_tags_name_headings_tables_lists_links_and_figures(pdf: PdfReader) -> None:
    kinds = Counter(_kinds(pdf.trailer["/Root"]["/StructTreeRoot"]["/K"]))
    assert all(
        kinds[kind]
        for kind in ("/H1", "/H2", "/H3", "/Table", "/TH", "/TD", "/Caption", "/L", "/LI", "/P", "/Link", "/Figure")
    )


def _kinds(node: Any) -> Iterator[str]:
    node = node.get_object() if hasattr(node, "get_object") else node
    for child in node if isinstance(node, list) else [node.get("/K")] if isinstance(node, dict) else []:
        yield from _kinds(child)
    if isinstance(node, dict) and "/S" in node:
        yield node["/S"]


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
        rows = [node for node in _nodes(table) if node.get("/S") == "/TR"]
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


def test_names_in_other_scripts_say_their_language_wherever_they_stand(document: Document, html: Page) -> None:
    """Chromium forgets that of a `span`: in chapters and in the lists of facts and sources alike."""
    said = [(tag, attrs["lang"]) for tag, attrs in html.tags if "lang" in attrs and tag != "html"]
    assert {tag for tag, _ in said} == {"em"}
    facts = next(chapter for chapter in document.chapters if chapter.key == "evidence-index")
    assert [em.text for em in facts.tree.iter("em")] == [LOCAL]


def test_links_of_the_contents_are_named_with_the_page_that_is_seen(project: Path, pdf: PdfReader) -> None:
    notes = [note.get_object() for page in pdf.pages for note in page.get("/Annots", [])]
    names = {note["/Contents"] for note in notes if note.get("/Dest") == "/maschinen"}
    assert [name for name in names if re.fullmatch(r"Maschinen \d+", name)] != []


def test_it_says_that_it_is_pdf_ua(pdf: PdfReader) -> None:
    metadata = pdf.trailer["/Root"]["/Metadata"].get_data().decode()
    assert re.search(r"<pdfuaid:part[^>]*>1<", metadata)
    assert '<rdf:li xml:lang="x-default">Der Sägebericht (erfunden)' in metadata


def test_a_validator_of_others_finds_that_it_keeps_pdf_ua(project: Path, pdf: PdfReader) -> None:
    found = validator.validate_pdf(project / "build/report.pdf", profile="ua1")
    assert [(fault.rule_id, fault.message) for fault in found.failures] == []
    assert found.rules.total > 100


def test_the_validator_would_find_a_link_without_a_name(project: Path, pdf: PdfReader, tmp_path: Path) -> None:
    with Pdf.open(project / "build/report.pdf") as file:
        del next(note for page in file.pages for note in page.get("/Annots", [])).Contents
        file.save(tmp_path / "wrong.pdf")
    assert not validator.is_pdf_compliant(tmp_path / "wrong.pdf", profile="ua1")


def test_all_that_is_painted_is_tagged_or_decoration(project: Path, pdf: PdfReader) -> None:
    with Pdf.open(project / "build/report.pdf") as file:
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
    found = list(_nodes(PdfReader(tmp_path / "made.pdf").trailer["/Root"]["/StructTreeRoot"]["/K"]))
    assert [len(_children(node)) for node in found if node.get("/S") == "/TR"] == [4] * 30


def test_it_has_its_own_size_and_no_type_below_8_points(project: Path, pdf: PdfReader) -> None:
    with Pdf.open(project / "build/report.pdf") as file:
        for number, page in enumerate(file.pages, 1):
            scale, least = scale_and_least_type(page)
            assert scale == pytest.approx(0.75, abs=0.001), f"page {number} is shrunk"
            assert least >= 8, f"page {number}"


@pytest.mark.site
@pytest.mark.parametrize("language", LANGUAGES)
def test_content_of_the_report_fits_a_page(language: str | None) -> None:
    """Chromium would shrink every page for one wide table, and a row too many leaves a page empty: laid out, not printed."""
    html = read_document(ROOT, language=language).html({})

    def sizes() -> list[int]:
        with chromium(LEAST_TYPE) as browser:
            page = browser.new_page(viewport={"width": 672, "height": 900})
            page.emulate_media(media="print")
            page.set_content(html)
            return page.evaluate("""[document.documentElement.scrollWidth, ...["nav", ".matrix"].map(part =>
                Math.max(...[...document.querySelectorAll(`main ${part}`)].map(one => one.offsetHeight)))]""")

    with ThreadPoolExecutor(1) as other:  # one thread drives one browser
        width, contents, matrix = other.submit(sizes).result()
    assert width <= 672
    assert 300 < contents <= 956 and 300 < matrix <= 956


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
def test_few_pages_of_the_report_end_above_their_half(language: str | None) -> None:
    """What must not be cut goes to the next page, and leaves this one empty: no more than in one of thirty."""
    html = read_document(ROOT, language=language).html({})

    def printed() -> bytes:
        with chromium(LEAST_TYPE) as browser:
            return to_pdf(browser, html, final=False)

    with ThreadPoolExecutor(1) as other, Pdf.open(BytesIO(other.submit(printed).result())) as file:
        ends = [end_of_text(page.obj, Matrix()) for page in file.pages]
    early = [number for number, end in enumerate(ends, 1) if end > 842 / 2]
    assert len(ends) > 400
    assert len(early) <= len(ends) / 30, early


def test_lines_are_found_wherever_they_stand() -> None:
    with Pdf.new() as file:
        page = file.add_blank_page()
        form = Dictionary(
            Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]), Matrix=Array([1, 0, 0, 1, 0, 5])
        )
        page.add_resource(file.make_stream(b"BT 1 0 0 1 0 10 Tm (b) Tj ET", form), Name.XObject, Name.Part)
        page.Contents = file.make_stream(b"q 1 0 0 -1 0 800 cm BT 1 0 0 1 0 90 Tm 0 10 Td (a) Tj ET Q /Part Do")
        assert end_of_text(page.obj, Matrix()) == 15
        page.Contents = file.make_stream(b"q 1 0 0 -1 0 800 cm BT 1 0 0 1 0 90 Tm 0 10 Td (a) Tj ET Q")
        assert end_of_text(page.obj, Matrix()) == 700


def _nodes(node: Any) -> Iterator[Any]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, dict):
        yield node
    for child in node if isinstance(node, list) else [node.get("/K")] if isinstance(node, dict) else []:
        yield from _nodes(child)


def test_the_outline_has_chapters_and_records_under_them(pdf: PdfReader) -> None:
    top = [entry.title for entry in pdf.outline if not isinstance(entry, list)]
    assert top[:4] == ["Über dieses Dokument", "Inhalt", "In Kürze", "Maschinen"]
    below = pdf.outline[
        pdf.outline.index(next(entry for entry in pdf.outline if getattr(entry, "title", "") == "Maschinen")) + 1
    ]
    titles = [entry.title for entry in below]
    assert "Vieldrahtsäge" in titles
    assert not any(isinstance(entry, list) for entry in below)


def test_contents_give_the_page_on_which_each_chapter_begins(
    project: Path, document: Document, texts: list[str]
) -> None:
    pages = first_pages((project / "build/report.pdf").read_bytes(), document.keys)
    assert sorted(pages) == sorted(document.keys)
    contents = next(text for text in texts if "Inhalt" in text)
    for chapter in document.chapters:
        assert f"{chapter.title} {pages[chapter.key]}" in contents
        assert chapter.title in texts[pages[chapter.key] - 1]


def test_every_link_leads_to_a_place_in_the_document_or_to_the_web(pdf: PdfReader) -> None:
    places = set(pdf.trailer["/Root"]["/Dests"])
    links = [
        note.get_object()
        for page in pdf.pages
        for note in page.get("/Annots", [])
        if note.get_object()["/Subtype"] == "/Link"
    ]
    inside = [link["/Dest"] for link in links if "/Dest" in link]
    assert len(inside) > 200
    assert [place for place in inside if place not in places] == []
    assert all(link["/A"]["/URI"].startswith(("https://", "http://")) for link in links if "/Dest" not in link)


def test_pages_after_the_cover_have_running_heads_and_numbers(texts: list[str]) -> None:
    assert len(texts) > 10
    assert "Der Sägebericht (erfunden)" in texts[0]
    for number, text in enumerate(texts[1:], start=2):
        assert text.startswith("Der Sägebericht (erfunden)"), number
        assert re.search(rf"Ausgabe 2024 · 31. Oktober 2024 {number} ", text[:200]), number
    assert sum("Vieldrahtsäge" in text[:80] for text in texts) > 1


def test_cover_has_the_answer_and_the_edition(texts: list[str]) -> None:
    assert "Eine Seite des kleinen Berichts über Wafersägen; seine Daten sind erfunden." in texts[0]
    assert "Ausgabe 2024 · 31. Oktober 2024" in texts[0]


def test_names_in_other_scripts_are_text(texts: list[str]) -> None:
    assert any(LOCAL in text for text in texts), f"needs a font with Chinese letters, such as {FONT}"


def test_two_printings_are_byte_identical(document: Document, browser: Browser) -> None:
    short = replace(document, chapters=document.chapters[:4])

    def made() -> bytes:
        data = to_pdf(browser, short.html({"index": 4}))
        heads = to_pdf(browser, short.heads({"index": 4}, page_count(data)), final=False)
        return finished_pdf(data, heads, short.names({}), short.properties, "2024-10")

    assert made() == made()


def test_a_document_that_asks_for_another_file_is_refused(browser: Browser) -> None:
    with pytest.raises(PrintingFailed, match="example.org/spy.png"):
        to_pdf(browser, '<p>Words <img src="http://example.org/spy.png" alt=""></p>')


def test_hostile_texts_print_literally(project: Path, tmp_path: Path, browser: Browser) -> None:
    root = shutil.copytree(project, tmp_path / "hostile", symlinks=True)
    assert poison(root) > 300
    document = read_document(
        root, skip=("plain-text", "right-length", "fact-as-stated", "figure-as-cited", "phrase-filled")
    )
    page = Page()
    page.feed(document.html({}))
    assert [tag for tag, attrs in page.tags if tag in ("script", "iframe") or tag == "em" and "lang" not in attrs] == []
    assert HOSTILE in page.text
    assert [attrs for _, attrs in page.tags if any(name.startswith("on") for name in attrs)] == []
    page = Page()
    page.feed(document.heads({"index": 2}, 3))
    assert HOSTILE in page.text and [tag for tag, _ in page.tags if tag in ("script", "em", "iframe")] == []


# The link on the site.


def test_the_site_offers_the_pdf_only_when_it_is_built_with_it(
    project: Path, pdf: PdfReader, wafer_site: Path, tmp_path: Path
) -> None:
    done = build(project, tmp_path / "with", REPORT_PDF="build/report.pdf")
    assert done.returncode == 0, done.stderr
    assert not (wafer_site / "report.pdf").exists()
    assert (tmp_path / "with/report.pdf").read_bytes() == (project / "build/report.pdf").read_bytes()
    for folder, expected in ((wafer_site, 0), (tmp_path / "with", 1)):
        for name, page in read_pages(folder).items():
            up = "../" * name.count("/") if name != "404.html" else "/"
            assert page.links.count(f"{up}report.pdf") == expected, (folder, name)


def test_a_pdf_that_is_not_there_stops_the_build(project: Path, tmp_path: Path) -> None:
    done = build(project, tmp_path / "none", REPORT_PDF="build/missing.pdf")
    assert done.returncode != 0
    assert "REPORT_PDF: there is no file build/missing.pdf" in done.stdout + done.stderr
