#!/bin/sh
# pandoc leaves month, day and date of access in a RIS file behind, and makes an item of no known type of each web page.
#
# Tried: pandoc 3.9 in pypandoc_binary 1.17, `-f ris -t csljson`, a web page and a standard as citation managers write them.
# Guess: issued 2025-04-24 and accessed 2026-11-22, since DA and Y2 hold them; types webpage and standard, which CSL 1.0.2 has.
# Seen: issued 2025 alone, nothing of the access; the types are misc, which CSL does not know, and report. A record with DA but
# no PY has no date at all. The same two items as CSL-JSON keep everything, so give pandoc that file instead.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check pypandoc_binary==1.17
"$work/venv/bin/python" - <<'END'
import json
import pypandoc

assert str(pypandoc.get_pandoc_version()) == "3.9", pypandoc.get_pandoc_version()
text = """TY  - ELEC
ID  - page
TI  - Testing at the plant
PY  - 2025
DA  - 2025/04/24/
Y2  - 2026/11/22/
UR  - https://example.org/testing
ER  - 

TY  - STAND
ID  - norm
TI  - Safety of winding machines
PY  - 2024
ER  - 

TY  - ELEC
ID  - without-year
TI  - Testing again
DA  - 2025/05/02/
ER  - 
"""
read = {item["id"] or "without an id": item for item in json.loads(pypandoc.convert_text(text, "csljson", "ris"))}
print(json.dumps(read, indent=1))
page, norm, dateless = read.values()
assert page["issued"] == {"date-parts": [[2025]]} and "accessed" not in page
assert (page["type"], norm["type"]) == ("misc", "report")
assert "issued" not in dateless or dateless["issued"] == {"date-parts": []}
whole = [{"id": "page", "type": "webpage", "title": "T", "issued": {"date-parts": [[2025, 4, 24]]}, "accessed": {"date-parts": [[2026, 11, 22]]}}]
(kept,) = json.loads(pypandoc.convert_text(json.dumps(whole), "csljson", "csljson"))
assert {name: kept[name] for name in ("type", "issued", "accessed")} == {name: whole[0][name] for name in ("type", "issued", "accessed")}
END
