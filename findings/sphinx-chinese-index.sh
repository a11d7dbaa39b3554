#!/bin/sh
# Sphinx with language = "zh_CN" leaves Chinese out of its search index; told nothing of the language, it has the words in.
#
# Tried: Sphinx 9.0.4, warnings as errors (-W), one page in Chinese, with language unset, "zh_CN", and "zh_CN" with jieba
# 0.42.1.
# Guess: the language makes the search better, or the build says that something is missing for it.
# Seen: "zh_CN" without jieba, a package that Sphinx neither requires nor asks for, indexes words in Latin letters alone: no
# word of the text finds the page, only its headings do. Unset, each run of signs between marks is one term, which the search
# finds by three signs of it or more. With jieba every word is there. The build is silent in all three; the search says that
# there is no such page.
# Our search has an index of its own, which goes with the rendered tree to other engines.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check sphinx==9.0.4
cd "$folder"
mkdir docs
printf '涂布机\n======\n\n狭缝挤压式模头，宽度为1500 mm，coater。\n' > docs/index.rst
index() {
    printf 'project = "r"\n%s\n' "$2" > docs/conf.py
    venv/bin/sphinx-build -q -W -E -d "tree-$1" -b html docs "site-$1"
    printf '%s: ' "$1"
    venv/bin/python - "site-$1/searchindex.js" <<'PYTHON'
import json
import re
import sys
from pathlib import Path

index = json.loads(re.fullmatch(r"Search\.setIndex\((.*)\)", Path(sys.argv[1]).read_text())[1])
print(*sorted([*index["terms"], *index["titleterms"]]))
PYTHON
}
{
    index unset ''
    index zh_CN 'language = "zh_CN"'
    "$folder/venv/bin/pip" install --quiet --disable-pip-version-check jieba==0.42.1 setuptools==80.9.0
    index jieba 'language = "zh_CN"' 2> log
} > seen
cat seen
cat > expected <<'TEXT'
unset: coater mm 宽度为1500 涂布机 狭缝挤压式模头
zh_CN: 1500 coater mm
jieba: 1500 coater mm 宽度 布机 挤压 模头 涂布 涂布机 狭缝
TEXT
diff expected seen
