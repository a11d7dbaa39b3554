"""Headers: what a host is to say with every file of the site, written for the hosts that read such files.

The pages hold no script, style or handler of their own, so nothing inline is allowed, not even by its hash: a hash taken
from what was built would also let pass what somebody smuggled in. Framing is left free: there is no account, and nothing
to click that changes anything, while charts and the matrix have pages in embed/ that are made for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
# Pages for the frames of others need a style sheet and a picture, and run nothing.
FRAMED_POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
_UNUSED = "camera geolocation gyroscope magnetometer microphone midi payment usb"
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in _UNUSED.split()),
    "Cross-Origin-Opener-Policy": "same-origin",
    # Everything here is public: pages of others may read the data.
    "Access-Control-Allow-Origin": "*",
}
# A file asked for with the version of its content never changes; all others are asked after every time.
FOREVER = "public, max-age=31536000, immutable"
ASKED = "no-cache"
_MADE = "# Written by the build."


def host_files(versioned: Collection[str]) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of the files for hosts; `versioned` are the files that pages ask for by version only."""
    yield "_headers", _headers(versioned).encode()
    yield "hosting/nginx.conf", _nginx().encode()
    yield "hosting/Caddyfile", _caddy().encode()


def _headers(versioned: Collection[str]) -> str:
    """Netlify and Cloudflare Pages read this at the root of a site. Both ask after files by themselves."""
    lines = [_MADE, "/*", *(f"  {name}: {value}" for name, value in HEADERS.items())]
    for path in sorted(versioned):
        lines += [f"/{path}", f"  Cache-Control: {FOREVER}"]
    return "\n".join(lines) + "\n"


def _nginx() -> str:
    """For the server block, or the location that the report has in it."""
    lines = [f"{_MADE} Name it in the server block: include <this file>;"]
    lines += [f'add_header {name} "{value}" always;' for name, value in HEADERS.items()]
    lines += [
        f"set $report_cache {ASKED};",
        f'if ($arg_v) {{ set $report_cache "{FOREVER}"; }}',
        "add_header Cache-Control $report_cache;",
        "charset utf-8;",
        "gzip on;",
        "gzip_types text/css text/csv text/javascript application/javascript application/json image/svg+xml;",
    ]
    return "\n".join(lines) + "\n"


def _caddy() -> str:
    """For the block of the site."""
    lines = [f"{_MADE} Name it in the block of the site: import <this file>", "header {"]
    lines += [f'\t{name} "{value}"' for name, value in HEADERS.items()]
    lines += ["}", "@versioned query v=*", f'header @versioned Cache-Control "{FOREVER}"']
    lines += ["@plain not query v=*", f"header @plain Cache-Control {ASKED}", "encode gzip"]
    return "\n".join(lines) + "\n"
