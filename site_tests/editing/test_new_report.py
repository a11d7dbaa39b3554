"""A new report is complete at once: it checks, builds and passes its tests, under ids and pages of its own, and empty."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import yaml

from macros.cli.main import main
from macros.editing.new_report import Wanted, write_report
from macros.export.share.cards import Cards
from macros.export.share.drawing import card_svg
from macros.pdf.book import read_document
from macros.render.site import open_site
from macros.render.validation import problems_in
from site_tests.conftest import REPOSITORY
from site_tests.support.built import Page, broken_links, build, read_pages
from site_tests.support.reading import landscape_of

pytestmark = pytest.mark.slow

THREE = Wanted("Der Windbericht", ("DE", "DK"), "de", ("2018", "2022", "2026"), "Redaktion des Windberichts")
# Ids and names of pages, and what an editor may call them instead.
LEVELS = {"ahead": "vorn", "level": "gleich", "behind": "zurueck", "dependent": "abhaengig", "unknown": "offen"}
WORDS = {
    "performance": "leistung", "supply": "angebot", "research": "forschung", "share": "anteil", "market": "markt",
    "severity": "schwere", "reach": "reichweite", "feasibility": "machbarkeit", "revenue": "umsatz", "balanced": "ausgewogen",
    "making": "fertigung", "near": "bald", "makers": "hersteller", "trade-press": "fachpresse", "company": "firma",
}  # fmt: skip
PAGES = {
    "gap": "abstand", "method": "vorgehen", "landscape": "maschinen", "evidence": "belege", "sources": "quellen",
    "priorities": "vorhaben", "suppliers": "firmen", "changes": "neues", "data": "daten", "glossary": "begriffe",
    "market": "zahlen", "measurement": "unbekanntes", "timeline": "chronik", "maintenance": "pflege",
}  # fmt: skip


@pytest.fixture(scope="module")
def wind(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new report. Tests must not change it."""
    folder = tmp_path_factory.mktemp("new") / "wind"
    write_report(REPOSITORY, folder, THREE)
    return folder


def failures_of(root: Path) -> str:
    """Run the tests of a project as its editor does; return what they say when one fails."""
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", "site_tests"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=600)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def built(root: Path) -> dict[str, Page]:
    """Build a project and return its pages, whose links all lead somewhere."""
    done = build(root, root / "site")
    assert done.returncode == 0, done.stdout + done.stderr
    pages = read_pages(root / "site")
    assert broken_links(root / "site", pages) == []
    return pages


def test_workflow_makes_only_what_the_project_can(wind: Path) -> None:
    wanted = set(re.findall(r"run: make (\S+)", (wind / ".github/workflows/site.yml").read_text(encoding="utf-8")))
    targets = re.findall(r"^([\w$()/-]+):", (wind / "Makefile").read_text(encoding="utf-8"), re.M)
    assert {"test", "build"} <= wanted <= {target.replace("$(VENV)", ".venv") for target in targets}


def dress(root: Path) -> None:
    """Give a report a logo, a colour and a cover of its own."""
    (root / "content/assets").mkdir()
    mark = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>ours</title><circle cx="4" cy="4" r="4"/></svg>'
    for name in ("mark.svg", "cover-mark.svg"):
        (root / "content/assets" / name).write_text(mark, encoding="utf-8")
    (root / "content/assets/colours.css").write_text(":root{ --dom: #123456 }", encoding="utf-8")
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    settings = settings.replace("  icon:\n", "  logo: assets/mark.svg\n  icon:\n", 1)
    (root / "mkdocs.yml").write_text(settings, encoding="utf-8")


def test_new_report_passes_its_own_tests(wind: Path) -> None:
    assert failures_of(wind) == ""


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted('A: "B" \\ 100 %', ("NO",), "en-GB", ("2026",), "C # D"),
        Wanted("风", ("CN",), "zh-Hans", ("2019", "2026"), "风"),
        Wanted("Wiatr", ("PL", "SE", "FI"), "pl", ("2010", "2018", "2026"), "no"),
    ],
)
def test_new_report_has_no_problem_whatever_it_is_called(tmp_path: Path, wanted: Wanted) -> None:
    write_report(REPOSITORY, tmp_path / "new", wanted)
    assert [str(problem) for problem in problems_in(tmp_path / "new")] == []
    report = landscape_of(tmp_path / "new").report
    cited = yaml.safe_load((tmp_path / "new/CITATION.cff").read_text(encoding="utf-8"))
    assert report.title == wanted.title and cited["title"] == f"{wanted.title}: {report.subtitle}"
    assert cited["authors"] == [{"name": wanted.publisher}]


