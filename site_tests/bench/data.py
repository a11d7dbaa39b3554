"""Benchmark data: a copy of this project with its data multiplied, as the report may grow to.

    python -m site_tests.bench.data TARGET --times 10 --seed 1

Records stay as they are and are followed by times - 1 sets of copies. A set refers within itself: its classes contain
its components and rest on its facts, which cite its sources. Names, dates, grades and words vary from set to set, figures
and levels do not. The same seed makes the same bytes.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from macros import load as loading
from macros.load import parser
from macros.load.parser import END
from site_tests.bench.sets import Original, Row, Set
from site_tests.support.built import ROOT

# Files of many records and the field that lists them; the loader has no other place for these.
LISTED = {
    "data/claims.yml": "claims",
    "data/series.yml": "series",
    "data/standards.yml": "standards",
    "data/conflicts.yml": "conflicts",
    "data/notes.yml": "notes",
}

_PLAIN = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")
_READ_OTHERWISE = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}


class TooLarge(Exception):
    """A file would pass a limit of the loader, and nothing allows it to be divided."""


def project(folder: Path) -> Path:
    """Copy what the repository holds, without what was built."""
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    for name in filter(None, names.decode().split("\0")):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_file():
            shutil.copyfile(ROOT / name, target)
    return folder


def dumped(value: Any, indent: str = "") -> Iterator[str]:
    """Yield plain data as lines of block YAML, short lists on a line of their own."""
    for key, item in value.items():
        if isinstance(item, dict):
            yield f"{indent}{key}:"
            yield from dumped(item, indent + "  ")
        elif isinstance(item, (list, tuple)) and item and isinstance(item[0], dict):
            yield f"{indent}{key}:"
            yield from rows(item, indent + "  ")
        elif isinstance(item, (list, tuple)):
            yield f"{indent}{key}: [{', '.join(map(_scalar, item))}]"
        else:
            yield f"{indent}{key}: {_scalar(item)}"


def rows(items: Any, indent: str) -> Iterator[str]:
    """Yield the lines of a list of records."""
    for item in items:
        first, *others = dumped(item, indent + "  ")
        yield f"{indent}- {first.lstrip()}"
        yield from others


def _scalar(value: Any) -> str:
    """Return a scalar as YAML; a text is quoted wherever it might be read as anything else."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str) and _PLAIN.match(value) and value not in _READ_OTHERWISE:
        return value
    return json.dumps(value, ensure_ascii=False)


@dataclass
class Writer:
    """Writes files of data, and divides those that the loader would refuse."""

    original: Original
    sets: list[Set]
    index: dict[str, list[str]]

    def text(self, path: str, lines: Iterator[str]) -> None:
        """Write a file of its own."""
        target = self.original.root / path
        target.write_text("\n".join([*lines, END, ""]), encoding="utf-8")

    def records(self, folder: str) -> None:
        """Write a file for each copy of the records of a folder."""
        found = self.original.within(folder)
        for each in self.sets:
            for name, row in found.items():
                self.text(f"data/{folder}/{each.named(name)}.yml", dumped(each.record(row)))
                self.index[folder].append(each.named(name))

    def grow(self, path: str, listing: str, made: list[Row]) -> list[Row]:
        """Write copies behind the records of a file; return those that find no place in it."""
        document = self.original.documents[path]
        text = (self.original.root / path).read_text(encoding="utf-8").rstrip("\n").removesuffix(END)
        indent = re.search(r"(?m)^( *)- ", text[text.index(f"{listing}:") :])
        room = _Room(len(text.encode()), _values(document.data))
        fitting = [row for row in made if room.takes(row)]
        self._append(path, text, fitting, indent[1] if indent else "  ")
        return made[len(fitting) :]

    def _append(self, path: str, text: str, made: list[Row], indent: str) -> None:
        lines = "".join(f"{line}\n" for line in rows(made, indent))
        (self.original.root / path).write_text(f"{text}{lines}{END}\n", encoding="utf-8")


@dataclass
class _Room:
    """What a file may still hold before the loader refuses it: bytes and values, a tenth left free."""

    size: int
    values: int
    full: bool = False

    def takes(self, row: Row) -> bool:
        lines = list(rows([row], "  "))
        self.size += sum(len(line.encode()) + 1 for line in lines)
        self.values += _values(row)
        self.full = self.full or self.size > 0.9 * loading.LARGEST or self.values > 0.9 * parser.MOST
        return not self.full


def _values(value: Any) -> int:
    """Return how many values, names and lists the loader counts in plain data."""
    if isinstance(value, dict):
        return 1 + sum(1 + _values(item) for item in value.values())
    return 1 + sum(map(_values, value)) if isinstance(value, (list, tuple)) else 1


