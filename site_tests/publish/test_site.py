"""The real report, built: nothing missing, nothing broken, nothing asked of another host, every number right."""

from __future__ import annotations

import re
from collections import Counter
from fractions import Fraction
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from site_tests.support.built import FRAMED, ROOT, Page, broken_links
from site_tests.support.records import data_in
from site_tests.support.search_site import read_index


@pytest.fixture(scope="session")
def built(site_pages: dict[str, Page]) -> dict[str, Page]:
    return {name: page for name, page in site_pages.items() if not name.startswith(f"{FRAMED}/")}


@pytest.fixture(scope="session")
def records() -> dict[str, list[dict]]:
    """The data as plain YAML, by folder or file: a path of its own, without the code under test."""
    found: dict[str, list[dict]] = {}
    for path in sorted((ROOT / "data").rglob("*.yml")):
        group = path.parent.name if path.parent.name != "data" else path.stem
        found.setdefault(group, []).append({**data_in(path), "_stem": path.stem})
    return found


def test_every_internal_link_and_anchor_resolves(site: Path, built: dict[str, Page]) -> None:
    assert broken_links(site, built) == []


def test_nothing_is_asked_of_another_host(site: Path, built: dict[str, Page]) -> None:
    asked = [
        f"{name}: {address}" for name, page in built.items() for address in page.resources if urlsplit(address).netloc
    ]
    for sheet in site.rglob("*.css"):
        asked += re.findall(r"url\([\"']?((?:https?:)?//[^)\"']+)", sheet.read_text(encoding="utf-8"))
    assert asked == []


def test_every_page_has_a_description_of_its_own_that_search_engines_can_show(built: dict[str, Page]) -> None:
    said = {
        name: attrs["content"]
        for name, page in built.items()
        for tag, attrs in page.tags
        if tag == "meta" and attrs.get("name") == "description"
    }
    assert set(said) == set(built)
    assert [text for text, times in Counter(said.values()).items() if times > 1] == []
    wide = re.compile("[\u2e80-\u9fff\uff00-\uffef]")  # of these letters two say as much as four of others
    assert [text for text in said.values() if len(wide.sub("  ", text)) < 45 or len(text) > 200] == []
    assert [text for text in said.values() if not re.search("[.?。？…]$", text) or "–." in text or "。 " in text] == []


def test_ids_are_unique_within_a_page(built: dict[str, Page]) -> None:
    twice = {}
    for name, page in built.items():
        ids = Counter(attrs["id"] for _, attrs in page.tags if "id" in attrs)
        found = [key for key, times in ids.items() if times > 1]
        if found:
            twice[name] = found
    assert twice == {}


def test_no_leftovers_stand_in_any_text(built: dict[str, Page]) -> None:
    leftover = re.compile(
        r"\{\{|\}\}|\{%|zq\d{5}qz|\bNone\b(?! (?:of|was|that|found)\b)|\bnan\b|\bundefined\b|\bStrictUndefined\b|<object|\{[a-z_]+\}"
    )
    found = {name: leftover.findall(page.text) for name, page in built.items() if not name.endswith(PAGES_ON_SYNTAX)}
    assert {name: words for name, words in found.items() if words} == {}


# Pages that show editors how a macro call looks.
PAGES_ON_SYNTAX = ("contributing.html", "data.html")


def test_every_fact_and_source_stands_on_its_page(built: dict[str, Page], records: dict) -> None:
    for group, folder, rows in (("evidence", "evidence", "facts"), ("sources", "sources", "sources")):
        for file in records[group]:
            page = built[f"{folder}/{file['_stem']}.html"]
            missing = [row["id"] for row in file[rows] if row["id"] not in page.ids]
            assert missing == [], file["_stem"]


def test_every_fact_is_one_click_from_its_source_address(built: dict[str, Page], records: dict) -> None:
    addresses = {s["id"]: s["URL"] for file in records["sources"] for s in file["sources"]}
    for file in records["evidence"]:
        links = set(built[f"evidence/{file['_stem']}.html"].links)
        missing = [f["id"] for f in file["facts"] if addresses[f["source"]] and addresses[f["source"]] not in links]
        assert missing == [], file["_stem"]


@pytest.mark.parametrize("folder", ["equipment", "suppliers", "priorities"])
def test_every_record_has_its_page_with_its_name(folder: str, built: dict[str, Page], records: dict) -> None:
    for record in records[folder]:
        page = built[f"{folder}/{record['_stem']}.html"]
        name = record.get("name") or record["title"]
        assert name in page.text
        if record.get("name_local"):
            assert record["name_local"] in page.text


@pytest.mark.parametrize(
    ("file", "rows", "page", "field"),
    [
        ("claims", "claims", "claims.html", "claim"),
        ("timeline", "events", "timeline.html", "title"),
        ("standards", "standards", "standards.html", "scope"),
        ("conflicts", "conflicts", "evidence.html", "title"),
        ("notes", "notes", "evidence.html", "title"),
        ("measurement", "unpublished", "measurement.html", "quantity"),
        ("measurement", "wear_parts", "measurement.html", "life"),
    ],
)
def test_every_row_of_a_list_is_shown(file: str, rows: str, page: str, field: str, built: dict, records: dict) -> None:
    text = built[page].text
    missing = [row[field] for row in records[file][0][rows] if re.sub(r"\s+", " ", row[field]).strip() not in text]
    assert missing == []


