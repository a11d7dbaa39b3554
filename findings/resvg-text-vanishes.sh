#!/bin/sh
# resvg-py 0.5.0: text whose font family is not among the fonts is left out of the picture, without error or warning.
#
# A chart drawn for a web page names a family as pages do (font-family="Arial"), trusting that whoever draws it takes
# another face where there is none of that name, as CSS and every browser do. Drawn with fonts of one's own, which is the
# way to equal pictures on all machines (skip_system_fonts=True, font_files=[...]), the picture comes out without its
# words: same size, status and type as a good one, although a font with the letters is there. Neither does a generic family
# at the end of the list (font-family="Arial, sans-serif") help, unless sans_serif_family names the font as well.
#
# Expected: the words in the font that is there, or an error. Seen: no mark of ink.
# Tried with Roboto, from a package that brings it. Exits with 1 once this is no longer so.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet resvg-py==0.5.0 font-roboto==0.0.1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys

import resvg_py
from font_roboto import Roboto


def picture(family, words="Output", **options):
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="99" height="40"><text y="30" font-family="{family}">{words}</text></svg>'
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=[Roboto], **options))


blank = picture("Roboto", "")
drawn = [
    picture("Roboto") != blank,
    picture("Arial") != blank,
    picture("Arial, sans-serif") != blank,
    picture("Arial, sans-serif", sans_serif_family="Roboto") != blank,
]
print(drawn)
sys.exit(drawn != [True, False, False, True])
PYTHON
