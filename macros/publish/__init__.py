"""Publish: the only package that knows MkDocs. The engine keeps navigation, links and theme; the press makes the pages."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation

from macros.progress import say
from macros.publish.headers import FRAMED_POLICY, POLICY, host_files
from macros.publish.live import Live
from macros.publish.notice import Trouble, with_notice
from macros.publish.press import Press, Printed
from macros.publish.versions import by_version, take_versions, version
from macros.publish.watching import Watching
from macros.publish.writing import Target

# What stays loaded between the rebuilds of `mkdocs serve`; everything else of ours is read anew when Python was edited.
_STAYS = ("macros.hook", "macros.publish", "macros.progress")
_READER = ("macros.load", "macros.problems", "macros.model")

# What the engine's theme brings and the report does without.
_UNUSED = ("assets/javascripts/", "assets/stylesheets/", "assets/images/")
# Names in `extra` the folder in whose place a new one is put (macros.publish.building).
_REPLACES = "replaces"
_ENDED = (
    "A process of the build was ended from outside, as happens when memory runs out; with CORES=1 it takes less memory."
)
# Pages of records that one process makes in a go.
_SHEET = 24


class Publisher:
    """State of a run of the engine: the site of the last good reading, and the problems of the last one if it failed."""

    def __init__(self) -> None:
        self.site: Any = None
        self.trouble = Trouble()
        self.theme_files: list[File] = []
        self.documents: list[File] = []
        self.navigation: Navigation | None = None
        self.env: Any = None
        # While serving there are neither policy nor versions: pages are not written together, and reload by a script.
        self.serving = self.for_serving = False
        self.versions: dict[str, str] = {}
        self.cards: Any = None

    def read(
        self, root: Path, skip: Collection[str] = (), internal: bool = False, keeps: bool = False,
        address: str | None = None, is_new: bool = False,
    ) -> Any:  # fmt: skip
        """Read and check the site, to be built into a folder that `is_new` or not. Raises PluginError with the problems."""
        from macros.problems import ProblemsFound
        from macros.share.cards import Cards
        from macros.site import open_site

        try:
            self.site = open_site(root, skip, internal, keeps, address, is_whole=not self.serving)
            # The engine empties its folder next: unless that is a new one, no problem may come to light after that.
            if not (self.serving or is_new):
                self.site.compose(list(self.site.pages))
        except ProblemsFound as error:
            self.trouble = Trouble(error.problems)
            raise PluginError(f"\n{error}") from error
        self.trouble = Trouble()
        self.cards = Cards(self.site)
        return self.site

    def search_and_headers(self) -> Iterator[tuple[str, bytes]]:
        """Yield path and content of the scripts of the search; and of files for hosts, who are to know what has a version.

        Pages ask for the first script without one, so that what is new to the search does not make each of them another.
        """
        from macros.search import PATH, search_files

        versions = dict(self.versions)
        for path, content in search_files(self.site):
            if path != PATH:
                versions[path] = version(content)
            yield path, content
        yield from host_files(versions)

    def extras(self, address: str | None) -> Iterator[tuple[str, bytes]]:
        """Yield what is made of all pages together: search, downloads, charts, cards, pages for frames; and files for hosts."""
        from macros.export import export_files

        yield from chain(
            self.search_and_headers(), export_files(self.site, address), self.site.gallery.files(), self.cards.files(),
            self.framed(address).files(),
        )  # fmt: skip

    def framed(self, address: str | None) -> Any:
        """Return the maker of the pages for frames."""
        from macros.share.embeds import Framed

        return Framed(self.site, address, self.versions, None if self.for_serving else FRAMED_POLICY)

    def print(self, config: Any, files: Files) -> None:
        """Make every page, and what is made of all together. Raises PluginError with the list of problems."""
        from macros.problems import ProblemsFound
        from macros.processes import WorkerKilled, parallel_map

        reprints = self._reprints(config) if _REPLACES in config.extra else None
        press = Press(self.site, self.cards, config, files, self.navigation, self.env, reprints)
        try:
            with _included(self.documents):
                printed = list(parallel_map(lambda task: task(), self._tasks(press, config)))
        except ProblemsFound as error:
            raise PluginError(f"\n{error}") from error
        except WorkerKilled as error:
            raise PluginError(_ENDED) from error
        sheets = [sheet for sheet in printed if isinstance(sheet, Printed)]
        problems = [problem for sheet in sheets for problem in sheet.problems]
        if problems:
            raise PluginError("\n" + "\n".join(map(str, sorted(problems))))
        charts = press.check(sheets)
        if reprints:
            reprints.end({key: page for sheet in sheets for key, page in sheet.pages.items()}, charts, _target(config))
        self.site.composed.clear()

    def _reprints(self, config: Any) -> Any:
        """Return the pages of the last build."""
        from macros.cache import fingerprint, tree_fingerprint
        from macros.publish.reprints import PLACE, Reprints, ground

        texts = fingerprint(Path(config.config_file_path).read_bytes(), tree_fingerprint(Path(config.docs_dir)))
        extra = {name: value for name, value in config.extra.items() if name != _REPLACES}
        versions = sorted(self.versions.items())
        base = ground(self.site.book, versions, texts, config.site_url, config.repo_url, sorted(extra.items()))
        return Reprints(self.site.cache / PLACE, base, self.site.book)

    def _tasks(self, press: Press, config: Any) -> list[Callable[[], Any]]:
        """Return the work of a build in parts that need not wait for one another, the longest first."""
        from macros.export import export_parts

        target, address = _target(config), config.site_url or None
        site, framed = self.site, self.framed(address)

        def drawn(figure: Any) -> Iterator[tuple[str, bytes]]:
            yield from site.gallery.files_of(figure)
            yield from framed.files_of(figure)

        records = [path for path, page in site.pages.items() if page.record is not None]
        sheets = [[path] for path in site.main] + [records[at : at + _SHEET] for at in range(0, len(records), _SHEET)]
        parts = [
            *export_parts(site, address), self.search_and_headers, framed.matrix,
            *(partial(self.cards.files_of, name) for name in self.cards.names()),
            *(partial(drawn, figure) for figure in site.gallery.figures.values()),
        ]  # fmt: skip
        return [
            *(lambda part=part: target.write(part()) for part in parts),
            *(partial(press.print_sheet, sheet, target, drawn) for sheet in sheets),
        ]

    def forget(self, saved: Collection[str]) -> None:
        """Unload our modules, so that what was edited in Python is read anew.

        The reader of files and the models stay unless edited themselves: what was read is still what stands in the files.
        """
        names = {name.rpartition(".")[2] for name in _READER}
        is_edited = any(names & {Path(path).stem, Path(path).parent.name} for path in saved)
        stay = _STAYS if is_edited else (*_STAYS, *_READER)
        for name in [name for name in sys.modules if name.startswith("macros.") and not name.startswith(stay)]:
            del sys.modules[name]


_publisher = Publisher()


def page_count() -> int:
    """Return how many pages the last build made."""
    return len(_publisher.documents)


def on_startup(command: str, dirty: bool) -> None:
    """Note what the engine was started for."""
    _publisher.for_serving = command == "serve"


def on_config(config: Any) -> Any:
    """Take title, language and navigation from the data."""
    root = Path(config.config_file_path).parent
    # Tests of hostile data let one rule pass: `extra: {skip_rules: [plain-text]}`.
    # `extra: {internal: true}` builds with the records that are not for the public.
    # `keeps_editions` is set by macros.publish.building.
    extra = config.extra
    say("Reading and checking the data, composing the pages")
    site = _publisher.read(
        root, extra.get("skip_rules", ()), extra.get("internal", False), extra.get("keeps_editions", False),
        config.site_url or None, _REPLACES in extra,
    )  # fmt: skip
    from macros.site import escaped

    report = site.book.landscape.report
    # The engine's dates (sitemap, archives) are those of the data: two builds of one commit are one.
    os.environ.setdefault("SOURCE_DATE_EPOCH", str(site.epoch()))
    config.site_name = escaped(report.title)
    config.site_description = escaped(report.description)
    config.theme["language"] = report.language
    config.nav = site.navigation()
    config.extra.update(site.furniture())
    config.extra["report"].update(_pdf_link(site))
    config.extra["policy"] = None if _publisher.for_serving else POLICY
    return config


def on_files(files: Files, config: Any) -> Files:
    """Add the pages of records; leave out patterns and introductions."""
    from macros.export.feed import PATH as FEED
    from macros.export.feed import feed

    site = _site()
    _publisher.theme_files = [file for file in files if file.src_dir != config.docs_dir]
    for file in list(files.documentation_pages()):
        if file.src_uri not in site.pages:
            files.remove(file)
    for path in site.pages:
        if files.get_file_from_path(path) is None:
            files.append(File.generated(config, path, content="", inclusion=InclusionLevel.NOT_IN_NAV))
    for file in [file for file in files if file.src_uri.startswith(_UNUSED)]:
        files.remove(file)
    if pdf := _pdf():
        files.append(File.generated(config, pdf.name, abs_src_path=str(pdf)))
    files.append(File.generated(config, FEED, content=feed(site.book, config.site_url)))
    if not _publisher.for_serving:
        _publisher.versions = take_versions(files, config)
    return files


def on_nav(nav: Navigation, config: Any, files: Files) -> Navigation:
    """Take the pages out of the engine's hands, now that it has put them in order."""
    _publisher.navigation = nav
    _publisher.documents = list(files.documentation_pages())
    for file in _publisher.documents:
        file.inclusion = InclusionLevel.EXCLUDED
    return nav


