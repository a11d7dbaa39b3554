#!/bin/sh
# Jinja's cache of compiled templates gives an environment what another one compiled, with its extensions.
#
# Tried: jinja2 3.1.6, two environments with one FileSystemBytecodeCache and one template, one of them with an extension.
# Guess: what an extension makes of a text is part of what the cache knows a template by.
# Seen: the cache goes by the name of the template and the text in its file, as they were before any extension. With one folder
# for a site in two languages, the second prints what was compiled for the first; and an extension that was changed does
# nothing until the cache is deleted. A loader that changes the text is safe, since the cache sees what it returns.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check jinja2==3.1.6
mkdir "$work/templates" "$work/cache"
printf '{{ name }}: {{ text }}' > "$work/templates/line.jinja"
"$work/venv/bin/python" - "$work" <<'END'
import sys
from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader
from jinja2.ext import Extension


class WideColon(Extension):
    def preprocess(self, source, name, filename=None):
        return source.replace(": ", "：")


class Loader(FileSystemLoader):
    def get_source(self, environment, template):
        source, path, is_current = super().get_source(environment, template)
        return source.replace(": ", "：") + "。", path, is_current


def line(is_cached, loader=FileSystemLoader, extensions=()):
    cache = FileSystemBytecodeCache(f"{sys.argv[1]}/cache") if is_cached else None
    made = Environment(loader=loader(f"{sys.argv[1]}/templates"), bytecode_cache=cache, extensions=extensions)
    return made.get_template("line.jinja").render(name="A", text="B")


assert line(False, extensions=[WideColon]) == "A：B"
for about, settings, expected in (
    ("plain", {}, "A: B"),
    ("with the extension", {"extensions": [WideColon]}, "A: B"),
    ("with a loader that changes the text", {"loader": Loader}, "A：B。"),
):
    print(about, line(True, **settings), sep="\t")
    assert line(True, **settings) == expected
END
