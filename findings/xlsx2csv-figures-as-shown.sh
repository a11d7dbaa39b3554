#!/bin/sh
# xlsx2csv writes figures as a sheet shows them, or less: 12.5 % becomes 13%, 1.23E-06 becomes 0.000001, a Chinese date is in quotes.
#
# Tried: xlsx2csv 0.8.6 with its defaults; cells with the formats 0%, 0.00E+00 and yyyy"年"m"月"d"日", which office programs in
# Chinese offer for dates.
# Guess: a CSV for machines holds what is in the cells, 0.125, 0.00000123 and 2024-05-13; or else what the sheet shows.
# Seen: 13%, for the format has no decimals; 0.000001, a fifth less than the cell and than what the sheet shows; and the date as
# a text in which the quotation marks of its format stand, with its month as 05. No warning. `--floatformat %g` and
# `--dateformat %Y-%m-%d` give the small figure and the date; the percentage stays. A library that reads cells, such as
# openpyxl, has all three.
# Our workbook gives no number a format and has dates as texts, and every table of it lies beside it as CSV.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check xlsx2csv==0.8.6 XlsxWriter==3.3.1 openpyxl==3.1.5
cd "$folder"
venv/bin/python - <<'PYTHON'
from datetime import date

from openpyxl import load_workbook
from xlsxwriter import Workbook

cells = {"0%": 0.125, "0.00E+00": 0.00000123, 'yyyy"年"m"月"d"日"': date(2024, 5, 13)}
with Workbook("figures.xlsx") as book:
    sheet = book.add_worksheet()
    for place, (code, value) in enumerate(cells.items()):
        sheet.write(0, place, value, book.add_format({"num_format": code}))
print(*(cell.value for cell in load_workbook("figures.xlsx").active[1]))
PYTHON
{ venv/bin/xlsx2csv figures.xlsx; venv/bin/xlsx2csv --floatformat %g --dateformat %Y-%m-%d figures.xlsx; } > seen
cat seen
cat > expected <<'TEXT'
13%,0.000001,"2024""年""05""月""13""日"""
13%,1.23e-06,2024-05-13
TEXT
diff expected seen
