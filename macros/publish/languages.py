"""Languages: the site in a further language, made by the engine as that of the data is, in a folder of it."""

from __future__ import annotations

from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

# What commands set for all languages.
_SHARED = ("internal", "keeps_editions")


def config_in(language: str, config: MkDocsConfig) -> MkDocsConfig:
    """Return the engine's configuration for the site in a language; `config` is that for the language of the data."""
    made = load_config(
        config.config_file_path,
        strict=config.strict,
        site_dir=str(Path(config.site_dir, language)),
        site_url=f"{config.site_url}{language}/" if config.site_url else "",
    )
    made.extra.update({name: config.extra[name] for name in _SHARED if name in config.extra}, language=language)
    return made


def build_in(language: str, config: MkDocsConfig) -> None:
    """Build the site in a language into a folder of that of the data."""
    made = config_in(language, config)
    build(made)
    Path(made.site_dir, "404.html").unlink(missing_ok=True)  # hosts ask for it at the root alone
    if made.site_url:
        with Path(config.site_dir, "robots.txt").open("a") as robots:
            robots.write(f"Sitemap: {made.site_url}sitemap.xml\n")
