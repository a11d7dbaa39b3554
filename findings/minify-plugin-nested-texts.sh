#!/bin/sh
# mkdocs-minify-plugin 0.8.0 takes the blank out of "80 m/min" in a script, where a template literal stands within another.
#
# Tried: the plugin with mkdocs 1.6.1 and jsmin 3.0.1, which it brings: minify_js with one file, run in Node before and after.
# Guess: texts are kept to the letter; the plugin tells jsmin of backticks as quotation marks for just that.
# Seen: a backtick within ${...} ends the text for it: what follows up to the next one is taken for code, and loses its blanks,
# so that a unit grows onto its figure and an attribute onto the name of its element, <spanlang="zh">, which no rule of style
# and no screen reader knows. The script still runs, and the build says nothing. Put the inner text into a variable first, or its
# blank outside.
# Our scripts that a page's settings name hold no such text; the search does, but the plugin cannot be given that one.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check mkdocs==1.6.1 mkdocs-minify-plugin==0.8.0 jsmin==3.0.1
cd "$folder"
mkdir docs
echo '# Start' > docs/index.md
cat > docs/own.js <<'JS'
const speed = (value, unit) => `<b>${value}${unit ? ` ${unit}` : ""}</b>`;
const name = (text, language) => `<span${language ? ` lang="${language}"` : ""}>${text}</span>`;
const plain = (value, unit) => `<b>${value}${unit && " " + unit}</b>`;
console.log(speed(80, "m/min"), name("涂布机", "zh"), plain(80, "m/min"));
JS
printf 'site_name: Speeds\nextra_javascript: [own.js]\nplugins: [{minify: {minify_js: true, js_files: [own.js]}}]\n' > mkdocs.yml
venv/bin/mkdocs build --quiet 2> log || { cat log; exit 1; }
{ node docs/own.js; node site/own.min.js; } > seen
cat seen
cat > expected <<'TEXT'
<b>80 m/min</b> <span lang="zh">涂布机</span> <b>80 m/min</b>
<b>80m/min</b> <spanlang="zh">涂布机</span> <b>80 m/min</b>
TEXT
diff expected seen
