"""Parts: long lists go on on further pages, each record on one of them, every address leading there, no script needed."""

from __future__ import annotations

import gzip
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from macros.export.plain import write_plain
from macros.present.book import Book
from macros.present.firmness import bins
from macros.present.pagination import LONG, ListPart, list_beginning, numbered_name
from macros.render.site import Site, build_site, open_site
from site_tests.bench.data import multiply, project
from site_tests.conftest import ADDRESS, complete, edit
from site_tests.support.articles import different
from site_tests.support.built import ROOT, Page, broken_links, build, read_pages
from site_tests.support.search_site import read_index

pytestmark = pytest.mark.slow

# Entries a part, where tests make them few.
FEW = 2
# Compressed bytes of HTML that no page may pass with three times the data, however the lists of the real report are cut.
LIMIT = 105_000


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The miniature with its data three times, made by a copy of the generator whose parts hold few entries."""
    root = complete(tmp_path_factory.mktemp("parts") / "project")
    multiply(root, times=3, seed=1)
    shutil.copyfile(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    shutil.copytree(ROOT / "macros", root / "macros", ignore=shutil.ignore_patterns("__pycache__"))
    edit(root, "macros/present/pagination.py", ("LongList(size,", f"LongList({FEW},"))
    return root


@pytest.fixture(scope="module")
def built(root: Path) -> Path:
    done = build(root, root / "site", SITE_URL=ADDRESS)
    assert done.returncode == 0 and "WARNING" not in done.stderr, done.stdout + done.stderr
    return root / "site"


@pytest.fixture(scope="module")
def pages(built: Path) -> dict[str, Page]:
    return read_pages(built)


@contextmanager
def few_a_part() -> Iterator[None]:
    """Make the parts as small in this process as in the copy."""
    with pytest.MonkeyPatch.context() as patch:
        for name, found in LONG.items():
            patch.setitem(LONG, name, replace(found, size=FEW))
        yield


@pytest.fixture(scope="module")
def composed(root: Path) -> Site:
    with few_a_part():
        return build_site(root)


@pytest.fixture
def book(composed: Site) -> Iterator[Book]:
    with few_a_part():
        yield composed.book


def family(pages: dict[str, Page], name: str) -> list[str]:
    """Return the pages of all parts of a page, in order."""
    found = [page for page in pages if list_beginning(page) == name]
    return sorted(found, key=lambda page: (len(page), page))


def test_a_part_knows_its_place() -> None:
    part = ListPart(3, 4, 3, 10)
    assert (part.first, part.last, part.of("abcdefghij")) == (9, 10, "ij")
    assert ListPart().of("abc") == "abc"


def test_name_of_a_part_is_told_from_every_id() -> None:
    assert [numbered_name("claims", number) for number in (1, 2, 10)] == ["claims", "claims_2", "claims_10"]
    assert list_beginning("evidence/saw-2_3.html#ws-2001") == "evidence/saw-2.html#ws-2001"
    assert list_beginning("evidence/saw-2.html") == "evidence/saw-2.html"


def test_columns_of_ranks_are_never_many() -> None:
    assert bins(3) == [(1, 1), (2, 2), (3, 3)]
    assert len(bins(24)) == 24 and bins(25)[-1] == (25, 25) and bins(25)[0] == (1, 2)
    assert len(bins(540)) <= 24 and bins(540)[-1][1] == 540


RECORDS = {"claim": "claims", "fact": "facts", "source": "sources", "series": "series", "conflict": "conflicts", "note": "notes"}  # fmt: skip


@pytest.mark.parametrize("kind", RECORDS)
def test_every_record_stands_on_one_part_and_its_address_leads_there(
    kind: str, book: Book, pages: dict[str, Page]
) -> None:
    records = getattr(book.landscape, RECORDS[kind])
    assert len(records) > FEW
    for name in records:
        page, _, anchor = book.address(kind, name).partition("#")
        assert [found for found in family(pages, list_beginning(page)) if anchor in pages[found].ids] == [page], name


def test_some_of_every_kind_stand_on_further_parts(book: Book) -> None:
    for kind in RECORDS.keys() - {"series"}:  # of which the miniature has too few
        addresses = [book.address(kind, name) for name in getattr(book.landscape, RECORDS[kind])]
        assert any(list_beginning(address) != address for address in addresses), kind


def test_no_link_of_a_divided_site_is_broken(built: Path, pages: dict[str, Page]) -> None:
    assert broken_links(built, pages) == []


@pytest.fixture(scope="module")
def entries(built: Path) -> list[list[Any]]:
    """What the search looks through, in order."""
    return read_index(built)["entries"]


def test_search_leads_to_the_parts(entries: list[list[Any]], pages: dict[str, Page]) -> None:
    places = [entry[1].partition("#") for entry in entries]
    assert [address for address, _, anchor in places if anchor and anchor not in pages[address].ids] == []
    assert any(list_beginning(address) != address for address, _, _ in places)


def _linked(page: Page, rel: str) -> list[str]:
    return [
        found["href"]
        for tag, found in page.tags
        if tag == "a" and found.get("rel") == rel and "#part-" in found["href"]
    ]


def test_pager_walks_through_all_parts_without_a_script(book: Book, pages: dict[str, Page]) -> None:
    name, seen = "aussagen.html", []
    while True:
        seen.append(name)
        following = _linked(pages[name], "next")
        if not following:
            break
        name = following[0].partition("#")[0]
        assert _linked(pages[name], "prev") == [f"{seen[-1]}#part-claim-ledger"]
    assert seen == family(pages, "aussagen.html") and len(seen) == -(-len(book.landscape.claims) // FEW)
    ids = [
        found["id"] for name in seen for tag, found in pages[name].tags if tag == "li" and found.get("class") == "claim"
    ]
    assert ids == list(book.landscape.claims)
    assert any(tag == "nav" and found.get("aria-label") == "Teile dieser Liste" for tag, found in pages[name].tags)


def test_part_says_what_it_is(book: Book, built: Path, pages: dict[str, Page]) -> None:
    last = family(pages, "aussagen.html")[-1]
    total = len(family(pages, "aussagen.html"))
    title = book.wording.word("part-title", title="Aussagen", part=total, total=total)
    html = (built / last).read_text(encoding="utf-8")
    heading = re.sub("<[^>]*>", "", re.search(r"<h1.*?</h1>", html, re.DOTALL).group())
    assert re.sub(r"^.*?, Teil", ", Teil", heading.rstrip("¶")) == re.sub(r"^.*?, Teil", ", Teil", title)
    assert f'<link rel="canonical" href="{ADDRESS}{last}">' in html
    trail = re.search(r'<nav class="md-path".*?</nav>', html, re.DOTALL).group()
    assert 'href="aussagen.html"' in trail and title in re.search(r'aria-current="page">(.*)', trail, re.DOTALL).group()
    count = len(book.landscape.claims)
    assert f"Einträge {(total - 1) * FEW + 1} bis {count} von {count}" in pages[last].text
    assert "Filter und Sortierung sehen nur diesen Teil" in pages[last].text
    assert f"<loc>{ADDRESS}{last}</loc>" in (built / "sitemap.xml").read_text(encoding="utf-8")


def test_part_has_the_list_alone(pages: dict[str, Page]) -> None:
    prose = (ROOT / "site_tests/miniature/content/aussagen.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (.*)$", prose, re.MULTILINE)
    shown = [found["id"] for tag, found in pages["aussagen_2.html"].tags if tag == "h2" and "id" in found]
    assert len(shown) <= 1 <= len(headings) + 1
    assert not any(list_beginning(name) != name for name in pages if name.startswith(("equipment/", "index")))


def test_interface_keeps_its_files(built: Path) -> None:
    names = [path.name for path in (built / "api").rglob("*.json")]
    assert names and not [name for name in names if re.search(r"_\d+\.json$", name)]


def test_charts_of_parts_differ_and_are_offered(built: Path, pages: dict[str, Page]) -> None:
    charts = {path.stem for path in (built / "downloads/charts").glob("*.csv")}
    assert {"gap-ranking", "gap-ranking_2"} <= charts
    assert 'href="downloads/charts/gap-ranking_2.csv"' in (built / "abstand_2.html").read_text(encoding="utf-8")


def test_plain_mkdocs_makes_the_same_parts(composed: Site, root: Path, tmp_path: Path) -> None:
    with few_a_part():
        write_plain(composed, root, tmp_path / "plain")
    ours, plain = build(root, tmp_path / "ours"), build(tmp_path / "plain", tmp_path / "by-mkdocs")
    assert (ours.returncode, plain.returncode) == (0, 0), plain.stdout + plain.stderr
    assert (tmp_path / "by-mkdocs/aussagen_2.html").is_file()
    assert different(tmp_path / "ours", tmp_path / "by-mkdocs") == []


def test_the_book_on_paper_is_not_divided(book: Book) -> None:
    whole = replace(book, has_parts=False)
    assert {list_beginning(whole.address("claim", name)) for name in whole.landscape.claims} == {
        whole.address("claim", name) for name in whole.landscape.claims
    }


def test_of_the_report_as_it_is_the_market_alone_is_divided() -> None:
    assert [path for path, page in open_site(ROOT).pages.items() if page.begins] == ["market_2.md"]


def test_no_page_grows_with_the_data(tmp_path: Path) -> None:
    root = project(tmp_path / "report")
    multiply(root, times=3, seed=1)
    site = open_site(root)
    grown = [
        path
        for path, page in site.pages.items()
        if page.record is None or path.startswith(("evidence/industry", "sources/"))
    ]
    sizes: dict[str, int] = {}
    for path in grown:
        made: Any = site.composed[path]
        sizes[path] = len(gzip.compress(made.fill(made.markdown).encode(), mtime=0))
    assert "claims_2.md" in sizes and "market_2.md" in sizes
    assert {path: size for path, size in sizes.items() if size > LIMIT} == {}
