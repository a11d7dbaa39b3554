"""The site on hosts: from files without network, on Python's server, below a path, and under the settings we give for real ones."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from playwright.sync_api import Browser

from macros.cli.main import _parser
from site_tests.conftest import ADDRESS
from site_tests.support.built import ROOT, sample
from site_tests.support.reader import faults, watched
from site_tests.support.server import read_headers

PATH = urlsplit(ADDRESS).path
PAGE = (ROOT / "content/hosting.md").read_text(encoding="utf-8")
WORKFLOW = yaml.safe_load((ROOT / ".github/workflows/site.yml").read_text(encoding="utf-8"))
# Pages with the blocks that scripts work on, and one below a folder.
SOME = ["index.html", "maschinen.html", "vorhaben.html", "firmen.html", "equipment/wire-saw.html"]


@pytest.fixture(scope="module")
def below(addressed: Path) -> Path:
    """A folder that holds the miniature's site below a path, built for it."""
    return addressed.parents[PATH.count("/") - 2]


@contextmanager
def running(command: list[str], port: int) -> Iterator[None]:
    """Run a server until the block ends."""
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        for _ in range(200):
            if server.poll() is not None:
                raise AssertionError(f"{command[0]} ended: {server.stdout.read()}")
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield
    finally:
        server.terminate()
        server.communicate()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def answer(port: int, path: str, headers: dict[str, str] | None = None) -> HTTPResponse:
    asked = HTTPConnection("127.0.0.1", port, timeout=10)
    asked.request("GET", path, headers=headers or {})
    return asked.getresponse()


def test_site_works_from_files_with_the_network_cut(site: Path, browser: Browser) -> None:
    names = ["landscape.html", "suppliers.html", *sample(site)]
    assert faults(watched(browser, offline=True), f"{site.as_uri()}/", names) == []


@pytest.mark.parametrize("path", ["/", PATH])
def test_site_works_on_the_server_of_python(below: Path, path: str, browser: Browser) -> None:
    port, folder = free_port(), below if path == PATH else below / PATH.strip("/")
    with running([sys.executable, "-m", "http.server", "--directory", str(folder), str(port)], port):
        assert faults(watched(browser), f"http://127.0.0.1:{port}{path}", SOME) == []


def test_site_url_is_the_only_setting_an_address_needs(below: Path) -> None:
    html = (below / PATH[1:] / "equipment/wire-saw.html").read_text(encoding="utf-8")
    assert f'<link rel="canonical" href="{ADDRESS}equipment/wire-saw.html">' in html
    assert f'href="{PATH}assets/report.css"' in (below / PATH[1:] / "404.html").read_text(encoding="utf-8")
    assert f"{ADDRESS}equipment/wire-saw.html" in (below / PATH[1:] / "sitemap.xml").read_text()


def blocks(language: str) -> list[str]:
    """Return the settings in one language that the page on hosting shows."""
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def nginx(folder: Path, block: str, site: Path, port: int) -> list[str]:
    """Write a configuration around the block of a server that the page shows; return the command that runs it."""
    assert shutil.which("nginx"), "nginx is not installed: apt-get install nginx"
    block = block.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("/srv/report/site", str(site))
    temporary = "".join(f"{kind}_temp_path t;" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    text = f"error_log stderr;\npid {folder}/pid;\nevents {{}}\nhttp {{\n"
    text += f"include /etc/nginx/mime.types;\naccess_log off;\n{temporary}\n{block}}}\n"
    (folder / "nginx.conf").write_text(("user root;\n" if os.getuid() == 0 else "") + text)
    return ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]


