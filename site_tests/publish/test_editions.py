"""Editions: two of them, the older from its tag. Each at its address with its own figures, and a way from one to the other."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from macros.cli.main import main
from macros.publish.editions import add_editions, filled
from macros.publish.tagged import NotMade, site_of_edition, tags
from macros.render.site import edition_folder, open_site
from site_tests.conftest import REPOSITORY, complete, edit
from site_tests.support.axe import RULES, violations
from site_tests.support.browser import until
from site_tests.support.built import broken_links, read_pages, tree
from site_tests.support.commands import beside, build, later
from site_tests.support.reader import faults, watched
from site_tests.support.server import serving

ADDRESS = "https://example.org/some/path/"
CUT = "evidence/wire-saw.html"
OLD, NEW = "einem Schnitt von etwa 70 µm", "einem Schnitt von etwa 65 µm"


def git(root: Path, *arguments: str) -> str:
    """Run git as somebody without settings of their own."""
    environ = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    who = ["-c", "user.name=Editor", "-c", "user.email=editor@example.org", "-c", "init.defaultBranch=main"]
    done = subprocess.run(["git", *who, *arguments], cwd=root, env=environ, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def commit(root: Path, message: str) -> None:
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", message)


@pytest.fixture(scope="module")
def first(wafers: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of the miniature with its one edition, 2024, and code of its own. Tests must not change it."""
    root = complete(tmp_path_factory.mktemp("editions") / "first")
    shutil.copytree(REPOSITORY / "macros", root / "macros", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(REPOSITORY / "mkdocs.yml", root / "mkdocs.yml")
    shutil.copytree(wafers / ".cache", root / ".cache")
    (root / ".gitignore").write_text(".cache/\nsite/\n.site.*\n__pycache__/\n")
    git(root, "init", "--quiet")
    commit(root, "Edition 2024")
    return root


@pytest.fixture(scope="module")
def second(first: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository after edition 2024 was tagged and 2025 was started, with another cut and another company; built."""
    root = shutil.copytree(first, tmp_path_factory.mktemp("editions") / "second")
    git(root, "tag", "--annotate", "--message", "As published", "edition-2024")
    assert main(["--root", str(root), "edition", "2025", "--date", "2025-03-31"]) == 0
    edit(root, "data/evidence/wire-saw.yml", [("value: 70\n", "value: 65\n"), (OLD, NEW)])
    edit(root, "data/series.yml", ("year: 2023, value: 70", "year: 2023, value: 65"))
    company = (root / "data/suppliers/coil-trader.yml").read_text(encoding="utf-8")
    edit(root, "data/suppliers/new-trader.yml", company.replace("coil-t", "new-t").replace("Coil T", "New T"))
    edit(root, "data/index.yml", ("coil-trader]", "coil-trader, new-trader]"))
    commit(root, "Start edition 2025")
    done = build(root, SITE_URL=ADDRESS)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.decode().splitlines()[1:] == [
        "Edition 2025 also has its own address, 2025/.",
        "Edition 2024 is below 2024/.",
    ]
    return root


@pytest.fixture
def tagged(second: Path, tmp_path: Path) -> Path:
    """A clone of the repository with two editions, without a site."""
    git(tmp_path, "clone", "--quiet", str(second), "tagged")
    return tmp_path / "tagged"


def test_newest_is_at_the_root_and_each_edition_at_its_own_address(second: Path) -> None:
    pages = read_pages(second / "site")
    assert NEW in pages[CUT].text and NEW in pages[f"2025/{CUT}"].text
    assert OLD in pages[f"2024/{CUT}"].text
    assert not any(OLD in page.text for name, page in pages.items() if not name.startswith("2024/"))
    assert {name for name in pages if name.count("suppliers/new-trader")} == {
        "suppliers/new-trader.html",
        "2025/suppliers/new-trader.html",
    }
    for place in ("", "2025/", "2024/"):
        facts = (second / f"site/{place}downloads/tables/facts.csv").read_text(encoding="utf-8")
        assert (OLD in facts) == (place == "2024/"), place


def test_address_of_the_newest_holds_what_the_root_holds(second: Path) -> None:
    files = tree(second / "site")
    root = {name for name in files if not name.startswith(("2024/", "2025/"))}
    only_root = {"404.html", "robots.txt", "sitemap.xml", "sitemap.xml.gz", "_headers"}
    only_root |= {"hosting/nginx.conf", "hosting/Caddyfile"}
    assert {name.removeprefix("2025/") for name in files if name.startswith("2025/")} == root - only_root
    switch = re.compile(rb'<details class="issues.*?</details>', re.DOTALL)
    different = [
        name for name in root - only_root if switch.sub(b"", files[name]) != switch.sub(b"", files[f"2025/{name}"])
    ]
    assert different == []


def test_every_link_from_and_to_every_edition_leads_somewhere(second: Path) -> None:
    pages = read_pages(second / "site")
    between = [
        link for name, page in pages.items() for link in page.links if re.match(r"[./]*(some/path/)?2024/", link)
    ]
    # every page of the root and of 2025 names 2024; on 404.html, which is served at any depth, by the path of the host
    assert len(between) == sum(not name.startswith("2024/") for name in pages)
    assert "/some/path/2024/index.html" in pages["404.html"].links
    assert broken_links(second / "site", pages) == []


def addresses(html: str) -> tuple[str, str]:
    """Return the canonical address of a page, and the one that it is to be cited by."""
    (canonical,) = re.findall(r'<link rel="canonical" href="(.*?)">', html)
    (cited,) = re.findall(r'id="cite-page">.* (\S+)</span>', html)
    named = re.findall(r'<meta name="(?:citation_public_url|DC.identifier)" content="(.*?)">', html)
    assert named == [cited, cited]
    return canonical, cited


@pytest.mark.parametrize("page", ["index.html", "abstand.html", "equipment/wire-saw.html"])
def test_pages_are_cited_by_an_address_that_stays(second: Path, page: str) -> None:
    found = {place: (second / "site" / place / page).read_text(encoding="utf-8") for place in ("", "2025", "2024")}
    newest = (f"{ADDRESS}{page}", f"{ADDRESS}2025/{page}")
    old = f"{ADDRESS}2024/{page}"
    assert {place: addresses(html) for place, html in found.items()} == {"": newest, "2025": newest, "2024": (old, old)}


def test_downloads_are_cited_by_an_address_that_stays(second: Path) -> None:
    for place, cited in {"": "2025/", "2025/": "2025/", "2024/": "2024/"}.items():
        text = (second / f"site/{place}llms.txt").read_text(encoding="utf-8")
        assert f". Ausgabe {cited[:-1]}. {ADDRESS}{cited}\n" in text, place


def test_robots_find_the_newest_at_the_root_and_the_old_at_its_address(second: Path) -> None:
    site = second / "site"
    assert re.findall("Sitemap: (.*)", (site / "robots.txt").read_text()) == [
        f"{ADDRESS}sitemap.xml",
        f"{ADDRESS}2024/sitemap.xml",
    ]
    assert f"<loc>{ADDRESS}abstand.html</loc>" in (site / "sitemap.xml").read_text()
    assert f"<loc>{ADDRESS}2024/abstand.html</loc>" in (site / "2024/sitemap.xml").read_text()
    assert "2025/" not in (site / "sitemap.xml").read_text()


@pytest.fixture(params=["files", "below a path"])
def place(request: pytest.FixtureRequest, second: Path, tmp_path: Path) -> Iterator[str]:
    """Where the two editions are: in files, or on a host below a path."""
    if request.param == "files":
        yield f"{(second / 'site').as_uri()}/"
        return
    shutil.copytree(second / "site", tmp_path / "some/path")
    with serving(tmp_path) as running:
        yield f"{running.address}some/path/"


def test_reader_goes_from_edition_to_edition_and_back(place: str, browser: Browser) -> None:
    page = watched(browser, offline=place.startswith("file"))
    page.goto(f"{place}{CUT}")
    expect(page.locator(".md-banner")).to_have_count(0)
    page.locator(".issues summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(".issues a")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{place}2024/{CUT}")
    expect(page.locator("main")).to_contain_text(OLD)
    page.wait_for_load_state()  # Escape is the script's
    page.locator(".issues summary").click()
    expect(page.locator(".issues [aria-current]")).to_have_text("Ausgabe 2024 31. Oktober 2024")
    page.keyboard.press("Escape")
    expect(page.locator(".issues a")).to_be_hidden()
    page.locator(".md-banner a").click()
    expect(page).to_have_url(f"{place}{CUT}")
    expect(page.locator("main")).to_contain_text(NEW)
    page.goto(f"{place}2025/suppliers/new-trader.html")
    page.locator(".issues summary").click()
    expect(page.locator(".issues a")).to_contain_text("diese Seite ist nicht in ihr")
    page.locator(".issues a").click()
    expect(page).to_have_url(f"{place}2024/index.html")
    assert page.evaluate("refused") == []


def test_every_edition_works_where_it_is(place: str, browser: Browser) -> None:
    for folder in ("2025/", "2024/"):
        names = ["index.html", "equipment/wire-saw.html"]
        assert faults(watched(browser), f"{place}{folder}", names) == []


def test_switch_needs_no_script(second: Path, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 600})
    page = context.new_page()
    page.goto((second / "site/abstand.html").as_uri())
    page.locator(".issues summary").click()
    page.locator(".issues a").click()
    expect(page).to_have_url((second / "site/2024/abstand.html").as_uri())
    context.close()


@pytest.mark.parametrize("name", ["index.html", "2024/index.html", "2024/abstand.html"])
def test_switch_is_accessible_and_fits(second: Path, browser: Browser, name: str) -> None:
    page = browser.new_page(reduced_motion="reduce")
    page.goto((second / "site" / name).as_uri())
    page.locator(".issues summary").click()
    for width in (1440, 320, 390):
        page.set_viewport_size({"width": width, "height": 800})
        until(page, "width => document.documentElement.scrollWidth <= width", width)
    for scheme in RULES:
        parts = {"include": [".md-header", ".md-banner"][: 1 + name.startswith("2024")]}
        assert violations(page, scheme, parts) == []
    page.context.close()


def test_one_commit_with_its_tags_makes_one_site_on_any_day_in_any_place(second: Path, tmp_path: Path) -> None:
    place = tmp_path / "Ärger & other folders/it's 報告"
    git(tmp_path, "clone", "--quiet", str(second), str(place))
    away = {"TZ": "Asia/Kathmandu", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "9", "PYTHONPATH": later(tmp_path / "later")}
    done = build(place, SITE_URL=ADDRESS, **away)
    assert done.returncode == 0, done.stderr.decode()
    ours, theirs = tree(second / "site"), tree(place / "site")
    assert sorted(ours) == sorted(theirs)
    assert [name for name in ours if ours[name] != theirs[name]] == []


def test_an_old_edition_is_built_once(second: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("macros.publish.tagged._build", lambda *about: pytest.fail("built again"))
    (kept,) = (second / ".cache/editions").iterdir()
    commit = git(second, "rev-parse", "edition-2024^{commit}")
    assert site_of_edition(second, "2024", commit, f"{ADDRESS}2024/") == kept


def spoil(root: Path) -> None:
    """Put the tag on a commit whose data do not check."""
    git(root, "checkout", "--quiet", "edition-2024")
    edit(root, "data/claims.yml", "claims: [\n")
    commit(root, "Spoil the claims")
    git(root, "tag", "--force", "edition-2024")
    git(root, "checkout", "--quiet", "main")


def test_an_old_edition_that_fails_leaves_the_last_site(second: Path, tmp_path: Path) -> None:
    root = shutil.copytree(second, tmp_path / "project")
    spoil(root)
    before = tree(root / "site")
    edit(root, "content/abstand.md", (root / "content/abstand.md").read_text(encoding="utf-8") + "\nZznew\n")
    done = build(root, SITE_URL=ADDRESS)
    assert done.returncode == 1
    said = (b"data/claims.yml:", b"Edition 2024 could not be built from edition-2024, commit ")
    assert all(text in done.stderr for text in said) and b"Traceback" not in done.stderr
    assert done.stderr.endswith(b"The last good site, if there is one, is as it was.\n")
    assert tree(root / "site") == before
    assert beside(root) == [] and len(list((root / ".cache/editions").iterdir())) == 1


def test_a_tag_that_came_too_late_is_told(tagged: Path) -> None:
    commit = git(tagged, "rev-parse", "main")
    with pytest.raises(NotMade, match='current edition is "2025"; tag the last commit before that edition was started'):
        site_of_edition(tagged, "2024", commit, "")
    assert not (tagged / ".cache/editions").exists()


def test_a_shallow_clone_has_the_newest_and_says_so(second: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--depth", "1", second.as_uri(), "shallow")
    shutil.copytree(second / ".cache/parsed", tmp_path / "shallow/.cache/parsed")
    page = tmp_path / "built/abstand.html"
    page.parent.mkdir()
    page.write_text("<!--edition-switch--><!--/edition-switch-->")
    site = open_site(tmp_path / "shallow", keeps=True)
    assert add_editions(tmp_path / "shallow", page.parent, [(site, None)], ADDRESS) == [
        "Edition 2025 also has its own address, 2025/.",
        "Other editions, if there are any, are left out: this clone is shallow (git fetch --unshallow --tags).",
    ]
    assert [path.name for path in sorted(page.parent.iterdir())] == ["2025", "abstand.html"]
    assert (page.parent / "2025/abstand.html").samefile(page)  # not twice on the disk
    assert page.read_text() == "<!--edition-switch--><!--/edition-switch-->"


def test_without_tags_or_git_there_are_no_other_editions(
    first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert tags(first) == ({}, "")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    found, why = tags(tmp_path)
    assert found == {} and why.startswith("git says: fatal: not a git repository")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert tags(first) == ({}, "git is not installed")


def test_tags_of_both_kinds_name_their_commit(tagged: Path) -> None:
    first = git(tagged, "rev-parse", "main~1")
    git(tagged, "tag", "edition-2025", "main")
    git(tagged, "tag", "v1", "main")
    assert tags(tagged) == ({"2024": first, "2025": git(tagged, "rev-parse", "main")}, "")


def test_a_tag_without_an_edition_is_named_and_left_out(first: Path, tmp_path: Path) -> None:
    root = shutil.copytree(first, tmp_path / "project")
    git(root, "tag", "edition-2042")
    (tmp_path / "built").mkdir()
    assert add_editions(root, tmp_path / "built", [(open_site(root, keeps=True), None)], None) == [
        "Edition 2024 also has its own address, 2024/.",
        'The tag edition-2042 is left out: data/report.yml has no edition "2042".',
    ]


def test_an_edition_named_as_a_folder_of_the_site_is_refused(first: Path, tmp_path: Path) -> None:
    (tmp_path / "2024").mkdir()
    with pytest.raises(NotMade, match='Edition "2024" cannot lie below 2024/: the site has other files there'):
        add_editions(first, tmp_path, [(open_site(first, keeps=True), None)], None)


def test_the_command_names_the_tag(first: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = shutil.copytree(first, tmp_path / "project")
    assert main(["--root", str(root), "edition", "2025", "--date", "2025-03-31"]) == 0
    assert "before you commit: git tag edition-2024\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("2024", "2024/"),
        ("2024.1-rc_2", "2024.1-rc_2/"),
        ("spring 2024", ""),
        ("../up", ""),
        ("a..b", ""),
        ("a.lock", ""),
    ],
)
def test_folder_of_an_edition(name: str, folder: str) -> None:
    assert edition_folder(name) == folder


def test_only_what_stands_between_marks_is_replaced() -> None:
    page = "a<!--x-->old<!--/x-->b<!--x-->kept<!--/x-->"
    assert filled(page, "x", "new") == "anewb<!--x-->kept<!--/x-->"
    assert filled(page, "y", "new") == page
    assert filled("a<!--x-->b", "x", "new") == "a<!--x-->b"
