"""Rebuild between two saves of `mkdocs serve`. An edit costs reading, checking, and the page that is open.

Pages are made when a browser asks for them, so it does not matter how many depend on what was edited. The others are
composed behind the reader's back, for their problems, and for the search and the charts, which are made of all pages. A
further language is read when somebody asks for one of its pages, and from then on its pages are made in the same way.
"""

from __future__ import annotations

import logging
import posixpath
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import TemplateSyntaxError
from mkdocs.commands import build
from mkdocs.structure.files import File, Files, get_files, set_exclusions
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page

from macros.publish.languages import config_in
from macros.publish.publisher import Publisher, publisher_of, publishers, write_files
from macros.publish.serve.notice import Application, Trouble

log = logging.getLogger("mkdocs.macros")
# Seconds after an edit that belong to the page that is open, and to the next edit of somebody who types on.
_PAUSE = 1.0


@dataclass
class Reading:
    """One reading of the project in a language: its pages by address, and those made so far."""

    files: Files
    navigation: Navigation
    pages: dict[str, Page]
    fresh: set[str] = field(default_factory=set)


@dataclass
class Language:
    """The site in one language: the engine's configuration, and the last reading; pages stay as they are where there is none."""

    config: Any
    reading: Reading | None = None
    # Whether something was saved since.
    is_behind: bool = False

    @property
    def publisher(self) -> Publisher:
        return publisher_of(self.config)


