"""Whatever is typed into a file, the answer is a list of problems or a clean report: never another exception.

A few hundred cases, always the same, run with the other tests; ROBUST_EXAMPLES=5000 runs as many at random.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from macros.check import RULES, check, problems_of
from macros.derive.results import Results
from macros.landscape import Landscape
from macros.load import LARGEST, MOST, Project, load, parse, read
from macros.pages import LARGEST as LARGEST_PAGE
from macros.pages import Page, figures_without_macro, pages
from macros.present.book import Book
from macros.problems import Problem, ProblemsFound
from macros.render import PageProblem, Renderer
from site_tests.conftest import Change, complete

MANY = os.environ.get("ROBUST_EXAMPLES")
Copy = Callable[[dict[str, Change]], Path]


def examples(number: int) -> settings:
    """Return settings: so many cases, or as many as ROBUST_EXAMPLES says."""
    return settings(
        max_examples=int(MANY or number),
        derandomize=not MANY,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


# What people paste, what breaks readers of YAML, and what attackers write.
NASTY = (
    "\t", "\r", "\x00", "\x1b[31m", "\x85", "\u2028", "\ufeff", "\u00a0", "\u202e", "：", "，", "“", "\ud7ff", "😀", "\\ud800",
    "- ", ": ", " #", "# ", "...", "---", "|", ">-", "&a ", "*a", "!!python/object:os.system ", "!!binary ", "? ", "%", "@", "`", "{", "}", "[", "]",
    '"', "'", "\\", "\n", "\n\n", "<<: *a", "<<<<<<< HEAD\n", "=======\n", "[" * 40, "{a: " * 40, "- " * 40, "9" * 400, "1e999", ".nan", "-0", "0x1F",
    "1:30", "2024-13-45", "null", "~", "yes", "x" * 5000, "../../../etc/passwd", "/dev/zero", "__class__", "1/0", "0/0", "1" * 30 + "/3", "https://[", "²", "٣",
)  # fmt: skip
# What template engines and Markdown stumble over.
NASTY_IN_PAGES = (
    *NASTY, "{{", "}}", "{%", "%}", "{#", "{{ 1/0 }}", "{{ ''.__class__.__mro__ }}", "{% for x in range(10**9) %}x{% endfor %}", "{{ 'x' * 10**10 }}", "{% include '../../x' %}",
    "{% extends 'x' %}", "{{ figure() }}", "{{ count }}", '{{ count("facts", x=[]) }}', "{{ link(1, 2, 3) }}", "{{ record.x.y }}", "{{ none }}", "{{ '\\ud800' }}", "zq00000qz",
    "zq99999qz", "<script>", "<!--", "-->", "```", "{{ " + "(" * 300, "](" * 50, "**" * 50, "{: #x }", "{{ cite(*range(9)) }}", "{% macro gap() %}{% endmacro %}", "{% set count = 1 %}",
    "---\ntitle: x\n---\n", "title: [", "title: &a x", "date: 2024-99-99",
)  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn, text: str, nasty: tuple[str, ...]) -> bytes:
    """Return a text as bytes after some slips: lines lost, doubled and swapped, things typed anywhere."""
    lines = text.split("\n")
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        what = draw(
            st.sampled_from(
                ("delete", "double", "swap", "indent", "dedent", "value", "insert", "insert", "type", "cut", "join")
            )
        )
        if what == "delete":
            del lines[at : at + draw(st.integers(1, 3))]
        elif what == "double":
            lines[at:at] = lines[at : at + draw(st.integers(1, 8))]
        elif what == "swap":
            other = draw(st.integers(0, len(lines) - 1))
            lines[at], lines[other] = lines[other], lines[at]
        elif what == "indent":
            lines[at] = draw(st.sampled_from((" ", "  ", "\t", "\u00a0"))) + lines[at]
        elif what == "dedent":
            lines[at] = lines[at].removeprefix("  ")
        elif what == "value":
            lines[at] = lines[at].partition(":")[0] + ": " + draw(st.sampled_from(nasty))
        elif what == "insert":
            place = draw(st.integers(0, len(lines[at])))
            lines[at] = lines[at][:place] + draw(st.sampled_from(nasty)) + lines[at][place:]
        elif what == "type":
            lines[at] += draw(st.text(max_size=6).map(lambda typed: typed.encode("utf-8", "ignore").decode()))
        elif what == "cut":
            lines = lines[: at + 1]
        else:
            lines[at : at + 2] = [" ".join(lines[at : at + 2])]
        lines = lines or [""]
    content = "\n".join(lines).encode("utf-8", "surrogatepass" if draw(st.integers(0, 9)) == 0 else "ignore")
    if draw(st.integers(0, 9)) == 0:
        place = draw(st.integers(0, len(content)))
        content = content[:place] + draw(st.binary(min_size=1, max_size=4)) + content[place:]
    return draw(
        st.sampled_from((content, content, content, content.replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + content))
    )


@pytest.fixture(scope="module")
def plain(loaded: Project) -> Iterator[Project]:
    """The miniature without phrases and their rule, so that hundreds of checks are quick."""
    documents = {
        path: document
        for path, document in loaded.documents.items()
        if not path.startswith("data/words/") or path.endswith("/names.yml")
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("macros.check.RULES", tuple(rule for rule in RULES if rule.__name__ != "phrase_exists"))
        yield replace(loaded, documents=documents)


def outcome(project: Project, path: str, document: Any, problems: list[Problem]) -> list[Problem]:
    """Return the problems of a project with one file exchanged; a clean one must become a landscape with results."""
    draft, found = problems_of(
        replace(project, documents={**project.documents, path: document}, problems=tuple(problems))
    )
    if not found:
        results = Results(Landscape.of(draft.public()))
        for name, value in vars(Results).items():
            if isinstance(value, cached_property):
                getattr(results, name)
    return found


def are_messages(found: list[Problem]) -> None:
    """Each problem must be one line that any terminal can show, with a path, a line and a rule."""
    for problem in found:
        text = str(problem)
        text.encode("utf-8")
        assert text.isprintable() and len(text) < 2000, text
        assert re.fullmatch(r"[^:]+:[1-9][0-9]*: .+ \[[a-z0-9]+(-[a-z0-9]+)*\]", text), text


@examples(120)
@given(st.data())
def test_mutated_data_file_is_a_list_of_problems_or_a_report(
    plain: Project, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = data.draw(st.sampled_from(sorted(plain.documents)))
    content = data.draw(mutated(plain.documents[path].text, NASTY))
    folder = tmp_path_factory.getbasetemp() / "robust/data"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "x.yml").write_bytes(content)
    document, problems = read(folder / "x.yml", path, folder)
    last = content.count(b"\n") + content.count(b"\r") + 2
    assert all(1 <= problem.line <= last for problem in problems)
    are_messages(outcome(plain, path, document, problems))


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**19), 10**19)
    | st.floats(allow_nan=False)
    | st.sampled_from(NASTY)
    | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(("id", "value", "low", "x", "", "a.b")), inner, max_size=3)
    ),
    max_leaves=6,
)


def _places(value: Any, keys: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield (*keys, key)
        yield from _places(item, (*keys, key))


def _thawed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _thawed(item) for key, item in value.items()}
    return [_thawed(item) for item in value] if isinstance(value, tuple) else value


@examples(70)
@given(st.data())
def test_any_value_anywhere_is_a_list_of_problems_or_a_report(plain: Project, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(plain.documents)))
    content = _thawed(plain.documents[path].data)
    *way, last = data.draw(st.sampled_from(list(_places(content))))
    holder = content
    for key in way:
        holder = holder[key]
    holder[last] = data.draw(VALUES)
    document, problems = parse(json.dumps(content, indent=1) + "\n...\n", path)
    are_messages(outcome(plain, path, document, problems))


class Served:
    """A copy of the miniature whose pages can be exchanged and made one at a time."""

    def __init__(self, folder: Path):
        self.root = complete(folder)
        self.land = check(load(self.root))
        self.renderer = Renderer(Book(self.land))
        self.texts = {
            path.relative_to(self.root).as_posix(): path.read_text(encoding="utf-8")
            for path in sorted((self.root / "content").rglob("*.md"))
        }

    def make(self, origin: str, content: bytes) -> list[Problem]:
        """Return the problems of the site with one page exchanged."""
        path = self.root / origin
        path.write_bytes(content)
        try:
            made = pages(self.root, self.land)
        except ProblemsFound as error:
            return error.problems
        finally:
            path.write_text(self.texts[origin], encoding="utf-8")
        return [problem for page in self._from(made, origin) for problem in self._problem(page)]

    def _from(self, made: list[Page], origin: str) -> list[Page]:
        return [page for page in made if origin in (page.origin, (page.introduction or ("",))[0])][:2]

    def _problem(self, page: Page) -> Iterator[Problem]:
        self.renderer._compiled.clear()
        try:
            self.renderer.compose(page).markdown.encode("utf-8")
        except PageProblem as error:
            yield error.problem


@pytest.fixture(scope="module")
def pages_of(tmp_path_factory: pytest.TempPathFactory) -> Served:
    return Served(tmp_path_factory.mktemp("pages") / "project")


@examples(50)
@given(st.data())
def test_mutated_page_is_a_list_of_problems_or_a_page(pages_of: Served, data: st.DataObject) -> None:
    origin = data.draw(st.sampled_from(sorted(pages_of.texts)))
    are_messages(pages_of.make(origin, data.draw(mutated(pages_of.texts[origin], NASTY_IN_PAGES))))


def rules(text: str) -> set[str]:
    """Return the rules a text as a data file breaks; what its values mean is not looked at."""
    document, problems = parse(text, "data/stages.yml")
    are_messages(problems)
    return {problem.rule for problem in problems}


BOMBS = {
    "laughs": ("a0: &a0 [ha, ha]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 30)), {"yaml-anchor"}),
    "lists in lists": ("a: " + "[" * 300_000, {"yaml-depth"}),
    "entries in entries": ("- " * 300_000, {"yaml-depth"}),
    "mappings in mappings": ("{a: " * 200_000, {"yaml-depth"}),
    "questions": ("? " * 300_000, {"yaml-depth"}),
    "deeper and deeper": ("".join(f"{' ' * n}a:\n" for n in range(1000)), {"yaml-depth"}),
    "more entries than a person types": ("a:\n" + "- b\n" * (MOST + 1), {"file-size"}),
    "a scalar of a megabyte": (f"a: {'9' * 900_000}", set()),
    "a number with underscores": (f"a: {'1_' * 400_000}x", set()),
    "a date that does not end": (f"a: 2024-01-01{' ' * 800_000}x", set()),
    "a name of a megabyte": (f"{'k' * 900_000}: *x", {"yaml-syntax"}),
    "quotes that stay open": ('a: "x\nfoo\n' * 80_000, {"yaml-syntax"}),
    "names said twice": ("a: 1\n" * 15_000, {"duplicate-key"}),
    "blank values": ("".join(f"a{n}:\n" for n in range(15_000)), {"blank-value"}),
    "merge marks": ("<<<<<<< \n" * 100_000, {"merge-finished"}),
    "a document in a document": ("---\na: 1\n" * 20_000, {"one-document"}),
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_bomb_is_refused_and_nothing_grows(name: str) -> None:
    text, expected = BOMBS[name]
    found = rules(f"{text}\n...\n")
    assert found >= expected, found
    assert found <= expected | {"yaml-syntax", "yaml-key", "yaml-tag", "complete-file", "one-document", "yaml-depth"}, (
        found
    )


def test_many_wrong_values_are_all_told_and_the_check_ends(project_with: Copy) -> None:
    rows = "".join(f"  - {{id: ws-{n}, topik: spec}}\n" for n in range(300))
    root = project_with({"data/evidence/wire-saw.yml": f"equipment: wire-saw\nfacts:\n{rows}...\n"})
    found = problems_of(load(root))[1]
    assert sum(problem.rule == "known-field" for problem in found) == 300
    are_messages(found)


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
    found = list(figures_without_macro(f"{PAGE_BOMBS[name]} 5", "content/x.md", ()))
    assert len(found) == (40_001 if name == "figures" else 1)


def test_page_that_is_too_large_is_refused(pages_of: Served) -> None:
    found = pages_of.make("content/gap.md", b"x" * (LARGEST_PAGE + 1))
    assert [(problem.path, problem.rule) for problem in found] == [("content/gap.md", "file-size")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{ ''.__class__.__mro__ }}", "unsafe"),
        ("{{ 'x' * 10**10 }}", "not for pages"),
        ("{{ 10**10**10 }}", "not for pages"),
        ("{{ '%999999999d' % 1 }}", "not for pages"),
        ("{% for x in range(999999999) %}{% endfor %}", "Range too big"),
        ("{% include '/etc/passwd' %}", "no loader"),
        ("{{ count }}", "called with brackets"),
        ("{{ none }}", "no value to print"),
        ("`zq00000qz`", "a mark of the program"),
    ],
)
def test_page_reaches_nothing_but_macros(text: str, told: str, pages_of: Served) -> None:
    found = pages_of.make("content/gap.md", f"---\ntitle: Distance\n---\n\n{text}\n".encode())
    assert [(problem.path, problem.line) for problem in found] == [("content/gap.md", 5)]
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
    found = pages_of.make("content/gap.md", f"---\n{head}\n---\n\n# Distance\n".encode())
    assert found and (found[0].path, found[0].line) == ("content/gap.md", line)


def test_links_and_names_that_leave_the_folder_are_refused_or_left_alone(project_with: Copy) -> None:
    root = project_with({})
    (root / "outside.yml").write_text("secret: true\n...\n", encoding="utf-8")
    (root / "data/notes.yml").unlink()
    (root / "data/notes.yml").symlink_to(root / "outside.yml")
    (root / "data/suppliers/loop.yml").symlink_to("loop.yml")
    (root / "data/evidence/up").symlink_to(root, target_is_directory=True)
    (root / "content/gap.md").unlink()
    (root / "content/gap.md").symlink_to("/etc/hostname")
    found = problems_of(load(root))[1]
    assert [str(problem) for problem in found if "link" in problem.wrong] == [
        "data/notes.yml:1: is a link that leaves data/; put the file itself here [file-name]"
    ]
    assert not any("secret" in str(problem) for problem in found)
    with pytest.raises(ProblemsFound) as caught:
        pages(root, check(load(project_with({}))))
    assert [str(problem) for problem in caught.value.problems if problem.path == "content/gap.md"] == [
        "content/gap.md:1: is a link that leaves content/; put the file itself here [file-name]"
    ]


@pytest.mark.parametrize(
    "name",
    ["a\nb.yml", "a b.yml", "-rf.yml", "x" * 200 + ".yml", "ä.yml", "\udcff.yml", "con.yml", "%s.yml", "{{x}}.yml"],
)
def test_file_of_a_strange_name_is_a_problem_in_one_line(name: str, project_with: Copy) -> None:
    root = project_with({})
    try:
        shutil.copyfile(root / "data/suppliers/kitano.yml", root / "data/suppliers" / name)
    except OSError as error:
        pytest.skip(f"no such name on this system: {error.strerror}")
    found = problems_of(load(root))[1]
    assert {problem.rule for problem in found} == {"unique-id", "id-is-file-name", "file-listed"}
    are_messages(found)


@pytest.mark.parametrize("name", ["../evil", "/etc/passwd", "a/b", "..", ".", "", "x\0y", "con:stream"])
def test_id_never_leads_out_of_the_folder(name: str, project_with: Copy) -> None:
    """Ids become paths of pages; only letters, digits and hyphens pass."""
    root = project_with({"data/dimensions.yml": ("{id: supply,", f"{{id: {json.dumps(name)},")})
    found = problems_of(load(root))[1]
    assert {problem.rule for problem in found if problem.path == "data/dimensions.yml"} & {"right-form", "yaml-syntax"}


def test_largest_real_file_is_far_from_the_limits() -> None:
    real = Path(__file__).parents[1]
    sizes = [path.stat().st_size for path in (real / "data").rglob("*.yml")]
    assert max(sizes) * 4 < LARGEST
    assert max(path.stat().st_size for path in (real / "content").rglob("*.md")) * 4 < LARGEST_PAGE
