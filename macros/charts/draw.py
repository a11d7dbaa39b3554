"""Draw: the only module that runs the chart library. Each spec is drawn once and kept by its content.

The cache may be deleted at any time: a drawing depends on nothing but its spec and the version of the library.
"""

from __future__ import annotations

import hashlib
import json
import os
import struct
import zlib
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from macros.charts.theme import Spec

CACHE = Path(".cache/charts")
LIBRARY = "vl-convert-python"


class Drawer:
    """Draws specs as SVG and SVG as PNG, from the cache where it can."""

    def __init__(self, folder: Path | None = None):
        self._folder = folder

    def svg(self, spec: Spec) -> str:
        """Return a chart as Vega writes it."""
        text = json.dumps(spec, sort_keys=True, ensure_ascii=False)
        return self._kept("svg", text, lambda: _vega(spec).encode()).decode()

    def png(self, svg: str, scale: float) -> bytes:
        """Return a picture of a drawing."""
        return self._kept("png", f"{scale}\n{svg}", lambda: _picture(svg, scale))

    def _kept(self, kind: str, content: str, make: Callable[[], bytes]) -> bytes:
        if self._folder is None:
            return make()
        key = hashlib.sha256(f"{LIBRARY} {_version()}\n{kind}\n{content}".encode()).hexdigest()
        path = self._folder / f"{key}.{kind}"
        try:
            return path.read_bytes()
        except FileNotFoundError:
            made = make()
            _write(path, made)
            return made


@cache
def _version() -> str:
    return version(LIBRARY)


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, whoever else does the same."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    part.write_bytes(content)
    part.replace(path)


def _vega(spec: Spec) -> str:
    # In two steps, which takes half the time of one. Loaded here, since a build that finds its drawings needs no library.
    import vl_convert

    compiled: Any = vl_convert.vegalite_to_vega(spec)
    return str(vl_convert.vega_to_svg(compiled))


def _picture(svg: str, scale: float) -> bytes:
    import vl_convert

    return repacked(vl_convert.svg_to_png(svg, scale=scale))


_HEAD, _LEVEL = 8, 3


def repacked(png: bytes) -> bytes:
    """Return the same picture in a third of the space: the library packs in haste."""
    data, parts, at = b"", [], _HEAD
    while at < len(png):
        size, kind = struct.unpack(">I4s", png[at : at + 8])
        content = png[at + 8 : at + 8 + size]
        if kind == b"IDAT":
            data += content
        else:
            parts.append((kind, content))
        at += size + 12
    parts.insert(-1, (b"IDAT", zlib.compress(zlib.decompress(data), _LEVEL)))
    return png[:_HEAD] + b"".join(_chunk(kind, content) for kind, content in parts)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
