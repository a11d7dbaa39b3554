#!/bin/sh
# MyST drops a line that begins with a percent sign: "about 90 / % of the cells are scrap" ends after 90, and the build is
# clean.
#
# Tried: myst-parser 5.2.0 with Sphinx 9.0.4, warnings as errors (-W), a paragraph wrapped where a blank stood before the %.
# Guess: a line break within a paragraph is a blank, as in every other Markdown.
# Seen: the rest of that line is a comment, what follows is a paragraph of its own, and +++ at the beginning of a line does the
# same. No warning. Units are written with a blank before the % by ISO 80000-1 and in German and French, and editors that wrap
# lines break there. A no-break space before the % (which typography asks for anyway) or text that is not wrapped keeps it.
# No line of our pages, and none that `macros render` writes, begins so; nothing but chance keeps it that way.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check sphinx==9.0.4 myst-parser==5.2.0 markdown==3.11.3
cd "$folder"
mkdir docs
printf 'project = "Yield"\nextensions = ["myst_parser"]\n' > docs/conf.py
printf '# Yield\n\nIn the first year about 90\n%% of the cells are scrap,\nlater 10.\n' > docs/index.md
venv/bin/sphinx-build -q -W -b html docs site
venv/bin/python - > seen <<'PYTHON'
import re
from pathlib import Path

from markdown import markdown

for html in (Path("site/index.html").read_text(), markdown(Path("docs/index.md").read_text())):
    print(*(" ".join(text.split()) for text in re.findall(r"<p>(In the.*?|later.*?)</p>", html, re.DOTALL)), sep=" | ")
PYTHON
cat seen
cat > expected <<'TEXT'
In the first year about 90 | later 10.
In the first year about 90 % of the cells are scrap, later 10.
TEXT
diff expected seen
