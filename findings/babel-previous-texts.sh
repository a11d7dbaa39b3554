#!/bin/sh
# Babel takes the text before ("#|" in a catalogue) for a translator's comment, and breaks it in writing.
#
# Tried: babel 2.18.0, read_po and write_po(include_previous=True) of a fuzzy entry as msgmerge --previous, Poedit and Weblate
# leave it: the text that the translation was made of stands before the changed one.
# Guess: it is in message.previous_id, which write_po writes as "#|", and comes back as it was.
# Seen: previous_id is empty; the lines are comments that begin with "|", are written as "# |", and those longer than 76 signs
# are broken within their quotes. From then on no tool shows what changed, and one more writing breaks the lines again.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check babel==2.18.0 polib==1.2.0
"$work/venv/bin/python" - <<'END'
from importlib.metadata import version
from io import BytesIO

import polib
from babel.messages.pofile import read_po, write_po

assert version("babel") == "2.18.0"
text = '''msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

#, fuzzy
#| msgid ""
#| "The die head sets the areal density of the wet film over the whole width of "
#| "the web."
msgid "The slot-die head sets the areal density of the wet film."
msgstr "Der Düsenkopf bestimmt das Flächengewicht des nassen Films."
'''
catalogue = read_po(BytesIO(text.encode()))
(message,) = (one for one in catalogue if one.id)
print(message.previous_id, message.user_comments)
assert list(message.previous_id) == [] and message.user_comments[0] == '| msgid ""'
written = BytesIO()
write_po(written, catalogue, include_previous=True)
print(written.getvalue().decode())
assert "#|" not in written.getvalue().decode() and '# | msgid ""' in written.getvalue().decode()
assert "\n# of " in written.getvalue().decode()
(whole,) = polib.pofile(text)
assert whole.previous_msgid.startswith("The die head") and whole.previous_msgid.endswith("the web.")
END
