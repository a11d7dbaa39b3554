"""Building: the command that makes the site anew and puts it in place whole, or leaves the last one as it was."""

from __future__ import annotations

import logging
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from macros.git import NoGit
from macros.publish.editions import add_editions
from macros.publish.publisher import publishers, stop_background
from macros.publish.swap import Busy, replacing
from macros.publish.tagged import ALONE, NotMade
from macros.render.site import Site

# The theme announces its successor at every build; the data and the code here do not depend on it (make render).
_SILENT = "NO_MKDOCS_2_WARNING"


class NotBuilt(Exception):
    """The site could not be built; the text says why, one problem a line."""


@dataclass(frozen=True)
class Built:
    """A site in its place, the number of the pages of its newest edition, and what else is to be said."""

    folder: Path
    pages: int
    notes: tuple[str, ...] = ()


_HOOK = "macros/hook.py"
# Beside the site that is published, so that neither takes the place of the other.
INTERNAL = "build/internal"


def build_whole(root: Path, internal: bool = False) -> Built:
    """Build the site of the project at `root` and put it in place; `internal` keeps the records that are not for the public.

    Raises NotBuilt; the last site then is as it was.
    """
    os.environ.setdefault(_SILENT, "true")
    messages = _Messages()
    logging.getLogger("mkdocs").addHandler(messages)
    keeps, notes = not os.environ.get(ALONE), []
    try:
        config = _config(root, internal, keeps)
        folder = root.resolve() / INTERNAL if internal else Path(config.site_dir)
        with replacing(folder) as fresh:
            _build(config, fresh)
            site = publishers[""].site
            languages = site.book.landscape.report.languages
            for language in languages:
                notes.append(f"{language.name} is below {language.id}/.")
                if letter := publishers[language.id].cards.lacking:
                    notes.append(
                        f"Its cards are those of the source: no font here has {letter}. Install one that does, such as "
                        "those of Noto (on Debian fonts-noto-cjk, fonts-noto-core), and build again."
                    )
            if keeps:
                sites = [_made(name) for name in ("", *(language.id for language in languages))]
                notes += add_editions(root, fresh, sites, config.site_url or None)
    except Busy as error:
        raise NotBuilt(f"Another build is at work in {error}; wait until it has ended.") from error
    except (NotMade, NoGit) as error:
        raise NotBuilt(str(error)) from error
    except MkDocsException as error:
        raise NotBuilt("\n".join([*messages.texts, *([] if messages.texts else [str(error)])])) from error
    except OSError as error:
        raise NotBuilt(f"{error.filename or root}: {error.strerror or error}") from error
    finally:
        logging.getLogger("mkdocs").removeHandler(messages)
    return Built(folder, len(site.pages), tuple(notes))


def _made(language: str) -> tuple[Site, Environment]:
    """Return the site that was built in a language, with its templates."""
    env = publishers[language].env
    assert env, "the engine has read the theme"
    return publishers[language].site, env


def _config(root: Path, internal: bool, keeps: bool) -> MkDocsConfig:
    config = load_config(str(root / "mkdocs.yml"), strict=True)
    if _HOOK not in map(str, config.hooks):
        raise NotBuilt(f"mkdocs.yml: hooks: the one that makes the report is missing; add {_HOOK}")
    config.extra["internal"] = internal or config.extra.get("internal", False)
    config.extra["keeps_editions"] = keeps
    return config


def _build(config: MkDocsConfig, folder: Path) -> None:
    """Build a site into a folder."""
    config.site_dir = str(folder)
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
    finally:  # also where a person stops it, of which the engine tells nobody
        stop_background()
    config.plugins.on_shutdown()


class _Messages(logging.Handler):
    """Keeps what the engine finds wrong."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(record.getMessage().strip())


def run(root: Path, internal: bool = False) -> str:
    """Build the site and return what to tell the editor. Raises SystemExit, the problems printed."""
    try:
        built = build_whole(root, internal)
    except NotBuilt as error:
        print(f"{error}\nThe last good site, if there is one, is as it was.", file=sys.stderr)
        raise SystemExit(1) from error
    folder = _short(built.folder)
    served = f"See them: {_short(Path(sys.executable))} -m http.server --directory {folder}"
    return "\n".join([f"{built.pages} pages in {folder}. {served}", *built.notes])


def _short(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
