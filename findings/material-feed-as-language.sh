#!/bin/sh
# mkdocs-material 9.8.1: every <link rel="alternate"> of a page is taken for the page in another language.
#
# A site announces its feed, or its data as JSON, by <link rel="alternate" type="...">. Material's script asks for a map of the
# site beside each of them (sitemap.xml, relative to the link) at every page view, to lead from one language to the same page in
# another: an Atom feed at /news/feed.xml makes every reader ask for /news/sitemap.xml, which is not there. From a file the
# browser refuses the request and writes an error to the console.
#
# Expected: links with a type that is none of a page, or without hreflang, are left alone. Needs Chromium on the machine.
# Exits with 1 once the request is no longer made.
set -eu
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome)
folder=$(mktemp -d)
trap 'kill "$server" 2> /dev/null || true; rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check mkdocs==1.6.1 mkdocs-material==9.8.1
cd "$folder"
mkdir docs theme
printf '# Start\n' > docs/index.md
printf '{%% extends "base.html" %%}\n{%% block extrahead %%}<link rel="alternate" type="application/atom+xml" href="news/feed.xml">{%% endblock %%}\n' > theme/main.html
printf 'site_name: Report\ntheme: {name: material, custom_dir: theme, font: false}\nplugins: []\n' > mkdocs.yml
NO_MKDOCS_2_WARNING=1 venv/bin/mkdocs build --quiet
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
python3 -m http.server --bind 127.0.0.1 --directory site "$port" > log.txt 2>&1 &
server=$!
sleep 1
"$chromium" --headless --no-sandbox --disable-gpu --disable-background-networking --no-first-run --user-data-dir="$folder/profile" \
    --virtual-time-budget=4000 --dump-dom "http://127.0.0.1:$port/" > /dev/null 2>&1
grep 'sitemap.xml' log.txt
grep -q 'GET /news/sitemap.xml' log.txt
