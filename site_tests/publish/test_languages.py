"""The report in further languages: each page has its twin, made of the same records; what is not translated says so."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from macros.cli.main import main
from macros.model.equipment import EquipmentClass
from macros.pdf.book import read_document
from macros.render.site import open_site, translated_site
from site_tests.conftest import ADDRESS, REPOSITORY, Tab, edit, with_engine
from site_tests.support.built import broken_links, languages_of, pages_of, read_pages
from site_tests.support.commands import build
from site_tests.support.reading import landscape_of
from site_tests.support.translating import LISTED, add_language, spelt
from site_tests.support.twins import Twin, figures, unlike

pytestmark = pytest.mark.site

# A text of the data, and one of prose, that the translation leaves out.
LEFT_OUT = ("wire-saw.summary", "## Wie sicher")


def say(context: str, text: str) -> str:
    return "" if context == LEFT_OUT[0] or text == LEFT_OUT[1] else spelt(text)


@pytest.fixture(scope="module")
def project(miniature: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The miniature with an invented translation from right to left, built for an address."""
    root = add_language(with_engine(shutil.copytree(miniature, tmp_path_factory.mktemp("languages") / "project")), say)
    done = build(root, SITE_URL=ADDRESS)
    assert done.returncode == 0, done.stderr.decode()
    return root


@pytest.fixture(scope="module")
def told(project: Path) -> Path:
    return project / "site"


def twins(told: Path) -> list[str]:
    """Return the pages at the root of a site that are to have twins."""
    names = [path.relative_to(told).as_posix() for path in pages_of(told)]
    return [name for name in names if not name.startswith(("ar/", "2024/")) and name != "404.html"]


def saw(root: Path) -> EquipmentClass:
    """Return the record of a machine as the data have it."""
    return landscape_of(root).equipment["wire-saw"]


def test_every_page_has_its_twin_with_the_same_ids_and_figures(told: Path) -> None:
    names = twins(told)
    assert len(names) > 40
    assert names == [path.relative_to(told / "ar").as_posix() for path in pages_of(told / "ar")]
    assert differences(told, "ar", names) == {}
    blocks = [text for part in Twin(told / "equipment/wire-saw.html").parts.values() for text in part]
    assert sum(len(figures(text)) for text in blocks) > 50


def differences(site: Path, language: str, names: list[str]) -> dict[str, list[str]]:
    """Return what pages have not in common with their twins in a language, by page."""
    found = {name: list(unlike(Twin(site / name), Twin(site / language / name))) for name in names}
    return {name: said for name, said in found.items() if said}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1.2 billion yuan in 2019", "2019年为12亿元"),
        ("30 to 40 million, or 4,680 cells", "3000万至4000万，即4680只"),
        ("on 22 May 2019, for three years", "2019年5月22日，为期3年"),
        ("1.2 (2022) and 2.8 billion (2024)", "12亿（2022年）与28亿（2024年）"),
    ],
)
def test_figures_that_languages_write_differently_are_the_same(tmp_path: Path, text: str, said: str) -> None:
    assert list(unlike(*written(tmp_path, text, said))) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1.2 billion yuan in 2019", "2019年为1.2亿元"),
        ("a gap of 35 %", "差距53%"),
        ("40 of 62 points", "62个点"),
        ("twelve machines", "12台设备，其中25台为进口"),
    ],
)
def test_figures_that_differ_are_found(tmp_path: Path, text: str, said: str) -> None:
    assert len(list(unlike(*written(tmp_path, text, said)))) == 1


