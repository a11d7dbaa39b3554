"""Benchmark: what a build, a check and an edit cost, each against something else in the same run, without a cache first.

    python -m site_tests.bench [--sizes 1 10] [--runs 3] [--edits 5] [--write content/speed.md]

Times are medians of a machine that may do other things, too; the ratios are what to read. Nothing here is a test.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import itertools
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Page

from site_tests.bench.data import multiply, project
from site_tests.bench.table import Row, Spent, Table, machine, write_into
from site_tests.support.browser import chromium

PATIENCE = 60_000
MARK = "Zzbench"
SEED = 1
# Times the data: beyond it takes gigabytes and a quarter of an hour.
ZENSICAL_UP_TO = 10
PLAIN, COLD, WARM = "plain MkDocs on the finished pages", "full build, no cache", "full build after an edit"
ONE = "full build of one language, no cache"


class Failed(SystemExit):
    """A command that was to be timed failed; the text says how."""


def say(text: str) -> None:
    """Show a step to a person; a pipe is left alone."""
    if sys.stderr.isatty():
        print(text, file=sys.stderr, flush=True)


@contextlib.contextmanager
def started(command: list[str], folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Start a command of Python quietly, in a session of its own; what it says is kept for when it fails."""
    os.sync()  # what was timed before may have left much to be written to the disk
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", *command], cwd=folder, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
            stdout=said, stderr=subprocess.STDOUT, start_new_session=True, text=True,
        )  # fmt: skip
        yield process
        if process.returncode:
            said.seek(0)
            raise Failed(f"{' '.join(command)} failed:\n{said.read()}")


def run(command: list[str], folder: Path) -> Spent:
    """Run a command of Python and return what it took."""
    with started(command, folder) as process:
        start = time.perf_counter()
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    return Spent(seconds, used.ru_utime + used.ru_stime)


def memory(command: list[str], folder: Path) -> int:
    """Run a command of Python and return the most megabytes that all its processes held at once, shared ones once."""
    most = 0
    with started(command, folder) as process:
        while process.poll() is None:
            paths = [path for path in Path("/proc").glob("[0-9]*") if _session(path) == process.pid]
            held = [_held(path) for path in paths]
            if all(map(_held, paths)):  # of one that ended meanwhile, the others have got what it shared with them
                most = max(most, sum(held))
            time.sleep(0.05)
    return most // 1024


def _session(process: Path) -> int:
    with contextlib.suppress(OSError):
        return int((process / "stat").read_text().rpartition(")")[2].split()[3])
    return 0


def _held(process: Path) -> int:
    """Return kilobytes of memory, of what several processes share a part each."""
    with contextlib.suppress(OSError):
        return int(re.search(r"^Pss: +(\d+)", (process / "smaps_rollup").read_text(), re.MULTILINE)[1])
    return 0


def builds(table: Table, root: Path, runs: int) -> None:
    """Time full builds, in turn so that a busy moment of the machine meets all of them."""
    ours = ["macros", "build"]
    trees = plain_trees(root)
    renames = renamed(sorted((root / "data/equipment").glob("*.yml"))[0])
    ways: dict[str, Callable[[], Spent]] = {
        PLAIN: lambda: each(["mkdocs", "build", "--quiet"], trees),
        COLD: lambda: cold(run, ours, root),
        ONE: lambda: in_one_language(lambda: cold(run, ours, root), root),
        "check, no cache": lambda: cold(run, ["macros", "check"], root),
        WARM: lambda: (next(renames), run(ours, root))[1],
        "check after an edit": lambda: (next(renames), run(["macros", "check"], root))[1],
    }
    if find_spec("zensical") and table.times <= ZENSICAL_UP_TO:
        zensical = ["zensical", "build", "--clean"]
        try:
            each(zensical, trees)
            ways["Zensical on the finished pages"] = lambda: each(zensical, trees)
        except Failed as error:  # it has limits of its own
            table.facts.append(f"Zensical gives up: {str(error).strip().splitlines()[-1]}")
    found: dict[str, list[Spent]] = {name: [] for name in ways}
    for _ in range(runs):
        for name, way in ways.items():
            say(f"{name} ...")
            if name == WARM:  # what stands before leaves no cache of a build
                run(ours, root)
            found[name].append(way())
    for name, spent in found.items():
        table.rows.append(Row(name, spent, "" if name == PLAIN else PLAIN))
    for tree in trees:
        shutil.rmtree(tree)
    if Path("/proc/self/smaps_rollup").exists():
        table.facts.append(
            f"Memory of a build without a cache, all its processes together: `{cold(memory, ours, root)} MB`"
        )
    table.facts += weights(root / "site")


