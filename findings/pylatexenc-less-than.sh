#!/bin/sh
# pylatexenc drops \textless and \textgreater without a word: "<5 µm" becomes "5 µm", and a limit a figure.
#
# Tried: pylatexenc 2.11, LatexNodes2Text().latex_to_text, on what Zotero and Better BibTeX write for < > and |.
# Guess: "<5 µm": \textmu, \textdegree, \textendash and \textregistered beside them are all read.
# Seen: "5 µm". A macro that latex2text does not know becomes nothing, in tolerant and in strict parsing alike; no warning.
# Its remedy: add_context_category for these three, set_unknown_macro_spec to hear of the others.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check pylatexenc==2.11
"$work/venv/bin/python" - <<'END'
from importlib.metadata import version
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

assert version("pylatexenc") == "2.11"
title = r"gaps {\textless}5 {\textmu}m, {\textgreater}20\,{\textdegree}C, a{\textbar}b"
for strict in (False, True):
    text = LatexNodes2Text().latex_to_text(title, tolerant_parsing=not strict)
    print(text)
    assert text == "gaps 5 µm, 20\u2009°C, ab" or text == "gaps 5 µm, 20 °C, ab", ascii(text)
signs = get_default_latex_context_db()
pairs = (("textless", "<"), ("textgreater", ">"), ("textbar", "|"))
signs.add_context_category("signs", prepend=True, macros=[MacroTextSpec(name, sign) for name, sign in pairs])
mended = LatexNodes2Text(latex_context=signs).latex_to_text(title)
print(mended)
assert mended.startswith("gaps <5 µm, >20") and mended.endswith("a|b")
END
