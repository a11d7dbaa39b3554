"""Drawings as tests read them: the data of a spec, the pixels of a picture."""

from __future__ import annotations

import struct
import zlib
from typing import Any

from macros.charts.theme import Spec


def values(spec: Spec, name: str) -> list[dict[str, Any]]:
    """Return the data of a layer of a spec."""
    return [value for layer in spec["layer"] if layer["name"] == name for value in layer["data"]["values"]]


def pixels(png: bytes) -> tuple[int, int, list[bytes]]:
    """Return width, height and the filtered rows of a picture of eight-bit RGBA."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    data, at = b"", 8
    while at < len(png):
        size, kind = struct.unpack(">I4s", png[at : at + 8])
        content = png[at + 8 : at + 8 + size]
        assert struct.unpack(">I", png[at + 8 + size : at + 12 + size])[0] == zlib.crc32(kind + content)
        data += content if kind == b"IDAT" else b""
        at += 12 + size
    width, height = struct.unpack(">II", png[16:24])
    raw = zlib.decompress(data)
    return width, height, [raw[n : n + 1 + 4 * width] for n in range(0, len(raw), 1 + 4 * width)]
