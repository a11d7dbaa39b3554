#!/bin/sh
# Strong words in Chinese, **涂布机（coater）**的, are left with their asterisks by readers of CommonMark; MkDocs shows them strong.
#
# Tried: commonmark 0.31.2 (the reference), markdown-it 15.0.3 and micromark 4.0.3 (npm), beside Python-Markdown 3.11.3.
# Guess: asterisks need no blanks around them, as in un**believ**able, so that a page goes from one engine to another as it is.
# Seen: the second pair closes nothing if a bracket, a quotation mark, a full stop, a % or the tag of a link stands before it
# and a letter behind it, and the first opens nothing the other way about. English has a blank or a comma there; Chinese and
# Japanese have none, and put brackets and marks of their own inside. All of Hugo, Sphinx with MyST, Eleventy, Astro and the
# previews of GitHub and VS Code read by these rules, and none says a word: asterisks stand on the page. The mark moved behind
# the bracket, or <strong>, helps.
# Our `macros render` met it where a term within strong words is a link, and writes those as <strong> now
# (macros/export/plain.py).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check markdown==3.11.3
cd "$folder"
npm install --silent --no-audit --no-fund commonmark@0.31.2 markdown-it@15.0.3 micromark@4.0.3
cat > lines.txt <<'TEXT'
这是**涂布机（coater）**的结构
误差为**±2%**的机器
**[间隙](gap.html)**最小
**涂布机**（coater）的结构
这是**涂布机**的结构
the **coater (slot die)** of
TEXT
cat > read.mjs <<'JS'
import { readFileSync } from "node:fs";
import { HtmlRenderer, Parser } from "commonmark";
import MarkdownIt from "markdown-it";
import { micromark } from "micromark";
const readers = [text => new HtmlRenderer().render(new Parser().parse(text)), text => MarkdownIt().render(text), micromark];
const lines = readFileSync("lines.txt", "utf8").trim().split("\n");
for (const read of readers) console.log(lines.map(line => (read(line).includes("<strong>") ? "strong" : "**")).join(" "));
JS
node read.mjs > seen
venv/bin/python - >> seen <<'PYTHON'
from pathlib import Path

from markdown import markdown

print(*("strong" if "<strong>" in markdown(line) else "**" for line in Path("lines.txt").read_text().splitlines()))
PYTHON
cat seen
cat > expected <<'TEXT'
** ** ** strong strong strong
** ** ** strong strong strong
** ** ** strong strong strong
strong strong strong strong strong strong
TEXT
diff expected seen
