#!/bin/sh
# pandoc (citeproc) makes of a title about micrometres one about "Μm": a gap of "5 µm" is printed as "5 Μm".
#
# Tried: pandoc 3.9 in pypandoc_binary 1.17, `--citeproc` with its default style (Chicago, author-date), a CSL record in English.
# Guess: titles are set in headline style, "Gap Below 5 µm", since a unit is no word.
# Seen: Chicago. “Gap Below 5 Μm.” The micro sign U+00B5 has a capital, GREEK CAPITAL LETTER MU U+039C, which looks like
# an M: the figure reads as megametres. The same with `language: en`; not with a title in `<span class="nocase">`, nor where
# `language` is another than English.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check pypandoc_binary==1.17
cat > "$work/a.md" <<'END'
---
references:
- {id: plain, type: webpage, title: gap below 5 µm, publisher: One, issued: {date-parts: [[2020]]}}
- {id: said, type: webpage, title: gap below 6 µm, publisher: Two, issued: {date-parts: [[2020]]}, language: en}
- {id: kept, type: webpage, title: 'gap below <span class="nocase">7 µm</span>', publisher: Three, issued: {date-parts: [[2020]]}}
- {id: other, type: webpage, title: gap below 8 µm, publisher: Four, issued: {date-parts: [[2020]]}, language: de}
...

@plain @said @kept @other
END
"$work/venv/bin/python" - "$work/a.md" <<'END'
import sys
import pypandoc

assert str(pypandoc.get_pandoc_version()) == "3.9", pypandoc.get_pandoc_version()
text = pypandoc.convert_file(sys.argv[1], "plain", extra_args=["--citeproc", "--wrap=none"])
print(text)
assert "Gap Below 5 \u039cm" in text and "Gap Below 6 \u039cm" in text
assert "Gap Below 7 µm" in text and "8 µm" in text and "8 \u039cm" not in text
END
