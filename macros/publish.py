"""Publish: the only module that knows MkDocs. Hands it the composed pages and puts the blocks back after Markdown."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Collection
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files, InclusionLevel

from macros.serving import careful, with_notice

log = logging.getLogger("mkdocs.macros")
# What stays loaded between the rebuilds of `mkdocs serve`; everything else of ours is read anew.
_STAYS = {"macros", "macros.hook", "macros.publish", "macros.serving"}


class Publisher:
    """State of a run of the engine: the site of the last build, and the problems of the last one if it failed."""

    def __init__(self) -> None:
        self.site: Any = None
        self.trouble = ""

    def read(self, root: Path, skip: Collection[str] = (), internal: bool = False) -> Any:
        """Read, check and compose the site. Raises PluginError with the list of problems."""
        if self.site or self.trouble:
            _forget()
        from macros.problems import ProblemsFound
        from macros.site import build_site

        try:
            self.site, self.trouble = build_site(root, skip, internal), ""
        except ProblemsFound as error:
            self.trouble = str(error)
            raise PluginError(f"\n{error}") from error
        return self.site


def _forget() -> None:
    """Unload our modules, so that a rebuild sees edits of Python as well."""
    for name in [name for name in sys.modules if name.startswith("macros.") and name not in _STAYS]:
        del sys.modules[name]


_publisher = Publisher()


def on_config(config: Any) -> Any:
    """Take title, language and navigation from the data."""
    root = Path(config.config_file_path).parent
    # Tests of hostile data let one rule pass: `extra: {skip_rules: [plain-text]}`.
    # `extra: {internal: true}` builds with the records that are not for the public.
    site = _publisher.read(root, config.extra.get("skip_rules", ()), config.extra.get("internal", False))
    from macros.site import escaped

    report = site.book.landscape.report
    # The engine's dates (sitemap, archives) are those of the data: two builds of one commit are one.
    os.environ.setdefault("SOURCE_DATE_EPOCH", str(site.epoch()))
    config.site_name = escaped(report.title)
    config.site_description = escaped(report.description)
    config.theme["language"] = report.language
    config.nav = site.navigation()
    config.extra.update(site.furniture())
    return config


def on_files(files: Files, config: Any) -> Files:
    """Add the pages of records; leave out patterns and introductions."""
    site = _site()
    for file in list(files.documentation_pages()):
        if file.src_uri not in site.composed:
            files.remove(file)
    for path in site.composed:
        if files.get_file_from_path(path) is None:
            files.append(File.generated(config, path, content="", inclusion=InclusionLevel.NOT_IN_NAV))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Files) -> str:
    """Give MkDocs the Markdown with slots, and the page's title."""
    site = _site()
    made = site.composed[page.file.src_uri]
    page.meta.update(site.meta(page.file.src_uri))
    if config.repo_url:
        page.meta["edit_url"] = f"{config.repo_url.rstrip('/')}/blob/HEAD/{page.meta['data_path']}"
    return made.markdown


def on_page_content(html: str, page: Any, config: Any, files: Files) -> str:
    """Put words for the slots while the search index is made: parsing every tag of a block would take most of the build."""
    made = _site().composed[page.file.src_uri]
    for item in _items(page.toc):
        item.title, item.id = made.words(item.title), made.slug(item.id)
    page.slotted = html
    return made.searchable(html)


@event_priority(-100)
def on_page_context(context: Any, page: Any, config: Any, nav: Any) -> Any:
    """After the search index has read the words, give the page its blocks."""
    page.content = _site().composed[page.file.src_uri].fill(page.slotted)
    return context


def on_serve(server: Any, config: Any, builder: Any) -> Any:
    """Let a slip neither stop the server nor block the pages: the last good site stays, the problems stand over it."""
    server.builder = careful(server.builder, log)
    server.set_app(with_notice(server.get_app(), lambda: _publisher.trouble))
    return server


def _items(toc: Any) -> Any:
    for item in toc:
        yield item
        yield from _items(item.children)


def _site() -> Any:
    if _publisher.site is None:
        raise PluginError("the site has not been read")
    return _publisher.site
