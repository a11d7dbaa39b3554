"""Terms: marked once a page, in prose only; their definitions open by pointer and keyboard.

Material shows the title of a link as a tooltip; without script, browsers show it themselves.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from markupsafe import Markup
from playwright.sync_api import Page, expect

from macros.model.glossary import Term
from macros.render.glossary_links import Marker, as_free_text
from macros.render.site import build_site
from site_tests.conftest import Open, Tab
from site_tests.support.built import ROOT
from site_tests.support.reading import passing
from site_tests.support.records import data_in

TERMS = data_in(ROOT / "data/glossary.yml")["terms"]
MARK = re.compile(r'<a class="term" href="([^"]+)" title="([^"]+)">([^<]+)</a>')


def term(name: str, *forms: str) -> Term:
    return Term(id=name, term=name, name_local=None, aliases=(), forms=forms, definition="x")


def marked(text: str, *terms: Term, slots: list[Markup] | None = None) -> str:
    """Return a text with its marks written as [id:words]."""
    slots = [] if slots is None else slots
    markdown = Marker(terms).mark(text, slots, lambda found, words: Markup(f"[{found.id}:{words}]"))
    return re.sub(r"zq(\d{5})qz", lambda match: str(slots[int(match[1])]), markdown)


KERF = term("kerf", "kerf", "kerfs")
LOSS = term("loss", "kerf loss")
OEE = term("oee", "OEE")


def test_first_use_of_a_term_is_marked_and_no_other() -> None:
    assert marked("A kerf and a kerf.\n\nKerf again.", KERF) == "A [kerf:kerf] and a kerf.\n\nKerf again."


def test_longest_form_wins() -> None:
    assert marked("The kerf loss of a kerf", KERF, LOSS) == "The [loss:kerf loss] of a [kerf:kerf]"


def test_words_end_at_letters_digits_and_hyphens() -> None:
    text = "kerfing, subkerf, kerf-wide, a-kerf, kerf2"
    assert marked(text, KERF) == text
    assert marked("(kerf)", KERF) == "([kerf:kerf])"
    assert marked("kerfs.", KERF) == "[kerf:kerfs]."


def test_small_first_letter_may_be_a_capital_and_capitals_match_as_typed() -> None:
    assert marked("Kerf", KERF) == "[kerf:Kerf]"
    assert marked("KERF oee Oee", KERF, OEE) == "KERF oee Oee"
    assert marked("OEE", OEE) == "[oee:OEE]"


def test_form_may_run_over_a_line_but_not_over_a_paragraph() -> None:
    assert marked("the kerf\nloss", LOSS) == "the [loss:kerf\nloss]"
    assert marked("the kerf\n\nloss", LOSS) == "the kerf\n\nloss"


def test_slot_may_stand_right_beside_a_term() -> None:
    slots = [Markup("1"), Markup("2")]
    assert marked("zq00000qzkerfzq00001qz", KERF, slots=slots) == "1[kerf:kerf]2"


@pytest.mark.parametrize(
    "text",
    [
        "# The kerf",
        "The kerf\n---",
        "`kerf`",
        "```\nkerf\n```",
        "[a kerf](gap.html)",
        "[over a\nkerf](gap.html)",
        "[kerf]: gap.html",
        "![kerf](kerf.png)",
        '<a href="x">kerf</a>',
        '<i title="kerf">x</i>',
        "| kerf | x |",
        "text {: title=kerf }",
    ],
)
def test_headings_links_code_tables_and_attributes_are_passed_over(text: str) -> None:
    assert marked(text, KERF) == text


def test_blocks_are_marked_only_where_they_give_a_text_free_and_in_order_with_prose() -> None:
    slots = [Markup("<p>kerf</p>"), Markup("<p>") + as_free_text("a kerf & <OEE>") + Markup("</p>")]
    assert marked("zq00000qz zq00001qz kerf OEE", KERF, OEE, slots=slots) == (
        "<p>kerf</p> <p>a [kerf:kerf] &amp; &lt;[oee:OEE]&gt;</p> kerf OEE"
    )


def test_links_within_a_free_text_are_passed_over() -> None:
    slots = [as_free_text(Markup('<a href="#kerf">kerf</a> and kerf'))]
    assert marked("zq00000qz", KERF, slots=slots) == '<a href="#kerf">kerf</a> and [kerf:kerf]'


def test_hostile_definition_stays_in_its_attribute(project_with) -> None:
    hostile = 'A slit " onclick=alert(1) <b>*x*</b>'
    change = (
        "definition: Der Schlitz, den ein Draht in einen Block schneidet; was dort war, ist verloren.",
        f"definition: '{hostile}'",
    )
    page = "---\ntitle: Abstand\n---\n\n# Abstand\n\nDie Schnittfuge.\n"
    root = project_with({"data/glossary.yml": change, "content/abstand.md": page})
    with passing("plain-text"):
        made = build_site(root).composed["abstand.md"]
    html = made.fill(made.markdown)
    assert 'title="A slit &#34; onclick=alert(1) &lt;b&gt;*x*&lt;/b&gt;">Schnittfuge</a>' in html


def test_glossary_page_marks_nothing_and_leaves_no_sign_of_it(project_with) -> None:
    site = build_site(project_with({}))
    assert 'class="term"' not in "".join(site.composed["begriffe.md"].slots)
    assert not [path for path, made in site.composed.items() if "terms-->" in "".join(made.slots)]


def test_definitions_have_no_figures_and_are_short() -> None:
    for row in TERMS:
        assert not re.search(r"\d", row["definition"]), row["id"]
        assert len(row["definition"]) <= 240 and row["definition"].endswith("."), row["id"]
        assert re.sub(r"[.:;] ", "|", row["definition"]).count("|") <= 3, row["id"]


def test_every_term_stands_on_the_glossary_page(site: Path) -> None:
    html = (site / "glossary.html").read_text(encoding="utf-8")
    for row in TERMS:
        assert f'<div id="{row["id"]}"><dt><dfn>{row["term"]}</dfn>' in html
    assert 'class="term"' not in html


def test_no_page_marks_a_term_twice_and_every_mark_leads_to_its_term(site: Path) -> None:
    ids = {row["id"] for row in TERMS}
    found = 0
    for path in site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        marks = [href.rpartition("#")[2] for href, _, _ in MARK.findall(html)]
        assert [name for name, times in Counter(marks).items() if times > 1] == [], path.name
        assert set(marks) <= ids
        found += len(marks)
    assert found > 300


def test_no_mark_stands_in_a_heading_link_or_button(site: Path) -> None:
    for path in site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        for part in re.findall(r"<(h[1-6]|button|summary|code)\b[^>]*>(.*?)</\1>", html, re.DOTALL):
            assert 'class="term"' not in part[1], path.name
        for link in re.findall(r"<a\b(?![^>]*class=\"term\")[^>]*>(.*?)</a>", html, re.DOTALL):
            assert 'class="term"' not in link, path.name


@pytest.fixture
def opened(tab: Tab, site: Path) -> Open:
    """Return a function that opens a page of the report, from a file."""

    def go(name: str, width: int = 1440, script: bool = True) -> Page:
        page = tab(script, {"width": width, "height": 900})
        page.goto((site / name).as_uri())
        return page

    return go


KINDS = ["index.html", "equipment/slot-die-coater.html", "priorities/closed-loop-coating.html"]


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("name", KINDS)
def test_definition_opens_by_pointer_and_keyboard_and_stays_on_the_page(opened: Open, name: str, width: int) -> None:
    page = opened(name, width)
    marks, shown = page.locator(".term"), page.locator(".md-tooltip2--active")
    assert marks.count() > 2
    for mark in [mark for mark in marks.all() if mark.is_visible()][:3]:
        definition = mark.get_attribute("title")
        assert definition
        mark.hover()
        expect(shown).to_have_text(definition)
        assert mark.get_attribute("aria-describedby") == shown.get_attribute("id")
        box = shown.locator(".md-tooltip2__inner").bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= width
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.mouse.move(0, 0)
        expect(shown).to_have_count(0)
        mark.focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        expect(shown).to_have_text(definition)
        page.evaluate("document.activeElement.blur()")
        expect(shown).to_have_count(0)


@pytest.mark.parametrize("name", KINDS)
def test_without_script_every_mark_has_its_definition_for_the_browser_to_show(opened: Open, name: str) -> None:
    page = opened(name, script=False)
    defined = {row["id"]: " ".join(row["definition"].split()) for row in TERMS}
    found = page.locator(".term").evaluate_all("all => all.map(one => [one.hash.slice(1), one.title, one.tabIndex])")
    assert len(found) > 2
    assert [row for row in found if row[1:] != [defined[row[0]], 0]] == []


def test_enter_follows_a_term_to_its_definition(opened: Open) -> None:
    page = opened("gap.html")
    mark = page.locator(".term").first
    mark.focus()
    name = mark.get_attribute("href").rpartition("#")[2]
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/glossary.html#{name}")
    assert page.locator(f"#{name} dfn").is_visible()