class Live:
    """Keeps a served site fresh. `changed` returns the files saved since it was last asked; `build_all` builds from nothing."""

    def __init__(
        self, server: Any, config: Any, changed: Callable[[], Collection[str]], build_all: Callable[[], object]
    ) -> None:
        self._server, self._changed, self._build_all = server, changed, build_all
        self._source, self._others = Language(config), dict[str, Language]()
        publisher = self._source.publisher
        publisher.is_live = True
        assert publisher.env, "the first build is done"
        publisher.env.auto_reload = True
        files = Files([])
        files.add_files_from_theme(publisher.env, config)
        self._theme_files = _theme_files(files, config)
        self._lock, self._starting = threading.RLock(), threading.Lock()
        self._quiet = threading.Event()
        self._quiet.set()

    def rebuild(self) -> None:
        """Read the project anew after an edit. Whatever is wrong with it becomes the trouble that pages show."""
        started = time.perf_counter()
        with self._busy():
            try:
                self._read_source(self._changed())
            except Exception as error:  # whatever an editor broke, the last good site stays
                self._note(self._source, error)
            except SystemExit:
                log.error("The last good site stays; save again to try again.")
            else:
                log.info("Read and checked in %.2f s", time.perf_counter() - started)
                self._compose_later(self._source)

    def serving(self, application: Application) -> Application:
        """Return an application that makes a page before it serves it."""

        def serve(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
            self._make(environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore"))
            return application(environ, start_response)

        return serve

    @contextmanager
    def _busy(self) -> Iterator[None]:
        """Hold everything else off: a reader waits for no work done in advance."""
        self._quiet.clear()
        with self._lock:
            try:
                yield
            finally:
                self._quiet.set()

    def _read_source(self, saved: Collection[str]) -> None:
        """Read the site in the language of the data. Others follow when somebody asks for them."""
        if any(self._is_structure(Path(path)) for path in saved):
            self._source.reading, self._others = None, {}
            self._source.publisher.is_live = False
            try:
                self._build_all()
            finally:
                self._source.publisher.is_live = True
            return
        if any(path.endswith(".py") for path in saved):
            self._source.publisher.forget(saved)
        self._read(self._source)
        for other in self._others.values():
            other.is_behind, other.publisher.trouble = True, Trouble()

    def _read(self, language: Language) -> None:
        publisher = language.publisher
        before = set(publisher.site.pages) if publisher.is_read else set()
        config = language.config.plugins.on_config(language.config)
        env = publisher.env or config.theme.get_env()
        files = get_files(config)
        files.add_files_from_theme(env, config)
        files = config.plugins.on_files(files, config=config)
        set_exclusions(files, config)
        navigation = get_navigation(files, config)
        navigation = config.plugins.on_nav(navigation, config=config, files=files)
        if env is not publisher.env:
            env.auto_reload = True
            config.plugins.on_env(env, config=config, files=files)
        files.copy_static_files(dirty=True)
        self._theme_files = _theme_files(files, config)
        for path in before - set(publisher.site.pages):  # a page that is gone must not be served any more
            Path(config.site_dir, File.generated(config, path, content="").dest_uri).unlink(missing_ok=True)
        pages = {file.dest_uri: file.page for file in files.documentation_pages() if file.page}
        language.reading, language.is_behind = Reading(files, navigation, pages), False

    def _read_other(self, language: Language) -> None:
        """Read the site in a further language, if something was saved since it was."""
        if not language.is_behind:
            return
        try:
            self._read(language)
        except Exception as error:  # the last good pages stay
            language.is_behind = False
            self._note(language, error)
        else:
            self._compose_later(language)

    def _is_structure(self, path: Path) -> bool:
        """Whether a file is one that only a whole build takes up: the configuration, or a file new to the theme."""
        config = self._source.config
        if path == Path(config.config_file_path):
            return True
        is_known = path in self._theme_files and path.exists()
        return path.is_relative_to(config.theme.custom_dir) and path.suffix != ".html" and not is_known

    def _make(self, path: str) -> None:
        """Make the page at an address, if it stands in the reading of its language and is not made yet."""
        address = posixpath.normpath("/" + path.removeprefix(self._server.mount_path)).lstrip("/")
        language, address = self._in_language(address)
        address = "index.html" if address in ("", ".") else address
        if not language.is_behind and _is_made(language.reading, address):
            return
        # Whoever waits here for a reading gets its page: that of the one before would show what has been mended.
        with self._busy():
            self._read_other(language)
            reading = language.reading
            if reading is None or _is_made(reading, address):
                return
            with warnings() as found:
                try:
                    self._print(language, reading.pages[address])
                except Exception as error:  # the last good page stays
                    self._note(language, error)
                else:
                    reading.fresh.add(address)
                    if found:
                        language.publisher.trouble = Trouble(text="\n".join(found))

    def _in_language(self, address: str) -> tuple[Language, str]:
        """Return the language in whose folder an address lies, and the address within it."""
        folder, _, within = address.partition("/")
        report = self._source.publisher.site.book.landscape.report
        if folder not in {language.id for language in report.languages}:
            return self._source, address
        with self._starting:
            if folder not in self._others:
                publishers.pop(folder, None)  # of before a whole build
                self._others[folder] = Language(config_in(folder, self._source.config), is_behind=True)
            return self._others[folder], within

    def _print(self, language: Language, page: Page) -> None:
        """Make a page as the engine makes it, with every plugin's events."""
        reading, env = language.reading, language.publisher.env
        assert reading and env, "it has been read"
        documents, config = reading.files.documentation_pages(), language.config
        build._populate_page(page, config, reading.files)
        build._build_page(page, config, documents, reading.navigation, env)
        page.content = None

    def _compose_later(self, language: Language) -> None:
        threading.Thread(target=self._compose_rest, args=(language, language.reading), daemon=True).start()

    def _compose_rest(self, language: Language, reading: Reading | None) -> None:
        """Compose all pages, for the problems of those nobody has open, then write what is made of all together."""
        site, problems = language.publisher.site, []
        time.sleep(_PAUSE)
        for path in site.pages:
            self._quiet.wait()
            with self._lock:
                if language.reading is not reading or language.is_behind:
                    return
                try:
                    site.composed[path]
                except Exception as error:  # any template may be broken just now
                    problems.append(error)
        if not problems:
            problems = self._write_rest(language, reading)
        with self._lock:
            if language.reading is reading and problems and not language.publisher.trouble:
                self._note(language, *problems)
                self._reload()

    def _write_rest(self, language: Language, reading: Reading | None) -> list[Exception]:
        """Write what is made of all pages together, a file at a time so that nobody waits; return what went wrong."""
        extras = language.publisher.files(language.config.site_url or None)
        while True:
            self._quiet.wait()
            with self._lock:
                if language.reading is not reading or language.is_behind:
                    return []
                try:
                    made = next(extras, None)
                    if made is None:
                        return []
                    write_files(Path(language.config.site_dir), [made])
                except Exception as error:  # Python may have been broken meanwhile
                    return [error]

    def _note(self, language: Language, *errors: Exception) -> None:
        """Make errors the trouble that pages show, and say them in the terminal."""
        publisher = language.publisher
        problems = [problem for error in errors if (problem := getattr(error, "problem", None))]
        texts = [_error_text(error) for error in errors if not hasattr(error, "problem")]
        if not publisher.trouble or problems:
            publisher.trouble = Trouble(problems, "\n".join(texts))
        log.error("%s\nThe last good site stays; mend it and save.", publisher.trouble)

    def _reload(self) -> None:
        """Have open pages loaded again. The server offers no way to say so but the one its own builds take."""
        with self._server._epoch_cond:
            self._server._wanted_epoch = self._server._visible_epoch = self._server._visible_epoch + 1
            self._server._epoch_cond.notify_all()


@contextmanager
def warnings() -> Iterator[list[str]]:
    """Collect what the engine warns of while it makes a page."""
    found: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: found.append(record.getMessage())  # type: ignore[method-assign]  # a class for one line
    logger = logging.getLogger("mkdocs.structure")
    logger.addHandler(handler)
    try:
        yield found
    finally:
        logger.removeHandler(handler)


def _is_made(reading: Reading | None, address: str) -> bool:
    """Whether there is nothing to make at an address."""
    return reading is None or address not in reading.pages or address in reading.fresh


def _theme_files(files: Files, config: Any) -> set[Path]:
    """Return the files that the theme brings to the site."""
    return {Path(file.abs_src_path) for file in files if file.src_dir != config.docs_dir and file.abs_src_path}


def _error_text(error: Exception) -> str:
    if isinstance(error, TemplateSyntaxError):
        return f"{error.filename or error.name}:{error.lineno}: {error.message}"
    return f"{type(error).__name__}: {error}"
