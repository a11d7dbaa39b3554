"""Catalogues: brought up to date without loss, read by programs of gettext, and held to their source."""

from __future__ import annotations

import gettext
import io
import re
import shutil
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import denormalize, read_po

from macros.check.translations.rules import Agreed, Entry, translation_left
from macros.cli.main import main
from macros.load.catalogues import LOCALE
from macros.render.validation import problems_in
from macros.upkeep.translate import po_bytes, translate
from site_tests.conftest import Copy, edit
from site_tests.support.built import tree
from site_tests.support.translating import LISTED, add_language, fill, spelt


@pytest.fixture(scope="module")
def project(miniature: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The miniature with an invented translation."""
    return add_language(shutil.copytree(miniature, tmp_path_factory.mktemp("catalogues") / "project"))


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


@pytest.mark.parametrize(
    ("language", "status", "said"),
    [
        ("deutsch", 2, '"deutsch" is not a language that is known; write its code, such as de'),
        ("../ar", 2, '"../ar" is not a language that is known'),
        ("de", 1, "data/report.yml:7: language: the report is in de itself; name another language"),
    ],
)
def test_what_is_no_other_language_is_refused_and_nothing_written(
    language: str, status: int, said: str, project_with: Copy, capsys: pytest.CaptureFixture[str]
) -> None:
    root = project_with({})
    before = tree(root)
    try:
        assert main(["--root", str(root), "translate", language]) == status
    except SystemExit as stopped:
        assert stopped.code == status
    assert said in capsys.readouterr().err
    assert tree(root) == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            'msgid "Kerf"\nmsgstr “شق”\n'.encode(),
            ":2: is not a catalogue that can be read: this line is neither a comment nor a text in quotes; "
            'write the text between two plain quotes, and \\" for one within it',
        ),
        (b'msgid "Kerf"\nmsgstr "x" y"\n', ":2: is not a catalogue that can be read"),
        ('msgid "Kerf"\nmsgstr "切口"\n'.encode("gbk"), ":2: is not UTF-8 text; save the file as UTF-8 [utf-8]"),
        (
            b'msgid "Kerf"\n<<<<<<< HEAD\nmsgstr "x"\n',
            ":2: here are two versions: a merge of git is not finished",
        ),
    ],
)
def test_catalogue_that_cannot_be_read_is_told_at_its_line(content: bytes, said: str, project_with: Copy) -> None:
    root = project_with({"data/report.yml": LISTED})
    path = root / LOCALE / "ar/notes.po"
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    (found,) = map(str, problems_in(root))
    assert found.startswith(f"data/locale/ar/notes.po{said}")


def test_a_text_before_is_written_as_gettext_reads_it() -> None:
    before = f'{"a saw that cuts " * 20}\n  "wafers" for {{n}} hours'
    catalogue = Catalog("de")
    catalogue.add("New", "Neu", flags={"fuzzy"}, previous_id=(before, f"{before} or more"))
    lines = [line for line in po_bytes(catalogue).decode().splitlines() if line.startswith("#|")]
    assert len(lines) > 6
    assert [line for line in lines if not re.fullmatch(r'#\| (msgid(_plural)? )?"([^"\\]|\\.)*"', line)] == []
    one, more = re.split("msgid_plural", "\n".join(lines))
    read = [denormalize("\n".join(re.findall('".*"', text))) for text in (one, more)]
    assert read == [before, f"{before} or more"]


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


def test_tags_and_code_are_no_words_that_were_left() -> None:
    agreed = Agreed("en", "de")
    rows = "<tr><th>{}</th><td><code>12 s</code></td><td><code>14 s</code></td><td></td></tr>"
    entry = Entry(1, "speed.md", rows.format("A full build of all pages at once"), rows.format("Ein ganzer Bau"))
    assert translation_left.find(entry, agreed) is None
    left = translation_left.find(entry._replace(said=entry.source), agreed)
    assert left and "A full build of all pages" in left[0]


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
