#!/bin/sh
# SheetJS reads 13 May 2024 as 12 May, 43 seconds before midnight, on machines set to the time of China or Korea.
#
# Tried: xlsx 0.18.5, the newest that npm has, with `cellDates: true`, a cell with a date and no time; Node with TZ set.
# Guess: a date in a workbook has no zone, so that it is the same day everywhere: midnight of 13 May, local or UTC.
# Seen: in Shanghai 23:59:17 of the day before, in Seoul 23:59:08, in Singapore 23:59:35; in Berlin, New York and Tokyo
# midnight. Dates are counted from 1899, when clocks in those places kept the time of the sun, and the odd seconds are carried
# into today. A table that shows the day is wrong by one for every row, at Chinese readers and not where it was tried. Without
# cellDates the number of the day comes, right everywhere: give that to XLSX.SSF.parse_date_code.
# Our workbook has dates as texts, 2024-05-13, as CSV and JSON do.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check XlsxWriter==3.3.1
cd "$folder"
npm install --silent --no-audit --no-fund xlsx@0.18.5
venv/bin/python - <<'PYTHON'
from datetime import date

from xlsxwriter import Workbook

with Workbook("dates.xlsx", {"default_date_format": "yyyy-mm-dd"}) as book:
    book.add_worksheet().write(0, 0, date(2024, 5, 13))
PYTHON
cat > read.js <<'JS'
const XLSX = require("xlsx");
const cell = options => XLSX.readFile("dates.xlsx", options).Sheets.Sheet1.A1.v;
const { y, m, d } = XLSX.SSF.parse_date_code(cell({}));
console.log(process.env.TZ, cell({ cellDates: true }).toString().slice(4, 24), [y, m, d].join("-"));
JS
for zone in Asia/Shanghai Asia/Seoul Asia/Singapore Asia/Tokyo Europe/Berlin America/New_York; do TZ=$zone node read.js; done > seen
cat seen
cat > expected <<'TEXT'
Asia/Shanghai May 12 2024 23:59:17 2024-5-13
Asia/Seoul May 12 2024 23:59:08 2024-5-13
Asia/Singapore May 12 2024 23:59:35 2024-5-13
Asia/Tokyo May 13 2024 00:00:00 2024-5-13
Europe/Berlin May 13 2024 00:00:00 2024-5-13
America/New_York May 13 2024 00:00:00 2024-5-13
TEXT
diff expected seen
