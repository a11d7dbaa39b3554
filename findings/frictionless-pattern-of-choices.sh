#!/bin/sh
# frictionless 5.21.0.
#
# A field of a data package may have constraints.pattern, a regular expression as XML Schema defines them
# (https://specs.frictionlessdata.io/table-schema/#constraints); those match whole values without ^ and $.
# frictionless puts ^ before and $ behind the pattern as text, without a bracket around it.
#
# One would guess: the pattern [A-D]|unrated takes A and unrated, and refuses AAA+, D-rated and xunrated.
# It does: of a pattern with choices the first is held at its beginning only, and the last at its end only: AAA+ is
# valid, also for `frictionless validate`. Write ([A-D]|unrated), which readers that match whole values take as well.
#
# Seen:
#   [A-D]|unrated: A unrated AAA+ D-rated
#   ([A-D]|unrated): A unrated
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check frictionless==5.21.0
cd "$folder"
"$folder/venv/bin/python" - > seen <<'PYTHON'
from frictionless import Resource, Schema

for pattern in ("[A-D]|unrated", "([A-D]|unrated)"):
    field = {"name": "grade", "type": "string", "constraints": {"pattern": pattern}}
    schema = Schema.from_descriptor({"fields": [field]})
    values = ("A", "unrated", "AAA+", "D-rated", "xunrated")
    valid = [v for v in values if Resource(data=[["grade"], [v]], schema=schema).validate().valid]
    print(f"{pattern}: {' '.join(valid)}")
PYTHON
cat seen
cat > expected <<'TEXT'
[A-D]|unrated: A unrated AAA+ D-rated
([A-D]|unrated): A unrated
TEXT
diff expected seen
