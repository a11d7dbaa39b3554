#!/bin/sh
# rispy makes two authors of a body whose name is wrapped, and two addresses of one with a semicolon.
#
# Tried: rispy 0.10.0, rispy.loads with its defaults, on a record of valid RIS as databases wrap it at 70 or 80 letters.
# Guess: a line without a tag goes on with the field before it, as it does with a title.
# Seen: so with TI, with a blank between (also between Chinese letters, where none was); but with AU, KW, N1 and UR, which
# may repeat, the rest of the line becomes an entry of its own: "Ministry of Industry and", "Information Technology".
# UR is split at ";" (delimiter_tags_mapping={} stops that), which addresses may hold.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check rispy==0.10.0
"$work/venv/bin/python" - <<'END'
from importlib.metadata import version
import rispy

assert version("rispy") == "0.10.0"
text = """TY  - RPRT
TI  - 锂电池涂布机
市场研究
AU  - Ministry of Industry and
Information Technology
UR  - https://example.org/a;version=2
ER  - 
"""
(read,) = rispy.loads(text)
print(read)
assert read["title"] == "锂电池涂布机 市场研究"
assert read["authors"] == ["Ministry of Industry and", "Information Technology"]
assert read["urls"] == ["https://example.org/a", "version=2"]
(whole,) = rispy.loads(text, delimiter_tags_mapping={})
assert whole["urls"] == ["https://example.org/a;version=2"]
assert whole["authors"] == ["Ministry of Industry and", "Information Technology"]
END
