#!/bin/sh
# Babel breaks the lines of what a fuzzy entry said before within its strings, and gettext then refuses the catalogue.
#
# Tried: babel 2.18.0, write_po with include_previous=True, of a paragraph of two lines; GNU gettext's
# msgfmt where it is installed.
# Guess: what is written can be read again by the programs that translators use.
# Seen: the strings are wrapped first, and then once more as a comment is, so that a line of `#| ` ends within a string and
# the next begins within it. msgfmt: "end-of-line within string", and nothing of the catalogue is compiled.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check babel==2.18.0
"$work/venv/bin/python" - "$work/de.po" <<'END'
import re
import sys

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

catalogue = Catalog("de", charset="utf-8")
before = "A press that closes within one second, and that holds its force for as long as the cell lies below it,\nwhatever its thickness."
catalogue.add("A press.", "Eine Presse.", flags={"fuzzy"}, previous_id=(before,))
with open(sys.argv[1], "wb") as file:
    write_po(file, catalogue, include_previous=True)
lines = [line for line in open(sys.argv[1], encoding="utf-8") if line.startswith("#|")]
print("".join(lines))
broken = [line for line in lines if not re.fullmatch(r'#\| (msgid )?("([^"\\]|\\.)*" ?)+\n', line)]
assert len(broken) == 2, "each line holds whole strings: it is mended"
END
if command -v msgfmt > /dev/null; then
    if msgfmt -o "$work/de.mo" "$work/de.po" 2> "$work/said"; then
        echo "msgfmt reads it" >&2
        exit 1
    fi
    grep -q "end-of-line within string" "$work/said"
    sed "s#^$work/##" "$work/said"
fi
