"""Read a printed PDF: how large its pages are drawn, their smallest letters, where their text ends, and its tags."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from pikepdf import Matrix, Name, parse_content_stream


def scale_and_least_type(page: Any) -> tuple[float, float]:
    """Return how many points a pixel of the layout takes, and the size of the smallest letters."""
    scale, kept, size, height, sizes = 1.0, [], 0.0, 1.0, [99.0]
    seen = []
    for instruction in parse_content_stream(page):
        values, operator = instruction.operands, str(instruction.operator)
        if operator == "q":
            kept.append(scale)
        elif operator == "Q":
            scale = kept.pop()
        elif operator == "cm":
            scale *= math.hypot(float(values[2]), float(values[3]))
        elif operator == "Tm":
            height = math.hypot(float(values[2]), float(values[3]))
        elif operator == "Tf":
            size = float(values[1])
        elif operator in ("Tj", "TJ"):
            sizes.append(size * height * scale)
        elif operator == "BDC":
            seen.append(scale)
    return seen[0] if seen else 0.75, min(sizes)


def end_of_text(content: Any, place: Matrix) -> float:
    """Return how high above the foot of its page, in points, the lowest line of a page or a part of one stands."""
    ends, kept, at = [9999.0], [], Matrix()
    for instruction in parse_content_stream(content):
        values, operator = instruction.operands, str(instruction.operator)
        if operator == "q":
            kept.append(place)
        elif operator == "Q":
            place = kept.pop()
        elif operator == "cm":
            place = Matrix(*map(float, values)) @ place
        elif operator == "Tm":
            at = Matrix(*map(float, values))
        elif operator == "Td":
            at = Matrix(1, 0, 0, 1, *map(float, values)) @ at
        elif operator in ("Tj", "TJ"):
            ends.append((at @ place).f)
        elif operator == "Do":
            part = content.Resources.XObject[str(values[0])]
            if part.Subtype == Name.Form:
                ends.append(end_of_text(part, Matrix(*map(float, part.get(Name.Matrix, Matrix().as_array()))) @ place))
    return min(ends)


def nodes_of(node: Any) -> Iterator[Any]:
    """Yield the elements of a tree of tags, from a node or a list of nodes on, each before those within it."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, dict):
        yield node
    for child in node if isinstance(node, list) else [node.get("/K")] if isinstance(node, dict) else []:
        yield from nodes_of(child)
