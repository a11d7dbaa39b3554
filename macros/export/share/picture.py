"""Turn a drawing into PNG with the bundled fonts, so that every machine makes the same picture."""

from __future__ import annotations

import resvg_py

from macros.charts.measure import FONTS, has_letters

# What makes the pictures: another version may draw them otherwise.
MAKER = f"resvg-py {resvg_py.__version__}"


def png(svg: str) -> bytes:
    """Return a picture of a drawing, a pixel for each of its units.

    The fonts of the machine serve only letters that the bundled ones lack, such as those of East Asia.
    """
    fonts = [str(path) for path in sorted(FONTS.glob("*.ttf"))]
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=has_letters(svg), font_files=fonts))