def written(folder: Path, *texts: str) -> list[Twin]:
    """Return a page with each of the texts."""
    paths = [folder / f"{number}.html" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(f'<main><p id="x">{text}</p></main>', encoding="utf-8")
    return [Twin(path) for path in paths]


def test_twins_of_the_real_report_have_the_same_ids_and_figures(site: Path) -> None:
    assert languages_of(site) == [language.id for language in landscape_of(REPOSITORY).report.languages]
    for language in languages_of(site):
        names = [path.relative_to(site / language).as_posix() for path in pages_of(site / language)]
        assert len(names) > 300
        assert differences(site, language, names) == {}


def test_links_of_every_language_lead_somewhere(told: Path) -> None:
    assert broken_links(told, read_pages(told, framed_too=True)) == []


@pytest.mark.parametrize("name", ["index.html", "equipment/wire-saw.html"])
def test_pages_name_their_twins(told: Path, name: str) -> None:
    for folder in ("", "ar/"):
        page = (told / folder / name).read_text(encoding="utf-8")
        found = re.findall(r'<link rel="alternate " hreflang="(\w+)" href="([^"]+)">', page)
        assert found == [("de", f"{ADDRESS}{name}"), ("ar", f"{ADDRESS}ar/{name}")]
        assert f'<link rel="canonical" href="{ADDRESS}{folder}{name}">' in page
        switch = re.findall(r'<a href="([^"]+)" hreflang="(\w+)" lang="\w+" class="md-select__link">([^<]+)<', page)
        assert [(tag, said) for _, tag, said in switch] == [("de", "Deutsch"), ("ar", "العربية")]
        leads = [((told / folder / name).parent / link).resolve() for link, _, _ in switch]
        assert leads == [(told / name).resolve(), (told / "ar" / name).resolve()]


def test_a_page_says_its_language_and_its_direction(told: Path) -> None:
    page = (told / "ar/equipment/wire-saw.html").read_text(encoding="utf-8")
    assert '<html lang="ar"' in page
    assert re.search(r'<body dir="rtl"', page)
    assert f"<title>{spelt(saw(told.parent).name)} - " in page
    assert spelt("Maschinen") in page  # the navigation


# Labels of charts that stand outside their chart, and what stands outside the screen.
_OUTSIDE = """
async () => {
    await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    // The number at an end of an axis is centred there; what is far below the screen is not laid out yet.
    const outside = (inner, outer) => inner.width && (inner.left < outer.left - 8 || inner.right > outer.right + 8);
    const labels = [...document.querySelectorAll("svg.drawing")].filter(chart => chart.checkVisibility()).flatMap(chart =>
        [...chart.querySelectorAll("text")].map(label => [label, chart]));
    const bad = labels.filter(([label, chart]) => outside(label.getBoundingClientRect(), chart.getBoundingClientRect()));
    return [labels.length, bad.map(([label]) => label.textContent), document.documentElement.scrollWidth - innerWidth];
}
"""


def test_pages_from_right_to_left_fit_the_screen_and_charts_hold_their_labels(told: Path, tab: Tab) -> None:
    page, total = tab(), Counter[int]()
    for name in ("index.html", "abstand.html", "markt.html", "vorhaben.html", "equipment/wire-saw.html"):
        page.goto((told / "ar" / name).as_uri())
        page.evaluate("document.querySelectorAll('main details').forEach(part => { part.open = true; })")
        for width in (390, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            labels, bad, over = page.evaluate(_OUTSIDE)
            assert (bad, max(over, 0)) == ([], 0), (name, width)
            total[width] += labels
    assert min(total.values()) > 40


def test_what_stands_alone_runs_from_right_to_left_as_well(told: Path) -> None:
    framed = list((told / "ar/embed").glob("*.html"))
    assert framed and all('lang="ar" dir="rtl">' in path.read_text(encoding="utf-8") for path in framed)
    assert '<html class="framed" lang="de">' in (told / "embed/matrix.html").read_text(encoding="utf-8")
    # A minus stays before its number.
    assert "\u200e\u22121.0" in (told / "ar/abstand.html").read_text(encoding="utf-8")


def test_what_is_not_translated_is_shown_as_of_the_source(told: Path) -> None:
    page = (told / "ar/equipment/wire-saw.html").read_text(encoding="utf-8")
    assert f'<span lang="de" class="unsaid">{saw(told.parent).summary}' in page
    assert '<span lang="de" class="unsaid">' not in (told / "equipment/wire-saw.html").read_text(encoding="utf-8")
    front = (told / "ar/index.html").read_text(encoding="utf-8")
    assert ('<span lang="de" class="unsaid">Wie sicher</span>' in front) == (
        LEFT_OUT[1] in (told.parent / "content/index.md").read_text(encoding="utf-8")
    )


def test_no_file_of_a_site_has_the_marks_of_the_program(told: Path) -> None:
    for path in sorted((told / "ar").rglob("*")):
        if path.is_file() and path.suffix in (".html", ".svg", ".js", ".xml", ".csv"):
            assert not re.search("[\ue000\ue001]", path.read_text(encoding="utf-8")), path


def test_pages_of_the_source_are_as_without_a_translation(project: Path, tmp_path: Path) -> None:
    root = shutil.copytree(project, tmp_path / "project", ignore=shutil.ignore_patterns("site"))
    edit(root, "data/report.yml", (LISTED[1], LISTED[0]))
    assert build(root, SITE_URL=ADDRESS).returncode == 0
    switch = re.compile(
        r'\s*<link rel="alternate " hreflang=[^>]*>|\s*<div class="md-header__option">\s*<div class="md-select">.*?</ul>\s*</div>\s*</div>\s*</div>',
        re.DOTALL,
    )
    for name in twins(project / "site"):
        before, after = ((folder / "site" / name).read_text(encoding="utf-8") for folder in (root, project))
        assert "hreflang" not in before
        if name != "daten.html":  # it counts the columns of the tables, of which there are more
            assert "".join(switch.sub("", after).split()) == "".join(before.split()), name


def test_feed_search_and_map_are_of_the_language(told: Path) -> None:
    feed = (told / "ar/feed.xml").read_text(encoding="utf-8")
    ids = [re.search("<id>(.*?)</id>", (told / f"{folder}feed.xml").read_text("utf-8"))[1] for folder in ("", "ar/")]
    assert ids[0] != ids[1]
    assert spelt("Der Sägebericht (erfunden)") in feed
    index = (told / "ar/assets/search-index.js").read_text(encoding="utf-8")
    assert spelt(saw(told.parent).name) in index
    assert f"<loc>{ADDRESS}ar/equipment/wire-saw.html</loc>" in (told / "ar/sitemap.xml").read_text(encoding="utf-8")
    assert f"Sitemap: {ADDRESS}ar/sitemap.xml" in (told / "robots.txt").read_text(encoding="utf-8")


def test_data_are_one_set(told: Path) -> None:
    assert not (told / "ar/api").exists()
    assert [path.name for path in (told / "ar/downloads").iterdir()] == ["charts"]
    assert 'href="../downloads/report.xlsx"' in (told / "ar/daten.html").read_text(encoding="utf-8")


def table(site: Path, name: str) -> list[dict[str, str]]:
    with (site / f"downloads/tables/{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_tables_have_the_texts_of_every_language_behind_their_own_columns(project: Path) -> None:
    site = project / "site"
    row = next(row for row in table(site, "equipment") if row["id"] == "wire-saw")
    record = saw(project)
    told = {name: text for name, text in row.items() if name.endswith("_ar")}
    assert list(row)[-len(told) :] == list(told)
    assert told == {
        "name_ar": spelt(record.name),
        "summary_ar": "",  # left out
        "typical_failures_ar": "; ".join(map(spelt, record.typical_failures)),
        "value_share_of_ar": spelt(row["value_share_of"]),
    }


def test_only_words_have_a_further_column(project: Path) -> None:
    site = project / "site"
    package = json.loads((site / "downloads/datapackage.json").read_text(encoding="utf-8"))
    fields = {one["name"]: [field["name"] for field in one["schema"]["fields"]] for one in package["resources"]}
    words = {(table, name) for table, names in fields.items() for name in names if name.endswith("_ar")}
    assert {("facts", "statement_ar"), ("facts", "value_text_ar"), ("series", "title_ar")} <= words
    for table, name in words:
        own = name.removesuffix("_ar")
        assert own in fields[table]
        assert not own.endswith(("id", "unit", "year", "_low", "_high", "evidence")), (table, name)
    described = [field for one in package["resources"] for field in one["schema"]["fields"] if "language" in field]
    assert {field["language"] for field in described} == {"ar"}
    assert len(described) == len(words)
    assert "_ar" in package["description"]
    croissant = json.loads((site / "downloads/croissant.json").read_text(encoding="utf-8"))
    assert croissant["inLanguage"] == ["de", "ar"]


def test_records_of_the_interface_have_their_translations_by_place(project: Path) -> None:
    site = project / "site"
    entry = json.loads((site / "api/v1/equipment/wire-saw.json").read_text(encoding="utf-8"))
    told = entry["translations"]["ar"]
    assert told["/name"] == spelt(saw(project).name)
    assert "/summary" not in told  # left out
    assert any(place.startswith("/assessments/0/") for place in told)
    assert not any(place.endswith("/unit") for place in told)
    for place, text in told.items():
        value = entry["record"]
        for key in place.split("/")[1:]:
            value = value[int(key) if isinstance(value, list) else key]
        assert text == spelt(value), place


def test_a_report_in_one_language_has_neither(wafer_site: Path) -> None:
    assert "translations" not in json.loads((wafer_site / "api/v1/equipment/wire-saw.json").read_text(encoding="utf-8"))
    assert not [name for row in table(wafer_site, "equipment") for name in row if name.endswith("_ar")]


def test_the_plain_tree_is_written_in_the_language(project: Path, tmp_path: Path) -> None:
    assert main(["--root", str(project), "render", str(tmp_path / "plain"), "--language", "ar"]) == 0
    assert spelt(saw(project).name) in (tmp_path / "plain/content/equipment/wire-saw.md").read_text(encoding="utf-8")
    assert "language: ar" in (tmp_path / "plain/mkdocs.yml").read_text(encoding="utf-8")


def test_the_book_is_printed_in_the_language(project: Path) -> None:
    html = read_document(project, "https://example.org/saws", language="ar").html({})
    assert '<html lang="ar" dir="rtl"' in html
    assert spelt(saw(project).name) in html


def test_a_language_that_is_not_listed_is_refused(miniature: Path) -> None:
    from macros.problems import ProblemsFound

    with pytest.raises(ProblemsFound, match='"ar" is not a language of the report'):
        translated_site(miniature, open_site(miniature), "ar")
