"""The log of changes: shown newest first, told by a feed of valid Atom whose ids never move."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from macros.export.feed import feed
from macros.present.book import Book
from macros.present.changes import report_log
from macros.problems import Problem
from macros.render.site import open_site
from site_tests.conftest import ADDRESS as SITE
from site_tests.conftest import Change
from site_tests.support.built import read_pages

Copy = Callable[[dict[str, Change]], Path]
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture(scope="module")
def book(miniature: Path) -> Book:
    return open_site(miniature).book


def _feed(book: Book, address: str | None = None) -> ElementTree.Element:
    return ElementTree.fromstring(feed(book, address).encode("utf-8"))


def _of_each(root: ElementTree.Element, path: str) -> list[str | None]:
    return [found.text for found in root.findall(path, ATOM)]


def _links(root: ElementTree.Element, rel: str) -> list[str]:
    return [link.attrib["href"] for link in root.iter(f"{{{ATOM['a']}}}link") if link.attrib["rel"] == rel]


def test_log_shows_changes_newest_first(book: Book) -> None:
    assert [change.id for change in report_log(book)] == ["weights-explained", "kerf-corrected"]


def test_feed_tells_changes_and_editions_newest_first(book: Book) -> None:
    root = _feed(book)
    assert _of_each(root, "a:title") == ["Der Sägebericht (erfunden): Änderungen"]
    assert _of_each(root, "a:updated") == ["2025-01-15T00:00:00Z"]
    assert _of_each(root, "a:author/a:name") == ["Redaktion des Sägeberichts"]
    assert list(zip(_of_each(root, "a:entry/a:title"), _of_each(root, "a:entry/a:updated"), strict=True)) == [
        ("Gewichte erklärt", "2025-01-15T00:00:00Z"),
        ("Schnittfuge importierter Sägen & Rollen berichtigt", "2024-12-01T00:00:00Z"),
        ("Ausgabe 2024", "2024-10-31T00:00:00Z"),
        ("Ausgabe 2021", "2021-06-30T00:00:00Z"),
        ("Ausgabe 2018", "2018-11-30T00:00:00Z"),
    ]


def test_every_entry_has_what_atom_asks_for(book: Book) -> None:
    root = _feed(book)
    for element in (root, *root.findall("a:entry", ATOM)):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"a:{name}", ATOM)) == 1, (element.tag, name)
    ids = [*_of_each(root, "a:id"), *_of_each(root, "a:entry/a:id")]
    assert ids[0] == "urn:uuid:00000000-0000-4000-8000-000000000001"
    assert len(set(ids)) == 6 and all(str(name).startswith("urn:uuid:") for name in ids)
    assert all(_of_each(root, "a:entry/a:content"))


def test_addresses_are_absolute_only_where_the_site_has_one(book: Book) -> None:
    relative = ["neues.html", "neues.html#change-weights-explained", "neues.html#change-kerf-corrected", "neues.html#edition-2024", "neues.html#edition-2021", "neues.html#edition-2018"]  # fmt: skip
    assert _links(_feed(book), "alternate") == relative
    assert _links(_feed(book), "self") == []
    assert _links(_feed(book, SITE), "alternate") == [SITE + path for path in relative]
    assert _links(_feed(book, SITE), "self") == [f"{SITE}feed.xml"]


def test_ids_stay_when_texts_dates_and_the_site_move(book: Book, project_with: Copy) -> None:
    moved = {
        "data/changes.yml": [("title: Gewichte erklärt", "title: Other words"), ('"2025-01-15"', '"2025-02-01"')],
        "data/report.yml": ("title: Der Sägebericht (erfunden)", "title: Another name"),
    }
    other = open_site(project_with(moved)).book
    assert _of_each(_feed(other, SITE), "a:entry/a:id") == _of_each(_feed(book), "a:entry/a:id")


def test_feed_is_built_linked_in_every_head_and_its_anchors_exist(book: Book, addressed: Path) -> None:
    text = (addressed / "feed.xml").read_text(encoding="utf-8")
    assert text == feed(book, SITE)
    pages = read_pages(addressed)
    anchors = [
        link.rpartition("#")[2] for link in _links(ElementTree.fromstring(text.encode()), "alternate") if "#" in link
    ]
    assert set(anchors) <= pages["neues.html"].ids
    assert "feed.xml" in pages["neues.html"].links
    for name, page in pages.items():
        heads = [tag["href"] for kind, tag in page.tags if kind == "link" and tag.get("type") == "application/atom+xml"]
        expected = (
            f"{SITE.removeprefix('https://example.org')}feed.xml"
            if name == "404.html"
            else "../" * name.count("/") + "feed.xml"
        )
        assert heads == [expected], name


def test_changes_stand_in_order_of_date(project_with: Copy, problems: Callable[[Path], list[Problem]]) -> None:
    root = project_with({"data/changes.yml": ('"2025-01-15"', '"2024-11-30"')})
    assert [str(problem) for problem in problems(root)] == [
        "data/changes.yml:11: changes[1].date: 2024-11-30 comes after 2024-12-01 in the file; move it up, to its place by date [in-order]"
    ]


def test_name_of_the_feed_must_be_a_uuid(project_with: Copy, problems: Callable[[Path], list[Problem]]) -> None:
    root = project_with({"data/changes.yml": ("feed: 00000000-0000-4000-8000-000000000001", "feed: changes")})
    (found,) = problems(root)
    assert (found.line, found.rule) == (2, "right-form") and "UUID" in found.right
