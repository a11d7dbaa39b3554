"""Check whether the addresses in the data still answer. Runs only on demand: never in a build, never in a check."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Literal
from urllib.parse import urlsplit

from macros.check import validated
from macros.load import load
from macros.load.draft import Draft
from macros.problems import Problem, ProblemsFound, suggest
from macros.upkeep.polite import Answer, Manners, PoliteClient

Verdict = Literal["fine", "moved", "dead", "unclear"]
# Hosts asked at the same time; each gets one request at a time.
_HOSTS = 8
_GONE = (404, 410)
_FOR_GOOD = (301, 308)


@dataclass(frozen=True, order=True)
class Link:
    """An address and where it stands in the data."""

    path: str
    line: int
    where: str
    record: str
    address: str


@dataclass(frozen=True)
class Found:
    """A link with what became of it: the verdict, and in words why; `target` is where it leads now."""

    link: Link
    verdict: Verdict
    why: str = ""
    target: str = ""


def check_links(
    root: Path, only: Collection[str], manners: Manners, progress: Callable[[int, int, str], None] | None = None
) -> list[Found]:
    """Ask every address once, or those of some records, and return what became of each, in order of place.

    `progress` gets the number done, the number of all, and the address. Raises ProblemsFound if the data have problems
    or an id in `only` is unknown.
    """
    draft = validated(load(root))
    links = selected_links(list(links_of(draft)), only)
    report = draft.one("report")
    polite = PoliteClient(manners, report.record.title if report else "")
    by_host: dict[str, dict[str, None]] = {}
    for link in links:
        by_host.setdefault(urlsplit(link.address).netloc, {})[link.address] = None
    answers: dict[str, Answer] = {}
    count = sum(len(addresses) for addresses in by_host.values())

    stopped = Event()

    def ask(addresses: dict[str, None]) -> None:
        for address in addresses:
            if stopped.is_set():
                return
            answers[address] = polite.ask(address)
            if progress:
                progress(len(answers), count, address)

    with ThreadPoolExecutor(_HOSTS) as pool:
        try:
            list(pool.map(ask, by_host.values()))
        except KeyboardInterrupt:
            stopped.set()
            raise
    return [verdict_on(link, answers[link.address]) for link in sorted(links)]


def links_of(draft: Draft) -> Iterator[Link]:
    """Yield every address of sources and companies."""
    for kind, name in (("sources", "URL"), ("suppliers", "website")):
        for entry in draft.all(kind):
            address = getattr(entry.record, name)
            if address:
                found = entry.problem(name, "", "", "")
                yield Link(found.path, found.line, found.where, entry.record.id, address)


def selected_links(links: list[Link], only: Collection[str]) -> list[Link]:
    """Return the links of the records named, or all. Raises ProblemsFound for a name without a link."""
    known = {link.record for link in links}
    unknown = [name for name in only if name not in known]
    if unknown:
        raise ProblemsFound(
            Problem(
                "data", 1, "--only", f'no source or company "{name}" has an address', suggest(name, known), "link-of"
            )
            for name in unknown
        )
    return [link for link in links if not only or link.record in only]


def verdict_on(link: Link, answer: Answer) -> Found:
    """Return the verdict on a link: dead only if that is beyond doubt."""
    if answer.kept_out:
        return Found(link, "unclear", "the host asks programs to keep out (robots.txt)")
    if answer.status is None:
        return Found(link, "dead" if answer.is_refused else "unclear", answer.trouble)
    if answer.status in _GONE:
        return Found(link, "dead", f"answers {answer.status}", answer.target)
    if answer.status >= 300:
        return Found(link, "unclear", f"answers {answer.status}", answer.target)
    if answer.redirects and answer.redirects[0] in _FOR_GOOD:
        return Found(link, "moved", f"answers {answer.redirects[0]}", answer.target)
    return Found(link, "fine")


_ADVICE = {
    "dead": "find where it is now or a copy, or write null and say so in the note",
    "moved": "write the new address",
    "unclear": "look by hand before changing anything",
}


def link_report(found: list[Found]) -> tuple[str, bool]:
    """Return the report of a run, the dead first, and whether any is dead."""
    lines = []
    for verdict, advice in _ADVICE.items():
        for item in found:
            if item.verdict == verdict:
                to = f", now {item.target}" if item.target and item.target != item.link.address else ""
                wrong = f"{item.link.address} {item.why}{to}"
                lines.append(
                    str(Problem(item.link.path, item.link.line, item.link.where, wrong, advice, f"link-{verdict}"))
                )
    counts = {verdict: sum(item.verdict == verdict for item in found) for verdict in ("fine", *_ADVICE)}
    lines.append(
        f"{len(found)} address{'es' * (len(found) != 1)}: {', '.join(f'{n} {verdict}' for verdict, n in counts.items())}. Mend them in data/, then: make check"
    )
    return "\n".join(lines), counts["dead"] > 0
