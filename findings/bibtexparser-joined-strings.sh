#!/bin/sh
# bibtexparser 2 gives a joined string as its source text, and says nothing: the title is `w # " machines"`.
#
# Tried: bibtexparser 2.1.0, parse_string, with its default middlewares and with MonthIntMiddleware.
# Guess: @string macros are resolved (they are, where one stands alone), so joins of them are too, or the block fails.
# Seen: the value is the text of the file, `w # " machines"`; failed_blocks is empty and no warning is given. MonthIntMiddleware
# leaves `"9~" # dec` as it stands. A macro that is defined nowhere comes out as its name.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check bibtexparser==2.1.0
"$work/venv/bin/python" - <<'END'
from importlib.metadata import version
import bibtexparser
from bibtexparser.middlewares import MonthIntMiddleware

assert version("bibtexparser") == "2.1.0"
text = """@string{w = "Winding"}
@article{a, title = w # " machines", journal = w, month = "9~" # dec, note = nowhere}
"""
library = bibtexparser.parse_string(text, append_middleware=[MonthIntMiddleware()])
read = {field.key: field.value for field in library.entries[0].fields}
print(read, library.failed_blocks)
assert read == {"title": 'w # " machines"', "journal": "Winding", "month": '"9~" # dec', "note": "nowhere"}
assert library.failed_blocks == []
END
