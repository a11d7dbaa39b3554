"""The five shapes of charts and social cards, as SVG: rectangle, rule, text, point and link.

A coordinate is written with two decimals at most: a hundredth of a pixel. A colour is taken as it is, texts are escaped.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import escape

# Pixels from one baseline to the next in a text of several lines.
LINE = 15


def rectangle(
    x: float, y: float, width: float, height: float, fill: str, opacity: float = 1, stroke: str | None = None,
    stroke_width: float = 1,
) -> str:  # fmt: skip
    """Return a filled box, with an outline where it has a stroke."""
    return (
        f'<rect x="{pixels(x)}" y="{pixels(y)}" width="{pixels(width)}" height="{pixels(height)}" fill="{fill}"'
        f"{_unless('1', 'fill-opacity', f'{opacity:g}')}{_stroke(stroke, stroke_width)}/>"
    )


def rule(
    x: float, y: float, x2: float, y2: float, stroke: str, width: float = 1, dash: str = "", opacity: float = 1
) -> str:
    """Return a straight line from one point to another; `dash` are lengths of dashes and gaps."""
    return (
        f'<line x1="{pixels(x)}" y1="{pixels(y)}" x2="{pixels(x2)}" y2="{pixels(y2)}"{_stroke(stroke, width)}'
        f"{_unless('', 'stroke-dasharray', dash)}{_unless('1', 'opacity', f'{opacity:g}')}/>"
    )


def text(
    lines: Sequence[str], x: float, y: float, size: float, fill: str, weight: str = "normal", anchor: str = "start"
) -> str:
    """Return a text. `anchor` says whether its lines start, are centred or end at x; y is the baseline of the first line."""
    first, *more = (escape(str(line)) for line in lines)
    below = "".join(f'<tspan x="{pixels(x)}" dy="{LINE}">{line}</tspan>' for line in more)
    return (
        f'<text x="{pixels(x)}" y="{pixels(y)}" font-size="{size:g}"{_unless("normal", "font-weight", weight)}'
        f'{_unless("start", "text-anchor", anchor)} fill="{fill}">{first}{below}</text>'
    )


def point(x: float, y: float, radius: float, fill: str, stroke: str | None = None, stroke_width: float = 1) -> str:
    """Return a disc around a point."""
    return (
        f'<circle cx="{pixels(x)}" cy="{pixels(y)}" r="{pixels(radius)}" fill="{fill}"{_stroke(stroke, stroke_width)}/>'
    )


def link(address: str, mark: str, name: str = "") -> str:
    """Return a mark that leads to an address; one without words of its own needs a name."""
    said = f' aria-label="{escape(str(name))}"><title>{escape(str(name))}</title>' if name else ">"
    return f'<a href="{escape(address)}"{said}{mark}</a>'


def pixels(value: float) -> str:
    """Return a coordinate or a length in pixels as text."""
    return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")


def _stroke(colour: str | None, width: float) -> str:
    return f' stroke="{colour}"{_unless("1", "stroke-width", f"{width:g}")}' if colour else ""


def _unless(default: str, name: str, value: str) -> str:
    """Return an attribute; nothing if its value is the default of SVG."""
    return "" if value == default else f' {name}="{value}"'
