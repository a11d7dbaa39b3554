"""Damage: what may happen to a file, and what the answer to it must be - a list of problems or a clean report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from hypothesis import strategies as st

from macros.check import problems_of
from macros.derive.results import Results
from macros.load import Project
from macros.load.document import Document
from macros.load.landscape import Landscape
from macros.problems import Keys, Problem

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
def mutated(draw: st.DrawFn, text: str, nasty: tuple[str, ...]) -> bytes:  # noqa: C901 - a branch a slip
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


def outcome(project: Project, path: str, document: Document | None, problems: Sequence[Problem] = ()) -> list[Problem]:
    """Return the problems of a project with one file exchanged or, for None, deleted.

    A clean one must become a landscape with results.
    """
    exchanged = {**project.documents, path: document}
    documents = {name: kept for name, kept in exchanged.items() if kept is not None}
    draft, found = problems_of(replace(project, documents=documents, problems=tuple(problems)))
    if not found:
        results = Results(Landscape.of(draft.public()))
        for name, value in vars(Results).items():
            if isinstance(value, cached_property):
                getattr(results, name)
    return found


def places(value: Any, keys: Keys = ()) -> Iterator[Keys]:
    """Yield the keys of everything in plain data."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, (list, tuple)) else ()
    for key, item in items:
        yield (*keys, key)
        yield from places(item, (*keys, key))


def are_messages(found: list[Problem]) -> None:
    """Each problem must be one line that any terminal can show, with a path, a line and a rule."""
    for problem in found:
        text = str(problem)
        text.encode("utf-8")
        assert text.isprintable() and len(text) < 2000, text
        assert re.fullmatch(r"[^:]+:[1-9][0-9]*: .+ \[[a-z0-9]+(-[a-z0-9]+)*\]", text), text
