#!/bin/sh
# zensical 0.0.73: an empty site_url counts as an address, so pages name a canonical address that is none.
#
# MkDocs takes `site_url: ""` for "not known" and writes no canonical link; projects that get the address from the
# environment (`!ENV [SITE_URL, ""]`) rely on it. Zensical reads the same mkdocs.yml, is strict about it, finds no issue, and
# writes <link rel="canonical" href="/page.html">: for a search engine that is another page wherever the site lies below a path.
#
# Expected: no canonical link, as with MkDocs. Exits with 1 once the two agree.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check zensical==0.0.73 mkdocs==1.6.1 mkdocs-material==9.8.1
mkdir "$folder/docs"
printf '# Start\n' > "$folder/docs/index.md"
printf '# Machines\n' > "$folder/docs/machines.md"
printf 'site_name: Report\nsite_url: ""\nuse_directory_urls: false\ntheme: {name: material, variant: classic, font: false}\n' > "$folder/mkdocs.yml"
cd "$folder"
NO_MKDOCS_2_WARNING=1 venv/bin/mkdocs build --quiet --site-dir by-mkdocs
venv/bin/zensical build --clean --strict > said.txt 2>&1
by_mkdocs=$(grep -c 'rel="\?canonical' by-mkdocs/machines.html || true)
by_zensical=$(grep -o '<link[^>]*canonical[^>]*>' site/machines.html || true)
echo "MkDocs: $by_mkdocs canonical links. Zensical: $by_zensical"
[ "$by_mkdocs" = 0 ]
case "$by_zensical" in *'href="/machines.html"'* | *'href=/machines.html'*) ;; *) exit 1 ;; esac
