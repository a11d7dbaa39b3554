"""Settings of mkdocs.yml do what MkDocs and Material document, seen on built pages; what cannot be is refused by name."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from mkdocs.config import load_config

from macros.publish.settings import refused
from site_tests.support.built import build
from site_tests.support.reading import landscape_of
from site_tests.support.settings import configure, project

SETTINGS = """
site_author: A. Uthor
site_description: Said in mkdocs.yml
copyright: Copyright of ours
repo_url: https://example.org/owner/report
repo_name: owner/report
edit_uri: blob/HEAD/content/
extra_css: [assets/colours.css, assets/report.css, assets/print.css, mine.css]
extra_javascript: [assets/report.js, assets/chart-png.js, {path: mine.js, defer: true}]
nav:
  - Start: index.md
  - Machines: [maschinen.md, {How far: abstand.md}]
  - Elsewhere: https://example.org/elsewhere
"""
EXTRA = """
generator: false
homepage: https://example.org/home
social: [{icon: fontawesome/brands/github, link: https://example.org/social, name: Us}]
alternate: [{name: Français, link: ./fr/, lang: fr}]
"""
THEME = """
logo: mine.svg
favicon: mine.svg
icon: {repo: fontawesome/brands/git-alt}
features: [navigation.tabs, navigation.instant, navigation.footer, toc.integrate, content.action.edit, announce.dismiss]
palette: {scheme: slate, primary: teal, accent: lime}
"""
PROSE = """
!!! note "A note"
    In a box.

??? tip "Folded"
    Behind a click.

=== "One"
    First tab.

=== "Two"
    Second tab.

Said so[^1] by the WHO, :material-check: ==not== marked.

- [x] done

Term
:   What it means.

| a | b |
| :-- | --: |
| c | d |

```yaml
name: value
```

<div markdown="1">*inside*</div>

A [button](abstand.md){ .md-button }

[^1]: In a note.
*[WHO]: World Health Organization
"""


@pytest.fixture(scope="module")
def configured(wafers: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the miniature with every setting at once."""
    root = project(wafers, tmp_path_factory.mktemp("settings"), SETTINGS, EXTRA, THEME)
    for name in ("mine.css", "mine.js"):
        (root / "content" / name).write_text("/* ours */")
    (root / "content/mine.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>')
    page = root / "content/markt.md"
    page.write_text(page.read_text(encoding="utf-8") + PROSE, encoding="utf-8")
    done = build(root, root / "site")
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site"


# What is set, on which page it is seen, and as what.
SEEN = {
    "site_author": ("abstand.html", '<meta name="author" content="A. Uthor">'),
    "site_description": ("index.html", '<meta name="description" content="'),
    "copyright": ("abstand.html", "Copyright of ours"),
    "repo_url": ("abstand.html", 'href="https://example.org/owner/report"'),
    "repo_name": ("abstand.html", "owner/report"),
    "edit_uri": ("abstand.html", "https://example.org/owner/report/blob/HEAD/content/abstand.md"),
    "edit_uri of a record": ("equipment/wire-saw.html", "owner/report/blob/HEAD/data/equipment/wire-saw.yml#L"),
    "extra_css": ("equipment/wire-saw.html", '<link rel="stylesheet" href="../mine.css">'),
    "extra_javascript": ("equipment/wire-saw.html", '<script src="../mine.js" defer></script>'),
    "nav: title": ("abstand.html", "How far"),
    "nav: link": ("abstand.html", 'href="https://example.org/elsewhere"'),
    "nav: previous and next": (
        "maschinen.html",
        '<a href="abstand.html" class="md-footer__link md-footer__link--next"',
    ),
    "extra.homepage": ("abstand.html", 'href="https://example.org/home"'),
    "extra.social": ("abstand.html", 'href="https://example.org/social"'),
    "extra.alternate": ("abstand.html", 'hreflang="fr"'),
    "theme.logo": ("equipment/wire-saw.html", '<img src="../mine.svg" alt="logo">'),
    "theme.favicon": ("equipment/wire-saw.html", '<link rel="icon" href="../mine.svg">'),
    "theme.icon": ("abstand.html", "md-source__icon"),
    "theme.features": ("abstand.html", '"navigation.instant"'),
    "theme.features: edit": ("abstand.html", 'class="md-content__button md-icon" rel="edit"'),
    "theme.palette: scheme": ("abstand.html", 'data-md-color-scheme="slate"'),
    "theme.palette: primary": ("abstand.html", 'data-md-color-primary="teal"'),
    "theme.palette: accent": ("abstand.html", 'data-md-color-accent="lime"'),
    "admonition": ("markt.html", '<div class="admonition note">'),
    "pymdownx.details": ("markt.html", '<details class="tip">'),
    "pymdownx.tabbed": ("markt.html", 'class="tabbed-set tabbed-alternate"'),
    "pymdownx.superfences": ("markt.html", '<div class="language-yaml highlight">'),
    "pymdownx.tasklist": ("markt.html", 'class="task-list-item"'),
    "pymdownx.emoji": ("markt.html", '<span class="twemoji">'),
    "footnotes": ("markt.html", '<div class="footnote">'),
    "abbr": ("markt.html", '<abbr title="World Health Organization">'),
    "def_list": ("markt.html", "<dt>Term</dt>"),
    "tables": ("markt.html", '<td align="right">d</td>'),
    "md_in_html": ("markt.html", "<em>inside</em>"),
    "attr_list": ("markt.html", '<a class="md-button" href="abstand.html">'),
}


@pytest.mark.parametrize("setting", SEEN)
def test_setting_is_seen_on_the_page(setting: str, configured: Path) -> None:
    page, expected = SEEN[setting]
    assert expected in (configured / page).read_text(encoding="utf-8")


def test_setting_that_is_off_leaves_nothing(configured: Path, wafer_site: Path) -> None:
    html = (configured / "abstand.html").read_text(encoding="utf-8")
    assert "Made with" not in html and "fonts.googleapis" not in html
    # Contents are in the navigation now, and the tabs are there still.
    assert 'data-md-type="toc"' not in html and 'data-md-component="tabs"' in html
    assert 'data-md-type="toc"' in (wafer_site / "abstand.html").read_text(encoding="utf-8")


def test_nav_of_mkdocs_wins_over_the_data(configured: Path, wafer_site: Path) -> None:
    def tabs(site: Path) -> list[str]:
        html = (site / "abstand.html").read_text(encoding="utf-8")
        tabs = re.search(r'data-md-component="tabs".*?</nav>', html, re.DOTALL).group()
        return [" ".join(text.split()) for text in re.findall(r'class="md-tabs__link">(.*?)</a>', tabs, re.DOTALL)]

    assert tabs(configured) == ["Start", "Machines", "Elsewhere"]
    assert "Start" not in tabs(wafer_site) and len(tabs(wafer_site)) > 3


# What mkdocs.yml says, where, and the words of the refusal.
REFUSED = {
    "site_name": ("site_name: Another", "", "", 'site_name: "Another" is not the title in data/report.yml'),
    "language": ("", "", "language: fr", 'theme.language: "fr" is not the language in data/report.yml'),
    "font": ("", "", "font: {text: Roboto}", "theme.font: fonts come from another host"),
    "analytics": ("", "analytics: {provider: google, property: G-1}", "", "extra.analytics: the report asks nothing"),
    "style elsewhere": ("extra_css: ['https://example.org/a.css']", "", "", "extra_css[0]: https://example.org/a.css"),
    "script elsewhere": ("extra_javascript: [//example.org/a.js]", "", "", "extra_javascript[0]: //example.org/a.js"),
    "address of a page": (
        'site_url: "https://example.org/a/index.html"',
        "",
        "",
        'site_url: "https://example.org/a/index.html/" is not',
    ),
    "address with a blank": ('site_url: "https://exa mple.org/"', "", "", 'site_url: "https://exa mple.org/" is not'),
    "address of no web": ('site_url: "ftp://example.org/"', "", "", 'site_url: "ftp://example.org/" is not'),
    "addresses": ("use_directory_urls: true", "", "", "use_directory_urls: true is not possible"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_setting_that_cannot_be_is_refused_by_name(case: str, wafers: Path, tmp_path: Path) -> None:
    *given, words = REFUSED[case]
    shutil.copy(wafers / "mkdocs.yml", tmp_path)
    for name in ("content", "data", "macros"):
        (tmp_path / name).symlink_to(wafers / name)
    config = load_config(str(configure(tmp_path, f"hooks: []\n{given[0]}", *given[1:]) / "mkdocs.yml"))
    assert any(line.startswith(words) for line in refused(config, landscape_of(wafers).report))


def test_a_build_with_settings_that_cannot_be_says_so_and_publishes_nothing(wafers: Path, tmp_path: Path) -> None:
    settings, extra, theme, words = REFUSED["site_name"]
    root = project(wafers, tmp_path, settings, extra, theme)
    done = build(root, root / "site")
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert f"mkdocs.yml: {words}" in done.stderr
    assert not (root / "site").exists()
