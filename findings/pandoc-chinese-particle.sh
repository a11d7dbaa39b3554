#!/bin/sh
# pandoc takes the family name of "张 三" for a particle, as in "van Dam", and drops it where it sorts and cites.
#
# Tried: pandoc 3.9 in pypandoc_binary 1.17, `-f biblatex -t csljson`, an author in BibTeX without a comma.
# Guess: as with "Zhang San", the last word is the family name: {"family": "三", "given": "张"}; wrong, but nothing is lost.
# Seen: {"dropping-particle": "张", "family": "三"}. A word that does not begin with a capital is a particle to BibTeX, and
# letters of scripts without capitals count as small ones; a citation says "三 (2020)". The same with Korean "김 철수".
# Whole with a comma ("张, 三") and as one word ("张三").
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check pypandoc_binary==1.17
"$work/venv/bin/python" - <<'END'
import json
import pypandoc

assert str(pypandoc.get_pandoc_version()) == "3.9", pypandoc.get_pandoc_version()
names = {"blank": "张 三", "korean": "김 철수", "latin": "Zhang San", "comma": "张, 三", "joined": "张三"}
text = "".join(f"@article{{{key}, title={{T}}, author={{{name}}}, year=2020, journal={{J}}}}\n" for key, name in names.items())
read = {item["id"]: item["author"] for item in json.loads(pypandoc.convert_text(text, "csljson", "biblatex"))}
print(json.dumps(read, ensure_ascii=False, indent=1))
assert read["blank"] == [{"dropping-particle": "张", "family": "三"}]
assert read["korean"] == [{"dropping-particle": "김", "family": "철수"}]
assert read["latin"] == [{"family": "San", "given": "Zhang"}]
assert read["comma"] == [{"family": "张", "given": "三"}]
assert read["joined"] == [{"family": "张三"}]
cited = pypandoc.convert_text(f"---\nreferences: {json.dumps([{'id': 'a', 'type': 'book', 'title': 'T', 'author': read['blank'], 'issued': {'date-parts': [[2020]]}}])}\n...\n\n@a\n", "plain", "markdown", extra_args=["--citeproc"])
print(cited)
assert cited.startswith("三 (2020)")
END
