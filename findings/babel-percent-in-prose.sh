#!/bin/sh
# Babel marks prose such as "90 % of the cells" as a pattern of Python, and gettext's checker then refuses its translation.
#
# Tried: babel 2.18.0, Catalog.add, read_po and write_po; msgfmt --check-format of GNU gettext.
# Guess: the flag python-format is set by extractors, for strings of Python; text that no one formats gets none.
# Seen: any text in which a percent sign, a blank and one of the letters d i o u x X e E f F g G c r s follow one another gets
# `#, python-format` when it is added, and again whenever the file is read: "% o" is a number in octal with a blank for its
# sign. A translation in which other letters follow, as in German "90 % aller Zellen", then is a fatal error of msgfmt.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check babel==2.18.0
"$work/venv/bin/python" - "$work/de.po" <<'END'
import sys
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

catalogue = Catalog("de", fuzzy=False)
catalogue.add("90 % of the cells", "90 % aller Zellen", context="a fact")
assert catalogue.get("90 % of the cells", "a fact").flags == {"python-format"}
catalogue.get("90 % of the cells", "a fact").flags.clear()
with open(sys.argv[1], "wb") as file:
    write_po(file, catalogue)
assert "python-format" not in open(sys.argv[1]).read()
with open(sys.argv[1], "rb") as file:
    again = read_po(file)
assert again.get("90 % of the cells", "a fact").flags == {"python-format"}
with open(sys.argv[1], "wb") as file:
    write_po(file, again)
END
grep -q '^#, python-format$' "$work/de.po"
if command -v msgfmt > /dev/null; then
    if LC_ALL=C msgfmt --check-format -o "$work/de.mo" "$work/de.po" 2> "$work/said"; then exit 1; fi
    grep -q "valid Python format string" "$work/said"
    cat "$work/said"
fi
