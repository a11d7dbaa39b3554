"""Serving: what keeps `mkdocs serve` useful while an editor slips - the last good site, with the problems over it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from html import escape
from typing import Any

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def careful(build: Callable[[], None], log: logging.Logger) -> Callable[[], None]:
    """Return a builder that survives a failed build: MkDocs would answer no request until the next good one."""

    def builder() -> None:
        try:
            build()
        except SystemExit:
            log.error("The last good site stays; save again to try again.")
        except Exception as error:  # noqa: BLE001 - whatever an editor of templates or Python broke
            log.error("%s: %s. The last good site stays.", type(error).__name__, error)

    return builder


def with_notice(application: Application, trouble: Callable[[], str]) -> Application:
    """Return an application whose pages show the trouble, if there is any, above everything else."""

    def serve(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        text = trouble()
        if not text:
            return application(environ, start_response)
        answer: list[Any] = []
        body = b"".join(application(environ, lambda *args: answer.extend(args)))
        status, headers = answer[0], dict(answer[1])
        if headers.get("Content-Type", "").startswith("text/html"):
            body = body.replace(b"</body>", notice(text).encode() + b"</body>", 1)
            headers["Content-Length"] = str(len(body))
        start_response(status, list(headers.items()))
        return [body]

    return serve


def notice(text: str) -> str:
    """Return the problems as a box over the page; it exists only while serving, so its look stands with it."""
    look = (
        "position:fixed;inset:auto 0 0 0;max-height:60vh;overflow:auto;margin:0;padding:16px 24px;z-index:99;"
        "background:#7a1f12;color:#fff;font:14px/1.5 monospace;white-space:pre-wrap"
    )
    return f'<pre role="alert" id="problems" style="{look}">{escape(text)}</pre>'
