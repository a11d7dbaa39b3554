"""The publisher holds the state of one run of the engine: the site of the last valid reading, and its problems."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.pages import Page

from macros.cache import write_whole
from macros.publish.serve.notice import Trouble

if TYPE_CHECKING:
    from jinja2 import Environment

    from macros.export.share.cards import Cards
    from macros.export.share.embeds import Framed
    from macros.processes import Background
    from macros.render.site import Site

Part = Callable[[], Iterator[tuple[str, bytes]]]
"""Makes files when it is called."""
# What stays loaded between the rebuilds of `mkdocs serve`; everything else of ours is read anew when Python was edited.
_STAYS = ("macros.hook", "macros.publish", "macros.processes")
_READER = ("macros.load", "macros.problems", "macros.model", "macros.cache")

KILLED = (
    "A process of the build was ended from outside, as happens when memory runs out; with CORES=1 it takes less memory."
)


class Publisher:
    """The site of the last good reading, and the problems of the last reading if it failed.

    That of another language is made of what `source`, the publisher of the language of the data, has read.
    """

    def __init__(self, source: Publisher | None = None) -> None:
        self._source = source
        self.trouble = Trouble()
        self.for_serving: bool = source.for_serving if source else False
        # Whether the first build is done and pages are made when a browser asks for them.
        self.is_live: bool = source.is_live if source else False
        self.background: Background | None = None
        self.env: Environment | None = None
        # Pages and hosts state no policy while serving: the engine's script that reloads pages stands within them.
        self.policy: str | None = None
        self.hashed: list[str] = []
        self._site: Site | None = None
        self._cards: Cards | None = None

    @property
    def site(self) -> Site:
        """The site that was read. Raises PluginError where none was."""
        if self._site is None:
            raise PluginError("the site has not been read")
        return self._site

    @property
    def is_read(self) -> bool:
        return self._site is not None

    @property
    def cards(self) -> Cards:
        """The social cards of the site."""
        from macros.export.share.cards import Cards

        if self._cards is None:
            self._cards = Cards(self.site)
        return self._cards

    def read(self, root: Path, options: Mapping[str, Any], address: str | None) -> Site:
        """Read and check the project. Raises PluginError with all problems."""
        from macros.problems import ProblemsFound
        from macros.render.site import open_site, translated_site

        try:
            if self._source:
                self._site = translated_site(root, self._source.site, options["language"], address, not self.is_live)
            else:
                self._site = open_site(
                    root,
                    options.get("internal", False),
                    options.get("keeps_editions", False),
                    address,
                    not self.is_live,
                )
        except ProblemsFound as error:
            raise self._failed(error.problems, error) from error
        self.trouble, self._cards = Trouble(), None
        return self._site

    def compose(self) -> None:
        """Compose all pages. Raises PluginError with the problems of all of them."""
        from macros.problems import ProblemsFound
        from macros.processes import WorkerKilled

        try:
            self.site.compose(list(self.site.pages))
        except ProblemsFound as error:
            raise self._failed(error.problems, error) from error
        except WorkerKilled as error:
            raise PluginError(KILLED) from error

    def stop_background(self) -> None:
        """Stop the background tasks of a build, if there are any."""
        if self.background:
            self.background.stop()
            self.background = None

    def _failed(self, problems: Collection[Any], error: Exception) -> PluginError:
        self.trouble = Trouble(tuple(problems))
        return PluginError(f"\n{error}")

    def meta(self, page: Page, config: MkDocsConfig) -> dict[str, Any]:
        """Return what the head of a page says, escaped for HTML."""
        from macros.export.structured import head_metadata
        from macros.render.languages import alternates

        site, path, address = self.site, page.file.src_uri, config.site_url or None
        meta = site.meta(path) | head_metadata(site, path, address) | self.cards.meta(path, address)
        if address and site.book.place:
            meta["cited_url"] = site.book.lasting(address, page.file.url)
        if site.book.landscape.report.languages:
            meta["alternates"] = alternates(site, page.file.url, address)
        return meta

    def tasks(self, folder: Path, address: str | None) -> list[Callable[[], None]]:
        """Return what makes the files beside the pages and writes them below a folder."""
        return [partial(_write, folder, part) for part in self._parts(address)]

    def files(self, address: str | None) -> Iterator[tuple[str, bytes]]:
        """Yield path and content of the files beside the pages, one after another."""
        return chain.from_iterable(part() for part in self._parts(address))

    def _parts(self, address: str | None) -> list[Part]:
        from macros.export import export_parts
        from macros.export.search import search_files

        site, framed = self.site, self._embeds(address)

        def chart_files(name: str) -> Iterator[tuple[str, bytes]]:
            yield from site.gallery.files_of(site.gallery.figures[name])
            yield from framed.files_of(site.gallery.figures[name])

        # Of data there is one set, and hosts read their files at the root.
        shared: list[Part] = [] if site.book.folder else [*export_parts(site, address), self._host_files]
        return [
            partial(search_files, site),
            *shared,
            framed.matrix,
            # Without an address no page can name its card: others need a whole one.
            *(partial(self.cards.files_of, name) for name in (self.cards.names() if address else ())),
            *(partial(chart_files, name) for name in site.gallery.figures),
        ]

    def _host_files(self) -> Iterator[tuple[str, bytes]]:
        from macros.export.hosting import host_files

        return host_files(self.policy, self.hashed) if self.policy else iter(())

    def _embeds(self, address: str | None) -> Framed:
        from macros.export.share.embeds import Framed
        from macros.publish.policy import FRAMED_POLICY

        return Framed(self.site, address, policy=None if self.for_serving else FRAMED_POLICY)

    def forget(self, saved: Collection[str]) -> None:
        """Unload our modules, so that what was edited in Python is read anew.

        The reader of files and the models stay unless edited themselves: what was read is still what stands in the files.
        """
        names = {name.rpartition(".")[2] for name in _READER}
        is_edited = any(names & {Path(path).stem, Path(path).parent.name} for path in saved)
        stay = _STAYS if is_edited else (*_STAYS, *_READER)
        for name in [name for name in sys.modules if name.startswith("macros.") and not name.startswith(stay)]:
            del sys.modules[name]


# By language; that of the data is "".
publishers: dict[str, Publisher] = {"": Publisher()}


def publisher_of(config: MkDocsConfig) -> Publisher:
    """Return the publisher of the language that a configuration of the engine is for."""
    language = config.extra.get("language", "")
    if language not in publishers:
        publishers[language] = Publisher(publishers[""])
    return publishers[language]


def trouble() -> Trouble:
    """Return what keeps the last edit from the pages of any language."""
    return next((one.trouble for one in publishers.values() if one.trouble), Trouble())


def stop_background() -> None:
    """Stop the background tasks of a build in any language."""
    for publisher in publishers.values():
        publisher.stop_background()


def _write(folder: Path, part: Part) -> None:
    write_files(folder, part())


def pdf_file(site: Site) -> Path | None:
    """Return the PDF that this build is to offer: the file that REPORT_PDF names (make pdf). Other builds offer none.

    That of another language lies beside it, with the language in its name, or is not offered.
    """
    named, language = os.environ.get("REPORT_PDF"), site.book.folder.rstrip("/")
    if not named:
        return None
    if language:
        told = Path(named).with_suffix(f".{language}.pdf")
        return told.resolve() if told.is_file() else None
    if not Path(named).is_file():
        raise PluginError(f"REPORT_PDF: there is no file {named}; python -m macros pdf {named} writes it")
    return Path(named).resolve()


def pdf_link(site: Site) -> dict[str, Any]:
    """Return address and words of the link to the PDF, escaped, if this build has one."""
    from macros.render.site import escaped

    pdf = pdf_file(site)
    if pdf is None:
        return {}
    wording = site.book.wording
    text = wording.word("pdf-link", size=wording.number(pdf.stat().st_size / 1e6, 1))
    return escaped({"pdf": {"url": pdf.name, "text": text}})


def write_files(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write files by their path within a folder, and the folders they need.

    Each is put into its place whole: while serving, a browser may ask for it at any moment.
    """
    for path, content in files:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, content)
