"""Heads of pages: JSON-LD, tags for citation managers and the citation at the foot agree with the page they describe."""

from __future__ import annotations

import html
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from macros.export.structured import crumbs, graph, head_metadata, structured_data
from macros.render.site import Site, open_site
from site_tests.conftest import ADDRESS
from site_tests.support.built import Page, read_pages
from site_tests.support.built import pages_of as built_pages
from site_tests.support.hostile import HOSTILE


@pytest.fixture(scope="module")
def site(miniature: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    return open_site(shutil.copytree(miniature, tmp_path_factory.mktemp("structured") / "project"))


def nodes(path: Path) -> dict[str, Any]:
    """Return what a built page says of itself, by type."""
    blocks = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', path.read_text(encoding="utf-8"), re.DOTALL
    )
    assert len(blocks) == 1, path.name
    return {node["@type"]: node for node in json.loads(blocks[0])["@graph"]}


def named(page: Page, name: str) -> list[str]:
    return [tag["content"] for kind, tag in page.tags if kind == "meta" and tag.get("name") == name]


def pages_of(folder: Path) -> list[Path]:
    return [path for path in built_pages(folder) if path.name != "404.html"]


def test_home_is_the_report(site: Site) -> None:
    (report,) = graph(site, "index.md", ADDRESS)["@graph"]
    assert (report["@type"], report["url"]) == ("Report", f"{ADDRESS}index.html")
    assert (report["version"], report["datePublished"]) == ("2024", "2024-10-31")
    assert report["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert {"@type": "WebPage", "name": "Daten", "url": f"{ADDRESS}daten.html"} in report["hasPart"]


def test_data_page_is_a_dataset_with_files_that_exist(addressed: Path) -> None:
    dataset = nodes(addressed / "daten.html")["Dataset"]
    assert dataset["temporalCoverage"] == "2018/2024"
    places = [item["contentUrl"].removeprefix(ADDRESS) for item in dataset["distribution"]]
    assert "downloads/datapackage.json" in places and all((addressed / place).is_file() for place in places)


def test_glossary_defines_its_terms_where_they_stand(addressed: Path) -> None:
    terms = nodes(addressed / "begriffe.html")["DefinedTermSet"]["hasDefinedTerm"]
    assert terms[0] == {
        "@type": "DefinedTerm",
        "@id": f"{ADDRESS}begriffe.html#kerf",
        "termCode": "kerf",
        "name": "Schnittfuge",
        "description": "Der Schlitz, den ein Draht in einen Block schneidet; was dort war, ist verloren.",
        "alternateName": ["Schnitt"],
    }
    ids = read_pages(addressed)["begriffe.html"].ids
    assert {term["@id"].partition("#")[2] for term in terms} <= ids


def test_trail_of_a_record(site: Site) -> None:
    assert crumbs(site, "suppliers/kitano.md") == [
        ("Überblick", "index.md"),
        ("Maschinen", "maschinen.md"),
        ("Hersteller", "firmen.md"),
        ("Kitano", "suppliers/kitano.md"),
    ]


def test_every_trail_is_the_one_that_readers_see(addressed: Path) -> None:
    for path in pages_of(addressed):
        shown = re.search(r'<nav class="md-path".*?</nav>', path.read_text(encoding="utf-8"), re.DOTALL)
        described = [item["name"] for item in nodes(path).get("BreadcrumbList", {}).get("itemListElement", [])]
        # A section that readers see as plain words has no page to name.
        step = re.compile(r'<a [^>]*>(.*?)</a>|<li [^>]*aria-current="page">(.*?)</li>', re.DOTALL)
        steps = step.findall(shown.group()) if shown else []
        words = [re.sub("<[^>]*>", "", link or last).strip() for link, last in steps]
        assert [html.unescape(each) for each in words] == described, path.name


def test_addresses_are_those_of_the_pages(addressed: Path) -> None:
    pages = read_pages(addressed)
    for path in pages_of(addressed):
        place = f"{ADDRESS}{path.relative_to(addressed).as_posix()}"
        page = pages[path.relative_to(addressed).as_posix()]
        canonical = [tag["href"] for kind, tag in page.tags if kind == "link" and tag.get("rel") == "canonical"]
        (described,) = [node["url"] for kind, node in nodes(path).items() if kind in ("Report", "WebPage")]
        assert canonical == [place] == [described] == named(page, "citation_public_url"), path.name
        assert place in page.text  # the citation at the foot


def test_without_an_address_all_is_relative(site: Site) -> None:
    text = structured_data(site, "suppliers/kitano.md", None)
    page, trail = json.loads(text)["@graph"]
    assert page["url"] == "kitano.html" and page["isPartOf"]["@id"] == "../index.html"
    assert [item["item"] for item in trail["itemListElement"]][:2] == ["../index.html", "../maschinen.html"]


def test_a_page_of_a_record_names_its_data(addressed: Path, site: Site) -> None:
    assert head_metadata(site, "equipment/wire-saw.md", None)["api"] == "../api/v1/equipment/wire-saw.json"
    assert "api" not in head_metadata(site, "abstand.md", None)
    pages = read_pages(addressed)
    for path in pages_of(addressed):
        links = pages[path.relative_to(addressed).as_posix()].links
        data = [link for link in links if "api/v1/" in link and path.parent != addressed]
        assert [link for link in data if not (path.parent / link).resolve().is_file()] == [], path
        assert path.parent == addressed or len(data) == 1, path.name


def test_citation_tags_name_page_and_report(addressed: Path) -> None:
    page = read_pages(addressed)["equipment/wire-saw.html"]
    assert named(page, "citation_title") == ["Vieldrahtsäge"]
    assert named(page, "citation_inbook_title") == ["Der Sägebericht (erfunden)"]
    assert named(page, "citation_publication_date") == ["2024/10/31"]
    assert named(page, "DC.rights") == ["CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"]
    home = read_pages(addressed)["index.html"]
    assert named(home, "citation_title") == ["Der Sägebericht (erfunden): Heimische und importierte Wafersägen"]


def test_page_is_cited_with_edition_and_address(addressed: Path) -> None:
    text = read_pages(addressed)["equipment/wire-saw.html"].text
    cited = "Vieldrahtsäge. Redaktion des Sägeberichts (2024): Der Sägebericht (erfunden). Heimische und importierte Wafersägen. "
    assert f"{cited}Ausgabe 2024. {ADDRESS}equipment/wire-saw.html" in text


def test_map_and_notices_name_the_address(addressed: Path) -> None:
    assert f"<loc>{ADDRESS}equipment/wire-saw.html</loc>" in (addressed / "sitemap.xml").read_text(encoding="utf-8")
    assert f"Sitemap: {ADDRESS}sitemap.xml" in (addressed / "robots.txt").read_text(encoding="utf-8")


def test_hostile_texts_neither_end_the_block_nor_an_attribute(hostile_site: Path) -> None:
    for path in pages_of(hostile_site):
        assert nodes(path), path.name
    glossary = nodes(hostile_site / "begriffe.html")["DefinedTermSet"]["hasDefinedTerm"]
    assert glossary[0]["description"].endswith(HOSTILE)
    page = read_pages(hostile_site)["equipment/wire-saw.html"]
    assert named(page, "citation_title")[0].endswith(HOSTILE)
    assert named(page, "DC.publisher")[0].endswith(HOSTILE)