def on_env(env: Any, config: Any, files: Files) -> Any:
    """Make all pages. They ask for files by version; and the theme's templates stay, since compiling them takes time."""
    env.filters["url"] = by_version(env.filters["url"], _publisher.versions)
    _publisher.env = env
    say(f"Making {len(_publisher.documents)} pages, the charts, the search and the downloads")
    _publisher.print(config, files)
    return env


def on_template_context(context: Any, template_name: str, config: Any) -> Any:
    """Let the map of the site name all pages: the engine has been told to leave them to the press."""
    context["pages"] = _publisher.documents
    return context


def _target(config: Any) -> Target:
    """Return what the site is written into."""
    replaced = config.extra.get(_REPLACES)
    return Target(Path(config.site_dir), Path(replaced) if replaced else None)


@contextmanager
def _included(documents: Iterable[File]) -> Iterator[None]:
    """Have pages count as pages, as they do for links between them; the engine passes over them otherwise."""
    for file in documents:
        file.inclusion = InclusionLevel.NOT_IN_NAV
    yield
    for file in documents:
        file.inclusion = InclusionLevel.EXCLUDED


def _pdf() -> Path | None:
    """Return the PDF that this build is to offer: the file that REPORT_PDF names (make pdf). Other builds offer none."""
    named = os.environ.get("REPORT_PDF")
    if not named:
        return None
    if not Path(named).is_file():
        raise PluginError(f"REPORT_PDF: there is no file {named}; python -m macros pdf {named} writes it")
    return Path(named).resolve()


