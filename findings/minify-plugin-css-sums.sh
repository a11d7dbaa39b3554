#!/bin/sh
# mkdocs-minify-plugin 0.8.0: clamp(1rem, 1rem + 2vw, 2rem) in a style sheet is written so that browsers drop it, sizes and
# colours alike.
#
# Tried: the plugin with mkdocs 1.6.1 and csscompressor 0.9.5, which it brings: minify_css with one file, asked of Chromium's
# CSS.supports.
# Guess: a minifier takes blanks away that mean nothing, so that what was valid stays valid.
# Seen: only in calc() are the blanks around + kept; within min(), max() and clamp(), where CSS requires them as much, 1rem +
# 2vw becomes 1rem+2vw, which is no value. The unit of a nought goes as well: max(0px, 1rem) becomes max(0,1rem), a number
# beside a length, and color-mix(in srgb, red 0%, blue) one with a bare 0. Browsers drop each such declaration without a word,
# and the page has the theme's own sizes. The build says nothing. Put the sum into calc() within clamp(), and write 0rem, which
# is not touched.
# Our report.css met it, with 0% of a colour in the palest cells of tables; it has 100% of the other one now, and a test runs the
# plugin over it (site_tests/publish/test_events.py).
# Needs Chromium on the machine.
set -eu
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check mkdocs==1.6.1 mkdocs-minify-plugin==0.8.0 csscompressor==0.9.5
cd "$folder"
mkdir docs
echo '# Start' > docs/index.md
cat > docs/own.css <<'CSS'
h1 { font-size: clamp(1rem, 1rem + 2vw, 2rem) }
h2 { padding: max(0px, 1rem) }
h3 { color: color-mix(in srgb, red 0%, blue) }
h4 { font-size: clamp(1rem, calc(1rem + 2vw), 2rem) }
h5 { padding: max(0rem, 1rem) }
CSS
printf 'site_name: Sizes\nextra_css: [own.css]\nplugins: [{minify: {minify_css: true, css_files: [own.css]}}]\n' > mkdocs.yml
venv/bin/mkdocs build --quiet 2> log || { cat log; exit 1; }
venv/bin/python - <<'PYTHON'
import json
import re
from pathlib import Path

rules = [re.findall(r"{\s*([\w-]+)\s*:\s*([^{}]*?)\s*}", Path(path).read_text()) for path in ("docs/own.css", "site/own.min.css")]
script = f"document.body.textContent = {json.dumps(rules)}.map(all => all.map(each => CSS.supports(...each)).join(' ')).join(', ')"
Path("ask.html").write_text(f"<!doctype html><body><script>{script}</script>")
print(Path("site/own.min.css").read_text())
PYTHON
"$chromium" --headless --no-sandbox --disable-gpu --dump-dom "file://$folder/ask.html" 2> log > page || cat log
said=$(sed 's/<[^>]*>//g' page | tr -d '\n')
echo "valid before, after: $said"
[ "$said" = "true true true true true, false false false true true" ]
