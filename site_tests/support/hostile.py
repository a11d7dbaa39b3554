"""Hostile data: the same string put behind every free text of a project."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from macros.check.shape import shape
from macros.load import load
from macros.model import FILES
from site_tests.support.records import data_in

HOSTILE = "<script>alert(1)</script> | *x* {{ 7*7 }}\"'>"
# Texts that are references or codes: other files or the engine look them up.
REFERENCES = {
    "edition",
    "unit",
    "units",
    "country",
    "language",
    "never_link",
    "figures_allowed",
    "pages",
    "id",
    "names",
}
_END = "...\n"


def poison(root: Path) -> int:
    """Append HOSTILE to every free text in the data of a project, and return how many texts that were."""
    draft, problems = shape(load(root))
    assert problems == []
    count = 0
    for kind in FILES:
        name = f"{kind.name}-file" if kind.listing else kind.name
        for entry in draft.all(name):
            path = root / entry.document.path
            data = data_in(path)
            count += _poison_record(entry.record, data)
            text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10**6, default_flow_style=False)
            path.write_text(text + _END, encoding="utf-8")
    return count


def _poison_record(record: Any, data: Any) -> int:
    """Change free texts in the plain data where the record's model says that they are texts."""
    count = 0
    for name, info in type(record).model_fields.items():
        key = info.alias or name
        if name in REFERENCES or key not in data:
            continue
        value = getattr(record, name)
        if isinstance(value, str) and _is_free(info):
            data[key] = f"{value} {HOSTILE}"
            count += 1
        elif name == "phrases":
            count += _poison_phrases(data[key])
        elif isinstance(value, tuple):
            for at, item in enumerate(value):
                if isinstance(item, str) and _is_free(info):
                    data[key][at] = f"{item} {HOSTILE}"
                    count += 1
                elif hasattr(type(item), "model_fields"):
                    count += _poison_record(item, data[key][at])
        elif hasattr(type(value), "model_fields"):
            count += _poison_record(value, data[key])
    return count


def _poison_phrases(phrases: dict[str, Any]) -> int:
    for name, phrase in phrases.items():
        if name.endswith("-mark"):
            continue  # the marks of numbers
        phrases[name] = (
            {form: f"{text} {HOSTILE}" for form, text in phrase.items()}
            if isinstance(phrase, dict)
            else f"{phrase} {HOSTILE}"
        )
    return len(phrases)


def _is_free(info: Any) -> bool:
    """Whether a field holds free text: its type carries the pattern that only asks for something to be there."""
    return "\\\\S" in repr(info)
