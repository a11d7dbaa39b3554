"""Rebuild between two saves of `mkdocs serve`. An edit costs reading, checking, and the page that is open.

Pages are made when a browser asks for them, so it does not matter how many depend on what was edited. The others are
composed behind the reader's back, for their problems, and for the search and the charts, which are made of all pages.
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

from macros.publish.serve.notice import Application, Trouble
from macros.publish.writing import write_files

log = logging.getLogger("mkdocs.macros")
# Seconds after an edit that belong to the page that is open, and to the next edit of somebody who types on.
_PAUSE = 1.0


@dataclass
class Reading:
    """One reading of the project: its pages by address, and those made so far."""

    files: Files
    navigation: Navigation
    pages: dict[str, Page]
    fresh: set[str] = field(default_factory=set)


class Live:
    """Keeps a served site fresh. `changed` returns the files saved since it was last asked; `build_all` builds from nothing."""

    def __init__(
        self,
        publisher: Any,
        server: Any,
        config: Any,
        changed: Callable[[], Collection[str]],
        build_all: Callable[[], object],
    ):
        self._publisher, self._server, self._config = publisher, server, config
        self._changed, self._build_all = changed, build_all
        self._reading: Reading | None = None
        files = Files([])
        files.add_files_from_theme(publisher.env, config)
        self._theme_files = _theme_files(files, config)
        self._lock = threading.RLock()
        self._quiet = threading.Event()
        self._quiet.set()

    def rebuild(self) -> None:
        """Read the project anew after an edit. Whatever is wrong with it becomes the trouble that pages show."""
        started = time.perf_counter()
        with self._busy():
            try:
                self._read(self._changed())
            except Exception as error:  # noqa: BLE001 - whatever an editor broke, the last good site stays
                self._note(error)
            except SystemExit:
                log.error("The last good site stays; save again to try again.")
            else:
                log.info("Read and checked in %.2f s", time.perf_counter() - started)
                threading.Thread(target=self._compose_rest, args=(self._reading,), daemon=True).start()

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

    def _read(self, saved: Collection[str]) -> None:
        if any(self._is_structure(Path(path)) for path in saved):
            self._reading, self._publisher.is_live = None, False
            try:
                self._build_all()
            finally:
                self._publisher.is_live = True
            return
        if any(path.endswith(".py") for path in saved):
            self._publisher.forget(saved)
        before = set(self._publisher.site.pages)
        config = self._config.plugins.on_config(self._config)
        files = get_files(config)
        files.add_files_from_theme(self._publisher.env, config)
        files = config.plugins.on_files(files, config=config)
        set_exclusions(files, config)
        navigation = get_navigation(files, config)
        navigation = config.plugins.on_nav(navigation, config=config, files=files)
        files.copy_static_files(dirty=True)
        self._theme_files = _theme_files(files, config)
        for path in before - set(self._publisher.site.pages):  # a page that is gone must not be served any more
            Path(config.site_dir, File.generated(config, path, content="").dest_uri).unlink(missing_ok=True)
        pages = {file.dest_uri: file.page for file in files.documentation_pages() if file.page}
        self._reading = Reading(files, navigation, pages)

    def _is_structure(self, path: Path) -> bool:
        """Whether a file is one that only a whole build takes up: the configuration, or a file new to the theme."""
        folder = Path(self._config.theme.custom_dir)
        if path == Path(self._config.config_file_path):
            return True
        is_known = path in self._theme_files and path.exists()
        return path.is_relative_to(folder) and path.suffix != ".html" and not is_known

    def _make(self, path: str) -> None:
        """Make the page at an address, if it stands in the reading and is not made yet."""
        address = posixpath.normpath("/" + path.removeprefix(self._server.mount_path)).lstrip("/")
        address = "index.html" if address in ("", ".") else address
        if self._is_made(address):
            return
        # Whoever waits here for a reading gets its page: that of the one before would show what has been mended.
        with self._busy(), warnings() as found:
            reading = self._reading
            if reading is None or self._is_made(address):
                return
            try:
                self._print(reading, reading.pages[address])
            except Exception as error:  # noqa: BLE001 - the last good page stays
                self._note(error)
            else:
                reading.fresh.add(address)
                if found:
                    self._publisher.trouble = Trouble(text="\n".join(found))

    def _is_made(self, address: str) -> bool:
        """Whether there is nothing to make at an address."""
        reading = self._reading
        return reading is None or address not in reading.pages or address in reading.fresh

    def _print(self, reading: Reading, page: Page) -> None:
        """Make a page as the engine makes it, with every plugin's events."""
        documents = reading.files.documentation_pages()
        build._populate_page(page, self._config, reading.files)
        build._build_page(page, self._config, documents, reading.navigation, self._publisher.env)
        page.content = None

    def _compose_rest(self, reading: Reading | None) -> None:
        """Compose all pages, for the problems of those nobody has open, then write what is made of all together."""
        site, problems = self._publisher.site, []
        time.sleep(_PAUSE)
        for path in site.pages:
            self._quiet.wait()
            with self._lock:
                if self._reading is not reading:
                    return
                try:
                    site.composed[path]
                except Exception as error:  # noqa: BLE001 - any template may be broken just now
                    problems.append(error)
        if not problems:
            problems = self._write_rest(reading)
        with self._lock:
            if self._reading is reading and problems and not self._publisher.trouble:
                self._note(*problems)
                self._reload()

    def _write_rest(self, reading: Reading | None) -> list[Exception]:
        """Write what is made of all pages together, a file at a time so that nobody waits; return what went wrong."""
        extras = self._publisher.files(self._config.site_url or None)
        while True:
            self._quiet.wait()
            with self._lock:
                if self._reading is not reading:
                    return []
                try:
                    made = next(extras, None)
                    if made is None:
                        return []
                    write_files(Path(self._config.site_dir), [made])
                except Exception as error:  # noqa: BLE001 - Python may have been broken meanwhile
                    return [error]

    def _note(self, *errors: Exception) -> None:
        """Make errors the trouble that pages show, and say them in the terminal."""
        problems = [problem for error in errors if (problem := getattr(error, "problem", None))]
        texts = [_error_text(error) for error in errors if not hasattr(error, "problem")]
        if not self._publisher.trouble or problems:
            self._publisher.trouble = Trouble(problems, "\n".join(texts))
        log.error("%s\nThe last good site stays; mend it and save.", self._publisher.trouble)

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


def _theme_files(files: Files, config: Any) -> set[Path]:
    """Return the files that the theme brings to the site."""
    return {Path(file.abs_src_path) for file in files if file.src_dir != config.docs_dir and file.abs_src_path}


def _error_text(error: Exception) -> str:
    if isinstance(error, TemplateSyntaxError):
        return f"{error.filename or error.name}:{error.lineno}: {error.message}"
    return f"{type(error).__name__}: {error}"
