#!/bin/sh
# openpyxl 3.1.5 (here with XlsxWriter 3.3.1, which writes the file).
#
# A date in a cell has a number format. Formats that every office program has built in are stored by their number
# alone: ECMA-376 Part 1, 18.8.30 lists 27 to 36 and 50 to 58 as dates and times of Chinese, Japanese and Korean, e.g.
# 31 is yyyy"年"m"月"d"日" in zh-cn. Office programs in these languages write them, with no format code in the file.
#
# One would guess: openpyxl gives a datetime, as it does for format 14 and for the same format spelled out.
# It does: the cell is the integer 45425, its number_format "General", is_date False, without a warning. Whoever reads
# tables filled in by Chinese colleagues has day numbers for dates. Look at cell.style_array.numFmtId instead.
#
# Seen:
#   14 2024-05-13 00:00:00 True mm-dd-yy
#   yyyy"年"m"月"d"日" 2024-05-13 00:00:00 True yyyy"年"m"月"d"日"
#   31 45425 False General
#   57 45425 False General
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check openpyxl==3.1.5 XlsxWriter==3.3.1
cd "$folder"
"$folder/venv/bin/python" - > seen <<'PYTHON'
from openpyxl import load_workbook
from xlsxwriter import Workbook

formats = [14, 'yyyy"年"m"月"d"日"', 31, 57]
book = Workbook("dates.xlsx")
sheet = book.add_worksheet()
for row, form in enumerate(formats):
    sheet.write_number(row, 0, 45425, book.add_format({"num_format": form}))
book.close()
for form, (cell,) in zip(formats, load_workbook("dates.xlsx").active.iter_rows()):
    print(form, cell.value, cell.is_date, cell.number_format)
PYTHON
cat seen
cat > expected <<'TEXT'
14 2024-05-13 00:00:00 True mm-dd-yy
yyyy"年"m"月"d"日" 2024-05-13 00:00:00 True yyyy"年"m"月"d"日"
31 45425 False General
57 45425 False General
TEXT
diff expected seen
