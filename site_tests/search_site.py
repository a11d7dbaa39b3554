"""A site to search: some pages of the real report in Material's own frame, with the form, the scripts and the index."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
from pathlib import Path
from typing import Any

import yaml

from macros.plain import page_text
from macros.publish.headers import POLICY
from macros.search import search_files
from macros.site import open_site
from site_tests.built import ROOT, build

PAGES = (
    "index.md",
    "glossary.md",
    "equipment/slot-die-coater.md",
    "equipment/slot-die-head.md",
    "equipment/winding-machine.md",
    "evidence/slot-die-head.md",
    "suppliers/wuxi-lead.md",
)
FEATURES = ("search.highlight", "search.share", "search.suggest")
_THEME = ("partials/search-scripts.html", "assets/search.js", "assets/ufuzzy.js")
_MAIN = '{% extends "base.html" %}{% block scripts %}{% include "partials/search-scripts.html" %}{{ super() }}{% endblock %}'
_MISSING = '{% extends "main.html" %}{% block content %}<button data-find-address hidden>?</button>{% endblock %}'
_HOOK = "from macros.publish.search_box import show_search_box\n\ndef on_config(config):\n    show_search_box(config)\n"


def search_site(folder: Path, features: tuple[str, ...] = FEATURES, **settings: object) -> Path:
    """Build the site below `folder` and return where it stands."""
    site = open_site(ROOT)
    for path in PAGES:
        _write(folder / "content" / path, page_text(site, path))
    for path, content in search_files(site):
        _write(folder / "content" / path, content)
    for path in _THEME:
        _write(folder / "theme" / path, (ROOT / "macros/theme" / path).read_bytes())
    _write(folder / "theme/main.html", _MAIN)
    _write(folder / "theme/404.html", _MISSING)
    _write(folder / "hook.py", _HOOK)
    config = {
        "site_name": "Report",
        "site_url": "",
        "docs_dir": "content",
        "use_directory_urls": False,
        "theme": {"name": "material", "custom_dir": "theme", "font": False, "features": list(features)},
        "hooks": ["hook.py"],
        "plugins": [],
        "extra": {"words": {"find_failed": "cannot be read"}},
        "markdown_extensions": ["attr_list", "toc"],
        "validation": {"links": {"not_found": "ignore", "anchors": "ignore", "unrecognized_links": "ignore"}},
        **settings,
    }
    _write(folder / "mkdocs.yml", yaml.safe_dump(config))
    shutil.copytree(ROOT / "macros", folder / "macros", ignore=shutil.ignore_patterns("__pycache__"))
    done = build(folder, folder / "site")
    assert done.returncode == 0, done.stdout + done.stderr
    _write(folder / "site/_headers", f"/*\n  Content-Security-Policy: {_policy(folder / 'site')}\n")
    return folder / "site"


def read_index(site: Path) -> dict[str, Any]:
    """Return the index of a built site: the names of kinds, the titles of pages, and the entries."""
    script = (site / "assets/search-index.js").read_text(encoding="utf-8")
    found = re.fullmatch(r"reportIndex=\{kinds:(.*?),pages:(.*?),entries:(.*)\};\n", script, re.DOTALL)
    return dict(zip(("kinds", "pages", "entries"), map(json.loads, found.groups()), strict=True))


def _policy(site: Path) -> str:
    """Return the policy of the report, with the hashes of what Material writes into its pages."""
    inline = {
        text
        for page in site.rglob("*.html")
        for text in re.findall(r"<script>(.*?)</script>", page.read_text(encoding="utf-8"), re.DOTALL)
    }
    hashes = sorted(base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in inline)
    return POLICY.replace(
        "script-src 'self'", " ".join(["script-src 'self'", *(f"'sha256-{each}'" for each in hashes)])
    )


def _write(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
