"""List the pages of a project: the prose of `content/` and the pages of records.

A folder with a pattern `_each.md` has one page a record; `<id>.md` beside it is that record's introduction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from macros.load.content import PAGE, content_files, unknown_files
from macros.load.files import text_of
from macros.load.landscape import INDUSTRY, Landscape
from macros.load.parser import front_matter as read_fields
from macros.load.syntax import merge_problem
from macros.model.evidence import Fact, Source
from macros.model.locale import Language
from macros.model.translated import joined
from macros.problems import Problem, ProblemsFound, suggest

PATTERN = "_each.md"
# Most bytes of a page: the time to search a page for marks grows faster than its length.
LARGEST = 100_000
_COVER = "index.md"
_NUMBERED = re.compile(r"_\d+\.md$")
_FRONT = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)


@dataclass(frozen=True)
class PageText:
    """The text of a file of prose, without its front matter: where it stands, and the line at which it begins."""

    origin: str
    text: str
    first_line: int = 1
    meta: dict[str, Any] = field(default_factory=dict)
    # Of a pattern: whether introductions stand beside it.
    has_introductions: bool = False
    # Whether the file could be read; the text of one that could not is not checked.
    is_read: bool = True


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
            name: str = getattr(self.record, "title", None) or self.record.name
            return name
        title: str = self.meta["title"]
        return title


def pages(root: Path, land: Landscape) -> list[Page]:
    """Return every page of a project. Raises ProblemsFound; the prose is not checked here."""
    texts, problems = read_texts(root)
    found, wrong = pages_of(texts, land)
    if problems or wrong:
        raise ProblemsFound([*problems, *wrong])
    return found


def read_texts(root: Path) -> tuple[dict[str, PageText], list[Problem]]:
    """Return the text of every file of prose by its path below content/, and what keeps one from being read."""
    texts: dict[str, PageText] = {}
    paths = content_files(root)
    problems = list(unknown_files(paths))
    for name in paths:
        if name.endswith(PAGE):
            origin = f"content/{name}"
            text, problem = text_of(root / origin, origin, root / "content", LARGEST)
            problem = problem or merge_problem(origin, text, prose=True)
            meta, body, first_line, found = front_matter(text if not problem else "", origin)
            problems += [problem] if problem else found
            texts[name] = PageText(origin, body, first_line, meta, is_read=not (problem or found))
    introduced = {name.partition("/")[0] for name in texts if "/" in name and not name.endswith(f"/{PATTERN}")}
    for home in introduced:
        if (name := f"{home}/{PATTERN}") in texts:
            texts[name] = replace(texts[name], has_introductions=True)
    return texts, problems


def pages_of(texts: Mapping[str, PageText], land: Landscape) -> tuple[list[Page], list[Problem]]:
    """Return every page that texts and records make, those of `content/` itself first, and what is wrong with the list."""
    problems: list[Problem] = []
    written: list[Page] = []
    folders: dict[str, dict[str, PageText]] = {}
    for name, text in texts.items():
        home, slash, file = name.partition("/")
        if slash:
            folders.setdefault(home, {})[file] = text
        else:
            written.append(Page(name, text.origin, text.text, text.first_line, text.meta))
            if text.is_read:
                problems.extend(_wrong_with(written[-1]))
    names = {page.path for page in written}
    problems.extend(_missing_pages(land, names))
    found = [*written, *_record_pages(land, folders, problems)]
    problems.extend(_missing_parents(found, names))
    return found, problems


def _wrong_with(page: Page) -> Iterator[Problem]:
    """Yield what keeps a page of `content/` from being one."""
    if not (isinstance(page.meta.get("title"), str) and page.meta["title"].strip()):
        right = 'begin it with three lines: "---", "title: Name of the page" and "---"'
        yield Problem(page.origin, 1, "", "the page has no title", right, "page-title")
    if _NUMBERED.search(page.path):
        wrong = "a name like this is kept for pages on which a long list goes on"
        yield Problem(page.origin, 1, "", wrong, "give it a name without _ and a number at the end", "page-exists")


def front_matter(text: str, origin: str) -> tuple[dict[str, Any], str, int, list[Problem]]:
    """Return the fields between --- at the head of a page, the text under them, its first line, and their problems."""
    match = _FRONT.match(text)
    if not match:
        return {}, text, 1, []
    meta, problems = read_fields(match.group(1), origin, first_line=2)
    return meta, text[match.end() :], match.group().count("\n") + 1, problems


def _missing_parents(found: list[Page], written: set[str]) -> Iterator[Problem]:
    """Yield the patterns whose pages are to stand below a page that is not there."""
    for origin, parent in {page.origin: page.parent for page in found if page.parent}.items():
        if parent not in written:
            right = "name the page that lists these records, or leave it out"
            yield Problem(origin, 1, "parent", f'no page "{parent}"', right, "page-exists")


def _missing_pages(land: Landscape, written: set[str]) -> Iterator[Problem]:
    if _COVER not in written and not any(_COVER in section.pages for section in land.report.navigation):
        yield Problem(f"content/{_COVER}", 1, "", "is missing", "the site begins with this page", "page-exists")
    for at, section in enumerate(land.report.navigation):
        for number, page in enumerate(section.pages):
            if page not in written:
                keys, right = (
                    ("navigation", at, "pages", number),
                    suggest(page, written) or f"add content/{page}, or remove the name",
                )
                yield land.places["report", ""].problem(keys, f'no page "{page}"', right, "page-exists")


def _record_pages(land: Landscape, folders: dict[str, dict[str, PageText]], problems: list[Problem]) -> Iterator[Page]:
    for home, records in record_folders(land).items():
        files = folders.get(home, {})
        origin = f"content/{home}/{PATTERN}"
        if PATTERN not in files:
            if records:
                right = "put it back: it is the pattern of the pages in its folder"
                problems.append(Problem(origin, 1, "", "the file is missing", right, "page-exists"))
            continue
        left_out = {name for folder, name in land.hidden if folder == home}
        for file in sorted(set(files) - {PATTERN} - {f"{name}.md" for name in (*records, *left_out)}):
            hint = suggest(file.removesuffix(".md"), records) or "name the file for a record, or move it to content/"
            problems.append(
                Problem(f"content/{home}/{file}", 1, "", "no record has the name of this file", hint, "page-exists")
            )
        pattern = files[PATTERN]
        for name, record in records.items():
            introduction = files.get(f"{name}.md")
            yield Page(
                path=f"{home}/{name}.md",
                origin=origin,
                text=pattern.text,
                first_line=pattern.first_line,
                meta=pattern.meta,
                record=record,
                introduction=_with_lines(introduction) if introduction else None,
                parent=pattern.meta.get("parent"),
            )


def _with_lines(text: PageText) -> tuple[str, str]:
    """Return where a text stands, and the text with empty lines in place of its front matter."""
    return text.origin, "\n" * (text.first_line - 1) + text.text


_CALL = re.compile(r"\{\{-?\s*(\w+)\(\s*(\))?")


def homes(texts: Mapping[str, PageText], land: Landscape) -> dict[str, str]:
    """Return for each block the page of `content/` that shows it: the first in the navigation to call it without arguments.

    The cover, which shows a little of everything, comes last.
    """
    listed = [page for section in land.report.navigation for page in section.pages]
    order = dict.fromkeys([*listed, *texts])
    found: dict[str, str] = {}
    calls = [
        (page, *call)
        for page in sorted(order, key=lambda page: page == _COVER)
        if page in texts and "/" not in page
        for call in _CALL.findall(texts[page].text)
    ]
    for page, block, _ in sorted(calls, key=lambda call: not call[2]):
        found.setdefault(block, page.removesuffix(PAGE))
    return found


class FactsFile(NamedTuple):
    """A file of facts as the record of a page."""

    id: str
    name: str
    facts: Sequence[Fact]


class SourcesFile(NamedTuple):
    """A file of sources, those of one kind, as the record of a page."""

    id: str
    name: str
    sources: Sequence[Source]


def record_folders(land: Landscape) -> dict[str, dict[str, Any]]:
    """Return, for each folder of record pages, the records by id. Files of facts and sources are records here."""
    named = f"{{}}{Language(land.report.language).mark(': ')}{{}}".format

    def facts_file(home: str) -> FactsFile:
        known = land.equipment.get(home)
        topic = land.topics.get(home.removeprefix(f"{INDUSTRY}-"))
        of_topic = (land.industry.name, topic.name if topic else home)
        name = known.name if known else joined("{}: {}".format, *of_topic, translated=named)
        return FactsFile(home, name, land.facts_at[home])

    def sources_file(home: str) -> SourcesFile:
        sources = [source for source in land.sources.values() if source.kind == home]
        kind = land.source_kinds.get(home)
        name = joined(lambda name: name[:1].upper() + name[1:], kind.name if kind else home)
        return SourcesFile(home, name, sources)

    return {
        "equipment": land.equipment,
        "dimensions": land.dimensions,
        "priorities": land.priorities,
        "suppliers": land.suppliers,
        "evidence": {home: facts_file(home) for home in land.index.evidence},
        "sources": {home: sources_file(home) for home in land.index.sources},
    }
