"""PNG of a chart: made in the browser when asked for, from a server and from a folder, whatever the scheme of the page."""

from __future__ import annotations

import base64
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from macros.render.site import Site, build_site
from site_tests.conftest import another
from site_tests.support.browser import until
from site_tests.support.built import ROOT
from site_tests.support.drawings import size
from site_tests.support.server import serving

ASSETS = ROOT / "macros/theme/assets"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'"
)
CHART = "gap-ranking"
# The share of pixels in which two pictures of a size differ visibly.
DIFFERENT = """
async sources => {
    const [one, other] = await Promise.all(sources.map(async source => {
        const image = new Image();
        image.src = source;
        await image.decode();
        const canvas = document.createElement("canvas");
        [canvas.width, canvas.height] = [image.width, image.height];
        const context = canvas.getContext("2d");
        context.drawImage(image, 0, 0);
        return context.getImageData(0, 0, canvas.width, canvas.height).data;
    }));
    return one.length === other.length ? one.filter((value, at) => Math.abs(value - other[at]) > 40).length / one.length : 1;
}
"""


@pytest.fixture(scope="module")
def report(wafers: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The miniature, composed."""
    return build_site(another(wafers, tmp_path_factory.mktemp("report") / "project"))


Pages = Callable[[str], Path]


@pytest.fixture(scope="module")
def pages(report: Site, tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """Return a function that returns a folder with the charts of a page under a policy."""
    charts = "".join(report.composed["abstand.md"].slots)

    def write(policy: str) -> Path:
        folder = tmp_path_factory.mktemp("pages")
        for name in ("colours.css", "report.css", "chart-png.js"):
            shutil.copy(ASSETS / name, folder)
        (folder / "page.html").write_text(
            f'<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><meta http-equiv="Content-Security-Policy" content="{policy}">'
            f'<link rel="stylesheet" href="colours.css"><link rel="stylesheet" href="report.css"><body data-md-color-scheme="default">{charts}'
            '<script src="chart-png.js"></script>',
            encoding="utf-8",
        )
        return folder

    return write


def opened(browser: Browser, address: str, width: int = 1440) -> tuple[Page, list[str]]:
    """Return a page, and what it complains of."""
    page = browser.new_page(viewport={"width": width, "height": 900}, accept_downloads=True)
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address)
    return page, complaints


def asked_for(page: Page) -> bytes:
    """Return the picture that a click on the button of the chart downloads."""
    with page.expect_download() as download:
        page.locator(f'button[data-chart-png="{CHART}"]').click()
    assert download.value.suggested_filename == f"{CHART}.png"
    return download.value.path().read_bytes()


@pytest.mark.parametrize("is_served", [True, False])
def test_a_click_downloads_the_picture_of_the_file(
    report: Site, pages: Pages, browser: Browser, is_served: bool
) -> None:
    folder = pages(POLICY)
    with serving(folder) as served:
        page, complaints = opened(browser, f"{served.address if is_served else folder.as_uri() + '/'}page.html")
        png = asked_for(page)
    page.context.close()
    assert complaints == []
    width, height = size(png)
    assert width >= 1600
    svg = dict(report.gallery.files())[f"downloads/charts/{CHART}.svg"].decode()
    first = svg.partition(">")[0].partition("viewBox=")
    sized = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox={first[2]}{svg[svg.index(">") :]}'
    blank = browser.new_page()
    sources = [("image/png", png), ("image/svg+xml", sized.encode())]
    addresses = [f"data:{kind};base64,{base64.b64encode(content).decode()}" for kind, content in sources]
    assert blank.evaluate(DIFFERENT, addresses) < 0.0001
    blank.context.close()


def test_the_picture_is_the_same_in_the_dark_and_on_a_phone(pages: Pages, browser: Browser) -> None:
    address = f"{pages(POLICY).as_uri()}/page.html"
    light, _ = opened(browser, address)
    dark, _ = opened(browser, address, 390)
    dark.evaluate("document.body.dataset.mdColorScheme = 'slate'")
    assert asked_for(light) == asked_for(dark)
    light.context.close()
    dark.context.close()


def test_without_script_the_button_is_hidden_and_the_links_are_there(pages: Pages, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{pages(POLICY).as_uri()}/page.html")
    assert page.locator("button[data-chart-png]:visible").count() == 0
    assert page.locator(f'a[href="downloads/charts/{CHART}.svg"]:visible').count() == 1
    assert page.locator(f'a[href="downloads/charts/{CHART}.csv"]:visible').count() == 1
    context.close()


def test_where_a_host_forbids_such_pictures_the_button_switches_off(pages: Pages, browser: Browser) -> None:
    page, _ = opened(browser, f"{pages(POLICY.replace(' data:', '')).as_uri()}/page.html")
    page.locator(f'button[data-chart-png="{CHART}"]').click()
    until(page, f"""() => document.querySelector('button[data-chart-png="{CHART}"]').disabled""")
    page.context.close()
