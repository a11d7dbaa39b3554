"""Rules on prose read Markdown as the engine does: what is a figure, a link, a heading, and what only looks like one."""

from __future__ import annotations

import re
from functools import cache

import pytest
from markdown import Markdown

from macros.check.prose import wrong_prose
from macros.check.prose.engine import _USUAL, _extensions, outlines, slugify_of
from macros.check.prose.links import Known, made_anchors
from macros.check.prose.outline import Outline, outline, outline_as_values, outline_from_values
from macros.load.pages import PageText
from macros.render.site import build_site
from macros.render.validation import ids_in_pages, problems_in
from site_tests.conftest import REPOSITORY, Copy

KNOWN = Known(
    frozenset(("gap.md", "claims.md", "equipment/saw.md")),
    frozenset(("assets/saw.png", "assets/logo.svg")),
    frozenset(("fact-1",)),
)


@cache
def engine() -> Markdown:
    names, settings = _extensions(_USUAL)
    return Markdown(extensions=names, extension_configs=settings)


def read(text: str, *allowed: str) -> Outline:
    return outline(text, engine(), allowed)


def told(text: str, path: str = "gap.md", **others: str) -> list[str]:
    """Return the problems of a page, and nothing of the others beside it."""
    texts = {path: PageText(f"content/{path}", text), **{
        f"{name}.md": PageText(f"content/{name}.md", other) for name, other in others.items()
    }}  # fmt: skip
    found = wrong_prose(texts, {name: read(page.text) for name, page in texts.items()}, KNOWN)
    return [f"{p.line}: {p.wrong} [{p.rule}]" for p in found if p.path == f"content/{path}"]


@pytest.mark.parametrize(
    "text",
    [
        "Text[^1] and more[^b2].\n\n[^1]: A note.\n[^b2]: Another.",
        "1. First\n2. Second\n\n10. Tenth",
        "- a\n\n    1. nested\n    2. more",
        "> 1. quoted",
        "1. `code` first",
        "1) in brackets",
        "Code `x = 3` and ``y ` 4``.",
        "```py hl_lines=\"2 3\"\nx = 40\n```",
        "~~~\n40\n~~~",
        "!!! note\n\n    ```\n    x = 40\n    ```",
        "- item\n\n    ```\n    40\n    ```",
        "[text](claims-2019.html#part-3 'since 2019')",
        "[text][1]\n\n[1]: claims-2019.html",
        "![a saw](saw-40.png)",
        "<https://example.org/2019>",
        "## Heading {: #part-2 .w3 }\n\nText.\n{: title='40' }",
        "| a | b |\n|--:|:-:|\n| c | d |",
        "The DIN rule.\n\n*[DIN]: a body with 40 members",
        "<img src='saw.png' alt='saw' width=40 height='30'>",
        "<div data-n='4' markdown='1'>\ntext\n</div>",
        "A 2D image, Grade C0-C3, GB38331, H2 and 3D.",
        "{{ count('facts', year=2019) }} and {{ figure(\n    'x', 12\n) }}",
        "<!-- 40\n\n50 -->\n\nText <!-- 60 -->.",
        "{# 40 #}",
        "An apostrophe&#8217;s &#x2019; entity, an emoji :100:.",
        "- [x] done\n- [ ] open",
        '--8<-- "part-2.txt"',
        "{% raw %}`{{ figure('fe-036') }}`{% endraw %}",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_figure_is_none(text: str) -> None:
    assert read(text).figures == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One.\n\nAbout 1,200 wafers, 3.5 times; 12 %.", [(3, "1,200"), (3, "3.5"), (3, "12")]),
        ("In the year\n2019. Then it was.", [(2, "2019")]),
        ("1. First 7\n2. 8 more", [(1, "7"), (2, "8")]),
        ("# In 2019\n\n## 3 ways\n\nSetext 4\n========", [(1, "2019"), (3, "3"), (5, "4")]),
        ("| a | 5 |\n|---|---|\n| 6 | b |", [(1, "5"), (3, "6")]),
        ('!!! note "The 8"\n    Inside 9.\n\n??? tip\n    More 10.', [(1, "8"), (2, "9"), (5, "10")]),
        ('=== "Tab 11"\n\n    Text 12', [(1, "11"), (3, "12")]),
        ("Text[^1].\n\n[^1]: A note of 13.", [(3, "13")]),
        ("![40 saws](saw.png)", [(1, "40")]),
        ("[14 saws](saw.html) and [15][x]\n\n[x]: y.html", [(1, "14"), (1, "15")]),
        ("Term 16\n:   Said 17", [(1, "16"), (2, "17")]),
        ("<div>\nraw 18\n</div>", [(2, "18")]),
        ("> quoted 19\n\n- item\n\n    20 in it", [(1, "19"), (5, "20")]),
        ("{{ count(\n  'facts'\n) }} of 21", [(3, "21")]),
        ("Text\n<!-- x\n\n-->\nof 22", [(5, "22")]),
        ("**23** _24_ 第25代 40µm 12kg", [(1, "23"), (1, "24"), (1, "25"), (1, "40"), (1, "12")]),
    ],
)  # fmt: skip
def test_figure_that_a_reader_sees_is_found_at_its_line(text: str, found: list[tuple[int, str]]) -> None:
    assert [tuple(figure) for figure in read(text).figures] == found


