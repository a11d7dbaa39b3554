"""Hooks: what the report does at each event of MkDocs, in the order of the events.

The engine owns the loop: it reads, converts, prints and writes every page, and tells every plugin. At our events the data
are read and checked, pages composed, and slots filled. Ours come first, so that others see Markdown and HTML, not calls.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from macros.export.hosting import HASHED
from macros.load.content import is_passed_over
from macros.model.locale import theme_language
from macros.processes import Background, WorkerKilled
from macros.publish.languages import build_in
from macros.publish.policy import policy
from macros.publish.progress import say
from macros.publish.publisher import KILLED, pdf_file, pdf_link, publisher_of, publishers, stop_background, trouble
from macros.publish.record_pages import Conversions, RecordPage, fill
from macros.publish.search_box import show_search_box
from macros.publish.serve.live import Live
from macros.publish.serve.notice import with_notice
from macros.publish.serve.watching import Watching
from macros.publish.settings import refused
from macros.render.aside import Aside

FIRST = event_priority(100)


def on_startup(command: str, dirty: bool) -> None:
    """Note what the engine was started for."""
    publishers[""].for_serving = command == "serve"


@FIRST
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read and check the data; take title, language and navigation from them."""
    say("Reading and checking the data")
    root = Path(config.config_file_path).parent
    # `extra: {internal: true}` builds with the records that are not for the public; the command `build` sets
    # `keeps_editions`; `language` is that of a further one.
    publisher = publisher_of(config)
    site = publisher.read(root, config.extra, config.site_url or None)
    from macros.render.languages import fronts
    from macros.render.site import escaped

    land = site.book.landscape
    report = land.report
    if wrong := list(refused(config, report, land.translated_from or report.language)):
        raise PluginError("\n" + "\n".join(f"mkdocs.yml: {line}" for line in wrong))
    # The engine's dates (sitemap, archives) are those of the data: two builds of one commit are one.
    os.environ.setdefault("SOURCE_DATE_EPOCH", str(site.epoch()))
    config.site_name = Markup(escaped(report.title))
    if config.site_description is None:
        config.site_description = escaped(report.description)
    config.theme["language"] = theme_language(report.language)
    if report.languages:
        # Material's own list would have its script ask for a map of the site below every page.
        config.extra.update({"languages": fronts(site), "alternate": True})
    if config.nav is None:
        config.nav = site.navigation()
    config.extra.update(site.furniture())
    config.extra["report"].update(pdf_link(site))
    show_search_box(config)
    depths = {path.count("/") for path in site.pages}
    publisher.policy = None if publisher.for_serving else policy(config, depths)
    config.extra["policy"] = publisher.policy
    return config


@FIRST
def on_pre_build(config: MkDocsConfig) -> None:
    """Compose all pages: every problem comes to light before the engine empties its folder."""
    _refuse_clashes(config)
    publisher = publisher_of(config)
    say(f"Composing {len(publisher.site.pages)} pages")
    publisher.compose()


@FIRST
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages of records, leave out patterns and introductions, and begin with the files beside the pages."""
    from macros.export.feed import PATH as FEED
    from macros.export.feed import feed

    publisher = publisher_of(config)
    site = publisher.site
    for file in list(files.documentation_pages()):
        if file.src_uri not in site.pages:
            files.remove(file)
    for file in [file for file in files if is_passed_over(file.src_uri)]:
        files.remove(file)
    conversions, aside = Conversions(), Aside()
    root = Path(config.config_file_path).parent
    for path in site.pages:
        if files.get_file_from_path(path) is None:
            # Plugins take its date, say, from the file that it is made from.
            file = File.generated(
                config,
                path,
                abs_src_path=str(root / site.data_path(path).partition("#")[0]),
                inclusion=InclusionLevel.NOT_IN_NAV,
            )
            file.edit_uri = f"../{site.data_path(path)}"  # pyright: ignore  # made to be overwritten
            RecordPage(file, config, conversions, aside)
            files.append(file)
    if pdf := pdf_file(site):
        files.append(File.generated(config, pdf.name, abs_src_path=str(pdf)))
    files.append(File.generated(config, FEED, content=feed(site.book, config.site_url)))
    publisher.hashed = [file.dest_uri for file in files if re.search(HASHED, file.dest_uri)]
    if not publisher.is_live:
        publisher.background = Background(publisher.tasks(Path(config.site_dir), config.site_url or None))
    return files


@FIRST
def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Put pages of records below the page that lists them, between their neighbours."""
    pages = {file.src_uri: file.page for file in files.documentation_pages() if file.page}
    site = publisher_of(config).site
    for path, page in site.pages.items():
        if page.parent:
            pages[path].parent = pages[page.parent]  # type: ignore[assignment]  # to themes a page does for a section
            before, after = site.neighbours(path)
            pages[path].previous_page, pages[path].next_page = pages.get(before or ""), pages.get(after or "")
    return nav