def plain_trees(root: Path) -> list[Path]:
    """Write the finished pages of each language of the report and return where they lie."""
    report = yaml.safe_load((root / "data/report.yml").read_text(encoding="utf-8"))
    trees = {report["language"]: [], **{one["id"]: ["--language", one["id"]] for one in report.get("languages", ())}}
    for name, option in trees.items():
        run(["macros", "render", f"build/plain-{name}", *option], root)
    return [root / f"build/plain-{name}" for name in trees]


def in_one_language(way: Callable[[], Spent], root: Path) -> Spent:
    """Measure a way with the report in the language of its data alone."""
    report = root / "data/report.yml"
    good = report.read_text(encoding="utf-8")
    report.write_text(re.sub(r"^languages:\n(?: .*\n)+", "", good, flags=re.MULTILINE), encoding="utf-8")
    try:
        return way()
    finally:
        report.write_text(good, encoding="utf-8")


def each(command: list[str], folders: list[Path]) -> Spent:
    """Run a command of Python in one folder after the other and return what that took."""
    spent = [run(command, folder) for folder in folders]
    return Spent(sum(one.seconds for one in spent), sum(one.cpu or 0 for one in spent))


def renamed(record: Path) -> Iterator[None]:
    """Give a record another name, time after time: whoever builds or checks has just edited something."""
    good = record.read_text(encoding="utf-8")
    for at in itertools.count():
        record.write_text(re.sub(r'^name: "?', rf"\g<0>{at} ", good, count=1, flags=re.M), encoding="utf-8")
        yield


def cold(measure: Callable[[list[str], Path], Any], command: list[str], root: Path) -> Any:
    """Measure a command without anything that earlier ones kept."""
    shutil.rmtree(root / ".cache", ignore_errors=True)
    return measure(command, root)


def weights(site: Path) -> list[str]:
    """Return what a built site weighs, on the disk and on its way to a reader."""
    # The newest edition stands there twice, by links: each file counts once, where it stands at the root.
    found = {path.stat().st_ino: path for path in sorted(site.rglob("*")) if path.is_file()}
    files = list(found.values())
    pages = {path: len(gzip.compress(path.read_bytes(), mtime=0)) for path in files if path.suffix == ".html"}
    heaviest = max(pages, key=lambda path: pages[path])
    size = sum(path.stat().st_size for path in files)
    return [
        f"The site: `{len(pages)}` pages, `{len(files)}` files, `{size / 1e6:.1f} MB`",
        f"Its heaviest page: `{heaviest.relative_to(site).as_posix()}`, `{pages[heaviest] / 1e3:.0f} kB` compressed, "
        f"`{first_view(heaviest) / 1e3:.0f} kB` with what its first view asks for",
    ]


def first_view(page: Path) -> int:
    """Return the compressed bytes of a page with its style sheets, scripts and icon."""
    asked = re.findall(
        r'<(?:script src|link rel="(?:stylesheet|icon)" href)="([^"?]+)', page.read_text(encoding="utf-8")
    )
    files = {page, *((page.parent / address).resolve() for address in asked)}
    return sum(len(gzip.compress(file.read_bytes(), mtime=0)) for file in files)


@contextlib.contextmanager
def served(root: Path, port: int) -> Iterator[str]:
    """Serve a project as `make serve` does, and give its address once it answers."""
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    with (
        (root / "serve.log").open("w") as log,
        subprocess.Popen(command, cwd=root, stdout=log, stderr=log, env=environment) as server,
    ):
        try:
            while f":{port}/" not in (root / "serve.log").read_text() and server.poll() is None:
                time.sleep(0.2)
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()


