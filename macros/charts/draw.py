"""Draw: the only module that runs the chart library. Each spec is drawn once and cached by its content.

The cache may be deleted at any time: a drawing depends on nothing but its spec and the version of the library. Not on the
fonts of the machine either, as far as the library's own have the letters.
"""

from __future__ import annotations

import json
import os
import re
import struct
import zlib
from functools import cache
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from macros.cache import Cache
from macros.charts.theme import Spec

LIBRARY = "vl-convert-python"


class Drawer:
    """Draws specs as SVG and SVG as PNG, from the cache where it can."""

    def __init__(self, folder: Path | None = None):
        self.folder = folder
        self._cache = Cache(folder, _maker())

    def svg(self, spec: Spec) -> str:
        """Return a chart as Vega writes it."""
        text = json.dumps(spec, sort_keys=True, ensure_ascii=False)
        return self._cache.get("raw", text, lambda: _vega(spec).encode()).decode()

    def png(self, svg: str, scale: float) -> bytes:
        """Return a picture of a drawing."""
        return self._cache.get("png", f"{scale}\n{svg}", lambda: _picture(svg, scale))


@cache
def _maker() -> str:
    return f"{LIBRARY} {version(LIBRARY)}"


def _vega(spec: Spec) -> str:
    # In two steps, which takes half the time of one.
    library = _library()
    return str(library.vega_to_svg(library.vegalite_to_vega(spec)))


def _picture(svg: str, scale: float) -> bytes:
    if _FOREIGN.search(svg):
        _load_fonts_of_the_machine()
    return repacked(_library().svg_to_png(svg, scale=scale))


# Letters that the library's own font, Liberation Sans, may lack.
_FOREIGN = re.compile("[^\u0000-\u024f\u0370-\u04ff\u2010-\u203a\u20ac\u2190-\u2195\u2212\u2248\u2260\u2264\u2265]")
_FONTS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
_BLANK = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'


@cache
def _library() -> Any:
    """Return the library, loaded when first needed and with no fonts but its own: those of the machine are slow and differ."""
    before = os.environ.get("FONTCONFIG_FILE")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "fonts.conf"
        path.write_text(f'<?xml version="1.0"?><fontconfig><dir>{folder}</dir></fontconfig>', encoding="utf-8")
        os.environ["FONTCONFIG_FILE"] = str(path)
        try:
            import vl_convert

            vl_convert.svg_to_png(_BLANK)
        finally:
            del os.environ["FONTCONFIG_FILE"]
            os.environ.update({"FONTCONFIG_FILE": before} if before else {})
    return vl_convert


@cache
def _load_fonts_of_the_machine() -> None:
    for folder in map(os.path.expanduser, _FONTS):
        if os.path.isdir(folder):
            _library().register_font_directory(folder)


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
