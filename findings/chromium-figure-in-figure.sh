#!/bin/sh
# Chromium 156.0.8078.108 (--print-to-pdf, tagged): a captioned picture is two figures, the outer one without a text, and a
# list of definitions is no list.
#
# `<figure><img alt="..."><figcaption>` becomes a Figure with a Caption around a Figure with the /Alt. The outer one has none, so
# every chart with a caption fails the check of PDF/UA (ISO 14289-1, 7.3) that asks each Figure for a text, although each
# picture in the page has one. An aria-label on the <figure> gives it one; role="group" makes it a group, and keeps the caption.
# `<dl><dt><dd>` becomes nested NonStruct, where `<ul>` becomes L and LI: a glossary is read as loose lines.
#
# Guessed: one Figure with the /Alt of its picture and the Caption; L, LI, Lbl and LBody. Needs Chromium on the machine.
# Exits with 1 once this is no longer so.
set -eu
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pikepdf==10.17.0
cd "$folder"
cat > chart.svg <<'SVG'
<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="30" height="20"/></svg>
SVG
cat > page.html <<'HTML'
<!doctype html><html lang="en"><meta charset="utf-8"><title>Sales</title>
<figure><img src="chart.svg" alt="Sales doubled."><figcaption>Sales, 2020 to 2025</figcaption></figure>
<figure role="group"><img src="chart.svg" alt="Prices fell."><figcaption>Prices, 2020 to 2025</figcaption></figure>
<figure aria-label="Exports"><img src="chart.svg" alt="Exports rose."><figcaption>Exports, 2020 to 2025</figcaption></figure>
<dl><dt>Calender</dt><dd>A pair of rolls that presses the electrode.</dd></dl>
<ul><li>Winder</li></ul>
HTML
"$chromium" --headless --no-sandbox --disable-gpu --no-pdf-header-footer --print-to-pdf=page.pdf "file://$folder/page.html" 2> log || cat log
venv/bin/python - <<'PYTHON'
import sys

import pikepdf


def tags(node, depth=0):
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from tags(child, depth)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield depth, str(node.S), str(node.get("/Alt", ""))
        yield from tags(node.get("/K"), depth + 1)


with pikepdf.open("page.pdf") as file:
    found = list(tags(file.Root.StructTreeRoot.K))
for depth, kind, text in found:
    print("  " * depth + kind, text)
figures = [text for _, kind, text in found if kind == "/Figure"]
lists = sum(kind == "/L" for _, kind, _ in found)
sys.exit((figures, lists) != (["", "Sales doubled.", "Prices fell.", "Exports", "Exports rose."], 1))
PYTHON
