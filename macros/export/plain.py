"""Write the finished report for any engine: Markdown with its HTML inside, and a mkdocs.yml without a hook."""

from __future__ import annotations

import re
import shutil
from itertools import chain
from pathlib import Path

import yaml

from macros.export import export_files
from macros.export.feed import PATH as FEED
from macros.export.feed import feed
from macros.export.search import search_files
from macros.export.share.embeds import Framed
from macros.export.structured import head_metadata
from macros.load.content import is_passed_over
from macros.load.parser import mapping_of
from macros.model.locale import theme_language
from macros.problems import Problem, ProblemsFound
from macros.render.composed import Composed
from macros.render.site import Site, escaped

MARK = ".written-by-macros-render"
_HEADING = re.compile(r"^#{1,6} (?!.*\{:).*zq\d{5}qz.*$", re.MULTILINE)
# Markdown reads these in text and attributes; as entities they stay what they are.
_SPECIAL = re.compile(r"[\\`*_{}\[\]|~]")
_CODE_OR_STRONG = re.compile(r"```.*?```|`[^`]*`|\*\*(?P<strong>[^\s*](?:[^*\n]*[^\s*])?)\*\*", re.DOTALL)
_SLOT = re.compile(r"zq(\d{5})qz")


def write_plain(site: Site, root: Path, folder: Path) -> int:
    """Write the tree of a site below `folder` and return the number of pages.

    Raises ProblemsFound when the folder holds something this command did not write.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists():
        right = "name a new folder, or empty this one"
        raise ProblemsFound([Problem(str(folder), 1, "", "the folder is not empty", right, "render-folder")])
    shutil.rmtree(folder, ignore_errors=True)
    _copy(root / "content", folder / "content")
    _copy(root / "macros" / "theme", folder / "theme")
    (folder / MARK).write_text("")
    for path in site.pages:
        target = folder / "content" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(page_text(site, path), encoding="utf-8")
    (folder / "content" / FEED).write_text(feed(site.book, None), encoding="utf-8")
    extras = chain(
        search_files(site),
        export_files(site, None),
        site.gallery.files(),
        Framed(site).files(),
    )
    for path, content in extras:
        (folder / "content" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "content" / path).write_bytes(content)
    (folder / "mkdocs.yml").write_text(plain_config(site, (root / "mkdocs.yml").read_text("utf-8")), encoding="utf-8")
    return len(site.pages)


def page_text(site: Site, path: str) -> str:
    """Return one page as plain Markdown: front matter, prose, and its blocks as HTML that Markdown leaves alone."""
    made = site.composed[path]
    front = yaml.safe_dump(site.meta(path) | head_metadata(site, path, None), sort_keys=True, allow_unicode=True)
    guarded = [_SPECIAL.sub(lambda match: f"&#{ord(match.group())};", str(slot)) for slot in made.slots]
    named = _HEADING.sub(lambda heading: _with_id(heading.group(), site, made), made.markdown)
    strong = _CODE_OR_STRONG.sub(_with_tags, named)
    body = _SLOT.sub(lambda match: guarded[int(match.group(1))], strong)
    return f"---\n{front}---\n\n{body}"


def _with_id(heading: str, site: Site, made: Composed) -> str:
    """Return a heading with the id that our own build gives it: of a value in it, engines make ids of their own."""
    return f"{heading} {{: #{made.slug(site.anchor(heading.lstrip('# ')))} }}"


def _with_tags(found: re.Match[str]) -> str:
    """Return strong words with a link or another value in them as HTML, and anything else as it is.

    Between a tag and a letter, as in a script without blanks, the asterisks of CommonMark stay asterisks.
    """
    words = found["strong"] or ""
    return f"<strong>{words}</strong>" if _SLOT.search(words) else found.group()


def plain_config(site: Site, text: str) -> str:
    """Return the mkdocs.yml of the plain tree: the project's own without its hook, completed from the data.

    It is changed as a tree of nodes, since some of its tags (`!ENV`, `!!python/name`) mean something to engines only.
    """
    config = mapping_of(text)
    report = site.book.landscape.report
    folders = sorted({f"{path.split('/')[0]}/" for path in site.pages if "/" in path})
    parts = [path for path in site.main if site.pages[path].begins]
    _remove(config, "hooks", "watch", "exclude_docs")
    _set(config, site_name=escaped(report.title))
    _set(config, site_description=escaped(report.description), nav=site.navigation())
    _set(config, not_in_nav="".join(f"/{place}\n" for place in [*folders, *parts]))
    _set(_get(config, "extra"), **site.furniture())
    _set(_get(config, "theme"), custom_dir="theme", language=theme_language(report.language), variant="classic")
    return str(yaml.serialize(config, allow_unicode=True))


def _get(mapping: yaml.MappingNode, name: str) -> yaml.MappingNode:
    return next(found for key, found in mapping.value if key.value == name and isinstance(found, yaml.MappingNode))


def _remove(mapping: yaml.MappingNode, *names: str) -> None:
    mapping.value = [(key, value) for key, value in mapping.value if key.value not in names]


def _set(mapping: yaml.MappingNode, **values: object) -> None:
    _remove(mapping, *values)
    mapping.value += mapping_of(yaml.safe_dump(values, sort_keys=False, allow_unicode=True)).value


def _copy(source: Path, target: Path) -> None:
    """Copy a folder without pages, compiled Python and what programs leave beside files."""

    def left_out(_: str, names: list[str]) -> list[str]:
        is_icons = ".icons"  # the theme's own; else names with a dot in front are passed over
        return [
            name for name in names if name.endswith((".md", "__pycache__")) or is_passed_over(name) and name != is_icons
        ]

    shutil.copytree(source, target, ignore=left_out, dirs_exist_ok=True)
