"""Refuse settings of mkdocs.yml that the report cannot honour as MkDocs or Material document them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils.yaml import yaml_load

from macros.model.report import Report
from macros.model.translated import source_of

# The name that stands in mkdocs.yml because MkDocs demands one; data/report.yml has the title.
PLACEHOLDER = "report"
_FOLDER = re.compile(r"https?://\S+(?<!\.html)/")
_OFFLINE = "the report asks nothing of other hosts"


def refused(config: MkDocsConfig, report: Report, source: str = "") -> Iterator[str]:
    """Yield what is wrong with mkdocs.yml and what would be right, a line each; `source` is the language of the data."""
    given, source = _own_settings(config), source or report.language
    titles = given.get("site_name"), source_of(report.title)
    if titles[0] not in (PLACEHOLDER, titles[1]):
        yield f'site_name: "{titles[0]}" is not the title in data/report.yml, "{titles[1]}"; write {PLACEHOLDER}, and change the title there'
    theme = given.get("theme")
    language = theme.get("language") if isinstance(theme, dict) else None
    if language not in (None, source):
        yield f'theme.language: "{language}" is not the language in data/report.yml, "{source}"; leave it out'
    if config.site_url and not _FOLDER.fullmatch(config.site_url):
        yield f'site_url: "{config.site_url}" is not the address of a folder on the web; write one such as https://example.org/report/ (SITE_URL)'
    if config.use_directory_urls:
        yield "use_directory_urls: true is not possible, since the pages must work from files; write false"
    if given.get("docs_dir", "content") != "content":
        yield f'docs_dir: "{given["docs_dir"]}" is not possible; the pages lie in content'
    yield from _from_elsewhere(config)


def _from_elsewhere(config: MkDocsConfig) -> Iterator[str]:
    """Yield the settings that would ask something of other hosts."""
    if config.theme["font"]:
        yield f"theme.font: fonts come from another host, and {_OFFLINE}; write false, and name a font in a style sheet (extra_css)"
    if config.extra.get("analytics"):
        yield f"extra.analytics: {_OFFLINE}; leave it out"
    for name in ("extra_css", "extra_javascript"):
        for at, file in enumerate(config[name]):
            if _is_elsewhere(str(file)):
                yield f"{name}[{at}]: {file} lies on another host, and {_OFFLINE}; copy the file into content"


def _own_settings(config: MkDocsConfig) -> dict[str, Any]:
    """Return what mkdocs.yml itself says, and what it inherits, without defaults and what hooks set."""
    with open(config.config_file_path, "rb") as file:
        return yaml_load(file)


def _is_elsewhere(address: str) -> bool:
    parts = urlsplit(address)
    return bool(parts.scheme or parts.netloc)
