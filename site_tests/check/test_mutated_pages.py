"""Pages with slips, nonsense and attacks in them: a list of problems or a page, in good time, and nothing else is reached."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from macros.check.prose.outline import outline
from macros.load.pages import LARGEST, Page
from macros.present.book import Book
from macros.problems import Problem
from macros.render.errors import PageProblem
from macros.render.renderer import Renderer
from macros.render.validation import look_through, texts_of
from site_tests.conftest import complete
from site_tests.support.damage import NASTY_IN_PAGES, are_messages, mutated
from site_tests.support.reading import landscape_of

pytestmark = pytest.mark.slow


class Served:
    """A copy of the miniature whose pages can be exchanged and made one at a time."""

    def __init__(self, folder: Path):
        self.root = complete(folder)
        self.renderer = Renderer(Book(landscape_of(self.root)))
        self.texts = {
            path.relative_to(self.root).as_posix(): path.read_text(encoding="utf-8")
            for path in sorted((self.root / "content").rglob("*.md"))
        }

    def make(self, origin: str, content: bytes) -> list[Problem]:
        """Return the problems of the site with one page exchanged."""
        path = self.root / origin
        path.write_bytes(content)
        try:
            texts, problems = texts_of(self.root)
            made, more = look_through(self.root, self.renderer.book, texts)
            problems = [*problems, *more]
        finally:
            path.write_text(self.texts[origin], encoding="utf-8")
        told = [problem for problem in problems if problem.rule in ("page-macro", "page-syntax")]
        if len(told) < len(problems):
            return problems
        chosen = self._from(made, origin)
        found = [problem for page in chosen for problem in self._problem(page)]
        assert found or not told, "the check refuses a page that can be made"
        return [*found, *told]

    def _from(self, made: list[Page], origin: str) -> list[Page]:
        return [page for page in made if origin in (page.origin, (page.introduction or ("",))[0])][:2]

    def _problem(self, page: Page) -> Iterator[Problem]:
        self.renderer._pages._compiled.clear()
        try:
            self.renderer.compose(page).markdown.encode("utf-8")
        except PageProblem as error:
            yield error.problem


@pytest.fixture(scope="module")
def pages_of(tmp_path_factory: pytest.TempPathFactory) -> Served:
    return Served(tmp_path_factory.mktemp("pages") / "project")


@given(st.data())
def test_mutated_page_is_a_list_of_problems_or_a_page(pages_of: Served, data: st.DataObject) -> None:
    origin = data.draw(st.sampled_from(sorted(pages_of.texts)))
    are_messages(pages_of.make(origin, data.draw(mutated(pages_of.texts[origin], NASTY_IN_PAGES))))


PAGE_BOMBS = {
    "macros that stay open": "{{ " * 30_000,
    "statements that stay open": "{% " * 30_000,
    "comments that stay open": "<!-- " * 18_000,
    "links that stay open": "](" * 45_000,
    "header marks that stay open": "{:" * 45_000,
    "code that stays open": "```x " * 18_000,
    "figures": "7 " * 40_000,
}


@pytest.mark.parametrize("name", PAGE_BOMBS)
def test_prose_full_of_open_marks_is_read_in_good_time(name: str) -> None:
    """Each of these took minutes with a pattern that looks for an end at every beginning."""
    started = time.perf_counter()
    found = outline(f"{PAGE_BOMBS[name]} 5", Markdown(extensions=["tables"]))
    assert [figure.text for figure in found.figures[-1:]] == ["5"] or name == "comments that stay open"
    assert bool(found.open_tags) == (name == "comments that stay open")
    assert time.perf_counter() - started < 20


def test_page_that_is_too_large_is_refused(pages_of: Served) -> None:
    found = pages_of.make("content/abstand.md", b"x" * (LARGEST + 1))
    assert [(problem.path, problem.rule) for problem in found] == [("content/abstand.md", "file-size")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{ ''.__class__.__mro__ }}", "unsafe"),
        ("{{ 'x' * 10**10 }}", "cannot be used on a page"),
        ("{{ 10**10**10 }}", "cannot be used on a page"),
        ("{{ '%999999999d' % 1 }}", "cannot be used on a page"),
        ("{% for x in range(999999999) %}{% endfor %}", "Range too big"),
        ("{% include '/etc/passwd' %}", "no loader"),
        ("{{ count }}", "has no brackets"),
        ("{{ none }}", "nothing to show here"),
        ("`zq00000qz`", "has a meaning for the program"),
    ],
)
def test_page_reaches_nothing_but_macros(text: str, told: str, pages_of: Served) -> None:
    found = pages_of.make("content/abstand.md", f"---\ntitle: Abstand\n---\n\n{text}\n".encode())
    assert [(problem.path, problem.line) for problem in found] == [("content/abstand.md", 5)]
    assert told in found[0].wrong


@pytest.mark.parametrize(
    ("head", "line"),
    [
        ("title: [x", 2),
        ("title: x\ndate: 2024-99-99", 3),
        ("a: &a [x]\ntitle: *a", 2),
        ("title: x\n\ty: 1", 3),
        ("title: " + "[" * 50, 2),
    ],
)
def test_head_of_a_page_is_read_as_strictly_as_data(head: str, line: int, pages_of: Served) -> None:
    found = pages_of.make("content/abstand.md", f"---\n{head}\n---\n\n# Abstand\n".encode())
    assert found and (found[0].path, found[0].line) == ("content/abstand.md", line)
