"""Nothing is lost: whatever ends a build, the last good site stands whole; and one commit makes one site, anywhere."""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from macros.cli.main import main
from macros.publish import swap
from site_tests.conftest import another, edit
from site_tests.support.built import ROOT, pages_of, tree
from site_tests.support.commands import beside, build, command, later

MARK = "Zzmark"
USABLE = len(os.sched_getaffinity(0))


@pytest.fixture(scope="module")
def project(wafers: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose site is built, and whose data was edited since then."""
    root = another(wafers, tmp_path_factory.mktemp("whole") / "project")
    done = build(root)
    assert done.returncode == 0, done.stderr
    assert done.stderr == b""  # a pipe is told nothing on the way
    paths = [path.relative_to(root / "site") for path in pages_of(root / "site")]
    pages = len([path for path in paths if path.name != "404.html" and path.parts[0] != "2024"])
    assert done.stdout.decode().startswith(f"{pages} pages in site. See them: ")
    shutil.copytree(root / "site", root / "built-before")
    edit(root, "content/abstand.md", (root / "content/abstand.md").read_text(encoding="utf-8") + f"\n{MARK}\n")
    return root


@pytest.fixture
def edited(project: Path, tmp_path: Path) -> Path:
    """A copy of the edited project, with the site from before the edit."""
    return shutil.copytree(project, tmp_path / "project", symlinks=True)


def test_a_build_whose_processes_are_killed_says_so_and_leaves_the_last_site(edited: Path, tmp_path: Path) -> None:
    (tmp_path / "first").mkdir()
    kill = "import os\nos.register_at_fork(after_in_child=lambda: os.kill(os.getpid(), 9))\n"
    (tmp_path / "first/sitecustomize.py").write_text(kill, encoding="utf-8")
    done = build(edited, PYTHONPATH=str(tmp_path / "first"), CORES="2")
    # Where there is one core only, nobody else is asked for help.
    assert done.returncode == (1 if USABLE > 1 else 0)
    assert ("A process of the build was ended from outside" in done.stderr.decode()) == (USABLE > 1)
    assert (tree(edited / "site") == tree(edited / "built-before")) == (USABLE > 1)


# Seconds after which builds are killed, one after the other, and files each has written by then: one hits the reading,
# the others the writing.
MOMENTS = [[(0.4, 0), (60, 1), (60, 25)], pytest.param([(at / 5, 0) for at in range(30)], marks=pytest.mark.long)]


@pytest.mark.parametrize("moments", MOMENTS)
def test_builds_killed_at_any_moment_leave_a_whole_site(edited: Path, moments: list[tuple[float, int]]) -> None:
    before = tree(edited / "built-before")
    for seconds, files in moments:
        running = subprocess.Popen(**command(edited))
        until = time.monotonic() + seconds
        while running.poll() is None and time.monotonic() < until and not 0 < files <= written(edited):
            time.sleep(0.002)
        running.send_signal(signal.SIGKILL)
        running.communicate()
        found = tree(edited / "site")
        assert found == before or (MARK.encode() in found["abstand.html"] and sorted(found) == sorted(before))
    assert build(edited).returncode == 0
    assert MARK.encode() in (edited / "site/abstand.html").read_bytes()
    assert beside(edited) == []


def test_a_build_that_is_stopped_says_so_and_leaves_the_last_site(edited: Path) -> None:
    running = caught(edited)
    running.send_signal(signal.SIGINT)
    running.send_signal(signal.SIGCONT)
    _, said = running.communicate()
    assert said == b"Stopped.\n"
    assert running.returncode in (130, -signal.SIGINT)  # a shell calls both 130
    assert tree(edited / "site") == tree(edited / "built-before")
    assert beside(edited) == []


def test_a_stop_while_python_reads_a_class_is_a_stop(monkeypatch, capsys: pytest.CaptureFixture[str]) -> None:
    class Stopping:
        def __set_name__(self, owner: type, name: str) -> None:
            raise KeyboardInterrupt

    def reading(options: argparse.Namespace) -> str:
        return type("Read", (), {"field": Stopping()}).__name__

    def failing(options: argparse.Namespace) -> str:
        raise RuntimeError("something else")

    monkeypatch.setattr("macros.cli.main._build", reading)
    assert main(["build"]) == 130
    assert capsys.readouterr().err == "Stopped.\n"
    monkeypatch.setattr("macros.cli.main._build", failing)
    with pytest.raises(RuntimeError, match="something else"):
        main(["build"])


def caught(root: Path) -> subprocess.Popen[bytes]:
    """Return a build that was halted at work. On a busy machine one may be through before anybody looks: then another."""
    for _ in range(5):
        # Tests that a shell runs in the background would hand down that Ctrl-C is ignored.
        heeding = lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)  # noqa: E731
        running = subprocess.Popen(**command(root), preexec_fn=heeding)
        while running.poll() is None and written(root) == 0:
            time.sleep(0.002)
        running.send_signal(signal.SIGSTOP)
        if running.poll() is None and tree(root / "site") == tree(root / "built-before"):
            return running
        running.send_signal(signal.SIGCONT)
        running.communicate()
        shutil.rmtree(root / "site")
        shutil.copytree(root / "built-before", root / "site")
    pytest.fail("no build was caught at work")


def written(root: Path) -> int:
    """Return how many files the build at work has written so far."""
    return sum(len(files) for _, _, files in os.walk(root / ".site.new"))


# Puts one of two folders of files in the place of the other, again and again.
_SWAPPING = """
import itertools, sys
from pathlib import Path
from macros.publish import swap
if sys.argv[2] == "renames":
    swap.exchanged = lambda one, other: False
for letter in itertools.cycle("ab"):
    with swap.replacing(Path(sys.argv[1])) as fresh:
        for number in range(20):
            (fresh / str(number)).write_text(letter * 2000)
    print(letter, flush=True)
"""


@pytest.mark.parametrize("way", ["exchange", "renames"])
def test_a_swap_killed_at_any_moment_leaves_one_whole_folder(tmp_path: Path, way: str) -> None:
    folder, moments = tmp_path / "site", random.Random(7)
    for _ in range(25):
        running = subprocess.Popen(
            [sys.executable, "-c", _SWAPPING, str(folder), way], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        running.stdout.readline()
        time.sleep(moments.uniform(0, 0.03))
        running.kill()
        running.communicate()
        if way == "renames":  # where there is no exchange, the next start brings back the folder that was put aside
            with pytest.raises(KeyError), swap.replacing(folder):
                raise KeyError
        letters = {path.read_text() for path in folder.iterdir()}
        assert letters in ({"a" * 2000}, {"b" * 2000}) and len(list(folder.iterdir())) == 20


def test_readers_never_find_the_folder_missing(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    running = subprocess.Popen(
        [sys.executable, "-c", _SWAPPING, str(folder), "exchange"], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    running.stdout.readline()
    missing = sum(not folder.exists() for _ in range(20_000))
    running.kill()
    running.communicate()
    assert missing == 0


@pytest.mark.parametrize("way", ["exchange", "renames"])
def test_new_folder_takes_the_place_of_the_old_and_nothing_is_left(tmp_path: Path, way: str, monkeypatch) -> None:
    if way == "renames":
        monkeypatch.setattr(swap, "exchange", lambda one, other: False)
    folder = tmp_path / "deep/site"
    for content in ("one", "two"):
        with swap.replacing(folder) as fresh:
            assert list(fresh.iterdir()) == []
            (fresh / content).write_text(content)
        assert tree(folder) == {content: content.encode()}
    assert [path.name for path in folder.parent.iterdir()] == ["site"]


def test_folder_behind_a_link_is_replaced_and_the_link_stays(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "site").symlink_to("real")
    with swap.replacing(tmp_path / "site") as fresh:
        (fresh / "new").write_text("new")
    assert (tmp_path / "site").is_symlink() and tree(tmp_path / "real") == {"new": b"new"}


def test_two_at_a_time_are_not_let_in(tmp_path: Path) -> None:
    with swap.replacing(tmp_path / "site") as fresh:
        (fresh / "first").write_text("first")
        with pytest.raises(swap.Busy), swap.replacing(tmp_path / "site"):
            pass
    assert tree(tmp_path / "site") == {"first": b"first"}


@pytest.mark.parametrize("limit", [3_000, 30_000])
def test_a_full_disk_leaves_the_last_site(edited: Path, limit: int) -> None:
    (edited / ".cache").unlink()
    done = build(edited, limit)
    assert done.returncode == 1
    assert b"File too large" in done.stderr and b"Traceback" not in done.stderr
    assert b"the last good site" in done.stderr.lower()
    assert tree(edited / "site") == tree(edited / "built-before")
    assert beside(edited) == []


SLIPS = {
    "data": ("data/claims.yml", "claims: [\n", b"data/claims.yml:"),
    "page": (
        "content/abstand.md",
        "---\ntitle: Abstand\n---\n# Abstand\n\n{{ no_such_macro() }}\n",
        b"content/abstand.md:6",
    ),
    "link": ("content/abstand.md", "---\ntitle: Abstand\n---\n# Abstand\n\n[x](nowhere.md)\n", b"nowhere.md"),
    "configuration": ("mkdocs.yml", "site_name: [\n", b"mkdocs.yml"),
    "no configuration": ("mkdocs.yml", None, b"mkdocs.yml"),
    "no hook": ("mkdocs.yml", "site_name: report\ndocs_dir: content\n", b"mkdocs.yml: hooks: "),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_leaves_the_last_site_and_is_told_in_plain_words(edited: Path, slip: str) -> None:
    name, content, told = SLIPS[slip]
    edit(edited, name, content)
    done = build(edited)
    assert done.returncode == 1
    assert told in done.stderr and b"Traceback" not in done.stderr
    assert tree(edited / "site") == tree(edited / "built-before")
    assert beside(edited) == []


# It knows no letters but those of ASCII, unless a file is opened as what it is.
AWAY = {"TZ": "America/St_Johns", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "CORES": "1"}


def test_one_project_makes_one_site_on_any_day_in_any_place(project: Path, edited: Path, tmp_path: Path) -> None:
    """A copy of it; test_editions asks the same of a clone."""
    (edited / ".cache").unlink()
    for path in (edited / "content").rglob("*"):
        os.utime(path, (1, 1))
    for root, environment in ((project, {}), (edited, {"PYTHONPATH": later(tmp_path / "later"), **AWAY})):
        done = build(root, **environment)
        assert done.returncode == 0, done.stderr.decode()
    ours, theirs = tree(project / "site"), tree(edited / "site")
    assert MARK.encode() in ours["abstand.html"]
    assert sorted(ours) == sorted(theirs)
    assert [name for name in ours if ours[name] != theirs[name]] == []


def test_the_clock_of_that_test_is_moved(tmp_path: Path) -> None:
    asked = "import datetime, time; print(min(time.time(), datetime.datetime.now().timestamp()))"
    environ = {**os.environ, "PYTHONPATH": later(tmp_path / "later")}
    done = subprocess.run([sys.executable, "-c", asked], env=environ, capture_output=True, text=True)
    assert float(done.stdout) - time.time() > 399 * 86400
