"""Pages and rendering: what an editor of prose may do, and how a slip is answered."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemBytecodeCache
from markupsafe import Markup

from macros.problems import ProblemsFound
from macros.render import environments
from macros.render.composed import Composed
from macros.render.site import build_site, open_site
from site_tests.support.reading import passing

INTRODUCTION = "content/equipment/wire-saw.md"


def lines(root: Path) -> list[str]:
    with pytest.raises(ProblemsFound) as found:
        build_site(root)
    return [str(problem) for problem in found.value.problems]


def page(text: str) -> str:
    return f"---\ntitle: Abstand\n---\n\n# Abstand\n\n{text}\n"


def test_unknown_macro_is_reported_at_its_line(project_with) -> None:
    root = project_with({"content/abstand.md": page("First.\n\n{{ gap_rankin() }}")})
    assert lines(root) == ['content/abstand.md:9: no macro "gap_rankin"; did you mean "gap_ranking"? [page-macro]']


def test_unknown_record_is_reported_at_its_line_with_a_suggestion(project_with) -> None:
    root = project_with({"content/abstand.md": page('See {{ link("equipment", "wire-sow") }}.')})
    assert lines(root) == ['content/abstand.md:7: no equipment class "wire-sow"; did you mean "wire-saw"? [page-macro]']


def test_broken_call_is_reported_at_its_line(project_with) -> None:
    root = project_with({"content/abstand.md": page("Text.\n\nMore {{ count( }}.")})
    (line,) = lines(root)
    assert line.startswith("content/abstand.md:9: a call or its braces cannot be read") and line.endswith(
        "[page-syntax]"
    )


def test_all_broken_pages_are_reported_at_once(project_with) -> None:
    root = project_with(
        {"content/abstand.md": page("{{ nothing() }}"), "content/verfahren.md": page("{{ nothing() }}")}
    )
    assert [line.split(":")[0] for line in lines(root)] == ["content/abstand.md", "content/verfahren.md"]


def test_slip_in_an_introduction_names_the_introduction(project_with) -> None:
    root = project_with({INTRODUCTION: 'The saw.\n\nIt cuts {{ figure("xx-999") }}.\n'})
    (line,) = lines(root)
    assert line.startswith(f'{INTRODUCTION}:3: no fact "xx-999"')


def test_introduction_without_a_record_is_reported(project_with) -> None:
    root = project_with({"content/equipment/wire-sow.md": "A saw.\n"})
    assert lines(root) == [
        'content/equipment/wire-sow.md:1: no record has the name of this file; did you mean "wire-saw"? [page-exists]'
    ]


def test_page_of_the_navigation_that_is_missing_is_reported(project_with) -> None:
    root = project_with({"content/markt.md": None})
    assert any('no page "markt.md"' in line and line.endswith("[page-exists]") for line in lines(root))


def test_page_named_like_a_further_part_is_reported(project_with) -> None:
    root = project_with({"content/aussagen_2.md": "---\ntitle: More claims\n---\n\n# More\n"})
    assert lines(root) == [
        "content/aussagen_2.md:1: a name like this is kept for pages on which a long list goes on;"
        " give it a name without _ and a number at the end [page-exists]"
    ]


def test_page_without_a_title_is_reported(project_with) -> None:
    root = project_with({"content/abstand.md": "# Abstand\n"})
    assert lines(root) == [
        'content/abstand.md:1: the page has no title; begin it with three lines: "---", "title: Name of the page" and "---" [page-title]'
    ]


@pytest.mark.parametrize(
    "prose",
    [
        "Machines cut 40 wafers.",
        "About 3.5 times.",
        "A share of 12 %.",
        "In 2019 it was so.",
        "- 7 of them",
        "1,200 wafers",
    ],
)
def test_figure_in_prose_without_a_macro_is_reported(prose: str, project_with) -> None:
    (line,) = lines(project_with({"content/abstand.md": page(prose)}))
    assert line.startswith("content/abstand.md:7: the figure ") and line.endswith("[figure-from-macro]")


@pytest.mark.parametrize(
    "prose",
    [
        "A 2D image.",
        "Code `x = 3`.",
        '{{ count("facts") }} facts',
        "<!-- 42 -->",
        "1. First point",
        "A [link](aussagen.md '40').",
        "Grade C0-C3 parts",
    ],
)
def test_names_code_and_macros_may_hold_digits(prose: str, project_with) -> None:
    build_site(project_with({"content/abstand.md": page(prose)}))


def test_values_never_pass_through_markdown(project_with) -> None:
    root = project_with({"content/abstand.md": page('A {{ link("equipment", "wire-saw", "*x* <b>|</b>") }} b.')})
    made = build_site(root).composed["abstand.md"]
    assert "*x*" not in made.markdown
    filled = made.fill(f"<p>{made.markdown.splitlines()[-1]}</p>")
    assert "*x* &lt;b&gt;|&lt;/b&gt;</a> b." in filled


def test_block_alone_in_a_paragraph_loses_the_paragraph() -> None:
    made = Composed("", [Markup("<div>one</div>"), Markup("two")])
    assert made.fill("<p>zq00000qz</p>\n<p>a zq00001qz b</p>") == "<div>one</div>\n<p>a two b</p>"


def test_value_inside_a_tag_becomes_plain_words() -> None:
    made = Composed("", [Markup("<b>Slot &amp; Die</b>")])
    assert made.fill('<h1 id="zq00000qz">zq00000qz</h1>') == '<h1 id="slot-die"><b>Slot &amp; Die</b></h1>'


def test_comments_for_editors_do_not_reach_readers(project_with) -> None:
    root = project_with({"content/abstand.md": page("<!-- data: somewhere -->\n{{ gap_ranking() }}")})
    assert "<!--" not in build_site(root).composed["abstand.md"].markdown


def test_count_of_a_word_that_does_not_exist_is_reported(project_with) -> None:
    root = project_with({"content/abstand.md": page('{{ count("assessments", level="weit-zureck") }}')})
    assert lines(root) == ['content/abstand.md:7: no level "weit-zureck"; did you mean "weit-zurueck"? [page-macro]']


def test_count_of_an_edition_that_does_not_exist_is_reported(project_with) -> None:
    root = project_with({"content/abstand.md": page('{{ count("assessments", edition="2062") }}')})
    (line,) = lines(root)
    assert line.startswith('content/abstand.md:7: no edition "2062"')


def test_whatever_goes_wrong_in_a_page_is_a_problem_and_no_traceback(project_with) -> None:
    assert lines(project_with({"content/abstand.md": page("{{ 1/0 }}")})) == [
        "content/abstand.md:7: division by zero [page-macro]"
    ]


def test_slip_in_a_template_names_the_template(
    miniature: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shutil.copytree(environments.TEMPLATES, tmp_path / "macros" / "templates")
    (folder / "gap_ranking.html.jinja").write_text("<div>\n{{ nosuch }}\n</div>", encoding="utf-8")
    for name in ("environments", "errors"):
        monkeypatch.setattr(f"macros.render.{name}.TEMPLATES", folder)
    found = lines(miniature)
    assert found and all(line.startswith("macros/templates/gap_ranking.html.jinja:2: ") for line in found)


def test_templates_have_the_marks_of_the_language_between_values(tmp_path: Path, miniature: Path) -> None:
    text = (
        '<p title="{{ a }} ({{ b }})">{{ a }}: {% if b %}{{ b }}{% endif %}, <b>{{ a }}</b>. {{ b }}; {{ a }}.</p>'
        "{% for x in [a, b] %}{{ x }}{{ ', ' if not loop.last }}{% endfor %}.{% if a %}{% endif %}<i>c, d: e.</i>"
    )
    (tmp_path / "block.jinja").write_text(text, encoding="utf-8")
    wording = open_site(miniature).book.wording
    said = []
    for language in ("en", "zh-Hans"):
        loader = environments.Templates(tmp_path, replace(wording, tag=language))
        # Jinja's cache knows a template by its name and text: one of another language must not be taken for it.
        made = Environment(loader=loader, bytecode_cache=FileSystemBytecodeCache(str(tmp_path)))
        said.append(made.get_template("block.jinja").render(a="A", b="B"))
    assert said == [
        '<p title="A (B)">A: B, <b>A</b>. B; A.</p>A, B.<i>c, d: e.</i>',
        '<p title="A（B）">A：B，<b>A</b>。B；A。</p>A、B。<i>c, d: e.</i>',
    ]


def test_no_template_has_a_mark_between_values_that_is_not_known() -> None:
    """A comma between values of a list is a text of its own, so that it can be another mark than that between clauses."""
    for path in environments.TEMPLATES.glob("*.jinja"):
        assert not re.search(r"loop\.last %\}[,;]", path.read_text(encoding="utf-8")), path.name


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("Kurz. Gut.", "Kurz. Gut."),
        ("a" * 120 + ". " + "b" * 100 + ".", "a" * 120 + "."),
        ("锯" * 150 + "。" + "线" * 100 + "。", "锯" * 150 + "。"),
        ("a" * 150 + " " + "b" * 60 + ".", "a" * 150 + "…"),
        ("锯，" * 120, "锯，" * 98 + "锯…"),
    ],
    ids=("short", "a sentence fits", "one without blanks", "a word fits", "a part fits"),
)
def test_search_engines_get_whole_sentences_or_words(told: str, shown: str, project_with) -> None:
    summary = (
        "summary: Schneidet einen ganzen Block auf einmal mit einem langen gespannten Draht.",
        f"summary: {told}",
    )
    root = project_with({"data/equipment/wire-saw.yml": summary})
    with passing("right-length"):
        assert open_site(root).description("equipment/wire-saw.md") == shown