def test_words_are_those_of_the_language_as_far_as_there_is_a_catalogue(tmp_path: Path) -> None:
    root = tmp_path / "new"
    write_report(REPOSITORY, root, Wanted("风", ("CN",), "zh-Hans", ("2026",), "风"))
    said = {name: text for path in (root / "data/words").glob("*.yml") for name, text in words_in(path).items()}
    assert said["chart-download"] == "下载" and set(said["facts"]) == {"other"}
    assert list(yaml.safe_load((root / "data/words/suppliers.yml").read_text("utf-8"))["names"]["company-metrics"]) == [
        "revenue"
    ]


def words_in(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))["phrases"]
    return found


def test_a_person_in_a_terminal_is_asked_until_the_answers_fit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = iter([str(tmp_path / "my new"), "", "Wind", "Germany", "DE", "", "26", "", ""])
    asked: list[str] = []
    monkeypatch.setattr("builtins.input", lambda question: asked.append(question) or next(answers))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert main(["--root", str(REPOSITORY), "new", "report"]) == 0
    report = landscape_of(tmp_path / "my new").report
    assert (report.title, report.home_market.countries, report.language) == ("Wind", ("DE",), "en")
    assert [edition.id for edition in report.editions] == [str(date.today().year)]
    assert len(asked) == 9 and "is not the code of a country" in asked[4] and "not years in order" in asked[7]
    # Commands with the name of the folder can be copied, blanks or not.
    assert f"cd '{tmp_path}/my new'" in capsys.readouterr().out
    assert "renew '../my new'" in (tmp_path / "my new/README.md").read_text(encoding="utf-8")


def test_citation_follows_the_title(wind: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = shutil.copytree(wind, tmp_path / "titled")
    report, cited = root / "data/report.yml", root / "CITATION.cff"
    report.write_text(
        report.read_text("utf-8").replace("title: Der Windbericht", 'title: "Rotoren: heute"', 1), "utf-8"
    )
    cited.write_text(f"# Ours.\n{cited.read_text('utf-8')}", encoding="utf-8")
    assert main(["--root", str(root), "schemas"]) == 0
    text = cited.read_text(encoding="utf-8")
    assert text.startswith("# Ours.\n") and yaml.safe_load(text)["title"] == "Rotoren: heute: Deutschland und Dänemark"
    cited.write_text("title: A\n", encoding="utf-8")
    assert main(["--root", str(root), "schemas"]) == 1
    assert "CITATION.cff:1: authors[0].name" in capsys.readouterr().err


def test_generator_of_an_older_report_is_renewed(wind: Path, tmp_path: Path) -> None:
    root = shutil.copytree(wind, tmp_path / "old")
    (root / "macros/gone.py").write_text("", encoding="utf-8")
    for name, old, new in (
        ("Makefile", "serve:", "served:"), ("data/words/general.yml", "  undated: ohne Jahr\n", ""),
        ("data/words/theme.yml", "  licence: ", "  licence: Unsere "), ("data/words/names.yml", "low: niedrig", "bad: arg"),
    ):  # fmt: skip
        text = (root / name).read_text(encoding="utf-8")
        assert old in text, name
        (root / name).write_text(text.replace(old, new), encoding="utf-8")
    assert {problem.rule for problem in problems_in(root)} == {"phrase-exists", "name-listed"}
    assert main(["--root", str(REPOSITORY), "renew", str(root)]) == 0
    assert [str(problem) for problem in problems_in(root)] == []
    assert not (root / "macros/gone.py").exists()
    assert (root / "Makefile").read_bytes() == (wind / "Makefile").read_bytes()
    assert "Unsere" in (root / "data/words/theme.yml").read_text(encoding="utf-8")
    assert words_in(root / "data/words/added.yml") == {"undated": "ohne Jahr"}


def test_a_generator_changed_by_hand_is_not_replaced_before_it_is_committed(wind: Path, tmp_path: Path) -> None:
    root = shutil.copytree(wind, tmp_path / "own")
    git = ["git", "-C", str(root), "-c", "user.name=A", "-c", "user.email=a@example.org"]
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "Begin"]):
        subprocess.run([*git, *words], check=True)
    block = root / "macros/templates/traps.html.jinja"
    block.write_text("Of our own.", encoding="utf-8")
    with pytest.raises(
        SystemExit, match=r"macros/templates/traps\.html\.jinja in .* is not committed .* nothing was written"
    ):
        main(["--root", str(REPOSITORY), "renew", str(root)])
    assert block.read_text(encoding="utf-8") == "Of our own."
    subprocess.run([*git, "commit", "-q", "-a", "-m", "Own block"], check=True)
    assert main(["--root", str(REPOSITORY), "renew", str(root)]) == 0
    assert block.read_text(encoding="utf-8") != "Of our own."