@FIRST
def on_page_read_source(page: Page, config: MkDocsConfig) -> str | None:
    """Return the pattern of a page of a record, whose own file holds its data; nothing for others."""
    return publisher_of(config).site.pages[page.file.src_uri].text if isinstance(page, RecordPage) else None


@FIRST
def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Return the Markdown of a page with a slot for every value and block."""
    publisher = publisher_of(config)
    page.meta.update(publisher.meta(page, config))
    return publisher.site.composed[page.file.src_uri].markdown


@FIRST
def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Return the HTML of a page with its slots filled."""
    made = publisher_of(config).site.composed[page.file.src_uri]
    return fill(page, made, html)


def _refuse_clashes(config: MkDocsConfig) -> None:
    """Raise PluginError where mkdocs-macros-plugin has a macro or variable that is one of ours: ours would be called."""
    from macros.present import MACROS

    if other := config.plugins.get("macros"):
        for name in sorted({*getattr(other, "macros", ()), *getattr(other, "variables", ())} & MACROS.keys()):
            wrong = f'mkdocs-macros-plugin and the report both have a macro "{name}"'
            raise PluginError(f"{wrong}; rename the one in {other.config.get('module_name', 'main')}")


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Note the theme's templates, of which the editions of a site need two."""
    publisher_of(config).env = env
    say("Writing pages")
    return env


@FIRST
def on_page_context(context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation) -> None:
    """Mark titles as the HTML they are: Material would escape those of the pages before and after once more."""
    for each in (page.previous_page, page.next_page):
        if each:
            each.title = Markup(each.title)


# Of what Material's templates write against HTML, where no block of theirs lets us mend it.
_CONTENTS = '<label class="md-nav__title"'
_FOR_DRAWER = f'{_CONTENTS} for="__toc">'


def _sound_html(html: str) -> str:
    """Return a page as HTML asks: no empty order of focus, and no label of the contents for a drawer that lacks them."""
    html = html.replace(' tabindex="">', ">")
    return html if ' id="__toc"' in html else html.replace(_FOR_DRAWER, f"{_CONTENTS}>")


@FIRST
def on_post_template(output: str, template_name: str, config: MkDocsConfig) -> str:
    """Mend the page that stands for missing ones."""
    return _sound_html(output) if template_name.endswith(".html") else output


@FIRST
def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Mend what the theme writes."""
    return _sound_html(output)


def on_post_build(config: MkDocsConfig) -> None:
    """Wait for the files beside the pages; then build the site in further languages, which are served when asked for."""
    publisher = publisher_of(config)
    background, publisher.background = publisher.background, None
    try:
        if background:
            background.finish()
    except WorkerKilled as error:
        raise PluginError(KILLED) from error
    if not config.site_url:  # the engine writes a map without an address, which is none
        for name in ("sitemap.xml", "sitemap.xml.gz"):
            Path(config.site_dir, name).unlink(missing_ok=True)
    if publisher is publishers[""] and not publisher.for_serving:
        for language in publisher.site.book.landscape.report.languages:
            build_in(language.id, config)


def on_build_error(error: Exception) -> None:
    """End what goes on beside a build that failed."""
    stop_background()


def on_serve(server: Any, config: MkDocsConfig, builder: Any) -> Any:
    """Make pages when they are asked for, and let a slip neither stop the server nor block the pages."""
    watching, before = Watching(), (config.docs_dir, config.config_file_path)
    for path in before:
        server.unwatch(path)
    live = Live(server, config, watching.take, builder)
    server.observer, server.builder = watching, live.rebuild
    server.build_delay = 0.05  # seconds without a further save; long enough for one that writes several files
    for path in before:
        server.watch(path)
    root = Path(config.config_file_path).parent
    server.set_app(with_notice(live.serving(server.get_app()), trouble, root))
    return server