def caddy(folder: Path, block: str, site: Path, port: int) -> list[str]:
    assert shutil.which("caddy"), "Caddy is not installed: apt-get install caddy"
    block = block.replace("report.example.org", f"http://127.0.0.1:{port}").replace("/srv/report/site", str(site))
    (folder / "Caddyfile").write_text(f"{{\n\tadmin off\n}}\n{block}")
    return ["caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


HOSTS: dict[str, tuple[Callable[..., list[str]], str, int, str]] = {
    "nginx": (nginx, "nginx", 0, "/"),
    "nginx below a path": (nginx, "nginx", 1, PATH),
    "caddy": (caddy, "caddy", 0, "/"),
}


@pytest.mark.servers
@pytest.mark.parametrize("host", HOSTS)
def test_real_server_with_our_settings_serves_the_site(
    host: str, below: Path, tmp_path: Path, browser: Browser
) -> None:
    command, language, number, path = HOSTS[host]
    site, port = below / PATH.strip("/"), free_port()
    with running(command(tmp_path, blocks(language)[number], site, port), port):
        assert faults(watched(browser), f"http://127.0.0.1:{port}{path}", SOME) == []
        page = answer(port, f"{path}abstand.html")
        (name,) = (path.name for path in (site / "assets/stylesheets").glob("main.*.css"))
        style = answer(port, f"{path}assets/stylesheets/{name}")
        missing = answer(port, f"{path}equipment/nothing.html")
        for header, value in read_headers(site)["/*"]:
            assert [page.headers[header], style.headers[header], missing.headers[header]] == [value] * 3, header
        assert page.read() == (site / "abstand.html").read_bytes()
        assert style.read() == (site / "assets/stylesheets" / name).read_bytes()
        assert [page.headers["Cache-Control"], page.headers["Content-Type"].lower()] == [
            "no-cache",
            "text/html; charset=utf-8",
        ]
        assert style.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        folder = answer(port, f"{path}downloads/tables/")
        assert {(each.status, each.read()) for each in (missing, folder)} == {(404, (site / "404.html").read_bytes())}
        for name in ("downloads/tables/equipment.csv", "downloads/sources.bib", "downloads/sources.ris"):
            sent = answer(port, path + name, {"Accept-Encoding": "gzip"})
            assert (sent.status, str(sent.headers["Content-Type"]).lower()[:5]) == (200, "text/"), name
            assert sent.headers["Content-Encoding"] == "gzip", name


def test_every_action_of_the_workflow_is_pinned_by_commit() -> None:
    text = (ROOT / ".github/workflows/site.yml").read_text(encoding="utf-8")
    used = re.findall(r"uses: (.*)", text)
    assert len(used) == 9
    assert [line for line in used if not re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)] == []
    assert len({line for line in used}) == len({line.partition("@")[0] for line in used})


def test_workflow_asks_for_no_more_rights_than_each_job_needs() -> None:
    assert WORKFLOW["permissions"] == {"contents": "read"}
    rights = {name: job["permissions"] for name, job in WORKFLOW["jobs"].items() if "permissions" in job}
    assert rights == {
        "build": {"contents": "read", "pages": "read"},
        "deploy": {"pages": "write", "id-token": "write"},
    }
    assert "pull_request_target" not in WORKFLOW[True]  # YAML reads the key `on` as true


def test_workflow_and_page_run_targets_that_exist() -> None:
    makefile = "".join((ROOT / name).read_text(encoding="utf-8") for name in ("Makefile", "site_tests/generator.mk"))
    targets = set(re.findall(r"^([\w./()$-]+):", makefile.replace("$(VENV)", ".venv"), re.MULTILINE))
    steps = [step.get("run", "") for job in WORKFLOW["jobs"].values() for step in job["steps"]]
    ran = re.findall(r"\bmake ([\w./-]+)", "\n".join(steps + re.findall(r"```.*?```", PAGE, re.DOTALL)))
    assert {"build", "test", "test-servers"} <= set(ran)
    assert set(ran) - targets == set()


def test_workflow_runs_commands_that_the_command_line_knows() -> None:
    steps = [step.get("run", "") for job in WORKFLOW["jobs"].values() for step in job["steps"]]
    ran = re.findall(r"-m macros ([^>\n]+)", "\n".join(steps))
    known = [_parser().parse_args(shlex.split(command)) for command in ran]
    assert [options.format for options in known] == ["github", "markdown"]


def test_jobs_deploy_only_what_was_checked_and_tested() -> None:
    jobs = WORKFLOW["jobs"]
    assert (jobs["build"]["needs"], jobs["deploy"]["needs"]) == (["check", "test"], "build")
    assert "refs/heads/main" in jobs["build"]["if"]
