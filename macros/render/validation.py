"""Validate a project: report all problems of its data, prose, links and macro calls in one list.

`make check` and the build both call this, so that they report the same.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from mimetypes import guess_type
from pathlib import Path

from macros import THEME
from macros.check import validated
from macros.check.prose import wrong_prose
from macros.check.prose.engine import lists_macros_plugin, outlines, setting
from macros.check.prose.links import Known
from macros.check.prose.marks import CALL
from macros.check.shape import shape
from macros.check.translations import Left, left_to_translate, wrong_catalogues
from macros.load import Project, load
from macros.load.catalogues import certain, read_rows
from macros.load.content import PAGE, content_files
from macros.load.draft import Draft
from macros.load.landscape import INDUSTRY, Landscape
from macros.load.pages import Page, PageText, homes, pages_of, read_texts, record_folders
from macros.load.translation import Translation
from macros.present.book import Book
from macros.present.data import BIBLIOGRAPHY, WHOLE
from macros.present.look import Logo, Look
from macros.present.tables import tables
from macros.problems import Problem, ProblemsFound
from macros.render.calls import leave_to_others, wrong_calls

# Rules on places and names of records. If one is broken, calls that name a record are not checked.
_OF_NAMES = frozenset(
    (
        "unique-id", "id-is-file-name", "file-listed", "file-name", "hidden-character", "right-form", "internal-not-cited",
        "edition-exists", "edition-roles", "edition-dated", "dimension-exists",
    )
)  # fmt: skip


def validated_report(project: Project, book_of: Callable[[Draft], Book]) -> tuple[Draft, Book, list[Page]]:
    """Return draft, book and pages of a project in which nothing is wrong. Raises ProblemsFound with all problems.

    `book_of` makes the book of the draft that is to be published.
    """
    try:
        draft = validated(project)
    except ProblemsFound as error:
        raise ProblemsFound([*error.problems, *_independent_problems(project, error.problems)]) from None
    texts, problems = texts_of(project.root)
    book = book_of(draft)
    book = replace(book, homes=homes(texts, book.landscape), look=own_look(project.root))
    found, wrong = look_through(project.root, book, texts)
    problems += [*wrong, *wrong_translations(project.root, draft), *_missing_logo(project.root)]
    if problems:
        raise ProblemsFound(problems)
    return draft, book, found


def problems_in(root: Path) -> list[Problem]:
    """Return every problem of the project in a folder, sorted."""
    try:
        validated_report(load(root), lambda draft: Book(Landscape.of(draft.public())))
    except ProblemsFound as error:
        return error.problems
    return []


def look_through(root: Path, book: Book, texts: Mapping[str, PageText]) -> tuple[list[Page], list[Problem]]:
    """Return every page of a project whose data are clean, and what is wrong with pages."""
    found, problems = pages_of(texts, book.landscape)
    records = [f"{home}/{name}.md" for home, names in record_folders(book.landscape).items() for name in names]
    known = _link_targets(root, texts, records, ids_in_pages(book), made=_downloads(book, texts))
    allowed = book.landscape.report.figures_allowed
    if all(text.is_read for text in texts.values()):  # else the page that cannot be read may show them
        problems += kinds_without_page(book)
    problems += wrong_prose(texts, outlines(root, texts, allowed), known)
    problems += wrong_calls(book, texts.values(), known)
    return found, _without_figures_in_calls(problems)


def wrong_translations(root: Path, draft: Draft) -> list[Problem]:
    """Return what is wrong with what the catalogues of all languages say."""
    problems: list[Problem] = []
    for language in draft.only("report").languages:
        try:
            rows = read_rows(root, language.id)
        except ProblemsFound as error:
            problems += error.problems
            continue
        problems += wrong_catalogues(root, draft, language.id, rows)
    return problems


def left_in_languages(root: Path, draft: Draft) -> dict[str, dict[str, Left]]:
    """Return what is left to translate into each language, by catalogue."""
    pages, _ = read_texts(root)
    languages = [one.id for one in draft.only("report").languages]
    return {tag: left_to_translate(draft, pages, tag, read_rows(root, tag)) for tag in languages}


def translated_report(root: Path, book: Book, language: str) -> tuple[Book, list[Page]]:
    """Return book and pages in another language; `book` is that in the language of the data. Raises ProblemsFound."""
    report = book.landscape.report
    if language not in {one.id for one in report.languages}:
        wrong, right = f'"{language}" is not a language of the report', "add it under languages"
        raise ProblemsFound([Problem("data/report.yml", 1, "languages", wrong, right, "allowed-value")])
    texts, _ = read_texts(root)
    translated = book.translation(language)
    made = outlines(root, _left_to_others(root, texts), report.figures_allowed)
    anchors = {
        name: {heading.line: heading.anchor for heading in outline.headings if CALL not in heading.anchor}
        for name, outline in made.items()
    }
    other = replace(book, landscape=Landscape.of(translated.translated_draft), folder=f"{language}/", translate=None)
    pages, problems = pages_of(_left_to_others(root, translated.translated_pages(texts, anchors)), other.landscape)
    if problems:
        raise ProblemsFound(problems)
    return other, pages


def translation(root: Path, draft: Draft, language: str) -> Translation:
    """Return a draft in another language. Raises ProblemsFound."""
    return Translation(language, draft, certain(read_rows(root, language)))


def own_look(root: Path) -> Look:
    """Return the looks of a project: the logo that mkdocs.yml names, where it is a picture of `content/`, and its own files."""
    name = setting(root, "theme", "logo")
    path = root / "content" / str(name)
    kind = guess_type(path.name)[0]
    logo = None
    if name and path.is_file() and kind:
        logo = Logo(str(name), f"data:{kind};base64,{b64encode(path.read_bytes()).decode()}")
    return Look(logo, root / "content/assets")


def _missing_logo(root: Path) -> Iterator[Problem]:
    """Yield that the logo which mkdocs.yml names is not there: the engine would publish a page without it."""
    name = setting(root, "theme", "logo")
    if name and not any((folder / str(name)).is_file() for folder in (root / "content", THEME)):
        right = "name a picture by its path below content/"
        yield Problem("mkdocs.yml", 1, "theme.logo", f'no file "content/{name}"', right, "image-exists")


def kinds_without_page(book: Book) -> Iterator[Problem]:
    """Yield the kinds of records that no page shows: what names one of them would lead nowhere."""
    land = book.landscape
    kinds = (
        ("data/claims.yml", land.claims, ("claim_ledger",)),
        ("data/series.yml", [s for s in land.series.values() if s.equipment == INDUSTRY], ("series_list",)),
        ("data/stages.yml", land.equipment, ("process_chain",)),
        ("data/conflicts.yml", land.conflicts, ("conflicts",)),
        ("data/notes.yml", [note for note in land.notes.values() if note.kind == "not-found"], ("not_found",)),
        ("data/notes.yml", [note for note in land.notes.values() if note.kind != "not-found"], ("traps",)),
        ("data/glossary.yml", land.terms, ("glossary",)),
        ("data/timeline.yml", land.events, ("timeline",)),
        ("data/standards.yml", land.standards, ("standards_table",)),
        ("data/changes.yml", land.changes, ("report_log",)),
        ("data/industry.yml", land.industry.assessments, ("industry_levels",)),
        ("data/measurement.yml", land.measurement.unpublished, ("unpublished",)),
    )
    for file, listed, blocks in kinds:
        if listed and not set(blocks) & set(book.homes or blocks):
            right = f"write {{{{ {blocks[0]}() }}}} on a page, alone on its line"
            yield Problem(file, 1, "", "no page shows these records", right, "shown-on-page")


def texts_of(root: Path) -> tuple[dict[str, PageText], list[Problem]]:
    """Return the texts of all pages; where mkdocs-macros-plugin is listed, its calls are marked as raw."""
    texts, problems = read_texts(root)
    return _left_to_others(root, texts), problems


def _left_to_others(root: Path, texts: dict[str, PageText]) -> dict[str, PageText]:
    if not lists_macros_plugin(root):
        return texts
    return {name: replace(text, text=leave_to_others(text.text)) for name, text in texts.items()}


def _downloads(book: Book, texts: Mapping[str, PageText]) -> list[str]:
    """Return the files of data that the build makes, where a text speaks of one: tables take their time."""
    if not any("downloads/" in text.text for text in texts.values()):
        return []
    return [*(name for _, name in (*WHOLE, *BIBLIOGRAPHY)), *(table.path for table in tables(book).values())]


def ids_in_pages(book: Book) -> set[str]:
    """Return the ids of records that blocks put into pages as anchors."""
    land = book.landscape
    names = {name for _, name, _ in book.addresses()}
    return {*names, *land.benchmarks, *(row.id for row in land.measurement.unpublished)}


def _independent_problems(project: Project, found: Collection[Problem]) -> Iterator[Problem]:
    """Yield the problems of pages that do not follow from those found in the data."""
    draft, _ = shape(project)
    texts, problems = texts_of(project.root)
    yield from problems
    folders = ("downloads/", *{f"{name.partition('/')[0]}/" for name in texts if "/" in name})
    ids = {name for names in draft.raw_ids.values() for name in names}
    known = _link_targets(project.root, texts, (), ids, folders)
    report = draft.one("report")
    allowed = report.record.figures_allowed if report else ()
    of_prose = [
        problem
        for problem in wrong_prose(texts, outlines(project.root, texts, allowed), known)
        if report or problem.rule != "figure-from-macro"
    ]
    book = None if draft.broken or project.problems or any(p.rule in _OF_NAMES for p in found) else _book(draft)
    yield from _without_figures_in_calls([*of_prose, *wrong_calls(book, texts.values(), known, is_sound=False)])


def _without_figures_in_calls(problems: Collection[Problem]) -> list[Problem]:
    """Return problems without the figures of lines with a call that cannot be read: they are its arguments."""
    unread = {(problem.path, problem.line) for problem in problems if problem.rule == "page-syntax"}
    return [p for p in problems if p.rule != "figure-from-macro" or (p.path, p.line) not in unread]


def _book(draft: Draft) -> Book | None:
    """Return the book of data with problems, as far as there can be one."""
    try:
        return Book(Landscape.of(draft.public()))
    except Exception:  # a landscape is only sure to come of clean data
        return None


def _link_targets(
    root: Path, texts: Mapping[str, PageText], records: Collection[str], ids: Collection[str],
    unsure: tuple[str, ...] = (), made: Collection[str] = (),
) -> Known:  # fmt: skip
    """Return what links can lead to."""
    written = {name for name in texts if "/" not in name}
    files = {path for path in content_files(root) if not path.endswith(PAGE)}
    theme = {path.relative_to(THEME).as_posix() for path in THEME.glob("assets/**/*") if path.is_file()}
    return Known(frozenset({*written, *records}), frozenset(files | theme | {*made}), frozenset(ids), unsure)
