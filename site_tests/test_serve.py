"""A real server, driven through slips: the last good page stays, the problems stand over it, mending clears them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from site_tests.test_miniature import with_engine

PATIENCE = 60.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def served(miniature: Path, tmp_path: Path) -> Iterator[tuple[Path, Callable[[Callable[[str], bool]], str], Path]]:
    """A served project: its root, a function that waits for a page of the saw to fit, and the terminal's log."""
    root = with_engine(shutil.copytree(miniature, tmp_path / "project"))
    port, terminal = free_port(), tmp_path / "terminal.log"
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
    with terminal.open("w") as out:
        server = subprocess.Popen(
            command, cwd=root, stdout=out, stderr=out, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}
        )

    def wait(fits: Callable[[str], bool]) -> str:
        page, end = "", time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/equipment/wire-saw.html", timeout=20) as answer:
                    page = answer.read().decode()
            except OSError:
                page = ""
            if page and fits(page):
                return page
            time.sleep(0.2)
        raise AssertionError(f"the page never fitted; terminal: {terminal.read_text()[-2000:]}")

    try:
        yield root, wait, terminal
    finally:
        server.terminate()
        server.wait(20)


def test_slips_show_over_the_last_good_page_and_go_when_mended(served) -> None:
    root, wait, terminal = served
    data, prose = root / "data/equipment/wire-saw.yml", root / "content/gap.md"
    good, page = data.read_text(encoding="utf-8"), prose.read_text(encoding="utf-8")
    wait(lambda html: 'id="problems"' not in html)
    slips = (
        (data, good, good.replace("evidence: [", "evidence: [no-such-fact, ", 1), "no fact &quot;no-such-fact&quot;"),
        (data, good, good.replace("name: ", "name: [", 1), "not YAML"),
        (prose, page, page + "\n{{ no_such_macro() }}\n", "no macro or word no_such_macro"),
        (prose, page, page + "\n{{ 1/0 }}\n", "division by zero"),
    )
    for path, right, wrong, message in slips:
        path.write_text(wrong, encoding="utf-8")
        shown = wait(lambda html: 'id="problems"' in html)
        assert message in shown
        assert "<h1" in shown, "the last good page is underneath"
        path.write_text(right, encoding="utf-8")
        wait(lambda html: 'id="problems"' not in html)
    data.write_text(good.replace("name: Multi-wire saw", "name: Wire saw anew"), encoding="utf-8")
    wait(lambda html: "Wire saw anew" in html)
    assert "Traceback" not in terminal.read_text()
