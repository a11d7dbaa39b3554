"""Editions: the site of several. The newest is at the root and, word for word, below an address of its own, its name.

Editions that were published before lie below theirs, as their own code made them. No edition knows later ones, and links
between them differ at the root and below an address; so pages hold two places, between marks, that are filled in here
once all editions are there. The marks are the one thing that code of different years must agree on.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment

from macros.model.report import Edition
from macros.present.book import relative
from macros.publish.tagged import TAG, NotMade, site_of_edition, tags
from macros.render.site import Site, edition_folder, escaped

# Mark, and the template of what is put there: <!--mark-->...<!--/mark-->
SWITCH = ("edition-switch", "partials/edition-switch.html")
NOTICE = ("edition-notice", "partials/edition-notice.html")
_COVER, _NOT_FOUND, _ROBOTS, _MAP = "index.html", "404.html", "robots.txt", "sitemap.xml"
# Hosts and programs ask for these at the root alone.
_ROOT_ONLY = (_NOT_FOUND, _ROBOTS, "_headers", "hosting/nginx.conf", "hosting/Caddyfile")
# Of the newest edition the pages at the root are those that are to be found.
_NOT_COPIED = (*_ROOT_ONLY, _MAP, f"{_MAP}.gz")
_MAPS = (f"/{_MAP}", f"/{_MAP}.gz")


@dataclass(frozen=True)
class Place:
    """An edition where the site has it: below `folder` ("" is the root, else with a slash at its end), with its pages."""

    edition: Edition
    folder: str
    pages: frozenset[str]

    def target(self, page: str, language: str) -> str:
        """Return the address of the same page in this edition, or of its cover, in the language of a folder if it has that."""
        known = (one for one in (page, f"{language}{_COVER}") if one in self.pages)
        return self.folder + next(known, _COVER)


def add_editions(root: Path, built: Path, sites: Sequence[tuple[Site, Environment]], address: str | None) -> list[str]:
    """Put the other editions, and the newest a second time, into the folder of a site; return what to tell the editor.

    `sites` are that of the data and those of other languages, each with its templates. Raises NotMade where one cannot be had, and Busy or OSError.
    """
    site, _ = sites[0]
    files = list(_files(built))
    newest = Place(site.book.landscape.current, "", _pages(files))
    places, notes = [newest], []
    own = site.book.place
    if own:
        _link(
            built,
            _free(built, newest.edition, own),
            (path for path in files if path not in _NOT_COPIED and not path.endswith(_MAPS)),
        )
        notes.append(f"Edition {newest.edition.id} also has its own address, {own}")
    else:
        notes.append(f"Edition {newest.edition.id} has no address of its own: its name is none for a folder")
    commits, unknown = _published(root, site, notes)
    for edition in commits:
        folder = edition_folder(edition.id)
        kept = site_of_edition(root, edition.id, commits[edition], f"{address}{folder}" if address else "")
        kept_files = [path for path in _files(kept) if path not in _ROOT_ONLY]
        _copy(kept, _free(built, edition, folder), kept_files)
        places.append(Place(edition, folder, _pages(kept_files)))
        notes.append(f"Edition {edition.id} is below {folder}")
    if len(places) > 1:
        _join(built, sites, places, address)
    return [
        f"{note}."
        for note in [*notes, *([f"Other editions, if there are any, are left out: {unknown}"] if unknown else [])]
    ]


def _published(root: Path, site: Site, notes: list[str]) -> tuple[dict[Edition, str], str]:
    """Return the commits of the editions before the newest that have a tag, newest first; and why there may be more."""
    commits, unknown = tags(root)
    land = site.book.landscape
    known = {edition.id: edition for edition in reversed(land.report.editions)}
    notes += [
        f'The tag {TAG}{name} is left out: data/report.yml has no edition "{name}"'
        for name in commits
        if name not in known
    ]
    found = [edition for name, edition in known.items() if name in commits and name != land.current.id]
    notes += [f'Edition "{e.id}" is left out: its name is none for a folder' for e in found if not edition_folder(e.id)]
    return {edition: commits[edition.id] for edition in found if edition_folder(edition.id)}, unknown


def _free(built: Path, edition: Edition, folder: str) -> Path:
    """Return where an edition is to lie. Raises NotMade where the site has something else there."""
    if (built / folder).exists():
        raise NotMade(
            f'Edition "{edition.id}" cannot lie below {folder}: the site has other files there; rename the edition'
        )
    return built / folder


def _files(folder: Path) -> Iterator[str]:
    """Yield the path of every file below a folder, in order."""
    for home, folders, names in os.walk(folder):
        folders.sort()
        base = Path(home).relative_to(folder)
        yield from ((base / name).as_posix() for name in sorted(names))


def _pages(files: Iterable[str]) -> frozenset[str]:
    return frozenset(path for path in files if path.endswith(".html") and path != _NOT_FOUND)


def _link(source: Path, target: Path, files: Iterable[str]) -> None:
    """Give files a second place without a second copy, where the file system can."""
    _put(source, target, files, _linked)


def _copy(source: Path, target: Path, files: Iterable[str]) -> None:
    _put(source, target, files, shutil.copyfile)


def _put(source: Path, target: Path, files: Iterable[str], put: Any) -> None:
    homes = set()
    for path in files:
        home, _, name = path.rpartition("/")
        if home not in homes:
            (target / home).mkdir(parents=True, exist_ok=True)
            homes.add(home)
        put(f"{source}/{path}", f"{target}/{path}")


def _linked(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _join(built: Path, sites: Sequence[tuple[Site, Environment]], places: list[Place], address: str | None) -> None:
    """Tell every page of the other editions, readers of the older ones of the newest, and robots of all maps."""
    newest, own = places[0], sites[0][0].book.place
    # The folder of the first is empty, and every page begins with it: the others come before it.
    fills = {site.book.folder: _Filling(site, env, places) for site, env in reversed(sites)}
    for place in places:
        for folder in (place.folder, *([own] if place is newest and own else [])):
            for page in sorted(place.pages):
                fill = next(fill for home, fill in fills.items() if page.startswith(home))
                _rewrite(built / folder / page, fill.page(place, page, lambda to, at=folder + page: relative(at, to)))
    base = urlsplit(address).path if address else "/"
    _rewrite(built / _NOT_FOUND, fills[""].page(newest, _NOT_FOUND, lambda to: base + to))
    if address:
        maps = "".join(f"Sitemap: {address}{place.folder}{_MAP}\n" for place in places[1:])
        _replace(built / _ROBOTS, (built / _ROBOTS).read_bytes() + maps.encode("utf-8"))


def _rewrite(path: Path, parts: dict[str, str]) -> None:
    """Fill in the marks of a page."""
    text = path.read_bytes().decode("utf-8")
    for mark, part in parts.items():
        text = filled(text, mark, part)
    _replace(path, text.encode("utf-8"))


def _replace(path: Path, content: bytes) -> None:
    """Make a file one of its own with another content: it may lie in two places, or be one of the last site as well."""
    path.unlink()
    path.write_bytes(content)


def filled(text: str, mark: str, part: str) -> str:
    """Return a page with a part in place of what stood between a mark and its end; as it was if it has no such mark."""
    before, begin, rest = text.partition(f"<!--{mark}-->")
    _, end, after = rest.partition(f"<!--/{mark}-->")
    return f"{before}{part}{after}" if begin and end else text


class _Filling:
    """What stands at the marks of each page, in the words of the newest edition."""

    def __init__(self, site: Site, env: Environment, places: list[Place]) -> None:
        wording = site.book.wording
        self._places, self._newest, self._folder = places, places[0], site.book.folder
        self._templates = {mark: env.get_template(template) for mark, template in (SWITCH, NOTICE)}
        self._names = {place: wording.word("edition-of", edition=place.edition.id) for place in places}
        self._dates = {place: wording.date(place.edition.date) for place in places}
        self._words = site.furniture()["words"]
        self._older = {place: wording.word("edition-older", edition=place.edition.id) for place in places}

    def page(self, here: Place, page: str, href: Any) -> dict[str, str]:
        """Return the parts of a page of an edition by mark; `href` makes a link of an address within the site."""
        items = [
            {
                "name": self._names[place],
                "date": self._dates[place],
                "href": None if place is here else href(place.target(page, self._folder)),
                "is_cover": place is not here and page not in (*place.pages, _NOT_FOUND),
            }
            for place in self._places
        ]
        switch = {"here": self._names[here], "items": items}
        notice = {"older": self._older[here], "newest": self._names[self._newest], "href": items[0]["href"]}
        views = {SWITCH[0]: switch, NOTICE[0]: notice if here is not self._newest else None}
        return {
            mark: self._templates[mark].render(escaped(view), words=self._words) if view else ""
            for mark, view in views.items()
        }
