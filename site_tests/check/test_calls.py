"""Macro calls in prose: wrong ones are told by the check, at once and where they stand, without a page being made."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.cli.main import main
from macros.load.pages import PageText
from macros.present.book import Book
from macros.render.calls import wrong_calls
from macros.render.site import open_site
from site_tests.conftest import Copy


@pytest.fixture(scope="module")
def book(miniature: Path) -> Book:
    return open_site(miniature).book


def told(book: Book, text: str) -> list[tuple[int, str, str]]:
    """Return line, what is wrong and the rule for each problem of a page's text that begins in line 5 of its file."""
    page = PageText("content/abstand.md", text, first_line=5)
    return [(problem.line, problem.wrong, problem.rule) for problem in wrong_calls(book, [page])]


def test_check_tells_every_wrong_call_with_file_and_line(
    project_with: Copy, capsys: pytest.CaptureFixture[str]
) -> None:
    page = 'Of {{ count("facts") }} facts {{ figure("ws-00l") }}.\n\n{{ gap_rankin() }}\n\n{{ link("equipment", "wire-sow") }}\n'
    root = project_with(
        {
            "content/abstand.md": f"---\ntitle: Abstand\n---\n\n{page}",
            "content/equipment/wire-saw.md": 'It cuts.\n\n{{ index("wire-gide") }} {{ cite("ws-001") }}\n',
        }
    )
    assert main(["--root", str(root), "check"]) == 1
    assert capsys.readouterr().err.splitlines()[:4] == [
        'content/abstand.md:5: no fact "ws-00l"; did you mean "ws-001"? [page-macro]',
        'content/abstand.md:7: no macro "gap_rankin"; did you mean "gap_ranking"? [page-macro]',
        'content/abstand.md:9: no equipment class "wire-sow"; did you mean "wire-saw"? [page-macro]',
        'content/equipment/wire-saw.md:3: no equipment class "wire-gide"; did you mean "wire-guide"? [page-macro]',
    ]


@pytest.mark.parametrize(
    ("text", "line", "wrong", "rule"),
    [
        ("One.\n{{ count( }}", 6, "a call or its braces cannot be read (unexpected '}'", "page-syntax"),
        (
            "{{ gap_matrix(compakt=True) }}",
            5,
            "gap_matrix is not called like this (got an unexpected keyword argument 'compakt'); write {{ gap_matrix(",
            "page-macro",
        ),
        (  # A block whose template needs no function.
            "{{ supplier_events() }}",
            5,
            "supplier_events is not called like this (missing a required argument: 'record'); write {{ supplier_events(record) }}",
            "page-macro",
        ),
        (
            "{{ level_scale(1) }}",
            5,
            "level_scale is not called like this (too many positional arguments); write {{ level_scale() }}",
            "page-macro",
        ),
        ('{{ count("facts", colour="red") }}', 5, 'facts have no "colour"; ', "page-macro"),
        (
            "\n{{ figure() }}",
            6,
            "figure is not called like this (figure() missing 1 required positional argument: 'name'); write {{ figure(\"name\") }}",
            "page-macro",
        ),
        ("{{ figure(ws-001) }}", 5, "a call has the id ws-001 without quotes", "page-syntax"),
        ('{{ link("equipment", wire-saw) }}', 5, "a call has the id wire-saw without quotes", "page-syntax"),
        ('{{ figure（"ws-001"） }}', 5, "a call has full-width brackets or commas", "page-syntax"),
        ("{% if true %}\n\n{{ nothing }}{% endif %}", 7, 'no macro "nothing"', "page-macro"),
        (
            '{{ count(["facts"]) }}',
            5,
            "count is not called like this (unhashable type: 'list'); write {{ count(\"kind\", field=...) }}",
            "page-macro",
        ),
    ],
)
def test_wrong_call_is_told(book: Book, text: str, line: int, wrong: str, rule: str) -> None:
    (found,) = told(book, text)
    assert found[0] == line and found[1].startswith(wrong) and found[2] == rule


@pytest.mark.parametrize(
    "text",
    [
        "{{ gap_ranking() }}",
        "{{ introduction }}{{ class_facts(record) }}",
        '{% for name in ["ws-001"] %}{{ loop.index }} {{ figure(name) }}{% endfor %}',
        '{% set word = "ws-001" %}{{ cite(word) }}',
        "{% macro twice(x) %}{{ x }}{% endmacro %}{{ twice(1) }}{{ range(2) }}",
        "<!-- {{ count('facts') }} -->",
        "{# {{ nothing() }} #}{% raw %}{{ nothing() }}{% endraw %}",
    ],
)
def test_right_call_and_what_only_a_page_can_tell_are_left_alone(book: Book, text: str) -> None:
    assert told(book, text) == []


@pytest.mark.parametrize(
    "text",
    ["{{ figure('x' * 10**10) }}", "{{ figure(10**10**10) }}", f"{{{{ {'(' * 900} }}}}", "{{ 1" + "+1" * 2000 + " }}",
     "{{ figure(x|nofilter) }}{{ y }}"],
)  # fmt: skip
def test_nothing_is_computed(book: Book, text: str) -> None:
    assert told(book, text) == []


def test_a_wrong_call_is_told_in_the_words_of_its_macro(book: Book) -> None:
    assert told(book, '{{ rank("zz") }}{{ rank() }}')[0][1].startswith('no priority "zz"')
    assert told(book, "{{ rank() }}")[0][1].endswith('; write {{ rank("name") }}')