def test_name_with_digits_that_is_allowed_is_none_even_over_two_lines() -> None:
    text = "GB/T 38331-2019 and Keeney and\nRaiffa (1976), but 38331."
    assert read(text, "GB/T 38331-2019", "Keeney and Raiffa (1976)").figures == ((2, "38331"),)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# A\n\n[x](claim.md)", '3: the link to "claim.md" leads nowhere [link-leads]'),
        ("[x](equipment/sow.md)", '1: the link to "equipment/sow.md" leads nowhere [link-leads]'),
        ("[x][y]\n\n[y]: claim.md", '3: the link to "claim.md" leads nowhere [link-leads]'),
        ("A\n\n<a href='claims.md'>x</a>", '3: the link to "claims.md" leads nowhere [link-leads]'),
        ("[x](claim.html)", '1: the link to "claim.html" leads nowhere [link-leads]'),
        ("[x](/claims.html)", '1: the link to "/claims.html" begins with / [link-leads]'),
        ("[x](../README.md)", '1: the link to "../README.md" leaves content/ [link-leads]'),
        (
            "[x](htps://a.b/)",
            '1: the link to "htps://a.b/" does not begin with http:, https:, mailto: or tel: [link-leads]',
        ),
        ("# A\n\n[x](#b)", '3: gap.md has no place "#b" [anchor-exists]'),
        ("[x](claims.md#c)", '1: claims.md has no place "#c" [anchor-exists]'),
        ("![s](assets/sow.png)", '1: the image "assets/sow.png" is not there [image-exists]'),
        ("![s](https://a.b/c.png)", '1: the image "https://a.b/c.png" lies on another host [image-exists]'),
        ("![s](//a.b/c.png)", '1: the image "//a.b/c.png" lies on another host [image-exists]'),
        ("A\n![](assets/saw.png)", '2: the image "assets/saw.png" has no text [image-has-text]'),
        ("# A\n\n# B", '3: "B" is a second title of the page [heading-once]'),
        ("# A\n\n### B", '3: the heading "B" is of level 3, the one before it of level 1 [heading-level]'),
        ("# A\n\n##B c", "3: there is no space between ## and the heading [heading-blank]"),
        ("A\n\n<div>\n\n## B", "3: the tag <div> is not closed [tag-closed]"),
        ("A <b>c.\n\nD.", "1: the tag <b> is not closed [tag-closed]"),
        ("A\n\n<!-- b\n\n## C", "3: the comment <!-- is not closed and hides what follows [tag-closed]"),
        ("A\n\n<!-- b\n\n## C\n\n<!-- d -->", "3: the comment <!-- is not closed and hides what follows [tag-closed]"),
        (
            "A\n\n    b c\n\n    d",
            '3: "b c" is published as code, since four spaces or a tab are before it [code-in-fence]',
        ),
    ],
)
def test_slip_is_told_once_at_its_line(text: str, said: str) -> None:
    assert told(text, claims="# Claims\n\n## Of then") == [said]


