"""Plain: write the finished report as Markdown with its HTML inside, and a hook-free mkdocs.yml, for any engine."""

from __future__ import annotations

import re
import shutil
from itertools import chain
from pathlib import Path
from typing import Any

import yaml

from macros.export import export_files
from macros.export.feed import PATH as FEED
from macros.export.feed import feed
from macros.export.structured import described
from macros.problems import Problem, ProblemsFound
from macros.publish.headers import FRAMED_POLICY, POLICY, host_files
from macros.render.composed import Composed
from macros.search import anchor, search_files
from macros.share.cards import Cards
from macros.share.embeds import Framed
from macros.site import Site, escaped

MARK = ".written-by-macros-render"
_HEADING = re.compile(r"^#{1,6} (?!.*\{:).*zq\d{5}qz.*$", re.MULTILINE)
# Markdown reads these in text and attributes; as entities they stay what they are.
_SPECIAL = re.compile(r"[\\`*_{}\[\]|~]")


class ConfigLoader(yaml.SafeLoader):
    """Reads mkdocs.yml; `!ENV [NAME, default]` becomes its default."""


ConfigLoader.add_constructor("!ENV", lambda loader, node: loader.construct_sequence(node)[-1] or None)


def write_plain(site: Site, root: Path, folder: Path) -> int:
    """Write the tree of a site below `folder` and return the number of pages.

    Raises ProblemsFound when the folder holds something this command did not write.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists():
        raise ProblemsFound(
            [Problem(str(folder), 1, "", "is not empty", "name a new folder, or empty this one", "render-folder")]
        )
    shutil.rmtree(folder, ignore_errors=True)
    _copy(root / "content", folder / "content")
    _copy(root / "macros" / "theme", folder / "theme")
    (folder / MARK).write_text("")
    for path in site.composed:
        target = folder / "content" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(page_text(site, path), encoding="utf-8")
    (folder / "content" / FEED).write_text(feed(site.book, None), encoding="utf-8")
    framed, cards = Framed(site, policy=FRAMED_POLICY), Cards(site)
    extras = chain(
        search_files(site),
        export_files(site, None),
        site.gallery.files(),
        framed.files(),
        cards.files(),
        host_files(()),
    )
    for path, content in extras:
        (folder / "content" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "content" / path).write_bytes(content)
    config = plain_config(site, root)
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return len(site.composed)


def page_text(site: Site, path: str) -> str:
    """Return one page as plain Markdown: front matter, prose, and its blocks as HTML that Markdown leaves alone."""
    made = site.composed[path]
    front = yaml.safe_dump(site.meta(path) | described(site, path, None), sort_keys=True, allow_unicode=True)
    guarded = [_SPECIAL.sub(lambda match: f"&#{ord(match.group())};", str(slot)) for slot in made.slots]
    named = _HEADING.sub(lambda heading: _with_id(heading.group(), made), made.markdown)
    body = re.sub(r"zq(\d{5})qz", lambda match: guarded[int(match.group(1))], named)
    return f"---\n{front}---\n\n{body}"


def _with_id(heading: str, made: Composed) -> str:
    """Return a heading with the id that our own build gives it: of a value in it, engines make ids of their own."""
    return f"{heading} {{: #{made.slug(anchor(heading.lstrip('# ')))} }}"


def plain_config(site: Site, root: Path) -> dict[str, Any]:
    """Return the mkdocs.yml of the plain tree: the project's own without its hook, completed from the data."""
    config = yaml.load((root / "mkdocs.yml").read_text(encoding="utf-8"), Loader=ConfigLoader)  # noqa: S506 - a SafeLoader
    report = site.book.landscape.report
    for key in ("hooks", "watch"):
        config.pop(key, None)
    folders = sorted({f"{path.split('/')[0]}/" for path in site.pages if "/" in path})
    parts = [path for path in site.main if site.pages[path].begins]
    config.update(
        site_name=escaped(report.title),
        site_description=escaped(report.description),
        nav=site.navigation(),
        extra={**config.get("extra", {}), **site.furniture(), "policy": POLICY},
        not_in_nav="".join(f"/{place}\n" for place in [*folders, *parts]),
    )
    # The frame is our own and whole: no engine need have a theme of any name.
    config["theme"] = {
        "name": None,
        "custom_dir": "theme",
        "favicon": config["theme"]["favicon"],
        "language": report.language,
        "static_templates": ["404.html"],
    }
    return config


def _copy(source: Path, target: Path) -> None:
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("*.md", "__pycache__"), dirs_exist_ok=True)
