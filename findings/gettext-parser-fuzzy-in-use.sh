#!/bin/sh
# gettext-parser puts fuzzy translations into the MO file, and takes the untranslated entries out of the catalogue it was given.
#
# Tried: gettext-parser 10.0.0 (npm, beneath most tools for gettext in Node), po.parse, mo.compile and po.compile; msgfmt of GNU
# gettext, where it is installed, and babel 2.18.0 for comparison.
# Guess: what is marked as doubtful is left out, so that readers see the source, as msgfmt and babel do; and to compile only
# reads.
# Seen: the fuzzy entry is in the MO, and with it what somebody translated before the figure in the text changed. After
# mo.compile the parsed catalogue has lost every entry without a translation: written as PO again, those are gone from the file
# that translators get. Leave out entries with `fuzzy` in comments.flag before compiling, and compile a copy (structuredClone).
# Our catalogues are read by babel, which knows the mark; a fuzzy text is shown in the language of the source.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check babel==2.18.0
cd "$folder"
npm install --silent --no-audit --no-fund gettext-parser@10.0.0
cat > words.po <<'PO'
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\n"

msgid "Gap"
msgstr "间隙"

#, fuzzy
#| msgid "80 m/min"
msgid "120 m/min"
msgstr "每分钟80米"

msgid "Width"
msgstr ""
PO
cat > compile.mjs <<'JS'
import { readFileSync, writeFileSync } from "node:fs";
import { mo, po } from "gettext-parser";
const catalogue = po.parse(readFileSync("words.po"));
writeFileSync("node.mo", mo.compile(catalogue));
writeFileSync("after.po", po.compile(catalogue));
JS
node compile.mjs
venv/bin/python - > seen <<'PYTHON'
import shutil
import subprocess
from gettext import GNUTranslations

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

with open("words.po", "rb") as source, open("babel.mo", "wb") as target:
    write_mo(target, read_po(source))
made = ["node.mo", "babel.mo"]
if shutil.which("msgfmt"):
    subprocess.run(["msgfmt", "words.po", "-o", "gnu.mo"], check=True)
    made.append("gnu.mo")
for name in made:
    with open(name, "rb") as file:
        print(GNUTranslations(file).gettext("120 m/min"))
for name in ("words.po", "after.po"):
    with open(name, "rb") as file:
        print(*sorted(message.id for message in read_po(file) if message.id))
PYTHON
cat seen
uniq seen > seen-once
cat > expected <<'TEXT'
每分钟80米
120 m/min
120 m/min Gap Width
120 m/min Gap
TEXT
diff expected seen-once
