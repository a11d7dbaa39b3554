"""A chart as SVG: within a page, or as a standalone file with title, legend, notes and background."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup, escape

from macros.charts.figure import Figure, Key
from macros.charts.marks import LINE, rectangle, text
from macros.charts.measure import broken_lines, text_width
from macros.charts.theme import FONT, INK, PAPER, RULE_DARK, SMALL, SOFT, TEXT, TONES, Drawing, names_in, painted

# Where the drawing goes in the frame of a picture, as theme/assets/chart-png.js knows it.
_PLACE = "<!--drawing-->"
_LINKED = re.compile(r'<a href="([^"]*)"')
_LINK = re.compile(r"</?a\b[^<>]*>|<title>[^<>]*</title>")
_MARGIN, _TITLE, _SWATCH = 16, 15, 22


def page_svg(drawing: Drawing, figure: Figure, variant: str, href: Callable[[str], str]) -> Markup:
    """Return a drawing for a page: named and described, in the colours and type of the page. `href` makes links relative."""
    # A drawing with links is a group to screen readers; the description and the table tell them the rest.
    is_group = any("<a " in marks for marks in drawing.layers.values())
    inner = "".join(
        f'<g aria-hidden="true">{marks}</g>' if is_group and "<a " not in marks else marks
        for marks in drawing.layers.values()
        if marks
    )
    inner = _LINKED.sub(lambda found: f'<a href="{escape(href(Markup(found[1]).unescape()))}"', inner)
    name, size = escape(f"{figure.id}-{variant}"), f'width="{drawing.width:g}" height="{drawing.height:g}"'
    return Markup(
        f'<svg class="drawing drawing-{escape(variant)}" data-chart="{escape(figure.id)}" role="{"group" if is_group else "img"}"'
        f' aria-labelledby="{name}-t" aria-describedby="{name}-d" {size} viewBox="0 0 {drawing.width:g} {drawing.height:g}">'
        f'<title id="{name}-t">{escape(str(figure.title))}</title><desc id="{name}-d">{escape(str(figure.description))}</desc>{inner}</svg>'
    )


def file_svg(figure: Figure, colours: Mapping[str, str]) -> str:
    """Return the first drawing of a figure as a file, which needs no stylesheet and has no links."""
    names = f"<title>{escape(str(figure.title))}</title><desc>{escape(str(figure.description))}</desc>"
    return _standalone_file(figure, _LINK.sub("", _marks(figure)), names, colours)


def picture_frame(figure: Figure, colours: Mapping[str, str]) -> str:
    """Return that file without its drawing, which the page has already; a picture needs no names."""
    return _standalone_file(figure, _PLACE, "", colours)


def colours_of(figure: Figure, colours: Mapping[str, str]) -> dict[str, str]:
    """Return the colours of the first drawing of a figure by their names in the stylesheet, as files have them."""
    return {name: colours[name] for name in names_in(_marks(figure))}


def _marks(figure: Figure) -> str:
    return "".join(figure.drawings[0].layers.values())


def _standalone_file(figure: Figure, marks: str, names: str, colours: Mapping[str, str]) -> str:
    """Return a standalone file: white background, title above the marks, legend and notes below."""
    drawing = figure.drawings[0]
    head, y = _texts(figure.title, 0, _TITLE, "bold", INK, drawing.width)
    subtitle, y = _texts(figure.subtitle, y, SMALL, "normal", SOFT, drawing.width)
    legend, foot = _legend(figure.keys, y + 10 + drawing.height + 8, drawing.width)
    notes, foot = _all_texts((*figure.notes, *figure.foot), foot + 4, drawing.width)
    width, height = drawing.width + 2 * _MARGIN, foot + 2 * _MARGIN
    body = (
        f'{rectangle(0, 0, width, height, PAPER)}<g transform="translate({_MARGIN},{_MARGIN})">{head}{subtitle}'
        f'<g transform="translate(0,{y + 10:g})">{marks}</g>{legend}{notes}</g>'
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}"'
        f' font-family="{FONT}" role="img">{names}{_patterns(_marks(figure) + legend)}{body}</svg>\n'
    )
    return painted(svg, colours)


def _patterns(marks: str) -> str:
    """Return the patterns that marks are filled with."""
    colours = {**TONES, "unknown": RULE_DARK}
    found = "".join(
        f'<pattern id="hatch-{tone}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<line x1="1" x2="1" y1="0" y2="6" stroke="{colour}" stroke-width="2"/></pattern>'
        for tone, colour in colours.items()
        if f'"url(#hatch-{tone})"' in marks
    )
    return f"<defs>{found}</defs>" if found else ""


def _texts(said: str, y: float, size: int, weight: str, colour: str, width: float) -> tuple[str, float]:
    """Return a text in lines from y on, and where it ends."""
    found, high = "", size + 4
    for line in broken_lines(said, width, size, weight) if said else []:
        found += text([line], 0, y + size, size, colour, weight)
        y += high
    return found, y


def _all_texts(texts: Sequence[str], y: float, width: float) -> tuple[str, float]:
    found = ""
    for each in texts:
        said, y = _texts(each, y, SMALL, "normal", SOFT, width)
        found, y = found + said, y + 3
    return found, y


def _legend(keys: Sequence[Key], y: float, width: float) -> tuple[str, float]:
    """Return the legend, as many entries beside each other as there is room for, and where it ends."""
    found, x = "", 0.0
    for key in keys:
        swatch = max(10, text_width(key.sign, TEXT, "bold")) if key.sign else _SWATCH
        needed = swatch + 6 + text_width(key.text, SMALL) + 12
        if x and x + needed > width:
            x, y = 0.0, y + LINE + 2
        found += _swatch(key, x, y) + text([key.text], x + swatch + 6, y + 11, SMALL, SOFT)
        x += needed
    return found, y + (LINE + 4 if keys else 0)


def _swatch(key: Key, x: float, y: float) -> str:
    if key.sign:
        return text([key.sign], x, y + 11, TEXT, INK, "bold")
    return rectangle(x, y + 1, _SWATCH, 12, key.fill, key.opacity, key.stroke)
