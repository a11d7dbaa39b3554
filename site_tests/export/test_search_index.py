"""The index of the search, and the library that looks through it: what stands in them, and how much they weigh."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

from site_tests.support.built import ROOT
from site_tests.support.records import data_in
from site_tests.support.search_site import read_index

KINDS = list(data_in(ROOT / "data/words/names.yml")["names"]["search-kinds"].values())
# Bytes of both, compressed.
LIMIT = 600_000
# uFuzzy 1.0.19, dist/uFuzzy.iife.min.js, as its makers publish it.
UFUZZY = "3eef8ba0ad55444c31f0e86f8375f25916515402cf2d4d7b5a2c01b4b67f2e19"


def test_index_has_its_kinds_in_their_order(site: Path) -> None:
    index = read_index(site)
    numbers = [kind for kind, *_ in index["entries"]]
    assert index["kinds"] == KINDS
    assert numbers == sorted(numbers) and set(numbers) == set(range(len(KINDS)))


def test_index_knows_the_title_of_every_page_with_results_and_of_the_page_above(site: Path) -> None:
    index = read_index(site)
    assert {address.partition("#")[0] for _, address, *_ in index["entries"]} == set(index["pages"])
    assert index["pages"]["glossary.html"] == "Glossary"
    assert index["pages"]["equipment/slot-die-head.html"] == "Slot-die head · Landscape"
    assert index["pages"]["evidence/slot-die-head.html"] == "Slot-die head · Evidence"


def test_entry_without_other_names_ends_with_its_text(site: Path) -> None:
    lengths = {address: len(row) for row in read_index(site)["entries"] for address in row[1:2]}
    assert lengths["equipment/slot-die-coater.html"] == 6
    assert lengths["evidence/slot-die-head.html#fe-036"] == 4


def test_index_and_library_are_small(site: Path) -> None:
    parts = [(site / "assets" / name).read_bytes() for name in ("search-index.js", "ufuzzy.js")]
    assert sum(len(gzip.compress(part)) for part in parts) <= LIMIT


def test_library_is_the_published_one() -> None:
    library = (ROOT / "macros/theme/assets/ufuzzy.js").read_bytes()
    assert hashlib.sha256(library).hexdigest() == UFUZZY
    assert b"(v1.0.19)" in library and "uFuzzy 1.0.19" in (ROOT / "LICENSES.md").read_text(encoding="utf-8")
