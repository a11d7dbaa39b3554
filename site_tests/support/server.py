"""Serve a built site as a host does, compressed, with the headers it names in `_headers`; note what is asked of it.

By hand, for Lighthouse and the like: python -m site_tests.support.server site 8000
"""

from __future__ import annotations

import gzip
import mimetypes
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlsplit


@dataclass
class Served:
    """A site that is being served, and the size of every answer given so far.

    A file named as `held` is given late, and all others then as to a reader who never was here.
    """

    folder: Path
    address: str = ""
    answers: list[tuple[str, int]] = field(default_factory=list)
    held: str = ""
    headers: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    _bodies: dict[Path, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.headers = read_headers(self.folder)

    def named(self, path: str) -> dict[str, str]:
        """Return the headers that the site names for an address."""
        return dict(self.headers.get("/*", []) + self.headers.get(path, []))

    def body(self, path: Path) -> bytes:
        if path not in self._bodies:
            self._bodies[path] = gzip.compress(path.read_bytes(), mtime=0)
        return self._bodies[path]


def read_headers(folder: Path) -> dict[str, list[tuple[str, str]]]:
    """Return what `_headers` of a site names, by address: lines that stand in by one blank or more belong to the one above."""
    found: dict[str, list[tuple[str, str]]] = {}
    file = folder / "_headers"
    for line in file.read_text(encoding="utf-8").splitlines() if file.exists() else []:
        if line.startswith("/"):
            rules = found.setdefault(line, [])
        elif line.startswith(" "):
            name, _, value = line.strip().partition(": ")
            rules.append((name, value))
    return found


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, served: Served, *args: object) -> None:
        self.served = served
        super().__init__(*args)

    def do_GET(self) -> None:
        path = self.served.folder / unquote(urlsplit(self.path).path).lstrip("/")
        path = path / "index.html" if path.is_dir() else path
        found = path.is_file() and path.resolve().is_relative_to(self.served.folder.resolve())
        path = path if found else self.served.folder / "404.html"
        body = self.served.body(path)
        if self.served.held and path.name == self.served.held:
            time.sleep(0.15)
        self.served.answers.append((self.path, len(body)))
        self.send_response(200 if found else 404)
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        named = {"Cache-Control": "max-age=600", **self.served.named(urlsplit(self.path).path)}
        for name, value in (named | {"Cache-Control": "no-store"} if self.served.held else named).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving(folder: Path, port: int = 0) -> Iterator[Served]:
    """Serve a folder on this machine; any free port unless one is named."""
    served = Served(folder)
    server = ThreadingHTTPServer(("127.0.0.1", port), partial(_Handler, served))
    served.address = f"http://127.0.0.1:{server.server_port}/"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()


if __name__ == "__main__":
    with serving(Path(sys.argv[1]), int(sys.argv[2])) as running:
        print(running.address)
        input("Enter ends it. ")
