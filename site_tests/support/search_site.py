"""Search: the report built with other settings of its search, and the index of a built site."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

from site_tests.publish.test_settings import configure
from site_tests.support.built import ROOT, build


def search_site(folder: Path, settings: str = "", theme: str = "") -> Path:
    """Build the report with some settings over its own and return where the site stands."""
    for name in ("data", "content", "macros"):
        (folder / name).symlink_to(ROOT / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    configure(folder, settings, theme=theme)
    done = build(folder, folder / "site")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


def read_index(site: Path) -> dict[str, Any]:
    """Return the index of a built site: the names of kinds, the titles of pages, and the entries."""
    script = (site / "assets/search-index.js").read_text(encoding="utf-8")
    found = re.fullmatch(r"reportIndex=\{kinds:(.*?),pages:(.*?),entries:(.*)\};\n", script, re.DOTALL)
    return dict(zip(("kinds", "pages", "entries"), map(json.loads, found.groups()), strict=True))
