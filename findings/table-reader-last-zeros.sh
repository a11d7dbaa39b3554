#!/bin/sh
# mkdocs-table-reader-plugin 4.0.2: version 3.10 is shown as 3.1, part 12E3 as 12000, though all cells are read as text.
#
# Tried: the plugin with mkdocs 1.6.1, pandas 3.1.1 and tabulate 0.10.0, read_csv of a file with versions, tolerances and part
# numbers.
# Guess: pandas takes them for numbers unless told otherwise; with dtype="str", which the plugin hands on to it, they stay as
# they are.
# Seen: pandas has the text "3.10", and the page 3.1: the table is made Markdown by tabulate, which looks through every column
# of texts once more and writes it as numbers if all cells could be some. A tolerance of 0.50 mm, given to the hundredth, is one
# of 0.5. A single cell with a letter saves the whole column, so that a try may pass and another row undo it.
# `disable_numparse=True` in the same call goes to tabulate and keeps texts; to_markdown() of pandas, and whatever else ends in
# tabulate, needs it as well.
# Our tables are printed by templates from records whose fields have types, a figure as its source writes it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check mkdocs==1.6.1 mkdocs-table-reader-plugin==4.0.2 pandas==3.1.1 tabulate==0.10.0
cd "$folder"
mkdir docs
printf 'version,tolerance,part\n3.9,0.25,00700\n3.10,0.50,12E3\n' > docs/few.csv
{ cat docs/few.csv; printf 'new,unknown,X1\n'; } > docs/more.csv
for call in '"few.csv", dtype="str"' '"more.csv", dtype="str"' '"few.csv", dtype="str", disable_numparse=True'; do
    printf '{{ read_csv(%s) }}\n\n' "$call"
done > docs/index.md
printf 'site_name: Parts\nplugins: [table-reader]\n' > mkdocs.yml
venv/bin/mkdocs build --quiet 2> log || { cat log; exit 1; }
venv/bin/python - > seen <<'PYTHON'
import re
from pathlib import Path

for table in re.findall(r"<table>(.*?)</table>", Path("site/index.html").read_text(), re.DOTALL)[:3]:
    print(*re.findall(r"<td[^>]*>(.*?)</td>", table))
PYTHON
cat seen
cat > expected <<'TEXT'
3.9 0.25 700 3.1 0.5 12000
3.9 0.25 00700 3.10 0.50 12E3 new unknown X1
3.9 0.25 00700 3.10 0.50 12E3
TEXT
diff expected seen
