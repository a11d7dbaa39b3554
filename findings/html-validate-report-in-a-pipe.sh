#!/bin/sh
# html-validate 10.9.0 (Node 20): its report is cut where it goes into a pipe.
#
# `html-validate --formatter json site | jq ...` is how a build takes the findings of a few hundred pages; so does every
# program that runs it and reads what it says. One would guess that the reader gets all of it, however much it is, and
# that a report that could not be written is an error.
# It gets what the pipe took at once, 64 kB or a few times that, and the status is 1, as for any page with a fault: the
# JSON ends within a text. A short report comes whole, so that a try passes and the first bad day fails. Into a file it is
# whole: --formatter json=report.json, or > report.json.
#
# Seen: piped: 131072 bytes, JSON: false
#       filed: 184693 bytes, JSON: true
#       status: 1
# Exits with 1 once this is no longer so.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --no-save html-validate@10.9.0
for page in $(seq 1 150); do
    printf '<!doctype html><html lang="en"><head><title>x</title></head><body><p><div tabindex="">x</div></p></body></html>\n' > "page-$page.html"
done
echo '{"root": true, "extends": ["html-validate:recommended"]}' > .htmlvalidate.json
(node_modules/.bin/html-validate --formatter json page-*.html || echo $? > status) | (sleep 2; cat) > piped
node_modules/.bin/html-validate --formatter json page-*.html > filed || true
node - <<'JS'
const { readFileSync } = require("fs");
const seen = name => {
  const text = readFileSync(name, "utf8");
  let whole = true;
  try { JSON.parse(text); } catch { whole = false; }
  console.log(`${name}: ${text.length} bytes, JSON: ${whole}`);
  return [text.length, whole];
};
const [[short, isShortWhole], [long, isLongWhole]] = [seen("piped"), seen("filed")];
const status = readFileSync("status", "utf8").trim();
console.log(`status: ${status}`);
process.exit(+!(!isShortWhole && long > short && isLongWhole && status === "1"));
JS
