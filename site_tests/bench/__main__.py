"""Benchmark: what a build, a check and an edit cost, each against something else in the same run.

    python -m site_tests.bench [--sizes 1 10 30] [--runs 3] [--edits 5] [--write README.md]

Times are medians of a machine that may do other things, too; the ratios are what to read. Nothing here is a test.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import itertools
import math
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from playwright.sync_api import Page

from site_tests.bench.data import multiply, project
from site_tests.support.browser import chromium

# Compressed bytes that no first view is to pass, whatever the size of the data.
FIRST_VIEW = 250_000
BEGIN, END = "<!-- bench -->", "<!-- /bench -->"
PATIENCE = 60_000
MARK = "Zzbench"
SEED = 1
# Times the data: beyond it takes gigabytes and a quarter of an hour.
ZENSICAL_UP_TO = 10


@dataclass
class Row:
    """One line of the table: what was done, seconds of every run, and what it is set against."""

    name: str
    seconds: list[float]
    against: str = ""
    note: str = ""

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


class Failed(SystemExit):
    """A command that was to be timed failed; the text says how."""


@dataclass(frozen=True)
class Spent:
    """What a command took: seconds, and megabytes of memory of its largest process."""

    seconds: float
    megabytes: int


@dataclass
class Table:
    """All rows, with a way to say a step to a person who waits."""

    rows: list[Row] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    pages: dict[int, int] = field(default_factory=dict)

    def add(self, row: Row) -> None:
        self.rows.append(row)
        say(f"{row.name}: {row.median:.2f} s")

    def markdown(self) -> str:
        """Return the table, each time as a ratio to the row it is set against."""
        medians = {row.name: row.median for row in self.rows}
        lines = ["| What | Median | Runs | Ratio |", "| --- | --- | --- | --- |"]
        for row in self.rows:
            ratio = f"{row.median / medians[row.against]:.2f} × {row.against}" if row.against in medians else ""
            lines.append(f"| {row.name}{row.note} | {row.median:.2f} s | {len(row.seconds)} | {ratio} |")
        return "\n".join([*lines, "", *(f"- {fact}" for fact in self.facts)])


def say(text: str) -> None:
    """Show a step to a person; a pipe is left alone."""
    if sys.stderr.isatty():
        print(text, file=sys.stderr, flush=True)


def run(command: list[str], folder: Path) -> Spent:
    """Run a command of Python quietly; whatever goes wrong is shown."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    os.sync()  # what was timed before may have left much to be written to the disk
    start = time.perf_counter()
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", *command], cwd=folder, env=environment, stdout=said, stderr=subprocess.STDOUT
        )
        # Of this process and those it waited for itself, the largest.
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        if status:
            said.seek(0)
            raise Failed(f"{' '.join(command)} failed:\n{said.read()}")
    return Spent(seconds, used.ru_maxrss // 1024)


def builds(table: Table, root: Path, runs: int, times: int) -> None:
    """Time full builds, in turn so that a busy moment of the machine meets all of them."""
    size, plain = f"{times}x", root / "build/plain"
    ours = ["macros", "build"]
    run(["macros", "render", str(plain)], root)
    renames = renamed(sorted((root / "data/equipment").glob("*.yml"))[0])
    ways: dict[str, Callable[[], Spent]] = {
        f"plain MkDocs on the rendered pages, {size}": lambda: run(["mkdocs", "build", "--quiet"], plain),
        # It leaves what every later build finds.
        f"full build without any cache, {size}": lambda: cold(ours, root),
        f"full build, {size}": lambda: (next(renames), run(ours, root))[1],
        f"check, {size}": lambda: (next(renames), run(["macros", "check"], root))[1],
        f"check of what has not changed since, {size}": lambda: run(["macros", "check"], root),
    }
    if find_spec("zensical") and times <= ZENSICAL_UP_TO:
        zensical = ["zensical", "build", "--clean"]
        try:
            run(zensical, plain)
            ways[f"Zensical on the rendered pages, {size}"] = lambda: run(zensical, plain)
        except Failed as error:  # it has limits of its own
            table.facts.append(f"Zensical gives up at {size}: {str(error).strip().splitlines()[-1]}")
    found: dict[str, list[Spent]] = {name: [] for name in ways}
    # Of large data, what takes minutes is timed once, and what an editor waits for as often as of small ones.
    short = (f"full build, {size}", "check")
    often = {name: way for name, way in ways.items() if times == 1 or name.startswith(short)}
    for at in range(runs):
        for name, way in (often if at else ways).items():
            say(f"{name} ...")
            found[name].append(way())
    first = next(iter(ways))
    for name, spent in found.items():
        table.add(Row(name, [one.seconds for one in spent], "" if name == first else first))
    ours_took = statistics.median(one.seconds for one in found[f"full build, {size}"])
    others = {
        name: statistics.median(one.seconds for one in spent) for name, spent in found.items() if "rendered" in name
    }
    table.facts.append(
        ", ".join(
            f"{name}: {seconds / ours_took:.1f} times as long as the full build" for name, seconds in others.items()
        )
    )
    table.pages[times] = sum(1 for _ in plain.rglob("*.md"))
    peaks = {name: max(one.megabytes for one in spent) for name, spent in found.items()}
    shutil.rmtree(plain)
    table.facts.append(", ".join([
        f"At {size}: peak memory of a process {peaks[f'full build, {size}']} MB building, {peaks[f'check, {size}']} MB checking",
        *weights(root / "site"),
    ]))  # fmt: skip


def growth(table: Table, sizes: list[int]) -> None:
    """Say how time grows with size, between the smallest and the largest: 1 is in proportion."""
    if len(sizes) < 2:
        return
    medians = {row.name: row.median for row in table.rows}
    for what in ("full build", "check"):
        low, high = (medians[f"{what}, {size}x"] for size in (sizes[0], sizes[-1]))
        exponent = math.log(high / low) / math.log(sizes[-1] / sizes[0])
        each = (high - low) / (table.pages[sizes[-1]] - table.pages[sizes[0]])
        table.facts.append(
            f"Growth of a {what} from {sizes[0]}x to {sizes[-1]}x: exponent {exponent:.2f}, "
            f"{1000 * each:.1f} ms for each of the pages that are more"
        )


def renamed(record: Path) -> Iterator[None]:
    """Give a record another name, time after time: whoever builds or checks has just edited something."""
    good = record.read_text(encoding="utf-8")
    for at in itertools.count():
        record.write_text(re.sub(r'^name: "?', rf"\g<0>{at} ", good, count=1, flags=re.M), encoding="utf-8")
        yield


def cold(command: list[str], root: Path) -> Spent:
    shutil.rmtree(root / ".cache", ignore_errors=True)
    return run(command, root)


def weights(site: Path) -> list[str]:
    """Return what a built site weighs, on the disk and on its way to a reader."""
    # The newest edition stands there twice, by links: each file counts once, where it stands at the root.
    found = {path.stat().st_ino: path for path in sorted(site.rglob("*")) if path.is_file()}
    files = list(found.values())
    pages = {path: len(gzip.compress(path.read_bytes(), mtime=0)) for path in files if path.suffix == ".html"}
    heaviest = max(pages, key=lambda path: pages[path])
    size = sum(path.stat().st_size for path in files)
    return [
        f"{len(pages)} pages, {len(files)} files, {size / 1e6:.1f} MB",
        f"heaviest page {heaviest.relative_to(site).as_posix()}, {pages[heaviest] / 1e3:.0f} kB compressed, "
        f"{first_view(heaviest) / 1e3:.0f} kB with what its first view asks for (at most {FIRST_VIEW / 1e3:.0f})",
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


def freshness(table: Table, root: Path, edited: int, times: int) -> None:
    """Time from saving a file to the open browser showing it, each kind of edit so many times."""
    with served(root, 8797) as home, chromium() as browser:
        page = browser.new_page()
        page.add_init_script("addEventListener('DOMContentLoaded', () => { window.reportLoaded = Date.now(); })")
        kinds = list(edits(root, home).items())
        for name, (path, address, marked) in kinds if times == 1 else kinds[:1]:
            say(f"{name} ...")
            good = path.read_text(encoding="utf-8")
            page.goto(home + address)
            seconds = [seen(page, path, marked(good, f"{MARK}{at}"), f"{MARK}{at}") for at in range(edited)]
            table.add(Row(f"{name}, {times}x", seconds, f"full build, {times}x"))
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


def machine() -> str:
    versions = ", ".join(
        f"{name} {version(name)}"
        for name in ("mkdocs", "mkdocs-material", "zensical")
        if find_spec(name.replace("-", ".")) or name == "mkdocs-material"
    )
    return f"Machine: {os.cpu_count()} cores ({platform.machine()}), load {os.getloadavg()[0]:.1f} at the end; Python {platform.python_version()}, {versions}"


def write_into(path: Path, text: str) -> None:
    """Put the table between its marks in a document."""
    before, _, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    path.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m site_tests.bench",
        description=__doc__.splitlines()[0],
        epilog="Example: python -m site_tests.bench --runs 3 --write README.md",
    )
    parser.add_argument("--runs", type=int, default=3, help="builds of each kind (default: 3)")
    parser.add_argument("--edits", type=int, default=5, help="edits of each kind (default: 5)")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1, 10, 30], help="times the data (default: 1 10 30)")
    parser.add_argument("--no-edits", action="store_true", help="time no edits while serving")
    parser.add_argument("--write", type=Path, help=f"document to put the table into, between {BEGIN} and {END}")
    options = parser.parse_args()
    table, sizes = Table(), sorted(options.sizes)
    for times in sizes:
        with tempfile.TemporaryDirectory() as folder:
            root = project(Path(folder))
            multiply(root, times, SEED)
            builds(table, root, options.runs, times)
            if not options.no_edits:
                freshness(table, root, options.edits, times)
        if options.write:  # larger data take their time: what is known stands already
            write_into(options.write, table.markdown())
    growth(table, sizes)
    table.facts.append(machine())
    print(table.markdown())
    if options.write:
        write_into(options.write, table.markdown())


if __name__ == "__main__":
    main()
