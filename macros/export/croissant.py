"""Croissant: the tables as a data set for machine learning, made of their data package (MLCommons Croissant 1.0)."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urljoin

PATH = "downloads/croissant.json"
_CR = "http://mlcommons.org/croissant/"
_TERMS = (
    "citeAs column equivalentProperty extract field fileProperty fileObject fileSet format includes isLiveDataset jsonPath key"
    " md5 parentField path recordSet references regex repeated replace samplingRate separator source subField transform"
)
# Readers compare it with the standard's own, whole.
_CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": _CR,
    "rai": f"{_CR}RAI/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    **{name: {"@id": f"cr:{name}", "@type": "@json"} for name in ("data", "examples")},
    **{name: f"cr:{name}" for name in _TERMS.split()},
}
_TYPES = {"integer": "Integer", "number": "Float", "boolean": "Boolean", "date": "Date"}


def croissant(package: dict[str, Any], address: str | None, languages: list[str]) -> bytes:
    """Return the description of a package's tables; addresses are absolute where the site has one, else from this file."""
    base = urljoin(address, PATH) if address else ""
    (licence,), (publisher,) = package["licenses"], package["contributors"]
    described = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": f"{_CR}1.0",
        "name": package["name"],
        "alternateName": package["title"],
        "description": package["description"],
        "version": package["version"],
        "datePublished": package["created"][:10],
        "license": licence["path"],
        "inLanguage": languages,
        "creator": {"@type": "sc:Organization", "name": publisher["title"]},
        "citeAs": package["citation"],
        **({"url": address} if address else {}),
        "distribution": [_file(resource, base) for resource in package["resources"]],
        "recordSet": [_records(resource) for resource in package["resources"]],
    }
    return json.dumps(described, ensure_ascii=False, indent=1).encode() + b"\n"


def _file(resource: dict[str, Any], base: str) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": resource["path"],
        "name": resource["path"],
        "description": resource["title"],
        "contentUrl": urljoin(base, resource["path"]),
        "contentSize": f"{resource['bytes']} B",
        "encodingFormat": resource["mediatype"],
        "sha256": resource["hash"].removeprefix("sha256:"),
    }


def _records(resource: dict[str, Any]) -> dict[str, Any]:
    fields = [
        {
            "@type": "cr:Field",
            "@id": f"{resource['name']}/{field['name']}",
            "name": field["name"],
            "description": field["description"],
            "dataType": f"sc:{_TYPES.get(field['type'], 'Text')}",
            "source": {"fileObject": {"@id": resource["path"]}, "extract": {"column": field["name"]}},
        }
        for field in resource["schema"]["fields"]
    ]
    return {"@type": "cr:RecordSet", "@id": resource["name"], "name": resource["name"], "field": fields}