def test_every_series_is_shown_where_it_belongs(built: dict[str, Page], records: dict) -> None:
    for series in records["series"][0]["series"]:
        home = series["equipment"]
        # The list of the industry's goes on on further pages.
        names = (
            [name for name in built if name.startswith("market")] if home == "industry" else [f"equipment/{home}.html"]
        )
        assert sum(series["id"] in built[name].ids for name in names) == 1, series["id"]


def test_every_assessment_shows_level_and_reason_on_its_class_page(built: dict[str, Page], records: dict) -> None:
    names = {level["id"]: level["name"] for level in records["method"][0]["levels"]}
    for equipment in records["equipment"]:
        text = built[f"equipment/{equipment['id']}.html"].text
        for assessment in equipment["assessments"]:
            assert re.sub(r"\s+", " ", assessment["reason"]).strip() in text
            assert names[assessment["level"]] in text
            if assessment["level"] == "unknown":
                assert re.sub(r"\s+", " ", assessment["would_settle"]).strip() in text


def test_answers_of_the_cover_equal_a_count_of_the_yaml(built: dict[str, Page], records: dict) -> None:
    severity = {level["id"]: level["severity"] for level in records["method"][0]["levels"]}
    now = [a for e in records["equipment"] for a in e["assessments"] if a["edition"] == "2026"]
    cover = built["index.html"].text
    for question in records["dimensions"][0]["questions"]:
        known = [a for a in now if a["dimension"] in question["dimensions"] and severity[a["level"]] is not None]
        said = cover[cover.index(question["name"]) :][:200]
        assert f"{sum(severity[a['level']] <= 0 for a in known)} of {len(known)}" in said
        asked = len(records["equipment"]) * len(question["dimensions"])
        assert f"{len(known)} of {asked} points known" in said
        for basis in ("measured", "judged", "inferred"):
            n = sum(a["basis"] == basis for a in known)
            assert (f"{n} {basis}" in said) == (n > 0)


def test_gap_indices_shown_equal_those_worked_out_from_the_yaml(built: dict[str, Page], records: dict) -> None:
    method = records["method"][0]
    severity = {level["id"]: level["severity"] for level in method["levels"]}
    total = sum(method["gap_weights"].values())
    text = built["gap.html"].text
    for equipment in records["equipment"]:
        pairs = [
            (severity[a["level"]], Fraction(str(method["gap_weights"][a["dimension"]])))
            for a in equipment["assessments"]
            if a["edition"] == "2026" and severity[a["level"]] is not None
        ]
        weight = sum(w for _, w in pairs)
        if weight < Fraction(str(method["coverage_minimum"])) * total:
            continue
        index = float(sum(step * w for step, w in pairs) / weight)
        shown = f"{index:.1f}".replace("-", "\u2212")
        # In the table of the parts it stands behind them, and before how many points it is made of.
        row = rf"{re.escape(equipment['name'])}\s.{{20,160}}\s{re.escape(shown)}\s+{len(pairs)} of {len(method['gap_weights'])}\b"
        assert re.search(row, text), (equipment["id"], shown)


def test_matrix_cells_equal_the_levels_of_the_yaml(site: Path, records: dict) -> None:
    method = records["method"][0]
    signs = {level["id"]: level["sign"] for level in method["levels"]}
    html = (site / "landscape.html").read_text(encoding="utf-8")
    section = html[html.index('data-edition="2026"') :].partition("</section>")[0]
    dimensions = [name for question in records["dimensions"][0]["questions"] for name in question["dimensions"]]
    rows = {
        re.search(r'equipment/([\w-]+)\.html"', row).group(1): row
        for row in re.findall(r"<tr[^>]*><th scope=\"row\">.*?</tr>", section, re.DOTALL)
    }
    for equipment in records["equipment"]:
        cells = re.findall(
            r'<td class="lv lv-[\w-]+"(?: data-level="([\w-]+)")?>(.*?)</td>', rows[equipment["id"]], re.DOTALL
        )
        levels = {a["dimension"]: a["level"] for a in equipment["assessments"] if a["edition"] == "2026"}
        assert [level for level, _ in cells] == [levels.get(d, "") for d in dimensions], equipment["id"]
        for (level, inner), dimension in zip(cells, dimensions, strict=True):
            if level:
                assert f"<b>{signs[level]}</b>" in inner and f"#{dimension}" in inner


@pytest.fixture(scope="session")
def entries(site: Path) -> list[list]:
    return read_index(site)["entries"]


def test_search_finds_every_record_by_each_of_its_names(entries: list[list], records: dict) -> None:
    found = {entry[1]: " ".join(map(str, entry[2:])) for entry in entries}
    for folder in ("equipment", "suppliers"):
        for record in records[folder]:
            names = [record["name"], record["name_local"], *record.get("aliases", [])]
            assert [name for name in names if name and name not in found[f"{folder}/{record['_stem']}.html"]] == []
    for file in records["evidence"]:
        for fact in file["facts"]:
            assert fact["statement"] in found[f"evidence/{file['_stem']}.html#{fact['id']}"]
    assert len([entry for entry in entries if entry[1].startswith("sources/")]) == sum(
        len(file["sources"]) for file in records["sources"]
    )


def test_every_result_of_the_search_has_its_place(entries: list[list], built: dict[str, Page]) -> None:
    broken = [
        address
        for _, address, *_ in entries
        if (parts := address.partition("#"))[2] not in ({""} | built[parts[0]].ids)
    ]
    assert broken == []
