"""What a page says whatever engine made it: path, article and data for programs, to compare two sites by."""

from __future__ import annotations

import posixpath
import re
from html.parser import HTMLParser
from pathlib import Path


def different(one: Path, other: Path) -> list[str]:
    """Return the pages that are not in both sites, or do not say the same in both.

    That for missing ones is left out: without an address engines differ in where its links begin.
    """
    pages = [
        {path.relative_to(site).as_posix() for path in site.rglob("*.html")} - {"404.html"} for site in (one, other)
    ]
    return sorted(pages[0] ^ pages[1]) + [
        name for name in sorted(pages[0] & pages[1]) if said(one / name) != said(other / name)
    ]


def said(path: Path) -> list[str]:
    """Return of a page its path, its article and its data for programs: tags with attributes sorted, and texts.

    The frame around them is the theme's, of which each engine has its own copy.
    """
    html = path.read_text(encoding="utf-8")
    html = _OF_ENGINE.sub("", html)
    parts = re.findall(
        r'<nav class="md-path".*?</nav>|<article.*</article>|<script type="application/ld.*?</script>', html, re.DOTALL
    )
    reading = Reading()
    reading.feed("".join(parts))
    reading.close()
    return reading.found


# Within the article, but the engine's: where a reader lands who skips the frame, and the contents above the page.
_OF_ENGINE = re.compile(r'<a id="__skip".*?</a>|<details class="more toc-top">.*?</details>', re.DOTALL)


_VOID = {"br", "circle", "hr", "img", "input", "line", "link", "meta", "path", "rect"}


_ADDRESSES = {"href", "src"}


class Reading(HTMLParser):
    """Reads a page without what engines write each in its way: its own name, blanks, colours of code."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._text = ""
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: address(value or "") if name in _ADDRESSES else value for name, value in attrs}
        in_code = any(name == "pre" for name, _ in self._open)
        is_kept = not (
            in_code or values.get("name") == "generator" or "highlight" in (values.get("class") or "").split()
        )
        if tag not in _VOID:
            self._open.append((tag, is_kept))
        if is_kept:
            self._add(" ".join([f"<{tag}", *(f"{name}={value}" for name, value in sorted(values.items()))]))

    def handle_endtag(self, tag: str) -> None:
        while self._open and tag in [name for name, _ in self._open]:
            name, is_kept = self._open.pop()
            if is_kept:
                self._add(f"</{name}>")
            if name == tag:
                break

    def _add(self, tag: str) -> None:
        self._end_text()
        self.found.append(tag)

    def handle_data(self, data: str) -> None:
        self._text += data

    def close(self) -> None:
        super().close()
        self._end_text()

    def _end_text(self) -> None:
        text, self._text = " ".join(self._text.split()), ""
        if text:
            self.found.append(text)


def address(value: str) -> str:
    """Return an address with ./a as a."""
    if re.match(r"[a-z]+:|#|$", value):
        return value
    path, hash_, part = value.partition("#")
    return posixpath.normpath(path) + hash_ + part
