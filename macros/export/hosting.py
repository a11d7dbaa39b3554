"""Write the HTTP headers of the site in the configuration files that hosts read.

Framing is left free: there is no account, and nothing to click that changes anything, while charts and the matrix have
pages in embed/ that are made for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

_UNUSED = "camera geolocation gyroscope magnetometer microphone midi payment usb"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in _UNUSED.split()),
    "Cross-Origin-Opener-Policy": "same-origin",
    # Everything here is public: pages of others may read the data.
    "Access-Control-Allow-Origin": "*",
}
# A file whose name holds a hash of its content never changes; all others are asked for anew every time.
HASHED = r"\.[0-9a-f]{8}\.min\.(css|js)$"
FOREVER = "public, max-age=31536000, immutable"
ASKED = "no-cache"
_MADE = "# Written by the build."


def host_files(policy: str, hashed: Collection[str]) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of the files for hosts; `hashed` are the files whose names hold a hash of their content."""
    headers = {"Content-Security-Policy": policy, **HEADERS}
    yield "_headers", _headers(headers, hashed).encode()
    yield "hosting/nginx.conf", _nginx(headers).encode()
    yield "hosting/Caddyfile", _caddy(headers).encode()


def _headers(headers: dict[str, str], hashed: Collection[str]) -> str:
    """Netlify and Cloudflare Pages read this at the root of a site. Both ask after files by themselves."""
    lines = [_MADE, "/*", *(f"  {name}: {value}" for name, value in headers.items())]
    for path in sorted(hashed):
        lines += [f"/{path}", f"  Cache-Control: {FOREVER}"]
    return "\n".join(lines) + "\n"


def _nginx(headers: dict[str, str]) -> str:
    """For the server block, or the location that the report has in it."""
    lines = [f"{_MADE} Name it in the server block: include <this file>;"]
    lines += [f'add_header {name} "{value}" always;' for name, value in headers.items()]
    lines += [
        f"set $report_cache {ASKED};",
        f'if ($uri ~ "{HASHED}") {{ set $report_cache "{FOREVER}"; }}',
        "add_header Cache-Control $report_cache;",
        "charset utf-8;",
        "default_type text/plain;  # nginx knows neither CSV nor BibTeX nor RIS",
        "gzip on;",
        "gzip_types text/css text/plain text/xml text/javascript application/javascript application/json image/svg+xml;",
    ]
    return "\n".join(lines) + "\n"


def _caddy(headers: dict[str, str]) -> str:
    """For the block of the site."""
    lines = [f"{_MADE} Name it in the block of the site: import <this file>", "header {"]
    lines += [f'\t{name} "{value}"' for name, value in headers.items()]
    lines += ["}", f"@hashed path_regexp {HASHED}", f'header @hashed Cache-Control "{FOREVER}"']
    lines += ["@plain not path_regexp " + HASHED, f"header @plain Cache-Control {ASKED}"]
    # Caddy knows what the system knows: on a bare one neither CSV nor BibTeX nor RIS, which it then sends without a type.
    for kind, names in {"csv": "*.csv", "plain": "*.bib *.ris"}.items():
        lines += [f"@text_{kind} path {names}", f'header @text_{kind} Content-Type "text/{kind}; charset=utf-8"']
    lines += ["encode gzip"]
    return "\n".join(lines) + "\n"
