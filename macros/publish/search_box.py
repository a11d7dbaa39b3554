"""Make Material show its search form, which searches our index of the records.

They show it where a search plugin is listed. None is needed: an index made of all pages is three times as large, and finds
no part of a name in a script without blanks.
"""

from __future__ import annotations

import logging

from mkdocs.config.base import Config
from mkdocs.config.config_options import Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin

log = logging.getLogger("mkdocs.macros")
# The name that Material's templates look for; MkDocs gives it to `search` in mkdocs.yml, too.
NAME = "material/search"


class SearchBoxConfig(Config):
    """What Material's header asks of a search plugin."""

    enabled = Type(bool, default=True)


class SearchBox(BasePlugin[SearchBoxConfig]):
    """Takes the place of a search plugin, and answers no event."""


def show_search_box(config: MkDocsConfig) -> None:
    """Have the search form shown, unless mkdocs.yml lists a search plugin: then that one's `enabled` says whether."""
    if NAME in config.plugins:
        if not isinstance(config.plugins[NAME], SearchBox):
            log.info(
                "The search box answers from the records; the index of the plugin `search` is written beside theirs."
            )
        return
    box = SearchBox()
    box.load_config({})
    config.plugins[NAME] = box
