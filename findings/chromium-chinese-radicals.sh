#!/bin/sh
# Chromium 156.0.8078.108 (--print-to-pdf): "industry" in Chinese, copied out of the PDF, is another word that looks the same.
#
# Tried: a page in Noto Sans SC (as pylopdf-fonts-zh-cn 0.1.1 brings it), read with pypdf 7.1.0, pdfminer.six 20260107 and, in
# Node, pdfjs-dist 5.6.205, the reader within Firefox.
# Guess: the text of the PDF is the text of the page, since no letter of it is rare.
# Seen: 工 (U+5DE5) comes out as ⼯ (U+2F2F), a radical that stands in dictionaries alone; likewise 用 户 金 力 大 长 车 门 and some 200
# more, among the most frequent of all. The font draws both as one glyph, and the table that leads from glyphs back to letters
# names the radical. Whoever searches such a PDF for 工业, cuts it into words or feeds it to a machine finds nothing. PDFium and
# MuPDF do not show it, so that a look in Chrome's own reader misses it.
# NFKC brings back most, but no 长 车 门 (Unicode has no such rule for them), and makes 戶 (Taiwan) of 户. Our `macros/pdf/glyphs.py`
# mends the table by what the page is written with.
# Needs Chromium on the machine. Exits with 1 once this is no longer so.
set -eu
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pylopdf-fonts-zh-cn==0.1.1 pypdf==7.1.0 pdfminer.six==20260107
cd "$folder"
npm install --silent --no-audit --no-fund pdfjs-dist@5.6.205
cp venv/lib/python3*/site-packages/pylopdf_fonts_zh_cn/NotoSansSC-Regular.otf font.otf
cat > page.html <<'HTML'
<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>t</title>
<style>@font-face{font-family:N;src:url(font.otf)}body{font-family:N}</style>
<p>工业用户长门</p></html>
HTML
"$chromium" --headless --no-sandbox --disable-gpu --no-pdf-header-footer --print-to-pdf=page.pdf "file://$folder/page.html" 2> log || cat log
cat > read.mjs <<'JS'
import { readFileSync } from "node:fs";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
const file = await getDocument({ data: new Uint8Array(readFileSync("page.pdf")), verbosity: 0 }).promise;
const text = await (await file.getPage(1)).getTextContent();
console.log(text.items.map(item => item.str).join(""));
JS
node read.mjs > seen-in-node 2> /dev/null
venv/bin/python - 2> /dev/null <<'PYTHON'
import sys
import unicodedata
from pathlib import Path

from pdfminer.high_level import extract_text
from pypdf import PdfReader

found = {
    "pypdf": PdfReader("page.pdf").pages[0].extract_text().strip(),
    "pdfminer": extract_text("page.pdf").strip(),
    "pdf.js": Path("seen-in-node").read_text().strip(),
}
for name, text in found.items():
    print(name, text, " ".join(f"{ord(letter):04X}" for letter in text))
print("NFKC:", unicodedata.normalize("NFKC", found["pypdf"]))
sys.exit(set(found.values()) != {"\u2f2f业\u2f64\u2f3e\u2ed3\u2ed4"})
PYTHON
