#!/bin/sh
# Babel forgets that an obsolete entry was fuzzy, and makes a plain comment of what a fuzzy one was made of.
#
# Tried: babel 2.18.0, read_po and write_po of a file as GNU msgmerge --previous writes it.
# Guess: a catalogue that is read and written again is the same.
# Seen: `#| msgid "old"` is read as a comment of the translator and written as `# | msgid "old"`, which no editor shows as the
# text before. `#, fuzzy` above an obsolete entry is read, and left out when it is written: once the text comes back, msgmerge
# takes the translation for one that somebody has looked at.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check babel==2.18.0
cat > "$work/de.po" <<'END'
msgid ""
msgstr "Language: de\nContent-Type: text/plain; charset=utf-8\n"

#, fuzzy
#| msgid "Saw"
msgid "Saws"
msgstr "Säge"

#, fuzzy
#~ msgid "Blade"
#~ msgstr "Blatt"
END
"$work/venv/bin/python" - "$work/de.po" <<'END'
import sys
from io import BytesIO
from babel.messages.pofile import read_po, write_po

with open(sys.argv[1], "rb") as file:
    catalogue = read_po(file)
assert catalogue.get("Saws").user_comments == ['| msgid "Saw"']
assert [message.fuzzy for message in catalogue.obsolete.values()] == [True]
again = BytesIO()
write_po(again, catalogue, include_previous=True)
text = again.getvalue().decode()
print(text)
assert '# | msgid "Saw"' in text and '#| msgid "Saw"' not in text
assert text.count("#, fuzzy") == 1 and '#~ msgid "Blade"' in text
END