def _pdf_link(site: Any) -> dict[str, Any]:
    """Return address and words of the link to the PDF, escaped, if this build has one."""
    from macros.site import escaped

    pdf = _pdf()
    if pdf is None:
        return {}
    text = site.book.wording.word("pdf-link", size=site.book.wording.number(pdf.stat().st_size / 1e6, 1))
    return escaped({"pdf": {"url": pdf.name, "text": text}})


def on_serve(server: Any, config: Any, builder: Any) -> Any:
    """Make pages when they are asked for, and let a slip neither stop the server nor block the pages."""
    _publisher.serving, _publisher.env.auto_reload = True, True
    watching, before = Watching(), (config.docs_dir, config.config_file_path)
    for path in before:
        server.unwatch(path)
    live = Live(_publisher, server, config, watching.take, builder)
    server.observer, server.builder = watching, live.rebuild
    server.build_delay = 0.05  # seconds without a further save; long enough for one that writes several files
    for path in before:
        server.watch(path)
    root = Path(config.config_file_path).parent
    server.set_app(with_notice(live.serving(server.get_app()), lambda: _publisher.trouble, root))
    return server


def _items(toc: Any) -> Any:
    for item in toc:
        yield item
        yield from _items(item.children)


def _site() -> Any:
    if _publisher.site is None:
        raise PluginError("the site has not been read")
    return _publisher.site
