#!/bin/sh
# XlsxWriter 3.3.1 and openpyxl 3.1.5.
#
# A note of several lines, written on Windows, has "\r\n" between them. XML would lose the "\r", so a workbook spells it
# _x000D_ (ECMA-376 Part 1, 22.9.2.19, ST_Xstring), and office programs show the line end.
#
# One would guess: what XlsxWriter writes openpyxl reads, "\r\n" or at worst "\n".
# It does: the cell holds "first_x000D_\nsecond", seven letters in the text that nobody typed, without a warning, though
# openpyxl has the function for it (openpyxl.utils.escape.unescape) and although it does take away the mark by which
# XlsxWriter keeps a typed "_x0041_" from being read as "A": so calling unescape on what was read spoils such a text.
#
# Seen:
#   'first_x000D_\nsecond'
#   '_x0041_'
#   'A'
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check openpyxl==3.1.5 XlsxWriter==3.3.1
cd "$folder"
"$folder/venv/bin/python" - > seen <<'PYTHON'
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape
from xlsxwriter import Workbook

book = Workbook("notes.xlsx")
sheet = book.add_worksheet()
sheet.write_string("A1", "first\r\nsecond")
sheet.write_string("A2", "_x0041_")
book.close()
read = load_workbook("notes.xlsx").active
print(repr(read["A1"].value))
print(repr(read["A2"].value))
print(repr(unescape(read["A2"].value)))
PYTHON
cat seen
cat > expected <<'TEXT'
'first_x000D_\nsecond'
'_x0041_'
'A'
TEXT
diff expected seen