def test_only_another_report_is_renewed(tmp_path: Path) -> None:
    for folder in (tmp_path, REPOSITORY):
        with pytest.raises(SystemExit, match="nothing was written"):
            main(["--root", str(REPOSITORY), "renew", str(folder)])


def test_ids_and_pages_may_have_names_of_their_own(wind: Path, tmp_path: Path) -> None:
    root = shutil.copytree(wind, tmp_path / "own")
    for path in (root / "data").rglob("*.yml"):
        if "words" in path.parts and path.name != "suppliers.yml":
            continue
        text = path.read_text(encoding="utf-8")
        for old, new in LEVELS.items():
            text = re.sub(rf"((?:level|id|unknown): ){old}(?![\w-])", rf"\g<1>{new}", text)
        for old, new in WORDS.items():
            id_of = rf"((?:^|[\s{{\[])(?:id|topic|dimension|criterion|metric|kind|stage|horizon|headline_figure): ){old}(?![\w-])"
            text = re.sub(id_of, rf"\g<1>{new}", text, flags=re.M)
            in_list = rf"((?:dimensions|dependence|who_acts|sources): \[[^\]]*?)(?<![\w-]){old}(?![\w-])"
            text = re.sub(in_list, rf"\g<1>{new}", text)
            text = re.sub(rf"((?:weights|gap_weights): \{{[^}}]*?)(?<![\w-]){old}(?=:)", rf"\g<1>{new}", text)
        text = re.sub(r"^    revenue:", "    umsatz:", text, flags=re.M) if path.name == "suppliers.yml" else text
        path.write_text(text, encoding="utf-8")
    for old, new in {"trade-press": "fachpresse", "company": "firma"}.items():
        (root / f"data/sources/{old}.yml").rename(root / f"data/sources/{new}.yml")
    for old, new in PAGES.items():
        (root / f"content/{old}.md").rename(root / f"content/{new}.md")
    report = root / "data/report.yml"
    text = report.read_text(encoding="utf-8")
    for old, new in PAGES.items():
        text = text.replace(f"{old}.md", f"{new}.md")
    report.write_text(text, encoding="utf-8")
    for path in (root / "content").rglob("_each.md"):
        head = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"parent: (\w+)\.md", lambda m: f"parent: {PAGES[m[1]]}.md", head), encoding="utf-8")
    assert [str(problem) for problem in problems_in(root)] == []
    dress(root)
    pages = built(root)
    frame = (root / "site/embed/matrix.html").read_text(encoding="utf-8")
    assert 'src="../assets/mark.svg"' in frame and 'href="../assets/colours.css"' in frame
    assert "#123456" in (root / "site/assets/colours.css").read_text(encoding="utf-8")
    charts = [path.read_text(encoding="utf-8") for path in (root / "site/downloads/charts").glob("*.svg")]
    assert any('"#123456"' in chart for chart in charts) and not any("var(--" in chart for chart in charts)
    cards = Cards(open_site(root))
    assert "#123456" in card_svg(cards._card("firmen"), cards._site.book.look)
    assert "#123456" in read_document(root).html({}) and "<title>ours" in unquote(read_document(root).html({}))
    matrix = (root / "site/maschinen.html").read_text(encoding="utf-8")
    assert set(re.findall(r'class="lv lv-([\w-]+)"', matrix)) >= {"behind-2", "level", "unknown"}
    assert "10 million EUR" in pages["firmen.html"].text.replace("\xa0", " ")
    assert "abstand.html" in {link.partition("#")[0] for link in pages["index.html"].links}