@pytest.mark.parametrize(
    "text",
    [
        "[a](claims.md) [b](claims.html) [c](claims.md#of-then) [d](equipment/saw.md) [e](equipment/saw.md#fact-1)",
        "[a](https://example.org/x) [b](mailto:a@example.org) [c](downloads/charts/facts.csv) [d](assets/saw.png)",
        "# A\n\n## 电池 设备\n\n[x](#电池-设备) [y](#%E7%94%B5%E6%B1%A0-%E8%AE%BE%E5%A4%87)",
        "# A\n\n## B {: #c }\n\n[x](#c) <a id='d'></a>[y](#d)",
        "[x](claims.md#benchmark-b-1) [x](claims.md#edition-now)",
        "![A saw](assets/saw.png) <img src='assets/logo.svg' alt='logo'>",
        "## A\n\n### B\n\n#### C\n\n## D",
        "Code `<div>` and `<!--`.\n\n```html\n<div>\n<!-- x\n```",
        "```<b> in``` a line\n\n<b>c</b>\n\n```\n<i>\n```",
        "<p>A\n\n<br>\n\n<ul><li>B</ul>\n\n<img src='assets/saw.png' alt='x'/>",
        "A < b, c <d e, and 'x <y'.",
        "- a\n\n    more of a\n\n    - b\n\n        more of b",
        "!!! note\n    text\n\n    text",
        "Text[^a].\n\n[^a]: Note\n\n    goes on",
        "\\## no heading, and C# is a language",
        "<details markdown><summary>x</summary>\n\ntext\n\n</details>",
        "<!-- a --> text <!-- b -->\n\n<!--\nc\n-->",
        "[x]({{ y }}) [z](claims.md#{{ y }})",
    ],
)
def test_what_is_right_is_left_alone(text: str) -> None:
    assert told(text, claims="# Claims\n\n## Of then") == []


def test_heading_with_a_call_leaves_the_anchors_of_its_page_to_the_build() -> None:
    assert told("[x](claims.md#y)", claims="## {{ z() }}") == []


def test_page_of_a_record_has_the_headings_of_pattern_and_introduction() -> None:
    texts = {
        "gap.md": "[a](equipment/saw.md#own) [b](equipment/saw.md#shared) [c](equipment/saw.md#none)",
        "equipment/_each.md": "# {{ record.name }}\n\n{{ introduction }}\n\n## Shared",
        "equipment/saw.md": "## Own\n\n[a](#shared) [b](../claims.md) [c](saw.md)",
    }
    pages = {name: PageText(f"content/{name}", text) for name, text in texts.items()}
    found = [str(p) for p in wrong_prose(pages, {name: read(text) for name, text in texts.items()}, KNOWN)]
    assert found == [
        'content/gap.md:1: equipment/saw.md has no place "#none"; choose one of own, shared [anchor-exists]'
    ]


@pytest.mark.parametrize(
    ("pattern", "is_shown"),
    [
        ("{{ introduction }}", True),
        ("{{introduction}}", True),
        ("{{ introductoin }}", False),
        ("<!-- {{ introduction }} -->", False),
        ("```\n{{ introduction }}\n```", False),
        ("{% raw %}{{ introduction }}{% endraw %}", False),
    ],
)
def test_introduction_that_a_pattern_lost_is_told(pattern: str, is_shown: bool) -> None:
    page = PageText("content/equipment/_each.md", f"# {{{{ record.name }}}}\n\n{pattern}\n", has_introductions=True)
    found = wrong_prose({"equipment/_each.md": page}, {"equipment/_each.md": read(page.text)}, KNOWN)
    assert [problem.rule for problem in found] == ([] if is_shown else ["introduction-shown"])


def test_lines_are_those_of_the_file_below_its_front_matter(project_with: Copy) -> None:
    root = project_with({"content/abstand.md": '---\ntitle: Abstand\ndate: "2024-01-01"\n---\n\n# Abstand\n\nOf 40.\n'})
    assert [problem.line for problem in problems_in(root)] == [8]


