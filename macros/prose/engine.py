"""Engine: outlines of texts by Python-Markdown, with the extensions that mkdocs.yml names, kept between runs.

A text whose outline is known is not parsed again, and where all are known the engine is not even loaded.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from macros.kept import read_values, write_values
from macros.pages import PageText
from macros.program import program, sign
from macros.prose.outline import Outline, outline, packed, unpacked

if TYPE_CHECKING:
    from markdown import Markdown

PLACE = Path(".cache/prose.bin")
# What pages may use where there is no mkdocs.yml: Material's usual set.
_USUAL = (
    "abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "pymdownx.details", "pymdownx.superfences",
    "pymdownx.tabbed", "pymdownx.tasklist", "tables", {"toc": {"slugify": "unicode"}},
)  # fmt: skip
# Extensions that take long and change nothing that a rule asks for; snippets bring in what is no page.
_NOT_ASKED_FOR = frozenset(("pymdownx.emoji", "pymdownx.highlight", "pymdownx.snippets", "codehilite"))


def outlines(root: Path, texts: Mapping[str, PageText], allowed: Collection[str]) -> dict[str, Outline]:
    """Return the outline of every text; `allowed` names may hold digits."""
    settings = _settings(root)
    maker = sign(program(), settings, repr(sorted(allowed)).encode("utf-8", "surrogatepass"))
    kept = read_values(root / PLACE, tuple)
    known: dict[str, Any] = kept[1] if kept[:1] == (maker,) else {}
    engine: Markdown | None = None
    found, made = {}, {}
    for name, text in texts.items():
        if text.text not in known:
            engine = engine or _engine(root)
            known[text.text] = packed(outline(text.text, engine, allowed))
        made[text.text] = known[text.text]
        found[name] = unpacked(known[text.text])
    if engine or len(made) < len(known):
        write_values(root / PLACE, (maker, made))
    return found


def _settings(root: Path) -> bytes:
    try:
        return (root / "mkdocs.yml").read_bytes()
    except OSError:
        return b""


def _engine(root: Path) -> Markdown:
    """Return the engine as mkdocs.yml sets it up; as it is usual where that cannot be done, which the build tells of."""
    from markdown import Markdown

    names, settings = _extensions(_configured(root))
    try:
        return Markdown(extensions=names, extension_configs=settings)
    except Exception:  # noqa: BLE001 - whatever an extension does when it is not set up well
        names, settings = _extensions(_USUAL)
        return Markdown(extensions=names, extension_configs=settings)


def _configured(root: Path) -> Collection[Any]:
    from mkdocs.utils.yaml import yaml_load

    try:
        with open(root / "mkdocs.yml", encoding="utf-8") as file:
            found = yaml_load(file).get("markdown_extensions")
    except Exception:  # noqa: BLE001 - the build tells what is wrong with its settings
        found = None
    # MkDocs adds these three by itself.
    return [*found, "toc", "tables", "fenced_code"] if isinstance(found, list) else _USUAL


def _extensions(listed: Collection[Any]) -> tuple[list[str], dict[str, dict[str, Any]]]:
    """Return names and settings of extensions, as mkdocs.yml lists them."""
    from markdown.extensions.toc import slugify_unicode

    settings: dict[str, dict[str, Any]] = {}
    for entry in listed:
        for name, given in entry.items() if isinstance(entry, dict) else ((entry, None),):
            settings.setdefault(str(name), {}).update(given or {})
    if settings.get("toc", {}).get("slugify") == "unicode":
        settings["toc"]["slugify"] = slugify_unicode
    if "pymdownx.superfences" in settings:
        settings.pop("fenced_code", None)
    names = [name for name in settings if name not in _NOT_ASKED_FOR]
    return names, {name: given for name, given in settings.items() if name in names}
