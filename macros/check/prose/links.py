"""The rules on links and images of a page: their targets must exist."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import unquote, urlsplit

from macros import TEMPLATES
from macros.check.prose.marks import CALL
from macros.check.prose.outline import UNKNOWN
from macros.check.prose.rules import Judged
from macros.check.rule import rule, rules_in
from macros.load.content import PICTURES
from macros.problems import Finding, suggest

_SCHEMES = frozenset(("http", "https", "mailto", "tel"))
# Folders of files that the build makes; their names are known only then.
_MADE = ("api/", "cards/", "charts/", "downloads/charts/", "embed/")
_MADE_FILES = frozenset(("feed.xml", "sitemap.xml", "report.pdf", "404.html"))
# Anchors that no template contains: those of charts and groups of lists.
_GROUPS = (
    "gap-feasibility", "gap-ranking", "movement", r"movement-chart[\w-]*", "priority-scores", "industry", "cite-page", r"no-(address|date)",
    r"stale-(cited|other)", r"series-[a-z-]+", r"benchmark-[\w.-]+", r"edition-[\w.-]+",
)  # fmt: skip
_ID = re.compile(r'\bid="([^"]+)"')
_PRINTED = re.compile(r"\{\{.*?\}\}")


@dataclass(frozen=True)
class Known:
    """What a link can lead to."""

    # Paths of pages below content/, ending in .md, those of records included.
    pages: frozenset[str]
    # Paths of other files that are published.
    files: frozenset[str]
    # Ids of records: blocks put them into pages as anchors.
    records: frozenset[str]
    # Folders of pages and files that cannot be checked, since their records are wrong.
    unsure: tuple[str, ...] = ()
    # Anchors in prose, by the path of the page.
    anchors: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def has_file(self, path: str) -> bool:
        return path in self.files or path in _MADE_FILES or path.startswith((*_MADE, *self.unsure))

    def has_page(self, path: str) -> bool:
        return path in self.pages or path.startswith(self.unsure)


@rule
def link_leads(page: Judged, known: Known) -> Iterator[Finding]:
    """A link must lead to a page or a file that is there."""
    for link in page.outline.links:
        found = _where(page, link.target)
        if isinstance(found, str):
            wrong, right = found, _MEND.get(found, "")
            yield page.finding(link.line, f'the link to "{link.target}" {wrong}', right)
        elif found and (said := _missing(found[0], known, link.is_raw)):
            yield page.finding(link.line, f'the link to "{link.target}" leads nowhere', said)


@rule
def anchor_exists(page: Judged, known: Known) -> Iterator[Finding]:
    """A link to a place in a page must name a heading or a record that stands there."""
    for link in page.outline.links:
        found = _where(page, link.target)
        if not isinstance(found, tuple) or not found[1]:
            continue
        path, anchor = found
        at = path.removesuffix(".html") + ".md" if path.endswith(".html") else path
        there = known.anchors.get(at)
        if there is None or UNKNOWN in there or anchor in there or anchor in known.records:
            continue
        if not any(re.fullmatch(pattern, anchor) for pattern in made_anchors()):
            right = suggest(anchor, there) or "name a heading of that page, in small letters with hyphens"
            yield page.finding(link.line, f'{at} has no place "#{anchor}"', right)


@rule
def image_exists(page: Judged, known: Known) -> Iterator[Finding]:
    """An image must be a file of this project: readers ask no other host, and the file must be there."""
    for image in page.outline.images:
        target = image.target
        if urlsplit(target).scheme not in ("", "data") or target.startswith("//"):
            right = "put the file into content/assets/ and name it there"
            yield page.finding(image.line, f'the image "{target}" lies on another host', right)
            continue
        found = _where(page, target)
        if isinstance(found, str):
            yield page.finding(image.line, f'the image "{target}" {found}', _MEND.get(found, ""))
        elif found and not known.has_file(found[0]):
            files = {posixpath.relpath(path, page.folder or ".") for path in known.files if path.endswith(PICTURES)}
            right = suggest(target, files) or "put the file into content/assets/"
            yield page.finding(image.line, f'the image "{target}" is not there', right)


_OUTSIDE, _FROM_TOP, _ODD = "leaves content/", "begins with /", "does not begin with http:, https:, mailto: or tel:"
_MEND = {
    _OUTSIDE: "name a page or file of content/ as seen from this page, such as ../method.md",
    _FROM_TOP: "name it as seen from this page, such as ../method.md: the site may lie in any folder",
    _ODD: "write https://... for another site, or the file of a page, such as gap.md",
}


def _where(page: Judged, target: str) -> tuple[str, str] | str | None:
    """Return the path and anchor of a target within the site, or what is wrong with it; None for another site."""
    if CALL in target or target.startswith("data:"):
        return None
    try:
        parts = urlsplit(target)
    except ValueError:
        return _ODD
    if parts.scheme:
        return None if parts.scheme.lower() in _SCHEMES else _ODD
    if parts.netloc:
        return None
    path = unquote(parts.path)
    if path.startswith("/"):
        return _FROM_TOP
    if not path:
        return page.path, unquote(parts.fragment)
    whole = posixpath.normpath(posixpath.join(page.folder, path))
    return _OUTSIDE if whole.startswith("..") else (whole, unquote(parts.fragment))


def _missing(path: str, known: Known, is_raw: bool) -> str:
    """Return what would be right where a path names neither page nor file, else nothing."""
    if path.endswith(".md") and not is_raw:
        is_there = known.has_page(path)
    elif path.endswith(".html"):
        is_there = known.has_page(f"{path.removesuffix('.html')}.md") or known.has_file(path)
    else:
        is_there = known.has_file(path)
    if is_there:
        return ""
    if path.endswith(".md") and is_raw and known.has_page(path):
        return f"in HTML a page is named as it is published: {path.removesuffix('.md')}.html"
    ending = ".html" if path.endswith(".html") else ".md"
    choices = {page.removesuffix(".md") + ending for page in known.pages} | known.files
    return suggest(path, choices) or "name the file of a page, such as gap.md"


@cache
def made_anchors() -> tuple[str, ...]:
    """Return patterns of the anchors that blocks put into pages: those with a fixed word beside what they print."""
    found = set()
    for template in TEMPLATES.glob("*.jinja"):
        for name in _ID.findall(template.read_text(encoding="utf-8")):
            parts = _PRINTED.split(name)
            if any(parts):
                found.add(r"[\w.-]+".join(re.escape(part) for part in parts))
    return (*_GROUPS, *sorted(found))


RULES = rules_in(globals())
