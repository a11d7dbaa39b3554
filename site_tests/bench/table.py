"""Tables of the benchmark: what was measured, each against another line, as a page shows it."""

from __future__ import annotations

import os
import platform
import shutil
import statistics
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

BEGIN, END = "<!-- bench: python -m site_tests.bench writes what follows -->\n", "<!-- /bench -->"
CAPTION = "What builds, checks and edits cost"
HEADS = ("What", "Wall", "CPU", "Runs", "Wall, ratio", "CPU, ratio")


@dataclass(frozen=True)
class Spent:
    """What a command took: seconds, and seconds of processors, its own and those of processes it waited for."""

    seconds: float
    cpu: float | None = None


@dataclass
class Row:
    """One line of a table: what was done, what every run took, and the line it is set against."""

    name: str
    runs: list[Spent]
    against: str = ""

    @property
    def wall(self) -> float:
        return statistics.median(one.seconds for one in self.runs)

    @property
    def cpu(self) -> float | None:
        known = [one.cpu for one in self.runs if one.cpu is not None]
        return statistics.median(known) if known else None


@dataclass
class Table:
    """What was measured with the data so many times: rows, and facts below them."""

    times: int
    rows: list[Row] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)

    def markdown(self) -> str:
        """Return the table for a page, with what assistive programs need. Figures are code: they quote what was printed."""
        known = {row.name: row for row in self.rows}
        title, named, caption = "The data as they are", CAPTION, CAPTION
        if self.times > 1:
            title = f"The data `{self.times}` times"
            named = f"What they cost with the data {self.times} times"
            caption = named.replace(str(self.times), f"<code>{self.times}</code>")
        heads = "".join(f'<th scope="col">{name}</th>' for name in HEADS)
        lines = [
            f"## {title}",
            "",
            f'<section class="scroll" tabindex="0" aria-label="{named}"><table class="data">',
            f"<caption>{caption}</caption>",
            f"<thead><tr>{heads}</tr></thead>",
            "<tbody>",
        ]
        for row in self.rows:
            other = known.get(row.against)
            cells = [f"{row.wall:.2f} s", f"{row.cpu:.1f} s" if row.cpu else "", str(len(row.runs))]
            cells.append(f"{row.wall / other.wall:.2f}" if other else "")
            cells.append(f"{row.cpu / other.cpu:.2f}" if other and row.cpu and other.cpu else "")
            shown = "".join(f"<td><code>{cell}</code></td>" if cell else "<td></td>" for cell in cells)
            lines.append(f'<tr><th scope="row">{row.name}</th>{shown}</tr>')
        return "\n".join([*lines, "</tbody>", "</table></section>", "", *(f"- {fact}" for fact in self.facts)])


def machine() -> str:
    """Return when, on what and with what was measured."""
    names = [name for name in ("mkdocs", "mkdocs-material", "zensical") if name != "zensical" or find_spec(name)]
    versions = ", ".join(f"{name} `{version(name)}`" for name in names)
    about = f"`{os.cpu_count()}` cores (`{platform.machine()}`), load `{os.getloadavg()[0]:.1f}` at the end"
    if findmnt := shutil.which("findmnt"):  # how long a file takes to make differs tenfold between file systems
        where = [findmnt, "--first-only", "--noheadings", "--output", "FSTYPE", "--target", tempfile.gettempdir()]
        about += f", files on `{subprocess.check_output(where, text=True).strip()}`"
    return f"Measured on `{time.strftime('%Y-%m-%d')}` with {about}; Python `{platform.python_version()}`, {versions}."


def write_into(path: Path, text: str) -> None:
    """Put the tables between their marks in a page."""
    before, _, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    path.write_text(f"{before}{BEGIN}\n{text}\n\n{END}{after}", encoding="utf-8")
