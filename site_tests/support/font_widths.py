"""Write the widths of letters that charts are laid out by, from the fonts in macros/charts/fonts: python -m site_tests.support.font_widths"""

from __future__ import annotations

import json

from fontTools.ttLib import TTFont

from macros.charts.measure import FONTS, WIDTHS

FACES = {"normal": "LiberationSans-Regular.ttf", "bold": "LiberationSans-Bold.ttf"}


def widths() -> str:
    """Return for each weight the printable letters by their width, in units of which `em` make the size of the type."""
    found: dict[str, object] = {}
    for weight, name in FACES.items():
        font = TTFont(FONTS / name)
        by_width: dict[int, str] = {}
        for code, glyph in sorted(font.getBestCmap().items()):
            if chr(code).isprintable():
                width = font["hmtx"][glyph][0]
                by_width[width] = by_width.get(width, "") + chr(code)
        found |= {"em": font["head"].unitsPerEm, weight: {str(width): by_width[width] for width in sorted(by_width)}}
    return json.dumps(found, ensure_ascii=False, indent=0) + "\n"


if __name__ == "__main__":
    WIDTHS.write_text(widths(), encoding="utf-8")
