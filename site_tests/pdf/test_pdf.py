"""The report as one PDF, on the miniature: its command, its pages, and the link on the site."""

from __future__ import annotations

import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pikepdf import Array, Dictionary, Matrix, Name, Pdf
from playwright.sync_api import Browser
from pypdf import PdfReader

from macros.cli.main import main
from macros.model.translated import TranslatedText
from macros.pdf.book import Document, read_document
from macros.pdf.browser import FONT, chromium
from macros.pdf.finish import finished_pdf, first_pages, page_count
from macros.pdf.printing import LEAST_TYPE, PrintingFailed, to_pdf
from site_tests.conftest import edit
from site_tests.pdf.conftest import LOCAL
from site_tests.support.built import ROOT, build, read_pages
from site_tests.support.pdf_pages import end_of_text, scale_and_least_type
from site_tests.support.records import read

LANGUAGES = [None, *(one["id"] for one in read("report.yml").get("languages", []))]
"""Those of the report: that of the data, and those it is translated into."""


@pytest.fixture(scope="module")
def texts(pdf: PdfReader) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in pdf.pages]


def test_the_command_says_one_line_and_shows_no_progress_in_a_pipe(printed: Path) -> None:
    said = (printed / "said").read_text(encoding="utf-8")
    assert re.fullmatch(r"\d+ pages, \d+\.\d MB in build/report\.pdf\. Offer it .*\n", said)


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


def test_it_has_its_own_size_and_no_type_below_8_points(printed: Path) -> None:
    with Pdf.open(printed / "build/report.pdf") as file:
        for number, page in enumerate(file.pages, 1):
            scale, least = scale_and_least_type(page)
            assert scale == pytest.approx(0.75, abs=0.001), f"page {number} is shrunk"
            assert least >= 8, f"page {number}"


@pytest.mark.site
@pytest.mark.parametrize("language", LANGUAGES)
def test_content_of_the_report_fits_a_page(language: str | None) -> None:
    """Chromium would shrink every page for one wide table, and a row too many leaves a page empty: laid out, not printed.

    Nothing runs into what stands beside it, either; arrows alone stick out by some pixels.
    """
    html = read_document(ROOT, language=language).html({})

    def sizes() -> tuple[list[int], list[str], int]:
        with chromium(LEAST_TYPE) as browser:
            page = browser.new_page(viewport={"width": 672, "height": 900})
            page.emulate_media(media="print")
            page.set_content(html)
            heights = page.evaluate("""[document.documentElement.scrollWidth, ...["nav", ".matrix"].map(part =>
                Math.max(...[...document.querySelectorAll(`main ${part}`)].map(one => one.offsetHeight)))]""")
            over = page.evaluate("""[...document.querySelectorAll("main *")]
                .filter(one => one.clientWidth && one.scrollWidth > one.clientWidth + 3 && !one.closest("svg, .vh"))
                .map(one => one.textContent.trim().slice(0, 60))""")
            page.set_viewport_size({"width": 794, "height": 900})  # a cover has no margins
            return heights, over, page.evaluate("document.querySelector('.book-cover').scrollHeight")

    with ThreadPoolExecutor(1) as other:  # one thread drives one browser
        (width, contents, matrix), over, cover = other.submit(sizes).result()
    assert width <= 672
    assert 300 < contents <= 956 and 300 < matrix <= 956
    assert over == []
    assert 1000 < cover <= 1123  # as high as the sheet: more would go to a second one


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


def test_the_outline_has_chapters_and_records_under_them(pdf: PdfReader) -> None:
    top = [entry.title for entry in pdf.outline if not isinstance(entry, list)]
    assert top[:4] == ["Über dieses Dokument", "Inhalt", "In Kürze", "Maschinen"]
    below = pdf.outline[
        pdf.outline.index(next(entry for entry in pdf.outline if getattr(entry, "title", "") == "Maschinen")) + 1
    ]
    titles = [entry.title for entry in below]
    assert "Vieldrahtsäge" in titles
    assert not any(isinstance(entry, list) for entry in below)


def test_the_outline_keeps_blanks_where_a_heading_is_broken(browser: Browser) -> None:
    long = "Wie weit liegen heimische und importierte Sägen auseinander?"
    data = to_pdf(browser, f"<title>Sägen</title><h1 style='width: 9em'>{long}</h1><h1>Säge</h1>")
    assert PdfReader(BytesIO(data)).outline[0].title != long  # as Chromium writes it
    properties = {"/Title": "Sägen", "/Author": "Säger", "/Subject": "Sägen"}
    done = finished_pdf(data, data, {}, written=long, headings=[long], properties=properties, date="2024-10")
    assert [entry.title for entry in PdfReader(BytesIO(done)).outline] == [long, "Säge"]


def test_contents_give_the_page_on_which_each_chapter_begins(
    printed: Path, document: Document, texts: list[str]
) -> None:
    pages = first_pages((printed / "build/report.pdf").read_bytes(), document.keys)
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
        return finished_pdf(
            data,
            heads,
            short.names({}),
            written=short.letters,
            headings=short.headings,
            properties=short.properties,
            date="2024-10",
        )

    assert made() == made()


def test_properties_of_a_translation_are_texts(browser: Browser) -> None:
    data = to_pdf(browser, "<title>Sägen</title><p>Sägen")
    told = {name: TranslatedText(f"{name} told", name) for name in ("/Title", "/Author", "/Subject")}
    found = PdfReader(
        BytesIO(finished_pdf(data, data, {}, written="", headings=[], properties=told, date="2024-10"))
    ).metadata
    assert [found[name] for name in told] == ["/Title told", "/Author told", "/Subject told"]


def test_a_document_that_asks_for_another_file_is_refused(browser: Browser) -> None:
    with pytest.raises(PrintingFailed, match="example.org/spy.png"):
        to_pdf(browser, '<p>Words <img src="http://example.org/spy.png" alt=""></p>')


def test_the_site_offers_the_pdf_only_when_it_is_built_with_it(printed: Path, wafer_site: Path, tmp_path: Path) -> None:
    done = build(printed, tmp_path / "with", REPORT_PDF="build/report.pdf")
    assert done.returncode == 0, done.stderr
    assert not (wafer_site / "report.pdf").exists()
    assert (tmp_path / "with/report.pdf").read_bytes() == (printed / "build/report.pdf").read_bytes()
    for folder, expected in ((wafer_site, 0), (tmp_path / "with", 1)):
        for name, page in read_pages(folder).items():
            up = "../" * name.count("/") if name != "404.html" else "/"
            assert page.links.count(f"{up}report.pdf") == expected, (folder, name)


def test_a_pdf_that_is_not_there_stops_the_build(project: Path, tmp_path: Path) -> None:
    done = build(project, tmp_path / "none", REPORT_PDF="build/missing.pdf")
    assert done.returncode != 0
    assert "REPORT_PDF: there is no file build/missing.pdf" in done.stdout + done.stderr