def edits(root: Path, home: str) -> dict[str, tuple[Path, str, Callable[[str, str], str]]]:
    """Return for each kind of edit the file, the page that shows it, and the text with a mark in it."""
    record = sorted((root / "data/equipment").glob("*.yml"))[0]
    page = f"equipment/{record.stem}.html"

    def after(pattern: str) -> Callable[[str, str], str]:
        return lambda text, mark: re.sub(pattern, lambda found: f"{found.group()}{mark} ", text, count=1, flags=re.M)

    worded = "\n_word = Wording.word\nWording.word = lambda self, name, **v: '{}' if name == 'makers-all' else _word(self, name, **v)\n"
    return {
        "an edit of data": (record, page, after(r"^name: ")),
        "an edit of words": (root / "data/words/equipment.yml", page, after(r"^  makers-all: ")),
        "an edit of prose": (root / "content/index.md", "index.html", lambda text, mark: f"{text}\n{mark}\n"),
        "an edit of a block's template": (
            root / "macros/templates/class_verdict.html.jinja", page, lambda text, mark: f"<p>{mark}</p>{text}",
        ),
        "an edit of the theme": (root / "macros/theme/main.html", page, after("{% block tabs %}")),
        "an edit of Python": (root / "macros/present/wording.py", page, lambda text, mark: text + worded.format(mark)),
    }  # fmt: skip


def freshness(table: Table, root: Path, edited: int) -> None:
    """Time from saving a file to the open browser showing it, each kind of edit so many times."""
    with served(root, 8797) as home, chromium() as browser:
        page = browser.new_page()
        page.add_init_script("addEventListener('DOMContentLoaded', () => { window.reportLoaded = Date.now(); })")
        kinds = list(edits(root, home).items())
        for name, (path, address, marked) in kinds if table.times == 1 else kinds[:1]:
            say(f"{name} ...")
            good = path.read_text(encoding="utf-8")
            page.goto(home + address)
            took = [seen(page, path, marked(good, f"{MARK}{at}"), f"{MARK}{at}") for at in range(edited)]
            table.rows.append(Row(f"from saving {name} to the fresh page", [Spent(seconds) for seconds in took], COLD))
            path.write_text(good, encoding="utf-8")
            page.get_by_text(MARK).first.wait_for(state="detached", timeout=PATIENCE)


def seen(page: Page, path: Path, text: str, mark: str) -> float:
    """Save a text and return the seconds until the page shows its mark."""
    start = time.time()
    path.write_text(text, encoding="utf-8")
    page.get_by_text(mark).first.wait_for(state="attached", timeout=PATIENCE)
    # The page notes when it was there: looking for the mark from outside takes its own time.
    seconds = page.evaluate("reportLoaded") / 1000 - start
    page.wait_for_timeout(6000)  # as an editor who looks at what came of it, while the other pages are composed
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m site_tests.bench",
        description=__doc__.splitlines()[0],
        epilog="Example: python -m site_tests.bench --runs 3 --write content/speed.md",
    )
    parser.add_argument("--runs", type=int, default=3, help="builds of each kind (default: 3)")
    parser.add_argument("--edits", type=int, default=5, help="edits of each kind (default: 5)")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1, 10], help="times the data (default: 1 10)")
    parser.add_argument("--no-edits", action="store_true", help="time no edits while serving")
    parser.add_argument("--write", type=Path, help="page to put the tables into, between its marks")
    options = parser.parse_args()
    tables = []
    for times in sorted(options.sizes):
        with tempfile.TemporaryDirectory() as folder:
            root = project(Path(folder))
            multiply(root, times, SEED)
            tables.append(Table(times))
            builds(tables[-1], root, options.runs)
            if not options.no_edits:
                freshness(tables[-1], root, options.edits)
        text = "\n\n".join([machine(), *(table.markdown() for table in tables)])
        if options.write:  # larger data take their time: what is known stands already
            write_into(options.write, text)
    print(text)


if __name__ == "__main__":
    main()
