"""Links asks addresses politely and says what is dead, moved or unclear; against a server of this machine, never beyond."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from macros.cli.main import main
from macros.problems import ProblemsFound
from macros.upkeep.links import check_links, link_report
from macros.upkeep.polite import Answer, Manners, PoliteClient
from site_tests.conftest import Change

Copy = Callable[[dict[str, Change]], Path]
QUICK = Manners(pause=0, timeout=0.3)


class Host(ThreadingHTTPServer):
    """A server that notes what it was asked: method, path and who asked; and how many asked at a time."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, str]] = []
        self.agents: set[str] = set()
        self.robots = ""
        self.busy = self.most_busy = 0
        self.silence = threading.Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    server: Host
    statuses = {
        "/here": 200,
        "/moved": 301,
        "/for-now": 302,
        "/to-gone": 301,
        "/gone": 404,
        "/no-head": 200,
        "/busy": 503,
        "/loop": 302,
        "/odd": 302,
        "/mail": 302,
    }
    places = {
        "/moved": "/here",
        "/for-now": "/here",
        "/to-gone": "/gone",
        "/loop": "/loop",
        "/odd": "http://[no",
        "/mail": "mailto:a@b.example",
    }

    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def answer(self) -> None:
        host = self.server
        host.busy += 1
        host.most_busy = max(host.busy, host.most_busy)
        if self.path != "/robots.txt":
            host.asked.append((self.command, self.path))
        host.agents.add(self.headers["User-Agent"])
        if self.path == "/silent":
            host.silence.wait(5)
        status = 405 if (self.command, self.path) == ("HEAD", "/no-head") else self.statuses.get(self.path, 404)
        body = host.robots.encode()
        is_robots = self.path == "/robots.txt" and bool(body)
        host.busy -= 1
        self.send_response(200 if is_robots else status)
        if self.path in self.places:
            self.send_header("Location", self.places[self.path])
        self.send_header("Content-Length", str(len(body) if is_robots else 0))
        self.end_headers()
        if is_robots:
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    monkeypatch.setenv("no_proxy", "*")
    running = Host()
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield running
    running.silence.set()
    running.shutdown()
    thread.join()
    running.server_close()


