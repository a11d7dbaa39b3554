"""The real data is clean, and each of its files tells an editor's program what it holds and where it ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.check import problems_of
from macros.load import Project, load
from macros.load.landscape import Landscape
from macros.load.parser import END
from macros.model import FILES
from site_tests.conftest import MINIATURE, REPOSITORY


@pytest.fixture(scope="module")
def real() -> Project:
    return load(REPOSITORY)


def test_real_data_has_no_problem(real: Project) -> None:
    assert [str(problem) for problem in problems_of(real)[1]] == []


def test_real_data_becomes_a_landscape_that_holds_every_file_of_a_record(real: Project) -> None:
    landscape = Landscape.of(problems_of(real)[0])
    for folder in ("equipment", "suppliers", "priorities"):
        stems = {Path(path).stem for path in real.documents if path.startswith(f"data/{folder}/")}
        assert set(getattr(landscape, folder)) == stems


@pytest.mark.parametrize("root", [REPOSITORY, MINIATURE], ids=["report", "miniature"])
def test_files_begin_with_their_schema_and_end_with_their_end(root: Path) -> None:
    files = [(path, kind.name) for kind in FILES for path in sorted(root.glob(kind.pattern))]
    assert len(files) >= len(FILES)
    for path, kind in files:
        lines = path.read_text(encoding="utf-8").split("\n")
        above = "../" if path.parent.name != "data" else ""
        assert lines[0] == f"# yaml-language-server: $schema={above}schema/{kind}.schema.json", path
        assert lines[-2:] == [END, ""], path


def _groups_of_names(project: Project) -> set[str]:
    return {
        group
        for path, document in project.documents.items()
        if path.startswith("data/words/")
        for group in document.data["names"]
    }


def test_miniature_names_the_same_groups_of_words_as_the_real_data(real: Project, loaded: Project) -> None:
    """Names of countries and languages differ by project; which groups there are does not."""
    optional = {"languages"}  # what a language is called is known; a report may call one otherwise
    assert _groups_of_names(loaded) - optional == _groups_of_names(real) - optional


def test_miniature_is_of_another_market_with_its_own_dimensions_and_editions(real: Project, loaded: Project) -> None:
    """Else a word of the real report could stay in the program unnoticed."""
    ours, other = (Landscape.of(problems_of(project)[0]) for project in (real, loaded))
    assert not set(ours.report.home_market.countries) & set(other.report.home_market.countries)
    assert not {edition.id for edition in ours.report.editions} & {edition.id for edition in other.report.editions}
    assert not set(ours.equipment) & set(other.equipment)
    assert set(other.class_dimensions) - set(ours.class_dimensions)
    assert set(ours.class_dimensions) - set(other.class_dimensions)
