"""The Content-Security-Policy of the pages.

The report has no script, style or handler within its pages. The engine's theme has a few small scripts there, which set
the colour scheme before a page is drawn: they are allowed by their hashes. The hashes are taken from the theme's templates
and not from built pages, where they would let pass what somebody smuggled in.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig

_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_FOLDER = "partials/javascripts/"
# The theme's style sheets hold its icons as data addresses.
_REST = (
    "style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'"
)
# Pages for the frames of others need a style sheet and a picture, and run nothing.
FRAMED_POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"


def policy(config: MkDocsConfig, depths: Collection[int]) -> str:
    """Return the policy of a site whose pages lie so many folders deep."""
    hashes = "".join(f" 'sha256-{digest}'" for digest in sorted(set(_hashes(config, depths))))
    return f"default-src 'none'; script-src 'self'{hashes}; {_REST}"


def _hashes(config: MkDocsConfig, depths: Collection[int]) -> Iterator[str]:
    """Yield the hash of every script that the theme's templates put into a page; some name the way to the site's root."""
    env = config.theme.get_env()
    roots = ["/".join([".."] * depth) or "." for depth in depths]
    # Of the page for what is not found, which is served at any depth.
    roots.append(urlsplit(config.site_url or "/").path)
    features = config.theme["features"] or []
    found = {path.relative_to(folder) for folder in config.theme.dirs for path in Path(folder, _FOLDER).rglob("*.html")}
    for name in map(Path.as_posix, found):
        for root in roots:
            html = env.get_template(name).render(config=config, features=features, base_url=root)
            for script in _SCRIPT.findall(html):
                yield base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
