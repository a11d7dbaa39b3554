"""Svg: a drawing of Vega made fit for a page, and made a file that stands alone with title, legend, notes and background."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from markupsafe import Markup, escape

from macros.charts.figure import Figure, Key
from macros.charts.theme import FONT, INK, LINE, LINK, PAPER, RULE_DARK, SMALL, SOFT, TEXT, TONES, length, lines, tokens

# What Vega says of every mark and a page does not need: it inherits the type, and the figure says what it is as a whole.
_DROPPED = {"class", "role", "aria-roledescription", "aria-hidden", "pointer-events", "font-family"}
_DEFAULTS = {
    ("opacity", "1"),
    ("fill-opacity", "1"),
    ("stroke-width", "1"),
    ("text-anchor", "start"),
    ("font-weight", "normal"),
    ("font-size", "12px"),
}
_NOWHERE = re.compile(r"translate\(0,0\)")
_VARIABLE = re.compile(r'"var\(--([\w-]+)\)"')
_LONG = re.compile(r"-?\d+\.\d{3,}")
_SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_MARGIN, _TITLE, _SWATCH = 16, 15, 22


def page_svg(raw: str, figure: Figure, variant: str, href: Callable[[str], str]) -> Markup:
    """Return a drawing for a page: named and described, in the colours and type of the page. `href` makes links relative."""
    root = ElementTree.fromstring(raw)
    width, height = root.get("width", ""), root.get("height", "")
    # A drawing with links is a group: what is not a link is left to the description and the table.
    has_links = any(child.tag.endswith("}a") for child in root.iter())
    inner = "".join(_written(child, href, figure.names if has_links else None) for child in root)
    name = f"{figure.id}-{variant}"
    role = "group" if has_links else "img"
    return Markup(
        f'<svg class="drawing drawing-{escape(variant)}" role="{role}" aria-labelledby="{escape(name)}-t" aria-describedby="{escape(name)}-d"'
        f' width="{width}" height="{height}" viewBox="0 0 {width} {height}" font-size="12px">'
        f'<title id="{escape(name)}-t">{escape(figure.title)}</title><desc id="{escape(name)}-d">{escape(figure.description)}</desc>{inner}</svg>'
    )


def _written(element: Element, href: Callable[[str], str], names: Mapping[str, str] | None = None) -> str:
    """Return an element as markup without what is not needed; nothing where nothing is left of it. `names` of a group of links."""
    tag = element.tag.rpartition("}")[2]
    inner = str(escape(element.text or "")) + "".join(
        _written(child, href, names) + str(escape(child.tail or "")) for child in element
    )
    if _is_empty(tag, element, inner):
        return ""
    attributes = dict(_attributes(element, href))
    if names is not None and "role-mark" in element.get("class", "") and "<a " not in inner:
        attributes["aria-hidden"] = "true"
    name = names.get(_address(element), "") if names and tag == "a" else ""
    if name:
        attributes["aria-label"], inner = name, f"<title>{escape(name)}</title>{inner}"
    if tag == "g" and not attributes:
        return inner
    said = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    return f"<{tag}{said}>{inner}</{tag}>" if inner else f"<{tag}{said}/>"


def _address(element: Element) -> str:
    return next((value.removeprefix(LINK) for name, value in element.items() if name.endswith("href")), "")


def _is_empty(tag: str, element: Element, inner: str) -> bool:
    if tag in ("g", "text", "a"):
        return not inner
    return tag == "path" and element.get("class") in ("background", "foreground")


def _attributes(element: Element, href: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    for name, value in element.items():
        name = name.rpartition("}")[2]
        if name == "href":
            yield name, href(_address(element))
        elif name == "transform":
            moved = _NOWHERE.sub("", value).strip()
            if moved:
                yield name, _short(moved)
        elif name == "d":
            yield name, _short(value)
        elif name not in _DROPPED and (name, value) not in _DEFAULTS and not (name == "stroke-miterlimit"):
            yield name, value


def _short(numbers: str) -> str:
    """Return numbers with two decimals: a hundredth of a pixel."""
    return _LONG.sub(lambda match: f"{float(match.group()):.2f}".rstrip("0").rstrip("."), numbers)


def file_svg(raw: str, figure: Figure) -> str:
    """Return a drawing as a file: white background, title above, legend and notes below; no links, no stylesheet needed."""
    inner = re.sub(r"</?a\b[^<>]*>", "", "".join(_written(child, str) for child in ElementTree.fromstring(raw)))
    size = _SIZE.search(raw)
    wide, tall = float(size[1]), float(size[2])  # type: ignore[index] - Vega writes it always
    head, y = _texts(figure.title, 0, _TITLE, "bold", INK, wide)
    subtitle, y = _texts(figure.subtitle, y, SMALL, "normal", SOFT, wide)
    legend, foot = _legend(figure.keys, y + 10 + tall + 8, wide)
    notes, foot = _all_texts((*figure.notes, *figure.foot), foot + 4, wide)
    width, height = wide + 2 * _MARGIN, foot + 2 * _MARGIN
    body = (
        f'<rect width="{width:g}" height="{height:g}" fill="{PAPER}"/><g transform="translate({_MARGIN},{_MARGIN})">{head}{subtitle}'
        f'<g transform="translate(0,{y + 10:g})" fill="none">{inner}</g>{legend}{notes}</g>'
    )
    return _VARIABLE.sub(lambda match: f'"{tokens()[match[1]]}"', (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}"'
        f' font-family="{FONT}" font-size="12px" role="img"><title>{escape(figure.title)}</title><desc>{escape(figure.description)}</desc>'
        f"{_patterns()}{body}</svg>\n"
    ))  # fmt: skip


def _patterns() -> str:
    colours = {**TONES, "unknown": RULE_DARK}
    return (
        "<defs>"
        + "".join(
            f'<pattern id="hatch-{tone}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
            f'<line x1="1" x2="1" y1="0" y2="6" stroke="{colour}" stroke-width="2"/></pattern>'
            for tone, colour in colours.items()
        )
        + "</defs>"
    )


def _texts(text: str, y: float, size: int, weight: str, colour: str, width: float) -> tuple[str, float]:
    """Return a text in lines from y on, and where it ends."""
    found, high = "", size + 4
    for line in lines(text, width, size, weight) if text else []:
        found += (
            f'<text y="{y + size:g}" font-size="{size}px" font-weight="{weight}" fill="{colour}">{escape(line)}</text>'
        )
        y += high
    return found, y


def _all_texts(texts: Sequence[str], y: float, width: float) -> tuple[str, float]:
    found = ""
    for text in texts:
        said, y = _texts(text, y, SMALL, "normal", SOFT, width)
        found, y = found + said, y + 3
    return found, y


def _legend(keys: Sequence[Key], y: float, width: float) -> tuple[str, float]:
    """Return the legend, as many entries beside each other as there is room for, and where it ends."""
    found, x = "", 0.0
    for key in keys:
        swatch = max(10, length(key.sign, TEXT, "bold")) if key.sign else _SWATCH
        needed = swatch + 6 + length(key.text, SMALL) + 12
        if x and x + needed > width:
            x, y = 0.0, y + LINE + 2
        found += (
            _swatch(key, x, y)
            + f'<text x="{x + swatch + 6:g}" y="{y + 11:g}" font-size="{SMALL}px" fill="{SOFT}">{escape(key.text)}</text>'
        )
        x += needed
    return found, y + (LINE + 4 if keys else 0)


def _swatch(key: Key, x: float, y: float) -> str:
    if key.sign:
        return f'<text x="{x:g}" y="{y + 11:g}" font-weight="bold" fill="{INK}">{escape(key.sign)}</text>'
    stroke = f' stroke="{key.stroke}"' if key.stroke else ""
    return f'<rect x="{x:g}" y="{y + 1:g}" width="{_SWATCH}" height="12" fill="{key.fill}" fill-opacity="{key.opacity:g}"{stroke}/>'
