#!/bin/sh
# Better BibTeX's parser makes "ACS energy letters" of {{ACS Energy Letters}}: braces around a whole title protect nothing.
#
# Tried: @retorquere/bibtex-parser 9.0.29 (npm), which reads BibTeX for Zotero with Better BibTeX, with its defaults;
# biblatex-csl-converter 3.2.2 for comparison.
# Guess: a title in two pairs of braces, BibTeX's own way to keep capitals, is taken letter by letter.
# Seen: titles in title case become sentences, and names of firms and journals within them small words: {{Lead Intelligent Opens
# Plant}} is "Lead intelligent opens plant". Braces around the whole are held to be a habit of exporters; around a part they
# count, and so do three pairs. An entry with another langid than English is left alone.
# Our sources.bib has two pairs, which pandoc and others keep to as meant; braces around each word would fill titles with <span
# class="nocase"> there. Whoever has Better BibTeX takes sources.csl.json or sources.ris, where there are no braces.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @retorquere/bibtex-parser@9.0.29 biblatex-csl-converter@3.2.2
cat > read.mjs <<'JS'
import { parse as better } from "@retorquere/bibtex-parser";
import { CSLExporter, parse } from "biblatex-csl-converter";
const titles = ["{{Lead Intelligent Opens Plant}}", "{{Lead Intelligent} Opens Plant}", "{{{Lead Intelligent Opens Plant}}}"];
for (const title of [...titles, `${titles[0]}, langid = {german}`]) {
  const text = `@misc{one, title = ${title}}`;
  const [other] = Object.values(new CSLExporter(parse(text).entries).parse());
  console.log(`${better(text).entries[0].fields.title} | ${other.title}`);
}
JS
node read.mjs > seen
cat seen
cat > expected <<'TEXT'
Lead intelligent opens plant | <span class="nocase">Lead Intelligent Opens Plant</span>
Lead Intelligent opens plant | <span class="nocase">Lead Intelligent</span> opens plant
Lead Intelligent Opens Plant | <span class="nocase">Lead Intelligent Opens Plant</span>
Lead Intelligent Opens Plant | Lead Intelligent Opens Plant
TEXT
diff expected seen
