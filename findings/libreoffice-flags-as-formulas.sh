#!/bin/sh
# LibreOffice 7.4.7: a yes or no in an XLSX comes back as a formula, "=TRUE()", once a file is saved again.
#
# A workbook has true and false in cells of the type for them (t="b"). It is opened and saved again, or a person types TRUE.
#
# One would guess: the cells are what they were, for the format has a type for them, and numbers and texts are kept.
# It does: every one becomes the formula TRUE() or FALSE(), with its value beside it. Programs that read what is in the
# cells, as openpyxl does unless it is told otherwise, have a text "=FALSE()", which counts as true; and a check that a file
# has no formulas fails for a file that nobody changed. Read with data_only=True, or take these two for values.
#
# Needs LibreOffice Calc on the machine.
# Seen:
#   before: True b, False b, 1.5 n
#   after: =TRUE() f, =FALSE() f, 1.5 n
#   data_only: True b, False b, 1.5 n
# Exits with 1 once this is no longer so.
set -eu
office=$(command -v soffice || command -v libreoffice)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check openpyxl==3.1.5 XlsxWriter==3.3.1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
from xlsxwriter import Workbook

book = Workbook("flags.xlsx")
book.add_worksheet().write_row(0, 0, [True, False, 1.5])
book.close()
PYTHON
"$office" --headless "-env:UserInstallation=file://$folder/profile" --convert-to "xlsx:Calc MS Excel 2007 XML" \
    --outdir again flags.xlsx > /dev/null 2>&1
"$folder/venv/bin/python" - > seen <<'PYTHON'
from openpyxl import load_workbook

for name, file, options in (
    ("before", "flags.xlsx", {}), ("after", "again/flags.xlsx", {}), ("data_only", "again/flags.xlsx", {"data_only": True}),
):
    print(f"{name}:", ", ".join(f"{cell.value} {cell.data_type}" for cell in load_workbook(file, **options).active[1]))
PYTHON
cat seen
cat > expected <<'TEXT'
before: True b, False b, 1.5 n
after: =TRUE() f, =FALSE() f, 1.5 n
data_only: True b, False b, 1.5 n
TEXT
diff expected seen
