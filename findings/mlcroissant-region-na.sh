#!/bin/sh
# mlcroissant reads the text "NA" of a column of texts as nothing, so that North America has no name.
#
# Tried: mlcroissant 1.1.0, records of a CSV whose field is said to be sc:Text.
# Guess: b"NA" (it gives texts as bytes): the field is declared as text, and neither Croissant nor CSV has a word for nothing.
# Seen: None, as for an empty cell; "NULL", "None", "n/a" and "nan" likewise, since the file is read by pandas with its defaults before
# the declared types are looked at. frictionless, for which the same column is "string", keeps "NA". Write regions and grades
# that are so named in another way, or load the CSV by itself.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check mlcroissant==1.1.0 frictionless==5.19.0
cd "$work"
"$work/venv/bin/python" - <<'END'
import hashlib
import json
import logging
from importlib.metadata import version
from pathlib import Path

import mlcroissant
from frictionless import Resource, Schema

logging.disable()
assert version("mlcroissant") == "1.1.0"
Path("plants.csv").write_text("plant,region\nA,EU\nB,NA\nC,n/a\nD,\n")
names = ("plant", "region")
column = lambda name: {
    "@type": "cr:Field", "@id": f"plants/{name}", "name": name, "dataType": "sc:Text",
    "source": {"fileObject": {"@id": "plants.csv"}, "extract": {"column": name}},
}
about = {
    "@context": {
        "@language": "en", "@vocab": "https://schema.org/", "sc": "https://schema.org/", "cr": "http://mlcommons.org/croissant/",
        "dct": "http://purl.org/dc/terms/", "conformsTo": "dct:conformsTo", "recordSet": "cr:recordSet", "field": "cr:field",
        "source": "cr:source", "extract": "cr:extract", "column": "cr:column", "fileObject": "cr:fileObject",
        "dataType": {"@id": "cr:dataType", "@type": "@vocab"}, "citeAs": "cr:citeAs",
    },
    "@type": "sc:Dataset", "name": "plants", "description": "Plants", "conformsTo": "http://mlcommons.org/croissant/1.0",
    "license": "https://creativecommons.org/licenses/by/4.0/", "url": "https://example.org/", "version": "1.0.0",
    "datePublished": "2026-01-01", "citeAs": "Plants", "creator": {"@type": "Organization", "name": "Example"},
    "distribution": [{
        "@type": "cr:FileObject", "@id": "plants.csv", "name": "plants.csv", "contentUrl": "plants.csv", "encodingFormat": "text/csv",
        "sha256": hashlib.sha256(Path("plants.csv").read_bytes()).hexdigest(),
    }],
    "recordSet": [{"@type": "cr:RecordSet", "@id": "plants", "name": "plants", "field": [column(name) for name in names]}],
}
Path("croissant.json").write_text(json.dumps(about))
read = [row["plants/region"] for row in mlcroissant.Dataset("croissant.json").records("plants")]
schema = Schema.from_descriptor({"fields": [{"name": name, "type": "string"} for name in names]})
others = [row["region"] for row in Resource(path="plants.csv", schema=schema).read_rows()]
print("mlcroissant:", read)
print("frictionless:", others)
assert read == [b"EU", None, None, None]
assert others == ["EU", "NA", "n/a", None]
END