def multiply(root: Path, times: int, seed: int) -> None:
    """Multiply the data of a project in place. Raises TooLarge where the loader would refuse a file."""
    original = Original.of(root)
    sets = [Set(original, number, seed) for number in range(1, times)]
    if not sets:
        return
    index = {key: list(names) for key, names in original.data("data/index.yml").items()}
    writer = Writer(original, sets, index)
    writer.records("equipment")
    writer.records("suppliers")
    writer.records("priorities")
    _evidence(writer)
    _sources(writer)
    for path, listing in LISTED.items():
        made = [each.record(row) for each in sets for row in original.data(path)[listing]]
        if left := writer.grow(path, listing, made):
            raise TooLarge(
                f"{path}: {len(left)} of {len(made)} copies find no place, see LARGEST and MOST in macros/load"
            )
    _timeline(writer)
    _measurement(writer)
    writer.text("data/index.yml", dumped(index))


def _evidence(writer: Writer) -> None:
    """Facts of a class go to a file of their set; facts of the industry stand in one file a topic, while it can hold them."""
    for each in writer.sets:
        for name, file in writer.original.within("evidence").items():
            if file["equipment"] == name:
                made = {"equipment": each.named(name), "facts": [each.fact(row) for row in file["facts"]]}
                writer.text(f"data/evidence/{each.named(name)}.yml", dumped(made))
                writer.index["evidence"].append(each.named(name))
    for name, file in writer.original.within("evidence").items():
        if file["equipment"] != name:
            made = [each.fact(row) for each in writer.sets for row in file["facts"]]
            left = writer.grow(f"data/evidence/{name}.yml", "facts", made)
            for part, rest in enumerate(_divided(left), start=2):
                writer.text(f"data/evidence/{name}-{part}.yml", dumped({"equipment": file["equipment"], "facts": rest}))
                writer.index["evidence"].append(f"{name}-{part}")


def _sources(writer: Writer) -> None:
    """Sources stand in one file a kind; where it cannot hold them, the rest becomes a kind of its own."""
    parts: dict[str, int] = {}
    for name, file in writer.original.within("sources").items():
        found = [row for row in file["sources"] if row["id"] in writer.original.cited]
        left = writer.grow(
            f"data/sources/{name}.yml", "sources", [each.source(row) for each in writer.sets for row in found]
        )
        for part, rest in enumerate(_divided(left), start=2):
            kind = f"{name}-{part}"
            writer.text(f"data/sources/{kind}.yml", dumped({"sources": [{**row, "kind": kind} for row in rest]}))
            writer.index["sources"].append(kind)
            parts[name] = part
    if parts:
        method = dict(writer.original.data("data/method.yml"))
        kinds = method["source_kinds"]
        method["source_kinds"] = [
            {**kind, "id": f"{kind['id']}-{part}", "name": f"{kind['name']}, part {part}"} if part > 1 else kind
            for kind in kinds
            for part in range(1, parts.get(kind["id"], 1) + 1)
        ]
        writer.text("data/method.yml", dumped(method))


def _divided(made: list[Row]) -> Iterator[list[Row]]:
    """Yield records in parts that a file can hold."""
    while made:
        room = _Room(0, 0)
        fitting = [row for row in made if room.takes(row)]
        yield fitting
        made = made[len(fitting) :]


def _timeline(writer: Writer) -> None:
    """Events stand in order of date, those of all sets among each other."""
    events = writer.original.data("data/timeline.yml")["events"]
    made = [*events, *(each.record(row) for each in writer.sets for row in events)]
    writer.text("data/timeline.yml", dumped({"events": sorted(made, key=lambda row: row["date"])}))


def _measurement(writer: Writer) -> None:
    """What is not published, and lives of parts, are asked of every set."""
    found = dict(writer.original.data("data/measurement.yml"))
    for key in ("unpublished", "wear_parts"):
        found[key] = [*found[key], *(each.copied(key, row) for each in writer.sets for row in found[key])]
    writer.text("data/measurement.yml", dumped(found))


def main(arguments: list[str] | None = None) -> int:
    """Write the multiplied project; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m site_tests.bench.data", description=__doc__.partition("\n")[0])
    parser.add_argument("target", type=Path, help="a folder that does not exist yet, or is empty")
    parser.add_argument("--times", type=int, default=10, help="how many times the data is to stand there (1 to 99)")
    parser.add_argument("--seed", type=int, default=1, help="another one varies the copies in another way")
    asked = parser.parse_args(arguments)
    if not 1 <= asked.times <= 99:
        parser.error("--times is a number from 1 to 99")
    if asked.target.exists() and (not asked.target.is_dir() or any(asked.target.iterdir())):
        parser.error(f"{asked.target} exists already; name a new folder")
    try:
        multiply(project(asked.target), asked.times, asked.seed)
    except TooLarge as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{asked.target}: the data {asked.times} times")
    return 0


if __name__ == "__main__":
    sys.exit(main())
