"""Publish: the only module that knows MkDocs. Hands it the composed pages and puts the blocks back after Markdown."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel

from macros.progress import say
from macros.publish.headers import FRAMED_POLICY, POLICY, host_files
from macros.publish.live import Live, write
from macros.publish.notice import Trouble, with_notice
from macros.publish.versions import by_version, take_versions
from macros.publish.watching import Watching

# What stays loaded between the rebuilds of `mkdocs serve`; everything else of ours is read anew when Python was edited.
_STAYS = ("macros.hook", "macros.publish", "macros.progress")
_READER = ("macros.load", "macros.problems")

# What the engine's theme brings and the report does without.
_UNUSED = ("assets/javascripts/", "assets/stylesheets/", "assets/images/")


class Publisher:
    """State of a run of the engine: the site of the last good reading, and the problems of the last one if it failed."""

    def __init__(self) -> None:
        self.site: Any = None
        self.trouble = Trouble()
        self.theme_files: list[File] = []
        self.env: Any = None
        # While serving there are neither policy nor versions: pages are not written together, and reload by a script.
        self.serving = self.for_serving = False
        self.versions: dict[str, str] = {}
        self.cards: Any = None
        self._pictures: Future[list[tuple[str, bytes]]] | None = None

    def read(self, root: Path, skip: Collection[str] = (), internal: bool = False, address: str | None = None) -> Any:
        """Read and check the site; compose its pages too, unless it is served. Raises PluginError with the list of problems."""
        from macros.problems import ProblemsFound
        from macros.share.cards import Cards
        from macros.site import build_site, open_site

        try:
            self.site = (open_site if self.serving else build_site)(root, skip, internal, address)
        except ProblemsFound as error:
            self.trouble = Trouble(error.problems)
            raise PluginError(f"\n{error}") from error
        self.trouble = Trouble()
        self.cards = Cards(self.site)
        return self.site

    def start_pictures(self) -> None:
        """Make the files of charts and cards while the engine makes pages: the library that draws works beside Python."""
        pool = ThreadPoolExecutor(1)
        self._pictures = pool.submit(lambda makers: [*chain(*makers)], [self.site.gallery.files(), self.cards.files()])
        pool.shutdown(wait=False)

    def _made_pictures(self) -> Iterator[tuple[str, bytes]]:
        """Yield the files of charts and cards, those made in advance once."""
        pictures, self._pictures = self._pictures, None
        yield from pictures.result() if pictures else chain(self.site.gallery.files(), self.cards.files())

    def search(self) -> Iterator[tuple[str, bytes]]:
        """Yield path and content of the records of the search."""
        from macros.search import PATH, search_script

        yield PATH, search_script(self.site).encode()

    def extras(self, address: str | None) -> Iterator[tuple[str, bytes]]:
        """Yield what is made of all pages together: search, downloads, charts, cards, pages for frames; and files for hosts."""
        from macros.export import export_files
        from macros.share.embeds import Framed

        framed = Framed(self.site, address, self.versions, None if self.for_serving else FRAMED_POLICY)
        yield from chain(
            self.search(), export_files(self.site, address), self._made_pictures(), framed.files(),
            host_files(self.versions),
        )  # fmt: skip

    def forget(self, saved: Collection[str]) -> None:
        """Unload our modules, so that what was edited in Python is read anew.

        The reader of files stays unless it was edited itself: what it has read is still what stands in the files.
        """
        is_edited = any(Path(path).stem == "problems" or Path(path).parent.name == "load" for path in saved)
        stay = _STAYS if is_edited else (*_STAYS, *_READER)
        for name in [name for name in sys.modules if name.startswith("macros.") and not name.startswith(stay)]:
            del sys.modules[name]


_publisher = Publisher()


def on_startup(command: str, dirty: bool) -> None:
    """Note what the engine was started for."""
    _publisher.for_serving = command == "serve"


def on_config(config: Any) -> Any:
    """Take title, language and navigation from the data."""
    root = Path(config.config_file_path).parent
    # Tests of hostile data let one rule pass: `extra: {skip_rules: [plain-text]}`.
    # `extra: {internal: true}` builds with the records that are not for the public.
    say("Reading and checking the data, composing the pages")
    site = _publisher.read(root, config.extra.get("skip_rules", ()), config.extra.get("internal", False),
                           config.site_url or None)  # fmt: skip
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
        _publisher.versions = take_versions(files, config, _publisher.search())
    if not _publisher.serving:
        _publisher.start_pictures()
    return files


def on_env(env: Any, config: Any, files: Files) -> Any:
    """Let pages ask for files by version. Keep the theme's templates: compiling them takes longer than most edits."""
    env.filters["url"] = by_version(env.filters["url"], _publisher.versions)
    _publisher.env = env
    say(f"Making {len(_site().pages)} pages")
    return env


def on_page_markdown(markdown: str, page: Any, config: Any, files: Files) -> str:
    """Give MkDocs the Markdown with slots, the page's title, and its description for programs."""
    from macros.export.structured import described

    site = _site()
    made = site.composed[page.file.src_uri]
    page.meta.update(site.meta(page.file.src_uri))
    page.meta.update(described(site, page.file.src_uri, config.site_url or None))
    page.meta.update(_publisher.cards.meta(page.file.src_uri, config.site_url or None))
    if config.repo_url:
        page.meta["edit_url"] = f"{config.repo_url.rstrip('/')}/blob/HEAD/{page.meta['data_path']}"
    return made.markdown


def on_page_content(html: str, page: Any, config: Any, files: Files) -> str:
    """Put the blocks into what Markdown made of the page."""
    made = _site().composed[page.file.src_uri]
    for item in _items(page.toc):
        item.title, item.id = made.words(item.title), made.slug(item.id)
    return made.fill(html)


def on_post_build(config: Any) -> None:
    """Add what is made of all pages together."""
    say("Adding charts, the search and the downloads")
    from macros.problems import ProblemsFound

    try:
        for path, content in _publisher.extras(config.site_url or None):
            write(Path(config.site_dir) / path, content)
    except ProblemsFound as error:
        raise PluginError(f"\n{error}") from error


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
