"""Draw a card, 1200 by 630, in the colours of the report and with few, big words: most see it 300 pixels wide.

A dark cover with what the page is and one figure of it; below, on paper, a scene drawn from the data. It is made as SVG, and
of that a PNG with the bundled fonts, so that every machine makes the same picture.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import resvg_py

from macros import THEME
from macros.charts.marks import point, rectangle, text
from macros.charts.measure import FONTS, broken_lines, has_letters, text_width
from macros.charts.theme import FONT, colour, painted
from macros.present.look import Look

WIDTH, HEIGHT = 1200, 630
MARGIN = 64
# Where the paper begins, and the room for a scene on it.
_PAPER = 404
SCENE_WIDTH, SCENE_HEIGHT = WIDTH - 2 * MARGIN, 150
_LEVEL = re.compile(r"\.lv-([\w-]+)\{--c:var\(--([\w-]+)\);--t:var\(--([\w-]+)\)\}")
_LARGEST, _SMALLEST, _TWO_LINES = 112, 80, 72
_NUMBER, _FACT, _FACT_ALONE = 116, 44, 52


@dataclass(frozen=True)
class Card:
    """What stands on a card: a line over it, its title, a number with what it counts, and the scene below, if any."""

    over: str
    edition: str
    title: str
    number: str = ""
    fact: str = ""
    scene: str = ""
    # A picture of the report's own in place of the mark, as an address.
    logo: str = ""


@cache
def level_colours() -> dict[str, tuple[str, str]]:
    """Return for each tone of a level that has a colour its filling and the ink on it, as the stylesheet gives them."""
    style = (THEME / "assets/report.css").read_text(encoding="utf-8")
    return {tone: (colour(fill), colour(ink)) for tone, fill, ink in _LEVEL.findall(style)}


def card_svg(card: Card, look: Look) -> str:
    """Return a card as SVG."""
    colours = look.cover
    parts = [
        rectangle(0, 0, WIDTH, HEIGHT, colours["cover"]),
        _head(card, colours),
        _ruler(_PAPER if card.scene else HEIGHT, colours["ink"]),
    ]
    title, foot = _title(card.title, 222 if card.scene else 290, colours["ink"])
    parts += [title, _number_with_words(card, foot, colours)]
    if card.scene:
        parts += [
            rectangle(0, _PAPER, WIDTH, HEIGHT - _PAPER, colour("paper")),
            f'<g transform="translate({MARGIN},{_PAPER + (HEIGHT - _PAPER - SCENE_HEIGHT) / 2:g})">{card.scene}</g>',
        ]
    else:
        parts += [] if card.logo else [_distance(colours)]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
        f' font-family="{FONT}">{"".join(parts)}</svg>'
    )
    return painted(svg, look.colours)


def hatched_box(x: float, y: float, width: float, height: float) -> str:
    """Return a hatched box, for what is not known. Lines of our own: a pattern takes the library twenty times as long."""
    found = []
    for at in range(8, int(width + height), 16):
        start, end = (max(0.0, at - height), min(at, height)), (min(at, width), max(0.0, at - width))
        found.append(f"M{x + start[0]:.1f} {y + start[1]:.1f}L{x + end[0]:.1f} {y + end[1]:.1f}")
    return rectangle(x, y, width, height, colour("panel")) + (
        f'<path d="{"".join(found)}" stroke="{colour("rule2")}" stroke-width="3"/>'
    )


def outlined_box(x: float, y: float, width: float, height: float) -> str:
    """Return an empty box, for what is not known where hatching would be too fine to see."""
    return rectangle(x + 1, y + 1, max(width - 2, 0), max(height - 2, 0), "none", stroke=colour("rule"), stroke_width=2)


def _head(card: Card, colours: Mapping[str, str]) -> str:
    """Return the mark of the report, the line over the card, and the edition where there is room for it."""
    mark = (
        f'<g transform="translate({MARGIN},46) scale(1.9)">'
        f'<path d="M5 1v20M29 1v20M9.5 11h15" fill="none" stroke="{colours["ink"]}" stroke-opacity=".55"/>'
        f"{point(5, 11, 4.5, colours['dom'])}"
        f'<rect x="25" y="7" width="8" height="8" rx="1" fill="{colours["imp"]}"/></g>'
    )
    if card.logo:
        place = f'x="{MARGIN}" y="44" width="72" height="48" preserveAspectRatio="xMinYMid meet"'
        mark = f'<image {place} href="{card.logo}"/>'
    left, right = MARGIN + 90, WIDTH - MARGIN
    size, (said, *_) = fitted_lines(card.over, right - left, range(38, 27, -2), 1)
    has_room = left + text_width(said, size, "bold") + 40 + text_width(card.edition, 36) <= right
    edition = text([card.edition], right, 81, 36, colours["soft"], anchor="end") if has_room else ""
    return mark + text([said], left, 81, size, colours["ink"], "bold") + edition


def _title(title: str, foot: float, colour: str) -> tuple[str, float]:
    """Return the title as big as it fits, in two lines at most, and where it ends."""
    room = WIDTH - 2 * MARGIN
    size, broken = fitted_lines(title, room, range(_LARGEST, _SMALLEST - 1, -4), 1)
    if text_width(title, size, "bold") <= room:
        return text([title], MARGIN - 4, foot, size, colour, "bold"), foot
    size, broken = fitted_lines(title, room, range(_TWO_LINES, 27, -4), 2)
    top, step = foot - size * (0.62 if len(broken) > 1 else 0.2), size * 1.08
    said = [text([line], MARGIN - 2, top + at * step, size, colour, "bold") for at, line in enumerate(broken)]
    return "".join(said), top + (len(said) - 1) * step


def fitted_lines(said: str, room: float, sizes: range, most: int, weight: str = "bold") -> tuple[int, list[str]]:
    """Return the largest of the sizes at which words need no more lines than that, and these; at the smallest they are cut."""
    size, broken = sizes[0], [""]
    for size in sizes:
        broken = broken_lines(said, room, size, weight)
        if len(broken) <= most and all(text_width(line, size, weight) <= room for line in broken):
            return size, broken
    rest = broken[most:]
    broken = [*broken[: most - 1], f"{broken[most - 1]} …" if rest else broken[-1]] if len(broken) >= most else broken
    return size, [_truncated(line, room, size, weight) for line in broken]


def _truncated(line: str, room: float, size: float, weight: str) -> str:
    """Return a line without what does not fit."""
    kept = line
    while kept and text_width(line if kept == line else f"{kept}…", size, weight) > room:
        kept = kept[:-1]
    return line if kept == line else f"{kept}…"


def _number_with_words(card: Card, foot: float, colours: Mapping[str, str]) -> str:
    """Return the number, and beside it in two lines what it counts; or what is said of the page alone."""
    middle = (foot + (_PAPER if card.scene else HEIGHT - 110)) / 2 + 4
    if not card.number:
        # Below a title of two lines there is less room above the ruler.
        largest = min(_FACT_ALONE, int((_PAPER - 22 - foot) / 3)) if card.scene else _FACT_ALONE
        return _lines(card.fact, MARGIN, middle, WIDTH - 2 * MARGIN, largest, colours["soft"])
    size = _NUMBER if foot < 240 or not card.scene else 96
    beside = MARGIN + text_width(card.number, size, "bold") + 24
    number = text([card.number], MARGIN - 4, middle + size * 0.36, size, colours["ink"], "bold")
    return number + _lines(card.fact, beside, middle, WIDTH - MARGIN - beside, _FACT, colours["soft"])


def _lines(said: str, x: float, middle: float, room: float, largest: int, colour: str) -> str:
    """Return words in at most two lines around a height, smaller where they are many."""
    if not said:
        return ""
    size, broken = fitted_lines(said, room, range(largest, 23, -2), 2, "normal")
    broken = _even(said, room, size) if len(broken) == 2 and broken == broken_lines(said, room, size) else broken
    step = size * 1.22
    top = middle - step * (len(broken) - 1) / 2 + size * 0.36
    return "".join(text([line], x, top + at * step, size, colour) for at, line in enumerate(broken))


def _even(said: str, room: float, size: float) -> list[str]:
    """Return words that need two lines in two of about the same length."""
    found = broken_lines(said, room, size)
    for narrower in range(int(room), 0, -20):
        broken = broken_lines(said, narrower, size)
        if len(broken) != 2:
            break
        found = broken if all(text_width(line, size) <= room for line in broken) else found
    return found


def _ruler(foot: float, colour: str) -> str:
    """Return the marks of a ruler along the foot of the cover."""
    long = "".join(f"M{x} {foot - 22}v22" for x in range(0, WIDTH + 1, 150))
    short = "".join(f"M{x} {foot - 10}v10" for x in range(0, WIDTH + 1, 30) if x % 150)
    return f'<path d="{long}{short}" stroke="{colour}" stroke-opacity=".45" stroke-width="2"/>'


def _distance(colours: Mapping[str, str]) -> str:
    """Return the mark of the report across the foot of a card without a scene: two ends and the distance between."""
    y, left, right = 520, MARGIN + 16, WIDTH - MARGIN - 16
    return (
        f'<path d="M{left + 44} {y}H{right - 44}M{left + 62} {y - 14}l-18 14 18 14M{right - 62} {y - 14}l18 14 -18 14"'
        f' fill="none" stroke="{colours["ink"]}" stroke-opacity=".6" stroke-width="4"/>'
        f"{point(left, y, 20, colours['dom'])}"
        f'<rect x="{right - 18}" y="{y - 18}" width="36" height="36" rx="4" fill="{colours["imp"]}"/>'
    )


# What makes the pictures: another version may draw them otherwise.
MAKER = f"resvg-py {resvg_py.__version__}"
# No font has a letter at this place.
_NO_LETTER = "\ufdd0"
_ALONE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><text y="30" font-family="sans-serif"'
    ' font-size="30">{}</text></svg>'
)


@cache
def has_font(letter: str) -> bool:
    """Return whether a font of this machine, or one that comes along, has a letter."""
    one, none = (png(_ALONE.format(sign)) for sign in (letter, _NO_LETTER))
    return has_letters(letter) or one != none


def png(svg: str) -> bytes:
    """Return a picture of a drawing, a pixel for each of its units.

    The fonts of the machine serve only letters that the bundled ones lack, such as those of East Asia.
    """
    fonts = [str(path) for path in sorted(FONTS.glob("*.ttf"))]
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=has_letters(svg), font_files=fonts))
