"""Build a project with the engine and read the built pages: links, ids, words."""

from __future__ import annotations

import gc
import os
import re
import subprocess
import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from urllib.parse import unquote, urlsplit

from lxml import etree

ROOT = Path(__file__).parents[2]
_SILENT = {"script", "style", "template"}
ADDRESSES = ("SITE_URL", "CI_PAGES_URL", "READTHEDOCS_CANONICAL_URL")
# Tags within a word or sentence: no blank comes with them.
_WITHIN = {"a", "abbr", "dfn", "em", "span"}


def build(root: Path, target: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `mkdocs build --strict` in a project and return what it did."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(target)]
    environ = {key: value for key, value in os.environ.items() if key not in (*ADDRESSES, "SOURCE_DATE_EPOCH")}
    return subprocess.run(
        command,
        cwd=root,
        env={**environ, "NO_MKDOCS_2_WARNING": "1", **environment},
        capture_output=True,
        text=True,
        timeout=300,
    )


@dataclass
class Page:
    """What a test asks of a built page. The methods are those that lxml calls of the target of a parser."""

    path: str = ""
    links: list[str] = field(default_factory=list)
    resources: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    words: list[str] = field(default_factory=list)
    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        found = dict(attributes)
        self._part(tag)
        self.tags.append((tag, found))
        if "id" in found:
            self.ids.add(found["id"])
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        elif tag == "link" and found.get("rel") not in ("canonical", "prev", "next") and "href" in found:
            self.resources.append(found["href"])
        elif "src" in found:
            self.resources.append(found["src"])
        if tag in _SILENT:
            self._open.append(tag)

    def end(self, tag: str) -> None:
        self._part(tag)
        if self._open and self._open[-1] == tag:
            self._open.pop()

    def data(self, data: str) -> None:
        if not self._open:
            self.words.append(data)

    def close(self) -> Self:
        return self

    def _part(self, tag: str) -> None:
        if tag not in _WITHIN:
            self.words.append(" ")

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", "".join(self.words))


# Pages for frames in sites of others. They are no part of the report and have tests of their own.
FRAMED = "embed"


def pages_of(folder: Path) -> list[Path]:
    """Return every page of the report of a built site."""
    return [path for path in sorted(folder.rglob("*.html")) if path.parent.name != FRAMED]


def framed(folder: Path) -> list[Path]:
    """Return every page of a built site that others may frame."""
    return sorted((folder / FRAMED).glob("*.html"))


def read_pages(folder: Path, framed_too: bool = False) -> dict[str, Page]:
    """Return every page of the report of a built site by its path, those for frames if asked for."""
    paths = [*pages_of(folder), *(framed(folder) if framed_too else [])]
    gc.disable()  # it would go through all that is read once more for every few pages: half of the time
    try:
        return {page.path: page for page in (read_page(folder, path) for path in paths)}
    finally:
        gc.enable()


def read_page(folder: Path, path: Path) -> Page:
    """Return a page of a built site."""
    return parsed(path.read_text(encoding="utf-8"), path.relative_to(folder).as_posix())


def parsed(html: str, path: str = "") -> Page:
    """Return a page by its HTML, read as browsers read it. Python's own parser takes twice as long."""
    page: Page = etree.fromstring(html, etree.HTMLParser(target=Page(path)))
    return page


def broken_links(folder: Path, pages: dict[str, Page]) -> list[str]:
    """Return every link of a site's pages that leads to no file, or to no id of a page, within it."""
    broken = []
    for name, page in pages.items():
        if name == "404.html":
            continue
        for link in page.links + page.resources:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (folder / name).parent / unquote(parts.path) if parts.path else folder / name
            target = target / "index.html" if target.is_dir() else target
            if not target.exists():
                broken.append(f"{name}: {link}")
            elif parts.fragment and target.suffix == ".html":
                found = pages[target.resolve().relative_to(folder.resolve()).as_posix()]
                if unquote(parts.fragment) not in found.ids:
                    broken.append(f"{name}: {link}")
    return broken


def languages_of(folder: Path) -> list[str]:
    """Return the languages of a built site beside that of its data."""
    return sorted(path.parent.name for path in folder.glob("*/index.html"))


def kinds(folder: Path) -> list[str]:
    """Return one page of every kind: each page of the navigation, and the longest page of each folder of records.

    Of further languages, whose pages differ in their words alone, it is the cover and some of the longest pages.
    """
    others = languages_of(folder)
    main, records = _main_and_records(folder, others)
    found = [*main, *records]
    for language in others:
        main, records = _main_and_records(folder / language)
        for names in (main, records):
            names.sort(key=lambda name: -(folder / language / name).stat().st_size)
        found += [f"{language}/{name}" for name in dict.fromkeys(["index.html", *main[:2], *records[:2]])]
    return found


def sample(folder: Path) -> list[str]:
    """Return some of these: in each language the cover, the longest page of the navigation, and the longest record."""
    found, others = [], tuple(f"{language}/" for language in languages_of(folder))
    for home in ("", *others):
        pages = [name.removeprefix(home) for name in kinds(folder) if name.startswith(home or others) == bool(home)]
        pages.sort(key=lambda name: -(folder / home / name).stat().st_size)
        main, records = [name for name in pages if "/" not in name], [name for name in pages if "/" in name]
        found += [home + name for name in dict.fromkeys(["index.html", main[0], records[0]])]
    return found


def _main_and_records(folder: Path, others: Collection[str] = ()) -> tuple[list[str], list[str]]:
    """Return the pages at the root of a folder, and the longest of each folder in it that is none of the others."""
    pages = [path.relative_to(folder).as_posix() for path in pages_of(folder)]
    homes: dict[str, list[str]] = {}
    for name in pages:
        homes.setdefault(name.rpartition("/")[0].partition("/")[0], []).append(name)
    records = [
        max(names, key=lambda name: (folder / name).stat().st_size)
        for home, names in sorted(homes.items())
        if home not in ("", *others)
    ]
    return homes.get("", []), records


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder by its path, without what only saves time."""
    found = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if not name.startswith(".cache/")}
