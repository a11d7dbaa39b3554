"""Drawings as tests read them: the shapes of a layer, and the values that stand where they stand; the size of a picture."""

from __future__ import annotations

import struct
from dataclasses import replace
from itertools import count
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from macros.charts.theme import Drawing
from macros.model.context import Series
from macros.present.book import Book
from macros.present.series_chart import SeriesView, series_view

# A coordinate is written as a hundredth of a pixel.
EXACT = 0.011


def shapes(drawing: Drawing, layer: str, kind: str) -> list[Element]:
    """Return the shapes of one kind in a layer, such as its "rect"s; none where it has no such layer."""
    return list(ElementTree.fromstring(f"<g>{drawing.layers.get(layer, '')}</g>").iter(kind))


def spans(drawing: Drawing, layer: str, kind: str = "rect") -> list[tuple[float, float]]:
    """Return the values at both ends of every shape of a layer, read off the scale of the drawing."""
    return [(_value(drawing, low), _value(drawing, high)) for low, high in _ends(drawing, layer, kind)]


def _ends(drawing: Drawing, layer: str, kind: str) -> list[tuple[float, float]]:
    """Return the pixels where shapes begin and end along the axis of values."""
    start, end = drawing.scale.pixels
    side, length = ("y", "height") if start > end else ("x", "width")
    found = []
    for shape in shapes(drawing, layer, kind):
        if kind == "rect":
            low = float(shape.get(side, ""))
            pair = low, low + float(shape.get(length, ""))
            found.append(pair[::-1] if start > end else pair)
        elif kind == "line":
            found.append((float(shape.get(f"{side}1", "")), float(shape.get(f"{side}2", ""))))
        else:
            found.append((float(shape.get(f"c{side}", "")),) * 2)
    return found


def _value(drawing: Drawing, pixel: float) -> float:
    """Return the roundest value that stands at a pixel."""
    (low, high), (start, end) = drawing.scale.ends, drawing.scale.pixels
    unit = (high - low) / (end - start)
    value = low + (pixel - start) * unit
    return next(
        found for found in (round(value, digits) for digits in count(-3)) if abs(found - value) <= EXACT * abs(unit)
    )


def same(drawing: Drawing, one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Return whether two pairs of values stand at the same pixels."""
    (low, high), (start, end) = drawing.scale.ends, drawing.scale.pixels
    unit = abs((high - low) / (end - start))
    return all(abs(a - b) <= 2 * EXACT * unit for a, b in zip(one, other, strict=True))


def size(png: bytes) -> tuple[int, int]:
    """Return width and height of a picture, from its header."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", png[16:24])


def drawn_series(book: Book, series: Series) -> SeriesView:
    """Return a series that the report does not have as it would show it."""
    land = replace(book.landscape, series={series.id: series})
    return series_view(replace(book, landscape=land), series)
