#!/bin/sh
# lunr does not find "µm" on a page that has it, nor "Österreich": a first letter beyond ASCII is cut off, and only in the index.
#
# Tried: lunr 2.3.9 (npm) with its defaults, the engine of MkDocs' own search and of searches for other site engines, on a page
# in English with a unit and a few names.
# Guess: English is its default for stems and small words; letters with a mark on them are letters all the same.
# Seen: the trimmer takes away what is no \w at both ends of a word, and that is ASCII: µm is indexed as m, Österreich as
# sterreich, Žilina as ilina, Škoda as koda, "café" as caf, and 涂布机 as nothing. It works on the index alone, not on what is
# asked, so that no such word is found as it is written; a letter in the middle does no harm (Müller), which is what one tries.
# A plugin of lunr-languages for another language brings another trimmer; or take lunr.trimmer out of the pipeline and split at
# marks.
# Our search has its own index and asks for letters of any script.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund lunr@2.3.9
cat > search.js <<'JS'
const lunr = require("lunr");
const text = "A gap of 5 µm, by Müller in Österreich and Škoda at Žilina: the café. 涂布机";
const index = lunr(function () {
  this.ref("id");
  this.field("text");
  this.add({ id: "page", text });
});
const found = word => `${word} ${index.search(word).length}`;
console.log(["gap", "Müller", "µm", "Österreich", "Škoda", "Žilina", "café", "涂布机"].map(found).join(", "));
console.log(["m", "sterreich", "koda", "ilina", "caf"].map(found).join(", "));
JS
node search.js > seen
cat seen
cat > expected <<'TEXT'
gap 1, Müller 1, µm 0, Österreich 0, Škoda 0, Žilina 0, café 0, 涂布机 0
m 1, sterreich 1, koda 1, ilina 1, caf 1
TEXT
diff expected seen
