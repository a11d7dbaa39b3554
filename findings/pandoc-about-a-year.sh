#!/bin/sh
# pandoc writes "about 2019" into BibTeX in a way that neither it nor biblatex can read: the year is gone.
#
# Tried: pandoc 3.9 in pypandoc_binary 1.17, CSL-JSON to BibLaTeX and back, a date with `"circa": true`.
# Guess: date = {2019~}, as biblatex and the standard behind it (ISO 8601-2) write an approximate date.
# Seen: date = {2019\textasciitilde{}}, the sign escaped as if it were prose; read again, the item has no date, and a citation
# says "n.d.". Given {2019~}, pandoc reads 2019. As `-t bibtex` it is year = {2019}, certain now.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check pypandoc_binary==1.17
"$work/venv/bin/python" - <<'END'
import json
import pypandoc

assert str(pypandoc.get_pandoc_version()) == "3.9", pypandoc.get_pandoc_version()
item = [{"id": "a", "type": "report", "title": "Drying", "publisher": "Maker", "issued": {"date-parts": [[2019]], "circa": True}}]
written = pypandoc.convert_text(json.dumps(item), "biblatex", "csljson")
print(written)
assert r"date = {2019\textasciitilde{}}" in written
(again,) = json.loads(pypandoc.convert_text(written, "csljson", "biblatex"))
assert "issued" not in again, again
(right,) = json.loads(pypandoc.convert_text(written.replace(r"\textasciitilde{}", "~"), "csljson", "biblatex"))
print(right["issued"])
assert right["issued"]["date-parts"] == [[2019]]
assert "year = {2019}" in pypandoc.convert_text(json.dumps(item), "bibtex", "csljson")
END
