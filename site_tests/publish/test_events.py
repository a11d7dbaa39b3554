"""Plugins and hooks of others see the events that MkDocs documents, for every page, and what they return is in the site."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from site_tests.support.built import ROOT, build, tree
from site_tests.support.settings import project

# A hook on every event of a page: it notes the order and adds a mark of its own to what it is given.
HOOK = """
import json
from pathlib import Path

seen = {}


def note(page, event):
    seen.setdefault(page.file.src_uri, []).append(event)


def on_pre_page(page, config, files):
    assert files.get_file_from_path(page.file.src_uri) is page.file and config.site_name
    note(page, "pre_page")
    return page


def on_page_read_source(page, config):
    note(page, "page_read_source")


def on_page_markdown(markdown, page, config, files):
    note(page, "page_markdown")
    assert page.meta["title"] and "{{" not in markdown
    return markdown + "\\n\\nAdded *in Markdown*.\\n"


def on_page_content(html, page, config, files):
    note(page, "page_content")
    assert "zq0" not in html and "<h1" in html
    return html + "<p>Added in HTML.</p>"


def on_page_context(context, page, config, nav):
    note(page, "page_context")
    assert context["page"] is page and nav.pages
    return context


def on_post_page(output, page, config):
    note(page, "post_page")
    return output.replace("</body>", "<!-- added at last --></body>")


def on_post_build(config):
    Path(config.config_file_path).with_name("seen.json").write_text(json.dumps(seen))
"""
ORDER = ["pre_page", "page_read_source", "page_markdown", "page_content", "page_context", "post_page"]


def html_of(root: Path, page: str) -> str:
    return (root / "site" / page).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def hooked(wafers: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = project(wafers, tmp_path_factory.mktemp("hooked"), "hooks: [macros/hook.py, mine.py]")
    (root / "mine.py").write_text(HOOK)
    done = build(root, root / "site")
    assert done.returncode == 0, done.stdout + done.stderr
    return root


def test_every_page_has_every_event_in_order(hooked: Path) -> None:
    seen = json.loads((hooked / "seen.json").read_text())
    pages = {path.relative_to(hooked / "site").as_posix() for path in (hooked / "site").rglob("*.html")}
    pages = {name.replace(".html", ".md") for name in pages if not name.startswith("embed/") and name != "404.html"}
    assert set(seen) == pages and "equipment/wire-saw.md" in pages
    assert [name for name, events in seen.items() if events != ORDER] == []


@pytest.mark.parametrize("page", ["abstand.html", "equipment/wire-saw.html", "index.html"])
def test_what_a_hook_returns_is_in_the_page(page: str, hooked: Path) -> None:
    html = html_of(hooked, page)
    assert "Added <em>in Markdown</em>." in html
    assert "<p>Added in HTML.</p>" in html and "<!-- added at last --></body>" in html


def test_hooks_change_nothing_else(hooked: Path, wafer_site: Path) -> None:
    mine, plain = tree(hooked / "site"), tree(wafer_site)
    assert mine.keys() == plain.keys()
    assert [name for name in plain if not name.endswith((".html", ".gz")) and mine[name] != plain[name]] == []


MACROS = """
def define_env(env):
    @env.macro
    def shout(text):
        return f"**{text}!**"
"""
SETTINGS = """
site_url: https://example.org/saws/
plugins:
  - macros: {module_name: mine}
  - redirects: {redirect_maps: {old.md: equipment/wire-saw.md}}
  - git-revision-date-localized: {type: iso_date, fallback_to_build_date: true}
  - glightbox
  - rss: {use_git: false}
  - minify: {minify_html: true, minify_css: true, css_files: [assets/report.css]}
"""
MINIFIED = "site/assets/report.min.css"


@pytest.fixture(scope="module")
def plugged(wafers: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project of a site built with six plugins at once."""
    root = project(wafers, tmp_path_factory.mktemp("plugged"), SETTINGS)
    (root / "mine.py").write_text(MACROS)
    shutil.copy(ROOT / "macros/theme/assets/favicon.svg", root / "content/picture.svg")
    page = root / "content/abstand.md"
    more = '\n{{ shout("theirs") }} and {{ edition("current") }}\n\n![A picture](picture.svg)\n'
    page.write_text(page.read_text(encoding="utf-8") + more, encoding="utf-8")
    (root / ".gitignore").write_text("macros\n")
    git: Callable[..., object] = lambda *words: subprocess.run(["git", "-C", root, *words], check=True)  # noqa: E731
    git("init", "-q")
    git("add", ".")
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    git(*who, "commit", "-qm", "All", "--date", "2024-03-05T12:00:00Z")
    done = build(root, root / "site", GIT_COMMITTER_DATE="2024-03-05T12:00:00Z")
    assert done.returncode == 0, done.stdout + done.stderr
    return root


def test_redirects_of_a_plugin_lead_to_pages_of_records(plugged: Path) -> None:
    assert "equipment/wire-saw.html" in html_of(plugged, "old.html")


def test_minify_plugin_minifies_every_page(plugged: Path, wafer_site: Path) -> None:
    for page in ("markt.html", "equipment/wire-saw.html"):
        assert len(html_of(plugged, page)) < 0.97 * len((wafer_site / page).read_text(encoding="utf-8"))


def test_minify_plugin_keeps_the_values_of_our_style_sheet(plugged: Path) -> None:
    # It makes 0% a bare 0 wherever it stands, and takes the blanks from around + outside of calc().
    def values(sheet: str) -> list[str]:
        return re.findall(r"\b[\d.]+%| \+ ", re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL))

    ours, theirs = ((plugged / path).read_text("utf-8") for path in ("macros/theme/assets/report.css", MINIFIED))
    assert len(theirs) < len(ours)
    assert values(theirs) == values(ours)


def test_dates_of_git_stand_on_pages_that_have_a_file(plugged: Path) -> None:
    assert "git-revision-date-localized-plugin" in html_of(plugged, "abstand.html")


def test_glightbox_plugin_wraps_pictures_of_prose(plugged: Path) -> None:
    assert re.search(r'class="?glightbox"?', html_of(plugged, "abstand.html"))


def test_rss_plugin_lists_pages(plugged: Path) -> None:
    feed = (plugged / "site/feed_rss_created.xml").read_text(encoding="utf-8")
    assert "https://example.org/saws/abstand.html" in feed


def test_macros_plugin_answers_the_calls_that_are_not_ours(plugged: Path) -> None:
    assert "<strong>theirs!</strong> and 20" in html_of(plugged, "abstand.html")


def test_macros_plugin_with_a_name_of_ours_is_refused(wafers: Path, tmp_path: Path) -> None:
    root = project(wafers, tmp_path, "plugins: [{macros: {module_name: mine}}]")
    (root / "mine.py").write_text(MACROS.replace("shout", "figure"))
    done = build(root, root / "site")
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert 'mkdocs-macros-plugin and the report both have a macro "figure"; rename the one in mine' in done.stderr
