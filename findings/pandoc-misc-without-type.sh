#!/bin/sh
# pandoc gives what BibTeX calls @misc an empty type, which no schema of CSL-JSON allows, and makes a law of a @standard.
#
# Tried: pandoc 3.9 in pypandoc_binary 1.17, `-t csljson` from bibtex and biblatex: a web page, for which BibTeX has only @misc,
# and a standard, for which biblatex has @standard.
# Guess: "document" or, where there is an address, "webpage" for the first and "standard" for the second: CSL 1.0.2 has them all.
# Seen: "type": "" for the web page (@online alone is a webpage), an error for whoever checks the file by CSL's schema; the
# standard is "legislation", which styles cite as they cite laws.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check pypandoc_binary==1.17
"$work/venv/bin/python" - <<'END'
import json
import pypandoc

assert str(pypandoc.get_pandoc_version()) == "3.9", pypandoc.get_pandoc_version()
text = """@misc{page, author={{Maker}}, title={{Winding}}, year={2024}, url={https://example.org/}, urldate={2026-11-22}}
@standard{norm, author={{Committee}}, title={{Safety}}, year={2024}, number={7}}
@online{online, author={{Maker}}, title={{Winding}}, year={2024}, url={https://example.org/}}
"""
for form in ("bibtex", "biblatex"):
    types = {item["id"]: item["type"] for item in json.loads(pypandoc.convert_text(text, "csljson", form))}
    print(form, types)
    assert types == {"page": "", "norm": "legislation", "online": "webpage"}
END
