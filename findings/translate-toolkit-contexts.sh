#!/bin/sh
# po2xliff leaves the contexts of a gettext catalogue behind: what comes back from the translator has lost entries.
#
# Tried: translate-toolkit 3.20.4, po2xliff and xliff2po with their defaults, a catalogue with one word in two contexts.
# Guess: msgctxt travels in a context-group, as comments do, and the catalogue comes back as it was.
# Seen: the XLIFF says nothing of contexts. Back as a catalogue, of two entries "Speed" (of the coater, of the winder) with two
# translations there is one, its msgctxt empty and the other translation gone; every entry that had a context and whose words
# stand once has none any more, so that gettext finds none of them. What was obsolete ("#~") is back in use. Exit code 0.
# Translate such a catalogue in an editor of gettext catalogues, not by way of XLIFF or CSV (po2csv does the same).
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check translate-toolkit==3.20.4 polib==1.2.0
cd "$work"
cat > de.po <<'PO'
msgid ""
msgstr ""
"Language: de\n"
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

msgctxt "coater.speed"
msgid "Speed"
msgstr "Bahngeschwindigkeit"

msgctxt "winder.speed"
msgid "Speed"
msgstr "Wickelgeschwindigkeit"

msgctxt "winder.name"
msgid "Winder"
msgstr "Wickler"

#~ msgid "Gone"
#~ msgstr "Fort"
PO
venv/bin/po2xliff --progress=none de.po de.xlf
venv/bin/xliff2po --progress=none de.xlf back.po
cat back.po
venv/bin/python - <<'END'
from importlib.metadata import version

import polib

assert version("translate-toolkit") == "3.20.4"
read = lambda path: [(one.msgctxt, one.msgid, one.msgstr, bool(one.obsolete)) for one in polib.pofile(path)]
assert read("de.po") == [
    ("coater.speed", "Speed", "Bahngeschwindigkeit", False),
    ("winder.speed", "Speed", "Wickelgeschwindigkeit", False),
    ("winder.name", "Winder", "Wickler", False),
    (None, "Gone", "Fort", True),
]
assert read("back.po") == [("", "Speed", "Bahngeschwindigkeit", False), (None, "Winder", "Wickler", False), (None, "Gone", "Fort", False)]
assert "coater.speed" not in open("de.xlf", encoding="utf-8").read()
END
