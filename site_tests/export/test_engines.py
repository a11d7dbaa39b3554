"""The rendered tree under other engines: plain MkDocs and Zensical say what our own build says, page by page."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pypandoc
import pytest

from macros.export.plain import write_plain
from macros.render.site import build_site
from site_tests.conftest import another, edit
from site_tests.support.articles import different, said
from site_tests.support.built import build

# Strong words with a link in them, in a script without blanks.
STRONG = '\n这是**{{ link("equipment", "wire-saw") }}**的`**`和**粗体**。\n'
# A block of code, which engines colour as they like, and marks that Markdown reads.
CODE = "\n## How to ask\n\n```yaml\nname: [a, 'b']  # <i>*c*</i>\n```\n"


@pytest.fixture(scope="module")
def project(wafers: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = another(wafers, tmp_path_factory.mktemp("engines") / "project")
    page = (root / "content/daten.md").read_text(encoding="utf-8")
    edit(root, "content/daten.md", page + STRONG + CODE)
    # A heading of which engines make other ids than ours; its letters are not those of ASCII.
    edit(root, "data/suppliers/coil-trader.yml", ("name: Coil Trader", "name: Bühler & 線 (Söhne)"))
    return root


@pytest.fixture(scope="module")
def ours(project: Path) -> Path:
    """The miniature as our own build makes it."""
    done = build(project, project / "site")
    assert done.returncode == 0, done.stdout + done.stderr
    return project / "site"


@pytest.fixture(scope="module")
def plain(project: Path) -> Path:
    """The rendered tree of the miniature."""
    write_plain(build_site(project), project, project / "plain")
    return project / "plain"


@pytest.fixture(scope="module")
def by_mkdocs(plain: Path) -> Path:
    done = build(plain, plain / "by-mkdocs")
    assert done.returncode == 0, done.stdout + done.stderr
    return plain / "by-mkdocs"


@pytest.fixture(scope="module")
def by_zensical(plain: Path) -> Path:
    if not find_spec("zensical"):
        pytest.skip("Zensical is not installed (requirements-engines.txt), so nothing is known of it here")
    command = [sys.executable, "-m", "zensical", "build", "--clean", "--strict"]
    done = subprocess.run(command, cwd=plain, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0 and "No issues found" in done.stdout + done.stderr, done.stdout + done.stderr
    return plain / "site"


def test_plain_tree_needs_no_code_of_ours(plain: Path) -> None:
    configuration = (plain / "mkdocs.yml").read_text(encoding="utf-8")
    assert "hooks" not in configuration and "variant: classic" in configuration
    assert not list(plain.rglob("*.py"))


def test_plain_mkdocs_says_the_same_on_every_page(ours: Path, by_mkdocs: Path) -> None:
    assert different(ours, by_mkdocs) == []


def test_zensical_says_the_same_on_every_page(ours: Path, by_zensical: Path) -> None:
    assert different(ours, by_zensical) == []


def test_strong_words_are_strong_to_readers_of_commonmark(plain: Path) -> None:
    page = (plain / "content/daten.md").read_text(encoding="utf-8")
    line = next(line for line in page.splitlines() if line.startswith("这是"))
    html = pypandoc.convert_text(line, "html", format="commonmark")
    assert re.fullmatch(
        r"<p>这是<strong><a .*</a></strong>的<code>\*\*</code>和<strong>粗体</strong>。</p>\s*", html, re.DOTALL
    )


def test_all_files_of_our_build_are_in_the_others(ours: Path, by_mkdocs: Path, request: pytest.FixtureRequest) -> None:
    made = files(ours)
    assert {
        "assets/search-index.js",
        "downloads/report.xlsx",
        "api/v1/index.json",
        "feed.xml",
    } <= made.keys()
    others = [by_mkdocs, *([request.getfixturevalue("by_zensical")] if find_spec("zensical") else [])]
    for other in others:
        theirs = files(other)
        assert [name for name in made if name not in theirs] == []
        assert [name for name in made if made[name] != theirs[name]] == []


def test_what_is_compared_holds_the_report(ours: Path) -> None:
    shown = said(ours / "equipment/wire-saw.html")
    links = [found for found in shown if found.startswith("<a ")]
    assert sum(found.startswith("<table") for found in shown) >= 2 and len(links) > 20
    assert any("id=" in found for found in shown) and any("application/ld+json" in found for found in shown)
    assert "<h1 id=bühler-線-söhne" in said(ours / "suppliers/coil-trader.html")
    code = said(ours / "daten.html")
    assert "name: [a, 'b'] # <i>*c*</i>" in code


def files(site: Path) -> dict[str, bytes]:
    """Return what a site holds besides its pages, what engines write for themselves, and what our build tells hosts."""
    of_engines = {"sitemap.xml", "sitemap.xml.gz", "search.json", "_headers"}
    their_folders = ("assets/javascripts/", "assets/stylesheets/", "assets/images/", "search/", "hosting/")
    found = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    return {
        name: path.read_bytes()
        for name, path in found.items()
        if not name.endswith(".html") and name not in of_engines and not name.startswith(their_folders)
    }