def test_second_edition_follows_the_only_one(tmp_path: Path) -> None:
    root = tmp_path / "new"
    write_report(REPOSITORY, root, Wanted("A", ("NO",), "en-GB", ("2026",), "C"))
    assert main(["--root", str(root), "edition", "2027", "--date", "2027-06-30"]) == 0
    assert [str(problem) for problem in problems_in(root)] == []
    assert [edition.role for edition in landscape_of(root).report.editions] == ["baseline", "current"]


def test_pages_may_be_left_out(wind: Path, tmp_path: Path) -> None:
    root = shutil.copytree(wind, tmp_path / "few")
    for name in ("claims", "standards", "glossary", "measurement", "data", "changes", "maintenance", "timeline"):
        (root / f"content/{name}.md").unlink()
    report = root / "data/report.yml"
    text = re.sub(
        r"(claims|standards|glossary|measurement|data|changes|maintenance|timeline)\.md(, )?",
        "",
        report.read_text("utf-8"),
    )
    text = re.sub(r"  - title: (Claims|About)\n    pages: \[\]\n", "", text).replace(", ]", "]")
    report.write_text(text, encoding="utf-8")
    found = [str(problem) for problem in problems_in(root)]
    assert [line.split(":")[0] for line in found] == ["data/glossary.yml", "data/measurement.yml", "data/timeline.yml"]
    assert all("[shown-on-page]" in line for line in found)
    for name, kind in (("glossary", "terms"), ("timeline", "events")):
        (root / f"data/{name}.yml").write_text(f"{kind}: []\n...\n", encoding="utf-8")
    unmeasured = "unpublished: []\nwear_parts: []\nnearest: []\norder_of_use: []\nstandards_note: x\n...\n"
    (root / "data/measurement.yml").write_text(unmeasured, encoding="utf-8")
    built(root)


def test_report_with_nothing_in_it_builds(wind: Path, tmp_path: Path) -> None:
    root = shutil.copytree(wind, tmp_path / "empty")
    kinds = ("equipment", "suppliers", "priorities", "evidence", "sources")
    for kind in kinds:
        shutil.rmtree(root / "data" / kind)
    files = {
        "index": "".join(f"{kind}: []\n" for kind in kinds), "series": "series: []\n", "timeline": "events: []\n",
        "measurement": "unpublished: []\nwear_parts: []\nnearest: []\norder_of_use: []\nstandards_note: x\n",
        "industry": "name: All\nsummary: All.\nassessments: []\nbenchmarks: []\nspecs: []\n", "glossary": "terms: []\n",
    }  # fmt: skip
    for name, text in files.items():
        (root / f"data/{name}.yml").write_text(f"{text}...\n", encoding="utf-8")
    built(root)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--title", "A"], "--home: is needed"),
        (["--title", "A", "--home", "Germany", "--language", "de", "--editions", "2026"], '"GERMANY" is not the code of a country'),
        (["--title", "A", "--home", "DE", "--language", "German", "--editions", "2026"], '"German" is not a language'),
        (["--title", "A", "--home", "DE", "--language", "de", "--editions", "2026,2018"], "not years in order"),
    ],
)  # fmt: skip
def test_what_is_asked_wrongly_is_told_and_nothing_is_written(tmp_path: Path, options: list[str], said: str) -> None:
    with pytest.raises(SystemExit, match=re.escape(said)):
        main(["--root", str(REPOSITORY), "new", "report", str(tmp_path / "new"), *options])
    assert not (tmp_path / "new").exists()


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "note.txt").write_text("mine", encoding="utf-8")
    options = ["--title", "A", "--home", "DE", "--language", "de", "--editions", "2026"]
    with pytest.raises(SystemExit, match="not empty"):
        main(["--root", str(REPOSITORY), "new", "report", str(tmp_path), *options])
    assert [path.name for path in tmp_path.iterdir()] == ["note.txt"]
