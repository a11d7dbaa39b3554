"""The report in further languages: each page has its twin, made of the same records; what is not translated says so."""

from __future__ import annotations

import gettext
import io
import re
import shutil
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from macros.check import check
from macros.cli.main import main
from macros.load import load
from macros.load.catalogues import LOCALE
from macros.model.equipment import EquipmentClass
from macros.pdf.book import read_document
from macros.render.site import open_site
from macros.render.validation import problems_in
from macros.upkeep.translate import translate
from site_tests.conftest import ADDRESS, Copy, edit, with_engine
from site_tests.support.built import broken_links, pages_of, read_pages
from site_tests.support.commands import build
from site_tests.support.translating import fill, spelt

LISTED = ("language: en\n", "language: en\nlanguages: [{id: ar, name: العربية}]\n")
# A text of the data, and one of prose, that the translation leaves out.
LEFT_OUT = ("wire-saw.summary", "## How sure is this?")


def say(context: str, text: str) -> str:
    return "" if context == LEFT_OUT[0] or text == LEFT_OUT[1] else spelt(text)


@pytest.fixture(scope="module")
def project(miniature: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The miniature with an invented translation from right to left, built for an address."""
    root = with_engine(shutil.copytree(miniature, tmp_path_factory.mktemp("languages") / "project"))
    edit(root, "data/report.yml", LISTED)
    translate(root, "ar")
    fill(root, "ar", say)
    translate(root, "ar")
    done = build(root, SITE_URL=ADDRESS)
    assert done.returncode == 0, done.stderr.decode()
    return root


@pytest.fixture(scope="module")
def site(project: Path) -> Path:
    return project / "site"


def twins(site: Path) -> list[str]:
    """Return the pages at the root of a site that are to have twins."""
    names = [path.relative_to(site).as_posix() for path in pages_of(site)]
    return [name for name in names if not name.startswith(("ar/", "2024/")) and name != "404.html"]


def saw(root: Path) -> EquipmentClass:
    """Return the record of a machine as the data have it."""
    return check(load(root)).equipment["wire-saw"]


class Read(HTMLParser):
    """Ids, figures and language of a page. What a browser hides or draws is passed over, and so are definitions of terms."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.texts: list[str] = []
        self.silent = 0
        self.within: list[bool] = []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        fields = dict(attrs)
        if fields.get("id"):
            self.ids[str(fields["id"])] += 1
        if tag in ("meta", "link", "input", "img", "br", "hr", "path", "line", "rect", "circle", "use"):
            return
        is_silent = (
            tag in ("script", "style", "svg", "pre", "code", "head") or "term" in (fields.get("class") or "").split()
        )
        self.within.append(is_silent)
        self.silent += is_silent
        self.texts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if self.within and tag not in ("path", "line", "rect", "circle", "use"):
            self.silent -= self.within.pop()
        self.texts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.texts.append(data)

    @property
    def figures(self) -> Counter[str]:
        return Counter(re.findall(r"\d+(?:[.,]\d+)*", "".join(self.texts)))


def test_every_page_has_its_twin_with_the_same_ids_and_figures(site: Path) -> None:
    names = twins(site)
    assert len(names) > 40
    assert names == [path.relative_to(site / "ar").as_posix() for path in pages_of(site / "ar")]
    for name in names:
        one, other = Read(site / name), Read(site / "ar" / name)
        assert other.ids == one.ids, name
        assert other.figures == one.figures, name
    assert sum(Read(site / "equipment/wire-saw.html").figures.values()) > 50


def test_links_of_every_language_lead_somewhere(site: Path) -> None:
    assert broken_links(site, read_pages(site, framed_too=True)) == []


@pytest.mark.parametrize("name", ["index.html", "equipment/wire-saw.html"])
def test_pages_name_their_twins(site: Path, name: str) -> None:
    for folder in ("", "ar/"):
        page = (site / folder / name).read_text(encoding="utf-8")
        found = re.findall(r'<link rel="alternate " hreflang="(\w+)" href="([^"]+)">', page)
        assert found == [("en", f"{ADDRESS}{name}"), ("ar", f"{ADDRESS}ar/{name}")]
        assert f'<link rel="canonical" href="{ADDRESS}{folder}{name}">' in page
        switch = re.findall(r'<a href="([^"]+)" hreflang="(\w+)" lang="\w+" class="md-select__link">([^<]+)<', page)
        assert [(tag, said) for _, tag, said in switch] == [("en", "English"), ("ar", "العربية")]
        leads = [((site / folder / name).parent / link).resolve() for link, _, _ in switch]
        assert leads == [(site / name).resolve(), (site / "ar" / name).resolve()]


def test_a_page_says_its_language_and_its_direction(site: Path) -> None:
    page = (site / "ar/equipment/wire-saw.html").read_text(encoding="utf-8")
    assert '<html lang="ar"' in page
    assert re.search(r'<body dir="rtl"', page)
    assert f"<title>{spelt(saw(site.parent).name)} - " in page
    assert spelt("Equipment") in page  # the navigation


def test_what_is_not_translated_is_shown_as_of_the_source(site: Path) -> None:
    page = (site / "ar/equipment/wire-saw.html").read_text(encoding="utf-8")
    assert f'<span lang="en" class="unsaid">{saw(site.parent).summary}' in page
    assert '<span lang="en" class="unsaid">' not in (site / "equipment/wire-saw.html").read_text(encoding="utf-8")
    front = (site / "ar/index.html").read_text(encoding="utf-8")
    assert ('<span lang="en" class="unsaid">How sure is this?</span>' in front) == (
        LEFT_OUT[1] in (site.parent / "content/index.md").read_text(encoding="utf-8")
    )


def test_no_file_of_a_site_has_the_marks_of_the_program(site: Path) -> None:
    for path in sorted((site / "ar").rglob("*")):
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
        assert "".join(switch.sub("", after).split()) == "".join(before.split()), name


def test_feed_search_and_map_are_of_the_language(site: Path) -> None:
    feed = (site / "ar/feed.xml").read_text(encoding="utf-8")
    ids = [re.search("<id>(.*?)</id>", (site / f"{folder}feed.xml").read_text("utf-8"))[1] for folder in ("", "ar/")]
    assert ids[0] != ids[1]
    assert spelt("The Sawing Report (invented)") in feed
    index = (site / "ar/assets/search-index.js").read_text(encoding="utf-8")
    assert spelt(saw(site.parent).name) in index
    assert f"<loc>{ADDRESS}ar/equipment/wire-saw.html</loc>" in (site / "ar/sitemap.xml").read_text(encoding="utf-8")
    assert f"Sitemap: {ADDRESS}ar/sitemap.xml" in (site / "robots.txt").read_text(encoding="utf-8")


def test_data_are_one_set(site: Path) -> None:
    assert not (site / "ar/api").exists()
    assert [path.name for path in (site / "ar/downloads").iterdir()] == ["charts"]
    assert 'href="../downloads/report.xlsx"' in (site / "ar/data.html").read_text(encoding="utf-8")


def test_the_book_is_printed_in_the_language(project: Path) -> None:
    html = read_document(project, "https://example.org/saws", language="ar").html({})
    assert '<html lang="ar"' in html
    assert spelt(saw(project).name) in html


def test_a_language_that_is_not_listed_is_refused(miniature: Path) -> None:
    from macros.problems import ProblemsFound

    with pytest.raises(ProblemsFound, match='"ar" is not a language of the report'):
        open_site(miniature, language="ar")


# --- catalogues


def catalogue(root: Path, name: str) -> dict[str, tuple[str, str, bool]]:
    """Return source, translation and whether it is fuzzy, by context."""
    with (root / LOCALE / "ar" / f"{name}.po").open("rb") as file:
        return {one.context: (one.id, one.string, one.fuzzy) for one in read_po(file) if one.id}


def test_catalogues_are_brought_up_to_date_without_loss(project_with: Copy) -> None:
    root = project_with({"data/report.yml": LISTED})
    translate(root, "ar")
    fill(root, "ar")
    translate(root, "ar")
    before = (root / LOCALE / "ar/stages.po").read_bytes()
    translate(root, "ar")
    assert (root / LOCALE / "ar/stages.po").read_bytes() == before
    stages = (root / "data/stages.yml").read_text(encoding="utf-8")
    name = re.search(r"name: (.+)", stages)[1]
    edit(root, "data/stages.yml", stages.replace(f"name: {name}", f"name: {name} anew", 1))
    work = {one.name: one for one in translate(root, "ar")}["stages"]
    assert (work.missing, work.fuzzy, work.gone) == (0, 1, 0)
    found = [row for row in catalogue(root, "stages").values() if row[2]]
    assert found == [(f"{name} anew", spelt(name), True)]
    # What a text said before stays known however often it changes, and comes back with it.
    edit(root, "data/stages.yml", stages.replace(f"name: {name}", f"name: {name} once more", 1))
    translate(root, "ar")
    assert f'#| msgid "{name}"' in (root / LOCALE / "ar/stages.po").read_text(encoding="utf-8")


def test_a_changed_source_is_shown_and_counted_and_refused(
    project_with: Copy, capsys: pytest.CaptureFixture[str]
) -> None:
    root = project_with({"data/report.yml": LISTED})
    translate(root, "ar")
    fill(root, "ar")
    assert main(["--root", str(root), "check"]) == 0
    assert "ar: texts without a translation: 0; changed since they were translated: 0" in capsys.readouterr().out
    stages = (root / "data/stages.yml").read_text(encoding="utf-8")
    summary = re.search(r"summary: (.+)", stages)[1]
    edit(root, "data/stages.yml", stages.replace(summary, f"{summary} Anew.", 1))
    assert main(["--root", str(root), "check"]) == 0
    assert "ar: texts without a translation: 0; changed since they were translated: 1" in capsys.readouterr().out
    assert main(["--root", str(root), "check", "--fresh", "--today", "2024-11-01"]) == 1
    assert "data/locale/ar/stages.po:1: texts without a translation: 0; changed since they were translated: 1" in (
        capsys.readouterr().err
    )


def test_rules_allow_a_translation_that_keeps_figures_and_calls(project: Path) -> None:
    assert [str(problem) for problem in problems_in(project)] == []


def test_programs_of_gettext_read_the_catalogues(project: Path) -> None:
    """A per cent sign in prose is no format: no entry is flagged as one, which gettext's checkers would hold against it."""
    paths = list((project / LOCALE / "ar").rglob("*.po"))
    assert paths
    for path in paths:
        flags = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#,")]
        assert not [line for line in flags if re.search(r"(?<!no-)python-format", line)], path
        compiled = io.BytesIO()
        catalogue = read_po(io.BytesIO(path.read_bytes()), locale="ar")
        write_mo(compiled, catalogue)
        compiled.seek(0)
        known = gettext.GNUTranslations(compiled)
        said = [one for one in catalogue if isinstance(one.id, str) and one.id and one.string and not one.fuzzy]
        assert [known.pgettext(one.context, one.id) for one in said] == [one.string for one in said]
