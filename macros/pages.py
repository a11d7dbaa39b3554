"""Pages: the prose of `content/` and the pages that records have, as one list; and the rules on prose.

A folder with a pattern `_each.md` has one page a record; `<id>.md` beside it is that record's introduction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from macros.landscape import INDUSTRY, Landscape
from macros.load.files import text_of
from macros.load.parser import front_matter as read_fields
from macros.load.syntax import merge_problem
from macros.problems import Problem, ProblemsFound, suggest

PATTERN = "_each.md"
# Bytes of a page. Searching a page for marks takes time that grows faster than its length.
LARGEST = 100_000
_NUMBERED = re.compile(r"_\d+\.md$")
_FRONT = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)
# What may hold digits without being a figure: macro calls, comments, code, addresses of links, header ids.
_NOT_PROSE = re.compile(
    # No mark reaches over the next one of its kind: else many that stay open take time that grows with their square.
    r"\{\{(?:(?!\{\{).)*?\}\}|\{%(?:(?!\{%).)*?%\}|<!--(?:(?!<!--).)*?-->|```.*?```|`[^`\n]*`|\]\([^)\]\n]*\)|\{:[^{}\n]*\}|^\s*\d+\. ",
    re.DOTALL | re.MULTILINE,
)
_FIGURE = re.compile(r"(?<![A-Za-z])\d[\d.,]*(?![A-Za-z])")


@dataclass(frozen=True)
class Page:
    """A page to be made: its path, where its text comes from, and the record it is about, if any."""

    path: str
    origin: str
    text: str
    first_line: int
    meta: dict[str, Any] = field(default_factory=dict)
    record: Any = None
    introduction: tuple[str, str] | None = None
    parent: str | None = None
    # Of a page on which lists go on: the page on which they begin, and which part of how many it is.
    begins: str | None = None
    part: int = 1
    parts: int = 1

    @property
    def address(self) -> str:
        return self.path.removesuffix(".md") + ".html"

    @property
    def name(self) -> str:
        """Return its record's name, or what its front matter says; of the pages of all parts the same."""
        if self.record is not None:
            return str(getattr(self.record, "title", None) or self.record.name)
        return str(self.meta["title"])


def pages(root: Path, land: Landscape) -> list[Page]:
    """Return every page: those of `content/` first, then one a record. Raises ProblemsFound."""
    folder = root / "content"
    problems: list[Problem] = []
    written: dict[str, Page] = {}
    folders: dict[str, dict[str, str]] = {}
    unread: set[str] = set()
    for path in sorted(folder.rglob("*.md")):
        name = path.relative_to(folder).as_posix()
        text, problem = text_of(path, f"content/{name}", folder, LARGEST)
        problem = problem or merge_problem(f"content/{name}", text, prose=True)
        if problem:
            problems.append(problem)
            unread.add(name)
            continue
        problems.extend(figures_without_macro(text, f"content/{name}", land.report.figures_allowed))
        if "/" in name:
            home, _, file = name.partition("/")
            folders.setdefault(home, {})[file] = text
        else:
            page, found = _written_page(name, text)
            problems.extend(found)
            written[name] = page
    problems.extend(_missing_pages(land, {*written, *unread}))
    generated = list(_record_pages(land, folders, problems))
    if problems:
        raise ProblemsFound(problems)
    return [*written.values(), *generated]


def _written_page(name: str, text: str) -> tuple[Page, list[Problem]]:
    origin = f"content/{name}"
    meta, body, first_line, problems = front_matter(text, origin)
    if not problems and not (isinstance(meta.get("title"), str) and meta["title"].strip()):
        right = "begin it with three lines: ---, title: and its name, ---"
        problems.append(Problem(origin, 1, "", "the page has no title", right, "page-title"))
    if _NUMBERED.search(name):
        wrong = "a name like this is kept for pages on which a long list goes on"
        problems.append(Problem(origin, 1, "", wrong, "name it without _ and a number at its end", "page-exists"))
    return Page(name, origin, body, first_line, meta), problems