def test_an_outline_that_was_kept_is_the_same(project_with: Copy) -> None:
    text = "# A 5\n\n## {{ x }}\n\n[b](c.md) ![d](e.png)\n\n<i>f\n\n    g\n\n{{ introduction }}"
    root, texts = project_with({}), {"gap.md": PageText("content/gap.md", text)}
    (root / ".cache/prose.bin").unlink(missing_ok=True)
    first = outlines(root, texts, ())
    assert outlines(root, texts, ()) == first == {"gap.md": outline_from_values(outline_as_values(first["gap.md"]))}
    assert outlines(root, texts, ("A 5",))["gap.md"].figures == ()


def test_extensions_are_those_of_the_project(project_with: Copy) -> None:
    texts = {"gap.md": PageText("content/gap.md", '!!! note "5"\n\n    text\n')}
    root = project_with({"mkdocs.yml": "site_name: x\nmarkdown_extensions: [attr_list]\n"})
    assert outlines(root, texts, ())["gap.md"].indented == (3,)
    (root / "mkdocs.yml").write_text("site_name: x\nmarkdown_extensions:\n  - admonition\n", encoding="utf-8")
    assert outlines(root, texts, ())["gap.md"].indented == ()


MATERIAL = """
site_name: x
markdown_extensions:
  - abbr
  - admonition
  - attr_list
  - def_list
  - footnotes
  - md_in_html
  - tables
  - toc: {permalink: true, slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}}
  - pymdownx.details
  - pymdownx.superfences:
      custom_fences: [{name: mermaid, class: mermaid, format: !!python/name:pymdownx.superfences.fence_code_format ""}]
  - pymdownx.snippets
  - pymdownx.tabbed: {alternate_style: true}
  - pymdownx.tasklist: {custom_checkbox: true}
  - pymdownx.emoji: {emoji_index: !!python/name:material.extensions.emoji.twemoji ""}
"""


def test_set_of_extensions_that_material_recommends_is_understood(project_with: Copy) -> None:
    text = """# A

## 电池 设备 (EV)

??? tip "Of 2"

    ```mermaid
    graph 40
    ```

=== "Tab"

    - [x] all 3 :smile:

[x](#电池-设备-ev) [y](#电池)
"""
    root = project_with({"mkdocs.yml": MATERIAL, "content/abstand.md": f"---\ntitle: Abstand\n---\n{text}"})
    found = [(problem.line, problem.rule, problem.wrong) for problem in problems_in(root)]
    assert found == [
        (8, "figure-from-macro", 'the figure "2" is typed by hand'),
        (16, "figure-from-macro", 'the figure "3" is typed by hand'),
        (18, "anchor-exists", 'abstand.md has no place "#电池"'),
    ]


@pytest.mark.parametrize(
    "setting",
    [
        "markdown_extensions: [nosuch]",
        "markdown_extensions: [{toc: x}]",
        "markdown_extensions: [{toc: {slugify: !!python/name:no.such}}]",
        "x: [",
        "markdown_extensions: 5",
    ],
)
def test_settings_that_cannot_be_read_are_left_to_the_build(setting: str, project_with: Copy) -> None:
    root = project_with({"mkdocs.yml": f"site_name: x\n{setting}\n"})
    assert problems_in(root) == []


def test_ids_of_headings_are_made_as_mkdocs_yml_says(project_with: Copy) -> None:
    plain = "markdown_extensions:\n  - toc:\n      slugify: !!python/name:markdown.extensions.toc.slugify\n"
    root = project_with({"mkdocs.yml": f"site_name: x\n{plain}"})
    assert slugify_of(root)("Über uns") == "uber-uns"
    assert slugify_of(REPOSITORY)("Über uns") == "über-uns"


def test_every_anchor_of_a_block_can_be_linked_to(miniature: object) -> None:
    """Anchors of charts for screen readers and of headings with a name in them are no places to link to."""
    site = build_site(miniature)
    patterns = [re.compile(pattern) for pattern in made_anchors()]
    printed = {
        name
        for made in site.composed.values()
        for block in made.slots
        for name in re.findall(r'<(?!svg|title|desc)\w+[^>]*? id="([^"]+)"', str(block))
    }
    assert sorted(n for n in printed - ids_in_pages(site.book) if not any(p.fullmatch(n) for p in patterns)) == []


def test_the_rules_are_right_on_the_report_itself() -> None:
    assert [str(problem) for problem in problems_in(REPOSITORY)] == []