@pytest.fixture
def closed_port() -> str:
    """An address at which nobody listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{found.getsockname()[1]}/"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/here", Answer(200, target="/here")),
        ("/moved", Answer(200, (301,), "/here")),
        ("/for-now", Answer(200, (302,), "/here")),
        ("/gone", Answer(404, target="/gone")),
        ("/no-head", Answer(200, target="/no-head")),
        ("/loop", Answer(None, (302,) * 6, "/loop", "redirects more than 6 times")),
        ("/odd", Answer(None, (302,), "/odd", "breaks off (Invalid IPv6 URL)")),
        ("/mail", Answer(None, (302,), "mailto:a@b.example", "leads to mailto:")),
        ("/silent", Answer(None, target="/silent", trouble="does not answer within 0.3 seconds")),
    ],
)
def test_answer_tells_what_the_host_said(host: Host, path: str, expected: Answer) -> None:
    found = PoliteClient(QUICK, "").ask(host.address + path)
    assert Answer(**{**found.__dict__, "target": found.target.removeprefix(host.address)}) == expected


def test_nobody_listening_is_told_as_refused(host: Host, closed_port: str) -> None:
    found = PoliteClient(QUICK, "").ask(closed_port)
    assert (found.status, found.trouble, found.is_refused) == (None, "refuses the connection", True)


def test_only_heads_are_asked_for_and_a_body_only_where_heads_are_refused(host: Host) -> None:
    polite = PoliteClient(QUICK, "")
    for path in ("/here", "/no-head", "/gone"):
        polite.ask(host.address + path)
    assert host.asked == [
        ("HEAD", "/here"),
        ("HEAD", "/no-head"),
        ("GET", "/no-head"),
        ("HEAD", "/gone"),
        ("GET", "/gone"),
    ]


def test_robots_keep_us_out(host: Host) -> None:
    host.robots = "User-agent: *\nDisallow: /gone\n"
    assert PoliteClient(QUICK, "").ask(f"{host.address}/gone") == Answer(target=f"{host.address}/gone", kept_out=True)
    assert host.asked == []


def test_agent_names_the_report_and_a_contact(host: Host) -> None:
    PoliteClient(Manners(0, 1, "https://example.org/"), "The Sägeblatt (Report)\n").ask(f"{host.address}/here")
    assert host.agents == {"link-check/1.0 (The Sgeblatt Report; +https://example.org/)"}


class Clock:
    """A clock that moves only when somebody sleeps, and notes for how long."""

    def __init__(self) -> None:
        self.time = 100.0
        self.slept: list[float] = []

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.time += seconds


def test_a_host_gets_a_pause_after_each_request(host: Host) -> None:
    clock = Clock()
    polite = PoliteClient(Manners(pause=3, timeout=2), "", clock.now, clock.sleep)
    for path in ("/here", "/no-head"):
        polite.ask(host.address + path)
    # robots.txt, then HEAD, HEAD and GET: a pause before each but the first
    assert clock.slept == [3, 3, 3]


def test_a_host_may_wish_for_a_longer_pause(host: Host) -> None:
    host.robots = "User-agent: *\nCrawl-delay: 7\n"
    clock = Clock()
    PoliteClient(Manners(pause=3, timeout=2), "", clock.now, clock.sleep).ask(f"{host.address}/here")
    assert clock.slept == [7]


def test_a_host_is_asked_one_at_a_time(host: Host) -> None:
    polite = PoliteClient(QUICK, "")
    threads = [threading.Thread(target=polite.ask, args=(f"{host.address}/here",)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(host.asked) == 8
    assert host.most_busy == 1


def _project(project_with: Copy, first: str, second: str) -> Path:
    """The miniature with the addresses of one trade paper and one company replaced."""
    return project_with(
        {
            "data/sources/trade-press.yml": ("URL: https://saegeblatt.example/2023/visit", f"URL: {first}"),
            "data/suppliers/saxon-saws.yml": ("website: https://saxon.example/", f"website: {second}"),
        }
    )


ONLY = ("saegeblatt-2023-visit", "saxon-saws")


def test_report_gives_the_place_of_each_address_that_is_not_fine(project_with: Copy, host: Host) -> None:
    root = _project(project_with, f"{host.address}/moved", f"{host.address}/gone")
    text, is_dead = link_report(check_links(root, ONLY, QUICK))
    assert is_dead
    assert text.splitlines() == [
        f"data/suppliers/saxon-saws.yml:12: website: {host.address}/gone answers 404; "
        "find where it is now or a copy, or write null and say so in the note [link-dead]",
        f"data/sources/trade-press.yml:19: sources[1].URL: {host.address}/moved answers 301, now {host.address}/here; "
        "write the new address [link-moved]",
        "2 addresses: 0 fine, 1 dead, 1 moved, 0 unclear. Mend them in data/, then: make check",
    ]


@pytest.mark.parametrize(
    ("path", "verdict", "why"),
    [
        ("/here", "fine", ""),
        ("/for-now", "fine", ""),
        ("/to-gone", "dead", "answers 404"),
        ("/busy", "unclear", "answers 503"),
        ("/silent", "unclear", "does not answer within 0.3 seconds"),
    ],
)
def test_dead_is_only_what_is_dead_beyond_doubt(
    project_with: Copy, host: Host, path: str, verdict: str, why: str
) -> None:
    root = _project(project_with, host.address + path, f"{host.address}/here")
    (found,) = check_links(root, ONLY[:1], QUICK)
    assert (found.verdict, found.why) == (verdict, why)


def test_one_address_in_two_places_is_asked_once(project_with: Copy, host: Host) -> None:
    seen: list[tuple[int, int, str]] = []
    root = _project(project_with, f"{host.address}/here", f"{host.address}/here")
    found = check_links(root, ONLY, QUICK, lambda *step: seen.append(step))
    assert [item.verdict for item in found] == ["fine", "fine"]
    assert host.asked == [("HEAD", "/here")]
    assert seen == [(1, 1, f"{host.address}/here")]


def test_unknown_id_is_answered_with_the_one_that_was_meant(miniature: Path) -> None:
    with pytest.raises(
        ProblemsFound, match='no source or company "saxon-saw" has an address; did you mean "saxon-saws"'
    ):
        check_links(miniature, ["saxon-saw"], QUICK)


def test_command_ends_with_failure_only_where_something_is_dead(
    project_with: Copy, host: Host, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["links", "--only", "saxon-saws", "--pause", "0", "--timeout", "0.3"]
    fine = _project(project_with, "https://never.example/", f"{host.address}/here")
    assert main(["--root", str(fine), *command]) == 0
    assert capsys.readouterr().out == (
        "1 address: 1 fine, 0 dead, 0 moved, 0 unclear. Mend them in data/, then: make check\n"
    )
    dead = _project(project_with, "https://never.example/", f"{host.address}/gone")
    with pytest.raises(SystemExit) as stopped:
        main(["--root", str(dead), *command])
    assert "[link-dead]" in str(stopped.value.code)
