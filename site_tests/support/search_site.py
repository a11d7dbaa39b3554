"""Search: the miniature built with other settings of its search, and the index of a built site."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from site_tests.conftest import another, built
from site_tests.support.settings import configure


def search_site(wafers: Path, folder: Path, settings: str = "", theme: str = "") -> Path:
    """Build the miniature with some settings over its own and return where the site stands."""
    root = configure(another(wafers, folder / "project"), settings, theme=theme)
    return built(root, root / "site")


def read_index(site: Path) -> dict[str, Any]:
    """Return the index of a built site: the names of kinds, the titles of pages, and the entries."""
    script = (site / "assets/search-index.js").read_text(encoding="utf-8")
    found = re.fullmatch(r"reportIndex=\{kinds:(.*?),pages:(.*?),entries:(.*)\};\n", script, re.DOTALL)
    return dict(zip(("kinds", "pages", "entries"), map(json.loads, found.groups()), strict=True))
