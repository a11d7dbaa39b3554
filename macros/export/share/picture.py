"""Turn a drawing into PNG with the bundled fonts, so that every machine makes the same picture."""

from __future__ import annotations

from functools import cache

import resvg_py

from macros.charts.measure import FONTS, has_letters

# What makes the pictures: another version may draw them otherwise.
MAKER = f"resvg-py {resvg_py.__version__}"


# No font has a letter at this place.
_NO_LETTER = "\ufdd0"


@cache
def has_font(letter: str) -> bool:
    """Return whether a font of this machine, or one that comes along, has a letter."""
    one, none = (png(_ALONE.format(sign)) for sign in (letter, _NO_LETTER))
    return has_letters(letter) or one != none


_ALONE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><text y="30" font-family="sans-serif"'
    ' font-size="30">{}</text></svg>'
)


def png(svg: str) -> bytes:
    """Return a picture of a drawing, a pixel for each of its units.

    The fonts of the machine serve only letters that the bundled ones lack, such as those of East Asia.
    """
    fonts = [str(path) for path in sorted(FONTS.glob("*.ttf"))]
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=has_letters(svg), font_files=fonts))
