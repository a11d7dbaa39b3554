"""Copies of the miniature with settings of their own in mkdocs.yml."""

from __future__ import annotations

from pathlib import Path

import yaml

from site_tests.conftest import another


def configure(root: Path, settings: str = "", extra: str = "", theme: str = "") -> Path:
    """Give the mkdocs.yml of a project settings of its own over those of the report; return the project."""
    config = yaml.compose((root / "mkdocs.yml").read_text(encoding="utf-8"), yaml.SafeLoader)
    for place, text in ((), settings), (("extra",), extra), (("theme",), theme):
        node = config
        for name in place:
            node = next(value for key, value in node.value if key.value == name)
        added = yaml.compose(text, yaml.SafeLoader).value if text.strip() else []
        names = {key.value for key, _ in added}
        node.value = [(key, value) for key, value in node.value if key.value not in names] + added
    (root / "mkdocs.yml").write_text(yaml.serialize(config), encoding="utf-8")
    return root


def project(wafers: Path, folder: Path, settings: str = "", extra: str = "", theme: str = "") -> Path:
    """Return the miniature with settings of its own in mkdocs.yml."""
    return configure(another(wafers, folder / "project"), settings, extra, theme)
