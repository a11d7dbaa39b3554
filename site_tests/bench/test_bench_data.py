"""The generator of benchmark data: every record times over, each set in itself, valid, and the same for the same seed."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros import load as loading
from site_tests.bench.__main__ import renamed
from site_tests.bench.data import TooLarge, multiply
from site_tests.bench.sets import Original
from site_tests.conftest import complete
from site_tests.support.built import ROOT, tree
from site_tests.support.reading import landscape_of
from site_tests.support.records import data_in


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return complete(tmp_path / "saws")


def test_every_record_stands_there_so_many_times(root: Path) -> None:
    before = landscape_of(root)
    multiply(root, times=3, seed=1)
    after = landscape_of(root)
    kinds = "equipment suppliers priorities facts claims series events standards conflicts notes".split()
    found = {kind: len(getattr(after, kind)) for kind in kinds}
    assert found == {kind: 3 * len(getattr(before, kind)) for kind in kinds}
    assert found["equipment"] == 9
    # The text whose claims are judged is cited by no fact, so that a copy of it would be cited by nothing.
    assert len(after.sources) == 3 * len(before.sources) - 2
    for kind in ("assessments", "benchmarks", "specs"):
        counts = [sum(len(getattr(row, kind)) for row in land.equipment.values()) for land in (before, after)]
        assert counts[1] == 3 * counts[0], kind


def test_copies_of_texts_speak_to_no_editor() -> None:
    """Else a check would refuse the data: the report lists the words with which texts do."""
    words = {word for found in Original.of(ROOT).words.values() for word in found}
    assert "often" in words and "never" not in words


def test_originals_stay_and_copies_stand_behind_them(root: Path) -> None:
    before, book = tree(root), landscape_of(root)
    multiply(root, times=2, seed=1)
    after, land = tree(root), landscape_of(root)
    assert {name for name in before if before[name] != after[name]} == {
        *("data/index.yml", "data/timeline.yml", "data/measurement.yml"),
        *(f"data/{name}.yml" for name in ("claims", "conflicts", "notes", "series", "standards")),
        *(f"data/evidence/industry-{name}.yml" for name in ("assessment", "event", "localisation")),
        *(f"data/sources/{name}.yml" for name in ("academic", "association", "company", "trade-press")),
    }
    assert list(land.equipment) == [*book.equipment, "wire-saw-x01", "wire-guide-x01", "wafer-sorter-x01"]
    for kind in ("equipment", "facts", "sources", "claims", "series"):
        old, new = getattr(book, kind), getattr(land, kind)
        assert all(new[name] == old[name] for name in old), kind


def test_set_refers_within_itself(root: Path) -> None:
    multiply(root, times=3, seed=1)
    land = landscape_of(root)
    saw = land.equipment["wire-saw-x02"]
    assert (saw.feeds, saw.components, saw.evidence) == (("wafer-sorter-x02",), ("wire-guide-x02",), ("ws-2006",))
    assert saw.assessments[1].counter_evidence == ("ws-2005",)
    assert land.facts["ws-2001"].source == "freiberg-2018-kerf-x02"
    assert land.fact_homes["ws-2001"] == "wire-saw-x02"
    assert land.facts["ws-2001"].entity == land.suppliers["saxon-saws-x02"].name == "Saxon Saws x02"
    assert land.sources["freiberg-2018-kerf-x02"].publisher != land.sources["freiberg-2018-kerf"].publisher


def test_copy_of_a_figure_is_the_same_wherever_it_stands(root: Path) -> None:
    multiply(root, times=2, seed=1)
    land = landscape_of(root)
    fact, series = land.facts["ws-1001"], land.series["width-of-the-cut-x01"]
    assert fact.value == 150 and " 150 µm" in fact.statement
    assert land.equipment["wire-saw-x01"].benchmarks[0].domestic.value == series.points[0].value == 150
    assert [point.goal for point in series.points] == [False, False, True]


def test_same_seed_makes_the_same_bytes_and_another_one_others(tmp_path: Path) -> None:
    made = []
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        multiply(complete(tmp_path / name), times=3, seed=seed)
        made.append(tree(tmp_path / name))
    assert made[0] == made[1]
    assert made[0].keys() == made[2].keys() and made[0] != made[2]


def test_once_changes_nothing(root: Path) -> None:
    before = tree(root)
    multiply(root, times=1, seed=1)
    assert tree(root) == before


def test_full_file_of_sources_goes_on_in_a_kind_of_its_own(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = root / "data/sources/trade-press.yml"
    # Some 7000 bytes for the three of the file, and 4000 for the two of each set; so that four sets pass the limit.
    note = "note and note " * 130
    file.write_text(file.read_text("utf-8").replace("    language: de", f"    note: {note}\n    language: de"), "utf-8")
    monkeypatch.setattr(loading, "LARGEST", 20_000)
    multiply(root, times=5, seed=1)
    land = landscape_of(root)
    kinds = [source.kind for source in land.sources.values() if source.kind.startswith("trade-press")]
    assert len(kinds) == 11 and set(kinds) == {"trade-press", "trade-press-2"}
    assert [kind.name for kind in land.method.source_kinds if kind.id == "trade-press-2"] == ["Fachpresse, part 2"]


def test_full_file_that_cannot_be_divided_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "LARGEST", 20_000)
    with pytest.raises(TooLarge, match=r"data/claims\.yml: \d+ of 78 copies find no place"):
        multiply(root, times=40, seed=1)


@pytest.mark.parametrize("name", ["Saw", '"Saw: the second"'])
def test_a_benchmark_renames_a_record_time_after_time(tmp_path: Path, name: str) -> None:
    record = tmp_path / "saw.yml"
    record.write_text(f"id: saw\nname: {name}\n", encoding="utf-8")
    renames, found = renamed(record), []
    for _ in range(2):
        next(renames)
        found.append(data_in(record))
    plain = name.strip('"')
    assert found == [{"id": "saw", "name": f"0 {plain}"}, {"id": "saw", "name": f"1 {plain}"}]
