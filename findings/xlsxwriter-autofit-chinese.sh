#!/bin/sh
# XlsxWriter's autofit makes columns of Chinese half as wide as their words, so that the second half is cut off or spills over.
#
# Tried: XlsxWriter 3.3.1, worksheet.autofit(), read back with openpyxl 3.1.5; widths are counted in digits.
# Guess: autofit, which simulates the width of texts, knows that a Chinese sign is as wide as two digits.
# Seen: it has a table of the widths of ASCII, and takes every other letter for one as wide as a digit or so: 12 signs, which
# take 24 places, get 14.7; 12 Latin letters get 11.9, and 24 of them 22.7. Where the cell to the right is filled, the end is
# not seen, and a name cut short looks like another name. Give a width of one's own: twice the number of signs beyond U+2E7F,
# and the others.
# Our workbook sets the width of each column by its type.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check XlsxWriter==3.3.1 openpyxl==3.1.5
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys

from openpyxl import load_workbook
from xlsxwriter import Workbook

texts = ("双层狭缝挤压式涂布模头机", "abcdefghijkl", "abcdefghijklabcdefghijkl")
with Workbook("widths.xlsx") as book:
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, texts)
    sheet.autofit()
widths = [load_workbook("widths.xlsx").active.column_dimensions[name].width for name in "ABC"]
print(widths)
sys.exit(not (widths[0] < 16 and widths[2] > 22))
PYTHON
