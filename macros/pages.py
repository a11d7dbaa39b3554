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

import yaml

from macros.landscape import INDUSTRY, Landscape
from macros.problems import Problem, ProblemsFound, suggest

PATTERN = "_each.md"
_FRONT = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)
# What may hold digits without being a figure: macro calls, comments, code, addresses of links, header ids.
_NOT_PROSE = re.compile(
    r"\{\{.*?\}\}|\{%.*?%\}|<!--.*?-->|```.*?```|`[^`\n]*`|\]\([^)\n]*\)|\{:[^}\n]*\}|^\s*\d+\. ",
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

    @property
    def address(self) -> str:
        return self.path.removesuffix(".md") + ".html"


def pages(root: Path, land: Landscape) -> list[Page]:
    """Return every page: those of `content/` first, then one a record. Raises ProblemsFound."""
    folder = root / "content"
    problems: list[Problem] = []
    written: dict[str, Page] = {}
    folders: dict[str, dict[str, str]] = {}
    for path in sorted(folder.rglob("*.md")):
        name = path.relative_to(folder).as_posix()
        try:
            text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            problems.append(Problem(f"content/{name}", 1, "", "is not UTF-8 text", "save the file as UTF-8", "utf-8"))
            continue
        problems.extend(figures_without_macro(text, f"content/{name}", land.report.figures_allowed))
        if "/" in name:
            home, _, file = name.partition("/")
            folders.setdefault(home, {})[file] = text
        else:
            page, found = _written_page(name, text)
            problems.extend(found)
            written[name] = page
    problems.extend(_missing_pages(land, written))
    generated = list(_record_pages(land, folders, problems))
    if problems:
        raise ProblemsFound(problems)
    return [*written.values(), *generated]


def _written_page(name: str, text: str) -> tuple[Page, list[Problem]]:
    origin = f"content/{name}"
    meta, body, first_line, problem = front_matter(text, origin)
    problems = [problem] if problem else []
    if not problem and not isinstance(meta.get("title"), str):
        problems.append(
            Problem(origin, 1, "", "the page has no title", "begin it with --- / title: ... / ---", "page-title")
        )
    return Page(name, origin, body, first_line, meta), problems


def front_matter(text: str, origin: str) -> tuple[dict[str, Any], str, int, Problem | None]:
    """Return the front matter, the text under it, the line it begins at, and a problem if it is no YAML."""
    match = _FRONT.match(text)
    if not match:
        return {}, text, 1, None
    body, first_line = text[match.end() :], match.group().count("\n") + 1
    try:
        meta = yaml.safe_load(match.group(1))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        return (
            {},
            body,
            first_line,
            Problem(
                origin, line, "", "the lines between --- are not YAML", 'a text with ": " needs quotes', "page-title"
            ),
        )
    return meta if isinstance(meta, dict) else {}, body, first_line, None


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


def _missing_pages(land: Landscape, written: dict[str, Page]) -> Iterator[Problem]:
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
        for file in sorted(set(files) - {PATTERN} - {f"{name}.md" for name in records}):
            hint = suggest(file.removesuffix(".md"), records)
            problems.append(
                Problem(f"content/{home}/{file}", 1, "", "there is no record of this name", hint, "page-exists")
            )
        meta, body, first_line, problem = front_matter(files[PATTERN], origin)
        if problem:
            problems.append(problem)
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
        facts = [fact for fact in land.facts.values() if land.fact_homes[fact.id] == home]
        return SimpleNamespace(id=home, name=name, facts=facts)

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
