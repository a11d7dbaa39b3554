"""Make outlines of texts with Python-Markdown and the extensions of mkdocs.yml, and cache them.

A text whose outline is cached is not parsed again; if all are cached, the engine is not even imported.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Collection, Mapping
from functools import partial
from pathlib import Path
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from macros.cache import FOLDER, Cache, code_fingerprint, fingerprint
from macros.check.prose.outline import Outline, outline, outline_as_values, outline_from_values
from macros.load.pages import PageText

if TYPE_CHECKING:
    from markdown import Markdown

# Extensions left out here: they are slow and change nothing that a rule checks; snippets include files that are no pages.
_NOT_ASKED_FOR = frozenset(("pymdownx.emoji", "pymdownx.snippets", "codehilite"))


def outlines(root: Path, texts: Mapping[str, PageText], allowed: Collection[str]) -> dict[str, Outline]:
    """Return the outline of every text; `allowed` names may hold digits."""
    engine: Markdown | None = None

    def outline_bytes(text: str) -> bytes:
        nonlocal engine
        engine = engine or _engine(root)
        return marshal.dumps(outline_as_values(outline(text, engine, allowed)))

    maker = fingerprint(code_fingerprint("check/prose"), _settings(root), *sorted(allowed))
    cache = Cache(root / FOLDER, maker)
    return {
        name: outline_from_values(marshal.loads(cache.get("outline", text.text, partial(outline_bytes, text.text))))
        for name, text in texts.items()
    }


def lists_macros_plugin(root: Path) -> bool:
    """Whether mkdocs.yml lists mkdocs-macros-plugin, which answers calls that are not ours."""
    plugins = setting(root, "plugins")
    listed = plugins if isinstance(plugins, (list, dict)) else ()
    return any("macros" in (entry if isinstance(entry, dict) else (entry,)) for entry in listed)


def setting(root: Path, *keys: str) -> Any:
    """Return what mkdocs.yml says under some keys; None where it says nothing, or cannot be read."""
    try:
        found: Any = yaml.load((root / "mkdocs.yml").read_text(encoding="utf-8"), _Settings)
        for key in keys:
            found = found[key]
        return found
    except Exception:  # the build reports what is wrong with its settings
        return None


def _settings(root: Path) -> bytes:
    try:
        return (root / "mkdocs.yml").read_bytes()
    except OSError:
        return b""


def _engine(root: Path) -> Markdown:
    """Return Markdown as mkdocs.yml configures it; if that fails, which the build reports, with the usual extensions."""
    from markdown import Markdown

    try:
        names, settings = _extensions(_listed_extensions(root))
        return Markdown(extensions=names, extension_configs=settings)
    except Exception:  # whatever an extension does when it is not set up well
        names, settings = _extensions(_USUAL)
        return Markdown(extensions=names, extension_configs=settings)


def _listed_extensions(root: Path) -> Collection[Any]:
    try:
        found = yaml.load((root / "mkdocs.yml").read_text(encoding="utf-8"), _Settings)["markdown_extensions"]
    except Exception:  # the build reports what is wrong with its settings
        found = None
    # MkDocs adds these three by itself.
    return [*found, "toc", "tables", "fenced_code"] if isinstance(found, list) else _USUAL


def slugify_of(root: Path) -> Callable[[str], str]:
    """Return what makes the id of a heading: `slugify` of `toc`, as mkdocs.yml sets it."""
    toc: Any = _engine(root).treeprocessors["toc"]
    return lambda heading: str(toc.slugify(heading, toc.sep))


class _Named(NamedTuple):
    """An object of a Python module that the settings name, and the arguments to call it with, if any."""

    name: str
    given: dict[str, Any] | None = None

    def found(self) -> Any:
        named = resolve_name(self.name)
        return named if self.given is None else named(**self.given)


# What pages may use where there is no mkdocs.yml: Material's usual set.
_USUAL = (
    "abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "pymdownx.details", "pymdownx.superfences",
    "pymdownx.tabbed", "pymdownx.tasklist", "tables", {"toc": {"slugify": _Named("markdown.extensions.toc.slugify_unicode")}},
)  # fmt: skip


class _Settings(yaml.SafeLoader):
    """Loads mkdocs.yml. Python objects that it names are imported later, since the list of all emoji loads slowly."""


_Settings.add_multi_constructor("tag:yaml.org,2002:python/name:", lambda _, name, __: _Named(name))
_Settings.add_multi_constructor(
    "tag:yaml.org,2002:python/object/apply:",
    lambda loader, name, node: _Named(name, loader.construct_mapping(node, deep=True).get("kwds", {})),
)
_Settings.add_multi_constructor("!", lambda *_: None)


def _with_python_objects(setting: Any) -> Any:
    """Return a setting with the Python objects in place of their names."""
    if isinstance(setting, _Named):
        return setting.found()
    if isinstance(setting, dict):
        return {key: _with_python_objects(value) for key, value in setting.items()}
    return [_with_python_objects(value) for value in setting] if isinstance(setting, list) else setting


def _extensions(listed: Collection[Any]) -> tuple[list[str], dict[str, dict[str, Any]]]:
    """Return names and settings of extensions, as mkdocs.yml lists them."""
    settings: dict[str, dict[str, Any]] = {}
    for entry in listed:
        for name, given in entry.items() if isinstance(entry, dict) else ((entry, None),):
            settings.setdefault(str(name), {}).update(given or {})
    if "pymdownx.superfences" in settings:
        settings.pop("fenced_code", None)
        # Colours of code are for readers, and take time.
        settings["pymdownx.highlight"] = {"use_pygments": False}
    settings.get("toc", {}).pop("permalink", None)
    names = [name for name in settings if name not in _NOT_ASKED_FOR]
    return names, {name: _with_python_objects(settings[name]) for name in names}
