"""Sets of copies for benchmark data: the originals, and a set's copy of each record, under names of its own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any

from macros.load import load
from macros.load.document import Document

Row = dict[str, Any]

# Which map of names a field refers to. What is in no map, such as the industry, keeps its name.
FACTS, CLASSES, SOURCES, SUPPLIERS = "facts", "equipment", "sources", "suppliers"
REFERS = {
    **dict.fromkeys(("evidence", "counter_evidence", "looks_back", "facts", "distinct_from"), FACTS),
    **dict.fromkeys(("equipment", "feeds", "components", "matters_for"), CLASSES),
    **dict.fromkeys(("source", "sources", "who_says"), SOURCES),
}
# Fields with an id within a record: what it names, or "" where the copy needs an id of its own.
WITHIN = {"equipment": CLASSES, "parent": SUPPLIERS, "benchmarks": "", "unpublished": ""}
NAMED = {"name", "name_local", "title", "quantity", "part", "number", "container-title"}
BODIES = {"entity", "publisher", "aliases"}
ADDRESSES = {"URL", "website"}
DAYS = {"issued", "date"}
PROSE = {
    *("summary", "statement", "reason", "moved_because", "would_settle", "reasoning", "problem", "caveat", "claim"),
    *("note", "what", "scope", "status", "test", "matters_note", "actions", "basis", "text", "typical_failures"),
}
CHANCE = {"grade": 0.15, "word": 0.2}

_NUMBERED = re.compile(r"([a-z]{2})-(\d+)")
_FACT = re.compile(r"\b[a-z]{2}-\d{3,}\b")
_DOI = re.compile(r"/10\.\d{4,9}/[^?#]*[^?#/]")
_WORD = re.compile(r"(?<![\w\-/.@])[a-z]{5,}(?![\w\-/@])")


@dataclass(frozen=True)
class Original:
    """The data of a project as it stands: documents by path, and ids by kind."""

    root: Path
    documents: dict[str, Document]

    @classmethod
    def of(cls, root: Path) -> Original:
        found = load(root)
        if found.problems:
            raise SystemExit("\n".join(map(str, found.problems)))
        return cls(root, found.documents)

    def data(self, path: str) -> Any:
        return self.documents[path].data

    def within(self, folder: str) -> dict[str, Any]:
        """Return the data of the files of a folder by their stems, in the order of the index."""
        return {name: self.data(f"data/{folder}/{name}.yml") for name in self.data("data/index.yml")[folder]}

    @cached_property
    def facts(self) -> dict[str, Row]:
        return {row["id"]: row for file in self.within("evidence").values() for row in file["facts"]}

    @cached_property
    def cited(self) -> set[str]:
        """Sources that copies will cite: those of facts, companies and priorities."""
        names = {row["source"] for row in self.facts.values()}
        for folder, key in (("suppliers", "sources"), ("priorities", "who_says")):
            names.update(name for row in self.within(folder).values() for name in row[key])
        return names

    @cached_property
    def step(self) -> int:
        """A power of ten above every number of a fact, that keeps three digits: fe-036 of the seventh set is fe-7036."""
        numbers = [int(found[2]) for found in map(_NUMBERED.fullmatch, self.facts) if found]
        return 10 ** max(3, len(str(max(numbers, default=0))))

    @cached_property
    def words(self) -> dict[int, list[str]]:
        """Words of the texts by length, to put in place of one another: none with which a text would speak to editors."""
        found: dict[int, set[str]] = defaultdict(set)
        instructions = {text.split()[0].lower() for text in self.data("data/report.yml").get("instructions", ())}
        for document in self.documents.values():
            if "/evidence/" in document.path or "/equipment/" in document.path:
                for text in _texts(document.data):
                    for word in _WORD.findall(text):
                        if word not in instructions:
                            found[len(word)].add(word)
        return {size: sorted(words) for size, words in found.items()}


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, tuple)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)


@dataclass
class Set:
    """One set of copies: how its records are named. Figures and levels stay: rules hold them against the facts that are cited."""

    original: Original
    number: int
    seed: int
    # Stands behind names with a letter: a company "Acme 21" would be found in "Acme 21 machines".
    mark: str = ""

    def __post_init__(self) -> None:
        self.random = Random(f"{self.seed}/{self.number}")
        self.mark = f"x{self.number:02}"
        self._maps = {
            FACTS: {name: self._numbered(name) for name in self.original.facts},
            SOURCES: {name: self.named(name) for name in self.original.cited},
            CLASSES: {name: self.named(name) for name in self.original.within(CLASSES)},
            SUPPLIERS: {name: self.named(name) for name in self.original.within(SUPPLIERS)},
        }

    def named(self, name: str) -> str:
        return f"{name}-{self.mark}"

    def _numbered(self, name: str) -> str:
        found = _NUMBERED.fullmatch(name)
        return f"{found[1]}-{int(found[2]) + self.original.step * self.number}" if found else self.named(name)

    def record(self, row: Row) -> Row:
        """Return the copy of a record that has an id of its own."""
        made = self._dict("", row)
        if "id" in row:
            made["id"] = self._maps[FACTS].get(row["id"]) or self.named(row["id"])
        return made

    def copied(self, key: str, value: Any) -> Any:
        """Return the copy of a value; `key` is the field it stands in."""
        if isinstance(value, dict):
            return self._dict(key, value)
        if isinstance(value, tuple):
            return [self.copied(key, item) for item in value]
        return self._text(key, value) if isinstance(value, str) else value

    def _dict(self, key: str, row: Row) -> Row:
        if key == "key_metrics":
            return row
        made = {name: self.copied(name, value) for name, value in row.items()}
        if key in WITHIN and row.get("id"):
            kind = WITHIN[key]
            made["id"] = self._maps[kind].get(row["id"], row["id"]) if kind else self.named(row["id"])
        return made

    def _text(self, key: str, text: str) -> str:
        if key in REFERS:
            return self._maps[REFERS[key]].get(text, text)
        if key in BODIES:
            return "; ".join(f"{name} {self.mark}" for name in text.split("; "))
        if key in NAMED:
            return f"{text} {self.mark}"
        if key in ADDRESSES and _DOI.search(text):
            return _DOI.sub(rf"\g<0>.{self.mark}", text)
        if key in ADDRESSES:
            return f"{text}{'' if '#' in text else '#'}{self.mark}"
        if key in DAYS:
            return self._earlier(text)
        return self._prose(text) if key in PROSE and " " in text else text

    def _prose(self, text: str) -> str:
        """Return a text with some words changed for others as long, and with the facts of this set."""
        words, chance = self.original.words, CHANCE["word"]

        def other(found: re.Match[str]) -> str:
            same = words.get(len(found[0])) if self.random.random() < chance else None
            return self.random.choice(same) if same else found[0]

        facts = self._maps[FACTS]
        return _FACT.sub(lambda found: facts.get(found[0], found[0]), _WORD.sub(other, text))

    def _earlier(self, date: str) -> str:
        """Return a date of the same year that is not later: dates after the edition are refused."""
        year, *rest = date.split("-")
        return "-".join([year, *(f"{self.random.randint(1, min(int(part), 28)):02}" for part in rest)])

    def fact(self, row: Row) -> Row:
        return {**self.record(row), "confidence": self._grade(row["confidence"], ("high", "medium", "low"))}

    def source(self, row: Row) -> Row:
        return {**self.record(row), "reliability": self._grade(row["reliability"], ("A", "B", "C", "D"))}

    def _grade(self, grade: str, grades: tuple[str, ...]) -> str:
        """Return a grade, at times that beside it."""
        if self.random.random() >= CHANCE["grade"]:
            return grade
        at = grades.index(grade) + self.random.choice((-1, 1))
        return grades[min(max(at, 0), len(grades) - 1)]
