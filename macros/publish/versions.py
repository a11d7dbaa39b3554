"""Versions: pages ask for styles, scripts and pictures by a hash of their content, so that browsers may keep them."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Callable
from typing import Any

from jinja2 import pass_context
from mkdocs.structure.files import File, Files

FOLDER = "assets/"
_IN_STYLE = re.compile(r"url\(([\w./-]+)\)")


def version(content: bytes) -> str:
    """Return what stands for the content of a file in its address."""
    return hashlib.sha256(content).hexdigest()[:12]


def take_versions(files: Files, config: Any) -> dict[str, str]:
    """Return the version of every file below assets/; style sheets name them, too."""
    found: dict[str, str] = {}
    kept = [file for file in files if file.src_uri.startswith(FOLDER) and file.inclusion.is_included()]
    for file in sorted(kept, key=lambda file: file.src_uri.endswith(".css")):
        content = file.content_bytes
        if file.src_uri.endswith(".css"):
            content = _named(content.decode(), found).encode()
            files.remove(file)
            files.append(File.generated(config, file.src_uri, content=content))
        found[file.src_uri] = version(content)
    return found


def _named(style: str, versions: dict[str, str]) -> str:
    """Return a style sheet whose pictures are asked for by version."""

    def address(match: re.Match[str]) -> str:
        path = posixpath.normpath(FOLDER + match.group(1))
        return f"url({match.group(1)}?v={versions[path]})" if path in versions else match.group()

    return _IN_STYLE.sub(address, style)


def by_version(url: Callable[..., str], versions: dict[str, str]) -> Callable[..., str]:
    """Return the engine's filter `url`, made to add the version of a file that has one."""

    @pass_context
    def address(context: Any, value: Any) -> str:
        plain = url(context, value)
        return f"{plain}?v={versions[value]}" if value in versions else plain

    return address
