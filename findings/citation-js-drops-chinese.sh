#!/bin/sh
# Citation.js writes BibTeX without a letter of Chinese: title, publisher and authors are there, and empty.
#
# Tried: @citation-js/core and @citation-js/plugin-bibtex 0.8.2 (npm), CSL-JSON to `bibtex` and `biblatex` with their defaults.
# Guess: everything as it is, for files of BibTeX are UTF-8 today and biblatex asks for it; at worst an error.
# Seen: title = {}, publisher = {}, author = {,  and , }: what has a command in LaTeX is spelled out (ü, µ), every other letter
# is left out, and nothing is said. Korean, Japanese and Cyrillic go the same way. RIS and a bibliography in text, made of the
# same data, have it all. `plugins.config.get("@bibtex").format.asciiOnly = false` keeps it: a switch that one has to know of
# beforehand.
# Our bibliography is offered as sources.bib, with every letter, beside the CSL-JSON, so that nobody has to convert it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @citation-js/core@0.8.2 @citation-js/plugin-bibtex@0.8.2
cat > convert.js <<'JS'
const { Cite, plugins } = require("@citation-js/core");
require("@citation-js/plugin-bibtex");
const authors = [{ family: "张", given: "三" }, { family: "李", given: "四" }];
const source = { id: "one", type: "book", title: "锂电设备白皮书", "number-of-pages": 80, publisher: "für 赛迪", author: authors };
const told = format => {
  const text = new Cite([source]).format(format);
  return ["title", "author", "publisher"].map(name => text.match(new RegExp(`${name} = {.*}`))[0]).join("; ");
};
for (const format of ["bibtex", "biblatex"]) console.log(`${format}: ${told(format)}`);
plugins.config.get("@bibtex").format.asciiOnly = false;
console.log(`asciiOnly off: ${told("bibtex")}`);
JS
node convert.js > seen
cat seen
cat > expected <<'TEXT'
bibtex: title = {}; author = {,  and , }; publisher = {f{\" u}r }
biblatex: title = {}; author = {,  and , }; publisher = {f{\" u}r }
asciiOnly off: title = {锂电设备白皮书}; author = {张, 三 and 李, 四}; publisher = {für 赛迪}
TEXT
diff expected seen
