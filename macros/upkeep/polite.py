"""A polite HTTP client: one request at a time to a host, a pause after each, robots.txt obeyed, only HEAD if possible."""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from urllib.error import URLError
from urllib.parse import quote, urljoin, urlsplit
from urllib.request import HTTPErrorProcessor, OpenerDirector, Request, build_opener
from urllib.robotparser import RobotFileParser

_HOPS = 6
# Statuses of servers that do not know or refuse HEAD: they are asked again with GET.
_ASK_AGAIN = range(400, 600)
_ROBOTS_SIZE = 500_000


@dataclass(frozen=True)
class Manners:
    """How to behave: seconds between two requests to a host, seconds to wait, and who we are."""

    pause: float = 1.0
    timeout: float = 20.0
    contact: str | None = None


@dataclass(frozen=True)
class Answer:
    """What a host said: the last status (None: nothing), the statuses of redirects on the way, and where they led."""

    status: int | None = None
    redirects: tuple[int, ...] = ()
    target: str = ""
    trouble: str = ""
    is_refused: bool = False
    kept_out: bool = False


class _AsItIs(HTTPErrorProcessor):
    """Returns every response unchanged: we follow redirects ourselves, host by host, and want no exceptions."""

    def http_response(self, request: Request, response: http.client.HTTPResponse) -> http.client.HTTPResponse:
        return response

    https_response = http_response


class _Host:
    """A host's turn: its lock, when it may be asked again, and its robots.txt once read."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.free_at = 0.0
        self.robots: RobotFileParser | None = None


class PoliteClient:
    """Asks addresses, each host in its turn. May be used by several threads."""

    def __init__(
        self,
        manners: Manners,
        title: str,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ):
        self._now, self._sleep = now, sleep
        self.manners = manners
        name = "".join(letter for letter in title if letter.isascii() and (letter.isalnum() or letter in " -")).strip()
        self.agent = (
            "link-check/1.0"
            + (f" ({name}" if name else " (a report")
            + (f"; +{manners.contact})" if manners.contact else ")")
        )
        self._opener: OpenerDirector = build_opener(_AsItIs)
        self._hosts: dict[str, _Host] = {}
        self._guard = Lock()

    def ask(self, address: str) -> Answer:
        """Return what an address answers after its redirects; never raises for what a host does."""
        redirects: list[int] = []
        at = address
        try:
            for _ in range(_HOPS):
                if not self._may_ask(at):
                    return Answer(None, tuple(redirects), at, kept_out=True)
                status, to = self._status(at)
                if not (300 <= status < 400 and to):
                    return Answer(status, tuple(redirects), at)
                redirects.append(status)
                at = urljoin(at, to)
                if urlsplit(at).scheme not in ("http", "https"):
                    return Answer(None, tuple(redirects), at, f"leads to {urlsplit(at).scheme}:")
        except (OSError, http.client.HTTPException, ValueError) as error:
            trouble, is_refused = _in_words(error, self.manners.timeout)
            return Answer(None, tuple(redirects), at, trouble, is_refused)
        return Answer(None, tuple(redirects), at, f"redirects more than {_HOPS} times")

    def _status(self, address: str) -> tuple[int, str]:
        """Return status and Location, by HEAD and where that is refused by GET."""
        try:
            status, to = self._request("HEAD", address)
        except (http.client.HTTPException, ConnectionResetError):
            return self._request("GET", address)
        return self._request("GET", address) if status in _ASK_AGAIN else (status, to)

    def _request(self, method: str, address: str) -> tuple[int, str]:
        """Make one request in its host's turn; the body is not read."""
        host = self._host(address)
        with host.lock:
            self._wait(host)
            try:
                with self._open(method, address) as response:
                    return response.status, response.headers.get("Location", "")
            finally:
                host.free_at = self._now() + self._pause(host)

    def _open(self, method: str, address: str) -> http.client.HTTPResponse:
        headers = {"User-Agent": self.agent, "Accept": "*/*"}
        request = Request(_ascii(address), headers=headers, method=method)
        answer: http.client.HTTPResponse = self._opener.open(request, timeout=self.manners.timeout)
        return answer

    def _host(self, address: str) -> _Host:
        with self._guard:
            return self._hosts.setdefault(urlsplit(address).netloc, _Host())

    def _wait(self, host: _Host) -> None:
        left = host.free_at - self._now()
        if left > 0:
            self._sleep(left)

    def _pause(self, host: _Host) -> float:
        wished = host.robots.crawl_delay(self.agent) if host.robots else None
        return max(self.manners.pause, min(float(wished or 0), 30.0))

    def _may_ask(self, address: str) -> bool:
        """Return whether the host's robots.txt lets us in; one that cannot be had lets everybody in."""
        host = self._host(address)
        with host.lock:
            if host.robots is None:
                self._wait(host)
                host.robots = self._robots(address)
                host.free_at = self._now() + self._pause(host)
        return host.robots.can_fetch(self.agent, _ascii(address))

    def _robots(self, address: str) -> RobotFileParser:
        parts = urlsplit(address)
        at, robots = f"{parts.scheme}://{parts.netloc}/robots.txt", RobotFileParser()
        lines: list[str] = []
        for _ in range(_HOPS):
            try:
                with self._open("GET", at) as response:
                    if response.status < 300:
                        lines = response.read(_ROBOTS_SIZE).decode("utf-8", "replace").splitlines()
                        break
                    to = response.headers.get("Location")
            except (OSError, http.client.HTTPException, ValueError):
                break
            if not to:
                break
            at = urljoin(at, to)
        robots.parse(lines)
        return robots


def _ascii(address: str) -> str:
    """Return the address as it goes over the wire: letters beyond ASCII as host names and paths encode them."""
    parts = urlsplit(address)
    host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    return parts._replace(
        netloc=host,
        path=quote(parts.path, safe="/%:@!$&'()*+,;=~"),
        query=quote(parts.query, safe="/%:@!$&'()*+,;=?~"),
        fragment="",
    ).geturl()


def _in_words(error: Exception, timeout: float) -> tuple[str, bool]:
    """Return what went wrong, and whether it is beyond doubt that nobody is there."""
    reason = error.reason if isinstance(error, URLError) and isinstance(error.reason, Exception) else error
    if isinstance(reason, TimeoutError):
        return f"does not answer within {timeout:g} seconds", False
    if isinstance(reason, ssl.SSLError):
        return f"has a certificate that does not hold ({reason.reason or 'TLS'})", False
    if isinstance(reason, socket.gaierror):
        # Without a network every name fails: a second look by hand is due.
        return "has a host name that is not known here", False
    if isinstance(reason, ConnectionRefusedError):
        return "refuses the connection", True
    return f"breaks off ({reason or type(reason).__name__})", False