def front_matter(text: str, origin: str) -> tuple[dict[str, Any], str, int, list[Problem]]:
    """Return the fields between --- at the head of a page, the text under them, its first line, and their problems."""
    match = _FRONT.match(text)
    if not match:
        return {}, text, 1, []
    meta, problems = read_fields(match.group(1), origin, first_line=2)
    return meta, text[match.end() :], match.group().count("\n") + 1, problems


def figures_without_macro(text: str, origin: str, allowed: tuple[str, ...]) -> Iterator[Problem]:
    """A figure in prose must come from a macro, so that it cannot disagree with the data."""
    blank = lambda match: re.sub(r"[^\n]", " ", match.group())  # noqa: E731 - keeps every line where it is
    prose = _NOT_PROSE.sub(blank, text)
    for name in sorted(allowed, key=len, reverse=True):
        prose = prose.replace(name, " " * len(name))
    for number, line in enumerate(prose.split("\n"), start=1):
        for match in _FIGURE.finditer(line):
            right = "use a macro such as figure, count or dated; a name with digits goes under figures_allowed in data/report.yml"
            yield Problem(
                origin, number, "", f'the figure "{match.group()}" has no macro behind it', right, "figure-from-macro"
            )


def _missing_pages(land: Landscape, written: set[str]) -> Iterator[Problem]:
    for at, section in enumerate(land.report.navigation):
        for page in section.pages:
            if page not in written:
                place = f"navigation[{at}].pages"
                yield Problem("data/report.yml", 1, place, f'no page "{page}"', suggest(page, written), "page-exists")


def _record_pages(land: Landscape, folders: dict[str, dict[str, str]], problems: list[Problem]) -> Iterator[Page]:
    for home, records in record_folders(land).items():
        files = folders.get(home, {})
        origin = f"content/{home}/{PATTERN}"
        if PATTERN not in files:
            problems.append(
                Problem(origin, 1, "", "is missing", "it is the pattern of the pages in this folder", "page-exists")
            )
            continue
        left_out = {name for folder, name in land.hidden if folder == home}
        for file in sorted(set(files) - {PATTERN} - {f"{name}.md" for name in (*records, *left_out)}):
            hint = suggest(file.removesuffix(".md"), records)
            problems.append(
                Problem(f"content/{home}/{file}", 1, "", "there is no record of this name", hint, "page-exists")
            )
        meta, body, first_line, found = front_matter(files[PATTERN], origin)
        problems.extend(found)
        for name, record in records.items():
            introduction = files.get(f"{name}.md")
            yield Page(
                path=f"{home}/{name}.md",
                origin=origin,
                text=body,
                first_line=first_line,
                meta=meta,
                record=record,
                introduction=(f"content/{home}/{name}.md", introduction) if introduction else None,
                parent=meta.get("parent"),
            )


def record_folders(land: Landscape) -> dict[str, dict[str, Any]]:
    """Return, for each folder of record pages, the records by id. Files of facts and sources are records here."""
    topics = {topic.id: topic.name for topic in land.method.topics}
    kinds = {kind.id: kind.name for kind in land.method.source_kinds}

    def facts_file(home: str) -> SimpleNamespace:
        known = land.equipment.get(home)
        name = known.name if known else f"{land.industry.name}: {topics.get(home.removeprefix(f'{INDUSTRY}-'), home)}"
        return SimpleNamespace(id=home, name=name, facts=land.facts_at[home])

    def sources_file(home: str) -> SimpleNamespace:
        sources = [source for source in land.sources.values() if source.kind == home]
        name = kinds.get(home, home)
        return SimpleNamespace(id=home, name=name[:1].upper() + name[1:], sources=sources)

    return {
        "equipment": land.equipment,
        "dimensions": land.dimensions,
        "priorities": land.priorities,
        "suppliers": land.suppliers,
        "evidence": {home: facts_file(home) for home in land.index.evidence},
        "sources": {home: sources_file(home) for home in land.index.sources},
    }
