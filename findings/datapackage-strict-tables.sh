#!/bin/sh
# datapackage 1.1.10 (npm), the reader of data packages in Node.
#
# A package of version 2 says that a resource is a table by "type": "table" (https://datapackage.org/standard/data-resource/),
# and has a schema with fields. Read as it is, every row comes. `strict: true` is said to raise at the first error of the
# descriptor instead of noting it.
#
# One would guess: of a package in which it notes no error, strict reads the same rows.
# It finds no error in the descriptor, says `valid`, and refuses to read: "Methods iter/read are not supported for non tabular
# data". Strict, it takes a resource for a table by "profile": "tabular-data-resource" alone, the mark of version 1, which
# version 2 lets stand beside its own. Write both: packages then are read by both.
#
# Seen:
#   type: valid true, rows 1, strict: valid true, Methods iter/read are not supported for non tabular data
#   type and profile: valid true, rows 1, strict: valid true, rows 1
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund datapackage@1.1.10
printf 'id,share\na,0.5\n' > shares.csv
cat > read.js <<'JS'
const { Package } = require("datapackage");
const fields = [{ name: "id", type: "string" }, { name: "share", type: "number" }];
const resource = { name: "shares", path: "shares.csv", format: "csv", mediatype: "text/csv", encoding: "utf-8", type: "table", schema: { fields } };
const read = async (mark, strict) => {
  const descriptor = { $schema: "https://datapackage.org/profiles/2.0/datapackage.json", name: "x", resources: [{ ...resource, ...mark }] };
  const found = await Package.load(descriptor, { strict, basePath: "." });
  const rows = await found.resources[0].read().then(all => `rows ${all.length}`, error => error.message);
  return `valid ${found.valid}, ${rows}`;
};
(async () => {
  for (const [name, mark] of [["type", {}], ["type and profile", { profile: "tabular-data-resource" }]])
    console.log(`${name}: ${await read(mark, false)}, strict: ${await read(mark, true)}`);
})();
JS
node read.js > seen
cat seen
cat > expected <<'TEXT'
type: valid true, rows 1, strict: valid true, Methods iter/read are not supported for non tabular data
type and profile: valid true, rows 1, strict: valid true, rows 1
TEXT
diff expected seen
