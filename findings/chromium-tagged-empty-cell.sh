#!/bin/sh
# Chromium 156.0.8078.108 (--print-to-pdf, tagged): a table cell that paints nothing has no tag, and a span loses its language.
#
# A table with a blank where there is no figure, printed as a tagged PDF: its row has two cells where the head has three. What
# stands behind the blank moves one column to the left for everybody who reads the tags: the year is heard as a share, and
# tables taken out of the PDF are wrong without a sign of it. Words for screen readers alone, clipped to nothing, do not help,
# as they are left out, too; a border around the cell, or a no-break space in it, brings the tag back.
#
# In the same file `<em lang="ja">` keeps its language and `<span lang="zh">`, the element made for it, does not: neither its
# tag nor its text in the page says so, and the name is read with the voice of the document's language.
#
# Guessed: an empty TD, and /Lang for both. Needs Chromium on the machine.
# Exits with 1 once this is no longer so.
set -eu
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pikepdf==10.17.0
cd "$folder"
cat > page.html <<'HTML'
<!doctype html><html lang="en"><meta charset="utf-8"><title>Sales</title>
<p><span lang="zh">线锯机</span> and <em lang="ja">日本</em></p>
<table>
<tr><th>Maker</th><th>Share</th><th>Year</th></tr>
<tr><td>First</td><td>30 %</td><td>2025</td></tr>
<tr><td>Second</td><td></td><td>2025</td></tr>
<tr><td>Third</td><td>&nbsp;</td><td>2025</td></tr>
<tr><td>Fourth</td><td style="border: 1px solid"></td><td>2025</td></tr>
<tr><td>Fifth</td><td><span style="position: absolute; clip-path: inset(50%)">none</span></td><td>2025</td></tr>
</table>
HTML
"$chromium" --headless --no-sandbox --disable-gpu --disable-background-networking --no-first-run --user-data-dir="$folder/profile" \
    --print-to-pdf="$folder/page.pdf" "file://$folder/page.html" > /dev/null 2>&1
"$chromium" --version 2> /dev/null
venv/bin/python - <<'PYTHON'
import sys

import pikepdf


def tags(node):
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from tags(child)
    elif isinstance(node, pikepdf.Dictionary):
        yield node
        yield from tags(node.get("/K"))


with pikepdf.open("page.pdf") as file:
    found = list(tags(file.Root.StructTreeRoot.K))
    cells = [sum(tag.get("/S") in ("/TH", "/TD") for tag in tags(row)) for row in found if row.get("/S") == "/TR"]
    languages = [str(tag["/Lang"]) for tag in found if "/Lang" in tag]
    inside = any("/Lang" in str(part.operands) for page in file.pages for part in pikepdf.parse_content_stream(page))
print("cells of each row:", cells)
print("languages of tags:", languages, "of texts in the page:", inside)
sys.exit((cells, languages, inside) != ([3, 3, 2, 3, 3, 2], ["en", "ja"], False))
PYTHON
