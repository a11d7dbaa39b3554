"""The report as one document, on the miniature, before it is printed: what it holds, and that it stands alone."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

from playwright.sync_api import Browser

from macros.load import load
from macros.pdf.book import Document, read_document
from macros.pdf.chapters import without_left_out_sections
from macros.pdf.markup import for_paper, parse, serialize
from site_tests.pdf.conftest import LOCAL
from site_tests.support.built import Page, parsed
from site_tests.support.hostile import HOSTILE, poison
from site_tests.support.reading import BROKEN, passing


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
    page = parsed(read_document(project, "https://example.org/saws/").html({}))
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


def test_names_in_other_scripts_say_their_language_wherever_they_stand(document: Document, html: Page) -> None:
    """Chromium forgets that of a `span`: in chapters and in the lists of facts and sources alike."""
    said = [(tag, attrs["lang"]) for tag, attrs in html.tags if "lang" in attrs and tag != "html"]
    assert {tag for tag, _ in said} == {"em"}
    facts = next(chapter for chapter in document.chapters if chapter.key == "evidence-index")
    assert [em.text for em in facts.tree.iter("em")] == [LOCAL]


def test_hostile_texts_print_literally(project: Path, tmp_path: Path, browser: Browser) -> None:
    root = shutil.copytree(project, tmp_path / "hostile", symlinks=True)
    assert poison(root) > 300
    with passing(*BROKEN):
        document = read_document(root)
    page = parsed(document.html({}))
    assert [tag for tag, attrs in page.tags if tag in ("script", "iframe") or tag == "em" and "lang" not in attrs] == []
    assert HOSTILE in page.text
    assert [attrs for _, attrs in page.tags if any(name.startswith("on") for name in attrs)] == []
    page = parsed(document.heads({"index": 2}, 3))
    assert HOSTILE in page.text and [tag for tag, _ in page.tags if tag in ("script", "em", "iframe")] == []
