"""The report as it is published, whatever it is about: its data are clean, and its pages lead where they say.

These tests know no id, word or figure of a report: a new report begins with a copy of this file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import yaml

from macros.check import validated
from macros.load import load
from macros.render.validation import problems_in
from site_tests.support.built import Page, broken_links, build, read_pages

ROOT = Path(__file__).parent.parent
# What words of the report say of nothing.
SAID = [
    line.partition(": ")[2].strip("\"'")
    for path in (ROOT / "data/words").glob("*.yml")
    for line in path.read_text(encoding="utf-8").splitlines()
    if re.search(r"\b(None|nan)\b", line)
]
LEFTOVER = re.compile(r"\{\{|\}\}|\bNone\b(?! [a-z])|\bnan\b|zq\d{5}qz")


@pytest.fixture(scope="module")
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of this project, built; where other tests have a fixture that builds it, theirs."""
    with suppress(pytest.FixtureLookupError):
        return Path(request.getfixturevalue("site"))
    target = tmp_path_factory.mktemp("report")
    done = build(ROOT, target)
    assert done.returncode == 0, done.stdout + done.stderr
    return target


@pytest.fixture(scope="module")
def pages(folder: Path) -> dict[str, Page]:
    return {name: page for name, page in read_pages(folder).items() if not name.startswith("embed/")}


def test_data_and_pages_have_no_problem() -> None:
    assert [str(problem) for problem in problems_in(ROOT)] == []


def test_every_page_is_named_and_described(pages: dict[str, Page]) -> None:
    assert pages
    for name, page in pages.items():
        titles = [tag for tag, _ in page.tags if tag == "h1"]
        described = [found for tag, found in page.tags if tag == "meta" and found.get("name") == "description"]
        assert len(titles) == 1 and (described or name == "404.html"), name


def test_every_link_and_file_within_the_site_is_there(folder: Path, pages: dict[str, Page]) -> None:
    assert broken_links(folder, pages) == []


def test_citation_is_that_of_the_report() -> None:
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    report = validated(load(ROOT)).one("report").record  # where it differs: make schemas
    assert cited["title"] == f"{report.title}: {report.subtitle}"
    assert (cited["version"], str(cited["date-released"])) == (report.editions[-1].id, report.editions[-1].date)
    assert [author["name"] for author in cited["authors"]] == [report.publisher]


def test_no_page_shows_what_was_meant_for_the_program(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        text = page.text
        for said in SAID:
            text = text.replace(said, "")
        assert not (found := LEFTOVER.findall(text)) or _explains(name), (name, found)


def _explains(name: str) -> bool:
    """Return whether a page, in any language, tells editors how macros are called."""
    text = ROOT / "content" / name.rpartition("/")[2].replace(".html", ".md")
    return text.is_file() and "{% raw %}" in text.read_text(encoding="utf-8") or "data" in name


def test_every_record_has_its_page(pages: dict[str, Page]) -> None:
    for kind in ("equipment", "suppliers", "priorities"):
        for path in (ROOT / "data" / kind).glob("*.yml"):
            if "audience: internal" not in path.read_text(encoding="utf-8"):
                assert f"{kind}/{path.stem}.html" in pages


def test_every_file_of_the_interface_is_json(folder: Path) -> None:
    files = list((folder / "api").rglob("*.json"))
    assert files
    for path in files:
        json.loads(path.read_text(encoding="utf-8"))


def test_a_second_build_is_the_same(folder: Path, tmp_path: Path) -> None:
    assert build(ROOT, tmp_path, TZ="Asia/Shanghai", PYTHONHASHSEED="7", LC_ALL="C.UTF-8").returncode == 0
    assert dict(_contents(tmp_path)) == dict(_contents(folder))


def _contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix != ".gz":  # which holds the time of writing
            yield path.relative_to(folder).as_posix(), path.read_bytes()
