#!/bin/sh
# polars reads an XLSX by its first hundred rows, and makes a blank of every text below numbers: "about 80" is gone, unsaid.
#
# Tried: polars 2.1.0 with fastexcel 0.21.0, read_excel with its defaults, a sheet whose 101st row has words for a figure.
# Guess: the text is kept and the column one of texts, as fastexcel alone has it; or an error, as read_csv gives for the same
# rows.
# Seen: null, as if nobody knew the speed, with no error and no warning. So with a flag or a year further down that is a word
# ("unknown", "before 2019"), which tables of figures gathered by hand often have. infer_schema_length=None looks at all rows,
# and keeps the words.
# Our workbook has one type to a column, in the way its sheet "columns" says, so that nothing of it is lost.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check polars==2.1.0 fastexcel==0.21.0 XlsxWriter==3.3.1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import csv
import sys
import warnings

import fastexcel
import polars
from xlsxwriter import Workbook

warnings.simplefilter("error")
rows = [("machine", "speed"), *((f"m{number}", 80) for number in range(100)), ("last", "about 80")]
with Workbook("speeds.xlsx") as book:
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
with open("speeds.csv", "w", newline="") as file:
    csv.writer(file).writerows(rows)
try:
    from_csv = polars.read_csv("speeds.csv")["speed"][-1]
except polars.exceptions.ComputeError:
    from_csv = "error"
seen = {
    "read_excel": polars.read_excel("speeds.xlsx")["speed"][-1],
    "all rows looked at": polars.read_excel("speeds.xlsx", infer_schema_length=None)["speed"][-1],
    "fastexcel alone": fastexcel.read_excel("speeds.xlsx").load_sheet(0).to_polars()["speed"][-1],
    "read_csv": from_csv,
}
print(seen)
sys.exit(list(seen.values()) != [None, "about 80", "about 80", "error"])
PYTHON
